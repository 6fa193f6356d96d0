"""Who a login is to the database; the database itself says so."""

from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """Who somebody is to the database; `role` `None`: its owner, who sees everything.

    `login` is how they signed in to a server: what a lead writes there is signed with it.
    """

    role: str | None
    agent: str | None = None
    team: str | None = None
    login: str | None = None

    @property
    def may_read_words(self) -> bool:
        """Whether a list may quote what was said: a lead opens a call for that, and is noted."""
        return self.role in {None, "agent"}

    @property
    def may_read_calls(self) -> bool:
        """Whether calls may be listed: a coach sees groups, an auditor who looked."""
        return self.role in {None, "agent", "lead"}

    @property
    def may_read_accesses(self) -> bool:
        """Whether they may read who opened calls: agents of their own ones, a lead does not."""
        return self.role in {None, "agent", "auditor"}


OWNER = Member(role=None)


def who_am_i(connection: Connection) -> Member:
    """What this login is. The owner of a file, and of the tables on a server, is `OWNER`."""
    if connection.dialect.name != "postgresql":
        return OWNER
    asked = text("SELECT coach_role(), coach_me(), coach_team(), session_user")
    role, agent, team, login = connection.execute(asked).one()
    return Member(role=role, agent=agent, team=team, login=login)
