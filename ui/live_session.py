"""One live window among others: work on a thread behind it, until both have come to their end."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from PySide6.QtCore import QObject

from coach.core.summary import AfterCall
from coach.core.units import Samples
from coach.errors import CoachError
from coach.runtime.mailbox import Mailbox
from ui.bridge import Bridge
from ui.controls import CallControls
from ui.live_window import LiveWindow
from ui.messages import Message
from ui.places import Places
from ui.promises import Agenda
from ui.viewmodel import Light, LiveView, LiveViewModel

_NONE: Mapping[str, str] = {}
_MAY_BE_IN_CALL = (Light.LISTENING, Light.ON_HOLD, Light.PAUSED, Light.OBJECTED)
"""In a pause and after an objection nobody listens, so nobody knows whether the call goes on."""


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
        """Work on a thread of `background`."""
        ...

    def answer(self, nudge: int, answer: str) -> None:
        """Take what the agent said of a nudge to the call."""
        ...

    def close(self) -> None:
        """Come to an end soon; may be asked for more than once."""
        ...

    def finish(self) -> None:
        """Wait for the end. Raises what went wrong on the way."""
        ...


class LiveSession(QObject):
    """Opens the window at once; `over` is told when window and work are done, and what failed.

    `keys` answer a nudge from any program, by their answer. `in_call` is told whether there may be
    a customer on the line.
    """

    def __init__(
        self,
        work: Work,
        *,
        over: Callable[[str], None],
        keys: Mapping[str, str] = _NONE,
        controls: CallControls | None = None,
        places: Places | None = None,
        open_main: Callable[[], None] | None = None,
        report: Callable[[AfterCall], None] | None = None,
        agenda: Agenda | None = None,
        in_call: Callable[[bool], None] = lambda _: None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work, self._over, self._in_call = work, over, in_call
        self._begun = self._ended = False
        self._background = ThreadPoolExecutor(max_workers=1, thread_name_prefix="call")
        self.window = LiveWindow(
            answer=work.answer,
            keys=keys,
            controls=controls,
            places=places,
            closing=self._closing,
            painted=self._begin,
            open_main=open_main,
            report=report,
            agenda=agenda,
        )
        model = LiveViewModel(LiveView(length=work.length))
        self._bridge = Bridge(work.to_screen, model, self._show, self, hear=self.window.hear)

    def open(self) -> None:
        """Show the window; the work begins once it is seen."""
        self._bridge.open()
        self.window.show()
        self.window.activateWindow()  # this once: the person has just asked for it

    def finish(self) -> None:
        """The program ends: close the window, wait for the work."""
        self.window.close()
        self._end()

    def _begin(self) -> None:
        if not self._ended:
            self._begun = True
            self._work.begin(self._background)

    def _show(self, view: LiveView) -> None:
        self.window.set_view(view)
        self._in_call(view.light in _MAY_BE_IN_CALL)
        if view.over and not self.window.isVisible():
            self._end()

    def _closing(self) -> None:
        self._work.close()
        if not self._begun or self.window.view.over:
            self._end()

    def _end(self) -> None:
        if self._ended:
            return
        self._ended = True
        self._bridge.close()
        why = ""
        if self._begun:
            try:
                self._work.finish()
            except CoachError as error:
                why = str(error)
        self._background.shutdown()
        self.window.deleteLater()
        self._in_call(False)
        self._over(why)
