"""The coach's place in the window: one nudge, or a line of what the coach has to say, or nothing.

A nudge glides in from below and takes its room from the transcript; nothing else moves, and it
never takes the keyboard from whoever has it.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coach.phrases import say
from ui import wording
from ui.appearance import glide_ms
from ui.elided import ElidedLabel
from ui.fonts import sized
from ui.parts import label, marked, role
from ui.saying import saying
from ui.viewmodel import ANSWERS, Light, LiveView, Nudge

Answer = Callable[[int, str], None]
"""Told the number of the nudge and the answer."""

_NONE: Mapping[str, str] = {}


class NudgeCard(QFrame):
    """One nudge: what to do, how one might say it, the words that caused it, three answers.

    `keys` answer it from any program, by their answer.
    """

    def __init__(
        self,
        answer: Answer,
        parent: QWidget | None = None,
        *,
        keys: Mapping[str, str] = _NONE,
    ) -> None:
        super().__init__(parent)
        self._answer, self._keys = answer, keys
        self._nudge: Nudge | None = None
        self._answered = False
        self.setProperty("panel", "accent")
        self.title = sized(label(self), 1.1, bold=True)
        self.example = sized(label(self), 1.0, italic=True)
        self.because = role(ElidedLabel(self), "quiet")
        self.keys = role(sized(ElidedLabel(self), 0.85), "quiet")
        self.buttons = [self._button(number, name) for number, name in enumerate(ANSWERS, start=1)]
        self._lay_out()
        saying(self, self._tell)

    def set_nudge(self, nudge: Nudge | None) -> None:
        """Show `nudge`, and tell a screen reader politely of a new one."""
        if nudge == self._nudge:
            return
        self._nudge, self._answered = nudge, False
        if nudge is None:
            return
        self._tell()
        spoken = QAccessibleAnnouncementEvent(self, self.accessibleName())
        spoken.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(spoken)

    def answer(self, answer: str) -> None:
        """Answer the nudge that stands here; nothing without one, and only once."""
        if self._nudge is not None and not self._answered:
            self._answered = True
            self._answer(self._nudge.number, answer)

    def _tell(self) -> None:
        for number, (button, name) in enumerate(zip(self.buttons, ANSWERS, strict=True), start=1):
            answer = say(f"screen.{name}")
            button.setText(f"{number}  {answer}")
            button.setAccessibleName(say("screen.nudge_answer", answer=answer, key=number))
            if name in self._keys:
                anywhere = say("screen.nudge_key", key=self._keys[name])
                button.setToolTip(anywhere)
                button.setAccessibleDescription(anywhere)
        self.keys.setText(wording.keys([self._keys.get(name, "") for name in ANSWERS]))
        self.keys.setAccessibleDescription(say("screen.nudge_keys"))
        if self._nudge is None:
            self.setAccessibleName(say("screen.nudges"))
            return
        title, example = wording.title(self._nudge), wording.example(self._nudge)
        self.title.setText(title)
        self.example.setText(example)
        self.because.setText(say("screen.because", words=wording.quoted(self._nudge.because)))
        self.setAccessibleName(say("screen.nudge_spoken", title=title, example=example))

    def _button(self, number: int, name: str) -> QPushButton:
        button = QPushButton(str(number), self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click answers; it does not take over
        button.clicked.connect(lambda: self.answer(name))
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 7)
        column.setSpacing(3)
        for one in (self.title, self.example, self.because):
            column.addWidget(one)
        row = QHBoxLayout()
        row.setContentsMargins(0, 3, 0, 0)
        row.setSpacing(6)
        for button in self.buttons:
            row.addWidget(button)
        row.addWidget(self.keys, 1)
        column.addLayout(row)


class CoachPlace(QWidget):
    """Shows the nudge, or what the coach has to say, or takes no room at all.

    `held_back`: it has no room at the moment, whatever there is to show.
    """

    def __init__(
        self,
        answer: Answer,
        parent: QWidget | None = None,
        *,
        keys: Mapping[str, str] = _NONE,
    ) -> None:
        super().__init__(parent)
        self.quiet = role(label(self), "quiet")
        self.message = QFrame(self)
        self.message.setProperty("panel", "true")
        inner = QVBoxLayout(self.message)
        inner.setContentsMargins(10, 6, 10, 6)
        inner.addWidget(self.quiet)
        self.card = NudgeCard(answer, self, keys=keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.message)
        column.addWidget(self.card)
        self._glide = QPropertyAnimation(self, b"maximumHeight", self)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.finished.connect(lambda: self.setMaximumHeight(_ANY))
        self._page: QWidget | None = None
        self.held_back = False
        self._turn_to(None)

    def set_view(self, view: LiveView) -> None:
        """Show what `view` holds for the agent."""
        failed = view.light is Light.FAILED
        self.card.set_nudge(view.card)
        words = wording.message(view)
        self.quiet.setText(words)
        marked(self.message, "panel", "alert" if failed else "true")
        role(self.quiet, "alert" if failed else "quiet")
        self._turn_to(self.card if view.card is not None else self.message if words else None)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width needs another height."""
        super().resizeEvent(event)
        self._reserve()

    def _turn_to(self, page: QWidget | None) -> None:
        if page is self._page and page is not None:
            self._reserve()
            return
        self._page = page
        for each in (self.message, self.card):
            each.setVisible(each is page)
        self.setVisible(page is not None and not self.held_back)
        self._reserve()
        took = glide_ms(self)
        self._glide.stop()
        self.setMaximumHeight(_ANY)
        if page is self.card and took and self.isVisible():
            self._glide.setDuration(took)
            self._glide.setStartValue(0)
            self._glide.setEndValue(self._needed())
            self.setMaximumHeight(0)
            self._glide.start()

    def _needed(self) -> int:
        if self._page is None:
            return 0
        layout = self._page.layout()
        return layout.totalHeightForWidth(self.width()) if layout is not None else 0

    def _reserve(self) -> None:
        """Words that wrap need more height the narrower the window is: keep it free for them."""
        if self._page is not None:
            self._page.setMinimumHeight(self._needed())


_ANY = 16_777_215
"""Qt's own "no limit"."""
