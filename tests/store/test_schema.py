"""Databases of every released version become databases of this one; newer ones are left alone."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, Table, insert, select, text

from coach.errors import UserError
from coach.store import engine as ways
from coach.store import schema
from coach.store import tables as t
from coach.store.database import Store
from coach.store.keys import Keys, new_keys
from coach.store.queries import count_calls, search
from coach.store.roles import set_up
from coach.store.weeks import add_up_all
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
        monkeypatch.setattr(schema, "RELEASED", (*schema.RELEASED, "next"))
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


def test_what_an_earlier_version_gave_is_taken_back(server: Server, database: str) -> None:
    with server.admin(database) as connection:
        connection.execute("GRANT UPDATE ON callbacks TO coach_agent")
        set_up(server.url(database))
        may = connection.execute("SELECT has_table_privilege('coach_agent', 'callbacks', 'UPDATE')")
        assert may.fetchone() == (False,)


def old_calls(version: str, engine: Engine) -> None:
    """The read tables of that version with calls in them, as it wrote them."""
    schema.migrate(engine, version)
    with ways.writes(engine).begin() as connection:
        for number in range(3):
            values = {"id": f"c{number}", "number": number + 1, "at": MONDAY.replace(tzinfo=None)}
            for statement in OLD_CALL.split(";"):
                connection.execute(text(statement), values)


OLD_CALL = """
INSERT INTO register
    (number, call_id, agent, team, shared, causes, stored, next_seq, projected, synced)
VALUES (:number, :id, 'a1', 'blue', true, 'late bill', :at, 1, 1, 0);
INSERT INTO calls (call_id, number, began, placed, week, agent, team, shared, mode, finished,
    duration_s, risk_highest, nudges_shown, nudges_useful, nudges_wrong, nudges_not_now,
    nudges_missed, customer_speech_s, agent_speech_s, losses, has_audio)
VALUES (:id, :number, :at, :at, '2026-03-02', 'a1', 'blue', true, 'live', true, 9, 'none',
    1, 1, 0, 0, 0, 1, 1, 0, false);
INSERT INTO signs (call_id, kind, at_s, because) VALUES (:id, 'threat', 1, 'pas maar op');
INSERT INTO causes (call_id, cause) VALUES (:id, 'late');
INSERT INTO causes (call_id, cause) VALUES (:id, 'bill');
INSERT INTO nudges (call_id, nudge, kind, at_s, decided_s, because, answer)
VALUES (:id, 1, 'paraphrase', 1, 1, 'en toen', 'useful')
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def nothing_yet(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without anything in it."""
    place: str | Path = tmp_path / "calls.db"
    if request.param == "postgresql":
        server = request.getfixturevalue("server")
        place = server.url(server.new_database())
    engine = ways.connect(ways.address(place), None)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("version", [v for v in schema.RELEASED if v < "3"])
def test_calls_of_before_there_were_channels_came_by_phone(
    nothing_yet: Engine, version: str
) -> None:
    old_calls(version, nothing_yet)
    schema.migrate(nothing_yet)
    with ways.writes(nothing_yet).begin() as connection:
        found = {table.name: rows_of(connection, table) for table in (t.calls, *t.SUMS[1:])}
        add_up_all(connection)  # what the step counted is what the product counts
        again = {table.name: rows_of(connection, table) for table in t.SUMS[1:]}
    assert {row["channel"] for row in found["calls"]} == {"phone"}
    assert [row for row in found["week_kinds"] if row["what"] == "aggression"] == [
        row for row in again["week_kinds"] if row["what"] == "aggression"
    ]
    assert [(row["kind"], row["calls"]) for row in found["week_kinds"]] == [("bill", 3)]
    assert found["week_nudges"] == again["week_nudges"] != []


def rows_of(connection: Connection, table: Table) -> list[dict[str, object]]:
    return [dict(row) for row in connection.execute(select(table)).mappings()]


def test_sums_of_before_are_carried_over(nothing_yet: Engine) -> None:
    schema.migrate(nothing_yet, "1")
    names = [column.name for column in t.weeks.c if column.name != "channel"]
    words = {"week": "'2026-03-02'", "team": "'blue'", "agent": "'a1'"}
    values = ", ".join(words.get(name, str(n)) for n, name in enumerate(names))
    week = f"INSERT INTO weeks ({', '.join(names)}) VALUES ({values})"  # noqa: S608 - written here
    with ways.writes(nothing_yet).begin() as connection:
        connection.execute(text(week))
        connection.execute(
            text("INSERT INTO week_kinds VALUES ('2026-03-02', 'blue', 'a1', 'risk', 'media', 7)")
        )
    schema.migrate(nothing_yet)
    with nothing_yet.connect() as connection:
        (kept,), (kind,) = rows_of(connection, t.weeks), rows_of(connection, t.week_kinds)
    assert {**kept, **dict.fromkeys(words)} == {
        **dict(zip(names, range(len(names)), strict=True)),
        **dict.fromkeys(words),
        "channel": "phone",
    }
    assert (kind["channel"], kind["what"], kind["calls"]) == ("phone", "risk", 7)


def test_sound_of_calls_that_went_before_it_could_follow_them_is_settled(tmp_path: Path) -> None:
    path = tmp_path / "calls.db"
    released("4", path, None)
    engine = ways.connect(ways.address(path), None)
    with ways.writes(engine).begin() as connection:
        connection.execute(text("UPDATE register SET synced = 1"))
    engine.dispose()
    with closing(Store.open(path)) as store, store.reading() as connection:
        assert rows_of(connection, t.travelled) == [{"uid": "sound one", "came": False}]


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
