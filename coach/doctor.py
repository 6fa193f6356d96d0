"""`coach doctor`: what works on this machine, what does not, and why."""

import json
import os
import platform
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from coach import paths
from coach.errors import CoachError
from coach.phrases import say
from coach.settings import Settings

if TYPE_CHECKING:
    from models.tuning import Tuning

_ROOM = 200_000_000
"""Bytes that should be free: a shift of calls, and what the database does beside them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing that was looked at. `needed`: the coach does not work without it."""

    name: str
    works: bool
    detail: str
    needed: bool = True


def run(settings: Settings, *, as_json: bool) -> int:
    """Look at everything; exit code 2 when something that is needed does not work."""
    findings = [check(settings) for check in _CHECKS]
    if as_json:
        for finding in findings:
            what = {"name": finding.name, "works": finding.works, "detail": finding.detail}
            print(json.dumps(what, ensure_ascii=False))  # noqa: T201 - for programs
    else:
        _print(findings)
    return 2 if any(finding.needed and not finding.works for finding in findings) else 0


def _print(findings: list[Finding]) -> None:
    table = Table(box=None, pad_edge=False, show_header=False)
    for finding in findings:
        mark = "[green]✓[/]" if finding.works else ("[red]✗[/]" if finding.needed else "[dim]–[/]")
        table.add_row(mark, say(f"cli.doctor_{finding.name}"), finding.detail)
    Console().print(table)


def _python(_: Settings) -> Finding:
    return Finding(name="python", works=True, detail=f"{platform.python_version()}")


def _memory(_: Settings) -> Finding:
    from models.hardware import cpus

    size = ""
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        size = f", {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"
    return Finding(name="memory", works=True, detail=f"{cpus()} × {platform.machine()}{size}")


def _gpu(_: Settings) -> Finding:
    from models.hardware import gpus

    found = gpus()
    detail = f"CUDA × {found}" if found else say("cli.doctor_no_gpu")
    return Finding(name="gpu", works=bool(found), detail=detail, needed=False)


def _model(settings: Settings) -> Finding:
    from coach.app import choice_for
    from models.catalogue import ModelStore
    from models.hardware import smaller

    store = ModelStore(paths.models_folder())
    try:
        choice = choice_for(settings)
        folder = store.locate(choice.model)
    except CoachError as why:
        return Finding(name="model", works=False, detail=str(why))
    how = f"{choice.model.name}, {choice.compute_type} {choice.device}, {choice.threads} threads"
    less = smaller(choice.model, store)
    behind = say("pace.no_smaller") if less is None else say("pace.smaller", name=less.name)
    return Finding(name="model", works=True, detail=f"{how} ({folder}); {behind}")


def _speed(_: Settings) -> Finding:
    from models.hardware import cpus
    from models.tuning import read

    found = read(paths.tuning_file(), cpus())
    detail = say("tune.not_measured") if found is None else measured(found)
    return Finding(name="speed", works=found is not None, detail=detail, needed=False)


def measured(found: "Tuning") -> str:
    """What was measured, in words."""
    speeds = (
        say("tune.speed", name=name, seconds=seconds) for name, seconds in found.seconds.items()
    )
    return say(
        "tune.measured",
        threads=found.threads,
        models=", ".join(speeds),
        path=paths.tuning_file(),
    )


def tune(*, as_json: bool) -> int:
    """Measure this machine and tell what was found; 0. Raises `CoachError`."""
    from dataclasses import asdict

    from coach import tune as tuning

    console = Console(stderr=True)
    with console.status(say("tune.measuring")):
        found = tuning.tune()
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False))  # noqa: T201 - for programs
    else:
        Console().print(measured(found), soft_wrap=True, markup=False)
    return 0


def _vad(_: Settings) -> Finding:
    import numpy as np

    from coach.runtime.ports import FRAME
    from models.vad import SileroDetector

    silence = SileroDetector().probability(np.zeros(FRAME, np.float32))
    return Finding(name="vad", works=silence < 0.5, detail="Silero VAD v6")  # noqa: PLR2004


def _understanding(settings: Settings) -> Finding:
    from coach.app import load_understanding

    try:
        return Finding(name="understanding", works=True, detail=load_understanding(settings).name)
    except CoachError as why:
        return Finding(name="understanding", works=False, detail=str(why))


def _audio(_: Settings) -> Finding:
    from audio.devices import count

    found = count()
    if found is None or not found.inputs:
        return Finding(name="audio", works=False, detail=say("cli.doctor_no_audio"), needed=False)
    words = say("cli.doctor_devices", inputs=found.inputs, outputs=found.outputs)
    return Finding(name="audio", works=True, detail=words, needed=False)


def _display(_: Settings) -> Finding:
    from ui.display import can_show

    works = can_show()
    detail = say("cli.works") if works else say("cli.doctor_no_display")
    return Finding(name="display", works=works, detail=detail, needed=False)


def _demo(_: Settings) -> Finding:
    from audio.callfile import inspect
    from coach.app import demo_call

    try:
        call = inspect(demo_call())
    except CoachError as why:
        return Finding(name="demo", works=False, detail=str(why))
    return Finding(name="demo", works=True, detail=f"{call.duration_s:.0f} s, {call.codec}")


def _record(settings: Settings) -> Finding:
    """What is stored and what waits; no record is begun or changed, and nothing is taken in."""
    from coach.store.looking import look
    from coach.store.schema import RELEASED

    try:
        found = look(paths.record_folder(), file_keys=settings.key_store == "file")
    except CoachError as why:
        return Finding(name="record", works=False, detail=str(why), needed=False)
    if found.calls is None:
        stands = say("record.doctor_none")
    else:
        stands = say("record.doctor", folder=paths.record_folder(), calls=found.calls)
        if found.older is not None:
            stands += say("record.doctor_older", found=found.older, known=RELEASED[-1])
    words = " ".join(found.wrong) or stands
    return Finding(name="record", works=not found.wrong, detail=words, needed=False)


def _disk(_: Settings) -> Finding:
    """Whether there is room for the logs of some calls; nothing is written."""
    folder = paths.logs_folder()
    there = next(one for one in (folder, *folder.parents) if one.is_dir())
    try:
        free = shutil.disk_usage(there).free
    except OSError as why:
        detail = say("log.no_folder", folder=there, why=why.strerror or why)
        return Finding(name="disk", works=False, detail=detail, needed=False)
    key = "log.room" if free >= _ROOM else "log.no_room"
    detail = say(key, free=free / 1e9, folder=there)
    return Finding(name="disk", works=free >= _ROOM, detail=detail, needed=False)


_CHECKS: tuple[Callable[[Settings], Finding], ...] = (
    _python,
    _memory,
    _gpu,
    _model,
    _speed,
    _vad,
    _understanding,
    _demo,
    _audio,
    _display,
    _disk,
    _record,
)
