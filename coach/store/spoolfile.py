"""A file of sealed records that only grows: what waits for the database.

A header, then records: their length in four bytes, then AES-256-GCM, bound to the file and to the
place in it, so that no record can be changed, moved or left out unseen. A record that is not whole
is where a killed process stopped. The file is locked as long as somebody writes to it.
"""

import os
from collections.abc import Generator
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from coach.store.crypto import Unreadable, seal, unseal

try:
    import fcntl
except ImportError:  # Windows: a file that is open cannot be taken away there
    fcntl = None  # type: ignore[assignment]

_MAGIC = b"EBSPOOL1"
_ID_BYTES = 16
_LENGTH_BYTES = 4
_OWNER_ONLY = 0o600


class InUse(OSError):
    """Another process writes to this file."""


class SpoolFile:
    """Writes records. What `add` returned from is with the operating system, after `settle` on the
    disk.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._key = key
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = FileIO(path, "x", opener=_private)
        _lock(self._file)
        self._id = os.urandom(_ID_BYTES)
        self._count = 0
        self._end = 0
        self._header = _MAGIC + self._id

    def add(self, content: bytes) -> None:
        """Append a record, whole or not at all. Raises `OSError` when the disk does not take it."""
        sealed = seal(self._key, content, _bound(self._id, self._count))
        record = len(sealed).to_bytes(_LENGTH_BYTES, "big") + sealed
        rest = memoryview(record if self._end else self._header + record)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError:
            self._file.truncate(self._end)
            self._file.seek(self._end)
            raise
        self._end = self._file.tell()
        self._count += 1

    def settle(self) -> None:
        """Have the disk take what was added."""
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def discard(self) -> None:
        """Take the file away."""
        self._file.close()
        self.path.unlink(missing_ok=True)


def read_records(path: Path, key: bytes) -> Generator[bytes]:
    """The records of a file up to the last whole one.

    Raises `Unreadable` at a record that is whole and yet not what was written, and `InUse` if the
    file is still being written.
    """
    with path.open("r+b") as file:
        _lock(file)
        header = file.read(len(_MAGIC) + _ID_BYTES)
        if len(header) < len(_MAGIC) + _ID_BYTES:
            return
        if not header.startswith(_MAGIC):
            raise Unreadable("not a spool")
        number = 0
        while (sealed := _next(file)) is not None:
            yield unseal(key, sealed, _bound(header[len(_MAGIC) :], number))
            number += 1


def _next(file: BinaryIO) -> bytes | None:
    length = file.read(_LENGTH_BYTES)
    if len(length) < _LENGTH_BYTES:
        return None
    wanted = int.from_bytes(length, "big")
    sealed = file.read(wanted)
    return sealed if len(sealed) == wanted and wanted else None


def _bound(file: bytes, number: int) -> bytes:
    return file + number.to_bytes(8, "big")


def _lock(file: FileIO | BinaryIO) -> None:
    if fcntl is None:
        return
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as why:
        raise InUse(str(why)) from why


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, _OWNER_ONLY)
