"""Figures about calls: metrics, summary, export, causes, report."""

from pathlib import Path
from typing import Annotated

import typer

from coach.cli.options import Json, one_of, settings_from
from coach.phrases import say

cli = typer.Typer()

Logs = Annotated[list[Path] | None, typer.Argument(help=say("insight.arg_logs"))]
Tree = Annotated[Path | None, typer.Option(help=say("insight.opt_tree"))]
Changed = Annotated[str | None, typer.Option(help=say("insight.opt_changed"))]
Since = Annotated[str | None, typer.Option(help=say("insight.opt_since"))]
Until = Annotated[str | None, typer.Option(help=say("insight.opt_until"))]
Minimum = Annotated[int | None, typer.Option(help=say("insight.opt_minimum"))]
Model = Annotated[bool, typer.Option("--model/--words", help=say("insight.opt_model"))]


@cli.command(help=say("insight.help_metrics"))
def metrics(
    logs: Logs = None,
    *,
    definitions: Annotated[
        bool, typer.Option("--definitions", help=say("insight.opt_definitions"))
    ] = False,
    as_json: Json = False,
) -> None:
    """The figures of calls."""
    settings = settings_from()
    from coach.commands import insight as commands

    if definitions:
        raise typer.Exit(commands.definitions(as_json=as_json))
    raise typer.Exit(commands.metrics(settings, logs or [], as_json=as_json))


@cli.command(help=say("insight.help_summary"))
def summary(
    log: Annotated[Path, typer.Argument(help=say("insight.arg_log"))], as_json: Json = False
) -> None:
    """After the call."""
    settings = settings_from()
    from coach.commands import insight as commands

    raise typer.Exit(commands.summary(settings, log, as_json=as_json))


@cli.command(help=say("insight.help_export"))
def export(
    logs: Logs = None,
    *,
    form: Annotated[str, typer.Option(help=say("insight.opt_form"))] = "contact-lens",
    out: Annotated[Path, typer.Option(help=say("insight.opt_out_folder"))] = Path("export"),
    as_json: Json = False,
) -> None:
    """Calls in the form of other tools."""
    settings = settings_from()
    one_of(form, "contact-lens", "csv", "parquet")
    from coach.commands import insight as commands

    raise typer.Exit(commands.export(settings, logs or [], out, form, as_json=as_json))


@cli.command(help=say("insight.help_causes"))
def causes(
    logs: Logs = None,
    *,
    tree: Tree = None,
    model: Model = True,
    themes: Annotated[Path | None, typer.Option(help=say("insight.opt_theme_file"))] = None,
    changed: Changed = None,
    since: Since = None,
    until: Until = None,
    minimum: Minimum = None,
    as_json: Json = False,
) -> None:
    """Why customers were upset."""
    settings = settings_from()
    from coach.commands import insight as commands
    from coach.commands.insight_causes import finder

    day, least = commands.the_day(changed), commands.the_minimum(minimum)
    asked = finder(tree, model=model, changed=day, minimum=least, themes=themes)
    period = commands.the_period(since, until)
    raise typer.Exit(commands.causes(settings, logs or [], asked, period, as_json=as_json))


@cli.command(help=say("insight.help_report"))
def report(
    logs: Logs = None,
    *,
    out: Annotated[Path, typer.Option(help=say("insight.opt_out_file"))] = Path("report.html"),
    title: Annotated[str | None, typer.Option(help=say("insight.opt_title"))] = None,
    tree: Tree = None,
    model: Model = True,
    changed: Changed = None,
    since: Since = None,
    until: Until = None,
    minimum: Minimum = None,
    as_json: Json = False,
) -> None:
    """A report of a period."""
    settings = settings_from()
    from coach.commands import insight as commands
    from coach.commands.insight_causes import finder

    day, least = commands.the_day(changed), commands.the_minimum(minimum)
    asked = finder(tree, model=model, changed=day, minimum=least)
    period = commands.the_period(since, until)
    code = commands.report(
        settings, logs or [], out, asked, period=period, title=title, as_json=as_json
    )
    raise typer.Exit(code)
