"""Today: start to listen along, play the sample call, and what was promised to customers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from coach.phrases import say
from ui.parts import button, heading, label, panel, quiet, role, row
from ui.saying import named, saying


@dataclass(frozen=True, kw_only=True, slots=True)
class ToKeep:
    """A promise to a customer that is still open, in words; `late`: its moment has passed."""

    number: str
    words: str
    late: bool = False


class Promises(Protocol):
    """The open call-backs of this agent."""

    def open(self) -> Sequence[ToKeep]:
        """Those that are still to be kept, the most urgent first."""
        ...

    def keep(self, number: str) -> None:
        """One was kept."""
        ...


class HomePage(QScrollArea):
    """The page that opens first. `changed`: the list of what is to be kept was written anew."""

    changed = Signal()

    def __init__(
        self,
        *,
        listen: Callable[[], None],
        demo: Callable[[], None],
        first_run: Callable[[], None],
        promises: Promises | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._promises = promises
        self._page = QWidget(self)
        self._dones: list[QPushButton] = []
        self.listen = button(self._page, "start.listen", main=True)
        self.demo = button(self._page, "start.demo_again")
        self.first_run = button(self._page, "start.first_again")
        for one, act in ((self.listen, listen), (self.demo, demo), (self.first_run, first_run)):
            one.clicked.connect(act)
        self.state = quiet(self._page, "start.listen_what")
        self.to_keep = panel(self._page)
        self._lay_out()
        named(self, "start.ready")
        saying(self, self.refresh)

    def refresh(self) -> None:
        """Tell what is open by now."""
        column = self.to_keep.layout()
        if not isinstance(column, QVBoxLayout):
            column = QVBoxLayout(self.to_keep)
            column.setContentsMargins(14, 12, 14, 12)
            column.setSpacing(8)
        while (item := column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()  # it goes when Qt comes to it
                widget.deleteLater()
        self._dones.clear()
        found = self._promises.open() if self._promises is not None else ()
        for one in found:
            column.addWidget(self._promise(one))
        column.addWidget(quiet(self.to_keep, "start.all_shown" if found else "start.none_to_keep"))
        self.changed.emit()

    def show_to_keep(self) -> None:
        """Bring the list into sight, for somebody who asked for it: the focus goes there."""
        self.refresh()
        self.ensureWidgetVisible(self.to_keep)
        if self._dones:
            self._dones[0].setFocus()

    def set_listening(self, listening: bool, why_not: str = "") -> None:
        """Say whether the coach listens along, and what is in the way if something is."""
        self.listen.setEnabled(not listening)
        self.demo.setEnabled(not listening)
        self.state.setText(why_not or say("start.listening" if listening else "start.listen_what"))

    def _promise(self, one: ToKeep) -> QWidget:
        line = QWidget(self.to_keep)
        words = label(line)
        words.setText(say("start.late", words=one.words) if one.late else one.words)
        if one.late:
            role(words, "alert")
        done = button(line, "start.kept")
        done.setAccessibleName(say("start.kept_of", words=one.words))
        done.clicked.connect(lambda: self._keep(one.number))
        self._dones.append(done)
        both = row(words, done, stretch=0)
        both.setContentsMargins(0, 0, 0, 0)
        line.setLayout(both)
        return line

    def _keep(self, number: str) -> None:
        if self._promises is not None:
            self._promises.keep(number)
            self.refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._page)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(heading(self._page, "start.ready", 1.4))
        column.addWidget(self.state)
        column.addLayout(row(self.listen, self.demo, self.first_run))
        column.addSpacing(10)
        column.addWidget(heading(self._page, "start.to_keep", 1.15))
        column.addWidget(self.to_keep)
        column.addStretch()
        self.setWidget(self._page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
