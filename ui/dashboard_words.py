"""Figures of the dashboard in words, in the language of the user. No Qt."""

from collections.abc import Sequence
from datetime import date

from coach.core.metrics import DEFINITIONS, Unit
from coach.phrases import counted, forms, say
from ui.archive import CallQuery, Figure
from ui.dashboard_chart import Item

_FEW = 2


def scale(name: str) -> Unit:
    """The unit of a mean: the mean of yes and no is a share, and so is what is published."""
    if name not in DEFINITIONS:
        return Unit.SHARE
    unit = DEFINITIONS[name].unit
    return Unit.SHARE if unit is Unit.YES_NO else unit


def metric_name(name: str) -> str:
    """What a metric is called."""
    return say(f"metrics.{name}") if name in DEFINITIONS else say(f"dashboard.{name}")


def metric_means(name: str) -> str:
    """What a metric counts."""
    return say(f"metrics.{name}_is") if name in DEFINITIONS else say(f"dashboard.{name}_is")


def value(figure: Figure, unit: Unit, minimum: int) -> str:
    """A figure in words."""
    if figure.withheld:
        return say("dashboard.withheld", minimum=minimum)
    if figure.value is None:
        return say("dashboard.nothing")
    if unit is Unit.SHARE:
        return forms.percent(figure.value)
    if unit is Unit.COUNT:
        return forms.number(figure.value)
    return signed(figure.value) if unit is Unit.VALENCE else forms.number(figure.value, 1)


def signed(number: float) -> str:
    """A number with its sign."""
    return f"+{forms.number(number, 1)}" if number > 0 else forms.number(number, 1)


def behind_it(figure: Figure) -> str:
    """How many calls stand behind a figure, if that may be told."""
    return "" if figure.withheld or figure.calls is None else forms.number(figure.calls)


def week_name(since: date) -> str:
    """The week that begins on `since`, short: "12 okt"."""
    months = say("screen.months_short").split()
    return f"{since.day} {months[since.month - 1]}"


def figure_item(
    label: str,
    figure: Figure,
    unit: Unit,
    minimum: int,
    query: CallQuery,
    *,
    behind: str = "calls.found",
) -> Item:
    """A figure of a chart; `behind` names what stands behind it."""
    told = f"{label}: {value(figure, unit, minimum)}"
    if figure.calls and not figure.withheld and unit is not Unit.COUNT:
        told = f"{told} ({counted(behind, figure.calls, number=forms.number(figure.calls))})"
    return Item(label=label, value=figure.value, told=told, withheld=figure.withheld, query=query)


def course(items: Sequence[Item]) -> str:
    """How a line went, in a sentence."""
    known = [item for item in items if item.value is not None]
    if len(known) < _FEW:
        return say("dashboard.no_course")
    return say("dashboard.course", first=known[0].told, last=known[-1].told)


def total(total: float, *, hidden: bool) -> str:
    """A sum of weeks, as far as they may be told."""
    calls = counted("calls.found", round(total), number=forms.number(total))
    return say("dashboard.at_least", number=calls) if hidden else calls
