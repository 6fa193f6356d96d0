"""Where a call begins and ends, by who speaks. Pure: told block by block, on one clock."""

from collections import deque
from dataclasses import dataclass

from coach.core.units import Samples, from_seconds

LOOK_BACK_S = 15.0
"""Both sides must speak within this time of each other for it to be a call."""
ENOUGH_S = 0.4
"""Speech of a side that counts: a cough is shorter."""
RUN_UP_S = 0.5
"""A call begins this long before its first speech."""
OVER_AFTER_S = 45.0
"""A call in which nobody has spoken for this long is over; announced holds use the control."""


@dataclass(frozen=True, slots=True)
class _Moment:
    start: int
    length: int
    agent: bool
    customer: bool


class CallBeginning:
    """Listens between calls. A greeting alone is no call; a greeting and an answer are."""

    def __init__(self) -> None:
        self._recent: deque[_Moment] = deque()

    def hear(self, start: Samples, length: int, *, agent: bool, customer: bool) -> Samples | None:
        """Where a call began, once it is known that one did. `agent`, `customer`: who speaks."""
        self._recent.append(_Moment(start, length, agent, customer))
        while self._recent[0].start < start - from_seconds(LOOK_BACK_S):
            self._recent.popleft()
        spoken = (
            sum(moment.length for moment in self._recent if moment.agent),
            sum(moment.length for moment in self._recent if moment.customer),
        )
        if min(spoken) < from_seconds(ENOUGH_S):
            return None
        first = next(moment.start for moment in self._recent if moment.agent or moment.customer)
        return Samples(max(self._recent[0].start, first - from_seconds(RUN_UP_S)))


class CallEnding:
    """Watches the silence of a call."""

    def __init__(self) -> None:
        self._last = 0

    def hear(self, end: Samples, *, speaking: bool) -> bool:
        """Whether the call is over at `end`. `speaking`: somebody does, or the call is on hold."""
        if speaking:
            self._last = end
        return end - self._last >= from_seconds(OVER_AFTER_S)
