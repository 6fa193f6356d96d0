"""What people wrote at calls, between an agent's record and the team's database.

What belongs to the agent stays with the agent unless the policy says otherwise: own notes and
marks (`notes`), own call-backs (`callbacks`). An incident goes because the agent submitted it. What
a lead wrote at a shared call always comes back. Each goes and comes once (`t.travelled`): what
was removed on one side since does not return. May be cut off anywhere and done again.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, Table, and_, delete, insert, select, update

from coach.core.redaction import redact
from coach.store import tables as t
from coach.store.database import Store


@dataclass(frozen=True, kw_only=True, slots=True)
class Parties:
    """The two databases, whose record it is, and what the agent lets go."""

    local: Store
    team: Store
    agent: str
    of_team: str | None
    notes: bool
    callbacks: bool

    def name(self, call_id: str | None) -> str | None:
        """A call of the record as the team's database names it."""
        return None if call_id is None else f"{self.agent}.{call_id}"

    def here(self, name: str | None) -> str | None:
        """A call of the team's database as the record names it."""
        return None if name is None else name.removeprefix(f"{self.agent}.")


@dataclass(slots=True)
class Exchanged:
    """How many of each went to the team, and came from there."""

    sent: dict[str, int] = field(default_factory=dict)
    came: dict[str, int] = field(default_factory=dict)


def exchange(between: Parties) -> Exchanged:
    """Send what may go, fetch what is for the agent. Raises `CoachError`."""
    done = Exchanged()
    for name, step in _STEPS:
        sent, came = step(between)
        if sent:
            done.sent[name] = sent
        if came:
            done.came[name] = came
    return done


# ---- incidents -----------------------------------------------------------------------------------


def _incidents(between: Parties) -> tuple[int, int]:
    """What this agent submitted, redacted once more; nothing of it comes back."""
    mine = t.incidents.c.submitted_by == between.agent
    return _send(between, t.incidents, mine, lambda row: {"team": between.of_team, **_told(row)}), 0


# ---- notes ---------------------------------------------------------------------------------------


def _notes(between: Parties) -> tuple[int, int]:
    """The agent's own, if they may go; those of others at the agent's calls come."""
    sent = 0
    if between.notes:
        signed = {"author": between.agent}
        sent = _send(between, t.notes, t.notes.c.call_id.is_not(None), lambda r: _told(r) | signed)
    return sent, _fetch(between, t.notes, t.notes.c.author != between.agent)


# ---- call-backs ----------------------------------------------------------------------------------


def _callbacks(between: Parties) -> tuple[int, int]:
    """The agent's list, as it was written, on every machine where the agent works.

    In the team's database nobody else is shown it. What is done on one side is done on the other.
    """
    if not between.callbacks:
        return 0, 0
    mine = t.callbacks.c.agent == between.agent
    sent, came = _send(between, t.callbacks, mine, lambda _: {}), _fetch(between, t.callbacks, mine)
    here, there = (_done(store, mine) for store in (between.local, between.team))
    for store, done, other in ((between.team, here, there), (between.local, there, here)):
        for uid in done.keys() & other.keys():
            if done[uid] is not None and other[uid] is None:
                _change(store, uid, done[uid])
    return sent, came


def _done(store: Store, mine: Any) -> dict[str, Any]:
    with store.reading() as connection:
        asked = select(t.callbacks.c.uid, t.callbacks.c.done).where(mine)
        return {row.uid: row.done for row in connection.execute(asked)}


def _change(store: Store, uid: str, done: Any) -> None:
    with store.writing() as connection:
        row = t.callbacks.c.uid == uid
        connection.execute(update(t.callbacks).where(row).values(done=done))


# ---- marks ---------------------------------------------------------------------------------------


def _marks(between: Parties) -> tuple[int, int]:
    """The agent's marks go with the notes; a lead's come, and go again when the lead takes them
    away. A mark has no name of its own: it is known by its call and moment.
    """
    gone, known = _travelled(between.local), _calls(between.team)
    here, there = _marked(between.local), _marked(between.team)
    here = {f"{between.agent}.{call_id}": row for call_id, row in here.items()}
    sent = came = 0
    for name in here.keys() & known if between.notes else ():
        mark = _mark(name, here[name])
        if mark in gone:
            continue
        if name not in there:
            changed = {"call_id": name, "by": between.agent}
            _insert(between.team, t.marks, {**here[name]._mapping, **changed})
            sent += 1
        elif mark != _mark(name, there[name]):
            continue  # somebody else's; else it was sent before, and cut off here
        _note(between.local, mark, came=False)
    ours = _calls(between.local)
    for name in there.keys() - here.keys():
        row, call_id = there[name], between.here(name)
        fetched = _mark(name, row) in gone or call_id not in ours
        if row.by != between.agent and not fetched:
            content = {**row._mapping, "call_id": call_id}
            came += _take(between.local, t.marks, content, _mark(name, row))
    _withdraw(between, here, there, gone)
    return sent, came


def _withdraw(
    between: Parties,
    here: Mapping[str, Row[Any]],
    there: Mapping[str, Row[Any]],
    gone: Mapping[str, bool],
) -> None:
    """Take away, on either side, the marks whose maker took them away on the other."""
    for name in here.keys() - there.keys():
        if gone.get(_mark(name, here[name])) is True:
            _unmark(between.local, str(between.here(name)))
    for name in (there.keys() - here.keys()) if between.notes else ():
        if gone.get(_mark(name, there[name])) is False:
            _unmark(between.team, name)


def _marked(store: Store) -> dict[str, Row[Any]]:
    with store.reading() as connection:
        return {row.call_id: row for row in connection.execute(select(t.marks))}


def _mark(name: str, row: Row[Any]) -> str:
    return f"{row.mark} {name} {row.at.isoformat()}"


def _unmark(store: Store, call_id: str) -> None:
    with store.writing() as connection:
        connection.execute(delete(t.marks).where(t.marks.c.call_id == call_id))


# ---- in common -----------------------------------------------------------------------------------

_STEPS: tuple[tuple[str, Callable[[Parties], tuple[int, int]]], ...] = (
    ("incidents", _incidents),
    ("notes", _notes),
    ("marks", _marks),
    ("callbacks", _callbacks),
)


_PATIENCE = timedelta(days=1)
"""How long what was written waits for a call that should go with it."""

_MOMENT = re.compile(r"(?:\[[\d.]+ s\] [+>] )?")
"""How a note says at which moment of the call it stands: a figure that tells nothing of anybody."""


def _told(row: Row[Any]) -> dict[str, Any]:
    """The text as it may go: redacted."""
    start = len(_MOMENT.match(row.text)[0])  # type: ignore[index]  # it always matches
    return {"text": row.text[:start] + redact(row.text[start:]).text}


def _send(
    between: Parties, table: Table, which: Any, changed: Callable[[Row[Any]], dict[str, Any]]
) -> int:
    """Send rows that did not travel yet. One whose call the team does not have waits for it."""
    sent, known = 0, _calls(between.team)
    there = _uids(between.team, table)
    for row in _fresh(between.local, table, which):
        name = between.name(row.call_id)
        if name is not None and name not in known:
            if table is t.notes or _is_coming(between.local, row.call_id):
                continue
            name = None  # a call that never goes: what is said of it stands by itself
        if row.uid not in there:
            content = {key: value for key, value in row._mapping.items() if key != "id"}
            _insert(between.team, table, content | {"call_id": name} | changed(row))
            sent += 1
        _note(between.local, row.uid, came=False)
    return sent


def _fetch(between: Parties, table: Table, which: Any) -> int:
    """Fetch rows that did not travel yet; those at a call that is not here any more stay away."""
    gone, here, came = _travelled(between.local), _calls(between.local), 0
    with between.team.reading() as connection:
        found = connection.execute(select(table).where(which).order_by(table.c.id)).all()
    for row in found:
        call_id = between.here(row.call_id)
        if row.uid in gone or (call_id is None and table is t.notes):
            continue
        if call_id is not None and call_id not in here:
            if table is t.notes:
                continue
            call_id = None
        content = {key: value for key, value in row._mapping.items() if key != "id"}
        came += _take(between.local, table, content | {"call_id": call_id}, row.uid)
    return came


def _take(local: Store, table: Table, content: dict[str, Any], uid: str) -> int:
    """Put a row into the record, and remember in the same transaction that it came."""
    with local.writing() as connection:
        connection.execute(insert(table), content)
        connection.execute(insert(t.travelled), {"uid": uid, "came": True})
    return 1


def _fresh(local: Store, table: Table, which: Any) -> Iterator[Row[Any]]:
    away = select(t.travelled.c.uid)
    with local.reading() as connection:
        asked = select(table).where(and_(which, table.c.uid.not_in(away))).order_by(table.c.id)
        found = connection.execute(asked).all()
    yield from found


def _insert(team: Store, table: Table, content: dict[str, Any]) -> None:
    with team.writing() as connection:
        connection.execute(insert(table), content)


def _note(local: Store, uid: str, *, came: bool) -> None:
    with local.writing() as connection:
        connection.execute(insert(t.travelled), {"uid": uid, "came": came})


def _travelled(local: Store) -> dict[str, bool]:
    with local.reading() as connection:
        return {row.uid: row.came for row in connection.execute(select(t.travelled))}


def _uids(store: Store, table: Table) -> set[str]:
    with store.reading() as connection:
        return set(connection.scalars(select(table.c.uid)))


def _calls(store: Store) -> set[str]:
    with store.reading() as connection:
        return set(connection.scalars(select(t.register.c.call_id)))


def _is_coming(local: Store, call_id: str) -> bool:
    """Whether the call still has to go: it is not over, or was refused this time. A day later it
    never will: the program was killed in it, or it is refused for good.
    """
    r, since = t.register.c, local.clock() - _PATIENCE
    asked = (
        select(r.call_id)
        .join(t.calls, t.calls.c.call_id == r.call_id)
        .where(r.call_id == call_id, r.synced < r.next_seq, t.calls.c.placed > since)
    )
    with local.reading() as connection:
        return connection.execute(asked).first() is not None
