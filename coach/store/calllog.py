"""The call log: one file a call, one event a line, in the order in which things happened.

Each line is handed to the operating system at once, so that a killed process loses at most the
line it was writing. In clear (`CallLog`) where somebody asked for it; sealed (`SealedLog`) where
the product writes it by itself: `read_log` reads both.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Self

from coach.core.events import LogEvent
from coach.errors import ProductError
from coach.phrases import say
from coach.store.codec import BrokenLine, read_lines, to_line
from coach.store.crypto import Unreadable
from coach.store.spoolfile import SpoolFile, read_records

SUFFIX = ".events.jsonl"
SEALED = ".events.sealed"

_OWNER_ONLY = 0o600


def log_path(folder: Path, call_id: str, *, sealed: bool = False) -> Path:
    """Where the log of a call stands in `folder`."""
    return folder / f"{call_id}{SEALED if sealed else SUFFIX}"


def call_of(path: Path) -> str:
    """The call that a log is about."""
    return path.name.removesuffix(SUFFIX).removesuffix(SEALED)


def logs_in(folder: Path, *, deep: bool = True) -> list[Path]:
    """The logs in a folder, sealed ones too; `deep`: and in the folders in it."""
    pattern = f"{'**/' if deep else ''}*.events.*"
    return sorted(path for path in folder.glob(pattern) if path.name.endswith((SUFFIX, SEALED)))


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
            self._open()
        except OSError as why:
            raise ProductError("cli.cannot_write", path=path, why=why.strerror) from why

    def _open(self) -> None:
        self._file = FileIO(self.path, "w", opener=_private)
        self.path.chmod(_OWNER_ONLY)  # an older file keeps its mode when it is written anew

    def write(self, event: LogEvent) -> None:
        """Append one event. Raises `ProductError` when the disk does not take it."""
        try:
            self._add(to_line(event).encode("utf-8"))
            self.lines += 1
        except OSError as why:
            raise ProductError("cli.cannot_write", path=self.path, why=why.strerror) from why

    def _add(self, line: bytes) -> None:
        rest, end = memoryview(line), self._file.tell()
        try:
            while rest:  # a disk that is nearly full takes a part
                rest = rest[self._file.write(rest) :]
        except OSError:
            with suppress(OSError):  # so that the line can be written again when there is room
                self._file.truncate(end)
                self._file.seek(end)
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def discard(self) -> None:
        """Take the file away: the call was not a call after all."""
        self.close()
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class SealedLog(CallLog):
    """The same, with every line sealed under `key` before it leaves the process."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._key = key
        super().__init__(path)

    def _open(self) -> None:
        self.path.unlink(missing_ok=True)
        self._sealed = SpoolFile(self.path, self._key)

    def _add(self, line: bytes) -> None:
        self._sealed.add(line)

    def close(self) -> None:
        """Let go of the file."""
        self._sealed.close()


def new_log(folder: Path, call_id: str, key: bytes | None) -> CallLog:
    """A log for a call that begins: sealed if there is a key."""
    if key is None:
        return CallLog(log_path(folder, call_id))
    return SealedLog(log_path(folder, call_id, sealed=True), key)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, _OWNER_ONLY)


def read_log(path: Path, key: bytes | None = None) -> Iterator[LogEvent]:
    """The events of a log file, up to its last complete line. Raises `codec.BrokenLine`.

    A sealed one is opened with `key`, else with the keys of this user.
    """
    if path.name.endswith(SEALED):
        yield from read_lines(_unsealed(path, key))
        return
    with path.open("rb") as file:
        yield from read_lines(file)


def _unsealed(path: Path, key: bytes | None) -> Iterator[bytes]:
    """The lines of a sealed log: with the key that opens the first opens all."""
    from coach.store.logkeys import keys_for

    number = 0
    for one in keys_for(path) if key is None else (key,):
        try:
            for line in read_records(path, one):
                number += 1
                yield line
            return
        except Unreadable:
            if number:
                break
    raise BrokenLine(number + 1, say("record.log_closed"))
