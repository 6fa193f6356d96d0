"""A chart as data: figures with their words, on an axis with ticks. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from coach.core.metrics import Unit
from coach.phrases import forms
from ui.archive import CallEntry, CallQuery


class Form(Enum):
    """How a chart is drawn."""

    LINES = auto()
    BARS = auto()
    COLUMNS = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One figure of a chart. `told` says it in words; `query` are the calls behind it."""

    label: str
    value: float | None
    told: str
    withheld: bool = False
    query: CallQuery | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """Figures that belong together."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A stretch of the time axis with a name, from place `first` to `last` of the items."""

    name: str
    first: float
    last: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """What is drawn. `lowest` to `highest` is the axis, `ticks` its values with their words."""

    form: Form
    series: tuple[Series, ...]
    lowest: float
    highest: float
    ticks: tuple[tuple[float, str], ...]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TableRow:
    """A row of the table twin; `query` are the calls behind it."""

    cells: tuple[str, ...]
    query: CallQuery | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """One question and its answer. `means` defines the figure; `summary` tells the chart."""

    name: str
    title: str
    means: str
    headline: str
    summary: str
    chart: Chart
    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    examples: tuple[CallEntry, ...] = field(default=())
    note: str = ""


def axis(
    unit: Unit, values: Sequence[float | None]
) -> tuple[float, float, tuple[tuple[float, str], ...]]:
    """From where to where an axis goes, and its ticks."""
    if unit is Unit.SHARE:
        return 0.0, 1.0, tuple((tick / 4, forms.percent(tick / 4)) for tick in range(5))
    known = [one for one in values if one is not None]
    highest = max([*known, 0.0])
    lowest = min([*known, 0.0])
    step = _step(highest - lowest)
    top, bottom = _up(highest, step), -_up(-lowest, step)
    ticks, tick = [], bottom
    while tick <= top + step / 2:
        shown = forms.number(tick, 0 if step >= 1 else 1)
        ticks.append((tick, shown))
        tick += step
    return bottom, top, tuple(ticks)


def _step(span: float) -> float:
    """The distance between ticks: 1, 2 or 5 times a power of ten, or a half."""
    for step in (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000):
        if span / step <= 4:  # noqa: PLR2004 - more than four ticks are noise
            return float(step)
    return span / 4


def _up(number: float, step: float) -> float:
    steps = -(-number // step)
    return float(max(steps, 0) * step)
