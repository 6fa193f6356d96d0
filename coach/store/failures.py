"""What can go wrong with a database, told as the product tells it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError

from coach.errors import ProductError, UserError

_NOT_OURS = ("file is not a database", "file is encrypted", "hmac check failed")
_BROKEN = ("malformed", "corrupt")
_SERVER_BROKEN = ("invalid page in block", "could not read block")
_FULL = ("disk is full", "disk full", "no space left", "could not write init file")
_LEAST_FREE = 256 * 1024
_LOCKED = ("is locked", "lock timeout", "deadlock detected")
_READ_ONLY = ("readonly database", "read-only transaction", "read-only file system")
_AWAY = (
    "connection refused",
    "connection failed",
    "connection timeout",
    "could not connect",
    "server closed the connection",
    "terminating connection",
    "consuming input failed",
    "unable to open database",
)
_CERTIFICATE = ("certificate",)
_REFUSED = ("permission denied", "row-level security", "insufficientprivilege")


_FOR_A_WHILE = (
    (_FULL, "record.full"),
    (_LOCKED, "record.locked"),
    (_READ_ONLY, "record.read_only"),
    (_CERTIFICATE, "record.unavailable"),
    (_AWAY, "record.away"),
)
"""What passes, by what drivers say; each has a sentence that tells what to do."""


_DAMAGED = (
    (_NOT_OURS, "record.wrong_key"),
    (_SERVER_BROKEN, "record.server_damaged"),
    (_BROKEN, "record.damaged"),
)


class StoreUnavailable(ProductError):
    """The database is away, locked, full or read-only: what is kept back is sent again later."""


class Refused(ProductError):
    """The database will never take this, however often it is tried."""


class StoreDamaged(ProductError):
    """The database file is damaged, or is not opened by this key."""


class NotAllowed(UserError):
    """The database does not let this login do that."""


@contextmanager
def told(place: str) -> Iterator[None]:
    """Run statements; what the driver raises comes out as `StoreUnavailable` and its kin."""
    try:
        yield
    except DBAPIError as why:
        raise _as_told(place, why) from why
    except SQLAlchemyError as why:
        raise StoreUnavailable("record.unavailable", place=place, why=why) from why


def _as_told(place: str, error: DBAPIError) -> ProductError | UserError:
    why = f"{type(error.orig).__name__}: {error.orig}".strip()
    words, line = why.lower(), why.splitlines()[0]
    if any(sign in words for sign in _REFUSED):
        return NotAllowed("record.not_allowed", place=place, why=line)
    damaged = next((key for signs, key in _DAMAGED if any(sign in words for sign in signs)), None)
    if damaged is not None:
        return StoreDamaged(damaged, place=place, why=line)
    if "disk i/o error" in words and _is_full(place):
        return StoreUnavailable("record.full", place=place, why=line)
    passing = next((k for signs, k in _FOR_A_WHILE if any(sign in words for sign in signs)), None)
    if passing is not None:
        return StoreUnavailable(passing, place=place, why=line)
    if isinstance(error, DataError | IntegrityError) and "unique" not in words:  # that is a race
        return Refused("record.refused", place=place, why=line)
    return StoreUnavailable("record.unavailable", place=place, why=line)


def _is_full(place: str) -> bool:
    """Whether the disk of a file is: SQLite tells no more than that reading or writing failed."""
    try:
        return shutil.disk_usage(Path(place).parent).free < _LEAST_FREE
    except OSError:
        return False
