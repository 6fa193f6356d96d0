"""Decision replay: fold the world's events again and hold the decisions against the record."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import get_args

from coach.core.events import (
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
    """The first difference; `None` when the same decisions follow again, bit for bit, in place.

    The log of a killed process may lack the last decisions: they are not held against it. Those
    are the decisions after its very last event; every earlier one must stand where it was taken.
    """
    state: CallState | None = None
    position, expected = 0, deque[Decision]()
    for event in events:
        if isinstance(event, _WORLD):
            if expected:
                return Difference(position=position, recorded=None, replayed=expected[0])
            stepped = step(state or _begin(event, None), event)
            state = stepped.state
            expected.extend(stepped.decisions)
        elif isinstance(event, _DECISIONS):
            replayed = expected.popleft() if expected else None
            if event != replayed:
                return Difference(position=position, recorded=event, replayed=replayed)
            position += 1
        elif expected:  # the shell's last line: the core was done
            return Difference(position=position, recorded=None, replayed=expected[0])
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
