"""The tables of the record, as SQLAlchemy Core knows them; the same on SQLite and PostgreSQL.

Three sorts. *What came in* (`register`, `events`) is never changed, only added to and taken away.
*Read tables* follow from it (`coach.store.projections`) and can be made anew at any time. *What
people wrote* (notes, marks, call-backs, incidents, disruptions, the access log) stands by itself.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)

from coach.store.columns import Moment, Number, metadata
from coach.store.columns import of_call as _call
from coach.store.written import access, callbacks, disruptions, incidents, marks, notes, travelled

__all__ = [
    "READ_TABLES",
    "WRITTEN",
    "access",
    "callbacks",
    "calls",
    "causes",
    "disruptions",
    "events",
    "house",
    "incidents",
    "marks",
    "members",
    "metadata",
    "notes",
    "nudges",
    "register",
    "risks",
    "signs",
    "sounds",
    "travelled",
    "turns",
    "utterances",
    "week_kinds",
    "weeks",
]

WRITTEN = (notes, marks, callbacks, incidents, disruptions, access, travelled)
"""What people wrote (`coach.store.written`)."""

PHONE = "phone"
"""The channel of a call that names none: there was no other before they had one."""

OTHER = "other"
"""The cause of what has no known one."""

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


sounds = Table(
    "sounds",
    metadata,
    _call(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)
"""On a server: the sound that was kept of a call, a piece at a time (`audio.pieces`), silent where
something personal was said. A file has its recordings beside it, sealed, and no row here.
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
    Column("channel", Text, nullable=False, server_default=PHONE),
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
    Index("calls_channel", "channel", "placed", "call_id"),
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
    Column("channel", Text, primary_key=True),
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
"""The finished calls of an agent in a week on a channel, added up (`week` is its Monday). Nobody is
shown a row of this table: what may be seen of it goes through `coach.store.groups`.
"""

week_kinds = Table(
    "week_kinds",
    metadata,
    Column("week", Date, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("agent", Text, primary_key=True),
    Column("what", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("calls", Integer, nullable=False),
)
"""How many of those calls had a risk sign (`what` "risk") or a cause ("cause") of a kind, and how
many of the aggressive ones ("aggression") had it as their first cause; `OTHER` where none is known.
"""

week_nudges = Table(
    "week_nudges",
    metadata,
    Column("week", Date, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("agent", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("shown", Integer, nullable=False),
    Column("useful", Integer, nullable=False),
    Column("not_now", Integer, nullable=False),
    Column("wrong", Integer, nullable=False),
)
"""How often a kind of nudge was shown in those calls, and how it was answered."""

SUMS = (weeks, week_kinds, week_nudges)
"""What is added up of many calls."""

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
