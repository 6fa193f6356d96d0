"""The agent reads whether the call is recorded, and why it is not any more."""

from io import StringIO

import pytest
from rich.console import Console

from coach import listen
from coach.core.events import CallStarted
from coach.core.policy import DEFAULT_POLICY
from coach.core.units import Samples
from coach.phrases import say
from ui import wording
from ui.controls import CallIs, SoundIs
from ui.messages import Message
from ui.viewmodel import LiveView, LiveViewModel

STARTED = CallStarted(
    at=Samples(0),
    call_id="one",
    mode="live",
    recogniser="none",
    understanding="none",
    policy=DEFAULT_POLICY,
)


def after(*messages: Message) -> LiveView:
    model = LiveViewModel()
    for message in messages:
        model.take(message)
    return model.view


def test_a_call_that_is_recorded_says_so_as_long_as_it_is() -> None:
    quiet, recorded = after(STARTED), after(SoundIs(), STARTED)
    assert wording.state(recorded) == say("sound.recording", said=wording.state(quiet))
    assert wording.trouble(recorded) == ""
    held = after(SoundIs(), STARTED, CallIs(standing="on_hold"))
    assert wording.state(held) == wording.state(after(STARTED, CallIs(standing="on_hold")))


def test_a_recording_that_ended_is_told_with_its_reason() -> None:
    ended = after(SoundIs(), STARTED, SoundIs(why_not="vol"))
    assert wording.state(ended) == wording.state(after(STARTED))
    assert "vol" in wording.trouble(ended)


def test_the_terminal_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    told = StringIO()
    monkeypatch.setattr(listen, "out_console", Console(width=200, file=told))
    notices = listen._Notices()
    notices.sound(None)
    notices.sound("vol")
    assert told.getvalue().splitlines() == [say("sound.kept"), say("sound.not_kept", why="vol")]
