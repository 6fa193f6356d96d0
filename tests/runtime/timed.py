"""Machines of every kind: work that takes as long as the test says, on a clock that obeys.

The lines, the health, the load and the engine are the real ones. Only the threads are played: the
clock moves when the call waits, and never by itself, so that every run is the same.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import repeat
from types import TracebackType

from coach.core.events import LogEvent, Utterance
from coach.core.requests import Question, Transcribe
from coach.core.units import RATE, Samples, from_seconds
from coach.core.vocabulary import Pace, Speaker
from coach.runtime.desk import Answer
from coach.runtime.engine import CallClock, run_beside_clock
from coach.runtime.lanes import Lanes
from coach.runtime.line import Job, Line
from tests.harness import Story, calm
from tests.runtime.sounding import Run

Takes = Callable[[Question, Pace, Samples], Samples]
"""How long the answer takes: to what, at which pace, begun when."""

Fates = Iterator[int | None]
"""What becomes of the answers to looks, drafts and readings of parts: after how many other answers
they come, or `None`: never."""

Picks = Callable[[int], int]
"""Which one of so many that may be next is taken."""


class ObedientClock(CallClock):
    """Stands still until somebody waits."""

    def __init__(self) -> None:
        self.time = Samples(0)

    def now(self) -> Samples:
        return self.time


@dataclass
class _Worker:
    line: Line = field(default_factory=Line)
    job: Job | None = None
    answer: Answer | BaseException | None = None
    until: Samples = Samples(0)


@dataclass
class AnyLine(Line):
    """A line without priorities: the oldest work of any side and kind may be next."""

    picks: Picks = field(kw_only=True)

    def take(self) -> Job | None:
        firsts: dict[object, Job] = {}
        for job in sorted(self._jobs, key=lambda job: job.number):
            firsts.setdefault((job.speaker, job.final), job)
        if not firsts:
            return None
        picked = list(firsts.values())[self.picks(len(firsts))]
        self._jobs.remove(picked)
        return picked


class TimedLanes(Lanes):
    """Lanes whose work takes as long as `takes` says."""

    def __init__(
        self,
        clock: ObedientClock,
        takes: Takes,
        pace: Callable[[], Pace],
        fates: Fates | None = None,
        picks: Picks | None = None,
    ) -> None:
        super().__init__()
        if picks is not None:
            self._hearing = AnyLine(picks=picks)
        self._clock, self._takes, self._pace = clock, takes, pace
        self._fates = repeat(0) if fates is None else fates
        self._held: list[tuple[int, Job, Answer | BaseException]] = []
        self._workers = (_Worker(self._hearing), _Worker(self._understanding))

    def take(self, timeout_s: float) -> Answer | None:
        self._begin()
        until = Samples(self._clock.time + max(0, from_seconds(timeout_s)))
        ready = [one for one in self._workers if one.job is not None and one.until <= until]
        if not ready:
            self._clock.time = until
            return self._held_back()
        first = min(ready, key=lambda one: one.until)
        self._clock.time = max(self._clock.time, first.until)
        assert first.job is not None
        assert first.answer is not None
        job, first.job = first.job, None
        after = 0 if job.final else next(self._fates)
        if after is None:
            del self._open[job.number]
            return None
        if after:
            self._held.append((after, job, first.answer))
            return None
        self._held = [(left - 1, *held) for left, *held in self._held]
        self._done.put((job, first.answer))
        return super().take(0)

    def _held_back(self) -> Answer | None:
        """An answer that is late enough, or that nothing comes before any more."""
        idle = all(one.job is None for one in self._workers)
        due = [one for one in self._held if one[0] <= 0 or idle]
        if not due:
            return None
        self._held.remove(due[0])
        self._done.put(due[0][1:])
        return super().take(0)

    def __enter__(self) -> "TimedLanes":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def _begin(self) -> None:
        for worker in self._workers:
            if worker.job is not None or (job := worker.line.take()) is None:
                continue
            takes = self._takes(job.request, self._pace(), self._clock.time)
            worker.job, worker.answer = job, job.work()
            worker.until = Samples(self._clock.time + takes)
            if worker.line is self._hearing:
                self._worked_s += takes / RATE


def machine(
    speed: float = 1.0, stalls: Iterable[tuple[float, float]] = (), reads_s: float = 0.01
) -> Takes:
    """A machine like the one that was measured, `speed` times as fast, that stands still at times.

    A stall is a moment and a length in seconds; work that falls into one waits for its end. What
    was drafted is there at once.
    """
    shares = {"careful": 0.28, "quick": 0.14, "small": 0.07}
    drafted: dict[Speaker, Transcribe] = {}

    def takes(question: Question, pace: Pace, at: Samples) -> Samples:
        work = reads_s
        if isinstance(question, Transcribe):
            careful = (question.final or question.draft) and pace.careful
            how = "careful" if careful else ("small" if pace is Pace.SMALL_MODEL else "quick")
            work = shares[how] * (question.end - question.start) / RATE + 0.1
            draft = drafted.pop(question.speaker, None) if question.final else None
            if draft is not None and draft.end == question.end:
                work = 0
            if question.draft:
                drafted[question.speaker] = question
        end = at / RATE + work / speed
        for begins, lasts in stalls:
            if end > begins and at / RATE < begins + lasts:
                end = begins + lasts + work / speed
        return from_seconds(end - at / RATE)

    return takes


def conversation(turns: int, words: int = 12) -> Story:
    """Two people who speak in turn; every word is said once in the call."""
    call, number = Story(), 0
    for turn in range(turns):
        text = " ".join(f"woord{number + n}" for n in range(words)) + "."
        number += words
        if turn % 2:
            call.customer(text, calm(), gap=1.4)
        else:
            call.agent(text, gap=1.4)
    return call


def played(
    call: Story,
    takes: Takes,
    cuts: Iterable[int],
    paces: tuple[Pace, ...] = tuple(Pace),
    *,
    fates: Fates | None = None,
    picks: Picks | None = None,
) -> list[LogEvent]:
    """The log of a call on such a machine."""
    run, clock = Run(call), ObedientClock()
    lanes = TimedLanes(clock, takes, lambda: run.hearing.pace, fates, picks)
    run_beside_clock(
        run.source(cuts), run.ears, run.desk, run.sequencer, clock=clock, lanes=lanes, paces=paces
    )
    return run.log


def finals(log: list[LogEvent]) -> list[tuple[Speaker, Samples, Samples, str]]:
    """The words for the record, in the order of the call."""
    return sorted(
        (e.speaker, e.start, e.end, e.text) for e in log if isinstance(e, Utterance) and e.text
    )


def words(log: list[LogEvent]) -> list[str]:
    """Every final word, in the order of the alphabet."""
    return sorted(word.strip(".") for *_, text in finals(log) for word in text.split())
