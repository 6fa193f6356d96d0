"""A shift: the devices stay open, calls come and go, each gets a log of its own.

Between calls the last seconds are kept in memory, so that a call includes its greeting; they are
never written, and recognised only if they turn out to be a call.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from audio.align import Gap
from audio.ear import StreamingEar
from audio.live import LineState, LiveSource
from coach.app import Models, policy_in_force
from coach.boundaries import LOOK_BACK_S, CallBeginning
from coach.call_audio import (
    Begun,
    CallAudio,
    LiveClock,
    Objected,
    Silence,
    Speaking,
    began_at,
    name_of,
    with_run_up,
)
from coach.control import NOTHING_CAPTURED, CallState, Command, State
from coach.core.events import (
    AudioGap,
    CallStarted,
    RunFinished,
    WorldEvent,
)
from coach.core.policy import LIVE_POLICY
from coach.core.units import Samples, from_seconds, to_seconds
from coach.core.vocabulary import Speaker
from coach.echo import HearingWithoutEcho, Leaks
from coach.phrases import say
from coach.runtime.desk import AudioHearing, Desk
from coach.runtime.engine import run_beside_clock
from coach.runtime.heldlog import HeldLog
from coach.runtime.ports import Block, SpeechDetector
from coach.runtime.sequencer import Sequencer, Sink
from coach.runtime.stages import Stages, TimedDetector
from coach.soundcheck import CheckIs, ShiftCheck
from coach.store.calllog import call_of, log_path, logs_in, new_log


@dataclass(kw_only=True)
class Told:
    """What a shift tells whoever is interested, each on the thread of the shift.

    `begins` and `ended`: a call, by its name and its log. `removed`: the customer objected, and
    nothing of the call is left. `missing`: a gap of a side. `sides`: how both devices do, whenever
    that changes; overruns count from the beginning of the call. `stands`: the state of the calls,
    from any thread. `check`: how the sound check stands, where there is one. `sound`: the call is
    recorded (`None`), or why it is not, any more; from any thread, and only where sound is to be
    kept. `record`: what is wrong with the record of calls and what to do, `None`: nothing any more;
    from any thread.
    """

    begins: Callable[[str], None] = lambda _: None
    ended: Callable[[Path], None] = lambda _: None
    removed: Callable[[], None] = lambda: None
    missing: Callable[[Speaker, Gap], None] = lambda *_: None
    sides: Callable[[list[LineState]], None] = lambda _: None
    stands: Callable[[State], None] = lambda _: None
    check: Callable[[CheckIs], None] = lambda _: None
    sound: Callable[[str | None], None] = lambda _: None
    record: Callable[[str | None], None] = lambda _: None


def _to_nobody(_: Block) -> None:
    """Nobody else hears the call."""


@dataclass(kw_only=True)
class Shift:
    """Runs calls from a live source until it is told to stop. `run` belongs to one thread.

    `tap` gives, by the name of a call, where its blocks go too. `log_key`: logs are sealed under
    it; without one they are in clear.
    """

    source: LiveSource
    models: Models
    logs: Path
    detector: Callable[[], SpeechDetector]
    by_voice: bool = True
    agent: str | None = None
    channel: str | None = None
    sinks: Callable[[], list[Sink]] = list
    said: Callable[[], Iterable[WorldEvent]] = tuple
    told: Told = field(default_factory=Told)
    tap: Callable[[str], Callable[[Block], None]] = lambda _: _to_nobody
    check: ShiftCheck | None = None
    log_key: bytes | None = None
    state: CallState = field(init=False)

    def __post_init__(self) -> None:
        self.state = CallState(self._told, self.told.stands)
        self._leaks = Leaks()
        self._started: deque[Begun] = deque()
        self._stopped: dict[int, Samples] = {}
        self._objected: set[int] = set()
        self._quit_at: Samples | None = None
        self._gaps: list[tuple[Speaker, Gap]] = []
        self._sides: list[LineState] = []
        self._overruns: dict[Speaker, int] = {}

    def run(self) -> None:
        """Wait for calls and run them, until `stop`."""
        with closing(self.source.blocks(at_every_look=True)) as blocks, self._checking():
            live = self._leaks.guarded(self._checked(blocks))
            while (begun := self._wait(live)) is not None:
                self._break_off_check()
                self._call(begun, live)

    def stop(self) -> None:
        """The shift is over; a call that is on is heard up to now and finished. From any thread."""
        self._quit_at = self._now()

    @contextmanager
    def _checking(self) -> Iterator[None]:
        """The sound check begins with the shift, and ends with it at the latest."""
        if self.check is None:
            yield
            return
        self.check.told = self.told.check
        self.check.begin()
        try:
            yield
        finally:
            self.check.close()

    def _checked(self, blocks: Iterator[Block]) -> Iterator[Block]:
        """The blocks as the devices gave them: an echo is a finding before it is taken out."""
        for block in blocks:
            if self.check is not None:
                self.check.hear(block)
            yield block

    def _break_off_check(self) -> None:
        if self.check is not None:
            self.check.break_off()

    def _told(self, command: Command) -> None:
        match command:
            case "start":
                self._started.append(
                    Begun(
                        number=self.state.number,
                        at=self._now(),
                        agent=self.state.agent,
                        reference=self.state.reference,
                        channel=self.state.channel,
                    )
                )
            case "stop":
                self._stopped[self.state.number] = self._now()
            case "object":
                self._objected.add(self.state.number)
            case _:
                pass
        self._capture()

    def _capture(self) -> None:
        """Have the devices open or closed, as the state of the call asks for."""
        if self.state.now in NOTHING_CAPTURED:
            self.source.hold()
        else:
            self.source.resume()

    def _now(self) -> Samples:
        return from_seconds(self.source.clock.now())

    def _wait(self, live: Iterator[Block]) -> Begun | None:
        """Until a call begins; `None`: the shift is over."""
        beginning, kept = CallBeginning(), deque[Block]()
        agent, customer = Speaking(self.detector()), Speaking(self.detector())
        for block in live:
            self._look_at_devices()
            self._gaps.clear()
            if self._quit_at is not None:
                return None
            if not len(block.agent):
                continue
            kept.append(block)
            while kept[0].start < block.start - from_seconds(LOOK_BACK_S):
                kept.popleft()
            if self._started:
                if block.start + len(block.agent) > self._started[0].at:
                    return with_run_up(self._started.popleft(), kept)
                continue
            if self.state.now in NOTHING_CAPTURED:
                self._break_off_check()
                beginning = CallBeginning()
                kept.clear()
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
                return with_run_up(Begun(number=number, at=at, by_voice=True), kept)
        return None

    def _call(self, begun: Begun, live: Iterator[Block]) -> None:
        self._gaps = []
        self._overruns = {state.speaker: state.overruns for state in self.source.states()}
        self._leaks.call_begins()
        silence = Silence(state=self.state, by_voice=begun.by_voice)
        call_id = self._free_name(begun.reference)
        source = CallAudio(
            origin=begun.at,
            run_up=begun.run_up,
            live=live,
            over=silence.over,
            stop_at=lambda: self._ends_at(begun.number),
            objected=lambda: begun.number in self._objected,
            tap=self.tap(call_id),
        )
        self.told.begins(call_id)
        path = None
        try:
            path = self._run(call_id, begun, source, [silence.hear, *self.sinks()])
        except Objected:
            self._started_anew()
        finally:
            self._stopped.pop(begun.number, None)
            self.state.is_over(begun.number)
            self._capture()
        if path is None:
            self.told.removed()
        else:
            self.told.ended(path)

    def _started_anew(self) -> None:
        """Nothing that was heard of the call stays in memory either."""
        self._gaps = []
        self._leaks.forget()

    def _free_name(self, reference: str | None) -> str:
        """A name that no log has yet: two calls may begin within a second."""
        name = name_of(time.localtime(), reference)
        number = 1
        taken = {call_of(path) for path in logs_in(self.logs, deep=False)}
        while (name if number == 1 else f"{name}-{number}") in taken:
            number += 1
        return name if number == 1 else f"{name}-{number}"

    def _run(self, call_id: str, begun: Begun, source: CallAudio, sinks: list[Sink]) -> Path:
        wall, cpu = time.perf_counter(), time.process_time()
        stages = Stages()
        ears = {
            speaker: StreamingEar(speaker, TimedDetector(self.detector(), stages))
            for speaker in Speaker
        }
        heard = AudioHearing(ears, self.models.recogniser, self.models.smaller)
        hearing = HearingWithoutEcho(heard, ears)
        desk = Desk(hearing, self.models.understanding, stages)
        start = CallStarted(
            at=Samples(0),
            call_id=call_id,
            mode="live",
            recogniser=self.models.recogniser.name,
            understanding=self.models.understanding.name,
            policy=policy_in_force(LIVE_POLICY),
            began=began_at(self.source.clock.now() - to_seconds(source.origin)),
            agent=begun.agent or self.agent,
            reference=begun.reference,
            channel=begun.channel or self.channel,
        )
        clock = LiveClock(self.source.clock, source.origin)
        opens = partial(new_log, self.logs, call_id, self.log_key)
        with closing(HeldLog(opens, self._log_stands)) as log:
            sequencer = Sequencer(start, [log.write, *sinks], stages)
            try:
                end = run_beside_clock(
                    source,
                    ears,
                    desk,
                    sequencer,
                    said=lambda: self._said(source.origin),
                    clock=clock,
                    paces=self.models.paces,
                )
                if source.objected():
                    raise Objected
            except Objected:
                log.discard()
                raise
            finished = RunFinished(
                at=sequencer.now,
                audio=end,
                wall_s=round(time.perf_counter() - wall, 3),
                cpu_s=round(time.process_time() - cpu, 3),
                model=self.models.recogniser.name,
                stages=stages.told(),
            )
            for sink in (log.write, *sinks):
                sink(finished)
        if log.lost:
            self.told.record(say("log.incomplete", count=log.lost))
        return log_path(self.logs, call_id, sealed=self.log_key is not None)

    def _log_stands(self, why: str | None) -> None:
        """The disk does not take the log, or takes it again: the call goes on."""
        self.told.record(None if why is None else say("log.waits", why=why))

    def _said(self, origin: Samples) -> Iterator[WorldEvent]:
        """What people and devices have to say of the call, on its clock."""
        yield from self.said()
        yield from self._leaks.news()
        self._look_at_devices()
        gaps, self._gaps = self._gaps, []
        for speaker, gap in gaps:
            if gap.end > origin:
                yield AudioGap(
                    at=Samples(0),
                    speaker=speaker,
                    start=Samples(max(0, gap.start - origin)),
                    end=Samples(gap.end - origin),
                    reason=gap.reason,
                )

    def _look_at_devices(self) -> None:
        """Tell what was not heard, and when a device goes or comes."""
        for speaker, gap in self.source.gaps():
            self._gaps.append((speaker, gap))
            self.told.missing(speaker, gap)
            if self.check is not None:
                self.check.gap(speaker, gap)
        states = [
            replace(state, overruns=state.overruns - self._overruns.get(state.speaker, 0))
            for state in self.source.states()
        ]
        sides = [replace(state, drift_ppm=None) for state in states]
        if sides != self._sides:
            self._sides = sides
            self.told.sides(states)

    def _ends_at(self, number: int) -> Samples | None:
        moments = [at for at in (self._stopped.get(number), self._quit_at) if at is not None]
        return min(moments) if moments else None
