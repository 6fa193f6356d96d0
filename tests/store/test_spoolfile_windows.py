"""The lock of a sealed file as Windows has it, against a stand-in for its C library."""

import errno
import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from coach.store import spoolfile

KEY = bytes(32)


class Msvcrt(ModuleType):
    """Locks of bytes, also behind the end of a file, that last until it is closed."""

    LK_NBLCK = 2

    def __init__(self, refusal: int) -> None:
        super().__init__("msvcrt")
        self.refusal = refusal
        self.held: dict[tuple[int, int], int] = {}

    def locking(self, number: int, how: int, count: int) -> None:
        assert (how, count) == (self.LK_NBLCK, 1)
        range_ = (os.fstat(number).st_ino, os.lseek(number, 0, os.SEEK_CUR))
        holder = self.held.get(range_)
        if holder != number and is_open(holder, range_[0]):  # the same number: it was closed since
            raise OSError(self.refusal, "refused")
        self.held[range_] = number


def is_open(number: int | None, file: int) -> bool:
    try:
        return number is not None and os.fstat(number).st_ino == file
    except OSError:
        return False


def on_windows(monkeypatch: pytest.MonkeyPatch, refusal: int) -> ModuleType:
    """The module as Windows loads it."""
    monkeypatch.setitem(sys.modules, "msvcrt", Msvcrt(refusal))
    found = importlib.util.spec_from_file_location("spoolfile_windows", spoolfile.__file__)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    with monkeypatch.context() as patched:
        patched.setattr(sys, "platform", "win32")
        found.loader.exec_module(module)
    return module


@pytest.mark.parametrize("refusal", [errno.EACCES, errno.EDEADLK])
def test_a_file_has_one_owner_until_it_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: int
) -> None:
    windows = on_windows(monkeypatch, refusal)
    path = tmp_path / "one"
    file = windows.SpoolFile(path, KEY)
    file.add(b"first")
    with pytest.raises(windows.InUse):
        list(windows.read_records(path, KEY))
    file.add(b"second")
    file.close()
    assert list(windows.read_records(path, KEY)) == [b"first", b"second"]
    records = windows.read_records(path, KEY)
    next(records)
    assert windows.in_use(path)
    records.close()
    assert not windows.in_use(path)


def test_a_lock_that_fails_otherwise_is_not_taken_for_an_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows = on_windows(monkeypatch, errno.EBADF)
    file = windows.SpoolFile(tmp_path / "one", KEY)
    with pytest.raises(OSError, match="refused") as told:
        next(windows.read_records(tmp_path / "one", KEY))
    assert not isinstance(told.value, windows.InUse)
    file.close()
