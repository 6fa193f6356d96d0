"""The one door between background and screen.

Workers put messages into a mailbox and never touch Qt; one timer empties it about thirty times a
second and shows the picture once, however many messages came.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from coach.runtime.mailbox import Mailbox
from ui.messages import Message
from ui.viewmodel import LiveView, LiveViewModel

PERIOD_MS = 33
AT_MOST = 300
"""Messages in one go: a burst is spread over several pictures, so that the screen never waits."""


class Bridge(QObject):
    """Carries messages from `mailbox` through `model` to `show`. Belongs to the screen's thread.

    `hear` is told every message too, on its way.
    """

    def __init__(
        self,
        mailbox: Mailbox[Message],
        model: LiveViewModel,
        show: Callable[[LiveView], None],
        parent: QObject | None = None,
        *,
        hear: Callable[[Message], None] = lambda _: None,
    ) -> None:
        super().__init__(parent)
        self._mailbox, self._model, self._show, self._hear = mailbox, model, show, hear
        self._timer = QTimer(self)
        self._timer.setInterval(PERIOD_MS)
        self._timer.timeout.connect(self.carry)

    def open(self) -> None:
        """Show the picture as it is, and begin to carry."""
        self._show(self._model.view)
        self._timer.start()

    def close(self) -> None:
        """Carry no more."""
        self._timer.stop()

    def carry(self) -> None:
        """Take what is there and show the picture, if anything came."""
        messages = self._mailbox.take(AT_MOST)
        for message in messages:
            self._model.take(message)
            self._hear(message)
        if messages:
            self._show(self._model.view)
