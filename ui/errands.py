"""Work that would keep the screen waiting: done on one thread behind it, the result brought back.

The thread knows no Qt. A timer of the screen looks for results while some are to come.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer

from coach.errors import CoachError
from coach.phrases import say

Result = TypeVar("Result")
_LOOKS_MS = 12


class Errands(QObject):
    """Does one piece of work after another, in the order in which they were given.

    `done` is told the result and `failed` the reason, for the user to read, on the screen's thread.
    Nothing is told any more after `close`.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._behind = ThreadPoolExecutor(max_workers=1, thread_name_prefix="errands")
        self._open: deque[tuple[Future[Any], Callable[[Any], None], Callable[[str], None]]] = (
            deque()
        )
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOKS_MS)
        self._timer.timeout.connect(self.look)

    def run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[str], None],
    ) -> None:
        """Do `work` behind the screen."""
        self._open.append((self._behind.submit(work), done, failed))
        if not self._timer.isActive():  # starting it again would begin its wait anew
            self._timer.start()

    @property
    def busy(self) -> bool:
        """Whether a result is still to come."""
        return bool(self._open)

    def wait(self) -> None:
        """Wait for the next result and bring it back; for who cannot wait for the timer."""
        if self._open:
            wait([self._open[0][0]])
            self.look()

    def look(self) -> None:
        """Bring back what is ready."""
        while self._open and self._open[0][0].done():
            work, done, failed = self._open.popleft()
            _bring(work, done, failed)
        if not self._open:
            self._timer.stop()

    def close(self) -> None:
        """Wait for the work that has begun; what has not is left undone."""
        self._timer.stop()
        self._open.clear()
        self._behind.shutdown(cancel_futures=True)


def _bring(work: "Future[Any]", done: Callable[[Any], None], failed: Callable[[str], None]) -> None:
    error = work.exception()
    if error is None:
        done(work.result())
    elif isinstance(error, CoachError):
        failed(str(error))
    else:
        from coach.logs import note_fault

        note_fault(error)
        failed(say("screen.bug", why=type(error).__name__))
