"""The window beside a call. Calm, legible, usable by keyboard; it never takes the focus."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from coach.core.vocabulary import OrderValue, RiskLevel
from coach.phrases import say
from ui import wording
from ui.coach_place import Answer, CoachPlace
from ui.drawn import Drawn, EmotionStrip, MoodSign, RiskLadder
from ui.elided import ElidedLabel
from ui.fonts import scaled
from ui.palette import palette
from ui.theme import LIGHT, Theme, stylesheet
from ui.transcript import Transcript
from ui.viewmodel import ANSWERS, Light, LiveView

_WIDTH, _HEIGHT, _LINE = 420, 560, 16
"""Pixels, and the height of a line of text for which they are meant: larger text, larger window."""
_LIGHTS = {Light.LOADING: "◌", Light.LISTENING: "●", Light.ENDED: "■", Light.FAILED: "▲"}
_LIGHT_ROLES = {Light.LISTENING: "accent", Light.FAILED: "alert"}
_RISK_ROLES = {RiskLevel.WATCH: "watch", RiskLevel.HIGH: "alert"}
_ORDER_SIGNS = {OrderValue.NO_ASK: "○", OrderValue.ACKNOWLEDGED_FIRST: "✓"}


class LiveWindow(QWidget):
    """Shows one call as a `LiveView`; tells `answer` what the agent says of a nudge.

    `closing` is called once when the person closes the window, `painted` once when the window
    has been on the screen for the first time.
    """

    def __init__(
        self,
        *,
        answer: Answer,
        subtitle: str = "",
        closing: Callable[[], None] = lambda: None,
        painted: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self._closing, self._painted = closing, painted
        self._closed = self._was_painted = False
        self._leaving = QTimer(self)
        self._leaving.setSingleShot(True)
        self._leaving.timeout.connect(self.close)
        self.setWindowTitle("Eerst Begrip")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.light, self.state, self.clock = QLabel(self), QLabel(self), QLabel(self)
        self.trouble, self.subtitle = ElidedLabel(self), ElidedLabel(self)
        self.subtitle.setText(subtitle)
        self.sign, self.feeling, self.strength = MoodSign(self), ElidedLabel(self), QLabel(self)
        self.feeling_words = ElidedLabel(self)
        self.ladder, self.risk, self.risk_words = RiskLadder(self), QLabel(self), ElidedLabel(self)
        self.strip = EmotionStrip(self)
        self.coach = CoachPlace(answer, self)
        self.transcript = Transcript(self)
        self.order = ElidedLabel(self)
        self.on_top = QCheckBox(say("screen.on_top"), self)
        self.on_top.toggled.connect(self._keep_on_top)
        self._lay_out()
        self._dress()
        self._take_keys()
        self.set_theme(LIGHT)
        self.set_view(LiveView())
        larger = max(1.0, self.fontMetrics().height() / _LINE)
        self.resize(int(_WIDTH * larger), int(_HEIGHT * larger))
        self.on_top.setChecked(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocus()  # no part of it has the keyboard before the person chooses one

    # ---- what it shows ----

    def set_view(self, view: LiveView) -> None:
        """Show `view`."""
        self.light.setText(_LIGHTS[view.light])
        _role(self.light, _LIGHT_ROLES.get(view.light, "quiet"))
        self.state.setText(wording.state(view))
        self.trouble.setText(wording.trouble(view))
        self.clock.setText(wording.clock(view.now))
        self._show_feeling(view)
        self._show_risk(view)
        self.strip.set_view(view)
        self.coach.set_view(view)
        self.transcript.set_view(view)
        self.order.setText(f"{_ORDER_SIGNS.get(view.order, '•')}  {wording.order(view.order)}")
        _role(self.order, "quiet")

    def set_theme(self, theme: Theme) -> None:
        """Wear these colours from now on."""
        self.setPalette(palette(theme))
        self.setStyleSheet(stylesheet(theme))
        self.transcript.set_theme(theme)
        for drawn in self.findChildren(Drawn):
            drawn.set_theme(theme)

    def _show_feeling(self, view: LiveView) -> None:
        mood = view.mood
        self.sign.set_mood(mood)
        self.feeling.setText(wording.feeling(mood))
        steps = mood.intensity or 0 if mood and mood.emotions else 0
        self.strength.setText("●" * steps + "○" * (3 - steps) if steps else "")
        self.feeling_words.setText(wording.quoted(mood.because) if mood else "")

    def _show_risk(self, view: LiveView) -> None:
        self.ladder.set_view(view)
        self.risk.setText(wording.risk(view.risk))
        _role(self.risk, _RISK_ROLES.get(view.risk, ""))
        self.risk_words.setText(wording.quoted(view.risk_because))

    # ---- what the person does ----

    def _take_keys(self) -> None:
        for number, answer in enumerate(ANSWERS, start=1):
            key = QShortcut(QKeySequence(str(number)), self)
            key.activated.connect(lambda chosen=answer: self.coach.card.answer(chosen))
        QShortcut(QKeySequence("Ctrl+W"), self).activated.connect(self.close)

    def _keep_on_top(self, on: bool) -> None:
        """Through the native window where there is one: a shown widget would be made anew."""
        if (handle := self.windowHandle()) is not None:
            handle.setFlag(Qt.WindowType.WindowStaysOnTopHint, on)
        else:
            self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, on)

    def close_after(self, wait_ms: int) -> None:
        """Close by itself after `wait_ms`; asked again in the meantime, it does not wait anew."""
        if not self._leaving.isActive():
            self._leaving.start(wait_ms)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """The call is stopped, once."""
        if not self._closed:
            self._closed = True
            self._closing()
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Say that the window is there, after its first picture."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self._painted)

    # ---- how it is laid out ----

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(10)
        column.addLayout(self._header())
        column.addLayout(self._feelings())
        column.addWidget(self.strip)
        column.addWidget(self.coach)
        column.addWidget(self.transcript, 1)
        column.addLayout(_row(self.order, self.on_top, stretch=0))

    def _header(self) -> QHBoxLayout:
        return _row(self.light, self.state, self.trouble, self.subtitle, self.clock, stretch=2)

    def _feelings(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        for place, name in enumerate(("screen.customer_by_words", "screen.risk")):
            heading = QLabel(say(name), self)
            _role(heading, "quiet")
            grid.addWidget(heading, 0, place)
        grid.addLayout(_row(self.sign, self.feeling, self.strength), 1, 0)
        grid.addLayout(_row(self.ladder, self.risk), 1, 1)
        grid.addWidget(self.feeling_words, 2, 0)
        grid.addWidget(self.risk_words, 2, 1)
        return grid

    def _dress(self) -> None:
        large = scaled(self.font(), 1.25, bold=True)
        self.feeling.setFont(large)
        self.risk.setFont(large)
        self.state.setFont(scaled(self.font(), 1.0, bold=True))
        for label in (self.subtitle, self.clock, self.feeling_words, self.risk_words):
            _role(label, "quiet")
        _role(self.strength, "quiet")
        _role(self.trouble, "watch")
        self.order.setAccessibleName(say("screen.order"))


def _row(*widgets: QWidget, stretch: int | None = None) -> QHBoxLayout:
    """Widgets side by side; what room is left goes to the one numbered `stretch`, or behind all."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for number, widget in enumerate(widgets):
        row.addWidget(widget, int(number == stretch))
    if stretch is None:
        row.addStretch()
    return row


def _role(label: QLabel, role: str) -> None:
    """Give a label its colour from the style sheet."""
    if label.property("role") == role:
        return
    label.setProperty("role", role)
    label.style().unpolish(label)
    label.style().polish(label)
