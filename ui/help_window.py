"""Help: what the signs mean, who sees what, and every key; opened with F1 from every window."""

from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from coach.phrases import say
from ui.fonts import unit
from ui.parts import button, column, heading, label, quiet, row
from ui.saying import named, saying

ANSWERS: Final = (
    ("help.lights", "help.lights_are"),
    ("help.nudge", "help.nudge_is"),
    ("help.seen", "help.seen_by"),
    ("help.more", "help.more_is"),
)
"""What people ask, and the answer."""

KEYS: Final = (
    (
        "help.live",
        (
            ("1 2 3", "help.key_answer"),
            ("N", "help.key_notes"),
            ("F", "help.key_figures"),
            ("W", "help.key_hold"),
            ("P", "help.key_pause"),
            ("X", "help.key_object"),
            ("M", "help.key_mini"),
            ("I", "help.key_incident"),
            ("Ctrl+Alt+Left", "help.key_left"),
            ("Ctrl+Alt+Right", "help.key_right"),
        ),
    ),
    (
        "help.replay",
        (
            ("Ctrl+F", "help.key_find"),
            ("Return", "help.key_open"),
            ("Space", "help.key_play"),
            ("N", "help.key_next"),
            ("M", "help.key_write"),
            ("Esc", "help.key_back"),
        ),
    ),
    (
        "help.dashboard",
        (
            ("Ctrl+F", "help.key_filter"),
            ("Ctrl+E", "help.key_table"),
            ("Ctrl+P", "help.key_report"),
        ),
    ),
    (
        "help.everywhere",
        (
            ("Ctrl+1", "help.key_sections"),
            ("Ctrl+S", "help.key_apply"),
            ("Ctrl+Z", "help.key_undo"),
            ("Ctrl+W", "help.key_close"),
            ("F1", "help.key_help"),
        ),
    ),
)
"""The keys of each place: as Qt names them, and what they do."""

_ROOM = QSize(560, 620)


class HelpWindow(QDialog):
    """Can be read whole by keyboard; whatever else is open goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        saying(self, lambda: self.setWindowTitle(say("help.title")))
        page = QWidget(self)
        inside = column(page, margin=4, spacing=8)
        for asked, answered in ANSWERS:
            inside.addWidget(heading(page, asked, 1.1))
            inside.addWidget(label(page, answered))
        inside.addWidget(heading(page, "help.keys", 1.1))
        for place, keys in KEYS:
            inside.addWidget(quiet(page, place))
            inside.addLayout(_table(page, keys))
        inside.addStretch()
        scroll = named(QScrollArea(self), "help.title")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        self.close_it = button(self, "screen.close")
        self.close_it.clicked.connect(self.close)
        whole = column(self, scroll, margin=16, spacing=10)
        whole.addLayout(row(QWidget(self), self.close_it, stretch=0))
        self.resize(_ROOM * unit(self))


def helps(window: QWidget) -> None:
    """Let F1 open the help from `window`."""
    QShortcut(QKeySequence("F1"), window).activated.connect(lambda: open_help(window))


def open_help(window: QWidget) -> HelpWindow:
    """Open the help over `window`."""
    shown = HelpWindow(window)
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    shown.show()
    return shown


def _table(page: QWidget, keys: tuple[tuple[str, str], ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setColumnStretch(1, 1)
    for at, (pressed, does) in enumerate(keys):
        shown = label(page, wraps=False)
        saying(shown, partial(_name, shown, pressed))
        grid.addWidget(shown, at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(page, does), at, 1)
    return grid


def _name(shown: QLabel, pressed: str) -> None:
    """Keys as the keyboard calls them in the language of the moment."""
    shown.setText(" · ".join(QKeySequence(one).toString(_NATIVE) for one in pressed.split()))


_NATIVE = QKeySequence.SequenceFormat.NativeText
