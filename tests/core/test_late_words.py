"""Words that become known out of order: the call still knows what was said first.

A nudge may come that would not have come in order (the ask alone was known for a moment): the log
has the order in which things became known.
"""

from itertools import permutations
from typing import Any

import pytest

from coach.core.events import (
    AgentScored,
    CallEnded,
    CustomerScored,
    Decision,
    NudgeShown,
    OrderJudged,
    SpeechEnded,
    SpeechStarted,
    Utterance,
    WorldEvent,
)
from coach.core.requests import ScoreAgent, ScoreCustomer
from coach.core.step import begin, step
from coach.core.units import from_seconds
from coach.core.vocabulary import Act, Emotion, NudgeKind, OrderValue, Speaker
from tests.strategies import start

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER
GRIEF, ASK, THANKS = "mijn man is overleden", "wat is uw postcode", "twaalf vierendertig"
SPOKEN = ((CUSTOMER, 1.0, 4.0, GRIEF), (AGENT, 4.2, 6.0, ASK), (CUSTOMER, 6.2, 8.0, THANKS))


def decided(order: tuple[int, ...]) -> list[Decision]:
    """A call whose three turns are spoken in turn, and known in `order` after that."""
    state, decisions = begin(start()), []

    def happens(event: WorldEvent) -> tuple[Any, ...]:
        nonlocal state
        done = step(state, event)
        state = done.state
        decisions.extend(done.decisions)
        return done.requests

    counts = dict.fromkeys(Speaker, -1)
    stretches = []
    for speaker, begins, ends, text in SPOKEN:
        counts[speaker] += 1
        where = {"speaker": speaker, "segment": counts[speaker], "start": from_seconds(begins)}
        happens(SpeechStarted(at=from_seconds(begins), **where))
        where |= {"end": from_seconds(ends)}
        happens(SpeechEnded(at=from_seconds(ends), reason="pause", **where))
        stretches.append({**where, "text": text})
    at = from_seconds(8.1)
    for number in order:
        for request in happens(Utterance(at=at, **stretches[number])):
            if isinstance(request, ScoreAgent | ScoreCustomer):
                happens(reading(request))
    happens(CallEnded(at=from_seconds(60)))
    return decisions


def reading(request: ScoreAgent | ScoreCustomer) -> AgentScored | CustomerScored:
    where: dict[str, Any] = {
        "at": from_seconds(8.1),
        "turn": request.turn,
        "start": request.start,
        "end": request.end,
        "partial": False,
        "escalations": (),
    }
    if isinstance(request, ScoreAgent):
        return AgentScored(**where, acts=(Act.ASK_IDENTIFICATION,))
    sad = GRIEF in request.said.text
    emotions = (Emotion.SADNESS,) if sad else ()
    felt = {"emotions": emotions, "intensity": 3 if sad else 0, "valence": -2.0 if sad else 0.0}
    return CustomerScored(**where, **felt)


def came_to(decisions: list[Decision]) -> tuple[OrderValue, set[NudgeKind]]:
    (order,) = [event for event in decisions if isinstance(event, OrderJudged)]
    return order.value, {event.kind for event in decisions if isinstance(event, NudgeShown)}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_in_whatever_order_words_become_known_the_ask_came_after_the_grief(
    order: tuple[int, ...],
) -> None:
    value, nudges = came_to(decided(order))
    assert value is OrderValue.ASKED_FIRST
    assert nudges >= {NudgeKind.REPAIR_ACKNOWLEDGEMENT}, "what was known later is acted upon too"
