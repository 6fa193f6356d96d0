"""The coach's place in the window: a quiet line, or one nudge, or the call in a few facts.

It keeps its height while a call runs, so that nothing jumps when a nudge comes or goes; and a
nudge never takes the keyboard from whoever has it.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coach.phrases import say
from ui import wording
from ui.fonts import scaled
from ui.viewmodel import ANSWERS, Light, LiveView, Nudge, Summary

Answer = Callable[[int, str], None]
"""Told the number of the nudge and the answer."""

_SUMMARY_SHARE = 0.5
"""How much of the window's height the summary may take before it scrolls."""


class NudgeCard(QWidget):
    """One nudge: what to do, how one might say it, the words that caused it, three answers."""

    def __init__(self, answer: Answer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer = answer
        self._nudge: Nudge | None = None
        self._answered = False
        self.title, self.example, self.because = (_label(self) for _ in range(3))
        self.title.setFont(scaled(self.font(), 1.2, bold=True))
        self.because.setProperty("role", "quiet")
        italic = scaled(self.font(), 1.1)
        italic.setItalic(True)
        self.example.setFont(italic)
        self.buttons = [self._button(number, name) for number, name in enumerate(ANSWERS, start=1)]
        self._lay_out()

    def set_nudge(self, nudge: Nudge | None) -> None:
        """Show `nudge`, and tell a screen reader of a new one."""
        if nudge == self._nudge:
            return
        self._nudge, self._answered = nudge, False
        if nudge is None:
            return
        title, example = wording.title(nudge), wording.example(nudge)
        self.title.setText(title)
        self.example.setText(example)
        self.because.setText(say("screen.because", words=wording.quoted(nudge.because)))
        words = say("screen.nudge_spoken", title=title, example=example)
        self.setAccessibleName(words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def answer(self, answer: str) -> None:
        """Answer the nudge that stands here; nothing without one, and only once."""
        if self._nudge is not None and not self._answered:
            self._answered = True
            self._answer(self._nudge.number, answer)

    def _button(self, number: int, name: str) -> QPushButton:
        button = QPushButton(f"{number}  {say(f'screen.{name}')}", self)
        spoken = say("screen.nudge_answer", answer=say(f"screen.{name}"), key=number)
        button.setAccessibleName(spoken)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click answers; it does not take over
        button.clicked.connect(lambda: self.answer(name))
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for label in (self.title, self.example, self.because):
            column.addWidget(label)
        column.addStretch()
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch()
        column.addLayout(row)


class SummaryCard(QScrollArea):
    """The call when it is over: what went well first, then the facts.

    Takes the height that it needs, up to a share of the window; beyond that it scrolls.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary: Summary | None = None
        self._page = QWidget(self)
        self.praise = _label(self._page)
        self.praise.setFont(scaled(self.font(), 1.2, bold=True))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.praise)
        column.addLayout(self._grid)
        column.addStretch()
        self.setWidget(self._page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(say("screen.summary"))

    def set_summary(self, summary: Summary | None) -> None:
        """Show `summary`."""
        if summary is None or summary == self._summary:
            return
        self._summary = summary
        self.praise.setText(wording.praise(summary))
        rows = wording.rows(summary)
        told = [f"{name}: {words}" for name, words in rows]
        self.setAccessibleName(". ".join((say("screen.summary"), self.praise.text(), *told)))
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for row, (name, words) in enumerate(rows):
            for place, text in enumerate((name, words)):
                label = _label(self._page)
                label.setText(text)
                self._grid.addWidget(label, row, place, Qt.AlignmentFlag.AlignTop)
                if not place:
                    label.setProperty("role", "quiet")
                    label.setWordWrap(False)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width needs another height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = self._page.heightForWidth(self.viewport().width())
        self.setMinimumHeight(max(0, min(needed, int(self.window().height() * _SUMMARY_SHARE))))


class CoachPlace(QFrame):
    """Shows the nudge, the summary, or a quiet line, whichever there is."""

    def __init__(self, answer: Answer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("coach")
        self.quiet = _label(self)
        self.quiet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.quiet.setProperty("role", "quiet")
        self.card = NudgeCard(answer, self)
        self.summary = SummaryCard(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        for page in (self.quiet, self.card, self.summary):
            column.addWidget(page)
        self._turn_to(self.quiet)

    def set_view(self, view: LiveView) -> None:
        """Show what `view` holds for the agent."""
        failed = view.light is Light.FAILED
        self.card.set_nudge(view.card)
        self.summary.set_summary(view.summary)
        self.quiet.setText(wording.quiet(view))
        _restyle(self.quiet, "role", "alert" if failed else "quiet")
        if view.card is not None:
            self._turn_to(self.card)
        elif view.summary is not None and not failed:
            self._turn_to(self.summary)
        else:
            self._turn_to(self.quiet)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Reserve the room of a nudge of two lines."""
        line = self.fontMetrics().height()
        self.setMinimumHeight(7 * line + 72)
        super().showEvent(event)

    def _turn_to(self, page: QWidget) -> None:
        for each in (self.quiet, self.card, self.summary):
            each.setVisible(each is page)
        _restyle(self, "nudging", page is self.card)


def _restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    for button in widget.findChildren(QPushButton):
        button.style().unpolish(button)
        button.style().polish(button)


def _label(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
