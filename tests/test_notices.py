"""What the terminal says around calls: what was lost on the way is counted and shown."""

from pathlib import Path

import pytest
from rich.console import Console

from audio.live import LineState
from coach import listen
from coach.core.vocabulary import Speaker
from coach.phrases import choose_language
from coach.soundcheck import CheckIs, Verdict


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Console:
    recording = Console(record=True, width=200)
    monkeypatch.setattr(listen, "out_console", recording)
    choose_language("en")
    return recording


def states(overruns: int) -> list[LineState]:
    return [
        LineState(speaker=side, device="headset", missing=None, overruns=lost, drift_ppm=0.0)
        for side, lost in ((Speaker.AGENT, overruns), (Speaker.CUSTOMER, 0))
    ]


def test_overruns_are_told_at_the_end_of_the_call_in_which_they_happened(console: Console) -> None:
    notices = listen._Notices()
    notices.begins("first")
    notices.sides(states(3))
    notices.ended(Path("first"))
    assert "Agent: sound was lost 3 times" in console.export_text()
    notices.begins("second")
    notices.sides(states(0))
    notices.ended(Path("second"))
    assert "lost" not in console.export_text()
    choose_language("auto")


def test_the_sound_check_is_told_from_its_beginning_to_its_verdicts(console: Console) -> None:
    notices = listen._Notices()
    found = (Verdict(words="The microphone is silent.", broken=True), Verdict(words="Soft."))
    for check in (CheckIs(listening=True), CheckIs(verdicts=found), CheckIs()):
        notices.check(check)
    told = console.export_text()
    for words in ("say something", "✗ The microphone is silent.", "– Soft.", "broken off"):
        assert words in told
    choose_language("auto")
