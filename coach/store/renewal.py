"""New keys for a record: the key of keys in a moment, the database's key by writing every page."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from coach.store import engine as ways
from coach.store.crypto import new_key
from coach.store.failures import StoreDamaged, told
from coach.store.keys import Keys, keep_keys
from coach.store.safe import Safe


def renew_wrapping(folder: Path, safe: Safe, keys: Keys) -> None:
    """A new key of keys: what the key store held before opens nothing any more."""
    keep_keys(folder, safe, keys)


def renew_database_key(database: Path, safe: Safe, keys: Keys) -> Keys:
    """A new key for the database, in force when this returns.

    The coming key is kept before the first page is written, so that a power cut loses neither.
    Nobody else may use the database meanwhile. Recovery keys of before do not open it any more.
    """
    key = new_key()
    coming = replace(keys, coming=key)
    keep_keys(database.parent, safe, coming)
    engine = ways.connect(ways.address(database), keys.database)
    with told(str(database)), closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA journal_mode = DELETE").fetchall()
        cursor.execute(f"PRAGMA rekey = \"x'{key.hex()}'\"")
        cursor.close()
    engine.dispose()
    return finish_renewal(database, safe, coming)


def finish_renewal(database: Path, safe: Safe, keys: Keys) -> Keys:
    """The keys as they are after a renewal that may have been cut off: whichever opens the file."""
    if keys.coming is None:
        return keys
    renewed = not database.exists() or _opens(database, keys.coming)
    settled = replace(keys, database=keys.coming if renewed else keys.database, coming=None)
    keep_keys(database.parent, safe, settled)
    return settled


def _opens(database: Path, key: bytes) -> bool:
    engine = ways.connect(ways.address(database), key)
    try:
        with told(str(database)), engine.connect() as connection:
            connection.execute(text("SELECT count(*) FROM sqlite_master"))
    except StoreDamaged:
        return False
    finally:
        engine.dispose()
    return True
