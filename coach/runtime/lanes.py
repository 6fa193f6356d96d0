"""The models' threads of a real-time call: one for hearing, one for understanding.

What waits, in which order, and what is given up: `coach.runtime.line`.
"""

import itertools
import queue
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from coach.core.requests import Question, Transcribe
from coach.core.units import Samples
from coach.runtime.desk import Answer
from coach.runtime.line import Job, Line

_GRACE_S = 10.0
"""How long a thread that still works is waited for at the end of a call. One that hangs in a model
cannot be stopped; it is left behind, and ends with the process."""


class Lanes:
    """Works on requests in the background; answers are taken by the thread that runs the call."""

    def __init__(self) -> None:
        self._numbers = itertools.count()
        self._hearing, self._understanding = Line(), Line()
        self._ready = threading.Condition()
        self._over = self._failed = False
        self._open: dict[int, Job] = {}
        self._worked_s = 0.0
        self._done: queue.SimpleQueue[tuple[Job, Answer | BaseException]] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._work, args=(line,), name=name, daemon=True)
            for line, name in ((self._hearing, "hearing"), (self._understanding, "understanding"))
        ]

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._open)

    @property
    def worked_s(self) -> float:
        """Seconds of the machine's clock that the recogniser was at work so far."""
        return self._worked_s

    def submit(self, request: Question, work: Callable[[], Answer], asked: Samples) -> None:
        """Put the work that answers `request`, asked for at `asked`, in its line."""
        job = Job(request, work, asked, next(self._numbers))
        line = self._hearing if isinstance(request, Transcribe) else self._understanding
        with self._ready:
            if job.is_look and any(one.is_whole for one in self._open.values()):
                return
            for replaced in line.put(job):
                del self._open[replaced.number]
            self._open[job.number] = job
            self._ready.notify_all()

    def give_up(self, before: Samples) -> list[Question]:
        """Expect no answer any more to what was asked before that moment; what that was.

        An answer that comes all the same is thrown away.
        """
        with self._ready:
            for line in (self._hearing, self._understanding):
                line.give_up(before)
            late = [job for job in self._open.values() if job.asked < before]
            for job in late:
                del self._open[job.number]
        return [job.request for job in late if job.final]

    def take(self, timeout_s: float) -> Answer | None:
        """The next answer, or `None` when none comes in time.

        An error that no model should make is raised here, in the thread that runs the call.
        """
        try:
            job, answer = self._done.get(timeout=max(0.0, timeout_s))
        except queue.Empty:
            return None
        if self._open.pop(job.number, None) is None:  # given up in the meantime
            return None
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._ready:
            self._over, self._failed = True, kind is not None
            self._ready.notify_all()
        for thread in self._threads:
            thread.join(_GRACE_S)

    def _next(self, line: Line) -> Job | None:
        """The next work; `None`: the call is over. After an error nothing more is begun."""
        with self._ready:
            while not self._failed:
                job = line.take()
                if job is not None or self._over:
                    return job
                self._ready.wait()
            return None

    def _work(self, line: Line) -> None:
        while (job := self._next(line)) is not None:
            began = time.perf_counter()
            try:
                answer: Answer | BaseException = job.work()
            except BaseException as error:  # noqa: BLE001 - take() raises it in the call's thread
                answer = error
            if line is self._hearing:
                self._worked_s += time.perf_counter() - began
            self._done.put((job, answer))
