"""A speaker's own pauses, from what the ears say of a call."""

from typing import Any

import pytest

from coach.core.endpoint import LONG, SHORT
from coach.core.events import SpeechEnded, SpeechPaused, SpeechStarted
from coach.core.requests import Expect
from coach.core.state import CallState
from coach.core.step import Stepped, begin, step
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import Speaker
from tests.strategies import start

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER


class Call:
    """A call in which people begin, rest and stop; seconds."""

    def __init__(self) -> None:
        self.state: CallState = begin(start())
        self.segments = dict.fromkeys(Speaker, -1)
        self.last: Stepped | None = None

    def _step(self, kind: type, speaker: Speaker, at: float, **more: Any) -> None:
        where = {"at": from_seconds(at), "speaker": speaker, "segment": self.segments[speaker]}
        self.last = step(self.state, kind(**where, **more))
        self.state = self.last.state

    def speaks(self, speaker: Speaker, begins: float, ends: float, rested: float = 0.0) -> None:
        self.segments[speaker] += 1
        self._step(SpeechStarted, speaker, begins, start=from_seconds(begins))
        self._step(
            SpeechEnded,
            speaker,
            ends,
            start=from_seconds(begins),
            end=from_seconds(ends),
            reason="pause",
            rested=from_seconds(rested) or None,
        )

    def waits(self, speaker: Speaker, at: float) -> Samples | None:
        """How long the ears are told to wait when that voice falls silent."""
        self.segments[speaker] += 1
        begins = {"start": from_seconds(at - 1)}
        self._step(SpeechStarted, speaker, at - 1, **begins)
        self._step(SpeechPaused, speaker, at, **begins, end=from_seconds(at))
        assert self.last is not None
        told = [one.pause for one in self.last.requests if isinstance(one, Expect)]
        return told[0] if told else None


def test_of_a_stranger_nothing_is_known() -> None:
    assert Call().waits(CUSTOMER, 5) is None


@pytest.mark.parametrize(("pause", "shorter"), [(0.3, True), (0.8, False)])
def test_pauses_within_the_speech_are_learnt(pause: float, *, shorter: bool) -> None:
    call = Call()
    for number in range(8):
        call.speaks(CUSTOMER, 10 * number, 10 * number + 5, rested=pause)
    waits = call.waits(CUSTOMER, 100)
    assert waits is not None
    assert SHORT <= waits <= LONG
    assert (waits < from_seconds(0.704)) is shorter
    assert call.waits(AGENT, 110) is None, "everybody has a rhythm of their own"


def test_a_silence_in_which_nobody_else_speaks_is_a_pause() -> None:
    call = Call()
    for number in range(8):
        call.speaks(CUSTOMER, 3 * number, 3 * number + 2.5)
    assert len(call.state.customer_rhythm.pauses) == 7
    assert call.waits(CUSTOMER, 100) == from_seconds(0.5 + 0.352 + 0.16)


def test_a_silence_in_which_the_other_answers_is_none() -> None:
    call = Call()
    for number in range(8):
        call.speaks(CUSTOMER, 3 * number, 3 * number + 1)
        call.speaks(AGENT, 3 * number + 1.2, 3 * number + 2.6)
    assert call.state.customer_rhythm.pauses == ()
    assert call.state.agent_rhythm.pauses == ()


def test_who_comes_back_while_the_other_speaks_has_not_paused() -> None:
    call = Call()
    call.segments[AGENT] += 1
    call._step(SpeechStarted, AGENT, 0, start=from_seconds(0))
    call.speaks(CUSTOMER, 0.5, 1)
    call.speaks(CUSTOMER, 1.5, 2)
    assert call.state.customer_rhythm.pauses == ()
