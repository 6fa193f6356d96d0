"""The sheets beside the transcript that tell: the call in facts, and the nudges one by one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from coach.core.units import Samples
from coach.phrases import say
from ui import replay_words as words
from ui.archive import OpenedCall
from ui.asked_card import AskedCard, add_asked
from ui.fonts import sized
from ui.parts import heading, label, panel, quiet, role
from ui.replay_model import Coached, ReplayCall
from ui.saying import named, saying


class Sheet(QScrollArea):
    """A page that scrolls. `fill` fills it anew: when it is seen, and not before.

    So a sheet that nobody turns to costs nothing when a call is opened.
    """

    def __init__(
        self, name: str, fill: Callable[[], None] = lambda: None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._fill, self._stale = fill, False
        named(self, name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.page = QWidget()
        """What the sheet shows."""
        self.setWidget(self.page)

    def change(self) -> None:
        """What it shows has changed."""
        self._stale = True
        if self.isVisible():
            self._refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Be up to date when somebody looks."""
        super().showEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        if self._stale:
            self._stale = False
            self._fill()

    def anew(self) -> QVBoxLayout:
        """An empty page to fill."""
        self.page = QWidget()
        column = QVBoxLayout(self.page)
        column.setContentsMargins(8, 12, 12, 12)
        column.setSpacing(10)
        self.setWidget(self.page)
        return column


class FactsSheet(Sheet):
    """The call in a few facts, what the protocol asks for after it, and who opened it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("replay.tab_call", self._show, parent)
        self._call: ReplayCall | None = None
        self._opened: OpenedCall | None = None
        self.asked: list[AskedCard] = []
        saying(self, self.change)

    def put(self, call: ReplayCall, opened: OpenedCall) -> None:
        """Show a call."""
        self._call, self._opened = call, opened
        self.change()

    def _show(self) -> None:
        if self._call is None or self._opened is None:
            return
        column = self.anew()
        self._tell_asked(column, self._opened)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (name, told) in enumerate(words.facts(self._call)):
            shown = quiet(self.page)
            shown.setText(name)
            shown.setWordWrap(False)
            value = label(self.page)
            value.setText(told)
            grid.addWidget(shown, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(grid)
        column.addSpacing(8)
        column.addWidget(heading(self.page, "replay.opened_by", 1.05))
        column.addWidget(quiet(self.page, "replay.opened_hint"))
        for access in reversed(self._opened.accesses):
            line = label(self.page)
            line.setText(words.access(access))
            column.addWidget(line)
        column.addStretch()

    def _tell_asked(self, column: QVBoxLayout, opened: OpenedCall) -> None:
        """First, as it has a deadline."""
        self.asked = add_asked(self.page, column, opened.asked)


class NudgesSheet(Sheet):
    """Every nudge: what it asked, the words that caused it, what the agent did and said."""

    def __init__(self, sought: Callable[[Samples], None], parent: QWidget | None = None) -> None:
        super().__init__("replay.tab_nudges", self._show, parent)
        self._sought = sought
        self._coached: tuple[Coached, ...] | None = None
        saying(self, self.change)

    def put(self, coached: Sequence[Coached]) -> None:
        """Show these nudges."""
        self._coached = tuple(coached)
        self.change()

    def _show(self) -> None:
        if self._coached is None:
            return
        column = self.anew()
        if not self._coached:
            column.addWidget(quiet(self.page, "replay.no_nudges"))
        for coached in self._coached:
            column.addWidget(self._card(coached))
        column.addStretch()

    def _card(self, coached: Coached) -> QFrame:
        nudge = coached.nudge
        card = panel(self.page, "accent")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(5)
        title = sized(label(card), 1.05, bold=True)
        title.setText(words.title(nudge.kind))
        told = [words.because(nudge.because), words.reply(coached)]
        column.addWidget(title)
        for text in told:
            line = label(card)
            line.setText(text)
            column.addWidget(line)
        outcome = role(label(card), "good" if nudge.acted_on else "quiet")
        outcome.setText(words.outcome(nudge))
        column.addWidget(outcome)
        column.addWidget(self._jump(card, nudge.at), 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _jump(self, card: QFrame, at: Samples) -> QPushButton:
        button = QPushButton(say("replay.jump", at=words.clock(at)), card)
        button.clicked.connect(lambda: self._sought(at))
        return button
