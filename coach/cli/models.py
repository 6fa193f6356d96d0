"""The models on this machine."""

from typing import Annotated

import typer

from coach.cli.options import Json
from coach.phrases import say

cli = typer.Typer()
models_cli = typer.Typer(help=say("cli.help_models"), no_args_is_help=True, rich_markup_mode=None)
cli.add_typer(models_cli, name="models")


@models_cli.command("list", help=say("cli.help_models_list"))
def models_list(as_json: Json = False) -> None:
    """List the catalogue."""
    from coach.commands import models as commands

    raise typer.Exit(commands.models_list(as_json=as_json))


@models_cli.command("fetch", help=say("cli.help_models_fetch"))
def models_fetch(
    name: Annotated[str, typer.Argument(help=say("cli.arg_model"))] = "base",
) -> None:
    """Fetch a model."""
    from coach.commands import models as commands

    raise typer.Exit(commands.models_fetch(name))


@models_cli.command("verify", help=say("cli.help_models_verify"))
def models_verify(
    name: Annotated[str | None, typer.Argument(help=say("cli.arg_model"))] = None,
    as_json: Json = False,
) -> None:
    """Verify models."""
    from coach.commands import models as commands

    raise typer.Exit(commands.models_verify(name, as_json=as_json))
