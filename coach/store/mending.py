"""Saves what can be read of a damaged database file, and puts the file aside."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from coach.errors import CoachError
from coach.store import engine as ways
from coach.store import tables as t
from coach.store.database import Store
from coach.store.failures import StoreDamaged
from coach.store.keys import Keys

_STEP = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Mended:
    """What became of it: calls saved, rows and pages that could not be read, the file put aside."""

    calls: int
    lost: int
    aside: Path | None


def is_sound(path: Path, keys: Keys | None) -> bool:
    """Whether every page of a database can be read and fits the others."""
    engine = ways.connect(ways.address(path), None if keys is None else keys.database)
    try:
        with engine.connect() as connection:
            pages = connection.execute(text("PRAGMA cipher_integrity_check")).all() if keys else []
            whole = connection.execute(text("PRAGMA integrity_check")).scalars().all()
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        return not pages and whole == ["ok"] and not broken
    except DBAPIError:
        return False
    finally:
        engine.dispose()


def mend(path: Path, keys: Keys | None) -> Mended:
    """Make a new database out of what is readable in `path`. Nobody else may use it meanwhile.

    A sound database is left alone. Raises `StoreDamaged` when not even its first page opens.
    """
    if is_sound(path, keys):
        return Mended(calls=0, lost=0, aside=None)
    fresh = path.with_name(path.name + ".mended")
    for left in (fresh, *_beside(fresh)):
        left.unlink(missing_ok=True)
    engine = ways.connect(ways.address(path), None if keys is None else keys.database)
    store = Store.open(fresh, keys=keys)
    try:
        with engine.connect() as old:
            calls, lost = _save_calls(old, store)
            lost += sum(_save_rows(old, store, table) for table in t.WRITTEN)
        store.rebuild()
    except DBAPIError as why:
        raise StoreDamaged("record.wrong_key", place=path) from why
    finally:
        engine.dispose()
        store.close()
    return Mended(calls=calls, lost=lost, aside=_exchange(path, fresh))


def _save_calls(old: Connection, store: Store) -> tuple[int, int]:
    """Calls with every page of their log that is readable and follows the one before."""
    calls, lost = 0, 0
    for row in _rows(old, t.register, t.register.c.number):
        if row is None:
            lost += 1
            continue
        of_call = t.events.c.call_id == row["call_id"]
        try:
            pages = old.execute(
                select(t.events).where(of_call).order_by(t.events.c.first_seq)
            ).all()
        except DBAPIError:
            lost += 1
            continue
        count = sum(page.lines.count("\n") for page in pages)
        with store.writing() as connection:
            connection.execute(insert(t.register), {**row, "next_seq": count, "projected": 0})
            connection.execute(insert(t.events), [dict(page._mapping) for page in pages])
        calls += 1
    return calls, lost


def _save_rows(old: Connection, store: Store, table: Table) -> int:
    """Rows one by one: one that does not fit any more is left behind. Returns how many were."""
    lost = 0
    order = table.c.id if "id" in table.c else text("rowid")
    for row in _rows(old, table, order):
        try:
            if row is not None:
                with store.writing() as connection:
                    connection.execute(insert(table), row)
                continue
        except (CoachError, ValueError):
            pass
        lost += 1
    return lost


def _rows(old: Connection, table: Table, order: Any) -> Iterator[dict[str, Any] | None]:
    """The rows of a table, step by step; `None` for each that cannot be read."""
    try:
        count = old.execute(select(func.count()).select_from(table)).scalar_one()
    except DBAPIError:
        count = 0
    for first in range(0, count, _STEP):
        asked = select(table).order_by(order)
        try:
            rows = old.execute(asked.limit(_STEP).offset(first)).mappings().all()
            yield from (dict(row) for row in rows)
        except DBAPIError:
            for place in range(first, min(first + _STEP, count)):
                yield _one(old, asked.limit(1).offset(place))


def _one(old: Connection, asked: Any) -> dict[str, Any] | None:
    try:
        found = old.execute(asked).mappings().one_or_none()
    except DBAPIError:
        return None
    return None if found is None else dict(found)


def _beside(path: Path) -> list[Path]:
    return [path.with_name(path.name + end) for end in ("-wal", "-shm")]


def _exchange(path: Path, fresh: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    for before, after in zip((path, *_beside(path)), (aside, *_beside(aside)), strict=True):
        if before.exists():
            before.replace(after)
    for before, after in zip((fresh, *_beside(fresh)), (path, *_beside(path)), strict=True):
        if before.exists():
            before.replace(after)
    return aside
