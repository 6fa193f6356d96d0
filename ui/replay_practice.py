"""Practice: stop where something was asked of the agent, say what you would do, then compare.

The nudge and the agent's reply are hidden until then. What somebody typed is kept nowhere. No Qt.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from coach.core.events import NudgeSpared
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import NudgeKind, Speaker
from ui.replay_model import Line, ReplayCall, Row, moment_of

_SAME_PLACE = from_seconds(8)


@dataclass(frozen=True, kw_only=True, slots=True)
class Exercise:
    """A place to practise. The customer has just finished at `at`, saying `customer`.

    `did_it`: the agent did it unasked, so the coach said nothing. `reply`: what the agent said.
    """

    at: Samples
    until: Samples
    kind: NudgeKind
    because: str
    customer: str
    did_it: bool
    reply: tuple[Line, ...]

    def hides(self, row: Row) -> bool:
        """Whether a row of the transcript gives the answer away."""
        return row in self.reply or moment_of(row) >= self.at


def exercises(call: ReplayCall) -> tuple[Exercise, ...]:
    """The places of a call, in the order of time; at most one for the same reply."""
    found = [
        _exercise(call, one.nudge.at, one.nudge.kind, one.nudge.because) for one in call.coached
    ]
    found += [
        _exercise(call, event.at, event.kind, event.because, did_it=True)
        for event in call.events
        if isinstance(event, NudgeSpared) and event.reason == "done"
    ]
    places: list[Exercise] = []
    for one in sorted((one for one in found if one is not None), key=lambda one: one.at):
        if not places or one.at - places[-1].at > _SAME_PLACE:
            places.append(one)
    return tuple(places)


def _exercise(
    call: ReplayCall, at: Samples, kind: NudgeKind, because: str, *, did_it: bool = False
) -> Exercise | None:
    """The place before the agent's reply that `at` belongs to."""
    turn = _customer_before(call.lines, at)
    if turn is None:
        return None
    reply = _reply_after(call.lines, turn.end)
    if not reply:
        return None
    return Exercise(
        at=turn.end,
        until=reply[-1].end,
        kind=kind,
        because=because,
        customer=turn.text,
        did_it=did_it,
        reply=reply,
    )


def _customer_before(lines: Sequence[Line], at: Samples) -> Line | None:
    """The customer's last line that the agent had answered, or was to answer, at `at`."""
    found = None
    for line in lines:
        if line.start > at:
            break
        if line.speaker is Speaker.CUSTOMER and line.end <= at:
            found = line
    return found


def _reply_after(lines: Sequence[Line], end: Samples) -> tuple[Line, ...]:
    reply: list[Line] = []
    for line in lines:
        if line.start < end and line.speaker is not Speaker.AGENT:
            continue
        if line.speaker is Speaker.AGENT and line.end > end:
            reply.append(line)
        elif reply:
            break
    return tuple(reply)
