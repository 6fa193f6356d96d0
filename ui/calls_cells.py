"""Cells of the list of calls that are drawn: mood, risk, and the signs at the end of the row."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coach.core.vocabulary import RiskLevel
from ui import icons
from ui.appearance import theme_of
from ui.archive import CallEntry
from ui.drawn import mood_colour
from ui.fonts import unit
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_HALF = 2.0
_RISK_STEPS = 3
_ENTRY = Qt.ItemDataRole.UserRole


def _view(option: QStyleOptionViewItem) -> QWidget:
    view: QWidget = option.widget
    return view


def _box(option: QStyleOptionViewItem) -> QRect:
    box: QRect = option.rect
    return box


def _without_text(option: QStyleOptionViewItem) -> str:
    """Take the words out of `option`."""
    words: str = option.text
    option.text = ""
    return words


class _Cell(QStyledItemDelegate):
    """Draws a small sign, then the words of the cell beside it."""

    sign_width = 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell."""
        view, box = _view(option), _box(option)
        entry, larger, theme = index.data(_ENTRY), unit(view), theme_of(view)
        filled = QStyleOptionViewItem(option)
        self.initStyleOption(filled, index)
        words = _without_text(filled)
        view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, filled, painter, view)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 7 * larger
        if entry is not None:
            width = self.sign_width * larger
            self.draw(painter, QRectF(box.x() + left, box.y(), width, box.height()), entry, theme)
            left += width + 8 * larger
        text = box.adjusted(round(left), 0, -4, 0)
        painter.setPen(QColor(theme.ink))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()

    def draw(self, painter: QPainter, box: QRectF, entry: CallEntry, theme: Theme) -> None:
        """Draw the sign into `box`; to be given by each kind."""
        raise NotImplementedError


class MoodCell(_Cell):
    """The customer's mood: a line from the start over the lowest point to the end."""

    sign_width = 44

    def draw(self, painter: QPainter, box: QRectF, entry: CallEntry, theme: Theme) -> None:
        """A line with three knots; the thin line is neutral."""
        larger = box.width() / self.sign_width
        middle, reach = box.center().y(), box.height() / 2 - 8 * larger
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
        values = (entry.valence_start, entry.valence_lowest, entry.valence_end)
        places = (box.left() + 3, box.center().x(), box.right() - 3)
        knots = [
            (QPointF(x, middle - reach * max(-1.0, min(1.0, value / _HALF))), value)
            for x, value in zip(places, values, strict=True)
            if value is not None
        ]
        painter.setPen(QPen(QColor(theme.even), 1.4 * larger))
        painter.drawPolyline(QPolygonF([knot for knot, _ in knots]))
        painter.setPen(Qt.PenStyle.NoPen)
        for knot, value in knots:
            painter.setBrush(QColor(getattr(theme, mood_colour(value))))
            painter.drawEllipse(knot, 3 * larger, 3 * larger)


class RiskCell(_Cell):
    """The risk ladder, filled up to the highest level of the call."""

    sign_width = 24

    def draw(self, painter: QPainter, box: QRectF, entry: CallEntry, theme: Theme) -> None:
        """Three rising steps."""
        name = {RiskLevel.NONE: "high", RiskLevel.WATCH: "watch", RiskLevel.HIGH: "alert"}
        full, step_width = QColor(getattr(theme, name[entry.risk])), box.width() / _RISK_STEPS
        larger = box.width() / self.sign_width
        floor = box.center().y() + 7 * larger
        for step in range(_RISK_STEPS):
            height = (5 + step * 4.5) * larger
            bar = QRectF(box.left() + step * step_width, floor - height, step_width - 3, height)
            on = step <= entry.risk.rank
            painter.setPen(QPen(full if on else QColor(theme.even), 1))
            painter.setBrush(full if on else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(bar, 1.5, 1.5)


class SignsCell(_Cell):
    """A star for a good example, a play sign where the sound was kept."""

    sign_width = 44

    def draw(self, painter: QPainter, box: QRectF, entry: CallEntry, theme: Theme) -> None:
        """The signs, from left to right."""
        size = box.width() / 2 - 5
        top = box.center().y() - size / 2
        if entry.good_example:
            icons.paint(painter, "star", QRectF(box.left(), top, size, size), theme.accent)
        if entry.has_audio:
            beside = QRectF(box.left() + size + 6, top, size, size)
            icons.paint(painter, "play", beside, theme.quiet)
