"""What the commands about figures do: metrics, summary, export, causes, report."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.table import Table

from coach.commands.call_logs import Calls, Period, the_call
from coach.commands.insight_causes import Finder, caused, insights
from coach.commands.telling import bar, out_console, print_json, print_words, tell
from coach.core.events import LogEvent
from coach.core.groups import SMALLEST, smallest
from coach.core.metrics import DEFINITIONS, CallMetrics, Unit, figures
from coach.core.metrics.definitions import Figure
from coach.core.summary import Point, after_call
from coach.core.units import to_seconds
from coach.core.vocabulary import OrderValue, RiskLevel
from coach.errors import ProductError, UserError
from coach.phrases import language, say
from coach.phrases.forms import lasting, moment, number, percent
from coach.report import tables
from coach.report.contact_lens import contact_lens
from coach.report.period import report as report_of
from coach.report.wording import page_of
from coach.settings import Settings


def definitions(*, as_json: bool) -> int:
    """What every metric means."""
    for name, one in DEFINITIONS.items():
        means = say(f"metrics.{name}_is")
        found = {"name": name, "unit": one.unit.value, "means": means, "source": one.source}
        tell(as_json, found, f"{name} ({say(f'metrics.unit_{one.unit}')}; {one.source}): {means}")
    return 0


def metrics(settings: Settings, logs: list[Path], *, as_json: bool) -> int:
    """The figures of calls: a table a call, or a line of JSON."""
    calls = Calls(settings, logs)
    for call in calls.measured():
        if as_json:
            print_json({"call_id": call.call_id} | figures(call))
        else:
            out_console.print(_table(call))
    if not calls.seen and not calls.code:
        raise UserError("insight.no_calls")
    return calls.code


def _table(call: CallMetrics) -> Table:
    table = Table(title=call.call_id, title_justify="left", box=None, show_header=False)
    table.add_column(overflow="fold")
    table.add_column(justify="right")
    for name, figure in figures(call).items():
        table.add_row(say(f"metrics.{name}"), _written(DEFINITIONS[name].unit, figure))
    return table


def _written(unit: Unit, figure: Figure) -> str:
    if figure is None:
        return say("insight.unknown")
    if isinstance(figure, bool):
        return say("insight.yes" if figure else "insight.no")
    if isinstance(figure, str):
        return _word(figure)
    if unit is Unit.SHARE:
        return percent(figure)
    return number(figure, 0 if unit is Unit.COUNT else 1) + (" s" if unit is Unit.SECONDS else "")


def _word(figure: str) -> str:
    match figure:
        case OrderValue():
            return say(f"screen.order_{figure}")
        case RiskLevel():
            return say(f"screen.risk_{figure}")
        case _:
            return figure


# ---- after the call ------------------------------------------------------------------------------


def summary(settings: Settings, log: Path, *, as_json: bool) -> int:
    """After the call, for the agent."""
    found = after_call(the_call(settings, log))
    points = {"well": found.well, "grow": found.grow}
    if as_json:
        told = {name: [_point(point) for point in some] for name, some in points.items()}
        promises = [{"at_s": to_seconds(p.at), "words": p.words} for p in found.promises]
        pause = _point(found.pause) if found.pause else None
        extra = {"promises": promises, "pause": pause, "incident_due": found.incident_due}
        print_json({"call_id": found.call_id} | told | extra)
        return 0
    for some, mark in ((found.well, "+"), (found.grow, "·")):
        for point in some:
            print_words(out_console, f"{mark} {say(point.key)}{_at(point)}")
    for promise in found.promises:
        key = "summary.promise" if promise.timed else "summary.promise_untimed"
        due = f" ({moment(promise.due)})" if promise.due else ""
        print_words(out_console, say(key, words=promise.words) + due)
    if found.pause is not None:
        print_words(out_console, say(found.pause.key))
    if found.incident_due:
        print_words(out_console, say("summary.incident_due"))
    return 0


def _point(point: Point) -> dict[str, object]:
    at = None if point.at is None else to_seconds(point.at)
    return {"key": point.key, "text": say(point.key), "at_s": at}


def _at(point: Point) -> str:
    return "" if point.at is None else f" ({lasting(to_seconds(point.at))})"


# ---- exports -------------------------------------------------------------------------------------


def export(settings: Settings, logs: list[Path], out: Path, form: str, *, as_json: bool) -> int:
    """Calls in the form of other tools."""
    calls = Calls(settings, logs)
    if form == "contact-lens":
        written = [_contact_lens(events, out) for events in calls.some()]
        path = out
    else:
        measured = list(calls.measured())
        if not measured:
            raise UserError("insight.no_calls")
        path = out / f"calls.{form}"
        write = tables.write_csv if form == "csv" else tables.write_parquet
        write(measured, path)
        written = [path] * len(measured)
    words = say("insight.written", path=path, calls=len(written))
    tell(as_json, {"path": str(path), "calls": len(written)}, words)
    return calls.code


def _contact_lens(events: Sequence[LogEvent], out: Path) -> Path:
    found = contact_lens(events)
    path = out / f"{found['EerstBegrip']['CallId']}_analysis.json"
    try:
        out.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as why:
        raise ProductError("cli.cannot_write", path=path, why=why.strerror) from why
    return path


# ---- causes and reports --------------------------------------------------------------------------


def causes(
    settings: Settings, logs: list[Path], asked: Finder, period: Period, *, as_json: bool
) -> int:
    """Why customers were upset."""
    calls = Calls(settings, logs, period)
    found = calls.some()
    with bar(say("insight.reading")) as done:
        caused(found, asked, done).tell(as_json=as_json)
    return calls.code


def report(
    settings: Settings,
    logs: list[Path],
    out: Path,
    asked: Finder,
    *,
    period: Period,
    title: str | None,
    as_json: bool,
) -> int:
    """A report of a period."""
    if out.suffix not in (".html", ".pdf"):
        raise UserError("insight.bad_report_form", path=out)
    calls = Calls(settings, logs, period)
    found = calls.some()
    with bar(say("insight.reading")) as done:
        read = insights(found, asked, done)
    made = report_of(read, minimum=asked.minimum, changed=asked.changed)
    page = page_of(made, asked.tree, language(), title)
    if out.suffix == ".html":
        from coach.report.web import write_html

        write_html(page, out)
    else:
        from coach.report.paper import write_pdf

        write_pdf(page, out)
    words = say("insight.written", path=out, calls=made.calls)
    tell(as_json, {"path": str(out), "calls": made.calls, "withheld": made.withheld}, words)
    return calls.code


def the_day(value: str | None) -> date | None:
    """A day from the command line. Raises `UserError`."""
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError as why:
        raise UserError("insight.bad_day", value=value) from why


def the_period(since: str | None, until: str | None) -> Period:
    """A period from the command line. Raises `UserError`."""
    found = Period(since=the_day(since), until=the_day(until))
    try:
        _ = found.asked
    except (OverflowError, ValueError, OSError) as why:  # the first or the last day of all
        raise UserError("insight.bad_day", value=until or since) from why
    return found


def the_minimum(value: int | None) -> int:
    """The smallest group. Raises `UserError` for one below the product's."""
    try:
        return smallest(value)
    except ValueError as why:
        raise UserError("insight.too_small", asked=value, least=SMALLEST) from why
