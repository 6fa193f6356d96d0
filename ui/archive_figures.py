"""Figures over many calls, the privacy minimum kept. Pure: facts in, figures out. No Qt."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta

from coach.core.vocabulary import EscalationKind, NudgeKind
from ui.archive import (
    AGGRESSION,
    METRICS,
    MINIMUM_BEHIND,
    WITHHELD,
    CallEntry,
    Cause,
    Disruption,
    Effect,
    Figure,
    FigureQuery,
    Figures,
    NudgeFigures,
    Point,
)
from ui.archive_facts import CallFacts

OTHER = "other"
"""The cause of an incident whose cause is not known."""

_WEEK = timedelta(days=7)
_EXAMPLES = 3

Measure = Callable[[CallFacts], float | None]
"""What one call adds to a mean; `None`: nothing, it does not count."""

Test = Callable[[CallFacts], bool]
_Weeks = dict[date, list[CallFacts]]


def _metric(name: str) -> Measure:
    return lambda facts: facts.figures.get(name)


def figures_over(
    facts: Iterable[CallFacts],
    query: FigureQuery,
    disruptions: Sequence[Disruption] = (),
    minimum: int = MINIMUM_BEHIND,
) -> Figures:
    """The figures over the calls of `query`."""
    chosen = [one for one in facts if _belongs(one.entry, query)]
    by_week = _by_week(chosen, weeks_of(query))
    return Figures(
        calls=count(len(chosen), minimum),
        metrics={name: mean(chosen, _metric(name), minimum) for name in METRICS},
        trends={name: _mean_trend(by_week, _metric(name), minimum) for name in METRICS},
        causes=_causes(chosen, by_week, minimum),
        risks=_risks(chosen, minimum),
        incidents=_incidents(by_week, minimum),
        nudges=_nudges(chosen, minimum),
        effects=tuple(_effect(one, chosen, query, minimum) for one in disruptions),
        minimum=minimum,
    )


def count(calls: int, minimum: int) -> Figure:
    """A number of calls, withheld when it is small; none at all may be told."""
    if 0 < calls < minimum:
        return WITHHELD
    return Figure(value=float(calls), calls=calls)


def mean(facts: Iterable[CallFacts], measure: Measure, minimum: int) -> Figure:
    """The mean of what was measured, withheld when few calls stand behind it."""
    values = [value for value in map(measure, facts) if value is not None]
    if not values:
        return Figure(calls=0)
    if len(values) < minimum:
        return WITHHELD
    return Figure(value=sum(values) / len(values), calls=len(values))


def weeks_of(query: FigureQuery) -> Iterator[date]:
    """The Mondays of the weeks that the period touches."""
    monday = query.since - timedelta(days=query.since.weekday())
    while monday < query.until:
        yield monday
        monday += _WEEK


def _belongs(entry: CallEntry, query: FigureQuery) -> bool:
    if entry.began is None or not query.since <= entry.began.date() < query.until:
        return False
    team, channel = query.team, query.channel
    return team in (None, entry.team) and channel in (None, entry.channel)


def _day(facts: CallFacts) -> date:
    assert facts.entry.began is not None  # noqa: S101 - calls without a beginning were left out
    return facts.entry.began.date()


def _by_week(facts: Iterable[CallFacts], weeks: Iterable[date]) -> _Weeks:
    found: _Weeks = {week: [] for week in weeks}
    for one in facts:
        day = _day(one)
        found[day - timedelta(days=day.weekday())].append(one)
    return found


def _mean_trend(by_week: _Weeks, measure: Measure, minimum: int) -> tuple[Point, ...]:
    return tuple(
        Point(since=week, figure=mean(calls, measure, minimum)) for week, calls in by_week.items()
    )


def _count_trend(by_week: _Weeks, counts: Test, minimum: int) -> tuple[Point, ...]:
    return tuple(
        Point(since=week, figure=count(sum(map(counts, calls)), minimum))
        for week, calls in by_week.items()
    )


def _causes(facts: Iterable[CallFacts], by_week: _Weeks, minimum: int) -> tuple[Cause, ...]:
    """Why upset customers called, the most frequent first."""
    upset: dict[str, list[CallFacts]] = defaultdict(list)
    for one in facts:
        for cause in one.entry.causes if one.upset else ():
            upset[cause].append(one)
    ranked = sorted(upset.items(), key=lambda one: (-len(one[1]), one[0]))
    return tuple(_cause(name, calls, by_week, minimum) for name, calls in ranked)


def _cause(name: str, calls: list[CallFacts], by_week: _Weeks, minimum: int) -> Cause:
    return Cause(
        name=name,
        calls=count(len(calls), minimum),
        trend=_count_trend(by_week, lambda one: one.upset and name in one.entry.causes, minimum),
        examples=tuple(one.entry for one in calls[:_EXAMPLES]) if len(calls) >= minimum else (),
    )


def _risks(facts: Iterable[CallFacts], minimum: int) -> tuple[tuple[EscalationKind, Figure], ...]:
    counted = Counter(kind for one in facts for kind in one.entry.risk_kinds)
    return tuple((kind, count(calls, minimum)) for kind, calls in counted.most_common())


def is_incident(facts: CallFacts) -> bool:
    """Whether the customer threatened, abused or discriminated."""
    return not set(AGGRESSION).isdisjoint(facts.entry.risk_kinds)


def _incidents(by_week: _Weeks, minimum: int) -> dict[str, tuple[Point, ...]]:
    """Aggression by cause and week; what has no known cause stands under `OTHER`."""
    incidents = [one for calls in by_week.values() for one in calls if is_incident(one)]
    names = Counter(_first_cause(one) for one in incidents)
    return {
        name: _count_trend(by_week, _incident_by(name), minimum) for name, _ in names.most_common()
    }


def _incident_by(cause: str) -> Test:
    return lambda one: is_incident(one) and _first_cause(one) == cause


def _first_cause(facts: CallFacts) -> str:
    return facts.entry.causes[0] if facts.entry.causes else OTHER


def _nudges(facts: Iterable[CallFacts], minimum: int) -> tuple[NudgeFigures, ...]:
    answers: dict[NudgeKind, Counter[str | None]] = defaultdict(Counter)
    for one in facts:
        for kind, answer in one.nudges:
            answers[kind][answer] += 1
    ranked = sorted(answers.items(), key=lambda one: (-one[1].total(), one[0]))
    return tuple(_nudge(kind, counted, minimum) for kind, counted in ranked)


def _nudge(kind: NudgeKind, answers: Counter[str | None], minimum: int) -> NudgeFigures:
    shown = count(answers.total(), minimum)
    useful, wrong = answers["useful"], answers["wrong"]
    judged = useful + wrong
    precision = Figure(calls=0)
    if judged:
        known = judged >= minimum
        precision = Figure(value=useful / judged, calls=judged) if known else WITHHELD
    told = not shown.withheld and not precision.withheld
    return NudgeFigures(
        kind=kind,
        shown=shown,
        useful=useful if told else None,
        not_now=answers["not_now"] if told else None,
        wrong=wrong if told else None,
        precision=precision,
    )


def _effect(
    disruption: Disruption, facts: Iterable[CallFacts], query: FigureQuery, minimum: int
) -> Effect:
    """Upset calls a day while it lasted, and on the other days of the period."""
    until = min(disruption.until or query.until, query.until)
    since = max(disruption.since, query.since)
    days = max((until - since).days, 0)
    upset = [one for one in facts if one.upset]
    meanwhile = sum(since <= _day(one) < until for one in upset)
    other_days = (query.until - query.since).days - days
    return Effect(
        disruption=disruption,
        meanwhile=_a_day(meanwhile, days, minimum),
        otherwise=_a_day(len(upset) - meanwhile, other_days, minimum),
    )


def _a_day(calls: int, days: int, minimum: int) -> Figure:
    if days <= 0:
        return Figure(calls=0)
    if 0 < calls < minimum:
        return WITHHELD
    return Figure(value=calls / days, calls=calls)
