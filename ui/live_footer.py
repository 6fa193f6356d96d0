"""The foot of the live window: the order tick, what can be done, and figures on demand."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from coach.core.vocabulary import OrderValue
from ui import wording
from ui.elided import ElidedLabel
from ui.icons import IconButton
from ui.parts import button, role
from ui.saying import saying
from ui.viewmodel import Light, LiveView

_ORDER_SIGNS = {OrderValue.NO_ASK: "○", OrderValue.ACKNOWLEDGED_FIRST: "✓"}
_IN_CALL = (Light.LISTENING, Light.ON_HOLD, Light.PAUSED)
_TELLS_ORDER = (*_IN_CALL, Light.ENDED)


class Footer(QWidget):
    """The order check as a small tick, and buttons. `steers`: whether the call can be steered."""

    def __init__(self, parent: QWidget | None = None, *, steers: bool = True) -> None:
        super().__init__(parent)
        self._view = LiveView()
        self._steers = steers
        self.order = role(ElidedLabel(self), "quiet")
        self.skip = button(self, "tune.skip")
        self.note = IconButton("note", "screen.note_pad", self)
        self.figures = IconButton("figures", "screen.show_figures", self)
        self.hold = IconButton("hold", "screen.hold", self)
        self.pause = IconButton("pause", "screen.pause", self)
        self.object = IconButton("object", "screen.object", self)
        for switch in (self.note, self.figures, self.hold, self.pause):
            switch.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self.order, 1)
        row.addWidget(self.skip)
        self.skip.hide()
        for one in (self.note, self.figures, self.hold, self.pause, self.object):
            row.addWidget(one)
        for one in (self.hold, self.pause, self.object):
            one.setVisible(steers)
        saying(self, self._tell)

    def set_view(self, view: LiveView) -> None:
        """Show the order check, and offer what fits the moment."""
        self._view = view
        self._tell()
        self.skip.setVisible(self._steers and view.measured is not None)
        self.hold.setChecked(view.light is Light.ON_HOLD)
        self.pause.setChecked(view.light is Light.PAUSED)
        self.hold.setEnabled(view.light in (Light.LISTENING, Light.ON_HOLD))
        self.pause.setEnabled(view.light in (*_IN_CALL, Light.READY))
        self.object.setEnabled(view.light in _IN_CALL)

    def _tell(self) -> None:
        order = self._view.order
        told = self._view.light in _TELLS_ORDER
        words = f"{_ORDER_SIGNS.get(order, '•')}  {wording.order(order)}" if told else ""
        self.order.setText(words)
        role(self.order, "good" if order is OrderValue.ACKNOWLEDGED_FIRST else "quiet")


class Figures(QWidget):
    """Talk share, pace and silences of the agent's own call: facts, no scores."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = LiveView()
        self.words = ElidedLabel(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words)
        saying(self, self._tell)

    def set_view(self, view: LiveView) -> None:
        """Show the figures of `view`."""
        if view.figures != self._view.figures:
            self._view = view
            self._tell()

    def _tell(self) -> None:
        self.words.setText("  ·  ".join(wording.figures(self._view)))
