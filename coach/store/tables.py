"""The tables of the record, as SQLAlchemy Core knows them; the same on SQLite and PostgreSQL.

Three sorts. *What came in* (`register`, `events`) is never changed, only added to and taken away.
*Read tables* follow from it (`coach.store.projections`) and can be made anew at any time. *What
people wrote* (notes, marks, call-backs, incidents, disruptions, the access log) stands by itself.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    text,
)

metadata = MetaData()


class Moment(TypeDecorator[datetime]):
    """A moment with its zone: goes in from any zone and comes out in UTC."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """With a zone where the database has one."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite keeps the wall clock of UTC, so that moments sort as text."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no zone")
        there = value.astimezone(UTC)
        return there if dialect.name == "postgresql" else there.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """In UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if dialect.name == "postgresql" else value.replace(tzinfo=UTC)


Number = BigInteger().with_variant(Integer, "sqlite")
"""A row's number that the database gives; SQLite counts by itself only what it calls INTEGER."""


def _call(*, key: bool = True) -> Column[str]:
    """The call that a row belongs to; it goes when the call goes."""
    there = ForeignKey("register.call_id", ondelete="CASCADE")
    return Column("call_id", Text, there, primary_key=key, nullable=False)


# ---- what came in --------------------------------------------------------------------------------

register = Table(
    "register",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("call_id", Text, nullable=False, unique=True),
    Column("agent", Text),
    Column("team", Text),
    Column("shared", Boolean, nullable=False),
    Column("audio", Text),
    Column("causes", Text),
    Column("stored", Moment, nullable=False),
    Column("next_seq", Integer, nullable=False),
    Column("projected", Integer, nullable=False),
    Column("synced", Integer, nullable=False),
    sqlite_autoincrement=True,
)
"""The calls that are kept, and what is known of them beyond their events.

`agent` and `team` where the events do not say. `shared`: the lead may open it. `audio` is the file
of the recording beside the database, if there is one. `causes` are the ids of why the customer was
upset, found when the call came in: they outlive its words. `next_seq` is the number of the event
that comes next: a log has no holes. `projected` and `synced`: up to where the read tables and the
team's database have it.
"""

events = Table(
    "events",
    metadata,
    _call(),
    Column("first_seq", Integer, primary_key=True, autoincrement=False),
    Column("lines", Text, nullable=False),
)
"""The log of a call, a page of lines at a time: `lines` are events `first_seq`, `first_seq + 1`, …

A line is `codec.to_line`. Pages instead of one row an event: a call has hundreds of events, a team
makes millions of calls a year, and nobody ever asks the database for a single event.
"""


def _few(name: str, which: str) -> Index:
    """An index of the few calls of a team that are looked for by what became of them."""
    where = text(which)
    return Index(name, "team", "placed", "call_id", postgresql_where=where, sqlite_where=where)


# ---- read tables ---------------------------------------------------------------------------------

calls = Table(
    "calls",
    metadata,
    _call(),
    Column("number", Number, nullable=False, autoincrement=False),
    Column("began", Moment),
    Column("placed", Moment, nullable=False),
    Column("week", Date),
    Column("agent", Text),
    Column("team", Text),
    Column("shared", Boolean, nullable=False),
    Column("reference", Text),
    Column("mode", Text, nullable=False),
    Column("finished", Boolean, nullable=False),
    Column("duration_s", Float, nullable=False),
    Column("valence_start", Float),
    Column("valence_lowest", Float),
    Column("valence_end", Float),
    Column("risk_highest", Text, nullable=False),
    Column("order", Text),
    Column("nudges_shown", Integer, nullable=False),
    Column("nudges_useful", Integer, nullable=False),
    Column("nudges_wrong", Integer, nullable=False),
    Column("nudges_not_now", Integer, nullable=False),
    Column("nudges_missed", Integer, nullable=False),
    Column("customer_speech_s", Float, nullable=False),
    Column("agent_speech_s", Float, nullable=False),
    Column("losses", Integer, nullable=False),
    Column("has_audio", Boolean, nullable=False),
    Index("calls_placed", "placed", "call_id"),
    Index("calls_agent", "agent", "placed", "call_id"),
    Index("calls_team", "team", "placed", "call_id", postgresql_include=["shared"]),
    Index("calls_risk", "team", "risk_highest", "placed", "call_id"),
    _few("calls_missed", "nudges_missed > 0"),
    _few("calls_turned", "valence_start < 0 AND valence_end > 0"),
    _few("calls_soured", "valence_start > 0 AND valence_end < 0"),
    Index("calls_number", "number", unique=True),
    Index("calls_week", "week", "team", "agent"),
)
"""A call in one row. `placed` is where it stands in a list: when it began, or came in."""

utterances = Table(
    "utterances",
    metadata,
    _call(),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("speaker", Text, nullable=False),
    Column("start_s", Float, nullable=False),
    Column("end_s", Float, nullable=False),
    Column("text", Text, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    _call(),
    Column("speaker", Text, primary_key=True),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("start_s", Float, nullable=False),
    Column("end_s", Float, nullable=False),
    Column("valence", Float),
    Column("intensity", Integer),
    Column("emotions", Text, nullable=False),
    Column("acts", Text, nullable=False),
)
"""What was read in a turn: emotions of the customer, acts of the agent, never otherwise."""

nudges = Table(
    "nudges",
    metadata,
    _call(),
    Column("nudge", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("at_s", Float, nullable=False),
    Column("decided_s", Float, nullable=False),
    Column("because", Text, nullable=False),
    Column("gone_s", Float),
    Column("gone", Text),
    Column("answer", Text),
)

risks = Table(
    "risks",
    metadata,
    _call(),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at_s", Float, nullable=False),
    Column("level", Text, nullable=False),
    Column("because", Text, nullable=False),
)

signs = Table(
    "signs",
    metadata,
    _call(),
    Column("kind", Text, primary_key=True),
    Column("at_s", Float, nullable=False),
    Column("because", Text, nullable=False),
    Index("signs_kind", "kind", "call_id"),
)
"""The escalation signs that a call's words assert: the first of each kind."""

causes = Table(
    "causes",
    metadata,
    _call(),
    Column("cause", Text, primary_key=True),
    Index("causes_cause", "cause", "call_id"),
)

READ_TABLES = (calls, utterances, turns, nudges, risks, signs, causes)
"""The tables that follow from the events of one call."""

weeks = Table(
    "weeks",
    metadata,
    Column("week", Date, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("agent", Text, primary_key=True),
    Column("calls", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("upset", Integer, nullable=False),
    Column("turned", Integer, nullable=False),
    Column("soured", Integer, nullable=False),
    Column("valence_start", Float, nullable=False),
    Column("valence_lowest", Float, nullable=False),
    Column("valence_end", Float, nullable=False),
    Column("risk_watch", Integer, nullable=False),
    Column("risk_high", Integer, nullable=False),
    Column("asks", Integer, nullable=False),
    Column("acknowledged", Integer, nullable=False),
    Column("nudges_shown", Integer, nullable=False),
    Column("nudges_useful", Integer, nullable=False),
    Column("nudges_wrong", Integer, nullable=False),
    Column("nudges_not_now", Integer, nullable=False),
    Column("nudges_missed", Integer, nullable=False),
    Column("duration_s", Float, nullable=False),
    Column("customer_speech_s", Float, nullable=False),
    Column("agent_speech_s", Float, nullable=False),
)
"""The finished calls of an agent in a week, added up (`week` is its Monday). Nobody is shown a row
of this table: what may be seen of it goes through `coach.store.groups`.
"""

week_kinds = Table(
    "week_kinds",
    metadata,
    Column("week", Date, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("agent", Text, primary_key=True),
    Column("what", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("calls", Integer, nullable=False),
)
"""How many of those calls had a risk sign (`what` "risk") or a cause ("cause") of a kind."""

# ---- what people wrote ---------------------------------------------------------------------------

notes = Table(
    "notes",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    _call(key=False),
    Column("author", Text, nullable=False),
    Column("written", Moment, nullable=False),
    Column("text", Text, nullable=False),
    Index("notes_call", "call_id"),
)

marks = Table(
    "marks",
    metadata,
    _call(),
    Column("mark", Text, primary_key=True),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""Marks on a call: "good_example"."""

callbacks = Table(
    "callbacks",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("call_id", Text, ForeignKey("register.call_id", ondelete="SET NULL")),
    Column("agent", Text, nullable=False),
    Column("made", Moment, nullable=False),
    Column("due", Moment, nullable=False),
    Column("text", Text, nullable=False),
    Column("done", Moment),
    Index("callbacks_due", "agent", "due"),
    Index("callbacks_call", "call_id"),
)
"""What was promised, and by when; open until it is done."""

incidents = Table(
    "incidents",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("call_id", Text, ForeignKey("register.call_id", ondelete="SET NULL")),
    Column("submitted_by", Text, nullable=False),
    Column("team", Text),
    Column("at", Moment, nullable=False),
    Column("submitted", Moment, nullable=False),
    Column("severity", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("cause", Text),
    Column("text", Text, nullable=False),
    Index("incidents_at", "at"),
    Index("incidents_call", "call_id"),
)
"""What an agent reported. There is no other way into this table: no rule and no lead files one."""

disruptions = Table(
    "disruptions",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("began", Moment, nullable=False),
    Column("ended", Moment),
    Column("team", Text),
    Column("name", Text, nullable=False),
    Index("disruptions_began", "began"),
)
"""What was going on ("storing internet Gent"), marked on the time axis of every figure."""

access = Table(
    "access",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("call_id", Text, nullable=False),
    Column("agent", Text),
    Index("access_agent", "agent", "at"),
    Index("access_at", "at"),
)
"""Who opened which call of whom. Stays when the call goes; the agent can read it."""

# ---- who is who, and the rules of the house ------------------------------------------------------

members = Table(
    "members",
    metadata,
    Column("login", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("agent", Text),
    Column("team", Text),
)
"""Who logs in as what: "agent" (with their number), "lead" (of a team), "coach", "auditor"."""

house = Table(
    "house",
    metadata,
    Column("one", Integer, CheckConstraint("one = 1"), primary_key=True, autoincrement=False),
    Column("smallest_group", Integer, CheckConstraint("smallest_group >= 5"), nullable=False),
)
"""One row. `smallest_group` is how many agents and calls a figure must have behind it."""
