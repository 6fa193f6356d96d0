"""The sound server of the live tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pulse import SoundServer, sound_server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SoundServer]:
    """A sound server with a headset, a microphone and a line."""
    with sound_server(tmp_path) as running:
        yield running
