"""All the metrics of one call."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coach.core.events import (
    AudioGap,
    CallEnded,
    CallStarted,
    LogEvent,
    RunFinished,
    WorkLost,
)
from coach.core.metrics.advice import Advice, advised
from coach.core.metrics.handling import Handling, handled
from coach.core.metrics.mood import Mood, felt
from coach.core.metrics.talk import HOLD, Talk, talked
from coach.core.units import Samples, to_seconds


@dataclass(frozen=True, kw_only=True, slots=True)
class CallbackNote:
    """A call-back of this call as it stands in the list: noted, and done or not."""

    done: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CallMetrics:
    """What can be said of a call in figures.

    `callbacks` is the call-back list of the call, `None` when nobody looked it up. `losses`:
    stretches that should have been heard and read and were not; with losses, every count is a
    lower bound.
    """

    call_id: str
    began: str | None
    agent: str | None
    reference: str | None
    duration: Samples
    complete: bool
    talk: Talk
    mood: Mood
    handling: Handling
    advice: Advice
    losses: int
    callbacks: tuple[CallbackNote, ...] | None = None

    def when(self, at: Samples) -> datetime | None:
        """The wall clock at a moment of the call; `None` when nobody knows when it began."""
        if self.began is None:
            return None
        try:
            return datetime.fromisoformat(self.began) + timedelta(seconds=to_seconds(at))
        except ValueError:
            return None

    @property
    def promises_noted(self) -> int | None:
        """Promises of which a call-back stands in the list."""
        if self.callbacks is None:
            return None
        return min(len(self.callbacks), len(self.handling.promises))

    @property
    def promises_kept(self) -> int | None:
        """Promises whose call-back was done."""
        if self.callbacks is None:
            return None
        return min(sum(one.done for one in self.callbacks), len(self.handling.promises))


def measure(
    events: Iterable[LogEvent], callbacks: Sequence[CallbackNote] | None = None
) -> CallMetrics:
    """The metrics of a call from its log. Raises `ValueError` when it does not begin with a start.

    `callbacks`: what the call-back list holds of this call, if it was looked up.
    """
    kept = list(events)
    if not kept or not isinstance(kept[0], CallStarted):
        raise ValueError("a call log begins with its start")
    start, duration = kept[0], _duration(kept)
    mood = felt(kept)
    return CallMetrics(
        call_id=start.call_id,
        began=start.began,
        agent=start.agent,
        reference=start.reference,
        duration=duration,
        complete=any(isinstance(event, CallEnded) for event in kept),
        talk=talked(kept, start.policy.interruption),
        mood=mood,
        handling=handled(kept, mood.first_negative),
        advice=advised(kept, duration),
        losses=sum(_is_loss(event) for event in kept),
        callbacks=None if callbacks is None else tuple(callbacks),
    )


def _duration(events: Sequence[LogEvent]) -> Samples:
    """The length of the recording; of a call that was cut off, as far as its log goes."""
    finished = [event.audio for event in events if isinstance(event, RunFinished)]
    return finished[-1] if finished else Samples(max(event.at for event in events))


def _is_loss(event: LogEvent) -> bool:
    """Speech that nobody heard or read; on hold nobody should listen."""
    return isinstance(event, WorkLost) or (isinstance(event, AudioGap) and event.reason != HOLD)
