"""Live calls beside the agent: a shift with its devices and its control, for a window or not."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from audio.devices import BothSides
from audio.live import LineState, LiveSource
from coach import app, paths, tune
from coach.answer_keys import answer_keys, answering
from coach.asked import asked_after
from coach.control import CallState, Command, State, WrongMoment, served
from coach.core.events import NudgeAnswered, WorldEvent
from coach.core.summary import after_call
from coach.core.units import Samples
from coach.hotkeys import pressed
from coach.keeping import keeping
from coach.live import stopped
from coach.phrases import say
from coach.runtime.mailbox import Mailbox
from coach.runtime.sequencer import Sink
from coach.settings import Settings
from coach.shift import Shift, Told
from coach.soundcheck import CHECK_S, CheckIs, ShiftCheck, due, marked
from coach.store.calllog import read_log
from models.vad import SileroDetector
from ui.controls import CallIs, Erased, MeasuringIs, RecordIs, SideIs, SoundCheckIs, SoundIs
from ui.messages import Message

_NOT_WORTH_A_WORD = frozenset({"starting", "hold"})
"""Why a side is not heard when nothing is wrong with it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """How a shift is to be: whose, where its logs go, whether speech begins calls.

    `check`: a day's first shift begins with a sound check, if the settings want that.
    """

    settings: Settings
    both: BothSides
    by_voice: bool = True
    out: Path | None = None
    port: int = 0
    check: bool = True


@contextmanager
def coached(
    plan: Plan,
    models: app.Models,
    told: Told,
    *,
    sinks: Callable[[], list[Sink]] = list,
    said: Callable[[], Iterable[WorldEvent]] = tuple,
) -> Iterator[Shift]:
    """A shift that is ready to run, with its control served and its calls kept for the record.

    Raises `UserError`.
    """
    with keeping(plan.settings, clear_logs=plan.out is not None) as keep:
        source = LiveSource(plan.both.agent, plan.both.customer, changed=plan.both.changed)
        shift = Shift(
            source=source,
            models=models,
            logs=plan.out or paths.logs_folder(),
            detector=SileroDetector,
            by_voice=plan.by_voice,
            agent=plan.settings.agent or None,
            channel=plan.settings.channel,
            sinks=lambda: [*sinks(), keep.sink()],
            tap=keep.tap,
            said=said,
            told=keep.heeding(told),
            check=ShiftCheck(source) if plan.check and due(plan.settings) else None,
            log_key=keep.log_key,
        )
        keys = {"call": plan.settings.hotkey_call, "hold": plan.settings.hotkey_hold}
        with (
            served(shift.state, paths.control_file(), plan.port),
            pressed(keys, by_key(shift.state)),
        ):
            yield shift


def by_key(state: CallState) -> Callable[[str], None]:
    """What the keys do: "call" begins and ends a call, "hold" holds it and goes on."""

    def told(key: str) -> None:
        now = state.now
        with suppress(WrongMoment):
            if key == "call":
                state.command("start" if now in ("idle", "objected") else "stop")
            elif key == "hold":
                state.command("resume" if now == "on_hold" else "hold")

    return told


@dataclass(kw_only=True)
class Coaching:
    """A shift behind a window: its events on their way there, the agent's wishes on their way back.

    Does everything that `ui.controls.CallControls` promises; what does not fit the moment is
    ignored. Any thread may ask.
    """

    plan: Plan
    to_screen: Mailbox[Message] = field(default_factory=Mailbox)
    from_screen: Mailbox[WorldEvent] = field(default_factory=Mailbox)
    length: None = None
    notes: dict[str, str] = field(default_factory=dict)
    """The note pad of the call that is on, or was last."""
    _shift: Shift | None = field(default=None, init=False)
    _closed: bool = field(default=False, init=False)
    _skipped: bool = field(default=False, init=False)
    _work: "Future[None] | None" = field(default=None, init=False)

    # ---- what the window asks for ----

    def start(self) -> None:
        """A call begins now."""
        self._command("start")

    def stop(self) -> None:
        """The call is over."""
        self._command("stop")

    def hold(self) -> None:
        """The customer is on hold: capture nothing."""
        self._command("hold")

    def pause(self) -> None:
        """Capture nothing until `resume`, and tell nobody."""
        self._command("pause")

    def resume(self) -> None:
        """Go on after a hold or a pause."""
        self._command("resume")

    def object(self) -> None:
        """Stop the analysis of this call and remove what was gathered."""
        self._command("object")

    def skip(self) -> None:
        """Let the machine be measured another time; what is being read is read to its end."""
        self._skipped = True

    def answer(self, nudge: int, answer: str) -> None:
        """Take what the agent said of a nudge to the call; the sequencer gives it its moment."""
        self.from_screen.put(NudgeAnswered(at=Samples(0), nudge=nudge, answer=answer))

    def note(self, field: str, words: str) -> None:
        """Keep what the agent wrote on the note pad."""
        self.notes[field] = words

    # ---- the work ----

    def run(self) -> None:
        """Load the models and coach calls until `close`. Raises `CoachError`."""
        if not self._closed:
            self._measure()
        recogniser = app.load_recogniser(self.plan.settings)
        if self._closed:
            return
        understanding = app.load_understanding(self.plan.settings)
        models = app.Models(recogniser=recogniser, understanding=understanding)
        put = self.to_screen.put
        with (
            answering(answer_keys(self.plan.settings), self.answer) as keys,
            coached(
                self.plan,
                models,
                self._told(lambda: keys(None)),
                sinks=lambda: [put, keys],
                said=self.from_screen.take,
            ) as shift,
        ):
            self._shift = shift
            self._stands(shift.state.now)
            if not self._closed:
                shift.run()

    def _told(self, no_nudge: Callable[[], None]) -> Told:
        def removed() -> None:
            no_nudge()
            self._removed()

        return Told(
            begins=self._begins,
            ended=self._ended,
            removed=removed,
            sides=self._sides,
            stands=self._stands,
            check=self._check,
            sound=self._sound,
            record=self._record,
        )

    def _measure(self) -> None:
        """At the first start, find out how fast this machine is; the window shows how far it is."""

        def step(done: float) -> None:
            if self._skipped or self._closed:
                raise tune.Skipped
            self.to_screen.put(MeasuringIs(done=done))

        tune.at_first_start(step)
        self.to_screen.put(MeasuringIs())

    def begin(self, background: ThreadPoolExecutor) -> None:
        """Work on a thread of `background`."""
        self._work = background.submit(self.run)
        self._work.add_done_callback(lambda work: self.to_screen.put(stopped(work)))

    def close(self) -> None:
        """The shift is over; a call that is on is heard up to now and finished."""
        self._closed = True
        if self._shift is not None:
            self._shift.stop()

    def finish(self) -> None:
        """Wait for the end. Raises what went wrong on the way."""
        if self._work is not None:
            self._work.result()

    # ---- what the window is told ----

    def _begins(self, _: str) -> None:
        self.notes.clear()
        self.from_screen.take()  # answers to the nudges of the last call

    def _ended(self, log: Path) -> None:
        key = None if self._shift is None else self._shift.log_key
        events = list(read_log(log, key)) if log.exists() else []
        if events:  # a full disk may have taken none
            self.to_screen.put(asked_after(events))
            self.to_screen.put(after_call(events))

    def _record(self, trouble: str | None) -> None:
        self.to_screen.put(RecordIs(trouble=trouble))

    def _removed(self) -> None:
        self.notes.clear()
        self.to_screen.put(Erased())

    def _stands(self, state: State) -> None:
        self.to_screen.put(CallIs(standing=state))

    def _sound(self, why: str | None) -> None:
        self.to_screen.put(SoundIs(why_not=why))

    def _check(self, check: CheckIs) -> None:
        found = tuple(marked(one)[0] for one in check.verdicts)
        words = (say("listen.check_begins", seconds=CHECK_S),) if check.listening else found
        self.to_screen.put(SoundCheckIs(words=words))

    def _sides(self, states: list[LineState]) -> None:
        for state in states:
            wrong = state.missing is not None and state.missing not in _NOT_WORTH_A_WORD
            why = say(f"listen.why_{state.missing}") if wrong else None
            side = SideIs(
                speaker=state.speaker, missing=why, device=state.device, overruns=state.overruns
            )
            self.to_screen.put(side)

    def _command(self, what: Command) -> None:
        if self._shift is not None:
            with suppress(WrongMoment):
                self._shift.state.command(what)
