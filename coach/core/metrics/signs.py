"""The signs of escalation that the customer's words assert, with the words that carry them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coach.core.events import CustomerScored, LogEvent, Utterance
from coach.core.quotes import sentence_around
from coach.core.readings import Escalation
from coach.core.units import Samples
from coach.core.vocabulary import EscalationKind, Modality, Speaker


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign:
    """One asserted sign in one turn of the customer: the words behind it, and their sentence."""

    kind: EscalationKind
    turn: int
    start: Samples
    end: Samples
    words: str
    sentence: str = ""


def signs(events: Iterable[LogEvent]) -> tuple[Sign, ...]:
    """Every asserted sign, in the order of the turns as they were last judged.

    A guess is none, and neither is what was denied or told of somebody else.
    """
    last: dict[int, CustomerScored] = {}
    said: list[Utterance] = []
    for event in events:
        if isinstance(event, CustomerScored) and not event.partial:
            last[event.turn] = event
        elif isinstance(event, Utterance) and event.speaker is Speaker.CUSTOMER:
            said.append(event)
    return tuple(
        _sign(last[turn], one, said)
        for turn in sorted(last)
        for one in last[turn].escalations
        if one.modality is Modality.ASSERTED and one.sure
    )


def _sign(scored: CustomerScored, one: Escalation, said: Sequence[Utterance]) -> Sign:
    text = " ".join(u.text for u in said if scored.start <= u.start < scored.end and u.text)
    return Sign(
        kind=one.kind,
        turn=scored.turn,
        start=scored.start,
        end=scored.end,
        words=one.because,
        sentence=sentence_around(text, one.because),
    )
