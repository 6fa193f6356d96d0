"""Figures about a team, never about a person.

The smallest unit is a *cell*: a team in a whole week that is over, on one channel. The database
shows a cell (views `published_…`) only if at least so many agents and so many calls stand behind it
as `house.smallest_group` says, which can only be raised. Every figure is a sum of such cells: the
difference between two figures is then a sum of cells too, so that nobody is found by taking one
figure from another. A kind that is too rare is left out, and with it the next rarest where the rest
would give it away; so is a kind of nudge that too few agents' answers stand behind.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, column, func, select, table, update

from coach.core.vocabulary import RiskLevel
from coach.errors import UserError
from coach.store import tables as t
from coach.store.database import Store

_KEY = ("week", "team", "channel")
_COUNTED = tuple(c.name for c in t.weeks.c if c.name not in {*_KEY, "agent"})
_ANSWERS = ("shown", "useful", "not_now", "wrong")

published_weeks = table("published_weeks", *map(column, (*_KEY, "agents", *_COUNTED)))
published_kinds = table("published_kinds", *map(column, (*_KEY, "what", "kind", "calls")))
published_nudges = table("published_nudges", *map(column, (*_KEY, "kind", *_ANSWERS)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Where:
    """Of which calls figures are: of a team, on a channel; `None`: of all."""

    team: str | None = None
    channel: str | None = None


EVERYWHERE = Where()


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What may be said of a group in a period. Shares are 0..1; `None`: not known.

    `since` and `until` are Mondays; `weeks` is how many weeks have a figure that may be shown.
    `turned`: began negative and ended positive. `acknowledged`: of the calls with an ask, those in
    which the feeling or the reason came first.
    """

    since: date
    until: date
    where: Where
    weeks: int
    calls: int
    upset: float | None
    turned: float | None
    soured: float | None
    valence_start: float | None
    valence_lowest: float | None
    valence_end: float | None
    risk: dict[RiskLevel, float | None]
    acknowledged: float | None
    nudges_shown: int
    nudges_useful: int
    nudges_wrong: int
    nudges_not_now: int
    nudges_missed: int
    mean_duration_s: float | None
    customer_share: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """How often a kind of nudge was shown, and how agents answered it."""

    shown: int
    useful: int
    not_now: int
    wrong: int

    @property
    def precision(self) -> float:
        """The share of useful among useful and wrong."""
        return self.useful / (self.useful + self.wrong)


@dataclass(frozen=True, kw_only=True, slots=True)
class Upset:
    """How many calls of a cell had an upset customer; the cell is a week of `where`."""

    week: date
    where: Where
    calls: int


def aggregate(store: Store, since: date, until: date, where: Where = EVERYWHERE) -> Figures | None:
    """The figures of the whole weeks from `since` to before `until`; `None`: withheld."""
    asked = _sums(published_weeks, since, until, where)
    with store.reading() as connection:
        found = connection.execute(asked).mappings().one()
    return _figures(found, since, until, where) if found["calls"] else None


def by_week(store: Store, since: date, until: date, where: Where = EVERYWHERE) -> list[Figures]:
    """The same week by week; weeks that are withheld are not in it."""
    c = published_weeks.c
    asked = _sums(published_weeks, since, until, where).add_columns(c.week)
    with store.reading() as connection:
        found = connection.execute(asked.group_by(c.week).order_by(c.week)).mappings().all()
    return [_figures(one, _day(one["week"]), _day(one["week"]), where) for one in found]


def kinds(
    store: Store, what: str, since: date, until: date, where: Where = EVERYWHERE
) -> dict[str, int]:
    """How many calls had a risk sign (`what` "risk") or a cause ("cause"), or were aggressive, by
    their first cause ("aggression"); by kind, most first.
    """
    c = published_kinds.c
    total = func.sum(c.calls)
    these = [c.what == what, *_period(c, since, until, where)]
    asked = select(c.kind, total).where(*these).group_by(c.kind).order_by(total.desc(), c.kind)
    with store.reading() as connection:
        return {kind: int(calls) for kind, calls in connection.execute(asked)}


def kinds_by_week(
    store: Store, what: str, since: date, until: date, where: Where = EVERYWHERE
) -> dict[date, dict[str, int]]:
    """The same week by week; what is not in it is withheld, or there was none."""
    c = published_kinds.c
    these = [c.what == what, *_period(c, since, until, where)]
    asked = select(c.week, c.kind, func.sum(c.calls)).where(*these).group_by(c.week, c.kind)
    found: dict[date, dict[str, int]] = {}
    with store.reading() as connection:
        for week, kind, calls in connection.execute(asked):
            found.setdefault(_day(week), {})[kind] = int(calls)
    return found


def nudges(store: Store, since: date, until: date, where: Where = EVERYWHERE) -> dict[str, Answers]:
    """How agents answered each kind of nudge, the most shown first."""
    c = published_nudges.c
    sums = [func.sum(c[name]).label(name) for name in _ANSWERS]
    these = _period(c, since, until, where)
    asked = select(c.kind, *sums).where(*these).group_by(c.kind).order_by(sums[0].desc(), c.kind)
    with store.reading() as connection:
        return {
            kind: Answers(**dict(zip(_ANSWERS, map(int, counts), strict=True)))
            for kind, *counts in connection.execute(asked)
        }


def upset(store: Store, since: date, until: date, where: Where = EVERYWHERE) -> list[Upset]:
    """The calls with an upset customer, cell by cell, where the mood of enough calls is known."""
    c = published_weeks.c
    these = [c.known > 0, *_period(c, since, until, where)]
    asked = select(c.week, c.team, c.channel, c.upset).where(*these)
    with store.reading() as connection:
        return [
            Upset(week=_day(week), where=Where(team=team, channel=channel), calls=int(calls))
            for week, team, channel, calls in connection.execute(asked)
        ]


def occurring(store: Store) -> tuple[list[str], list[str]]:
    """The teams and the channels of which there are figures."""
    c = published_weeks.c
    with store.reading() as connection:
        teams, channels = (
            list(connection.scalars(select(one).where(one != "").distinct().order_by(one)))
            for one in (c.team, c.channel)
        )
    return teams, channels


def own_figures(store: Store, agent: str, since: date, until: date) -> Figures | None:
    """An agent's own figures, for that agent only; `None`: no call in the period."""
    asked = _sums(t.weeks, since, until, EVERYWHERE).where(t.weeks.c.agent == agent)
    with store.reading() as connection:
        found = connection.execute(asked).mappings().one()
    return _figures(found, since, until, EVERYWHERE) if found["calls"] else None


def smallest_group(store: Store) -> int:
    """How many agents and calls must stand behind a figure."""
    with store.reading() as connection:
        return int(connection.execute(select(t.house.c.smallest_group)).scalar_one())


def raise_smallest_group(store: Store, to: int) -> None:
    """Ask for larger groups. Raises `UserError` for smaller ones: there is no way back."""
    before = smallest_group(store)
    if to < before:
        raise UserError("record.group_only_grows", now=before, asked=to)
    with store.writing() as connection:
        connection.execute(update(t.house).values(smallest_group=to))


# ---- sums ----------------------------------------------------------------------------------------


def _period(c: Any, since: date, until: date, where: Where) -> Sequence[ColumnElement[bool]]:
    for monday in (since, until):
        if monday.weekday() != 0:
            raise UserError("record.whole_weeks", day=monday)
    these = [c.week >= since, c.week < until]
    these += [] if where.team is None else [c.team == where.team]
    return these if where.channel is None else [*these, c.channel == where.channel]


def _sums(cells: Any, since: date, until: date, where: Where) -> Select[Any]:
    sums = [func.coalesce(func.sum(cells.c[name]), 0).label(name) for name in _COUNTED]
    weeks = func.count(func.distinct(cells.c.week)).label("weeks")
    asked: Any = select(weeks, *sums)
    found: Select[Any] = asked.where(*_period(cells.c, since, until, where))
    return found


def _figures(found: Any, since: date, until: date, where: Where) -> Figures:
    calls, known = int(found["calls"]), int(found["known"])
    high, watch = found["risk_high"], found["risk_watch"]
    shares: dict[str, Any] = {name: _share(found[name], known) for name in _OF_KNOWN}
    nudges: dict[str, Any] = {name: int(found[name]) for name in _COUNTED if "nudges_" in name}
    speech = found["customer_speech_s"] + found["agent_speech_s"]
    return Figures(
        since=since,
        until=until,
        where=where,
        weeks=int(found["weeks"]),
        calls=calls,
        **shares,
        risk={
            RiskLevel.NONE: _share(calls - high - watch, calls),
            RiskLevel.WATCH: _share(watch, calls),
            RiskLevel.HIGH: _share(high, calls),
        },
        acknowledged=_share(found["acknowledged"], found["asks"]),
        **nudges,
        mean_duration_s=_share(found["duration_s"], calls),
        customer_share=_share(found["customer_speech_s"], speech),
    )


_OF_KNOWN = ("upset", "turned", "soured", "valence_start", "valence_lowest", "valence_end")


def _share(part: Any, whole: Any) -> float | None:
    return float(part) / float(whole) if whole else None


def _day(found: Any) -> date:
    """A view's date: SQLite knows only text there."""
    return found if isinstance(found, date) else date.fromisoformat(found)
