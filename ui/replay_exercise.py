"""The sheet for practice: the call stops, one says what one would do, then compares."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from coach.phrases import say
from ui import replay_words as words
from ui import wording
from ui.fonts import unit
from ui.parts import button, column, heading, label, panel, quiet, row
from ui.replay_practice import Exercise
from ui.saying import named, saying


class PracticeSheet(QWidget):
    """Leads through exercises; `turned` is told the one that is open now, `None` without one.

    The answer of the exercise is shown, and the transcript may show it, once `compared` is true.
    What is typed stays here.
    """

    def __init__(
        self,
        turned: Callable[[Exercise | None, bool], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._turned = turned
        self._exercises: tuple[Exercise, ...] = ()
        self._number: int | None = None
        self.compared = False
        self.intro = quiet(self, "replay.practice_intro")
        self.none = quiet(self, "replay.no_exercises")
        self.start = button(self, "replay.practice_start", main=True)
        self.stop = button(self, "replay.practice_stop")
        self.compare = button(self, "replay.practice_compare", main=True)
        self.following = button(self, "replay.practice_next", main=True)
        self.where, self.customer, self.yours = (label(self) for _ in range(3))
        self.reply, self.nudge, self.example = (label(self) for _ in range(3))
        self.words = named(QPlainTextEdit(self), "replay.practice_ask")
        self.words.setTabChangesFocus(True)
        self._connect()
        self._lay_out()
        saying(self, self._show)

    @property
    def exercise(self) -> Exercise | None:
        """The exercise that is open."""
        return None if self._number is None else self._exercises[self._number]

    @property
    def upcoming(self) -> Exercise | None:
        """The exercise after the one that is open: its answer is not to be seen either."""
        following = None if self._number is None else self._number + 1
        known = following is not None and following < len(self._exercises)
        return self._exercises[following] if known and following is not None else None

    def put(self, exercises: Sequence[Exercise]) -> None:
        """These are the exercises of the call; none is open."""
        self._exercises, self._number, self.compared = tuple(exercises), None, False
        self.words.clear()
        self._show()

    def leave(self) -> None:
        """Stop practising."""
        self._turn(None)

    def _connect(self) -> None:
        self.start.clicked.connect(lambda: self._turn(0))
        self.stop.clicked.connect(self.leave)
        self.compare.clicked.connect(self._compare)
        self.following.clicked.connect(self._next)
        self.words.textChanged.connect(self._show)

    def _next(self) -> None:
        following = 0 if self._number is None else self._number + 1
        self._turn(following if following < len(self._exercises) else None)

    def _turn(self, number: int | None) -> None:
        self._number, self.compared = number, False
        self.words.clear()
        self._show()
        self._turned(self.exercise, False)
        if number is not None:
            self.words.setFocus()

    def _compare(self) -> None:
        self.compared = True
        self._show()
        self._turned(self.exercise, True)
        self.following.setFocus()

    def _show(self) -> None:
        one, compared = self.exercise, self.compared
        self.none.setVisible(not self._exercises)
        self.intro.setVisible(bool(self._exercises) and one is None)
        self.start.setVisible(bool(self._exercises) and one is None)
        self._asking.setVisible(one is not None)
        self._answers.setVisible(one is not None and compared)
        self.words.setReadOnly(compared)
        self.compare.setVisible(not compared)
        self.compare.setEnabled(bool(self.words.toPlainText().strip()))
        self.following.setVisible(compared)
        if one is None:
            return
        self.where.setText(words.exercise(one, (self._number or 0) + 1, len(self._exercises)))
        self.customer.setText(wording.quoted(one.customer))
        self.yours.setText(wording.quoted(self.words.toPlainText().strip()))
        self.reply.setText(wording.quoted(" ".join(line.text for line in one.reply)))
        title = words.title(one.kind)
        self.nudge.setText(f"{say('replay.practice_did_it')} {title}." if one.did_it else title)
        self.example.setText(words.example(one.kind))

    def _lay_out(self) -> None:
        whole = column(self, self.none, self.intro, margin=10, spacing=10)
        whole.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        self._asking, self._answers = QWidget(self), panel(self, "accent")
        asking = column(self._asking, self.where, spacing=8)
        said = (heading(self._asking, "replay.practice_customer", 1.0), self.customer)
        for widget in (*said, heading(self._asking, "replay.practice_ask", 1.0), self.words):
            asking.addWidget(widget)
        self.words.setMaximumHeight(round(90 * unit(self)))
        asking.addLayout(row(self.compare, self.following, self.stop))
        answers = column(self._answers, margin=12, spacing=6)
        self._answer(answers, "replay.practice_yours", self.yours)
        self._answer(answers, "replay.practice_agent", self.reply)
        self._answer(answers, "replay.practice_nudge", self.nudge, self.example)
        whole.addWidget(self._asking)
        whole.addWidget(self._answers)
        whole.addStretch()

    def _answer(self, inside: QVBoxLayout, key: str, *told: QLabel) -> None:
        inside.addWidget(quiet(self._answers, key))
        for widget in told:
            inside.addWidget(widget)
