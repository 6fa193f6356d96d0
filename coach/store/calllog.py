"""The call log: one file a call, one event a line, in the order in which things happened.

Each line is handed to the operating system at once, so that a killed process loses at most the
line it was writing.
"""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from coach.core.events import LogEvent
from coach.errors import ProductError
from coach.store.codec import read_lines, to_line

SUFFIX = ".events.jsonl"


def log_path(folder: Path, call_id: str) -> Path:
    """Where the log of a call stands in `folder`."""
    return folder / f"{call_id}{SUFFIX}"


class CallLog:
    """Writes a call's events. Only its owner may read the file: it holds what was said."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("w", encoding="utf-8", buffering=1)
            path.chmod(0o600)
        except OSError as why:
            raise ProductError("cli.cannot_write", path=path, why=why.strerror) from why

    def write(self, event: LogEvent) -> None:
        """Append one event. Raises `ProductError` when the disk does not take it."""
        try:
            self._file.write(to_line(event))
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


def read_log(path: Path) -> Iterator[LogEvent]:
    """The events of a log file, up to its last complete line. Raises `codec.BrokenLine`."""
    with path.open(encoding="utf-8", newline="\n") as file:
        yield from read_lines(file)
