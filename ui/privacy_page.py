"""What is processed right now, and a button with which anybody can check that it is true."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from coach.phrases import say
from ui.errands import Errands
from ui.fonts import sized
from ui.parts import button, heading, label, panel, quiet, role
from ui.saying import named, saying


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One thing that is, or is not, processed, in words."""

    title: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What a check found, in words. `holds`: it is as the page says."""

    words: str
    holds: bool


class PrivacyDesk(Protocol):
    """Knows what is processed. `facts` returns at once, `check` takes its time."""

    def facts(self) -> Sequence[Fact]:
        """What is processed by the settings in force."""
        ...

    def check(self) -> Sequence[Checked]:
        """Look whether it is true. Raises `CoachError`."""
        ...


class PrivacyPage(QScrollArea):
    """Tells the facts, and below each other what a check found."""

    def __init__(self, desk: PrivacyDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._errands = Errands(self)
        self._page = QWidget(self)
        self.check = button(self._page, "about.check", main=True)
        self.check.clicked.connect(self._check)
        self.state = quiet(self._page)
        self.facts = panel(self._page)
        self.found = panel(self._page)
        self._checked: Sequence[Checked] = ()
        self._lay_out()
        named(self, "about.title")
        saying(self, self._tell)

    def refresh(self) -> None:
        """Tell what is processed by now."""
        self._tell()

    def close_errands(self) -> None:
        """Wait for a check that has begun."""
        self._errands.close()

    def _tell(self) -> None:
        grid = _emptied(self.facts)
        for row, fact in enumerate(self._desk.facts()):
            title, words = sized(label(self.facts), bold=True), label(self.facts)
            title.setText(fact.title)
            words.setText(fact.words)
            grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 1, Qt.AlignmentFlag.AlignTop)

    def _check(self) -> None:
        self.check.setEnabled(False)
        role(self.state, "quiet")
        self.state.setText(say("about.checking"))
        self._errands.run(self._desk.check, self._told, self._failed)

    def _told(self, checked: Sequence[Checked]) -> None:
        self.check.setEnabled(True)
        self.state.setText(say("about.checked", time=f"{datetime.now().astimezone():%H:%M}"))
        grid = _emptied(self.found)
        for row, one in enumerate(checked):
            sign = role(label(self.found, wraps=False), "good" if one.holds else "alert")
            sign.setText("✓" if one.holds else "✗")
            sign.setAccessibleName(say("about.holds" if one.holds else "about.fails"))
            words = label(self.found)
            words.setText(one.words)
            grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 1)
        self.found.setVisible(bool(checked))

    def _failed(self, why: str) -> None:
        self.check.setEnabled(True)
        role(self.state, "alert")
        self.state.setText(say("about.failed", why=why))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._page)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(heading(self._page, "about.title", 1.4))
        column.addWidget(quiet(self._page, "about.intro"))
        column.addWidget(self.facts)
        column.addWidget(self.check, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.state)
        column.addWidget(self.found)
        column.addStretch()
        self.found.hide()
        self.setWidget(self._page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def _emptied(frame: QFrame) -> QGridLayout:
    """The grid of a panel without what stood in it."""
    grid = frame.layout()
    if not isinstance(grid, QGridLayout):
        grid = QGridLayout(frame)
        grid.setContentsMargins(14, 12, 14, 12)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(1, 1)
    while (item := grid.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()  # it goes when Qt comes to it
            widget.deleteLater()
    return grid
