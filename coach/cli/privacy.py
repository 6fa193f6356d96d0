"""Privacy: `coach privacy …`."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from coach.cli.options import Json, settings_from
from coach.phrases import say

cli = typer.Typer()
privacy_cli = typer.Typer(help=say("privacy.help"), no_args_is_help=True, rich_markup_mode=None)
cli.add_typer(privacy_cli, name="privacy")

Database = Annotated[str | None, typer.Option("--database", help=say("record.opt_database"))]
Customer = Annotated[str | None, typer.Option(help=say("privacy.opt_customer"))]
Agent = Annotated[str | None, typer.Option(help=say("privacy.opt_agent"))]
Call = Annotated[str | None, typer.Option(help=say("privacy.opt_call"))]
Logs = Annotated[Path | None, typer.Option(help=say("privacy.opt_logs"))]
Out = Annotated[Path, typer.Option(help=say("privacy.opt_out"))]


@privacy_cli.command("show", help=say("privacy.help_show"))
def privacy_show(as_json: Json = False) -> None:
    """Say what is processed."""
    from coach.commands import privacy as commands

    raise typer.Exit(commands.show(settings_from(), as_json=as_json))


@privacy_cli.command("purge", help=say("privacy.help_purge"))
def privacy_purge(*, database: Database = None, logs: Logs = None, as_json: Json = False) -> None:
    """Remove what is too old."""
    from coach.commands import privacy as commands

    raise typer.Exit(commands.purge(settings_from(), database, logs, as_json=as_json))


@privacy_cli.command("export", help=say("privacy.help_export"))
def privacy_export(
    *,
    customer: Customer = None,
    agent: Agent = None,
    call: Call = None,
    out: Out = Path("export"),
    database: Database = None,
    logs: Logs = None,
    as_json: Json = False,
) -> None:
    """Write everything about somebody."""
    from coach.commands import privacy as commands

    subject = commands.subject(customer, agent, call)
    settings = settings_from()
    raise typer.Exit(commands.export(settings, database, logs, subject, out, as_json=as_json))


@privacy_cli.command("erase", help=say("privacy.help_erase"))
def privacy_erase(
    *,
    customer: Customer = None,
    agent: Agent = None,
    call: Call = None,
    yes: Annotated[bool, typer.Option("--yes", help=say("privacy.opt_yes"))] = False,
    database: Database = None,
    logs: Logs = None,
    as_json: Json = False,
) -> None:
    """Erase everything about somebody."""
    from coach.commands import privacy as commands

    subject = commands.subject(customer, agent, call)
    settings = settings_from()
    raise typer.Exit(commands.erase(settings, database, logs, subject, sure=yes, as_json=as_json))


@privacy_cli.command("access", help=say("privacy.help_access"))
def privacy_access(
    *,
    agent: Agent = None,
    since: Annotated[datetime | None, typer.Option(help=say("privacy.opt_since"))] = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Tell who looked."""
    from coach.commands import privacy as commands

    raise typer.Exit(commands.access(settings_from(), database, agent, since, as_json=as_json))


@privacy_cli.command("pack", help=say("privacy.help_pack"))
def privacy_pack(
    out: Out = Path("privacy"),
    organisation: Annotated[str, typer.Option(help=say("privacy.opt_organisation"))] = "",
    as_json: Json = False,
) -> None:
    """Write the papers."""
    from coach.commands import privacy as commands

    raise typer.Exit(commands.pack(settings_from(), out, organisation, as_json=as_json))
