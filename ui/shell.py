"""The main window: sections at the left, the page of one at the right.

A section makes its page when it is opened for the first time, so that the window is there at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coach.phrases import say
from ui.appearance import theme_of
from ui.fonts import unit
from ui.help_window import helps
from ui.icons import IconButton
from ui.places import Placed, Places
from ui.saying import named, saying

_USUAL = QSize(1060, 700)
_NARROW = 720


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A part of the product. `title` is the key of its name, `sign` one of `ui.icons`.

    `page` makes its page; it is called once.
    """

    name: str
    title: str
    sign: str
    page: Callable[[], QWidget]


class Shell(QWidget):
    """The main window over `sections`; `first` is open, else the first one of them.

    `closing` is called when the person closes it. Give `actions` buttons that stand below the
    sections whatever page is open, and a `banner` that stands above the page.
    """

    def __init__(
        self,
        sections: Sequence[Section],
        *,
        first: str | None = None,
        places: Places | None = None,
        actions: Sequence[QWidget] = (),
        banner: QWidget | None = None,
        closing: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self._closing = closing
        self.setWindowTitle("Eerst Begrip")
        self.setObjectName("shell")
        self.pages: dict[str, QWidget] = {}
        self.buttons: dict[str, IconButton] = {}
        self._sections = {section.name: section for section in sections}
        self._stack = QStackedWidget(self)
        self._group = QButtonGroup(self)
        self._lay_out(actions, banner)
        saying(self, self._say_title)
        self._placed = Placed(self, "shell", places or Places())
        self._placed.restore(_USUAL * unit(self))
        for keys in ("Ctrl+W", "Ctrl+Q"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.close)
        helps(self)
        if sections:
            self.open(first or sections[0].name)

    def open(self, name: str) -> QWidget:
        """Open the section `name`; its page."""
        page = self.pages.get(name)
        if page is None:
            page = self._sections[name].page()
            self.pages[name] = page
            self._stack.addWidget(page)
            for widget in page.findChildren(QWidget):
                if callable(told := getattr(widget, "set_theme", None)):
                    told(theme_of(self))
        self._stack.setCurrentWidget(page)
        self.buttons[name].setChecked(True)
        if self.focusWidget() in (None, self, *self.buttons.values()):
            self.buttons[name].setFocus()
        self._say_title()
        return page

    @property
    def opened(self) -> str:
        """The name of the section that is open."""
        current = self._stack.currentWidget()
        return next((name for name, page in self.pages.items() if page is current), "")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A narrow window leaves its room to the page: signs without words."""
        super().resizeEvent(event)
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        if self.width() < _NARROW * unit(self):
            style = Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self.buttons.values():
            button.setToolButtonStyle(style)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that the person is done."""
        self._closing()
        super().closeEvent(event)

    def _say_title(self) -> None:
        section = self._sections.get(self.opened)
        self.setWindowTitle(f"{say(section.title)} – Eerst Begrip" if section else "Eerst Begrip")

    def _lay_out(self, actions: Sequence[QWidget], banner: QWidget | None) -> None:
        side = named(QFrame(self), "shell.sections")
        side.setObjectName("sections")
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 12, 8, 12)
        column.setSpacing(4)
        for number, section in enumerate(self._sections.values(), start=1):
            column.addWidget(self._button(section, number))
        column.addStretch()
        for widget in actions:
            column.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        page = QVBoxLayout()
        page.setSpacing(0)
        if banner is not None:
            page.addWidget(banner)
        page.addWidget(self._stack, 1)
        row.addLayout(page, 1)

    def _button(self, section: Section, number: int) -> IconButton:
        button = IconButton(section.sign, section.title, self)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        saying(button, lambda: button.setText(f"  {say(section.title)}"))
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setProperty("kind", "section")
        button.clicked.connect(lambda: self.open(section.name))
        key = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
        key.activated.connect(lambda: self.open(section.name))
        self._group.addButton(button)
        self.buttons[section.name] = button
        return button
