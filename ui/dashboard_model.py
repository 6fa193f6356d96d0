"""What the dashboard shows: panels with a chart, the same as a table, and a sentence. No Qt.

Every figure links to the calls behind it. A figure that too few calls stand behind is withheld, in
the chart, in the table and in what is exported alike.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from coach.core.metrics import Unit
from coach.phrases import forms, say
from ui import calls_words
from ui.archive import (
    AGGRESSION,
    CallEntry,
    CallQuery,
    FigureQuery,
    Figures,
    NudgeFigures,
    Point,
)
from ui.dashboard_chart import Chart, Form, Item, Mark, Panel, Series, TableRow, axis
from ui.dashboard_words import (
    behind_it,
    course,
    figure_item,
    metric_means,
    metric_name,
    scale,
    total,
    value,
    week_name,
)

WEEK = timedelta(days=7)
TOP = 3


def panels(figures: Figures, query: FigureQuery) -> tuple[Panel, ...]:
    """The panels of the dashboard, the acknowledgement first."""
    made = [_metric(name, figures, query) for name in figures.metrics]
    made += [_causes(figures, query), _cause_trend(figures, query), _risks(figures, query)]
    made += [_incidents(figures, query), _nudges(figures, query)]
    if figures.effects:
        made.append(_effects(figures, query))
    return tuple(made)


def _calls(query: FigureQuery, **more: object) -> CallQuery:
    """The calls of the period, narrowed by `more`."""
    fields: dict[str, object] = {
        "since": query.since,
        "until": query.until,
        "team": query.team,
        "channel": query.channel,
        **more,
    }
    return CallQuery(**fields)  # type: ignore[arg-type]


def _week(query: FigureQuery, since: date, **more: object) -> CallQuery:
    return _calls(
        query, since=max(since, query.since), until=min(since + WEEK, query.until), **more
    )


# ---- the panels ----------------------------------------------------------------------------------


def _metric(name: str, figures: Figures, query: FigureQuery) -> Panel:
    unit, whole, points = scale(name), figures.metrics[name], figures.trends[name]
    minimum = figures.minimum
    items = tuple(
        figure_item(week_name(p.since), p.figure, unit, minimum, _week(query, p.since))
        for p in points
    )
    lowest, highest, ticks = axis(unit, [item.value for item in items])
    title, headline = metric_name(name), value(whole, unit, minimum)
    return Panel(
        name=name,
        title=title,
        means=metric_means(name),
        headline=headline,
        summary=f"{title}: {headline}. {course(items)}",
        chart=Chart(
            form=Form.LINES,
            series=(Series(name=title, items=items),),
            lowest=lowest,
            highest=highest,
            ticks=ticks,
            marks=_marks(figures, points),
        ),
        header=(say("dashboard.week"), title, say("dashboard.calls")),
        rows=tuple(
            TableRow(
                cells=(item.label, value(p.figure, unit, minimum), behind_it(p.figure)),
                query=item.query,
            )
            for item, p in zip(items, points, strict=True)
        ),
    )


def _marks(figures: Figures, points: Sequence[Point]) -> tuple[Mark, ...]:
    """The disruptions on the time axis of weekly points."""
    if not points:
        return ()
    first, last = points[0].since, points[-1].since + WEEK
    found = []
    for effect in figures.effects:
        one = effect.disruption
        until = one.until or last
        if one.since < last and until > first:
            start, end = max(one.since, first), min(until, last)
            found.append(
                Mark(name=one.name, first=(start - first) / WEEK, last=(end - first) / WEEK)
            )
    return tuple(found)


def _bars(
    name: str,
    items: Sequence[Item],
    unit: Unit,
    header: tuple[str, ...],
    rows: Sequence[TableRow],
    *,
    headline: str,
    examples: tuple[CallEntry, ...] = (),
    note: str = "",
) -> Panel:
    """A panel of bars, one an item."""
    title = say(f"dashboard.{name}")
    lowest, highest, ticks = axis(unit, [item.value for item in items])
    told = "; ".join(item.told for item in items[:TOP]) or say("dashboard.nothing")
    return Panel(
        name=name,
        title=title,
        means=say(f"dashboard.{name}_is"),
        headline=headline,
        summary=f"{title}: {told}.",
        chart=Chart(
            form=Form.BARS,
            series=(Series(name=title, items=tuple(items)),),
            lowest=lowest,
            highest=highest,
            ticks=ticks,
        ),
        header=header,
        rows=tuple(rows),
        examples=examples,
        note=note,
    )


def _causes(figures: Figures, query: FigureQuery) -> Panel:
    items = [
        figure_item(
            calls_words.cause(one.name),
            one.calls,
            Unit.COUNT,
            figures.minimum,
            _calls(query, cause=one.name),
        )
        for one in figures.causes
    ]
    rows = [
        TableRow(
            cells=(item.label, value(one.calls, Unit.COUNT, figures.minimum)), query=item.query
        )
        for item, one in zip(items, figures.causes, strict=True)
    ]
    header = (say("dashboard.cause"), say("dashboard.upset_calls"))
    top = items[0].label if items else say("dashboard.nothing")
    examples = tuple(entry for cause in figures.causes[:TOP] for entry in cause.examples[:1])
    return _bars("causes", items[:8], Unit.COUNT, header, rows, headline=top, examples=examples)


def _cause_trend(figures: Figures, query: FigureQuery) -> Panel:
    top = figures.causes[:TOP]
    return _by_week(
        "cause_trend",
        Form.LINES,
        [(calls_words.cause(one.name), one.trend, {"cause": one.name}) for one in top],
        figures,
        query,
    )


def _incidents(figures: Figures, query: FigureQuery) -> Panel:
    series = [
        (calls_words.cause(name), points, {"risks": AGGRESSION, "cause": _known(name)})
        for name, points in figures.incidents.items()
    ]
    return _by_week("incidents", Form.COLUMNS, series, figures, query)


def _known(cause: str) -> str | None:
    return None if cause == "other" else cause


def _by_week(
    name: str,
    form: Form,
    counted_by: Sequence[tuple[str, Sequence[Point], Mapping[str, object]]],
    figures: Figures,
    query: FigureQuery,
) -> Panel:
    """Counts a week, a series each."""
    series, rows, minimum = [], [], figures.minimum
    for label, points, more in counted_by:
        items = tuple(
            figure_item(
                week_name(p.since), p.figure, Unit.COUNT, minimum, _week(query, p.since, **more)
            )
            for p in points
        )
        series.append(Series(name=label, items=items))
        rows += [
            TableRow(
                cells=(item.label, label, value(p.figure, Unit.COUNT, minimum)), query=item.query
            )
            for item, p in zip(items, points, strict=True)
        ]
    lowest, highest, ticks = axis(Unit.COUNT, _heights(series, stacked=form is Form.COLUMNS))
    title = say(f"dashboard.{name}")
    whole = sum(item.value or 0 for one in series for item in one.items)
    hidden = any(item.withheld for one in series for item in one.items)
    told = "; ".join(f"{one.name}: {course(one.items)}" for one in series)
    first = counted_by[0][1] if counted_by else ()
    return Panel(
        name=name,
        title=title,
        means=say(f"dashboard.{name}_is"),
        headline=total(whole, hidden=hidden),
        summary=f"{title}: {told or say('dashboard.nothing')}",
        chart=Chart(
            form=form,
            series=tuple(series),
            lowest=lowest,
            highest=highest,
            ticks=ticks,
            marks=_marks(figures, first),
        ),
        header=(say("dashboard.week"), say("dashboard.cause"), say("dashboard.calls")),
        rows=tuple(rows),
        note=say("dashboard.some_withheld", minimum=minimum) if hidden else "",
    )


def _heights(series: Sequence[Series], *, stacked: bool) -> list[float | None]:
    if not stacked:
        return [item.value for one in series for item in one.items]
    columns = zip(*(one.items for one in series), strict=True)
    return [sum(item.value or 0 for item in column) for column in columns]


def _risks(figures: Figures, query: FigureQuery) -> Panel:
    items = [
        figure_item(
            calls_words.risk_kind(kind),
            one,
            Unit.COUNT,
            figures.minimum,
            _calls(query, risks=(kind,)),
        )
        for kind, one in figures.risks
    ]
    rows = [
        TableRow(cells=(item.label, value(one, Unit.COUNT, figures.minimum)), query=item.query)
        for item, (_, one) in zip(items, figures.risks, strict=True)
    ]
    header = (say("dashboard.risk"), say("dashboard.calls"))
    top = items[0].label if items else say("dashboard.nothing")
    return _bars("risks", items[:8], Unit.COUNT, header, rows, headline=top)


def _nudges(figures: Figures, query: FigureQuery) -> Panel:
    items = [
        figure_item(
            say(f"nudges.{one.kind}"),
            one.precision,
            Unit.SHARE,
            figures.minimum,
            _calls(query, nudge=one.kind),
            behind="dashboard.answers",
        )
        for one in figures.nudges
    ]
    rows = [
        TableRow(cells=_answers(item.label, one, figures.minimum), query=item.query)
        for item, one in zip(items, figures.nudges, strict=True)
    ]
    names = ("nudge", "shown", "useful", "not_now", "wrong", "precision")
    return _bars(
        "precision",
        items[:8],
        Unit.SHARE,
        tuple(say(f"dashboard.column_{name}") for name in names),
        rows,
        headline=_overall(figures),
    )


def _answers(label: str, one: NudgeFigures, minimum: int) -> tuple[str, ...]:
    counts = (one.useful, one.not_now, one.wrong)
    hidden = say("dashboard.withheld", minimum=minimum)
    told = (hidden if number is None else forms.number(number) for number in counts)
    shown = value(one.shown, Unit.COUNT, minimum)
    return (label, shown, *told, value(one.precision, Unit.SHARE, minimum))


def _overall(figures: Figures) -> str:
    """The precision of all nudges whose answers may be told."""
    useful = sum(one.useful or 0 for one in figures.nudges)
    judged = useful + sum(one.wrong or 0 for one in figures.nudges)
    return forms.percent(useful / judged) if judged else say("dashboard.nothing")


def _effects(figures: Figures, query: FigureQuery) -> Panel:
    items, rows = [], []
    for effect in figures.effects:
        one = effect.disruption
        since, until = max(one.since, query.since), min(one.until or query.until, query.until)
        calls = _calls(query, since=since, until=until)
        both = (
            (say("dashboard.meanwhile", name=one.name), effect.meanwhile, calls),
            (say("dashboard.otherwise"), effect.otherwise, _calls(query)),
        )
        for label, figure, behind in both:
            items.append(figure_item(label, figure, Unit.SECONDS, figures.minimum, behind))
        told = [value(figure, Unit.SECONDS, figures.minimum) for _, figure, _ in both]
        rows.append(TableRow(cells=(one.name, _days(one.since, one.until), *told), query=calls))
    names = ("disruption", "days", "meanwhile", "otherwise")
    header = tuple(say(f"dashboard.column_{name}") for name in names)
    headline = say(
        "dashboard.a_day", number=value(figures.effects[0].meanwhile, Unit.SECONDS, figures.minimum)
    )
    note = say("dashboard.effects_weeks") if figures.whole_weeks else ""
    return _bars("effects", items, Unit.SECONDS, header, rows, headline=headline, note=note)


def _days(since: date, until: date | None) -> str:
    if until is None:
        return say("dashboard.from_day", day=week_name(since))
    return f"{week_name(since)} – {week_name(until - timedelta(days=1))}"
