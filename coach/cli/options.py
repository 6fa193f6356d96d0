"""What several commands have in common: their options, and the settings that follow from them."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from coach.errors import UserError
from coach.phrases import choose_language, say

Json = Annotated[bool, typer.Option("--json", help=say("cli.opt_json"))]
Model = Annotated[str | None, typer.Option(help=say("cli.opt_model"))]
Threads = Annotated[int | None, typer.Option(min=0, help=say("cli.opt_threads"))]
MaxCpu = Annotated[str | None, typer.Option("--max-cpu", help=say("tune.opt_max_cpu"))]
Understand = Annotated[
    str | None, typer.Option("--understanding", help=say("cli.opt_understanding"))
]
Microphone = Annotated[str | None, typer.Option(help=say("listen.opt_microphone"))]
Customer = Annotated[str | None, typer.Option(help=say("listen.opt_customer"))]
Channel = Annotated[str | None, typer.Option(help=say("listen.opt_channel"))]
Out = Annotated[Path, typer.Option(help=say("cli.opt_out"))]
Realtime = Annotated[
    bool,
    typer.Option("--realtime/--fast", help=f"{say('cli.opt_realtime')} / {say('cli.opt_fast')}"),
]


def settings_from(**options: Any) -> Any:
    """The settings in force, with what was asked for on the command line."""
    from coach.settings import load_settings

    settings = load_settings(**options)
    if settings.language != "auto" and not os.environ.get("COACH_LANGUAGE"):
        choose_language(settings.language)
    return settings


def one_of(value: str | None, *choices: str) -> None:
    """Refuse a value that is not among the choices. Raises `UserError`."""
    if value is not None and value not in choices:
        raise UserError("cli.bad_choice", value=value, choices=", ".join(choices))
