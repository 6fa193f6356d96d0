"""When a reply shows that it does not begin with the feeling, and when it is too early to say."""

from typing import Any

import pytest

from coach.core.events import (
    AgentScored,
    ClockTicked,
    CustomerScored,
    Decision,
    Heard,
    NudgeShown,
    SpeechEnded,
    SpeechPaused,
    SpeechStarted,
    Utterance,
    Word,
    WorldEvent,
)
from coach.core.policy import DEFAULT_POLICY
from coach.core.requests import ScoreAgent, ScoreCustomer
from coach.core.state import CallState
from coach.core.step import begin, step
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import Act, Emotion, NudgeKind, Speaker
from tests.strategies import start

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER
GRIEF, MUCH = "mijn man is overleden", "en dan kijk ik nu " * 3
ASK = "wat is uw postcode"


class Call:
    """A call event by event: grief is told from 1 to 4 s, and a reply begins at 4.2 s."""

    def __init__(self) -> None:
        self.state: CallState = begin(start())
        self.decisions: list[tuple[Samples, Decision]] = []
        self.starts(CUSTOMER, 1.0)
        self.starts(AGENT, 4.2)
        self.ends(CUSTOMER, 1.0, 4.0, GRIEF, at=4.3)

    def starts(self, speaker: Speaker, begins: float, segment: int = 0) -> None:
        at = from_seconds(begins)
        self.happens(SpeechStarted(at=max(at, self.state.now), start=at, **side(speaker, segment)))

    def pauses(self, ends: float, *, at: float) -> None:
        span: dict[str, Any] = {"start": from_seconds(4.2), "end": from_seconds(ends)}
        self.happens(SpeechPaused(at=from_seconds(at), **span, **side(AGENT, 0)))

    def looks(self, text: str, ends: float, *, draft: bool = False) -> None:
        """A look at the reply, from its first word on."""
        first, last = from_seconds(4.2), from_seconds(ends)
        said = text.split()
        words = tuple(
            Word(
                start=Samples(first + (last - first) * n // len(said)),
                end=Samples(first + (last - first) * (n + 1) // len(said)),
                text=word,
            )
            for n, word in enumerate(said)
        )
        where: dict[str, Any] = {"start": first, "end": last, "text": text, "words": words}
        at = max(last, self.state.now)
        self.happens(Heard(at=at, draft=draft, **where, **side(AGENT, 0)))

    def ends(
        self,
        speaker: Speaker,
        begins: float,
        ends: float,
        text: str,
        *,
        at: float,
        reason: str = "pause",
    ) -> None:
        span: dict[str, Any] = {"start": from_seconds(begins), "end": from_seconds(ends)}
        moment = from_seconds(at)
        self.happens(SpeechEnded(at=moment, reason=reason, **span, **side(speaker, 0)))
        if reason == "cut":
            self.starts(speaker, ends, 1)
        self.happens(Utterance(at=moment, text=text, **span, **side(speaker, 0)))

    def happens(self, event: WorldEvent) -> None:
        done = step(self.state, event)
        self.state = done.state
        self.decisions += [(self.state.now, decision) for decision in done.decisions]
        for request in done.requests:
            if isinstance(request, ScoreAgent | ScoreCustomer):
                self.happens(reading(request, self.state.now))

    def shown(self) -> list[NudgeKind]:
        return [d.kind for _, d in self.decisions if isinstance(d, NudgeShown)]


def side(speaker: Speaker, segment: int) -> dict[str, Any]:
    return {"speaker": speaker, "segment": segment}


def reading(request: ScoreAgent | ScoreCustomer, at: Samples) -> AgentScored | CustomerScored:
    where: dict[str, Any] = {
        "at": at,
        "turn": request.turn,
        "start": request.start,
        "end": request.end,
        "partial": request.said.partial,
        "escalations": (),
    }
    if isinstance(request, ScoreAgent):
        asks = "postcode" in request.said.text
        return AgentScored(**where, acts=(Act.ASK_IDENTIFICATION,) if asks else ())
    return CustomerScored(**where, emotions=(Emotion.SADNESS,), intensity=3, valence=-2.0)


def test_a_dozen_words_that_one_look_made_up_prove_nothing() -> None:
    call = Call()
    assert len(MUCH.split()) >= DEFAULT_POLICY.first_words
    call.looks(MUCH, 6.0)
    assert call.shown() == []
    call.looks(MUCH + "na", 6.6)
    assert call.shown() == [NudgeKind.ACKNOWLEDGE_FIRST], "two looks agree on them"


def test_an_ask_in_the_middle_of_the_reply_shows_it_at_once() -> None:
    call = Call()
    call.looks(ASK, 5.4)
    assert call.shown() == [NudgeKind.ACKNOWLEDGE_FIRST]


def test_a_reply_that_has_just_fallen_silent_is_heard_as_a_whole() -> None:
    """What would be shown is replaced a moment later: who has asked has to repair."""
    call = Call()
    call.pauses(5.4, at=5.7)
    call.looks(ASK, 5.4, draft=True)
    assert call.shown() == []
    call.ends(AGENT, 4.2, 5.4, ASK, at=6.0)
    assert call.shown() == [NudgeKind.REPAIR_ACKNOWLEDGEMENT]


def test_who_speaks_on_after_a_pause_is_looked_at_again() -> None:
    call = Call()
    call.pauses(5.4, at=5.7)
    call.looks("even kijken", 5.4, draft=True)
    call.happens(ClockTicked(at=from_seconds(7.0)))  # the next look is asked for
    call.looks("even kijken " + ASK, 7.0)
    assert call.shown() == [NudgeKind.ACKNOWLEDGE_FIRST]


@pytest.mark.parametrize(("reason", "shown"), [("cut", []), ("pause", ["acknowledge_first"])])
def test_a_reply_that_was_cut_is_not_over(reason: str, shown: list[str]) -> None:
    call = Call()
    call.ends(AGENT, 4.2, 12.0, "eens even kijken hoor", at=12.1, reason=reason)
    assert call.shown() == shown
