"""What people are told when the machine does less, does more again, or gives words up."""

import io

import pytest
from rich.console import Console

from coach.core.events import LogEvent, PaceChanged, RecogniserChanged, WorkLost
from coach.core.units import from_seconds
from coach.core.vocabulary import Pace, Speaker
from coach.phrases import LANGUAGES, choose_language, say
from coach.runtime.desk import LATE
from coach.terminal import TerminalView
from tests.ui.events import STARTED
from ui import wording
from ui.viewmodel import LiveViewModel

AT = from_seconds(9)


def changed(pace: Pace) -> PaceChanged:
    return PaceChanged(at=AT, pace=pace, reason="behind", lag=from_seconds(2))


def trouble(*events: LogEvent) -> str:
    model = LiveViewModel()
    for event in (STARTED, *events):
        model.take(event)
    return wording.trouble(model.view)


def printed(event: LogEvent) -> str:
    console = Console(file=io.StringIO(), width=200)
    TerminalView(console).show(event)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pace", Pace)
def test_every_pace_is_told_in_words(pace: Pace, language: str) -> None:
    choose_language(language)
    assert say(f"pace.{pace}") in printed(changed(pace))
    assert trouble(changed(pace)) == ("" if pace is Pace.FULL else say(f"pace.{pace}"))


def test_when_everything_is_on_again_there_is_no_trouble() -> None:
    assert trouble(changed(Pace.QUICK_FINALS), changed(Pace.FULL)) == ""


def test_another_recogniser_is_told() -> None:
    event = RecogniserChanged(at=AT, recogniser="base int8 cpu", reason="CUDA failed")
    assert "base int8 cpu" in printed(event)
    assert "CUDA failed" in printed(event)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_came_too_late_are_told_in_the_users_language(language: str) -> None:
    choose_language(language)
    lost = WorkLost(
        at=AT,
        speaker=Speaker.CUSTOMER,
        part="recogniser",
        start=from_seconds(1),
        end=from_seconds(2),
        reason=LATE,
    )
    assert say("pace.late") in trouble(lost)
    assert say("pace.late") in printed(lost)
