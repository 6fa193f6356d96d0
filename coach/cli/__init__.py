"""The command line: `coach`. Heavy parts are imported by the command that needs them.

One module a group of commands, each with a `cli` of its own; here they come together.
"""

import os
import sys
from collections.abc import Callable
from typing import Annotated, Any, NoReturn

import typer

from coach import __version__
from coach.cli import calls, escalation, insight, live, models, privacy, record, screen
from coach.errors import CoachError, UserError
from coach.phrases import choose_language, say

USER, PRODUCT = 2, 1

cli = typer.Typer(
    help=say("cli.about"),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for group in (calls, live, models, screen, record, insight, escalation, privacy):
    cli.add_typer(group.cli)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"Eerst Begrip {__version__}")
        raise typer.Exit


def _language(value: str | None) -> str | None:
    if value is not None:
        if value not in ("nl", "en", "auto"):
            raise UserError("cli.bad_choice", value=value, choices="nl, en, auto")
        choose_language(value)
    return value


@cli.callback()
def options(
    language: Annotated[
        str | None, typer.Option(help=say("cli.opt_language"), callback=_language)
    ] = None,
    version: Annotated[
        bool,
        typer.Option("--version", help=say("cli.opt_version"), callback=_version, is_eager=True),
    ] = False,
) -> None:
    """Options before the command."""


def main() -> NoReturn:
    """Run a command. Exit code 0: done, 2: something the user can mend, 1: the product's fault."""
    sys.exit(_guarded(lambda: cli(standalone_mode=True)))


def _guarded(run: Callable[[], Any]) -> int:
    try:
        run()
    except CoachError as why:
        typer.secho(str(why), fg="red", err=True)
        return why.exit_code
    except KeyboardInterrupt:
        typer.echo(say("cli.stopped"), err=True)
        return 130
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else PRODUCT
    except BrokenPipeError:
        return 0
    except Exception as bug:
        if os.environ.get("COACH_DEBUG"):
            raise
        from coach.logs import note_fault

        diary = note_fault(bug) or say("cli.no_diary")
        typer.secho(say("cli.unexpected", why=type(bug).__name__, diary=diary), fg="red", err=True)
        return PRODUCT
    return 0
