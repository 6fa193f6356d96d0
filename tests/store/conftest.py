"""Databases for the tests of the record: a file, and a server if PostgreSQL is installed."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import text

from coach.store import tables as t
from coach.store.database import Store
from coach.store.keys import new_keys
from coach.store.roles import set_up
from tests.store import postgres
from tests.store.logins import As
from tests.store.postgres import Server

KEYS = new_keys()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL of this session."""
    programs = postgres.binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    running = postgres.new_server(programs)
    yield running
    postgres.remove(running)


@pytest.fixture(scope="session")
def template(server: Server) -> str:
    """A database of this version with nothing in it, to be copied."""
    name = server.new_database()
    set_up(server.url(name))
    return name


@pytest.fixture
def database(server: Server, template: str) -> str:
    """A database of the server for one test."""
    return server.new_database(template)


@pytest.fixture
def log_in(server: Server, house: str) -> Iterator[As]:
    """The team's database `house`, which the test module makes, as somebody sees it."""
    with ExitStack() as stack:
        yield lambda login: stack.enter_context(closing(Store.open(server.url(house, login))))


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encrypted file with nothing in it, to be copied."""
    path = tmp_path_factory.mktemp("store") / "calls.db"
    Store.open(path, keys=KEYS).close()
    return path


@pytest.fixture(scope="session")
def on_the_server(server: Server, template: str) -> Iterator[Store]:
    """A database of the server that is emptied after every test."""
    opened = Store.open(server.url(server.new_database(template)))
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty record: an encrypted file, then a server."""
    if request.param == "sqlite":
        path = shutil.copy(request.getfixturevalue("empty_file"), tmp_path / "calls.db")
        with closing(Store.open(path, keys=KEYS)) as opened:
            yield opened
        return
    opened = request.getfixturevalue("on_the_server")
    yield opened
    names = ", ".join(name for name in t.metadata.tables if name != "house")
    with opened.writing() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))


@pytest.fixture(params=["sqlite", "postgresql"])
def own_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """The same for a test that leaves what cannot be taken back."""
    if request.param == "sqlite":
        place = str(shutil.copy(request.getfixturevalue("empty_file"), tmp_path / "calls.db"))
    else:
        place = request.getfixturevalue("server").url(request.getfixturevalue("database"))
    with closing(Store.open(place, keys=KEYS if request.param == "sqlite" else None)) as opened:
        yield opened
