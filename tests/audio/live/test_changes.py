"""What the sound server says of its devices is heard, however it arrives."""

import os
from collections.abc import Iterator
from typing import IO

import pytest

from audio import pulse


class Telling:
    """In place of `pactl subscribe`."""

    def __init__(self, stdout: IO[bytes]) -> None:
        self.stdout = stdout

    def poll(self) -> None:
        """It runs."""

    def kill(self) -> None:
        pass

    def wait(self) -> None:
        pass


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Iterator[IO[bytes]]:
    """The end into which the server's events are written."""
    read, write = os.pipe()
    monkeypatch.setattr("audio.pulse.which", lambda name: name)
    monkeypatch.setattr(
        "audio.pulse.subprocess.Popen", lambda *_, **__: Telling(os.fdopen(read, "rb"))
    )
    with os.fdopen(write, "wb", buffering=0) as end:
        yield end


def test_a_change_is_heard_once_also_when_its_line_comes_in_pieces(
    says: IO[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr("audio.pulse.monotonic", lambda: now)
    changes = pulse.Changes()
    assert changes.happened()  # who begins to listen does not know what was before
    now = 1.0
    assert changes.happened()  # nor whether the server has heard the wish to be told yet
    now = 10.0
    heard = []
    for piece in (b"Event 'change' on sou", b"rce #4\n", b"Event 'new' on client #1\n"):
        says.write(piece)
        heard.append(changes.happened())
    assert heard == [False, True, False]
    changes.close()
