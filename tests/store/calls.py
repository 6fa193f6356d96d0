"""Calls to put into a record."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from coach.core.events import (
    CallEnded,
    CallStarted,
    CallSummarised,
    CustomerScored,
    LogEvent,
    NudgeAnswered,
    NudgeShown,
    NudgeWithdrawn,
    OrderJudged,
    RunFinished,
    Utterance,
)
from coach.core.policy import DEFAULT_POLICY
from coach.core.readings import Escalation
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import (
    Emotion,
    EscalationKind,
    Modality,
    NudgeKind,
    OrderValue,
    RiskLevel,
    Speaker,
)

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
SAID = (
    "Ik heb nu voor de derde keer klachten over mijn facturen.",
    "Dat begrijp ik, wat vervelend.",
)


def call(
    call_id: str,
    *,
    began: datetime | None = MONDAY,
    agent: str | None = "a1",
    said: tuple[str, ...] = SAID,
    valence: tuple[float | None, float | None] = (-1.0, 1.0),
    sign: EscalationKind | None = None,
    gone: str = "done",
    answer: str | None = None,
    ends: bool = True,
) -> list[LogEvent]:
    """The log of a call, made by hand: what it says is up to the test."""
    start = CallStarted(
        at=Samples(0),
        call_id=call_id,
        mode="live",
        recogniser="none",
        understanding="none",
        policy=DEFAULT_POLICY,
        began=None if began is None else began.isoformat(),
        agent=agent,
    )
    log: list[LogEvent] = [start]
    for number, text in enumerate(said):
        speaker = Speaker.AGENT if number % 2 else Speaker.CUSTOMER
        log.append(_utterance(number, speaker, text))
    log += [_scored(0, 20, valence[0], sign), *_nudge(gone, answer)]
    return [*log, _scored(2, 60, valence[1]), *_ending(valence)] if ends else log


def many(count: int, **fields: object) -> dict[str, list[LogEvent]]:
    """Calls an hour apart."""
    return {
        f"call-{n:04}": call(f"call-{n:04}", began=MONDAY + timedelta(hours=n), **fields)  # type: ignore[arg-type]
        for n in range(count)
    }


def _utterance(number: int, speaker: Speaker, text: str) -> Utterance:
    start = from_seconds(number * 4.0)
    return Utterance(
        at=Samples(start + 48_000),
        speaker=speaker,
        segment=number // 2,
        start=start,
        end=Samples(start + 32_000),
        text=text,
    )


def _scored(
    turn: int, at: float, valence: float | None, sign: EscalationKind | None = None
) -> CustomerScored:
    found = () if sign is None else (_asserted(sign),)
    return CustomerScored(
        at=from_seconds(at),
        turn=turn,
        start=Samples(0) if not turn else from_seconds(at - 2),
        end=from_seconds(2) if not turn else from_seconds(at),
        partial=False,
        emotions=() if turn else (Emotion.FRUSTRATION,),
        intensity=2,
        valence=valence,
        escalations=found,
    )


@cache
def _asserted(kind: EscalationKind) -> Escalation:
    return Escalation(kind=kind, modality=Modality.ASSERTED, because="dan stap ik naar de krant")


def _nudge(gone: str, answer: str | None) -> list[LogEvent]:
    kind, at = NudgeKind.ACKNOWLEDGE_FIRST, from_seconds(21)
    found: list[LogEvent] = [
        NudgeShown(at=at, nudge=1, kind=kind, decided=from_seconds(20), because="derde keer")
    ]
    if answer is not None:
        found.append(NudgeAnswered(at=from_seconds(23), nudge=1, answer=answer))
    return [*found, NudgeWithdrawn(at=from_seconds(25), nudge=1, kind=kind, reason=gone)]


def _ending(valence: tuple[float | None, float | None]) -> list[LogEvent]:
    end = from_seconds(60)
    felt = [one for one in valence if one is not None]
    return [
        CallEnded(at=end),
        OrderJudged(at=end, value=OrderValue.ACKNOWLEDGED_FIRST),
        CallSummarised(
            at=end,
            customer_turns=1,
            agent_turns=1,
            customer_speech=from_seconds(30),
            agent_speech=from_seconds(10),
            valence_start=valence[0],
            valence_lowest=min(felt, default=None),
            valence_end=valence[1],
            risk_highest=RiskLevel.NONE,
            nudges_shown=1,
            losses=0,
        ),
        RunFinished(at=end, audio=end, wall_s=60.0, cpu_s=1.0, model="none"),
    ]


def without_end(log: list[LogEvent]) -> list[LogEvent]:
    """The log of a process that was killed."""
    return [event for event in log if event.at < from_seconds(60)]


def of_agent(log: list[LogEvent], agent: str | None) -> list[LogEvent]:
    """The same call of another agent."""
    first = log[0]
    assert isinstance(first, CallStarted)
    return [replace(first, agent=agent), *log[1:]]
