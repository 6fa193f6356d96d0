"""What the escalation protocol asks for after a call: to whom, by when, and the text to hand over.

The text is redacted and nothing is sent: who copies it pastes it where the protocol says.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from coach.causes.named import cause_name
from coach.core.hand_over import Task
from coach.phrases import language, say
from coach.protocol.asked import Asked, hand_over_text, whom_and_when
from ui import replay_words as words
from ui.fonts import sized
from ui.parts import button, heading, label, panel, quiet, role


class AskedCard(QFrame):
    """One entry of the protocol that a call calls for, in the language of the moment."""

    def __init__(self, parent: QWidget, asked: Asked, task: Task) -> None:
        super().__init__(parent)
        self.setProperty("panel", "true")
        self.text = label(self)
        self.text.setText(hand_over_text(task, asked.call, cause_name(asked.cause)))
        self.text.setTextInteractionFlags(_SELECTABLE)
        self.copy = button(self, "replay.hand_over_copy")
        kind = say(f"insight.sign_{task.entry.kind}")
        self.copy.setAccessibleName(say("replay.hand_over_copy_of", kind=kind))
        self.copy.clicked.connect(self._copy)
        self.state = role(label(self), "good")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(5)
        title = sized(label(self), 1.05, bold=True)
        title.setText(say("replay.hand_over_of", kind=kind, at=words.clock(task.sign.start)))
        column.addWidget(title)
        for line in self._lines(task):
            column.addWidget(line)
        text = panel(self, "accent")
        inside = QVBoxLayout(text)
        inside.setContentsMargins(10, 8, 10, 8)
        inside.addWidget(self.text)
        column.addWidget(text)
        column.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.state)
        self.state.hide()

    def _lines(self, task: Task) -> list[QLabel]:
        """Who, how and by when; the steps; whether the customer is to be called back."""
        told = [whom_and_when(task.entry, task)]
        told += [f"–  {step}" for step in task.entry.steps[language()]]
        if task.entry.call_back:
            told.append(say("protocol.call_back"))
        lines = [label(self), *(quiet(self) for _ in told[1:])]
        for line, text in zip(lines, told, strict=True):
            line.setText(text)
        return lines

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.text())
        self.state.setText(say("replay.hand_over_copied"))
        self.state.show()
        spoken = QAccessibleAnnouncementEvent(self, self.state.text())
        spoken.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(spoken)


def add_asked(page: QWidget, column: QVBoxLayout, asked: Asked | None) -> list[AskedCard]:
    """Put a card for each task behind what `column` has; nothing where nothing is asked for."""
    if asked is None or not (asked.tasks or asked.why_not):
        return []
    cards = [AskedCard(page, asked, one) for one in asked.tasks]
    column.addWidget(heading(page, "replay.hand_over", 1.05))
    if asked.why_not:
        why = role(label(page), "watch")
        why.setText(asked.why_not)
        column.addWidget(why)
    else:
        column.addWidget(quiet(page, "replay.hand_over_hint"))
    for card in cards:
        column.addWidget(card)
    column.addSpacing(8)
    return cards


_SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)
