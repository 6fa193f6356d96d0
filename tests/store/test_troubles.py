"""A database that is full, locked, read-only, away or damaged: both kinds, the same promises.

What is given meanwhile waits, the state says what is wrong and what to do, and when it is over
everything is there once.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy import text

from coach.core.events import LogEvent
from coach.errors import CoachError
from coach.phrases import LANGUAGES, say
from coach.store import engine as ways
from coach.store import people
from coach.store.database import Origin, Store
from coach.store.failures import StoreUnavailable
from coach.store.keys import new_keys
from coach.store.queries import count_calls, list_calls
from coach.store.spool import Spooler, SpoolState
from coach.store.waiting import waits
from tests.store import disks
from tests.store.calls import call, many
from tests.store.postgres import Server

KEYS = new_keys()
Trouble = Callable[[], AbstractContextManager[Callable[[], None]]]


class Place(Protocol):
    """A database and what can happen to it; what a trouble gives ends it."""

    def open(self) -> Store: ...
    def full(self) -> AbstractContextManager[Callable[[], None]]: ...
    def locked(self) -> AbstractContextManager[Callable[[], None]]: ...
    def read_only(self) -> AbstractContextManager[Callable[[], None]]: ...
    def away(self) -> AbstractContextManager[Callable[[], None]]: ...


@dataclass
class FilePlace:
    """An encrypted file."""

    path: Path
    patch: pytest.MonkeyPatch

    def open(self) -> Store:
        return Store.open(self.path, keys=KEYS)

    @contextmanager
    def full(self) -> Iterator[Callable[[], None]]:
        if not disks.mounted(self.path.parent, 3_000):
            self.open().close()
            size = self.path.stat().st_size // 1_000
            with disks.file_limit(size) as lifted:
                yield lifted
            return
        try:
            self.open().close()
            yield disks.fill(self.path.parent)
        finally:
            disks.unmount(self.path.parent)

    @contextmanager
    def locked(self) -> Iterator[Callable[[], None]]:
        self.patch.setattr(ways, "_PATIENCE_MS", 1)
        with closing(self.open()) as other:
            held = other.writing()
            held.__enter__()
            yield lambda: held.__exit__(None, None, None)

    @contextmanager
    def read_only(self) -> Iterator[Callable[[], None]]:
        prepare = ways._prepare

        def prepared(connection: object, key: bytes | None) -> None:
            prepare(connection, key)
            connection.execute("PRAGMA query_only = ON")  # type: ignore[attr-defined]

        self.open().close()
        self.patch.setattr(ways, "_prepare", prepared)
        yield lambda: self.patch.setattr(ways, "_prepare", prepare)

    @contextmanager
    def away(self) -> Iterator[Callable[[], None]]:
        aside = self.path.with_name("aside")
        self.open().close()
        self.path.replace(aside)
        self.path.mkdir()  # a share that is not mounted

        def back() -> None:
            self.path.rmdir()
            aside.replace(self.path)

        yield back


@dataclass
class ServerPlace:
    """A database of a PostgreSQL server."""

    server: Server
    template: str
    patch: pytest.MonkeyPatch
    name: str = ""
    port: int | None = None

    def __post_init__(self) -> None:
        self.name = self.server.new_database(self.template)

    def open(self) -> Store:
        url = self.server.url(self.name)
        return Store.open(url if self.port is None else url.replace(str(self.server.port), "1"))

    @contextmanager
    def full(self) -> Iterator[Callable[[], None]]:
        folder = self.server.folder / f"small-{self.name}"
        folder.mkdir()
        if not disks.mounted(folder, 14_000):
            with self._quota() as room:
                yield room
            return
        shutil.chown(folder, "postgres", "postgres")
        folder.chmod(0o700)
        try:
            with self.server.admin() as admin:
                admin.execute(f"CREATE TABLESPACE {self.name} LOCATION '{folder}'")  # type: ignore[arg-type]
                admin.execute(f"ALTER DATABASE {self.name} SET TABLESPACE {self.name}")  # type: ignore[arg-type]
                admin.execute("CHECKPOINT")
            yield disks.fill(folder)
        finally:
            (folder / "filler").unlink(missing_ok=True)
            with self.server.admin() as admin:
                admin.execute(f"DROP DATABASE {self.name} WITH (FORCE)")  # type: ignore[arg-type]
                admin.execute(f"DROP TABLESPACE {self.name}")  # type: ignore[arg-type]
            disks.unmount(folder)

    @contextmanager
    def _quota(self) -> Iterator[Callable[[], None]]:
        """Where no small disk can be made, the server says what it says of a full one."""
        with self.server.admin(self.name) as admin:
            admin.execute(
                "CREATE FUNCTION full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                " RAISE EXCEPTION 'could not extend file: No space left on device'"
                " USING ERRCODE = '53100'; END $$"
            )
            admin.execute(
                "CREATE TRIGGER full BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION full()"
            )
            yield lambda: _run(admin, "DROP TRIGGER full ON events")

    @contextmanager
    def locked(self) -> Iterator[Callable[[], None]]:
        self.patch.setattr(ways, "LOCK_MS", 50)
        with self.server.admin(self.name) as admin:
            admin.execute("BEGIN")
            admin.execute("LOCK TABLE register IN ACCESS EXCLUSIVE MODE")
            yield lambda: _run(admin, "ROLLBACK")

    @contextmanager
    def read_only(self) -> Iterator[Callable[[], None]]:
        with self.server.admin() as admin:
            change = f"ALTER DATABASE {self.name} %s default_transaction_read_only"
            admin.execute(f"{change % 'SET'} = on")  # type: ignore[arg-type]
            yield lambda: _run(admin, change % "RESET")

    @contextmanager
    def away(self) -> Iterator[Callable[[], None]]:
        self.port = 1

        def back() -> None:
            self.port = None

        yield back


def _run(admin: object, statement: str) -> None:
    admin.execute(statement)  # type: ignore[attr-defined]


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    if request.param == "sqlite":
        (tmp_path / "disk").mkdir()
        return FilePlace(tmp_path / "disk" / "calls.db", monkeypatch)
    server: Server = request.getfixturevalue("server")
    return ServerPlace(server, request.getfixturevalue("template"), monkeypatch)


def spooler(place: Place, folder: Path) -> Spooler:
    def deliver(call_id: str, events: Sequence[LogEvent], origin: Origin) -> None:
        with closing(place.open()) as store:
            store.append_whole(call_id, events, origin)

    return Spooler(folder, b"k" * 32, deliver)


def spoken(spool: Spooler, logs: dict[str, list[LogEvent]]) -> None:
    for call_id, log in logs.items():
        sink = spool.call(call_id)
        for event in log:
            sink(event)
    spool.flush()


@pytest.mark.parametrize("kind", ["full", "locked", "read_only", "away"])
def test_what_is_given_meanwhile_waits_and_is_there_once_afterwards(
    place: Place, tmp_path: Path, kind: str
) -> None:
    logs = many(3)
    spool = spooler(place, tmp_path / "spool")
    told: list[SpoolState] = []
    spool.told = told.append
    trouble: Trouble = getattr(place, kind)
    with trouble() as end:
        spoken(spool, logs)
        before = datetime.now(UTC)
        taken = spool.drain()
        state = spool.state
        assert taken < len(logs)
        assert (state.kind, state.waiting) == (kind, len(logs) - taken), state.trouble
        assert state.since is not None
        assert state.since - timedelta(minutes=5) < before
        assert said_of(state, len(logs) - taken)
        end()
        assert spool.drain() == len(logs) - taken
        with closing(place.open()) as store:
            assert count_calls(store) == len(logs)
            last = f"call-{len(logs) - 1:04}"
            assert len(store.events(last)) == len(logs[last])
    assert [one.kind for one in told] == [kind, None]
    assert (spool.state.waiting, spool.state.kind, waits(spool.state)) == (0, None, None)


def said_of(state: SpoolState, count: int) -> bool:
    """How many wait, and what to do: the sentence of the trouble, in the user's language."""
    words = waits(state)
    assert words is not None
    assert str(count) in words
    assert state.trouble is not None
    assert words.endswith(state.trouble)
    return len(state.trouble) > 60


def test_each_trouble_has_a_sentence_in_both_languages() -> None:
    for kind in ("full", "locked", "read_only", "away", "damaged", "server_damaged", "disk"):
        for language in LANGUAGES:
            assert say(f"record.{kind}", language, place="x", why="y")


def test_a_damaged_page_of_a_server_is_told_and_the_rest_stays_readable(
    server: Server, template: str
) -> None:
    name = server.new_database(template)
    with closing(Store.open(server.url(name))) as store:
        for call_id, log in many(3).items():
            store.append(call_id, 0, log)
    with server.admin(name) as admin:
        admin.execute("CHECKPOINT")
        (found,) = admin.execute("SELECT pg_relation_filepath('utterances')").fetchone() or ("",)
    server.stop()
    with (server.folder / "data" / str(found)).open("r+b") as file:
        file.seek(200)
        file.write(b"\0damaged\0" * 40)
    server.start()
    with closing(Store.open(server.url(name))) as store:
        assert count_calls(store) == 3
        assert store.events("call-0001") == many(2)["call-0001"]
        with pytest.raises(CoachError) as told, store.reading() as connection:
            connection.execute(text("SELECT * FROM utterances")).all()
        assert told.value.key == "record.server_damaged"


def test_a_disk_that_takes_nothing_of_a_call_is_told_and_the_call_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = Spooler(tmp_path / "spool", b"k" * 32, lambda *_: None)
    told: list[SpoolState] = []
    spool.told = told.append

    def seal(_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(spool, "_seal", seal)
        spoken(spool, {"one": call("one")})
        spoken(spool, {})
    assert spool.state.unwritten == len(call("one"))
    assert waits(spool.state) == say("record.disk", why="No space left on device")
    spool.flush()
    assert [one.kind for one in told] == ["disk", None]
    assert spool.drain() == 1


def test_a_clock_that_jumps_loses_no_call(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A year back, before 1970, far ahead: moments are kept, the order of events is the log's."""
    for number, year in enumerate((2026, 2025, 1969, 2038)):
        moment = datetime(year, 1, 2, tzinfo=UTC)
        monkeypatch.setattr(store, "clock", lambda moment=moment: moment)
        log = call(f"call-{number}", began=moment)
        store.append(f"call-{number}", 0, log[:2])
        monkeypatch.setattr(store, "clock", lambda moment=moment: moment - timedelta(days=1))
        store.append(f"call-{number}", 2, log[2:])
        assert store.events(f"call-{number}") == log
        people.log_access(store, f"call-{number}", "karin", "lead", agent="a1")
    newest = [row.call_id for row in list_calls(store).rows]
    assert newest == ["call-3", "call-0", "call-1", "call-2"]
    assert len(people.access_log(store)) == 4


def test_a_clock_that_jumps_does_not_confuse_what_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files from the future are given like others."""
    given: list[str] = []
    spool = Spooler(tmp_path, b"k" * 32, lambda call_id, *_: given.append(call_id))
    spoken(spool, many(2))
    for path, year in zip(sorted(tmp_path.iterdir()), (1971, 2090), strict=True):
        moment = datetime(year, 1, 1, tzinfo=UTC).timestamp()
        os.utime(path, (moment, moment))
    monkeypatch.setattr(spool, "_deliver", lambda *_: refuse())
    assert spool.drain() == 0
    assert spool.state.since == datetime(1971, 1, 1, tzinfo=UTC)
    monkeypatch.undo()
    assert spool.drain() == 2
    assert given == ["call-0000", "call-0001"]


def refuse() -> None:
    raise StoreUnavailable("record.away", place="x", why="y")
