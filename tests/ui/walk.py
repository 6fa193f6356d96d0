"""Walks through a window as somebody without a mouse, without eyes or with large text would.

For the tests of every window: each function gives what is wrong, in words, and nothing if all is
well.
"""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSlider,
    QTextEdit,
    QWidget,
)

from ui.drawn import Drawn
from ui.elided import ElidedLabel

CONTROLS = (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QAbstractSpinBox,
    QSlider,
    QAbstractItemView,
    QPlainTextEdit,
    QTextEdit,
)


def settle() -> None:
    """Let the windows lay themselves out."""
    for _ in range(3):
        QApplication.processEvents()


def seen(window: QWidget) -> Iterator[QWidget]:
    """What is on the screen, without the parts that Qt makes controls of."""
    for widget in window.findChildren(QWidget):
        if widget.isVisibleTo(window) and not widget.objectName().startswith("qt_"):
            yield widget


def controls(window: QWidget) -> list[QWidget]:
    """What somebody can use: buttons, fields, lists. Not the parts of a spin box or a list."""
    found: list[QWidget] = []
    for widget in seen(window):
        parent = widget.parentWidget()
        part = isinstance(parent, QAbstractSpinBox | QComboBox | QAbstractItemView)
        if (
            isinstance(widget, CONTROLS)
            and not part
            and not _of_list(widget)
            and not _of_picture(widget)
        ):
            found.append(widget)
    return found


def nameless(window: QWidget) -> list[str]:
    """Controls and drawings that a screen reader has no name for."""
    drawn = [widget for widget in seen(window) if isinstance(widget, Drawn)]
    return [_called(one) for one in (*controls(window), *drawn) if not _name(one)]


def untold(window: QWidget) -> list[str]:
    """Drawings that show something and say nothing of it."""
    drawn = [widget for widget in seen(window) if isinstance(widget, Drawn)]
    return [_called(one) for one in drawn if not (one.accessibleDescription() or _name(one))]


def unreachable(window: QWidget) -> list[str]:
    """Enabled controls that Tab does not come to."""
    window.activateWindow()
    reached: set[QWidget] = set()
    wanted = [one for one in controls(window) if one.isEnabled()]
    at = window.focusWidget() or window
    for _ in range(3 * len(wanted) + 20):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(
                at, QKeyEvent(kind, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
            )
        at = window.focusWidget() or window
        reached.add(at)
    grouped = {one.group() for one in reached if isinstance(one, QAbstractButton) and one.group()}
    return [
        _called(one)
        for one in wanted
        if one not in reached
        and not (isinstance(one, QAbstractButton) and one.group() in grouped)
        and not any(one.isAncestorOf(other) for other in reached)
    ]


def cut_off(window: QWidget) -> list[str]:
    """Texts that are not wholly visible although they neither end in "…" nor can be scrolled to."""
    return [f"{_called(one)}: {_text(one)!r}" for one in seen(window) if _is_cut(one, window)]


def _is_cut(widget: QWidget, window: QWidget) -> bool:
    if isinstance(widget, ElidedLabel) or not _text(widget):
        return False
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            short = widget.height() < needed - 1
        else:
            short = widget.width() < widget.sizeHint().width() - 1
    elif isinstance(widget, QAbstractButton):
        short = widget.width() < widget.minimumSizeHint().width() - 1
    else:
        return False
    return short or _outside(widget, window)


def _outside(widget: QWidget, window: QWidget) -> bool:
    """Whether it lies beyond the edge of the window, and in nothing that scrolls."""
    at: QWidget | None = widget.parentWidget()
    while at is not None and at is not window:
        if isinstance(at, QScrollArea | QAbstractItemView):
            return False
        at = at.parentWidget()
    corner = widget.mapTo(window, QPoint(0, 0))
    right, bottom = corner.x() + widget.width(), corner.y() + widget.height()
    return right > window.width() + 1 or bottom > window.height() + 1


def _of_list(widget: QWidget) -> bool:
    """Headers, corner buttons and viewports that Qt puts into lists and scroll areas."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractItemView):
            return True
        parent = parent.parentWidget()
    return False


def _of_picture(widget: QWidget) -> bool:
    """Controls that are shown as a picture, and cannot be used."""
    at: QWidget | None = widget
    while at is not None:
        if at.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents):
            return True
        at = at.parentWidget()
    return False


def _name(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found is not None else ""


def _text(widget: QWidget) -> str:
    found = getattr(widget, "text", None)
    return found() if callable(found) else ""


def _called(widget: QWidget) -> str:
    text = _text(widget)
    return f"{type(widget).__name__} {widget.objectName()} {text}".strip()
