"""Finished calls added up by agent and week: what every figure of a team is made of."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    tuple_,
)

from coach.core.summary import ABUSE
from coach.core.vocabulary import OrderValue, RiskLevel
from coach.store import tables as t

Key = tuple[date, str, str, str]
"""A week, a team, a channel and an agent; "" where one is not known."""

_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
_AT_ONCE = 500
_team = func.coalesce(t.calls.c.team, "")
_agent = func.coalesce(t.calls.c.agent, "")
_KEY = (t.calls.c.week, _team, t.calls.c.channel, _agent)
_ACKNOWLEDGED = (OrderValue.ACKNOWLEDGED_FIRST.value, OrderValue.EXPLAINED_ASK.value)
_ASKED = (*_ACKNOWLEDGED, OrderValue.ASKED_FIRST.value)


def add_up(connection: Connection, keys: Iterable[Key]) -> None:
    """Count anew the weeks in `keys`, one writer at a time for each of them."""
    wanted = sorted(keys)
    if connection.dialect.name == "postgresql":
        for key in wanted:  # always in the same order, so that nobody waits for each other
            connection.execute(_TURN, {"key": " ".join(map(str, key))})
    for first in range(0, len(wanted), _AT_ONCE):
        _add_up(connection, wanted[first : first + _AT_ONCE])


def _add_up(connection: Connection, keys: list[Key]) -> None:
    c = t.calls.c
    for table in t.SUMS:
        there = tuple_(table.c.week, table.c.team, table.c.channel, table.c.agent)
        connection.execute(delete(table).where(there.in_(keys)))
    if len(keys) == 1:
        ((week, team, channel, agent),) = keys
        known = (c.week == week, c.channel == channel)
        _fill(connection, *known, _is(c.team, team), _is(c.agent, agent))
    else:
        weeks = c.week.in_({week for week, *_ in keys})
        _fill(connection, weeks, tuple_(*_KEY).in_(keys))


def _is(column: Any, name: str) -> ColumnElement[bool]:
    """Whether it is that name; written so that an index helps."""
    found: ColumnElement[bool] = column == name
    return found if name else or_(column.is_(None), found)


def add_up_all(connection: Connection) -> None:
    """Count every week anew."""
    for table in t.SUMS:
        connection.execute(delete(table))
    _fill(connection)


def _fill(connection: Connection, *where: ColumnElement[bool]) -> None:
    counted = (t.calls.c.finished, t.calls.c.week.is_not(None), *where)
    for table, found in (
        (t.weeks, _sums(counted)),
        (t.week_kinds, _kinds("risk", t.signs, counted)),
        (t.week_kinds, _kinds("cause", t.causes, counted)),
        (t.week_kinds, _aggression(counted)),
        (t.week_nudges, _nudges(counted)),
    ):
        connection.execute(insert(table).from_select([c.name for c in table.c], found))


def _many(condition: ColumnElement[bool]) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _total(column: Any) -> Any:
    return func.coalesce(func.sum(column), 0)


def _sums(where: tuple[ColumnElement[bool], ...]) -> Select[Any]:
    c = t.calls.c
    known = c.valence_start.is_not(None)
    return (
        select(
            *_KEY,
            func.count(),
            _many(known),
            _many(c.valence_start < 0),
            _many((c.valence_start < 0) & (c.valence_end > 0)),
            _many((c.valence_start > 0) & (c.valence_end < 0)),
            _total(c.valence_start),
            _total(c.valence_lowest),
            _total(c.valence_end),
            _many(c.risk_highest == RiskLevel.WATCH.value),
            _many(c.risk_highest == RiskLevel.HIGH.value),
            _many(c.order.in_(_ASKED)),
            _many(c.order.in_(_ACKNOWLEDGED)),
            *(_total(c[f"nudges_{one}"]) for one in _NUDGES),
            *(_total(c[one]) for one in ("duration_s", "customer_speech_s", "agent_speech_s")),
        )
        .where(*where)
        .group_by(*_KEY)
    )


_NUDGES = ("shown", "useful", "wrong", "not_now", "missed")


def _kinds(what: str, table: Any, where: tuple[ColumnElement[bool], ...]) -> Select[Any]:
    kind = table.c.kind if what == "risk" else table.c.cause
    return (
        select(*_KEY, literal(what), kind, func.count())
        .select_from(t.calls.join(table, table.c.call_id == t.calls.c.call_id))
        .where(*where)
        .group_by(*_KEY, kind)
    )


def _aggression(where: tuple[ColumnElement[bool], ...]) -> Select[Any]:
    """The calls in which somebody was threatened or abused, each under its first cause."""
    c, signs = t.calls.c, t.signs.c
    found = select(func.min(t.causes.c.cause)).where(t.causes.c.call_id == c.call_id)
    cause = func.coalesce(found.scalar_subquery(), t.OTHER).label("cause")
    abused = exists(select(signs.call_id).where(signs.call_id == c.call_id, signs.kind.in_(ABUSE)))
    named = zip(_KEY, ("week", "team", "channel", "agent"), strict=True)
    calls = select(*(one.label(name) for one, name in named), cause).where(*where, abused)
    one = calls.subquery().c
    key = (one.week, one.team, one.channel, one.agent)
    return select(*key, literal("aggression"), one.cause, func.count()).group_by(*key, one.cause)


def _nudges(where: tuple[ColumnElement[bool], ...]) -> Select[Any]:
    n = t.nudges.c
    answers = (_many(n.answer == answer) for answer in ("useful", "not_now", "wrong"))
    return (
        select(*_KEY, n.kind, func.count(), *answers)
        .select_from(t.calls.join(t.nudges, n.call_id == t.calls.c.call_id))
        .where(*where)
        .group_by(*_KEY, n.kind)
    )
