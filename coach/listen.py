"""`coach listen` and `coach call`: what the commands do, and how they tell it."""

import http.client
import json
import signal
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import FrameType

from rich.console import Console
from rich.text import Text

from audio import devices
from audio.align import Gap
from audio.live import LineState
from coach import app, paths, tune
from coach.coaching import Coaching, Plan, coached
from coach.control import Command
from coach.control_file import LOOPBACK, check_free, read_address
from coach.core.units import to_seconds
from coach.core.vocabulary import Speaker
from coach.errors import UserError
from coach.own_record import own_record
from coach.phrases import say
from coach.phrases.forms import percent
from coach.runtime.priority import give_way
from coach.runtime.sequencer import Sink
from coach.settings import Settings
from coach.shift import Shift, Told
from coach.soundcheck import CHECK_S, CheckIs, marked
from coach.terminal import TerminalView

_PATIENCE_S = 5.0
_NOTHING: Mapping[str, str | None] = {}

out_console = Console()
err_console = Console(stderr=True)


def listen(
    settings: Settings,
    *,
    by_voice: bool,
    out: Path | None,
    port: int,
    text: bool = True,
    check: bool = True,
) -> int:
    """Coach live calls until Ctrl-C, or until the window is closed; the exit code.

    In a window where there is a display, with `text` in the terminal. Raises `CoachError` for what
    must be mended.
    """
    from ui.display import can_show

    check_free(paths.control_file())
    give_way()
    both = devices.choose(settings.microphone, settings.customer)
    with closing(both):
        plan = Plan(
            settings=settings, both=both, by_voice=by_voice, out=out, port=port, check=check
        )
        if not text and can_show():
            return _in_a_window(plan)
        return _in_the_terminal(plan)


def _in_a_window(plan: Plan) -> int:
    from coach import live

    coaching = Coaching(plan=plan)
    record = own_record(plan.settings)
    try:
        if live.show(coaching, controls=coaching, agenda=record):
            raise KeyboardInterrupt
    finally:
        if record is not None:
            record.close()
    coaching.finish()
    return 0


def _measure() -> None:
    """At the first start, where somebody is there to see why it takes a moment, or to skip it."""
    if not err_console.is_terminal:
        return

    def step(done: float) -> None:
        status.update(f"{say('tune.first_time', done=percent(done))} {say('tune.ctrl_c')}")

    with err_console.status(say("tune.measuring")) as status, suppress(KeyboardInterrupt):
        tune.at_first_start(step)


def _in_the_terminal(plan: Plan) -> int:
    _measure()
    with err_console.status(say("cli.loading_model")):
        models = app.Models(
            recogniser=app.load_recogniser(plan.settings),
            understanding=app.load_understanding(plan.settings),
        )
    notice = _Notices()
    told = Told(
        begins=notice.begins,
        ended=notice.ended,
        removed=notice.removed,
        missing=notice.missing,
        sides=notice.sides,
        record=notice.record,
        check=notice.check,
        sound=notice.sound,
    )
    with coached(plan, models, told, sinks=_printed) as shift, _stopped_by_signals(shift):
        _tell(say("listen.ready" if plan.by_voice else "listen.ready_manual"))
        shift.run()
    _tell(say("listen.goodbye"))
    return 0


def call(
    command: Command | None, passed: Mapping[str, str | None] = _NOTHING, *, as_json: bool
) -> int:
    """Tell the coach that listens what the call does; `None` asks only for the state."""
    address = read_address(paths.control_file())
    body = json.dumps({name: value for name, value in passed.items() if value is not None})
    connection = http.client.HTTPConnection(LOOPBACK, address.port, timeout=_PATIENCE_S)
    with closing(connection):
        try:
            connection.request(
                "GET" if command is None else "POST",
                "/call" if command is None else f"/call/{command}",
                None if command is None else body,
                {"Authorization": f"Bearer {address.token}"},
            )
            response = connection.getresponse()
            answer = json.loads(response.read())
        except ConnectionRefusedError as why:
            raise UserError("listen.not_running") from why
        except (OSError, http.client.HTTPException, ValueError) as why:
            raise UserError("listen.no_answer") from why
    if "state" not in answer:
        raise UserError("listen.refused", why=answer.get("error", response.status))
    if as_json:
        out_console.file.write(json.dumps(answer) + "\n")
    else:
        _tell(say(f"listen.state_{answer['state']}"))
    return 0


def _printed() -> list[Sink]:
    """What prints the events of one call."""
    return [TerminalView(out_console).show]


class _Notices:
    """What is said around the calls: devices, beginnings and ends, what was not heard."""

    def __init__(self) -> None:
        self._states: list[LineState] = []
        self._shown: str | None = None

    def begins(self, call_id: str) -> None:
        _tell(say("listen.call_begins", call=call_id), "bold")

    def ended(self, path: Path) -> None:
        for state in self._states:
            if state.overruns:
                side = say(f"screen.{state.speaker}")
                _tell(say("listen.overruns", side=side, count=state.overruns), "yellow")
        _tell(say("listen.call_ended", path=path), "dim")

    def record(self, trouble: str | None) -> None:
        _tell(trouble or say("record.kept_again"), "yellow" if trouble else "dim")

    def removed(self) -> None:
        _tell(say("listen.removed"), "bold")

    def missing(self, speaker: Speaker, gap: Gap) -> None:
        seconds = to_seconds(gap.end) - to_seconds(gap.start)
        why = say(f"listen.why_{gap.reason}")
        if gap.reason != "starting":
            side = say(f"screen.{speaker}")
            _tell(say("listen.gap", side=side, seconds=seconds, why=why), "yellow")

    def sound(self, why: str | None) -> None:
        if why is None:
            _tell(say("sound.kept"), "dim")
        else:
            _tell(say("sound.not_kept", why=why), "yellow")

    def check(self, check: CheckIs) -> None:
        for verdict in check.verdicts:
            _tell(*marked(verdict))
        if check.listening:
            _tell(say("listen.check_begins", seconds=CHECK_S), "bold")
        elif not check.verdicts:
            _tell(say("listen.check_broken_off"), "dim")

    def sides(self, states: list[LineState]) -> None:
        """Say what is recorded, once the devices had time to start."""
        self._states = states
        if any(state.device is None and state.missing == "starting" for state in states):
            return
        names = {
            str(state.speaker): state.device
            or say("listen.no_device", why=say(f"listen.why_{state.missing}"))
            for state in states
        }
        words = say("listen.devices", **names)
        if words != self._shown:
            self._shown = words
            _tell(words, "dim")


@contextmanager
def _stopped_by_signals(shift: Shift) -> Iterator[None]:
    """Ctrl-C, or a request to end, lets the last word be heard; a second Ctrl-C does not wait."""

    def stop(_: int, __: FrameType | None) -> None:
        shift.stop()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tell(words: str, style: str = "") -> None:
    out_console.print(Text(words, style), soft_wrap=True)
