"""What the commands about recorded and written calls do."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.prompt import Confirm
from rich.text import Text

from audio.callfile import CallFile, Channel, find_files, inspect
from audio.container import printable
from coach import app
from coach.commands.profile import show_stages
from coach.commands.telling import (
    bar,
    err_console,
    out_console,
    print_json,
    print_words,
    tell,
    warn,
)
from coach.core.events import LogEvent, NudgeShown, RiskChanged, RunFinished
from coach.core.replay import compare
from coach.core.vocabulary import RiskLevel
from coach.errors import CoachError, UserError
from coach.phrases import say
from coach.runtime.script import load_scripts
from coach.settings import Settings
from coach.store.calllog import SUFFIX, logs_in, read_log
from coach.store.codec import BrokenLine, to_json
from coach.taking import taking

_LONGEST_NAME = 255
"""Bytes in a file name, on nearly every file system."""


# ---- analyse -------------------------------------------------------------------------------------


@dataclass
class _Tally:
    """What a call came to, for one line of output; a sink of the sequencer."""

    nudges: int = 0
    highest: RiskLevel = RiskLevel.NONE
    finished: RunFinished | None = None

    def __call__(self, event: LogEvent) -> None:
        match event:
            case NudgeShown():
                self.nudges += 1
            case RiskChanged():
                self.highest = max(self.highest, event.level, key=lambda level: level.rank)
            case RunFinished():
                self.finished = event
            case _:
                pass


@dataclass
class _Outcome:
    """What happened to the files of a run; the exit code follows from the worst."""

    as_json: bool
    code: int = 0
    names: set[str] = field(default_factory=set)

    def failed(self, path: Path, why: CoachError) -> None:
        self.code = max(self.code, why.exit_code)
        if self.as_json:
            print_json({"file": printable(path), "error": why.key, "message": str(why)})
        else:
            print_words(err_console, str(why), "red")

    def written(self, path: Path, tally: _Tally) -> None:
        done = tally.finished
        seconds, wall = (done.audio / 16_000, done.wall_s) if done else (0.0, 0.0)
        if self.as_json:
            risk: dict[str, Any] = {"nudges": tally.nudges, "risk": tally.highest.value}
            print_json({"log": str(path), "audio_s": seconds, "wall_s": wall, **risk})
            return
        level = say(f"screen.risk_{tally.highest}")
        line = say(
            "cli.written",
            path=path,
            seconds=seconds,
            wall=wall,
            nudges=tally.nudges,
            risk=level,
        )
        print_words(out_console, line)

    def kept(self, words: str) -> None:
        """Say what went into the record, if anything."""
        if words and not self.as_json:
            print_words(out_console, words)


def analyse(
    settings: Settings,
    files: list[Path],
    out: Path,
    *,
    realtime: bool,
    agent_channel: str | None,
    as_json: bool,
    profile: bool = False,
    keep: bool = False,
) -> int:
    """Analyse files and folders one by one; a bad one is told and the others go on.

    `keep`: take them into the record of this machine too.
    """
    _check_output(out)
    outcome = _Outcome(as_json)
    models: app.Models | None = None
    with taking(settings, wanted=keep, told=warn) as taken:
        for path in _found(files, outcome):
            try:
                _check_name(path, outcome.names)
                call = _inspected(path)
                models = models or _load(settings)
                agent = _agent_side(call, models, agent_channel)
                tally = _Tally()
                with bar(f"{say('cli.hearing')} {path.name}") as heard:
                    log = app.analyse(
                        call,
                        out,
                        models,
                        agent=agent,
                        channel=settings.channel,
                        realtime=realtime,
                        sinks=[tally],
                        heard=heard,
                        tap=taken.tap(path.stem),
                    )
                outcome.names.add(path.stem)
                outcome.written(log, tally)
                outcome.kept(taken.take(log))
            except CoachError as why:
                taken.drop()
                outcome.failed(path, why)
                continue
            if profile and tally.finished is not None:
                show_stages(tally.finished, as_json=as_json)
    return outcome.code


def _check_output(out: Path) -> None:
    """Refuse a folder that cannot take logs before a minute is spent on a call; makes nothing."""
    try:
        there = next(folder for folder in (out, *out.absolute().parents) if folder.exists())
        if not there.is_dir():
            raise UserError("audio.out_is_file", path=there)
        as_who = {"effective_ids": os.access in os.supports_effective_ids}
        writable = os.access(there, os.W_OK | os.X_OK, **as_who)
    except OSError as why:
        raise UserError("audio.out_not_writable", path=out) from why
    if not writable:
        raise UserError("audio.out_not_writable", path=there)


def _check_name(path: Path, taken: set[str]) -> None:
    """A log is named after its call: the name must be free, and short enough."""
    if path.stem in taken:
        raise UserError("cli.same_name", path=path, name=path.stem)
    if len(os.fsencode(path.stem + SUFFIX)) > _LONGEST_NAME:
        raise UserError("audio.name_too_long", path=path)


def _found(files: list[Path], outcome: _Outcome) -> Iterator[Path]:
    for file in files:
        try:
            yield from find_files(file)
        except CoachError as why:
            outcome.failed(file, why)


def _inspected(path: Path) -> CallFile:
    with bar(f"{say('cli.checking')} {path.name}") as checked:
        call = inspect(path, checked)
    if call.silent is not None:
        side = say(f"audio.{call.silent}")
        warn(say("audio.one_silent", path=path, channel=side))
    return call


def _load(settings: Settings) -> app.Models:
    with err_console.status(say("cli.loading_model")):
        return app.Models(
            recogniser=app.load_recogniser(settings),
            understanding=app.load_understanding(settings),
        )


def _agent_side(call: CallFile, models: app.Models, asked: str | None) -> Channel:
    """The agent's channel: as asked (with a warning if the words speak against it), else found."""
    clue = app.find_agent(call, models.recogniser)
    if asked is not None:
        channel: Channel = "left" if asked == "left" else "right"
        if clue is not None and clue.channel != channel:
            words = clue.words
            warn(say("cli.swapped_warning", path=call.path, words=words, channel=channel))
        return channel
    if clue is None or clue.channel == "left":
        return "left"
    if sys.stdin.isatty() and err_console.is_terminal:
        with suppress(EOFError):  # nobody there to answer
            question = say("cli.swapped_question", path=call.path, words=clue.words)
            return "right" if _agreed(question) else "left"
    raise UserError("cli.swapped", path=call.path, words=clue.words)


def _agreed(question: str) -> bool:
    """Ask a yes-or-no question in the user's language; yes is the default."""
    choices = [say("audio.yes"), say("audio.no")]
    prompt = Confirm(Text(question), console=err_console, choices=choices)
    prompt.validate_error_message = say("audio.yes_or_no")
    return prompt(default=True)


# ---- demo, script, replay ------------------------------------------------------------------------


def demo(
    settings: Settings, *, realtime: bool | None, text: bool, close: bool | None = None
) -> int:
    """Play the demo call: in a window where there is a display, else in the terminal.

    `close`: whether the window closes by itself a few seconds after the end. `None`: only where
    no person is at the terminal to close it.
    """
    from ui.display import can_show

    call = inspect(app.demo_call())
    if not text and can_show():
        from coach import live

        at_end = not out_console.is_terminal if close is None else close
        return live.show_demo(settings, call, realtime=realtime is not False, close=at_end)
    from coach.terminal import TerminalView

    models = _load(settings)
    at_clock = out_console.is_terminal if realtime is None else realtime
    view = TerminalView(out_console)
    app.analyse(call, app.scratch_folder(), models, realtime=at_clock, sinks=[view.show])
    return 0


def script(settings: Settings, calls: Path, turns: Path, out: Path, *, as_json: bool) -> int:
    """Run written calls through the core."""
    outcome = _Outcome(as_json)
    understanding = app.load_understanding(settings)
    for call in load_scripts(calls, turns):
        tally = _Tally()
        outcome.written(app.run_script(call, out, understanding, [tally]), tally)
    return outcome.code


def replay(logs: list[Path], *, as_json: bool) -> int:
    """Take the decisions of each log again; exit code 1 at a difference."""
    outcome = _Outcome(as_json)
    for path in _logs(logs):
        try:
            log = list(read_log(path))
            difference = compare(log)
        except (OSError, UnicodeDecodeError):
            outcome.failed(path, UserError("cli.cannot_read", path=path))
            continue
        except (BrokenLine, ValueError) as why:
            outcome.failed(path, UserError("cli.no_log", path=path, why=why))
            continue
        if not log:
            outcome.failed(path, UserError("cli.no_log", path=path, why=say("cli.empty")))
            continue
        if difference is None:
            tell(as_json, {"log": str(path), "identical": True}, say("cli.identical", path=path))
            continue
        outcome.code = max(outcome.code, 1)
        both = (difference.recorded, difference.replayed)
        before, after = (None if one is None else to_json(one) for one in both)
        words = say(
            "cli.differs", path=path, position=difference.position, recorded=before, replayed=after
        )
        found = {"log": str(path), "identical": False, "recorded": before, "replayed": after}
        tell(as_json, found, words)
    return outcome.code


def _logs(given: Iterable[Path]) -> Iterator[Path]:
    for path in given:
        if path.is_dir():
            yield from logs_in(path, deep=False)
        else:
            yield path
