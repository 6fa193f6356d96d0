"""How the record of this machine stands, for `coach doctor`: it is looked at and nothing else. No
record is begun, no schema brought up to date, no renewal of keys finished, nothing taken in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from coach.errors import CoachError
from coach.phrases import say
from coach.store import engine as ways
from coach.store.database import Store
from coach.store.failures import StoreDamaged, told
from coach.store.home import DATABASE, SPOOL
from coach.store.keys import KEY_FILE, Keys, open_keys
from coach.store.queries import count_calls
from coach.store.safe import best_safe
from coach.store.schema import RELEASED, known_schema
from coach.store.spool import Spooler
from coach.store.waiting import waits

_MOST = 10_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """How many calls there are (`None`: no record yet), the schema if that is an older one, and
    what is wrong, in sentences that say what to do.
    """

    calls: int | None
    older: str | None = None
    wrong: tuple[str, ...] = ()


def look(folder: Path, *, file_keys: bool = False) -> Looked:
    """How a record stands. Raises `CoachError` if its keys cannot be had."""
    state = Spooler(folder / SPOOL, b"", lambda *_: None).state
    calls, schema, path = None, None, folder / DATABASE
    if (folder / KEY_FILE).exists() and path.exists():
        keys = open_keys(folder, best_safe(folder, file_only=file_keys))
        try:
            calls, schema = _counted(path, keys)
        except CoachError as why:
            calls = 0
            state = replace(state, kind=why.key.rpartition(".")[2], trouble=str(why))
    wrong = [one for one in (waits(state),) if one is not None]
    if state.aside:
        wrong.append(say("record.doctor_aside", count=state.aside))
    return Looked(calls=calls, older=schema, wrong=tuple(wrong))


def _counted(path: Path, keys: Keys) -> tuple[int | None, str | None]:
    """How many calls a database has, and its schema if it is to be brought up to date.

    Raises `CoachError` if it does not open, is of a newer version, or would not take a call.
    """
    *earlier, last = _may_open(keys)
    for key in earlier:
        try:
            return _counted_under(path, key)
        except StoreDamaged:
            continue
    return _counted_under(path, last)


def _may_open(keys: Keys) -> Iterator[bytes]:
    """While the database's key is being renewed there are two."""
    if keys.coming is not None:
        yield keys.coming
    yield keys.database


def _counted_under(path: Path, key: bytes) -> tuple[int | None, str | None]:
    engine = ways.looks(path, key)
    store = Store(engine, str(path))
    try:
        with told(store.place):
            found = known_schema(engine, store.place)
        if found is None:
            return None, None
        calls = count_calls(store, most=_MOST)
        with store.writing():  # whether it would take one
            pass
    finally:
        store.close()
    return calls, None if found == RELEASED[-1] else found
