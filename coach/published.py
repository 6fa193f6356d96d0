"""Figures for the dashboard out of what a shared database publishes: whole weeks of groups.

What is not in them this login may not know, and it is shown as withheld.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from coach.core.vocabulary import EscalationKind, NudgeKind
from coach.store import groups
from coach.store.database import Store
from ui.archive import (
    WITHHELD,
    Cause,
    Choices,
    Disruption,
    Effect,
    Figure,
    FigureQuery,
    Figures,
    NudgeFigures,
    Point,
)
from ui.archive_figures import OTHER, weeks_of

_METRICS: dict[str, Callable[[groups.Figures], float | None]] = {
    "published_acknowledged": lambda one: one.acknowledged,
    "published_turned": lambda one: one.turned,
    "emotion_recovery": lambda one: _difference(one.valence_end, one.valence_lowest),
    "emotion_end": lambda one: one.valence_end,
    "published_upset": lambda one: one.upset,
}
"""The metrics that follow from the weeks of a team that the database shows."""

_DAYS = 7

ByWeek = dict[date, dict[str, int]]


def choices(store: Store) -> Choices:
    """The teams and channels of which something is published, for who sees no calls."""
    teams, channels = groups.occurring(store)
    return Choices(teams=tuple(teams), channels=tuple(channels))


def figures(store: Store, query: FigureQuery, marked: Sequence[Disruption]) -> Figures:
    """The figures of a period of whole weeks."""
    where = groups.Where(team=query.team, channel=query.channel)
    asked = (store, query.since, query.until, where)
    whole = groups.aggregate(*asked)
    mondays = list(weeks_of(query))
    smallest = groups.smallest_group(store)
    upset = groups.upset(*asked)
    return Figures(
        calls=WITHHELD if whole is None else _calls(whole.calls),
        metrics={name: _told(whole, read) for name, read in _METRICS.items()},
        trends=_trends(groups.by_week(*asked), mondays),
        causes=_causes(asked, mondays),
        risks=tuple(
            (EscalationKind(kind), _calls(calls))
            for kind, calls in groups.kinds(store, "risk", *asked[1:]).items()
        ),
        incidents=_incidents(groups.kinds_by_week(store, "aggression", *asked[1:]), mondays),
        nudges=tuple(_nudge(kind, found) for kind, found in groups.nudges(*asked).items()),
        effects=tuple(effect(one, mondays, upset, smallest) for one in marked),
        minimum=smallest,
        whole_weeks=True,
    )


_Asked = tuple[Store, date, date, groups.Where]


def _trends(
    found: Sequence[groups.Figures], mondays: Sequence[date]
) -> dict[str, tuple[Point, ...]]:
    weeks = {one.since: one for one in found}
    return {
        name: tuple(Point(since=week, figure=_told(weeks.get(week), read)) for week in mondays)
        for name, read in _METRICS.items()
    }


def _causes(asked: _Asked, mondays: Sequence[date]) -> tuple[Cause, ...]:
    store, period = asked[0], asked[1:]
    by_week = groups.kinds_by_week(store, "cause", *period)
    return tuple(
        Cause(name=name, calls=_calls(calls), trend=_counts(by_week, name, mondays))
        for name, calls in groups.kinds(store, "cause", *period).items()
    )


def _incidents(by_week: ByWeek, mondays: Sequence[date]) -> dict[str, tuple[Point, ...]]:
    """Aggression by cause and week, the most frequent cause first."""
    totals: dict[str, int] = defaultdict(int)
    for found in by_week.values():
        for cause, calls in found.items():
            totals[cause] += calls
    names = sorted(totals, key=lambda name: (-totals[name], name)) or [OTHER]
    return {name: _counts(by_week, name, mondays) for name in names}


def _nudge(kind: str, found: groups.Answers) -> NudgeFigures:
    judged = found.useful + found.wrong
    return NudgeFigures(
        kind=NudgeKind(kind),
        shown=_calls(found.shown),
        useful=found.useful,
        not_now=found.not_now,
        wrong=found.wrong,
        precision=Figure(value=found.precision, calls=judged),
    )


def effect(
    marked: Disruption, mondays: Sequence[date], upset: Sequence[groups.Upset], smallest: int
) -> Effect:
    """Upset calls a day in the weeks that a disruption touches, and in the others of the period.

    Of teams and channels that have both: where a week is not published, it is not taken for calm.
    """
    until = marked.until or date.max
    touched = {w for w in mondays if marked.since < w + timedelta(days=_DAYS) and until > w}
    cells: dict[groups.Where, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for one in upset:
        cells[one.where][one.week in touched].append(one.calls)
    both = [(other, during) for other, during in cells.values() if other and during]
    return Effect(
        disruption=marked,
        meanwhile=_a_day([during for _, during in both], smallest),
        otherwise=_a_day([other for other, _ in both], smallest),
    )


def _a_day(weeks_of_each: Sequence[Sequence[int]], smallest: int) -> Figure:
    """The calls a day of several groups together, each over the weeks that it has."""
    calls = sum(map(sum, weeks_of_each))
    if not weeks_of_each or 0 < calls < smallest:
        return WITHHELD
    return Figure(value=sum(sum(one) / (_DAYS * len(one)) for one in weeks_of_each), calls=calls)


def _told(found: groups.Figures | None, read: Callable[[groups.Figures], float | None]) -> Figure:
    """A figure of a week or a period; a week that is not published is withheld."""
    return WITHHELD if found is None else Figure(value=read(found), calls=found.calls)


def _calls(calls: int) -> Figure:
    return Figure(value=float(calls), calls=calls)


def _counts(by_week: ByWeek, name: str, mondays: Sequence[date]) -> tuple[Point, ...]:
    """A number of calls a week; the database leaves out what is rare, so none may be a few."""
    counts = [(week, by_week.get(week, {}).get(name, 0)) for week in mondays]
    return tuple(Point(since=w, figure=_calls(n) if n else WITHHELD) for w, n in counts)


def _difference(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other
