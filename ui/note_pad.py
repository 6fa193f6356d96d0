"""The note pad beside the call: name, number, product and promise, filled from what was heard.

What the agent types stands; what is heard later fills only what is still empty or was heard too.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QWidget

from coach.core.events import AgentScored, CallStarted, Utterance
from coach.core.notepad import Pad
from coach.phrases import say
from ui.errands import Errands
from ui.icons import IconButton
from ui.parts import label, role
from ui.saying import named, saying

FIELDS = ("name", "number", "product", "promise")
Note = Callable[[str, str], None]
"""Told the field and the words that the agent wrote."""


class Listener(QObject):
    """Finds what belongs on the note pad in what was said, behind the screen.

    `found` is told the lines whenever there are other ones.
    """

    def __init__(
        self, found: Callable[[Mapping[str, str]], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._found = found
        self._pad = Pad()
        self._call = 0
        self._errands = Errands(self)

    def hear(self, message: object) -> None:
        """Take in one message of the call, if it has words."""
        if isinstance(message, CallStarted):
            self._call += 1
            began = datetime.fromisoformat(message.began) if message.began else None
            self._run(lambda: self._begin(began))
        elif isinstance(message, Utterance | AgentScored):
            self._run(lambda: self._listen(message))

    def close(self) -> None:
        """Listen no more."""
        self._errands.close()

    def _run(self, work: Callable[[], Mapping[str, str]]) -> None:
        call = self._call
        self._errands.run(work, lambda lines: self._tell(call, lines), lambda _: None)

    def _begin(self, began: datetime | None) -> Mapping[str, str]:
        self._pad = Pad(began=began)
        return {}

    def _listen(self, event: Utterance | AgentScored) -> Mapping[str, str]:
        before, self._pad = self._pad, self._pad.hear(event)
        return self._pad.lines() if self._pad.facts != before.facts else {}

    def _tell(self, call: int, lines: Mapping[str, str]) -> None:
        if lines and call == self._call:
            self._found(lines)


class NotePad(QScrollArea):
    """Four lines. `note` is told what the agent wrote, when the line is left."""

    def __init__(self, note: Note, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note = note
        self._page = QWidget(self)
        self._heard: dict[str, str] = {}
        self._typed: set[str] = set()
        self.lines = {field: self._line(field) for field in FIELDS}
        self.copy = IconButton("note", "screen.note_copy", self._page)
        self.copy.with_words("screen.note_copy")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.words()))
        self._lay_out()

    def set_heard(self, heard: Mapping[str, str]) -> None:
        """Fill what was heard into the lines that the agent has not written."""
        for field, words in heard.items():
            if field in self.lines and field not in self._typed and words:
                if self._heard.get(field) != words:
                    self.lines[field].setText(words)
                self._heard[field] = words

    def clear(self) -> None:
        """Another call: a clean sheet."""
        self._heard.clear()
        self._typed.clear()
        for line in self.lines.values():
            line.clear()

    def words(self) -> str:
        """The sheet as text, for the customer system."""
        filled = ((say(f"screen.note_{f}"), line.text()) for f, line in self.lines.items())
        return "\n".join(f"{name}: {words}" for name, words in filled if words)

    def _line(self, field: str) -> QLineEdit:
        line = named(QLineEdit(self._page), f"screen.note_{field}")
        saying(line, lambda: line.setPlaceholderText(say(f"screen.note_{field}_hint")))
        line.textEdited.connect(lambda: self._typed.add(field))
        line.editingFinished.connect(lambda: self._left(field))
        return line

    def _left(self, field: str) -> None:
        if field in self._typed:
            self._note(field, self.lines[field].text())

    def _lay_out(self) -> None:
        grid = QGridLayout(self._page)
        grid.setContentsMargins(0, 0, 6, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (field, line) in enumerate(self.lines.items()):
            name = role(label(self._page, f"screen.note_{field}", wraps=False), "quiet")
            name.setBuddy(line)
            grid.addWidget(name, row, 0)
            grid.addWidget(line, row, 1)
        grid.addWidget(self.copy, len(FIELDS), 1)
        grid.setRowStretch(len(FIELDS) + 1, 1)
        self.setWidget(self._page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        named(self, "screen.note_pad")

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It scrolls: a line is enough."""
        return QSize(60, 2 * self.fontMetrics().height())
