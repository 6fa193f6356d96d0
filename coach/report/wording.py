"""A report in words and numbers of a language: what the page and the paper both print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coach.core.cause_counts import Ranked, Turn
from coach.core.cause_tree import Tree
from coach.core.groups import Withheld
from coach.core.metrics import Unit
from coach.phrases import say
from coach.report.period import Line, Report, Week


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A figure as it is printed: name, value, behind how many calls, and what it means."""

    name: str
    value: str
    calls: str
    meaning: str
    withheld: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """A share as a bar: `share` 0..1 is its length, `None` where it is withheld."""

    label: str
    text: str
    share: float | None
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """Bars under a heading, or the sentence that stands where there are none."""

    heading: str
    bars: tuple[Bar, ...]
    instead: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A whole report, ready to be printed."""

    language: str
    title: str
    period: str
    lead: tuple[tuple[str, str], ...]
    """The figures at the top: value and name."""
    charts: tuple[Chart, ...]
    heading: str
    columns: tuple[str, str, str]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def page_of(found: Report, tree: Tree, language: str, title: str | None = None) -> Page:
    """The report in a language ("nl" or "en")."""
    tell = _Teller(language, tree)
    return Page(
        language=language,
        title=title or tell.told("own_title" if found.own else "title"),
        period=tell.period(found),
        lead=tell.lead(found),
        charts=tuple(chart for chart in tell.charts(found) if chart is not None),
        heading=tell.told("figures"),
        columns=(tell.told("figure"), tell.told("value"), tell.told("calls")),
        rows=tuple(tell.row(line) for line in found.lines),
        notes=tell.notes(found),
    )


@dataclass(frozen=True, slots=True)
class _Teller:
    language: str
    tree: Tree

    def told(self, key: str, **values: object) -> str:
        return say(f"insight.report_{key}", self.language, **values)

    def number(self, value: float, digits: int) -> str:
        text = f"{value:,.{digits}f}"
        if self.language == "nl":
            text = text.replace(",", " ").replace(".", ",").replace(" ", ".")
        return text

    def share(self, value: float) -> str:
        space = " " if self.language == "nl" else ""
        return f"{self.number(100 * value, 0)}{space}%"

    def day(self, day: date) -> str:
        return day.strftime("%d-%m-%Y" if self.language == "nl" else "%d %b %Y")

    def period(self, found: Report) -> str:
        if found.since is None or found.until is None:
            return self.told("undated", calls=found.calls)
        since, until = self.day(found.since), self.day(found.until)
        if since == until:
            return self.told("day", day=since, calls=found.calls)
        return self.told("period", since=since, until=until, calls=found.calls)

    def value(self, unit: Unit, value: float) -> str:
        match unit:
            case Unit.SHARE | Unit.YES_NO:
                return self.share(value)
            case Unit.SECONDS:
                return f"{self.number(value, 1)} s"
            case Unit.VALENCE | Unit.SCORE:
                return ("+" if value > 0 else "") + self.number(value, 1)
            case _:
                return self.number(value, 1)

    def row(self, line: Line) -> Row:
        name = say(f"metrics.{line.name}", self.language)
        meaning = say(f"metrics.{line.name}_is", self.language)
        calls = self.number(line.calls, 0)
        if isinstance(line.value, Withheld):
            value = self.told("withheld")
            return Row(name=name, value=value, calls="", meaning=meaning, withheld=True)
        value = self.told("unknown") if line.value is None else self.value(line.unit, line.value)
        return Row(name=name, value=value, calls=calls, meaning=meaning)

    def lead(self, found: Report) -> tuple[tuple[str, str], ...]:
        wanted = ("acknowledged_before_data", "ended_better", "nudge_precision")
        by_name = {line.name: self.row(line) for line in found.lines}
        upset = found.upset
        told = self.told("withheld") if isinstance(upset, Withheld) else self.number(upset, 0)
        first = ((self.number(found.calls, 0), self.told("calls")), (told, self.told("upset")))
        return (*first, *((by_name[name].value, by_name[name].name) for name in wanted))

    def charts(self, found: Report) -> Sequence[Chart | None]:
        return (
            self.weeks(found.weeks),
            self.causes(found.causes),
            self.changes(found),
            self.risks(found),
        )

    def weeks(self, weeks: Sequence[Week]) -> Chart | None:
        if not weeks:
            return None
        bars = [
            Bar(label=self.day(week.monday), text=self.maybe(week.acknowledged), share=_known(week))
            for week in weeks
        ]
        return Chart(heading=self.told("weeks"), bars=tuple(bars), note=self.told("weeks_note"))

    def maybe(self, share: float | Withheld | None) -> str:
        if share is None:
            return self.told("unknown")
        return self.told("withheld") if isinstance(share, Withheld) else self.share(share)

    def causes(self, top: tuple[Ranked, ...] | Withheld) -> Chart:
        heading = self.told("causes")
        if isinstance(top, Withheld) or not top:
            return Chart(heading=heading, bars=(), instead=self.told("causes_none"))
        return Chart(heading=heading, bars=tuple(self.cause(one) for one in top))

    def cause(self, one: Ranked) -> Bar:
        quotes = tuple(f"“{words}”" for _, words in one.examples)
        text = self.told("of_upset", share=self.share(one.share), calls=one.calls)
        return Bar(label=self.name(one.cause), text=text, share=one.share, examples=quotes)

    def name(self, cause: str) -> str:
        known = self.tree.by_id.get(cause)
        return cause if known is None else known.name(self.language)

    def changes(self, found: Report) -> Chart | None:
        if not found.changed or found.changed_on is None:
            return None
        heading = self.told("changed", day=self.day(found.changed_on))
        return Chart(
            heading=heading, bars=tuple(b for one in found.changed for b in self.turn(one))
        )

    def turn(self, one: Turn) -> Sequence[Bar]:
        name = self.name(one.cause)
        sides = (("before", one.before), ("after", one.after))
        return [
            Bar(
                label=self.told(side, cause=name),
                text=self.maybe(share),
                share=None if isinstance(share, Withheld) else share,
            )
            for side, share in sides
        ]

    def risks(self, found: Report) -> Chart:
        heading, risks = self.told("risks"), found.risks
        if isinstance(risks, Withheld) or not risks:
            return Chart(heading=heading, bars=(), instead=self.told("risks_none"))
        bars = [
            Bar(
                label=say(f"insight.sign_{kind}", self.language),
                text=self.told("in_calls", calls=count),
                share=count / found.calls,
            )
            for kind, count in risks
        ]
        return Chart(heading=heading, bars=tuple(bars))

    def notes(self, found: Report) -> tuple[str, ...]:
        notes = [self.told("about")]
        if found.withheld:
            notes.append(self.told("withheld_note", minimum=found.minimum))
        return tuple(notes)


def _known(week: Week) -> float | None:
    share = week.acknowledged
    return None if isinstance(share, Withheld) else share
