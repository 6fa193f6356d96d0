"""What was not said, or not by whom it seemed, leaves no trace in what the coach decides."""

from dataclasses import replace

import pytest

from coach.core.events import (
    AgentScored,
    AudioGap,
    CallEnded,
    CallSummarised,
    LeakMeasured,
    LogEvent,
    NudgeShown,
    SpeechEnded,
    SpeechStarted,
    Utterance,
    WorldEvent,
)
from coach.core.units import from_seconds
from coach.core.vocabulary import NudgeKind, Speaker
from coach.runtime.sequencer import Sequencer
from tests.strategies import start

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER


def run(*events: WorldEvent) -> list[LogEvent]:
    log: list[LogEvent] = []
    sequencer = Sequencer(start(), [log.append])
    for event in sorted(events, key=lambda event: event.at):
        sequencer.apply(event)
    sequencer.apply(CallEnded(at=from_seconds(60)))
    return log


def speech(speaker: Speaker, segment: int, begins: float, ends: float) -> list[WorldEvent]:
    at = {"speaker": speaker, "segment": segment, "start": from_seconds(begins)}
    return [
        SpeechStarted(at=from_seconds(begins), **at),  # type: ignore[arg-type]
        SpeechEnded(at=from_seconds(ends), end=from_seconds(ends), reason="pause", **at),  # type: ignore[arg-type]
    ]


def said(speaker: Speaker, segment: int, begins: float, ends: float, text: str) -> Utterance:
    return Utterance(
        at=from_seconds(ends + 0.3),
        speaker=speaker,
        segment=segment,
        start=from_seconds(begins),
        end=from_seconds(ends),
        text=text,
        rejected=None if text else "echo",
    )


def interruption(words: str) -> list[LogEvent]:
    """The agent's channel speaks through the customer, and the agent answers afterwards."""
    answered = "Ik kijk het meteen voor u na."
    scored = AgentScored(
        at=from_seconds(13.6),
        turn=1 if not words else 2,
        start=from_seconds(11),
        end=from_seconds(13),
        partial=False,
        acts=(),
    )
    return run(
        *speech(CUSTOMER, 0, 1, 10),
        *speech(AGENT, 0, 4, 9),
        said(AGENT, 0, 4, 9, words),
        said(CUSTOMER, 0, 1, 10, "Ik wil dat u even naar mij luistert."),
        *speech(AGENT, 1, 11, 13),
        said(AGENT, 1, 11, 13, answered),
        scored,
        replace(scored, turn=scored.turn - 1),
    )


def test_the_customers_own_echo_interrupts_nobody() -> None:
    kinds = [event.kind for event in interruption("") if isinstance(event, NudgeShown)]
    assert NudgeKind.LET_FINISH not in kinds
    kinds = [
        event.kind for event in interruption("Maar dan moet u wel") if isinstance(event, NudgeShown)
    ]
    assert NudgeKind.LET_FINISH in kinds


@pytest.mark.parametrize(
    ("reason", "losses"),
    [("hold", 0), ("starting", 0), ("nothing_played", 0), ("device_gone", 1), ("stood_still", 1)],
)
def test_what_nobody_wanted_to_hear_is_no_loss(reason: str, losses: int) -> None:
    gap = AudioGap(
        at=from_seconds(5),
        speaker=CUSTOMER,
        start=from_seconds(1),
        end=from_seconds(4),
        reason=reason,
    )
    summary = run(gap)[-1]
    assert isinstance(summary, CallSummarised)
    assert summary.losses == losses


def test_a_leak_is_on_record_and_decides_nothing() -> None:
    leak = LeakMeasured(at=from_seconds(5), speaker=AGENT, db=-12.0)
    with_leak, without = run(leak), run()
    assert [event for event in with_leak if event != leak] == without
