"""The one place where events are put in order, logged, and applied.

Threads may race to get here; the log records who won.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from coach.core.events import (
    CallStarted,
    ClockTicked,
    LogEvent,
    WorldEvent,
)
from coach.core.requests import Request
from coach.core.step import Stepped, begin, step, wake_at
from coach.core.units import Samples
from coach.runtime.stages import Stages

Sink = Callable[[LogEvent], None]
"""Takes every event and decision in order: the log, the screen."""


class Sequencer:
    """Applies events one by one. Belongs to the one thread that runs the call."""

    def __init__(
        self, start: CallStarted, sinks: Iterable[Sink], stages: Stages | None = None
    ) -> None:
        self._sinks = tuple(sinks)
        self._stages = stages or Stages()
        self._state = begin(start)
        self._requests: list[Request] = []
        self._apply(start)

    @property
    def now(self) -> Samples:
        """The moment of the last event."""
        return self._state.now

    def wake_at(self) -> Samples | None:
        """When the core wants the clock, if nothing else happens."""
        return wake_at(self._state)

    def apply(self, event: WorldEvent) -> None:
        """Take in an event; it is stamped no earlier than the one before."""
        event = replace(event, at=max(event.at, self._state.now))
        while self.tick_before(event.at):
            pass
        self._apply(event)

    def tick_before(self, until: Samples) -> bool:
        """Wake the core at the next moment that it asked for, if that lies before `until`."""
        moment = wake_at(self._state)
        if moment is None or moment >= until:
            return False
        self._apply(ClockTicked(at=moment))
        return True

    def take_requests(self) -> list[Request]:
        """What the core asked for since the last time."""
        requests, self._requests = self._requests, []
        return requests

    def _apply(self, event: WorldEvent) -> None:
        with self._stages.time("core"):
            stepped: Stepped = step(self._state, event)
        self._state = stepped.state
        self._requests += stepped.requests
        with self._stages.time("log"):
            for each in (event, *stepped.decisions):
                for sink in self._sinks:
                    sink(each)
