"""The models' threads of a real-time call: one for hearing, one for understanding.

Final work is never dropped and goes first, the customer's before the agent's. A look at speech
that goes on is only worth having now: a newer one replaces it, and none is taken while final
work waits. The queues need no other bound: speech is finite, and a look never waits in line.
"""

import itertools
import queue
import threading
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from coach.core.events import Request, Transcribe
from coach.core.vocabulary import Speaker
from coach.runtime.desk import Answer, Desk
from coach.runtime.ports import Audio

_STOP_LAST = 99
_LOOK = 2


@dataclass(order=True, slots=True)
class _Job:
    priority: int
    number: int
    request: Request | None = field(compare=False)
    audio: Audio | None = field(compare=False, default=None)
    dropped: bool = field(compare=False, default=False)


class Lanes:
    """Works on requests in the background; answers are taken by the thread that runs the call."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._numbers = itertools.count()
        self._hearing: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._understanding: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._done: queue.SimpleQueue[tuple[_Job, Answer | BaseException | None]] = (
            queue.SimpleQueue()
        )
        self._outstanding = 0
        self._finals = 0
        self._look: _Job | None = None
        self._threads = [
            threading.Thread(target=self._work, args=(lane,), name=name, daemon=True)
            for lane, name in ((self._hearing, "hearing"), (self._understanding, "understanding"))
        ]

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._outstanding > 0

    def submit(self, request: Request, audio: Audio | None = None) -> None:
        """Put a request to work; `audio` for a `Transcribe`."""
        if not isinstance(request, Transcribe):
            self._put(self._understanding, _Job(0, next(self._numbers), request))
            return
        if request.final:
            priority = 0 if request.speaker is Speaker.CUSTOMER else 1
            self._finals += 1
            self._put(self._hearing, _Job(priority, next(self._numbers), request, audio))
            return
        if self._look is not None:
            self._look.dropped = True
        if self._finals:
            return
        self._look = _Job(_LOOK, next(self._numbers), request, audio)
        self._put(self._hearing, self._look)

    def take(self, timeout_s: float) -> Answer | None:
        """The next answer, or `None` when none comes in time (or a look was dropped).

        An error that no model should make is raised here, in the thread that runs the call.
        """
        try:
            job, answer = self._done.get(timeout=max(0.0, timeout_s))
        except queue.Empty:
            return None
        self._outstanding -= 1
        if isinstance(job.request, Transcribe) and job.request.final:
            self._finals -= 1
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
        for lane in (self._hearing, self._understanding):
            lane.put(_Job(-1 if kind else _STOP_LAST, next(self._numbers), None))
        for thread in self._threads:
            thread.join()

    def _put(self, lane: "queue.PriorityQueue[_Job]", job: _Job) -> None:
        self._outstanding += 1
        lane.put(job)

    def _work(self, lane: "queue.PriorityQueue[_Job]") -> None:
        while (job := lane.get()).request is not None:
            try:
                self._done.put((job, None if job.dropped else self._do(job)))
            except BaseException as error:  # noqa: BLE001 - take() raises it in the call's thread
                self._done.put((job, error))

    def _do(self, job: _Job) -> Answer:
        request = job.request
        assert request is not None  # noqa: S101 - the loop ends at the job without a request
        if isinstance(request, Transcribe):
            assert job.audio is not None  # noqa: S101 - submit() is called with it
            return self._desk.transcribe(request, job.audio)
        return self._desk.score(request)
