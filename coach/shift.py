"""A shift: the devices stay open, calls come and go, each gets a log of its own.

Between calls the last seconds are kept in memory, so that a call includes its greeting; they are
never written, and recognised only if they turn out to be a call.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from audio.align import Gap
from audio.ear import StreamingEar
from audio.framer import Framer
from audio.leak import Echo, LeakGuard
from audio.live import LiveSource
from coach.app import Models
from coach.boundaries import LOOK_BACK_S, CallBeginning, CallEnding
from coach.control import CallState, Command
from coach.core.events import (
    AudioGap,
    CallStarted,
    LogEvent,
    RunFinished,
    SpeechEnded,
    SpeechStarted,
)
from coach.core.policy import DEFAULT_POLICY
from coach.core.units import RATE, Samples, from_seconds
from coach.core.vocabulary import Speaker
from coach.echo import HearingWithoutEcho
from coach.runtime.desk import AudioHearing, Desk
from coach.runtime.engine import CallClock, run_beside_clock
from coach.runtime.ports import Audio, Block, SpeechDetector
from coach.runtime.sequencer import Sequencer, Sink
from coach.store.calllog import CallLog, log_path

_SPEECH = 0.5


class LiveClock(CallClock):
    """The clock of a call that began a while ago: its greeting was heard before it was a call."""

    def __init__(self, began: float) -> None:
        super().__init__()
        self._began = began


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
    where the coach happened to be.
    """

    origin: Samples
    run_up: Iterable[Block]
    live: Iterator[Block]
    over: Callable[[Samples], bool]
    stop_at: Callable[[], Samples | None]

    def blocks(self) -> Iterator[Block]:
        """The blocks of the call, once."""
        # `yield from` would close the stream of the shift at the end of the call.
        for block in chain(self.run_up, self.live):
            yield Block(
                start=Samples(block.start - self.origin),
                agent=block.agent,
                customer=block.customer,
            )
            end = Samples(block.start + len(block.agent))
            stop = self.stop_at()
            if (stop is not None and end >= stop) or self.over(Samples(end - self.origin)):
                return


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
        speaking = bool(self._open) or self.state.now == "on_hold"
        return self.ending.hear(end, speaking=speaking) and self.by_voice


@dataclass(frozen=True, kw_only=True, slots=True)
class Begun:
    """A call that has begun at `at`, on the clock of the shift; `run_up` was heard already."""

    number: int
    at: Samples
    run_up: tuple[Block, ...] = ()
    reference: str | None = None
    by_voice: bool = False


@dataclass(kw_only=True)
class Shift:
    """Runs calls from a live source until it is told to stop. `run` belongs to one thread."""

    source: LiveSource
    models: Models
    logs: Path
    detector: Callable[[], SpeechDetector]
    by_voice: bool = True
    sinks: Callable[[], list[Sink]] = list
    begins: Callable[[str], None] = lambda _: None
    ended: Callable[[Path], None] = lambda _: None
    missing: Callable[[Speaker, Gap], None] = lambda *_: None
    leaks: Callable[[Speaker, Echo], None] = lambda *_: None
    state: CallState = field(init=False)

    def __post_init__(self) -> None:
        self.state = CallState(self._told)
        self._started: deque[Begun] = deque()
        self._stopped: dict[int, Samples] = {}
        self._quit_at: Samples | None = None
        self._gaps: list[tuple[Speaker, Gap]] = []

    def run(self) -> None:
        """Wait for calls and run them, until `stop`."""
        with closing(self.source.blocks()) as blocks:
            live = self._guarded(blocks)
            while (begun := self._wait(live)) is not None:
                self._call(begun, live)

    def stop(self) -> None:
        """The shift is over; a call that is on is heard up to now and finished. From any thread."""
        self._quit_at = self._now()

    def _guarded(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks without the voice of one side in the channel of the other."""
        guard, told = LeakGuard(), set[Speaker]()
        for block in blocks:
            agent, customer = guard.hear(block.agent, block.customer)
            yield Block(start=block.start, agent=agent, customer=customer)
            for speaker in Speaker:
                echo = guard.echo(speaker)
                if echo is not None and speaker not in told:
                    told.add(speaker)
                    self.leaks(speaker, echo)

    def _told(self, command: Command) -> None:
        match command:
            case "start":
                number, reference = self.state.number, self.state.reference
                begun = Begun(number=number, at=self._now(), reference=reference)
                self._started.append(begun)
            case "stop":
                self._stopped[self.state.number] = self._now()
                self.source.resume()
            case "hold":
                self.source.hold()
            case "resume":
                self.source.resume()

    def _now(self) -> Samples:
        return from_seconds(self.source.clock.now())

    def _wait(self, live: Iterator[Block]) -> Begun | None:
        """Until a call begins; `None`: the shift is over."""
        beginning, kept = CallBeginning(), deque[Block]()
        agent, customer = Speaking(self.detector()), Speaking(self.detector())
        for block in live:
            self._tell_gaps()
            if self._quit_at is not None:
                return None
            kept.append(block)
            while kept[0].start < block.start - from_seconds(LOOK_BACK_S):
                kept.popleft()
            if self._started:
                if block.start + len(block.agent) > self._started[0].at:
                    return _with_run_up(self._started.popleft(), kept)
                continue
            if not self.by_voice:
                continue
            at = beginning.hear(
                block.start,
                len(block.agent),
                agent=agent.hear(block.agent),
                customer=customer.hear(block.customer),
            )
            number = None if at is None else self.state.began_by_itself()
            if at is not None and number is not None:
                return _with_run_up(Begun(number=number, at=at, by_voice=True), kept)
        return None

    def _call(self, begun: Begun, live: Iterator[Block]) -> None:
        call_id = name_of(time.localtime(), begun.reference)
        self._gaps = []
        silence = Silence(state=self.state, by_voice=begun.by_voice)
        source = CallAudio(
            origin=begun.at,
            run_up=begun.run_up,
            live=live,
            over=silence.over,
            stop_at=lambda: self._ends_at(begun.number),
        )
        self.begins(call_id)
        try:
            path = self._run(call_id, source, [silence.hear, *self.sinks()])
        finally:
            self._stopped.pop(begun.number, None)
            self.state.is_over(begun.number)
            if self.state.now != "on_hold":
                self.source.resume()
        self.ended(path)

    def _run(self, call_id: str, source: CallAudio, sinks: list[Sink]) -> Path:
        wall, cpu = time.perf_counter(), time.process_time()
        ears = {speaker: StreamingEar(speaker, self.detector()) for speaker in Speaker}
        hearing = HearingWithoutEcho(AudioHearing(ears, self.models.recogniser), ears)
        desk = Desk(hearing, self.models.understanding)
        start = CallStarted(
            at=Samples(0),
            call_id=call_id,
            mode="live",
            recogniser=self.models.recogniser.name,
            understanding=self.models.understanding.name,
            policy=DEFAULT_POLICY,
        )
        clock = LiveClock(self.source.clock.began + source.origin / RATE)
        with CallLog(log_path(self.logs, call_id)) as log:
            sequencer = Sequencer(start, [log.write, *sinks])
            end = run_beside_clock(
                source, ears, desk, sequencer, said=lambda: self._said(source.origin), clock=clock
            )
            finished = RunFinished(
                at=sequencer.now,
                audio=end,
                wall_s=round(time.perf_counter() - wall, 3),
                cpu_s=round(time.process_time() - cpu, 3),
                model=self.models.recogniser.name,
            )
            for sink in (log.write, *sinks):
                sink(finished)
        return log.path

    def _said(self, origin: Samples) -> list[AudioGap]:
        """What the devices have to say: the gaps of the call, on its clock."""
        self._tell_gaps()
        gaps, self._gaps = self._gaps, []
        return [
            AudioGap(
                at=Samples(0),
                speaker=speaker,
                start=Samples(max(0, gap.start - origin)),
                end=Samples(gap.end - origin),
                reason=gap.reason,
            )
            for speaker, gap in gaps
            if gap.end > origin
        ]

    def _tell_gaps(self) -> None:
        for speaker, gap in self.source.gaps():
            self._gaps.append((speaker, gap))
            self.missing(speaker, gap)

    def _ends_at(self, number: int) -> Samples | None:
        moments = [at for at in (self._stopped.get(number), self._quit_at) if at is not None]
        return min(moments) if moments else None


def _with_run_up(begun: Begun, kept: Iterable[Block]) -> Begun:
    """The call with the blocks that reach beyond its beginning; the first of them begins it."""
    run_up = tuple(block for block in kept if block.start + len(block.agent) > begun.at)
    return replace(begun, at=run_up[0].start, run_up=run_up)


def name_of(now: time.struct_time, reference: str | None) -> str:
    """The id of a call, which names its log: "20260903-141500-REF"; no sign that a path minds."""
    stamp = time.strftime("%Y%m%d-%H%M%S", now)
    safe = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in reference or "")
    return f"{stamp}-{safe}" if safe else stamp
