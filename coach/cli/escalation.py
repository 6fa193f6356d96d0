"""The escalation protocol, incidents and call-backs."""

from pathlib import Path
from typing import Annotated

import typer

from coach.cli.options import Json, one_of, settings_from
from coach.phrases import say

cli = typer.Typer()
protocol_cli = typer.Typer(no_args_is_help=True, help=say("insight.help_protocol"))
incident_cli = typer.Typer(no_args_is_help=True, help=say("insight.help_incident"))
callbacks_cli = typer.Typer(no_args_is_help=True, help=say("insight.help_callbacks"))
cli.add_typer(protocol_cli, name="protocol")
cli.add_typer(incident_cli, name="incident")
cli.add_typer(callbacks_cli, name="callbacks")

Log = Annotated[Path, typer.Argument(help=say("insight.arg_log"))]
File = Annotated[Path | None, typer.Argument(help=say("insight.help_protocol_path"))]
Agent = Annotated[str, typer.Option(help=say("insight.opt_agent"))]


@protocol_cli.command("show", help=say("insight.help_protocol_show"))
def show(path: File = None) -> None:
    """Show the protocol."""
    settings_from()
    from coach.commands import escalation as commands

    raise typer.Exit(commands.show_protocol(path))


@protocol_cli.command("check", help=say("insight.help_protocol_check"))
def check(path: File = None, as_json: Json = False) -> None:
    """Check a protocol."""
    settings_from()
    from coach.commands import escalation as commands

    raise typer.Exit(commands.check_protocol(path, as_json=as_json))


@protocol_cli.command("edit", help=say("insight.help_protocol_edit"))
def edit() -> None:
    """Edit the protocol."""
    settings_from()
    from coach.commands import escalation as commands

    raise typer.Exit(commands.edit_protocol())


@protocol_cli.command("undo", help=say("insight.help_protocol_undo"))
def undo() -> None:
    """Bring the earlier protocol back."""
    settings_from()
    from coach.commands import escalation as commands

    raise typer.Exit(commands.undo_protocol())


@protocol_cli.command("path", help=say("insight.help_protocol_path"))
def path() -> None:
    """Where the organisation's protocol stands."""
    from coach.paths import protocol_file

    typer.echo(protocol_file())


@protocol_cli.command("for", help=say("insight.help_protocol_for"))
def for_call(
    log: Log,
    remind: Annotated[str | None, typer.Option(help=say("insight.opt_remind"))] = None,
    as_json: Json = False,
) -> None:
    """What the protocol asks for after a call."""
    settings = settings_from()
    from coach.commands import escalation as commands

    raise typer.Exit(commands.protocol_for(settings, log, remind, as_json=as_json))


@incident_cli.command("draft", help=say("insight.help_incident_draft"))
def draft(log: Log, as_json: Json = False) -> None:
    """Fill in the form of a call."""
    settings = settings_from()
    from coach.commands import escalation as commands

    raise typer.Exit(commands.draft_incident(settings, log, as_json=as_json))


@incident_cli.command("submit", help=say("insight.help_incident_submit"))
def submit(
    log: Log,
    *,
    agent: Agent,
    severity: Annotated[str | None, typer.Option(help=say("insight.opt_severity"))] = None,
    kind: Annotated[str | None, typer.Option(help=say("insight.opt_kind"))] = None,
    note: Annotated[str, typer.Option(help=say("insight.opt_note"))] = "",
) -> None:
    """Report an incident."""
    settings = settings_from()
    from coach.commands import escalation as commands
    from coach.core.incidents import Severity
    from coach.core.summary import ABUSE
    from coach.core.vocabulary import EscalationKind

    one_of(severity, *Severity)
    one_of(kind, *sorted(ABUSE))
    how = None if severity is None else Severity(severity)
    what = None if kind is None else EscalationKind(kind)
    code = commands.submit_incident(settings, log, agent, note, kind=what, severity=how)
    raise typer.Exit(code)


@incident_cli.command("list", help=say("insight.help_incident_list"))
def list_incidents(as_json: Json = False) -> None:
    """The incidents that were reported."""
    settings = settings_from()
    from coach.commands import escalation as commands

    raise typer.Exit(commands.list_incidents(settings, as_json=as_json))


@incident_cli.command("trends", help=say("insight.help_incident_trends"))
def trends(as_json: Json = False) -> None:
    """Incidents by week and cause."""
    settings = settings_from()
    from coach.commands import escalation as commands

    raise typer.Exit(commands.incident_trends(settings, as_json=as_json))


@incident_cli.command("export", help=say("insight.help_incident_export"))
def export(
    *,
    paper: Annotated[str, typer.Option(help=say("insight.opt_paper"))] = "register",
    out: Annotated[Path, typer.Option(help=say("insight.opt_out_file"))] = Path("register.csv"),
    number: Annotated[int | None, typer.Option(help=say("insight.opt_number"))] = None,
) -> None:
    """Papers of incidents."""
    settings = settings_from()
    one_of(paper, "police", "register")
    from coach.commands import escalation as commands

    raise typer.Exit(commands.export_incidents(settings, paper, out, number))


@callbacks_cli.command("list", help=say("insight.help_callbacks_list"))
def callbacks(
    agent: Annotated[str | None, typer.Option(help=say("insight.opt_agent"))] = None,
    as_json: Json = False,
) -> None:
    """What is still to be done."""
    settings = settings_from()
    from coach.commands import escalation as commands

    raise typer.Exit(commands.list_callbacks(settings, agent, as_json=as_json))


@callbacks_cli.command("add", help=say("insight.help_callbacks_add"))
def add(
    text: Annotated[str, typer.Argument(help=say("insight.arg_text"))],
    *,
    agent: Agent,
    due: Annotated[str, typer.Option(help=say("insight.opt_due"))],
    call: Annotated[str | None, typer.Option(help=say("insight.opt_call"))] = None,
) -> None:
    """Put a call-back into the list."""
    settings = settings_from()
    from coach.commands import escalation as commands

    raise typer.Exit(commands.add_callback(settings, agent, due, text, call))


@callbacks_cli.command("done", help=say("insight.help_callbacks_done"))
def done(number: Annotated[int, typer.Argument(help=say("insight.opt_number"))]) -> None:
    """Tick one off."""
    settings = settings_from()
    from coach.commands import escalation as commands

    raise typer.Exit(commands.callback_done(settings, number))
