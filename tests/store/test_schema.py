"""Databases of every released version become databases of this one; newer ones are left alone."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, text

from coach.errors import UserError
from coach.store import engine as ways
from coach.store import schema
from coach.store import tables as t
from coach.store.database import Store
from coach.store.keys import Keys, new_keys
from coach.store.queries import count_calls, search
from coach.store.roles import set_up
from tests.store.calls import MONDAY, call
from tests.store.postgres import Server

KEYS = new_keys()


def released(version: str, path: Path, keys: Keys | None) -> None:
    """A database as that version left it, with a call in it: add a line for what it wrote."""
    engine = ways.connect(ways.address(path), None if keys is None else keys.database)
    schema.migrate(engine, version)
    register = {"call_id": "one", "shared": False, "stored": MONDAY}
    with ways.writes(engine).begin() as connection:
        connection.execute(
            insert(t.register), register | {"next_seq": 0, "projected": 0, "synced": 0}
        )
    engine.dispose()


@pytest.mark.parametrize("keys", [KEYS, None], ids=["encrypted", "clear"])
@pytest.mark.parametrize("version", schema.RELEASED)
def test_a_database_of_a_released_version_is_opened(
    tmp_path: Path, version: str, keys: Keys | None
) -> None:
    path = tmp_path / "calls.db"
    released(version, path, keys)
    with closing(Store.open(path, keys=keys)) as store:
        store.append("two", 0, call("two"))
        assert count_calls(store) == 1
        assert len(search(store, "klacht").rows) == 1


@pytest.mark.parametrize("keys", [KEYS, None], ids=["encrypted", "clear"])
def test_a_file_is_copied_before_it_is_changed(
    tmp_path: Path, keys: Keys | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "calls.db"
    with closing(Store.open(path, keys=keys)) as store:
        store.append("one", 0, call("one"))
        monkeypatch.setattr(schema, "RELEASED", ("1", "2"))
        monkeypatch.setattr(schema, "migrate", lambda *_: (_ for _ in ()).throw(RuntimeError))
        with pytest.raises(RuntimeError):  # a migration that fails, while somebody has it open
            Store.open(path, keys=keys)
    monkeypatch.undo()
    (copy,) = schema.backups(path)
    shutil.move(copy, tmp_path / "other.db")
    for name in ("calls.db", "other.db"):
        with closing(Store.open(tmp_path / name, keys=keys)) as store:
            assert store.events("one") == call("one")


def test_a_newer_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "calls.db"
    with closing(Store.open(path, keys=KEYS)) as store, store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '99'"))
    before = path.read_bytes()
    with pytest.raises(UserError) as told:
        Store.open(path, keys=KEYS)
    assert (told.value.key, told.value.values["found"]) == ("record.newer", "99")
    assert path.read_bytes() == before
    assert schema.backups(path) == []


def test_a_newer_server_is_refused_too(server: Server, database: str) -> None:
    with server.admin(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '99'")
    for opened in (Store.open, set_up):
        with pytest.raises(UserError) as told:
            opened(server.url(database))
        assert told.value.key == "record.newer"


def test_an_empty_server_asks_for_its_administrator(server: Server) -> None:
    name = server.new_database()
    with pytest.raises(UserError) as told:
        Store.open(server.url(name))
    assert told.value.key == "record.old_server"
    for _ in range(2):
        set_up(server.url(name))
    Store.open(server.url(name)).close()


OF_THE_DATABASE = {"alembic_version", "words", "calls_words"}
"""What the tables of the code do not mention: alembic's own, and the search."""


def test_the_steps_lead_to_the_tables_of_the_code(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [
            one
            for one in compare_metadata(context, t.metadata)
            if not any(name in repr(one) for name in OF_THE_DATABASE)
        ]
    assert [one for one in found if "call_words" not in repr(one)] == []
