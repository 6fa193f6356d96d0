"""What people add: notes, marks, call-backs, incidents, disruptions; and who looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Table, and_, delete, insert, or_, select, text, update

from coach.core.events import LogEvent
from coach.errors import UserError
from coach.store import tables as t
from coach.store.database import Store
from coach.store.queries import GOOD_EXAMPLE, one_call

Found = TypeVar("Found")


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """What somebody wrote at a call."""

    id: int
    call_id: str
    author: str
    written: datetime
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Callback:
    """What was promised to a customer, and by when; `done` when it was."""

    id: int
    call_id: str | None
    agent: str
    made: datetime
    due: datetime
    text: str
    done: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Incident:
    """What an agent reported; `at` is when it happened."""

    id: int
    call_id: str | None
    submitted_by: str
    team: str | None
    at: datetime
    submitted: datetime
    severity: str
    kind: str
    cause: str | None
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Disruption:
    """What was going on while people called; `team` `None`: everywhere."""

    id: int
    began: datetime
    ended: datetime | None
    team: str | None
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """Somebody opened a call: who, in which role, and what they looked at ("call", "sound")."""

    id: int
    at: datetime
    who: str
    role: str
    what: str
    call_id: str
    agent: str | None


# ---- notes and marks -----------------------------------------------------------------------------


def add_note(store: Store, call_id: str, author: str, text: str) -> None:
    """Write a note at a call."""
    row = {"call_id": call_id, "author": author, "written": store.clock(), "text": text}
    _add(store, t.notes, row)


def notes_of(store: Store, call_id: str) -> list[Note]:
    """The notes at a call, the oldest first."""
    return _found(store, Note, t.notes, t.notes.c.call_id == call_id, order=t.notes.c.id)


def mark_good_example(store: Store, call_id: str, by: str, *, marked: bool = True) -> None:
    """Mark a call as a good example, or take the mark away."""
    here = and_(t.marks.c.call_id == call_id, t.marks.c.mark == GOOD_EXAMPLE)
    row = {"call_id": call_id, "mark": GOOD_EXAMPLE, "by": by, "at": store.clock()}
    with store.writing() as connection:
        connection.execute(delete(t.marks).where(here))
        if marked:
            connection.execute(insert(t.marks), row)


# ---- call-backs ----------------------------------------------------------------------------------


def add_callback(
    store: Store, agent: str, due: datetime, text: str, *, call_id: str | None = None
) -> None:
    """Remember what was promised, and by when."""
    row = {"call_id": call_id, "agent": agent, "made": store.clock(), "due": due, "text": text}
    _add(store, t.callbacks, row)


def open_callbacks(
    store: Store, agent: str | None = None, *, before: datetime | None = None
) -> list[Callback]:
    """What is still to be done, the most urgent first; `before`: due before that moment."""
    where: list[ColumnElement[bool]] = [t.callbacks.c.done.is_(None)]
    if agent is not None:
        where.append(t.callbacks.c.agent == agent)
    if before is not None:
        where.append(t.callbacks.c.due < before)
    return _found(store, Callback, t.callbacks, *where, order=t.callbacks.c.due)


def callbacks_of(store: Store, call_id: str) -> list[Callback]:
    """What was promised in a call, done or not, in the order in which it was noted."""
    return _found(
        store, Callback, t.callbacks, t.callbacks.c.call_id == call_id, order=t.callbacks.c.id
    )


def callback_done(store: Store, number: int) -> None:
    """A promise was kept."""
    row = t.callbacks.c.id == number
    with store.writing() as connection:
        connection.execute(update(t.callbacks).where(row).values(done=store.clock()))


def drop_callback(store: Store, number: int) -> None:
    """Take one off that was put there by mistake: it was no promise, and counts nowhere.

    One that went to the team's database already stays there, so here it is ticked off.
    """
    row = t.callbacks.c.id == number
    away = t.callbacks.c.uid.in_(select(t.travelled.c.uid))
    with store.writing() as connection:
        connection.execute(delete(t.callbacks).where(row, ~away))
        connection.execute(update(t.callbacks).where(row).values(done=store.clock()))


# ---- incidents -----------------------------------------------------------------------------------


def submit_incident(
    store: Store,
    *,
    submitted_by: str,
    severity: str,
    kind: str,
    text: str,
    at: datetime | None = None,
    call_id: str | None = None,
    team: str | None = None,
    cause: str | None = None,
) -> None:
    """An agent reports what happened. Raises `UserError` without the agent who reports it."""
    if not submitted_by.strip():
        raise UserError("record.incident_by_agent")
    moment = store.clock()
    row = {
        "call_id": call_id,
        "submitted_by": submitted_by,
        "team": team,
        "at": at or moment,
        "submitted": moment,
        "severity": severity,
        "kind": kind,
        "cause": cause,
        "text": text,
    }
    _add(store, t.incidents, row)


def incidents(
    store: Store, *, since: datetime | None = None, until: datetime | None = None
) -> list[Incident]:
    """The incidents of a period, the oldest first."""
    return _found(store, Incident, t.incidents, *_within(t.incidents.c.at, since, until))


# ---- disruptions ---------------------------------------------------------------------------------


def add_disruption(
    store: Store,
    name: str,
    began: datetime,
    *,
    ended: datetime | None = None,
    team: str | None = None,
) -> None:
    """Mark on the time axis what was going on."""
    _add(store, t.disruptions, {"name": name, "began": began, "ended": ended, "team": team})


def disruptions(
    store: Store, *, since: datetime | None = None, until: datetime | None = None
) -> list[Disruption]:
    """What was going on in a period, also what began before it."""
    c = t.disruptions.c
    where = [] if until is None else [c.began < until]
    if since is not None:
        where.append(or_(c.ended.is_(None), c.ended >= since))
    return _found(store, Disruption, t.disruptions, *where, order=c.began)


# ---- who looked ----------------------------------------------------------------------------------


def open_call(store: Store, call_id: str, who: str, role: str) -> list[LogEvent]:
    """The log of a call for somebody other than its agent, once that stands in the access log.

    On a server the database writes it down, and gives a lead nothing before it stands there.
    """
    if store.member.role == "lead":
        with store.writing() as connection:
            connection.execute(text("SELECT coach_ask(:call)"), {"call": call_id})
    elif store.member.role is None and (found := one_call(store, call_id)) is not None:
        log_access(store, call_id, who, role, agent=found.agent)
    return store.events(call_id)


def log_access(
    store: Store, call_id: str, who: str, role: str, *, agent: str | None, what: str = "call"
) -> None:
    """Write down that somebody opened a call, before it is shown."""
    row = {"at": store.clock(), "who": who, "role": role, "what": what}
    _add(store, t.access, row | {"call_id": call_id, "agent": agent})


def access_log(
    store: Store, *, agent: str | None = None, since: datetime | None = None
) -> list[Opening]:
    """Who opened which call, the newest first; `agent`: only calls of that agent."""
    where = _within(t.access.c.at, since, None)
    if agent is not None:
        where.append(t.access.c.agent == agent)
    return _found(store, Opening, t.access, *where, order=t.access.c.id.desc())


# ---- in common -----------------------------------------------------------------------------------


def _within(
    column: Any, since: datetime | None, until: datetime | None
) -> list[ColumnElement[bool]]:
    where = [] if since is None else [column >= since]
    return where if until is None else [*where, column < until]


def _add(store: Store, table: Table, row: dict[str, Any]) -> None:
    with store.writing() as connection:
        connection.execute(insert(table), row)


def _found(
    store: Store, kind: type[Found], table: Table, *where: ColumnElement[bool], order: Any = None
) -> list[Found]:
    columns = [table.c[name] for name in kind.__annotations__]
    asked = select(*columns).where(*where).order_by(table.c.id if order is None else order)
    with store.reading() as connection:
        rows: Sequence[Any] = connection.execute(asked).mappings().all()
    return [kind(**row) for row in rows]
