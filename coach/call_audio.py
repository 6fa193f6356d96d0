"""One call out of the stream of a shift: where it begins and ends, and on which clock it runs."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import chain

from audio.framer import Framer
from audio.live import WallClock
from coach.boundaries import CallEnding
from coach.control import CallState
from coach.core.events import LogEvent, SpeechEnded, SpeechStarted
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import Speaker
from coach.runtime.engine import CallClock
from coach.runtime.ports import Audio, Block, SpeechDetector

_SPEECH = 0.5


class Objected(Exception):
    """The customer objects to the analysis: nothing of this call may stay."""


class LiveClock(CallClock):
    """The clock of a call that began at `origin` on the clock of the shift: a while ago."""

    def __init__(self, shift: WallClock, origin: Samples) -> None:
        super().__init__()
        self._shift, self._origin = shift, origin

    def now(self) -> Samples:
        """How long the call lasts by now."""
        return Samples(from_seconds(self._shift.now()) - self._origin)


class Speaking:
    """Whether one side speaks, block by block."""

    def __init__(self, detector: SpeechDetector) -> None:
        self._detector = detector
        self._framer = Framer()
        self._speaks = False

    def hear(self, audio: Audio) -> bool:
        """Whether somebody speaks in the last frame that `audio` completes, or in one before."""
        heard = [self._detector.probability(frame) >= _SPEECH for frame in self._framer.push(audio)]
        if heard:
            self._speaks = heard[-1]
        return self._speaks or any(heard)


@dataclass(kw_only=True)
class CallAudio:
    """The blocks of one call out of the stream of the shift, on the clock of the call.

    `stop_at` is a moment on the clock of the shift: the call is heard up to there, and not cut off
    where the coach happened to be. `objected` ends it at once, with `Objected`.
    """

    origin: Samples
    run_up: Iterable[Block]
    live: Iterator[Block]
    over: Callable[[Samples], bool]
    stop_at: Callable[[], Samples | None]
    objected: Callable[[], bool] = lambda: False
    tap: Callable[[Block], None] = lambda _: None
    """Gets every block too, before the call does."""

    def blocks(self) -> Iterator[Block]:
        """The blocks of the call, once."""
        # `yield from` would close the stream of the shift at the end of the call.
        for block in chain(self.run_up, self.live):
            if self.objected():
                raise Objected
            of_call = Block(
                start=Samples(block.start - self.origin),
                agent=block.agent,
                customer=block.customer,
            )
            self.tap(of_call)
            yield of_call
            end = Samples(block.start + len(block.agent))
            stop = self.stop_at()
            if (stop is not None and end >= stop) or self.over(Samples(end - self.origin)):
                break
        if self.objected():
            raise Objected


@dataclass(kw_only=True)
class Silence:
    """Watches who speaks in a call; a sink of the sequencer."""

    state: CallState
    by_voice: bool
    ending: CallEnding = field(default_factory=CallEnding)
    _open: set[Speaker] = field(default_factory=set)

    def hear(self, event: LogEvent) -> None:
        """Notice who begins and ends to speak."""
        match event:
            case SpeechStarted():
                self._open.add(event.speaker)
            case SpeechEnded():
                self._open.discard(event.speaker)
            case _:
                pass

    def over(self, end: Samples) -> bool:
        """Whether nobody has spoken for so long that the call must be over."""
        speaking = bool(self._open) or self.state.now in ("on_hold", "paused")
        return self.ending.hear(end, speaking=speaking) and self.by_voice


@dataclass(frozen=True, kw_only=True, slots=True)
class Begun:
    """A call that has begun at `at`, on the clock of the shift; `run_up` was heard already."""

    number: int
    at: Samples
    run_up: tuple[Block, ...] = ()
    agent: str | None = None
    reference: str | None = None
    channel: str | None = None
    by_voice: bool = False


def with_run_up(begun: Begun, kept: Iterable[Block]) -> Begun:
    """The call with the blocks that reach beyond its beginning; the first of them begins it."""
    run_up = tuple(block for block in kept if block.start + len(block.agent) > begun.at)
    return replace(begun, at=run_up[0].start, run_up=run_up)


def name_of(now: time.struct_time, reference: str | None) -> str:
    """The id of a call, which names its log: "20260903-141500-REF"; no sign that a path minds."""
    stamp = time.strftime("%Y%m%d-%H%M%S", now)
    safe = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in reference or "")
    return f"{stamp}-{safe}" if safe else stamp


def began_at(seconds_ago: float) -> str:
    """The wall-clock time of so many seconds ago, to the second: ISO 8601 with its offset."""
    then = datetime.now().astimezone() - timedelta(seconds=seconds_ago)
    return then.isoformat(timespec="seconds")
