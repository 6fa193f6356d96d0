"""A real recording behind the replay: drawn, and played where a sound server is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coach.core.units import from_seconds
from coach.hearing import KeptRecording
from tests.audio.test_player import recording
from tests.pulse import sound_server, until
from tests.ui.archives import archive, done, entry_with, errand_boy
from ui.errands import Errands
from ui.replay_page import ReplayPage

CALL = entry_with("outage", nudges=1)


@pytest.fixture
def errands() -> Iterator[Errands]:
    with errand_boy() as made:
        yield made


@pytest.fixture
def page(qtbot: QtBot, errands: Errands, tmp_path: Path) -> Iterator[ReplayPage]:
    kept = archive({CALL.call_id: recording(tmp_path / "call.wav", 20.0)})
    made = ReplayPage(kept, errands, errands, open_sound=KeptRecording)
    qtbot.addWidget(made)
    made.show()
    made.open_call(CALL.call_id)
    done(errands)
    yield made
    made.close_call()


def test_the_loudness_of_the_recording_is_drawn(page: ReplayPage) -> None:
    peaks = page.parts.wave._peaks
    assert peaks is not None
    assert len(peaks.agent) == 20 * peaks.per_s
    assert page.parts.transport.sides.isEnabled()


def test_the_recording_is_played_and_the_transcript_follows(
    page: ReplayPage, tmp_path: Path
) -> None:
    with sound_server(tmp_path):
        page.seek(from_seconds(2))
        page.toggle()
        player = page.player
        assert player is not None
        until(lambda: player.position > from_seconds(2.4), 8, "it moves")
        page._tick()
        assert page.parts.wave._at >= from_seconds(2.4)
        page.toggle()
        assert not player.playing
        page.close_call()
