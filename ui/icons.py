"""Signs on buttons, drawn as lines on a grid of 20 by 20 in the colours of the theme."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QToolButton, QWidget

from ui.appearance import theme_of
from ui.fonts import unit
from ui.saying import text, tipped
from ui.theme import Theme

GRID: Final = 20.0

_LINES: Final = {
    "calls": "3,5 17,5 | 3,10 17,10 | 3,15 12,15",
    "dashboard": "3,17 17,17 | 5,17 5,11 | 10,17 10,4 | 15,17 15,8",
    "settings": "3,6 17,6 | 3,14 17,14 | 7,3.5 7,8.5 | 13,11.5 13,16.5",
    "privacy": "10,2.5 16.5,5 16,11 10,17.5 4,11 3.5,5 10,2.5 | 7,9.5 9.3,12 13,7.5",
    "live": "4,12 4,9 6,5.5 10,4 14,5.5 16,9 16,12 | 4,11 4,15.5 | 16,11 16,15.5 | 16,15.5 12,17.5",
    "pause": "7,4 7,16 | 13,4 13,16",
    "play": "6.5,4 15.5,10 6.5,16 6.5,4",
    "hold": "5,3 15,3 | 5,17 15,17 | 6.3,3 6.3,6 13.7,14 13.7,17 | 13.7,3 13.7,6 6.3,14 6.3,17",
    "object": "6.5,3 13.5,3 17,6.5 17,13.5 13.5,17 6.5,17 3,13.5 3,6.5 6.5,3 | 6.5,10 13.5,10",
    "note": "4,3 13,3 16.5,6.5 16.5,17 4,17 4,3 | 7,8 13,8 | 7,11 13,11 | 7,14 11,14",
    "figures": "4,16 4,11 | 8,16 8,6 | 12,16 12,9 | 16,16 16,4",
    "mini": "4,10 16,10",
    "whole": "4,5 16,5 16,15 4,15 4,5 | 4,8 16,8",
    "menu": "4,5.5 16,5.5 | 4,10 16,10 | 4,14.5 16,14.5",
    "pin": "7,3 13,3 12.5,9 15,12 5,12 7.5,9 7,3 | 10,12 10,17.5",
    "close": "5,5 15,15 | 15,5 5,15",
    "undo": "7,4 3.5,7.5 7,11 | 3.5,7.5 12,7.5 15.5,9.5 16,13 13,16 8,16",
    "help": "6.5,7 8,4.5 10.5,4 13,5.5 13,8 10,10.5 10,12.5 | 10,15.6 10,16",
    "add": "10,4 10,16 | 4,10 16,10",
    "remove": "4,6 16,6 | 6,6 7,17 13,17 14,6 | 8,6 8,3.5 12,3.5 12,6",
    "search": "13.5,9 12.7,11.6 10.5,13.3 7.5,13.3 5.3,11.6 4.5,9 5.3,6.4 7.5,4.7 10.5,4.7 12.7,6.4"
    " 13.5,9 | 12.5,12.5 17,17",
    "export": "10,3 10,12.5 | 6.5,9 10,12.5 13.5,9 | 4,14 4,17 16,17 16,14",
    "star": "10,3 12,8 17.5,8.3 13.2,11.8 14.7,17 10,14 5.3,17 6.8,11.8 2.5,8.3 8,8 10,3",
    "back": "12.5,4 6.5,10 12.5,16",
    "earlier": "9.5,5 4.5,10 9.5,15 | 15.5,5 10.5,10 15.5,15",
    "later": "4.5,5 9.5,10 4.5,15 | 10.5,5 15.5,10 10.5,15",
    "next": "4.5,4 12.5,10 4.5,16 4.5,4 | 15.5,4 15.5,16",
    "warn": "10,3 17.5,16.5 2.5,16.5 10,3 | 10,8 10,12 | 10,14.2 10,14.4",
    "done": "4,10.5 8.2,14.5 16,5.5",
}
"""Lines as points; "|" lifts the pen."""


def path(name: str) -> QPainterPath:
    """The lines of the sign `name` on the grid."""
    drawn = QPainterPath()
    for stroke in _LINES[name].split("|"):
        points = [QPointF(*map(float, pair.split(","))) for pair in stroke.split()]
        drawn.moveTo(points[0])
        for point in points[1:]:
            drawn.lineTo(point)
    return drawn


def paint(painter: QPainter, name: str, box: QRectF, colour: str) -> None:
    """Draw the sign `name` into `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / GRID, box.height() / GRID)
    pen = QPen(QColor(colour), 1.7)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path(name))
    painter.restore()


def icon(name: str, theme: Theme, size: int) -> QIcon:
    """The sign as an icon: quiet, stronger when it is on or used, faint when it cannot be."""
    made = QIcon()
    states = (
        (QIcon.Mode.Normal, QIcon.State.Off, theme.quiet),
        (QIcon.Mode.Active, QIcon.State.Off, theme.ink),
        (QIcon.Mode.Normal, QIcon.State.On, theme.accent),
        (QIcon.Mode.Active, QIcon.State.On, theme.accent),
        (QIcon.Mode.Disabled, QIcon.State.Off, theme.even),
    )
    for mode, state, colour in states:
        picture = QPixmap(QSize(size * 2, size * 2))
        picture.setDevicePixelRatio(2)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint(painter, name, QRectF(0, 0, size, size), colour)
        painter.end()
        made.addPixmap(picture, mode, state)
    return made


class IconButton(QToolButton):
    """A button with a sign. `key` is what it says to a screen reader and in its tool tip."""

    def __init__(self, sign: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = sign
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click does; it does not take over
        tipped(self, key)
        self.set_theme(theme_of(self))

    def with_words(self, key: str) -> "IconButton":
        """The same button, with the sentence `key` beside the sign."""
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return text(self, key)

    def set_sign(self, sign: str) -> None:
        """Show another sign."""
        if sign != self._sign:
            self._sign = sign
            self.set_theme(theme_of(self))

    def set_theme(self, theme: Theme) -> None:
        """Draw the sign in these colours, as large as the text asks."""
        size = round(17 * unit(self))
        self.setIconSize(QSize(size, size))
        self.setIcon(icon(self._sign, theme, size))
