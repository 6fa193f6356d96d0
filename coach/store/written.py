"""The tables of what people wrote: nothing makes them anew, they stand by themselves."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text

from coach.store.columns import Moment, Number, metadata, of_call, uid

notes = Table(
    "notes",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    of_call(key=False),
    Column("author", Text, nullable=False),
    Column("written", Moment, nullable=False),
    Column("text", Text, nullable=False),
    uid(),
    Index("notes_call", "call_id"),
)

marks = Table(
    "marks",
    metadata,
    of_call(),
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
    uid(),
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
    uid(),
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

travelled = Table(
    "travelled",
    metadata,
    Column("uid", Text, primary_key=True),
    Column("came", Boolean, nullable=False),
)
"""What went from an agent's record to the team's database, or `came` from there: neither way twice,
whatever became of it since.
"""
