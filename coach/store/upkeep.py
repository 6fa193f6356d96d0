"""After a removal: nothing of what went stays in a page, an index, a write-ahead log or a copy."""

from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import text

from coach.store import tables as t
from coach.store.database import Store
from coach.store.failures import told
from coach.store.schema import backups

_OPTIMIZE = "INSERT INTO call_words (call_words) VALUES ('optimize')"


def compact(store: Store, *, thorough: bool = True) -> int:
    """Overwrite and give back what was freed; returns how many copies of migrations went.

    `thorough`: write the file anew. Otherwise only the copies are taken away. On a server, VACUUM
    without locks: readers and writers go on.
    """
    if store.dialect != "sqlite":
        if thorough:
            _vacuum_server(store)
        return 0
    copies = backups(Path(store.place))
    for copy in copies:
        for path in sorted(copy.parent.glob(f"{copy.name}*")):
            path.unlink(missing_ok=True)
    if thorough:
        _vacuum_file(store)
    return len(copies)


def _vacuum_file(store: Store) -> None:
    """The search index is merged (deleted words live on in its older pieces), then every page is
    written anew, and the write-ahead log is emptied.
    """
    with told(store.place), closing(store.engine.raw_connection()) as connection:
        cursor: Any = connection.cursor()
        cursor.execute(_OPTIMIZE)
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        cursor.close()


def _vacuum_server(store: Store) -> None:
    own = store.engine.execution_options(isolation_level="AUTOCOMMIT")
    with told(store.place), own.connect() as connection:
        for table in (
            t.events,
            t.sounds,
            t.utterances,
            t.turns,
            t.nudges,
            t.risks,
            t.signs,
            t.calls,
        ):
            connection.execute(text(f'VACUUM "{table.name}"'))
