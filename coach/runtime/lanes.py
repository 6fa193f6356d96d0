"""The models' threads of a real-time call: one for hearing, one for understanding.

Final work is never dropped and goes first, the customer's before the agent's. Then come drafts of
speech that seems complete, then looks at speech that goes on. A draft or a look is only worth
having now: a newer one, or the whole speech, replaces it while it waits, and none is taken while
final work waits. The queues need no other bound: speech is finite, and a look never waits in line.
"""

import itertools
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from coach.core.events import Question, Transcribe
from coach.core.vocabulary import Speaker
from coach.runtime.desk import Answer

_STOP_LAST = 99
_DRAFT, _LOOK = 2, 4


@dataclass(order=True, slots=True)
class _Job:
    priority: int
    number: int
    work: Callable[[], Answer] | None = field(compare=False)
    final: bool = field(compare=False, default=False)
    dropped: bool = field(compare=False, default=False)


class Lanes:
    """Works on requests in the background; answers are taken by the thread that runs the call."""

    def __init__(self) -> None:
        self._numbers = itertools.count()
        self._hearing: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._understanding: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._done: queue.SimpleQueue[tuple[_Job, Answer | BaseException | None]] = (
            queue.SimpleQueue()
        )
        self._outstanding = 0
        self._finals = 0
        self._looks: dict[Speaker, _Job] = {}
        self._threads = [
            threading.Thread(target=self._work, args=(lane,), name=name, daemon=True)
            for lane, name in ((self._hearing, "hearing"), (self._understanding, "understanding"))
        ]

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._outstanding > 0

    def submit(self, request: Question, work: Callable[[], Answer]) -> None:
        """Put the work that answers `request` in its line."""
        number = next(self._numbers)
        if not isinstance(request, Transcribe):
            self._put(self._understanding, _Job(0, number, work))
            return
        if request.final:
            priority = 0 if request.speaker is Speaker.CUSTOMER else 1
            self._finals += 1
            self._drop_look(request.speaker)
            self._put(self._hearing, _Job(priority, number, work, final=True))
            return
        self._drop_look(request.speaker)
        if not self._finals:
            priority = _DRAFT if request.draft else _LOOK
            priority += request.speaker is Speaker.AGENT
            self._looks[request.speaker] = _Job(priority, number, work)
            self._put(self._hearing, self._looks[request.speaker])

    def _drop_look(self, speaker: Speaker) -> None:
        """A look that is being taken already is answered; one that waits is not."""
        look = self._looks.pop(speaker, None)
        if look is not None:
            look.dropped = True

    def take(self, timeout_s: float) -> Answer | None:
        """The next answer, or `None` when none comes in time (or a look was dropped).

        An error that no model should make is raised here, in the thread that runs the call.
        """
        try:
            job, answer = self._done.get(timeout=max(0.0, timeout_s))
        except queue.Empty:
            return None
        self._outstanding -= 1
        self._finals -= job.final
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
        while (work := (job := lane.get()).work) is not None:
            try:
                self._done.put((job, None if job.dropped else work()))
            except BaseException as error:  # noqa: BLE001 - take() raises it in the call's thread
                self._done.put((job, error))
