"""Who logs in at a team's database of a test, and as what."""

from collections.abc import Callable, Mapping
from typing import Any

from coach.store.database import Store
from coach.store.roles import grant
from tests.store.postgres import Server

As = Callable[[str], Store]
"""The record as the login of that name sees it (the fixture `log_in`)."""


def move_in(server: Server, database: str, members: Mapping[str, Mapping[str, Any]]) -> None:
    """Make a login for each member, with the role that is said. Names are those of the server."""
    for login, member in members.items():
        server.new_login(login)
        grant(server.url(database), login, **member)
