"""The menu of the live window, and its one question."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from coach.phrases import say
from ui.help_window import open_help
from ui.parts import button, heading, label
from ui.saying import saying


class LiveMenu(QMenu):
    """On top or not, where to stand, the main window, help, closing."""

    def __init__(self, window: QWidget, *, open_main: Callable[[], None] | None) -> None:
        super().__init__(window)
        self.on_top = self._action("screen.on_top", lambda: None)
        self.on_top.setCheckable(True)
        dock: Callable[..., None] = getattr(window, "dock", lambda **_: None)
        self._action("screen.dock_left", lambda: dock(left=True))
        self._action("screen.dock_right", lambda: dock(left=False))
        if open_main is not None:
            self.addSeparator()
            self._action("screen.open_main", open_main)
        self.addSeparator()
        self._action("help.open", lambda: open_help(window))
        self._action("screen.close", window.close)

    def open_at(self, opener: QToolButton) -> None:
        """Open below the button, within the screen."""
        below = opener.mapToGlobal(QPoint(opener.width(), opener.height()))
        self.popup(below - QPoint(self.sizeHint().width(), 0))

    def _action(self, key: str, act: Callable[[], object]) -> QAction:
        action = QAction(self)
        saying(action, lambda: action.setText(say(key)))
        action.triggered.connect(lambda _checked: act())
        self.addAction(action)
        return action


class Question(QDialog):
    """Asks before something that does not come back; the safe answer is the one at hand."""

    def __init__(
        self, parent: QWidget | None, *, ask: str, means: str, do: str, leave: str
    ) -> None:
        super().__init__(parent)
        saying(self, lambda: self.setWindowTitle(say(ask)))
        self.do, self.leave = button(self, do), button(self, leave, main=True)
        self.do.clicked.connect(self.accept)
        self.leave.clicked.connect(self.reject)
        self.leave.setDefault(True)
        self.leave.setFocus()
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.do)
        buttons.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(heading(self, ask, 1.1))
        explained = label(self, means)
        explained.setMinimumWidth(explained.fontMetrics().averageCharWidth() * 52)
        column.addWidget(explained)
        column.addLayout(buttons)


def sure_to_object(window: QWidget) -> bool:
    """Whether the agent means it: what was gathered will be gone."""
    question = Question(
        window,
        ask="screen.object_ask",
        means="screen.object_means",
        do="screen.object_do",
        leave="screen.object_not",
    )
    return question.exec() == QDialog.DialogCode.Accepted
