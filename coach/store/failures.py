"""What can go wrong with a database, told as the product tells it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError

from coach.errors import ProductError, UserError

_NOT_OURS = ("file is not a database", "file is encrypted", "hmac check failed")
_BROKEN = ("malformed", "corrupt")
_FULL = ("disk is full", "disk full", "no space left")
_REFUSED = ("permission denied", "row-level security", "insufficientprivilege")


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
    if any(sign in words for sign in _NOT_OURS):
        return StoreDamaged("record.wrong_key", place=place)
    if any(sign in words for sign in _BROKEN):
        return StoreDamaged("record.damaged", place=place)
    if any(sign in words for sign in _FULL):
        return StoreUnavailable("record.full", place=place)
    if isinstance(error, DataError | IntegrityError) and "unique" not in words:  # that is a race
        return Refused("record.refused", place=place, why=line)
    return StoreUnavailable("record.unavailable", place=place, why=line)
