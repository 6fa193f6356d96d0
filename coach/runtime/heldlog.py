"""A log on a disk that may be full: the call goes on, and what is not written waits in memory.

It is tried again with every event, in order, so that the log goes on without a hole when there is
room. A hole could not be replayed: a log that waits for too long ends where memory did.
"""

from collections import deque
from collections.abc import Callable
from typing import Final, Protocol

from coach.core.events import LogEvent
from coach.errors import ProductError

MOST_WAITING: Final = 20_000
"""Events that wait at most: those of about two hours of a call, some 20 MB."""

_AT_ONCE = 200
"""Events that are written in one go, so that a call is not held up when there is room again."""


class LogFile(Protocol):
    """Where a log is written."""

    def write(self, event: LogEvent) -> None:
        """Append one event, whole or not at all. Raises `ProductError`: the disk is full."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...

    def discard(self) -> None:
        """Take the file away."""
        ...


class HeldLog:
    """Writes a log and never fails. `lost` counts the events that will never stand in it.

    `opens` opens the file, and is asked again while it raises `ProductError`. `told` is told at the
    beginning, and whenever it changes, why nothing is written; `None`: everything is. Belongs to
    the thread of the call.
    """

    def __init__(
        self,
        opens: Callable[[], LogFile],
        told: Callable[[str | None], None],
        most: int = MOST_WAITING,
    ) -> None:
        self._opens, self._told, self._most = opens, told, most
        self._file: LogFile | None = None
        self._waiting: deque[LogEvent] = deque()
        self._why: str | None = ""
        self._gone = False
        self.lost = 0
        self._write(0)

    def write(self, event: LogEvent) -> None:
        """Take an event."""
        if self.lost or len(self._waiting) >= self._most:
            self.lost += 1
        else:
            self._waiting.append(event)
        self._write(_AT_ONCE)

    def close(self) -> None:
        """Write what the disk takes by now, and let go of the file."""
        self._write(len(self._waiting))
        self.lost += len(self._waiting)
        self._waiting.clear()
        if self._file is not None:
            self._file.close()

    def discard(self) -> None:
        """Take everything away: the call was not a call after all."""
        self._gone = True
        self._waiting.clear()
        if self._file is not None:
            self._file.discard()

    def _write(self, at_most: int) -> None:
        if self._gone:
            return
        try:
            if self._file is None:
                self._file = self._opens()
            for _ in range(min(at_most, len(self._waiting))):
                self._file.write(self._waiting[0])
                self._waiting.popleft()
        except ProductError as why:
            self._tell(str(why))
        else:
            if not self._waiting:
                self._tell(None)

    def _tell(self, why: str | None) -> None:
        """Only what has changed is told."""
        if why != self._why:
            self._why = why
            self._told(why)
