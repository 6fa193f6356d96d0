"""Which schema a database has, and how an older one is brought up to date: a copy first."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, inspect, text

from coach.errors import UserError
from coach.store import engine as ways

RELEASED = ("1", "2", "3", "4", "5")
"""Every schema that was ever released, in order; the last is that of this version."""

_BACKUP = ".before-schema-"


def prepare(engine: Engine, there: URL, key: bytes | None) -> None:
    """Make sure that the database has the schema of this version.

    A file is made or migrated at once. A server is its administrator's: an older schema there is
    told. A newer one is refused on both. Raises `UserError`.
    """
    found = known_schema(engine, ways.shown(there))
    if found == RELEASED[-1]:
        return
    if not ways.is_file(there):
        values = {"place": ways.shown(there), "found": found or "-", "known": RELEASED[-1]}
        raise UserError("record.old_server", **values)
    if found is not None:
        _copy(engine, Path(str(there.database)), found, key)
    migrate(engine)


def known_schema(engine: Engine, place: str) -> str | None:
    """The schema that a database has; `None`: it is empty. Raises `UserError` for a newer one."""
    with engine.connect() as connection:
        found = schema_of(connection)
    if found is not None and found not in RELEASED:
        raise UserError("record.newer", place=place, found=found, known=RELEASED[-1])
    return found


def schema_of(connection: Connection) -> str | None:
    """The schema that a database has; `None`: it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def migrate(engine: Engine, to: str = "head") -> None:
    """Take every step up to schema `to`, in one transaction: all of them or none."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    with ways.writes(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def backups(path: Path) -> list[Path]:
    """The copies that migrations made of a database file: a purge takes them away too."""
    return sorted(path.parent.glob(f"{path.name}{_BACKUP}*"))


def _copy(engine: Engine, path: Path, schema: str, key: bytes | None) -> Path:
    """Copy the file beside itself, page by page and whole, whoever else uses it."""
    copy = path.with_name(f"{path.name}{_BACKUP}{schema}")
    copy.unlink(missing_ok=True)
    other = ways.connect(ways.address(copy), key)
    with closing(engine.raw_connection()) as ours, closing(other.raw_connection()) as theirs:
        source: Any = ours.driver_connection
        source.backup(theirs.driver_connection)
    other.dispose()
    return copy
