"""The way to a database: an encrypted SQLite file, or PostgreSQL over TLS and nothing less."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import URL, Connection, Engine, event, make_url
from sqlalchemy.exc import ArgumentError

from coach.errors import UserError

_OWNER_ONLY = 0o600
_PATIENCE_MS = 5_000
_CONNECT_S = 10
LOCK_MS = 10_000
"""How long a statement waits for what another session holds."""

_WRITES = "coach_writes"


def address(place: str | Path) -> URL:
    """The address that a user gave: a path of a file, or a URL. Raises `UserError`."""
    if isinstance(place, Path) or "://" not in place:
        return URL.create("sqlite", database=str(place))
    try:
        url = make_url(place)
    except (ArgumentError, ValueError) as why:
        raise UserError(
            "record.bad_address", place=place.rpartition("@")[2]
        ) from why  # no password
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise UserError("record.bad_address", place=shown(url))
    return url


def shown(url: URL) -> str:
    """An address as it may stand on a screen: without its password."""
    return str(url.database) if is_file(url) else url.render_as_string(hide_password=True)


def is_file(url: URL) -> bool:
    """Whether the address is a SQLite file."""
    return url.get_backend_name() == "sqlite"


def connect(url: URL, key: bytes | None) -> Engine:
    """An engine for the address; connects when it is used. Raises `UserError` without TLS."""
    return _file(Path(str(url.database)), key) if is_file(url) else _server(url)


def looks(path: Path, key: bytes | None) -> Engine:
    """An engine for a file as it is: it makes none, and changes nothing of its way of working."""
    return _file(path, key, as_it_is=True)


def writes(engine: Engine) -> Engine:
    """The same engine for transactions that write: SQLite then waits for its turn at once."""
    return engine.execution_options(**{_WRITES: True})


# ---- SQLite --------------------------------------------------------------------------------------


def _file(path: Path, key: bytes | None, *, as_it_is: bool = False) -> Engine:
    from sqlcipher3 import dbapi2  # with `key` every page is AES-256 with an HMAC; without, SQLite

    if not as_it_is:
        path.parent.mkdir(parents=True, exist_ok=True)
    creator = (_looker if as_it_is else _opener)(dbapi2, path, key)
    engine = sa.create_engine("sqlite://", module=dbapi2, creator=creator, poolclass=sa.QueuePool)
    event.listen(engine, "begin", _begin)
    return engine


def _opener(dbapi: Any, path: Path, key: bytes | None) -> Callable[[], Any]:
    def opened() -> Any:
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, _OWNER_ONLY))
        return _connected(dbapi, str(path), lambda connection: _prepare(connection, key))

    return opened


def _looker(dbapi: Any, path: Path, key: bytes | None) -> Callable[[], Any]:
    place = f"{path.absolute().as_uri()}?mode=rw"  # no "c": a file that is not there is not made
    return lambda: _connected(dbapi, place, lambda connection: _unlock(connection, key), uri=True)


def _connected(dbapi: Any, place: str, prepare: Callable[[Any], None], *, uri: bool = False) -> Any:
    connection = dbapi.connect(
        place,
        check_same_thread=False,
        isolation_level=None,
        timeout=_PATIENCE_MS / 1000,
        uri=uri,
    )
    try:
        prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _unlock(connection: Any, key: bytes | None) -> None:
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")


def _prepare(connection: Any, key: bytes | None) -> None:
    """Pragmas of a connection. `FULL`: what is committed is on the disk; `secure_delete`: what is
    deleted is overwritten.
    """
    _unlock(connection, key)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA journal_mode = WAL").fetchall()
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: Connection) -> None:
    """A writer takes the file's one place for writers before it reads, so that it never loses it
    half-way.
    """
    takes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if takes else "BEGIN")


# ---- PostgreSQL ----------------------------------------------------------------------------------


def _server(url: URL) -> Engine:
    asked = url.query.get("sslmode", "verify-full")
    if asked != "verify-full":
        raise UserError("record.tls_needed", place=shown(url), mode=asked)
    if not url.host or url.host.startswith("/") or "host" in url.query or "hostaddr" in url.query:
        raise UserError("record.host_needed", place=shown(url))
    root = url.query.get("sslrootcert") or os.environ.get("PGSSLROOTCERT") or "system"
    return sa.create_engine(
        url.difference_update_query(["sslmode", "sslrootcert"]),
        connect_args={
            "sslmode": "verify-full",
            "sslrootcert": root,
            "gssencmode": "disable",  # it would take the place of TLS
            "connect_timeout": _CONNECT_S,
            "application_name": "eerst-begrip",
            "options": f"-c timezone=UTC -c lock_timeout={LOCK_MS}",
        },
        pool_pre_ping=True,
        pool_size=3,
    )
