"""A file of sealed records that only grows: what waits for the database.

A header, then records: their length in four bytes, then AES-256-GCM, bound to the file and to the
place in it, so that no record can be changed, moved or left out unseen. A record that is not whole
is where a killed process stopped. The file is locked as long as somebody writes to it.
"""

import os
import sys
from collections.abc import Generator
from contextlib import closing, suppress
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from coach.store.crypto import Unreadable, seal, unseal

UNFINISHED = ".new"
"""Ends the name of a file that has not taken the place of another yet."""
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


def reseal(path: Path, before: bytes, after: bytes) -> None:
    """Put the records of a file that `before` opens under `after`: whole, or nothing is changed.

    A file that `after` opens already, or neither, is left alone. What is damaged is carried over up
    to there. Raises `InUse`, and `OSError` for the disk.
    """
    with closing(read_records(path, before)) as records:
        try:
            first = next(records, None)
        except Unreadable:
            return
        if first is None:
            return
        fresh = SpoolFile(path.with_name(f"{path.name}.{os.urandom(4).hex()}{UNFINISHED}"), after)
        try:
            fresh.add(first)
            with suppress(Unreadable):
                for record in records:
                    fresh.add(record)
            fresh.settle()
        except BaseException:
            fresh.discard()
            raise
    fresh.close()  # both closed first: Windows puts nothing in the place of an open file
    fresh.path.replace(path)


def in_use(path: Path) -> bool:
    """Whether somebody reads or writes a file. Raises `OSError` if it is gone."""
    try:
        with closing(read_records(path, b"")) as records:
            next(records, None)
    except InUse:
        return True
    except (Unreadable, ValueError):  # no key was tried in earnest
        return False
    return False


def _next(file: BinaryIO) -> bytes | None:
    length = file.read(_LENGTH_BYTES)
    if len(length) < _LENGTH_BYTES:
        return None
    wanted = int.from_bytes(length, "big")
    sealed = file.read(wanted)
    return sealed if len(sealed) == wanted and wanted else None


def _bound(file: bytes, number: int) -> bytes:
    return file + number.to_bytes(8, "big")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, _OWNER_ONLY)


# ---- one at a time -------------------------------------------------------------------------------

if sys.platform == "win32":  # written against the documented interface, not tried there
    import errno
    import msvcrt

    _PLACE = 0x4000_0000
    """The byte that is locked: far behind what a short file has, as others may not even read it."""

    def _lock(file: FileIO | BinaryIO) -> None:
        """Keep the file from others until it is closed. Raises `InUse` if somebody has it."""
        number = file.fileno()
        before = os.lseek(number, 0, os.SEEK_CUR)
        os.lseek(number, _PLACE, os.SEEK_SET)
        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        except OSError as why:
            if why.errno in {errno.EACCES, errno.EDEADLK}:
                raise InUse(str(why)) from why
            raise
        finally:
            os.lseek(number, before, os.SEEK_SET)

else:
    import fcntl

    def _lock(file: FileIO | BinaryIO) -> None:
        """Keep the file from others until it is closed. Raises `InUse` if somebody has it."""
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as why:
            raise InUse(str(why)) from why
