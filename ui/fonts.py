"""Sizes of text, always a share of the application's own, so that the text size setting works."""

from typing import TypeVar

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget

Widget = TypeVar("Widget", bound=QWidget)
_BY, _BOLD, _ITALIC = "font_by", "font_bold", "font_italic"
_LINE = 16.0
"""The height of a line for which lengths in pixels are meant."""


def scaled(font: QFont, by: float, *, bold: bool = False) -> QFont:
    """The same font in another size, so that sizes follow the system's text size."""
    changed = QFont(font)
    changed.setPointSizeF(font.pointSizeF() * by)
    if bold:
        changed.setWeight(QFont.Weight.DemiBold)
    return changed


def sized(widget: Widget, by: float = 1.0, *, bold: bool = False, italic: bool = False) -> Widget:
    """The widget, its text `by` times the usual size, also when the text size changes."""
    for name, value in ((_BY, by), (_BOLD, bold), (_ITALIC, italic)):
        widget.setProperty(name, value)
    _size(widget)
    return widget


def resize_text(window: QWidget) -> None:
    """Give `window`, and all in it, the application's text size as it is now."""
    for widget in (window, *window.findChildren(QWidget)):
        if widget.property(_BY) is not None:
            _size(widget)
        else:  # by itself, since a style sheet stands between a window's font and its parts
            widget.setFont(QApplication.font())


def unit(widget: QWidget) -> float:
    """How many times larger than usual things beside text have to be; 1 or more."""
    return max(1.0, widget.fontMetrics().height() / _LINE)


def _size(widget: QWidget) -> None:
    font = scaled(QApplication.font(), widget.property(_BY), bold=widget.property(_BOLD))
    font.setItalic(widget.property(_ITALIC))
    widget.setFont(font)
