"""Small things that pages are put together from."""

from collections.abc import Iterable
from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.fonts import sized
from ui.saying import text

Widget = TypeVar("Widget", bound=QWidget)


def row(*widgets: QWidget, stretch: int | None = None, spacing: int = 8) -> QHBoxLayout:
    """Widgets side by side; what room is left goes to the one numbered `stretch`, or behind all."""
    made = QHBoxLayout()
    made.setSpacing(spacing)
    for number, widget in enumerate(widgets):
        made.addWidget(widget, int(number == stretch))
    if stretch is None:
        made.addStretch()
    return made


def column(parent: QWidget, *widgets: QWidget, margin: int = 0, spacing: int = 8) -> QVBoxLayout:
    """Widgets one below the other in `parent`."""
    made = QVBoxLayout(parent)
    made.setContentsMargins(margin, margin, margin, margin)
    made.setSpacing(spacing)
    for widget in widgets:
        made.addWidget(widget)
    return made


def role(widget: Widget, name: str) -> Widget:
    """The widget in the colour of a role ("quiet", "alert", …) of the style sheet."""
    return marked(widget, "role", name)


def marked(widget: Widget, name: str, value: object) -> Widget:
    """The widget with a property that the style sheet looks at."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        changed: tuple[QWidget, ...] = (widget, *widget.findChildren(QPushButton))
        for one in changed:
            one.style().unpolish(one)
            one.style().polish(one)
    return widget


def label(parent: QWidget, key: str = "", *, wraps: bool = True) -> QLabel:
    """A label of plain text, with the sentence `key`, if one is given."""
    made = QLabel(parent)
    made.setWordWrap(wraps)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return text(made, key) if key else made


def heading(parent: QWidget, key: str = "", by: float = 1.25) -> QLabel:
    """A label in the type of a heading."""
    return sized(label(parent, key), by, bold=True)


def quiet(parent: QWidget, key: str = "") -> QLabel:
    """A label that explains, in the quiet colour."""
    return role(label(parent, key), "quiet")


def button(parent: QWidget, key: str, *, main: bool = False) -> QPushButton:
    """A button that says the sentence `key`; `main`: the one that most people want."""
    made = text(QPushButton(parent), key)
    if main:
        made.setProperty("kind", "main")
    return made


def panel(parent: QWidget, kind: str = "true") -> QFrame:
    """A framed ground for things that belong together: "true", "accent" or "alert"."""
    made = QFrame(parent)
    made.setProperty("panel", kind)
    return made


def tab_order(widgets: Iterable[QWidget]) -> None:
    """Let Tab go through `widgets` in this order."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)


class Pages(QStackedWidget):
    """One page at a time; asks for no more room than the page that is open."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The least that the open page needs."""
        current = self.currentWidget()
        return current.minimumSizeHint() if current is not None else super().minimumSizeHint()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """What the open page would like."""
        current = self.currentWidget()
        return current.sizeHint() if current is not None else super().sizeHint()
