"""The command line: `coach`. Heavy parts are imported by the command that needs them."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from coach import __version__
from coach.errors import CoachError, UserError
from coach.phrases import choose_language, say

USER, PRODUCT = 2, 1
CHECK_S = 10.0
"""How long a sound check listens."""

cli = typer.Typer(
    help=say("cli.about"),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
models_cli = typer.Typer(help=say("cli.help_models"), no_args_is_help=True, rich_markup_mode=None)
cli.add_typer(models_cli, name="models")
call_cli = typer.Typer(help=say("listen.help_call"), no_args_is_help=True, rich_markup_mode=None)
cli.add_typer(call_cli, name="call")

Json = Annotated[bool, typer.Option("--json", help=say("cli.opt_json"))]
Model = Annotated[str | None, typer.Option(help=say("cli.opt_model"))]
Threads = Annotated[int | None, typer.Option(min=0, help=say("cli.opt_threads"))]
Understand = Annotated[
    str | None, typer.Option("--understanding", help=say("cli.opt_understanding"))
]
Microphone = Annotated[str | None, typer.Option(help=say("listen.opt_microphone"))]
Customer = Annotated[str | None, typer.Option(help=say("listen.opt_customer"))]
Out = Annotated[Path, typer.Option(help=say("cli.opt_out"))]
Realtime = Annotated[
    bool,
    typer.Option("--realtime/--fast", help=f"{say('cli.opt_realtime')} / {say('cli.opt_fast')}"),
]


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


@cli.command(help=say("cli.help_demo"))
def demo(
    *,
    realtime: Annotated[
        bool | None,
        typer.Option(
            "--realtime/--fast", help=f"{say('cli.opt_realtime')} / {say('cli.opt_fast')}"
        ),
    ] = None,
    text: Annotated[bool, typer.Option("--text", help=say("cli.opt_text"))] = False,
    close: Annotated[bool | None, typer.Option("--close/--stay", help=say("cli.opt_close"))] = None,
    model: Model = None,
    threads: Threads = None,
    understanding: Understand = None,
) -> None:
    """Play the bundled demo call."""
    from coach import commands

    settings = _settings(model=model, threads=threads, understanding=understanding)
    raise typer.Exit(commands.demo(settings, realtime=realtime, text=text, close=close))


@cli.command(help=say("cli.help_analyse"))
def analyse(
    files: Annotated[list[Path], typer.Argument(help=say("cli.arg_files"))],
    *,
    out: Out = Path("events"),
    realtime: Realtime = False,
    agent_channel: Annotated[str | None, typer.Option(help=say("cli.opt_agent_channel"))] = None,
    model: Model = None,
    threads: Threads = None,
    understanding: Understand = None,
    as_json: Json = False,
) -> None:
    """Analyse recorded calls."""
    from coach import commands

    settings = _settings(model=model, threads=threads, understanding=understanding)
    _one_of(agent_channel, "left", "right")
    code = commands.analyse(
        settings, files, out, realtime=realtime, agent_channel=agent_channel, as_json=as_json
    )
    raise typer.Exit(code)


@cli.command(help=say("cli.help_script"))
def script(
    calls: Annotated[Path, typer.Argument(help=say("cli.arg_calls"))],
    turns: Annotated[Path, typer.Option(help=say("cli.opt_turns"))],
    out: Out = Path("events"),
    understanding: Understand = None,
    as_json: Json = False,
) -> None:
    """Run written calls."""
    from coach import commands

    settings = _settings(understanding=understanding)
    raise typer.Exit(commands.script(settings, calls, turns, out, as_json=as_json))


@cli.command(help=say("cli.help_replay"))
def replay(
    logs: Annotated[list[Path], typer.Argument(help=say("cli.arg_log"))],
    as_json: Json = False,
) -> None:
    """Take the decisions of logs again."""
    from coach import commands

    raise typer.Exit(commands.replay(logs, as_json=as_json))


@cli.command(help=say("cli.help_doctor"))
def doctor(
    *,
    audio: Annotated[bool, typer.Option("--audio", help=say("listen.opt_audio"))] = False,
    microphone: Microphone = None,
    customer: Customer = None,
    as_json: Json = False,
) -> None:
    """Say what works here."""
    if audio:
        from coach import soundcheck

        chosen = _settings(microphone=microphone, customer=customer)
        raise typer.Exit(soundcheck.run(chosen, seconds=CHECK_S, as_json=as_json))
    from coach import doctor as checks

    raise typer.Exit(checks.run(_settings(), as_json=as_json))


@cli.command(help=say("listen.help"))
def listen(
    *,
    microphone: Microphone = None,
    customer: Customer = None,
    manual: Annotated[bool, typer.Option("--manual", help=say("listen.opt_manual"))] = False,
    out: Annotated[Path | None, typer.Option(help=say("listen.opt_out"))] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help=say("listen.opt_port"))] = 0,
    model: Model = None,
    threads: Threads = None,
    understanding: Understand = None,
) -> None:
    """Listen along live."""
    from coach import listen as live

    settings = _settings(
        microphone=microphone,
        customer=customer,
        model=model,
        threads=threads,
        understanding=understanding,
    )
    raise typer.Exit(live.listen(settings, by_voice=not manual, out=out, port=port))


@call_cli.command("start", help=say("listen.help_start"))
def call_start(
    agent: Annotated[str | None, typer.Option(help=say("listen.opt_agent"))] = None,
    reference: Annotated[str | None, typer.Option(help=say("listen.opt_reference"))] = None,
    as_json: Json = False,
) -> None:
    """Begin a call."""
    from coach import listen as live

    raise typer.Exit(live.call("start", agent=agent, reference=reference, as_json=as_json))


@call_cli.command("stop", help=say("listen.help_stop"))
def call_stop(as_json: Json = False) -> None:
    """End the call."""
    from coach import listen as live

    raise typer.Exit(live.call("stop", agent=None, reference=None, as_json=as_json))


@call_cli.command("hold", help=say("listen.help_hold"))
def call_hold(as_json: Json = False) -> None:
    """Capture nothing."""
    from coach import listen as live

    raise typer.Exit(live.call("hold", agent=None, reference=None, as_json=as_json))


@call_cli.command("resume", help=say("listen.help_resume"))
def call_resume(as_json: Json = False) -> None:
    """Capture again."""
    from coach import listen as live

    raise typer.Exit(live.call("resume", agent=None, reference=None, as_json=as_json))


@call_cli.command("state", help=say("listen.help_state"))
def call_state(as_json: Json = False) -> None:
    """Ask for the state."""
    from coach import listen as live

    raise typer.Exit(live.call(None, agent=None, reference=None, as_json=as_json))


@models_cli.command("list", help=say("cli.help_models_list"))
def models_list(as_json: Json = False) -> None:
    """List the catalogue."""
    from coach import commands

    raise typer.Exit(commands.models_list(as_json=as_json))


@models_cli.command("fetch", help=say("cli.help_models_fetch"))
def models_fetch(
    name: Annotated[str, typer.Argument(help=say("cli.arg_model"))] = "base",
) -> None:
    """Fetch a model."""
    from coach import commands

    raise typer.Exit(commands.models_fetch(name))


@models_cli.command("verify", help=say("cli.help_models_verify"))
def models_verify(
    name: Annotated[str | None, typer.Argument(help=say("cli.arg_model"))] = None,
    as_json: Json = False,
) -> None:
    """Verify models."""
    from coach import commands

    raise typer.Exit(commands.models_verify(name, as_json=as_json))


def _settings(**options: Any) -> Any:
    from coach.settings import load_settings

    settings = load_settings(**options)
    if settings.language != "auto" and not os.environ.get("COACH_LANGUAGE"):
        choose_language(settings.language)
    return settings


def _one_of(value: str | None, *choices: str) -> None:
    if value is not None and value not in choices:
        raise UserError("cli.bad_choice", value=value, choices=", ".join(choices))


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
