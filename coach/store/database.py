"""The record of calls: what came in, kept as it came, and the read tables that follow from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, delete, func, insert, select, text, update

from coach.core.events import CallEnded, CallStarted, LogEvent, RunFinished
from coach.core.redaction import redact_events
from coach.errors import UserError
from coach.store import engine as ways
from coach.store import tables as t
from coach.store.calllog import read_log
from coach.store.codec import BrokenLine, read_lines, to_line
from coach.store.failures import Refused, told
from coach.store.members import OWNER, who_am_i
from coach.store.projections import Registered, Rows, project, storable
from coach.store.schema import prepare
from coach.store.weeks import Key, add_up, add_up_all
from coach.store.words import keep_words

if TYPE_CHECKING:
    from coach.store.keys import Keys


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """Whose call it is where its events do not say, whether the lead may open it, and why the
    customer was upset, if somebody has found out.
    """

    agent: str | None = None
    team: str | None = None
    shared: bool = False
    causes: tuple[str, ...] = ()


NOWHERE = Origin()


def now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


class Store:
    """A database of calls. May be used from several threads; one of them writes at a time."""

    def __init__(self, engine: Engine, place: str, *, clock: Callable[[], datetime] = now) -> None:
        self.place = place
        self.clock = clock
        self.dialect = engine.dialect.name
        self.member = OWNER
        self._engine = engine
        self._writes = ways.writes(engine)

    @classmethod
    def open(cls, url: str | Path, *, keys: Keys | None = None) -> Store:
        """Open a database, made or brought up to date if need be.

        A path or `sqlite:///…` is a file, encrypted under `keys`; without keys it is in clear.
        `postgresql://…` is a server, over TLS only. Raises `UserError` for an address that will
        not do, and for a database that a newer version of the product made.
        """
        there = ways.address(url)
        key = None if keys is None else keys.database
        engine = ways.connect(there, key)
        store = cls(engine, ways.shown(there))
        try:
            with told(store.place):
                prepare(engine, there, key)
            with store.reading() as connection:
                store.member = who_am_i(connection)
            if ways.is_file(there):
                store.catch_up()
        except BaseException:
            store.close()
            raise
        return store

    @property
    def engine(self) -> Engine:
        """The way in for upkeep outside transactions (`coach.store.upkeep`)."""
        return self._engine

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that reads."""
        with told(self.place), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: all of it, or nothing."""
        with told(self.place), self._writes.begin() as connection:
            yield connection

    # ---- the log of a call ----------------------------------------------------------------------

    def append(
        self,
        call_id: str,
        first_seq: int,
        events: Sequence[LogEvent],
        origin: Origin = NOWHERE,
    ) -> None:
        """Add events `first_seq`, `first_seq + 1`, … to a call; those it has already are skipped.

        They are kept as they are: whoever calls this has redacted them. Raises `Refused` for a hole
        (a log is whole up to its end), and for another call of the same name.
        """
        with self.writing() as connection:
            next_seq = self._next(connection, call_id, _known(events, origin))
            if first_seq > next_seq:
                raise Refused("record.hole", call=call_id, expected=next_seq, given=first_seq)
            if first_seq == 0 and next_seq > 0:
                _same(connection, call_id, events)
            fresh = events[next_seq - first_seq :]
            if not fresh:
                return
            lines = "".join(to_line(event) for event in fresh)
            page = {"call_id": call_id, "first_seq": next_seq, "lines": lines}
            connection.execute(insert(t.events), page)
            row = t.register.c.call_id == call_id
            known = next_seq + len(fresh)
            connection.execute(update(t.register).where(row).values(next_seq=known))
            if next_seq == 0 or any(isinstance(e, CallEnded | RunFinished) for e in fresh):
                _project(connection, call_id)

    def append_whole(self, call_id: str, events: Sequence[LogEvent], origin: Origin) -> None:
        """Add a call from its beginning; what is there already is skipped."""
        self.append(storable(call_id), 0, events, origin)

    def _next(self, connection: Connection, call_id: str, origin: Origin) -> int:
        """The number of the event that comes next, and the row that says so held until the end."""
        asked = select(t.register.c.next_seq).where(t.register.c.call_id == call_id)
        found = connection.execute(asked.with_for_update()).scalar()
        if found is not None:
            return int(found)
        row = {
            "call_id": call_id,
            "agent": origin.agent,
            "team": origin.team,
            "shared": origin.shared,
            "causes": " ".join(origin.causes) or None,
            "stored": self.clock(),
        }
        connection.execute(insert(t.register), row | {"next_seq": 0, "projected": 0, "synced": 0})
        return 0

    def next_seq(self, call_id: str) -> int:
        """How many events of a call are here; 0: there is no such call."""
        asked = select(t.register.c.next_seq).where(t.register.c.call_id == call_id)
        with self.reading() as connection:
            return int(connection.execute(asked).scalar() or 0)

    def events(self, call_id: str) -> list[LogEvent]:
        """The log of a call; empty if there is no such call, or none that this login may open."""
        with self.reading() as connection:
            if self.member.role == "lead":
                asked = text("SELECT lines FROM coach_read(:call)")
                return _read(connection.scalars(asked, {"call": call_id}))
            return _events(connection, call_id)

    def import_log(
        self,
        path: Path,
        origin: Origin = NOWHERE,
        causes: Callable[[Sequence[LogEvent]], tuple[str, ...]] = lambda _: (),
    ) -> str:
        """Take in a JSONL log, redacted; returns the id. Raises `UserError` if it is none."""
        try:
            events = redact_events(read_log(path))
        except OSError as why:
            raise UserError("cli.cannot_read", path=path) from why
        except BrokenLine as why:
            raise UserError("cli.no_log", path=path, why=why) from why
        if not events or not isinstance(events[0], CallStarted):
            raise UserError("record.no_start", path=path)
        call_id = storable(events[0].call_id)
        found = origin.causes or causes(events)
        self.append(call_id, 0, events, replace(origin, causes=found))
        return call_id

    # ---- the whole of a call --------------------------------------------------------------------

    def rewrite(self, call_id: str, events: Sequence[LogEvent]) -> None:
        """Put another log in the place of a call's: what retention and erasure leave of it."""
        with self.writing() as connection:
            row = t.register.c.call_id == call_id
            connection.execute(delete(t.events).where(t.events.c.call_id == call_id))
            lines = "".join(to_line(event) for event in events)
            page = {"call_id": call_id, "first_seq": 0, "lines": lines}
            connection.execute(insert(t.events), page)
            connection.execute(update(t.register).where(row).values(next_seq=len(events)))
            _project(connection, call_id)

    def remove(self, call_ids: Iterable[str]) -> int:
        """Take calls away, with everything that belongs to them; returns how many there were."""
        wanted = list(call_ids)
        with self.writing() as connection:
            keys = _week_keys(connection, wanted)
            gone = connection.execute(delete(t.register).where(t.register.c.call_id.in_(wanted)))
            add_up(connection, keys)
            return gone.rowcount

    def change(self, call_id: str, **known: Any) -> None:
        """Change what is known of a call beyond its events: `agent`, `team`, `shared`, `audio`."""
        with self.writing() as connection:
            row = t.register.c.call_id == call_id
            connection.execute(update(t.register).where(row).values(**known))
            _project(connection, call_id)

    def rebuild(self, call_id: str | None = None) -> int:
        """Make the read tables anew, of one call or of all; returns of how many calls."""
        asked = select(t.register.c.call_id).order_by(t.register.c.number)
        with self.reading() as connection:
            found = [call_id] if call_id is not None else list(connection.scalars(asked))
        for one in found:
            with self.writing() as connection:
                _project(connection, one)
        if call_id is None:
            with self.writing() as connection:
                add_up_all(connection)
        return len(found)

    def catch_up(self) -> int:
        """Bring the read tables up to date for calls that were cut off; returns how many."""
        behind = t.register.c.projected < t.register.c.next_seq
        with self.reading() as connection:
            found = list(connection.scalars(select(t.register.c.call_id).where(behind)))
        for call_id in found:
            with self.writing() as connection:
                _project(connection, call_id)
        return len(found)


def _same(connection: Connection, call_id: str, events: Sequence[LogEvent]) -> None:
    """Refuse another call of the same name: it would be taken for one that was sent twice."""
    page = (t.events.c.call_id == call_id) & (t.events.c.first_seq == 0)
    lines = connection.scalars(select(t.events.c.lines).where(page)).one()
    if events and not lines.startswith(to_line(events[0])):
        raise Refused("record.other_call", call=call_id)


def _known(events: Sequence[LogEvent], origin: Origin) -> Origin:
    """Whose call it is: as was given, else as its first event says."""
    first = next(iter(events), None)
    if origin.agent is None and isinstance(first, CallStarted):
        return replace(origin, agent=first.agent)
    return origin


def _events(connection: Connection, call_id: str) -> list[LogEvent]:
    asked = select(t.events.c.lines).where(t.events.c.call_id == call_id)
    return _read(connection.scalars(asked.order_by(t.events.c.first_seq)))


def _read(pages: Iterable[str]) -> list[LogEvent]:
    lines = (line for page in pages for line in page.encode("utf-8").splitlines(keepends=True))
    return list(read_lines(lines))


def _project(connection: Connection, call_id: str) -> None:
    """Make the read tables of a call anew."""
    found = connection.execute(select(t.register).where(t.register.c.call_id == call_id)).one()
    events = _events(connection, call_id)
    known = {name: getattr(found, name) for name in Registered.__slots__}
    rows = project(Registered(**known), events)
    keys = _week_keys(connection, [call_id])
    _replace(connection, call_id, rows)
    add_up(connection, {*keys, *_week_keys(connection, [call_id])})
    row = t.register.c.call_id == call_id
    connection.execute(update(t.register).where(row).values(projected=len(events)))


def _replace(connection: Connection, call_id: str, rows: Rows) -> None:
    content = rows.tables()
    for table in t.READ_TABLES:
        connection.execute(delete(table).where(table.c.call_id == call_id))
        if content[table.name]:
            connection.execute(insert(table), content[table.name])
    keep_words(connection, rows.call["number"], rows.text)


def _week_keys(connection: Connection, call_ids: list[str]) -> set[Key]:
    """The weeks, teams, channels and agents that calls are counted under."""
    c = t.calls.c
    of = (c.week, func.coalesce(c.team, ""), c.channel, func.coalesce(c.agent, ""))
    asked = select(*of).where(t.calls.c.call_id.in_(call_ids), t.calls.c.week.is_not(None))
    found = connection.execute(asked)
    return {(week, team, channel, agent) for week, team, channel, agent in found}
