"""Call logs written by hand, so that their figures can be counted by hand."""

from collections.abc import Iterable

from coach.core.events import (
    AgentScored,
    CallEnded,
    CallStarted,
    CustomerScored,
    LogEvent,
    OrderJudged,
    Utterance,
)
from coach.core.policy import DEFAULT_POLICY
from coach.core.readings import Because, Escalation
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import Act, Emotion, EscalationKind, Modality, OrderValue, Speaker

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER


def t(seconds: float) -> Samples:
    return from_seconds(seconds)


def begun(**more: str) -> CallStarted:
    return CallStarted(
        at=Samples(0),
        call_id="written",
        mode="script",
        recogniser="hand",
        understanding="hand",
        policy=DEFAULT_POLICY,
        **more,
    )


def ended(at: float, order: OrderValue) -> list[LogEvent]:
    return [CallEnded(at=t(at)), OrderJudged(at=t(at), value=order)]


_SEGMENTS = iter(range(1_000_000))


def said(speaker: Speaker, start: float, end: float, text: str) -> Utterance:
    return Utterance(
        at=t(end),
        speaker=speaker,
        segment=next(_SEGMENTS),
        start=t(start),
        end=t(end),
        text=text,
    )


def felt(
    turn: int,
    start: float,
    end: float,
    valence: float | None,
    *emotions: Emotion,
    signs: Iterable[EscalationKind] = (),
    intensity: int | None = None,
    partial: bool = False,
) -> CustomerScored:
    if intensity is None and valence is not None:
        intensity = round(abs(valence))
    return CustomerScored(
        at=t(end),
        turn=turn,
        start=t(start),
        end=t(end),
        partial=partial,
        emotions=emotions,
        intensity=intensity,
        valence=valence,
        escalations=tuple(
            Escalation(kind=kind, modality=Modality.ASSERTED, because=f"said {kind}")
            for kind in signs
        ),
        because=tuple(Because(label=one, words=f"words of {one}") for one in emotions),
    )


def did(turn: int, start: float, end: float, *acts: Act, words: str = "") -> AgentScored:
    because = tuple(Because(label=act, words=words) for act in acts if words)
    return AgentScored(
        at=t(end),
        turn=turn,
        start=t(start),
        end=t(end),
        partial=False,
        acts=acts,
        because=because,
    )


def customer(turn: int, start: float, end: float, text: str, *reading: object) -> list[LogEvent]:
    """What the customer said, and what it told: valence, then emotions."""
    valence, *emotions = reading or (0.0,)
    return [said(CUSTOMER, start, end, text), felt(turn, start, end, valence, *emotions)]  # type: ignore[arg-type]


def agent(turn: int, start: float, end: float, text: str, *acts: Act) -> list[LogEvent]:
    """What the agent said, and did."""
    return [said(AGENT, start, end, text), did(turn, start, end, *acts)]
