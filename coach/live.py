"""A call in a window: the screen in front, the models and the call on a thread behind it.

The window comes first and says that the models are loading. Closing it stops the call; nothing
that was started here is left when the function returns.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from audio.callfile import CallFile
from coach import app
from coach.core.events import NudgeAnswered, WorldEvent
from coach.core.units import Samples, from_seconds
from coach.errors import CoachError
from coach.phrases import say
from coach.runtime.mailbox import Mailbox
from coach.settings import Settings
from ui.viewmodel import LiveView, LiveViewModel, Message, Played, Stopped

LINGER_MS = 5_000
"""How long the summary stands before a window that closes by itself does so."""


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
        app.analyse(
            self.call,
            app.scratch_folder(),
            app.Models(recogniser=recogniser, understanding=understanding),
            realtime=self.realtime,
            sinks=[self.to_screen.put],
            heard=self._heard,
            said=self.from_screen.take,
            stop=self.stop.is_set,
        )

    def begin(self, background: ThreadPoolExecutor) -> None:
        """Play on a thread of `background`."""
        self._work = background.submit(self.play)
        self._work.add_done_callback(self._tell_end)

    def finish(self) -> None:
        """Wait for the end. Raises what went wrong on the way."""
        if self._work is not None:
            self._work.result()

    def answer(self, nudge: int, answer: str) -> None:
        """Take what the agent said of a nudge to the call; the sequencer gives it its moment."""
        self.from_screen.put(NudgeAnswered(at=Samples(0), nudge=nudge, answer=answer))

    def _tell_end(self, work: "Future[None]") -> None:
        """Say on the screen that the work is over, and why if something went wrong."""
        error = work.exception()
        if error is None or isinstance(error, CoachError):
            why = None if error is None else str(error)
        else:
            why = say("screen.bug", why=type(error).__name__)
        self.to_screen.put(Stopped(why=why))

    @property
    def length(self) -> Samples:
        """The length of the call."""
        return from_seconds(self.call.duration_s)

    def _heard(self, share: float) -> None:
        self.to_screen.put(Played(at=Samples(round(share * self.length))))


def show_demo(settings: Settings, call: CallFile, *, realtime: bool, close: bool = False) -> int:
    """Play `call` in the live window until the person closes it; returns the exit code.

    With `close` the window closes by itself, `LINGER_MS` after the end. What went wrong behind
    the window is shown in it, and raised when it is closed. Ctrl-C closes the window too and is
    raised as `KeyboardInterrupt`.
    """
    playing = Playing(settings=settings, call=call, realtime=realtime)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="call") as background:
        try:
            interrupted = _on_screen(playing, background, close=close)
        finally:
            playing.stop.set()
    if interrupted:
        raise KeyboardInterrupt
    playing.finish()
    return 0


def _on_screen(playing: Playing, background: ThreadPoolExecutor, *, close: bool) -> bool:
    """Show the window until it is closed; whether it was Ctrl-C that closed it."""
    from ui.application import application, follow_system_theme
    from ui.bridge import Bridge
    from ui.live_window import LiveWindow

    qt = application()
    window = LiveWindow(
        answer=playing.answer,
        subtitle=say("screen.demo_silent"),
        closing=playing.stop.set,
        painted=lambda: playing.begin(background),
    )

    def show(view: LiveView) -> None:
        window.set_view(view)
        if close and view.over:
            window.close_after(LINGER_MS)

    bridge = Bridge(playing.to_screen, LiveViewModel(LiveView(length=playing.length)), show, window)
    with follow_system_theme(window.set_theme), _closed_by_ctrl_c(window.close) as interrupted:
        bridge.open()
        window.show()
        window.activateWindow()  # this once: the person has just asked for it
        qt.exec()
        bridge.close()
        window.deleteLater()
    return interrupted.is_set()


@contextmanager
def _closed_by_ctrl_c(close: Callable[[], object]) -> Iterator[threading.Event]:
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
