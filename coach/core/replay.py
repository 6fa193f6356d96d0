"""Decision replay: fold the world's events again and hold the decisions against the record."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import get_args

from coach.core.events import (
    CallEnded,
    CallStarted,
    ClockTicked,
    Decision,
    LogEvent,
    WorldEvent,
)
from coach.core.policy import Policy
from coach.core.state import CallState
from coach.core.step import begin, step, wake_at
from coach.core.units import Samples

_DECISIONS = get_args(Decision)
_WORLD = get_args(WorldEvent)


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """The first place where a replay says something else; `None`: says nothing there."""

    position: int
    recorded: LogEvent | None
    replayed: LogEvent | None


def decide_again(events: Iterable[LogEvent], policy: Policy | None = None) -> list[Decision]:
    """The decisions that follow from the world's events in a log.

    Under the recorded policy the recorded clock ticks are used, so that a real-time call gives
    the same decisions bit for bit. Another `policy` wakes the core at other moments: its ticks
    are made anew ("what if this rule had been different").
    """
    state: CallState | None = None
    decisions: list[Decision] = []
    for event in events:
        if not isinstance(event, _WORLD):
            continue
        if state is None:
            state = _begin(event, policy)
        elif policy is not None:
            if isinstance(event, ClockTicked):
                continue
            state = _wake(state, event.at, decisions)
        stepped = step(state, event)
        state = stepped.state
        decisions += stepped.decisions
    return decisions


def compare(events: Iterable[LogEvent]) -> Difference | None:
    """`None` when the same decisions follow again, bit for bit; else the first difference.

    The log of a killed process may lack the last decisions: they are not held against it.
    """
    log = list(events)
    recorded = [event for event in log if isinstance(event, _DECISIONS)]
    replayed = decide_again(log)
    whole = any(isinstance(event, CallEnded) for event in log)
    length = max(len(recorded), len(replayed)) if whole else len(recorded)
    for position in range(length):
        before = recorded[position] if position < len(recorded) else None
        after = replayed[position] if position < len(replayed) else None
        if before != after:
            return Difference(position=position, recorded=before, replayed=after)
    return None


def _begin(event: LogEvent, policy: Policy | None) -> CallState:
    if not isinstance(event, CallStarted):
        raise ValueError("a call log begins with its start")
    return begin(replace(event, policy=policy or event.policy))


def _wake(state: CallState, until: Samples, decisions: list[Decision]) -> CallState:
    while (moment := wake_at(state)) is not None and moment < until:
        stepped = step(state, ClockTicked(at=moment))
        state = stepped.state
        decisions += stepped.decisions
    return state
