"""Which keys open the sealed logs of this user: the record's, or one that lies beside the logs."""

from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from coach import paths
from coach.errors import CoachError
from coach.store.calllog import read_log
from coach.store.codec import BrokenLine
from coach.store.crypto import new_key
from coach.store.keys import KEY_FILE, open_keys
from coach.store.safe import FileSafe, best_safe

_BESIDE = "logs"


def keys_for(log: Path) -> Iterator[bytes]:
    """The keys that may open a log, the likeliest first."""
    own = None
    with suppress(CoachError):
        own = _own_now()
    if own is not None:
        yield own
    beside = FileSafe(log.parent).get(_BESIDE)
    if beside is not None:
        yield beside


def key_beside(folder: Path) -> bytes:
    """A key in a file beside the logs, made if need be: for a record whose keys cannot be had.

    It keeps words out of sight of everybody but this user, and no more than that.
    """
    safe = FileSafe(folder)
    found = safe.get(_BESIDE)
    if found is None:
        found = new_key()
        safe.put(_BESIDE, found)
    return found


def is_lost(log: Path) -> bool:
    """Whether a sealed log is opened by no key: it belonged to a process that is no more.

    While the record's keys cannot be had (a locked key store), nothing is.
    """
    try:
        _own_now()
        next(read_log(log), None)
    except CoachError:
        return False
    except BrokenLine:
        return True
    except OSError:  # another process writes to it
        return False
    return False


def _own_now() -> bytes | None:
    """The record's key of logs; `None` without a record. Raises `CoachError`: not to be had now."""
    keys = paths.record_folder() / KEY_FILE
    return _own(keys.parent, keys.stat().st_mtime_ns) if keys.is_file() else None


@lru_cache(maxsize=1)
def _own(folder: Path, written: int) -> bytes:  # noqa: ARG001 - new keys, another answer
    """The key store is asked once."""
    return open_keys(folder, best_safe(folder)).log
