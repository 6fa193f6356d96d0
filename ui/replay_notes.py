"""Notes at a moment of the call: what went well first, then at most two points to grow."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from coach.core.units import Samples
from coach.phrases import say
from ui import replay_words as words
from ui.archive import Note
from ui.fonts import unit
from ui.parts import label, panel, quiet, role, row
from ui.replay_sheets import Sheet
from ui.saying import named, saying, text

MOST_POINTS = 2
"""How many points to grow help somebody; more do not."""

Leave = Callable[[str, bool], None]
"""Told the text of a note, and whether it says what went well."""


def refusal(notes: Sequence[Note], *, went_well: bool) -> str:
    """Why a note is not taken now, as a key of `replay`; empty: it is.

    What went well comes first, and there are at most `MOST_POINTS` points to grow.
    """
    if went_well:
        return ""
    if not any(note.went_well for note in notes):
        return "note_well_first"
    points = sum(not note.went_well for note in notes)
    return "note_enough" if points >= MOST_POINTS else ""


class NotesSheet(QWidget):
    """Leaves notes through `leave`, and shows those that are there; a click goes to the moment."""

    def __init__(
        self, leave: Leave, sought: Callable[[Samples], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._leave, self._sought = leave, sought
        self._notes: tuple[Note, ...] = ()
        self._at = Samples(0)
        self.well = text(QRadioButton(self), "replay.note_well")
        self.grow = text(QRadioButton(self), "replay.note_grow")
        self._kinds = QButtonGroup(self)
        for kind in (self.well, self.grow):
            self._kinds.addButton(kind)
            kind.toggled.connect(lambda _: self._check())
        self.words = named(QPlainTextEdit(self), "replay.note_text")
        self.words.setTabChangesFocus(True)
        self.words.textChanged.connect(self._check)
        self.why = role(QLabel(self), "watch")
        self.why.setWordWrap(True)
        self.add = QPushButton(self)
        self.add.setProperty("kind", "main")
        self.add.clicked.connect(self._add)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self.words)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self._add)
        self.list = Sheet("replay.tab_notes", self._fill, self)
        self._lay_out()
        self.well.setChecked(True)
        saying(self, self._say)

    def put(self, notes: Sequence[Note]) -> None:
        """Show these notes."""
        self._notes = tuple(notes)
        self.list.change()
        self._check()

    def set_moment(self, at: Samples) -> None:
        """The next note stands at `at`."""
        if words.clock(at) != words.clock(self._at):
            self._at = at
            self._say_add()
        self._at = at

    def _add(self) -> None:
        said = self.words.toPlainText().strip()
        if said and not refusal(self._notes, went_well=self.well.isChecked()):
            self._leave(said, self.well.isChecked())
            self.words.clear()

    def _check(self) -> None:
        key = refusal(self._notes, went_well=self.well.isChecked())
        self.why.setText(say(f"replay.{key}") if key else "")
        self.why.setVisible(bool(key))
        self.add.setEnabled(bool(self.words.toPlainText().strip()) and not key)

    def _say(self) -> None:
        self.words.setPlaceholderText(say("replay.note_text_hint"))
        self._say_add()
        self.list.change()
        self._check()

    def _say_add(self) -> None:
        self.add.setText(say("replay.note_add", at=words.clock(self._at)))

    def _fill(self) -> None:
        column = self.list.anew()
        column.setContentsMargins(0, 8, 4, 4)
        if not self._notes:
            column.addWidget(quiet(self.list.page, "replay.no_notes"))
        for note in self._notes:
            column.addWidget(self._card(note))
        column.addStretch()

    def _card(self, note: Note) -> QFrame:
        card = panel(self.list.page)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(12, 9, 12, 9)
        inside.setSpacing(4)
        kind = role(label(card), "good" if note.went_well else "watch")
        kind.setText(say("replay.note_well" if note.went_well else "replay.note_grow"))
        said, who = label(card), quiet(card)
        said.setText(note.text)
        who.setText(words.note(note))
        jump = QPushButton(say("replay.jump", at=words.clock(note.at)), card)
        jump.clicked.connect(lambda: self._sought(note.at))
        for widget in (kind, said, who):
            inside.addWidget(widget)
        inside.addWidget(jump, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 8)
        column.setSpacing(8)
        column.addWidget(quiet(self, "replay.notes_hint"))
        column.addLayout(row(self.well, self.grow))
        self.words.setMaximumHeight(round(84 * unit(self)))
        for widget in (self.words, self.why):
            column.addWidget(widget)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.list, 1)
