"""The record of calls: `coach store …`."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from coach.cli.options import Json, one_of, settings_from
from coach.phrases import say

cli = typer.Typer()
store_cli = typer.Typer(help=say("record.help"), no_args_is_help=True, rich_markup_mode=None)
keys_cli = typer.Typer(help=say("record.help_keys"), no_args_is_help=True, rich_markup_mode=None)
store_cli.add_typer(keys_cli, name="keys")
cli.add_typer(store_cli, name="store")

Database = Annotated[str | None, typer.Option("--database", help=say("record.opt_database"))]
Agent = Annotated[str | None, typer.Option(help=say("record.opt_agent"))]
Team = Annotated[str | None, typer.Option(help=say("record.opt_team"))]
Passphrase = Annotated[
    str | None,
    typer.Option(envvar="COACH_PASSPHRASE", help=say("record.opt_passphrase"), show_envvar=False),
]


# ---- calls ---------------------------------------------------------------------------------------


@store_cli.command("import", help=say("record.help_import"))
def store_import(
    logs: Annotated[list[Path], typer.Argument(help=say("record.arg_logs"))],
    agent: Agent = None,
    team: Team = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Take in call logs."""
    from coach.commands import record as commands

    settings = settings_from()
    code = commands.take_in(settings, database, logs, agent=agent, team=team, as_json=as_json)
    raise typer.Exit(code)


@store_cli.command("list", help=say("record.help_list"))
def store_list(
    text: Annotated[str | None, typer.Option(help=say("record.opt_text"))] = None,
    *,
    since: Annotated[datetime | None, typer.Option(help=say("record.opt_since"))] = None,
    until: Annotated[datetime | None, typer.Option(help=say("record.opt_until"))] = None,
    agent: Agent = None,
    team: Team = None,
    risk: Annotated[str | None, typer.Option(help=say("record.opt_risk"))] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help=say("record.opt_limit"))] = 20,
    after: Annotated[str | None, typer.Option(help=say("record.opt_after"))] = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """List calls, the newest first."""
    from coach.commands import record as commands

    one_of(risk, "none", "watch", "high")
    wanted = {"text": text, "since": since, "until": until, "agent": agent, "team": team}
    code = commands.list_calls(
        settings_from(),
        database,
        {**wanted, "risk": risk},
        limit=limit,
        after=after,
        as_json=as_json,
    )
    raise typer.Exit(code)


@store_cli.command("search", help=say("record.help_search"))
def store_search(
    words: Annotated[str, typer.Argument(help=say("record.opt_text"))],
    limit: Annotated[int, typer.Option(min=1, max=1000, help=say("record.opt_limit"))] = 20,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Find calls by what was said."""
    from coach.commands import record as commands

    wanted = {"text": words}
    code = commands.list_calls(settings_from(), database, wanted, limit=limit, as_json=as_json)
    raise typer.Exit(code)


# ---- the database --------------------------------------------------------------------------------


@store_cli.command("state", help=say("record.help_state"))
def store_state(as_json: Json = False) -> None:
    """Tell how the record of this machine stands."""
    from coach.commands import record as commands

    raise typer.Exit(commands.state(settings_from(), as_json=as_json))


@store_cli.command("rebuild", help=say("record.help_rebuild"))
def store_rebuild(
    call: Annotated[str | None, typer.Argument(help=say("record.arg_call"))] = None,
    database: Database = None,
) -> None:
    """Make the read tables anew."""
    from coach.commands import record as commands

    raise typer.Exit(commands.rebuild(settings_from(), database, call))


@store_cli.command("migrate", help=say("record.help_migrate"))
def store_migrate(database: Database = None) -> None:
    """Bring a team's database up to date."""
    from coach.commands import record as commands

    raise typer.Exit(commands.migrate(settings_from(), database))


@store_cli.command("grant", help=say("record.help_grant"))
def store_grant(
    login: Annotated[str, typer.Argument(help=say("record.arg_login"))],
    role: Annotated[str, typer.Argument(help=say("record.arg_role"))],
    agent: Agent = None,
    team: Team = None,
    database: Database = None,
) -> None:
    """Give a login a role."""
    from coach.commands import record as commands

    settings = settings_from()
    raise typer.Exit(commands.grant(settings, database, login, role, agent=agent, team=team))


@store_cli.command("group", help=say("record.help_group"))
def store_group(
    smallest: Annotated[int | None, typer.Argument(min=1, help=say("record.arg_group"))] = None,
    database: Database = None,
) -> None:
    """Tell or raise the smallest group."""
    from coach.commands import record as commands

    raise typer.Exit(commands.group(settings_from(), database, smallest))


@cli.command("sync", help=say("record.help_sync"))
def sync(database: Database = None, as_json: Json = False) -> None:
    """Send finished calls to the team."""
    from coach.commands import record as commands

    raise typer.Exit(commands.send(settings_from(), database, as_json=as_json))


@store_cli.command("mend", help=say("record.help_mend"))
def store_mend() -> None:
    """Save what is readable of a damaged database."""
    from coach.commands import record as commands

    raise typer.Exit(commands.mend_database(settings_from()))


# ---- keys ----------------------------------------------------------------------------------------


@keys_cli.command("recovery", help=say("record.help_recovery"))
def keys_recovery(
    out: Annotated[Path, typer.Argument(help=say("record.arg_recovery"))],
    passphrase: Passphrase = None,
) -> None:
    """Write the recovery key."""
    from coach.commands import record as commands

    raise typer.Exit(commands.recovery(settings_from(), out, _asked(passphrase, twice=True)))


@keys_cli.command("restore", help=say("record.help_restore"))
def keys_restore(
    file: Annotated[Path, typer.Argument(help=say("record.arg_recovery"))],
    passphrase: Passphrase = None,
) -> None:
    """Bring the keys back."""
    from coach.commands import record as commands

    raise typer.Exit(commands.restore(settings_from(), file, _asked(passphrase, twice=False)))


@keys_cli.command("rotate", help=say("record.help_rotate"))
def keys_rotate(
    *, data: Annotated[bool, typer.Option("--data", help=say("record.opt_data"))] = False
) -> None:
    """Renew keys."""
    from coach.commands import record as commands

    raise typer.Exit(commands.rotate(settings_from(), data=data))


def _asked(passphrase: str | None, *, twice: bool) -> str:
    if passphrase is not None:
        return passphrase
    words = say("record.ask_passphrase")
    again = say("record.ask_again") if twice else False
    return str(typer.prompt(words, hide_input=True, confirmation_prompt=again, err=True))
