"""The call log: one file a call, one event a line, in the order in which things happened.

Each line is handed to the operating system at once, so that a killed process loses at most the
line it was writing.
"""

import os
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Self

from coach.core.events import LogEvent
from coach.errors import ProductError
from coach.store.codec import read_lines, to_line

SUFFIX = ".events.jsonl"

_OWNER_ONLY = 0o600


def log_path(folder: Path, call_id: str) -> Path:
    """Where the log of a call stands in `folder`."""
    return folder / f"{call_id}{SUFFIX}"


class CallLog:
    """Writes a call's events. Only its owner may read the file: it holds what was said.

    Nothing is kept back in the process, so that closing the file cannot fail on a full disk.
    `lines` counts the events that stand in it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines = 0
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = FileIO(path, "w", opener=_private)
            path.chmod(_OWNER_ONLY)  # an older file keeps its mode when it is written anew
        except OSError as why:
            raise ProductError("cli.cannot_write", path=path, why=why.strerror) from why

    def write(self, event: LogEvent) -> None:
        """Append one event. Raises `ProductError` when the disk does not take it."""
        rest = memoryview(to_line(event).encode("utf-8"))
        try:
            while rest:  # a disk that is nearly full takes a part
                rest = rest[self._file.write(rest) :]
            self.lines += 1
        except OSError as why:
            raise ProductError("cli.cannot_write", path=self.path, why=why.strerror) from why

    def discard(self) -> None:
        """Take the file away: the call was not a call after all."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, _OWNER_ONLY)


def read_log(path: Path) -> Iterator[LogEvent]:
    """The events of a log file, up to its last complete line. Raises `codec.BrokenLine`."""
    with path.open("rb") as file:
        yield from read_lines(file)
