"""The live coach: listen, call, and what works on this machine."""

from pathlib import Path
from typing import Annotated

import typer

from coach.cli.options import (
    Channel,
    Customer,
    Json,
    MaxCpu,
    Microphone,
    Model,
    Threads,
    Understand,
    settings_from,
)
from coach.phrases import say

cli = typer.Typer()
call_cli = typer.Typer(help=say("listen.help_call"), no_args_is_help=True, rich_markup_mode=None)
cli.add_typer(call_cli, name="call")


@cli.command(help=say("cli.help_doctor"))
def doctor(
    *,
    audio: Annotated[bool, typer.Option("--audio", help=say("listen.opt_audio"))] = False,
    tune: Annotated[bool, typer.Option("--tune", help=say("tune.opt_tune"))] = False,
    microphone: Microphone = None,
    customer: Customer = None,
    as_json: Json = False,
) -> None:
    """Say what works here."""
    if audio:
        from coach import soundcheck

        chosen = settings_from(microphone=microphone, customer=customer)
        raise typer.Exit(soundcheck.run(chosen, seconds=soundcheck.CHECK_S, as_json=as_json))
    from coach import doctor as checks

    if tune:
        raise typer.Exit(checks.tune(as_json=as_json))
    raise typer.Exit(checks.run(settings_from(), as_json=as_json))


@cli.command(help=say("listen.help"))
def listen(
    *,
    microphone: Microphone = None,
    customer: Customer = None,
    channel: Channel = None,
    manual: Annotated[bool, typer.Option("--manual", help=say("listen.opt_manual"))] = False,
    out: Annotated[Path | None, typer.Option(help=say("listen.opt_out"))] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help=say("listen.opt_port"))] = 0,
    text: Annotated[bool, typer.Option("--text", help=say("cli.opt_text"))] = False,
    no_check: Annotated[bool, typer.Option("--no-check", help=say("listen.opt_no_check"))] = False,
    model: Model = None,
    threads: Threads = None,
    max_cpu: MaxCpu = None,
    understanding: Understand = None,
) -> None:
    """Listen along live."""
    from coach import listen as live

    settings = settings_from(
        microphone=microphone,
        customer=customer,
        channel=channel,
        model=model,
        threads=threads,
        max_cpu=max_cpu,
        understanding=understanding,
    )
    raise typer.Exit(
        live.listen(
            settings, by_voice=not manual, out=out, port=port, text=text, check=not no_check
        )
    )


@call_cli.command("start", help=say("listen.help_start"))
def call_start(
    agent: Annotated[str | None, typer.Option(help=say("listen.opt_agent"))] = None,
    reference: Annotated[str | None, typer.Option(help=say("listen.opt_reference"))] = None,
    channel: Channel = None,
    as_json: Json = False,
) -> None:
    """Begin a call."""
    from coach import listen as live

    passed = {"agent": agent, "reference": reference, "channel": channel}
    raise typer.Exit(live.call("start", passed, as_json=as_json))


@call_cli.command("stop", help=say("listen.help_stop"))
def call_stop(as_json: Json = False) -> None:
    """End the call."""
    from coach import listen as live

    raise typer.Exit(live.call("stop", as_json=as_json))


@call_cli.command("hold", help=say("listen.help_hold"))
def call_hold(as_json: Json = False) -> None:
    """Capture nothing."""
    from coach import listen as live

    raise typer.Exit(live.call("hold", as_json=as_json))


@call_cli.command("resume", help=say("listen.help_resume"))
def call_resume(as_json: Json = False) -> None:
    """Capture again."""
    from coach import listen as live

    raise typer.Exit(live.call("resume", as_json=as_json))


@call_cli.command("pause", help=say("listen.help_pause"))
def call_pause(as_json: Json = False) -> None:
    """Leave the agent alone for a while."""
    from coach import listen as live

    raise typer.Exit(live.call("pause", as_json=as_json))


@call_cli.command("object", help=say("listen.help_object"))
def call_object(as_json: Json = False) -> None:
    """Stop the analysis of this call and remove what was gathered."""
    from coach import listen as live

    raise typer.Exit(live.call("object", as_json=as_json))


@call_cli.command("state", help=say("listen.help_state"))
def call_state(as_json: Json = False) -> None:
    """Ask for the state."""
    from coach import listen as live

    raise typer.Exit(live.call(None, as_json=as_json))
