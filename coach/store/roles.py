"""Roles in PostgreSQL: an agent reads own calls, a lead the team's shared ones, a coach figures of
groups, an auditor who opened what. `roles.sql` holds it; the screen has no say in it.
"""

from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select, text

from coach.errors import UserError
from coach.store import engine as ways
from coach.store import tables as t
from coach.store.failures import told
from coach.store.members import Member
from coach.store.schema import known_schema, migrate

ROLES = ("agent", "lead", "coach", "auditor")


def set_up(place: str) -> None:
    """Bring a server's database up to date, and its roles with it. Raises `CoachError`.

    Whoever runs this owns the tables and must be allowed to make roles.
    """
    there = ways.address(place)
    if ways.is_file(there):
        raise UserError("record.no_server", place=ways.shown(there))
    engine = ways.connect(there, None)
    with told(ways.shown(there)):
        try:
            known_schema(engine, ways.shown(there))
            migrate(engine)
            with engine.begin() as connection:
                _run(connection, Path(__file__).with_name("roles.sql"))
        finally:
            engine.dispose()


def grant(
    place: str, login: str, role: str, *, agent: str | None = None, team: str | None = None
) -> None:
    """Give an existing login of the server a role, and take its earlier one away.

    An agent needs a number, a lead a team. Raises `CoachError`.
    """
    if role not in ROLES:
        raise UserError("cli.bad_choice", value=role, choices=", ".join(ROLES))
    if (role == "agent" and not agent) or (role == "lead" and not team):
        raise UserError("record.role_needs", role=role)
    there = ways.address(place)
    engine = ways.connect(there, None)
    with told(ways.shown(there)):
        try:
            with engine.begin() as connection:
                _give(connection, login, Member(role=role, agent=agent, team=team))
        finally:
            engine.dispose()


def _give(connection: Connection, login: str, member: Member) -> None:
    quoted = connection.dialect.identifier_preparer.quote_identifier(login)
    there = select(func.count()).select_from(text("pg_roles")).where(text("rolname = :login"))
    if not connection.execute(there, {"login": login}).scalar_one():
        raise UserError("record.no_login", login=login)
    for role in ROLES:
        connection.execute(text(f"REVOKE coach_{role} FROM {quoted}"))
    connection.execute(text(f"GRANT coach_{member.role} TO {quoted}"))
    connection.execute(delete(t.members).where(t.members.c.login == login))
    row = {"login": login, "role": member.role, "agent": member.agent, "team": member.team}
    connection.execute(insert(t.members), row)


def _run(connection: Connection, script: Path) -> None:
    for statement in script.read_text(encoding="utf-8").split(";\n\n"):
        connection.execute(text(statement.strip().removesuffix(";")))
