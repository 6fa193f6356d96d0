"""New keys for a record: the key of keys in a moment, the database's by writing every page, that of
its recordings by writing every file.
"""

from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from coach.errors import UserError
from coach.logs import note_fault
from coach.store import engine as ways
from coach.store.crypto import new_key
from coach.store.failures import StoreDamaged, told
from coach.store.keys import Keys, keep_keys
from coach.store.recordings import drop_unfinished, sealed_sound
from coach.store.safe import Safe
from coach.store.spoolfile import in_use, reseal


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
    return _finish_database(database, safe, coming)


def renew_sound_key(folder: Path, safe: Safe, keys: Keys) -> Keys:
    """A new key for recordings and drafts, in force when this returns.

    The coming key is kept before the first file is written; each file is whole under one of the two
    at any moment. Nobody else may use the record meanwhile. Raises `UserError` while a call is
    recorded or listened to, and if the disk does not take it: the next start then goes on with it.
    """
    for path in sealed_sound(folder):
        with suppress(FileNotFoundError):
            if in_use(path):
                raise UserError("record.sound_in_use", path=path)
    coming = replace(keys, sound_coming=keys.sound_coming or new_key())
    keep_keys(folder, safe, coming)
    settled, why = _finish_sound(folder, safe, coming)
    if why is not None:
        raise UserError("record.sound_unfinished", why=why.strerror or why) from why
    return settled


def finish_renewal(database: Path, safe: Safe, keys: Keys) -> Keys:
    """The keys as they are after a renewal that may have been cut off: whichever opens the files.

    Sound that cannot be sealed anew now (no room, somebody listens) waits for the next start.
    """
    settled, why = _finish_sound(database.parent, safe, _finish_database(database, safe, keys))
    if why is not None:
        note_fault(why)
    return settled


def _finish_database(database: Path, safe: Safe, keys: Keys) -> Keys:
    if keys.coming is None:
        return keys
    renewed = not database.exists() or _opens(database, keys.coming)
    settled = replace(keys, database=keys.coming if renewed else keys.database, coming=None)
    keep_keys(database.parent, safe, settled)
    return settled


def _finish_sound(folder: Path, safe: Safe, keys: Keys) -> tuple[Keys, OSError | None]:
    """The keys, and what kept sound from being sealed anew: the coming key is then still coming."""
    if keys.sound_coming is None:
        return keys, None
    drop_unfinished(folder)
    for path in sealed_sound(folder):
        try:
            reseal(path, keys.audio_before, keys.sound_coming)
        except FileNotFoundError:
            continue  # a purge was first
        except OSError as why:
            return keys, why
    settled = replace(keys, sound=keys.sound_coming, sound_coming=None)
    keep_keys(folder, safe, settled)
    return settled, None


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
