"""Calls in a window: the screen in front, the models and the calls on a thread behind it.

The window comes first and says that the models are loading. Closing it stops the call; nothing
that was started here is left when the function returns.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import TYPE_CHECKING, Protocol

from audio.callfile import CallFile
from coach import app, manners, paths
from coach.answer_keys import answer_keys, answering
from coach.asked import asked_after
from coach.core.events import NudgeAnswered, WorldEvent
from coach.core.summary import AfterCall, after_call
from coach.core.units import Samples, from_seconds
from coach.errors import CoachError
from coach.phrases import say
from coach.runtime.mailbox import Mailbox
from coach.settings import Settings, load_settings
from coach.store.calllog import read_log
from ui.controls import CallControls
from ui.messages import Message, Played, Stopped
from ui.viewmodel import LiveView, LiveViewModel

if TYPE_CHECKING:
    from ui.appearance import Appearance
    from ui.incident_form import Incidents
    from ui.promises import Agenda

    class AfterWork(Agenda, Incidents, Protocol):
        """Where goes what the agent sends when a call is over."""


LINGER_MS = 5_000
"""How long the summary stands before a window that closes by itself does so."""


class Work(Protocol):
    """Calls on their way to a screen, and what the person says on its way back."""

    @property
    def to_screen(self) -> Mailbox[Message]:
        """Everything that the screen is told, in its order."""
        ...

    @property
    def length(self) -> Samples | None:
        """The length of the call; `None` where nobody knows it."""
        ...

    def begin(self, background: ThreadPoolExecutor) -> None:
        """Work on a thread of `background`. The screen is there by now."""
        ...

    def answer(self, nudge: int, answer: str) -> None:
        """Take what the agent said of a nudge to the call."""
        ...

    def close(self) -> None:
        """Come to an end soon; may be asked for more than once."""
        ...


@dataclass(kw_only=True)
class Playing:
    """One recorded call on its way to a screen, and the screen's words on their way back."""

    settings: Settings
    call: CallFile
    realtime: bool
    to_screen: Mailbox[Message] = field(default_factory=Mailbox)
    from_screen: Mailbox[WorldEvent] = field(default_factory=Mailbox)
    stop: threading.Event = field(default_factory=threading.Event)
    _work: "Future[None] | None" = field(default=None, init=False)

    def play(self) -> None:
        """Load the models and run the call to its end, or until it is stopped.

        Raises `CoachError` for what the user has to know.
        """
        recogniser = app.load_recogniser(self.settings)
        if self.stop.is_set():
            return
        understanding = app.load_understanding(self.settings)
        if self.stop.is_set():
            return
        with answering(answer_keys(self.settings), self.answer) as by_key:
            log = app.analyse(
                self.call,
                app.scratch_folder(),
                app.Models(recogniser=recogniser, understanding=understanding),
                realtime=self.realtime,
                sinks=[self.to_screen.put, by_key],
                heard=self._heard,
                said=self.from_screen.take,
                stop=self.stop.is_set,
            )
        events = list(read_log(log))
        self.to_screen.put(asked_after(events))
        self.to_screen.put(after_call(events))

    def begin(self, background: ThreadPoolExecutor) -> None:
        """Play on a thread of `background`."""
        self._work = background.submit(self.play)
        self._work.add_done_callback(self._tell_end)

    def close(self) -> None:
        """Stop at the next block."""
        self.stop.set()

    def finish(self) -> None:
        """Wait for the end. Raises what went wrong on the way."""
        if self._work is not None:
            self._work.result()

    def answer(self, nudge: int, answer: str) -> None:
        """Take what the agent said of a nudge to the call; the sequencer gives it its moment."""
        self.from_screen.put(NudgeAnswered(at=Samples(0), nudge=nudge, answer=answer))

    def _tell_end(self, work: "Future[None]") -> None:
        """Say on the screen that the work is over, and why if something went wrong."""
        self.to_screen.put(stopped(work))

    @property
    def length(self) -> Samples:
        """The length of the call."""
        return from_seconds(self.call.duration_s)

    def _heard(self, share: float) -> None:
        self.to_screen.put(Played(at=Samples(round(share * self.length))))


def stopped(work: "Future[None]") -> Stopped:
    """What the screen is told at the end of `work`: why, if something went wrong."""
    error = work.exception()
    if error is None or isinstance(error, CoachError):
        return Stopped(why=None if error is None else str(error))
    return Stopped(why=say("screen.bug", why=type(error).__name__))


def show_demo(settings: Settings, call: CallFile, *, realtime: bool, close: bool = False) -> int:
    """Play `call` in the live window until the person closes it; returns the exit code.

    With `close` the window closes by itself, `LINGER_MS` after the end. What went wrong behind
    the window is shown in it, and raised when it is closed. Ctrl-C closes the window too and is
    raised as `KeyboardInterrupt`.
    """
    playing = Playing(settings=settings, call=call, realtime=realtime)
    if show(playing, close=close):
        raise KeyboardInterrupt
    playing.finish()
    return 0


def show(
    work: Work,
    *,
    controls: CallControls | None = None,
    agenda: "AfterWork | None" = None,
    close: bool = False,
) -> bool:
    """Show `work` in the live window until it is closed; whether it was Ctrl-C that closed it.

    Waits for the work to end. `controls`: what steers the calls, where they can be steered.
    `agenda`: where promises and reports of calls go that the agent sends.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="call") as background:
        try:
            return _on_screen(work, controls, agenda, background, close=close)
        finally:
            work.close()


def _on_screen(
    work: Work,
    controls: CallControls | None,
    agenda: "AfterWork | None",
    background: ThreadPoolExecutor,
    *,
    close: bool,
) -> bool:
    from ui.appearance import Wardrobe
    from ui.application import application
    from ui.bridge import Bridge
    from ui.incident_form import open_form
    from ui.live_window import LiveWindow
    from ui.places import Places

    qt = application()
    settings = load_settings()
    manners.speak(manners.load())

    def report(review: AfterCall) -> None:
        if agenda is not None:
            open_form(window, review, agenda)

    window = LiveWindow(
        answer=work.answer,
        keys=answer_keys(settings),
        controls=controls,
        places=Places(paths.screen_file()),
        closing=work.close,
        painted=lambda: work.begin(background),
        report=None if agenda is None else report,
        agenda=agenda,
    )

    def shown(view: LiveView) -> None:
        window.set_view(view)
        if close and view.over:
            window.close_after(LINGER_MS)

    model = LiveViewModel(LiveView(length=work.length))
    bridge = Bridge(work.to_screen, model, shown, window, hear=window.hear)
    wardrobe = Wardrobe(appearance(settings))
    wardrobe.dress(window)
    with closing(wardrobe), closed_by_ctrl_c(window.close) as interrupted:
        bridge.open()
        window.show()
        window.activateWindow()  # this once: the person has just asked for it
        qt.exec()
        bridge.close()
        window.deleteLater()
    return interrupted.is_set()


def appearance(settings: Settings) -> "Appearance":
    """How the windows are to look."""
    from ui.appearance import Appearance

    return Appearance(
        scheme=settings.scheme, text_percent=settings.text_percent, still=settings.still
    )


@contextmanager
def closed_by_ctrl_c(close: Callable[[], object]) -> Iterator[threading.Event]:
    """Ctrl-C closes the window; the event says that it happened.

    Python looks at signals between its own instructions: the bridge's timer gives it the occasion.
    """
    interrupted = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        interrupted.set()
        close()

    before = signal.signal(signal.SIGINT, on_signal)
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, before)
