"""Calls that were recorded or written: demo, analyse, script, replay."""

from pathlib import Path
from typing import Annotated

import typer

from coach.cli.options import (
    Channel,
    Json,
    MaxCpu,
    Model,
    Out,
    Realtime,
    Threads,
    Understand,
    one_of,
    settings_from,
)
from coach.phrases import say

cli = typer.Typer()


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
    max_cpu: MaxCpu = None,
    understanding: Understand = None,
) -> None:
    """Play the bundled demo call."""
    from coach.commands import calls as commands

    settings = settings_from(
        model=model, threads=threads, max_cpu=max_cpu, understanding=understanding
    )
    raise typer.Exit(commands.demo(settings, realtime=realtime, text=text, close=close))


@cli.command(help=say("cli.help_analyse"))
def analyse(
    files: Annotated[list[Path], typer.Argument(help=say("cli.arg_files"))],
    *,
    out: Out = Path("events"),
    realtime: Realtime = False,
    agent_channel: Annotated[str | None, typer.Option(help=say("cli.opt_agent_channel"))] = None,
    channel: Channel = None,
    model: Model = None,
    threads: Threads = None,
    max_cpu: MaxCpu = None,
    understanding: Understand = None,
    profile: Annotated[bool, typer.Option("--profile", help=say("tune.opt_profile"))] = False,
    keep: Annotated[bool, typer.Option("--keep", help=say("sound.opt_keep"))] = False,
    as_json: Json = False,
) -> None:
    """Analyse recorded calls."""
    from coach.commands import calls as commands

    settings = settings_from(
        channel=channel,
        model=model,
        threads=threads,
        max_cpu=max_cpu,
        understanding=understanding,
    )
    one_of(agent_channel, "left", "right")
    code = commands.analyse(
        settings,
        files,
        out,
        realtime=realtime,
        agent_channel=agent_channel,
        profile=profile,
        keep=keep,
        as_json=as_json,
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
    from coach.commands import calls as commands

    settings = settings_from(understanding=understanding)
    raise typer.Exit(commands.script(settings, calls, turns, out, as_json=as_json))


@cli.command(help=say("cli.help_replay"))
def replay(
    logs: Annotated[list[Path], typer.Argument(help=say("cli.arg_log"))],
    as_json: Json = False,
) -> None:
    """Take the decisions of logs again."""
    from coach.commands import calls as commands

    raise typer.Exit(commands.replay(logs, as_json=as_json))
