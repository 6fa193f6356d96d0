"""The call when it is over, to be read in twenty seconds: what went well first.

Only for the agent. The incident form opens from here when the customer was abusive; nobody but the
agent can send it. A pause is offered, and nobody is told whether it was taken.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from coach.core.summary import AfterCall
from coach.phrases import say
from coach.protocol.asked import Asked, whom_and_when
from ui import wording
from ui.asked_card import add_asked
from ui.errands import Errands
from ui.fonts import sized
from ui.parts import button, label, panel, quiet, role
from ui.promises import Agenda, PromiseList, proposals
from ui.saying import saying
from ui.viewmodel import LiveView, Nudge


class AfterCard(QScrollArea):
    """Shows an `AfterCall`; `report` opens the incident form, where there is one.

    `agenda`: where the promises go that the agent confirms.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        report: Callable[[AfterCall], None] | None = None,
        agenda: Agenda | None = None,
    ) -> None:
        super().__init__(parent)
        self._review: AfterCall | None = None
        self._nudges: tuple[Nudge, ...] = ()
        self._asked: Asked | None = None
        self._noted = ""
        self._report, self._agenda = report, agenda
        self._errands = Errands(self)
        self._listed: dict[str, str] = {}
        self.promises: PromiseList | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        saying(self, self._write)

    def set_view(self, view: LiveView) -> None:
        """Show the review of `view`."""
        if (view.review, view.nudges, view.asked) != (self._review, self._nudges, self._asked):
            if view.review is None or self._review is None or view.call_id != self._review.call_id:
                self._listed = {}  # what is on its way still goes to the other call's
            self._review, self._nudges, self._asked = view.review, view.nudges, view.asked
            self._write()

    def set_noted(self, promise: str) -> None:
        """Propose what the note pad has of a promise too."""
        if promise != self._noted:
            self._noted = promise
            if self._review is not None:
                self._write()

    def close_errands(self) -> None:
        """Let every promise that was ticked go to the list; nothing after it."""
        while self._errands.busy:
            self._errands.wait()
        self._errands.close()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It scrolls: a few lines are enough."""
        return QSize(60, 3 * self.fontMetrics().height())

    def _write(self) -> None:
        """A new page: the words are other ones."""
        page = QWidget(self)
        self.promises = None
        column = QVBoxLayout(page)
        column.setContentsMargins(2, 2, 8, 2)
        column.setSpacing(6)
        spoken = [say("screen.summary")]
        if self._review is not None:
            self._fill(page, column, self._review)
            facts = wording.rows(self._review, self._nudges)
            spoken += [wording.point(one) for one in (*self._review.well, *self._review.grow)]
            spoken += [f"{name}: {words}" for name, words in facts]
            tasks = self._asked.tasks if self._asked else ()
            spoken += [whom_and_when(task.entry, task) for task in tasks]
        column.addStretch()
        self.setWidget(page)
        self.setAccessibleName(". ".join(spoken))

    def _fill(self, page: QWidget, column: QVBoxLayout, review: AfterCall) -> None:
        if review.pause is not None:
            column.addWidget(self._pause(page, review))
        for number, one in enumerate(review.well):
            line = label(page)
            line.setText(f"✓  {wording.point(one)}")
            column.addWidget(sized(line, 1.1, bold=True) if not number else line)
        for one in review.grow:
            line = label(page)
            line.setText(f"→  {wording.point(one)}")
            column.addWidget(line)
            if example := wording.spoken_example(one):
                said = role(sized(label(page), italic=True), "quiet")
                said.setText(example)
                said.setContentsMargins(22, 0, 0, 0)
                column.addWidget(said)
        column.addLayout(self._facts(page, review))
        add_asked(page, column, self._asked)
        found = proposals(review, self._noted, datetime.now().astimezone())
        if found:
            self.promises = PromiseList(
                page,
                found,
                call_id=review.call_id,
                agenda=self._agenda,
                errands=self._errands,
                listed=self._listed,
            )
            column.addWidget(self.promises)

    def _facts(self, page: QWidget, review: AfterCall) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for row, pair in enumerate(wording.rows(review, self._nudges)):
            for place, words in enumerate(pair):
                told = label(page, wraps=bool(place))
                told.setText(words)
                grid.addWidget(told if place else role(told, "quiet"), row, place, _TOP)
        return grid

    def _pause(self, page: QWidget, review: AfterCall) -> QWidget:
        """What the customer said was heavy: take distance, and report it if you want to."""
        frame = panel(page, "accent")
        column = QVBoxLayout(frame)
        column.setContentsMargins(10, 7, 10, 7)
        column.setSpacing(4)
        words = label(frame)
        words.setText(say(review.pause.key) if review.pause else "")
        column.addWidget(words)
        column.addWidget(quiet(frame, "screen.pause_private"))
        if review.incident_due and self._report is not None:
            report = self._report
            opens = button(frame, "screen.report_incident", main=True)
            opens.setShortcut(QKeySequence("I"))
            opens.clicked.connect(lambda: report(review))
            column.addWidget(opens, 0, Qt.AlignmentFlag.AlignLeft)
        return frame


_TOP = Qt.AlignmentFlag.AlignTop
