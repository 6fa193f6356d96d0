"""How a row of the transcript is drawn: lines that wrap, cards for nudges and notes."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from coach.core.events import Word
from coach.core.units import Samples
from coach.phrases import language, say
from ui import replay_words as words
from ui.appearance import theme_of
from ui.archive import Note
from ui.fonts import unit
from ui.replay_model import Coached, Line, Row, moment_of, word_at
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class _Text:
    """A paragraph of a row: its words, and how they look."""

    words: str
    colour: str = "ink"
    bold: bool = False
    italic: bool = False


class RowPainter(QStyledItemDelegate):
    """Draws rows and knows their heights. `now` is the row that is being said, and the moment."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self.now: tuple[int | None, Samples] = (None, Samples(0))
        self._heights: dict[tuple[int, int, str], int] = {}
        self._widths: dict[str, tuple[int, int]] = {}

    def forget(self) -> None:
        """Measure anew: other rows, another width, another text size."""
        self._heights.clear()
        self._widths.clear()

    def sizeHint(self, _: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's
        """The height that a row takes at the width of the list."""
        width = self._view.viewport().width()
        key = (index.row(), width, language())
        if key not in self._heights:
            self._heights[key] = self._height(index.data(_ROW), width)
        return QSize(width, self._heights[key])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        row, box = index.data(_ROW), _box(option)
        theme, larger = theme_of(self._view), unit(self._view)
        current = index.row() == self.now[0]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._view.font())
        self._ground(painter, row, QRectF(box), theme, current=current)
        if _is_chosen(option):
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(3, 2, -3, -2), 6, 6)
        self._gutter(painter, row, box, theme)
        left, top = box.x() + self._text_left(row), box.y() + round(6 * larger)
        for text in _texts(row):
            layout = self._laid_out(text, self._text_width(row, box.width()))
            painter.setPen(QColor(getattr(theme, text.colour)))
            formats = self._formats(row, theme, current=current)
            layout.draw(painter, QPointF(left, top), formats)
            top += round(layout.boundingRect().height() + 2 * larger)
        painter.restore()

    def word_at(self, row: Row, place: QPointF, width: int) -> Word | None:
        """The word of a line at a place in its row."""
        if not isinstance(row, Line) or not row.words:
            return None
        layout = self._laid_out(_texts(row)[0], self._text_width(row, width))
        within = place - QPointF(self._text_left(row), 6 * unit(self._view))
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            if line.y() <= within.y() < line.y() + line.height():
                letter = line.xToCursor(within.x())
                at = letter if isinstance(letter, int) else letter[0]
                return next((w for w, s, e in _places(row) if s <= at <= e), None)
        return None

    # ---- parts of a row ----

    def _ground(
        self, painter: QPainter, row: Row, box: QRectF, theme: Theme, *, current: bool
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        inner = box.adjusted(3, 2, -3, -2)
        if isinstance(row, Coached | Note):
            colour = "accent_ground" if isinstance(row, Coached) else "ground"
            painter.setBrush(QColor(getattr(theme, colour)))
            painter.drawRoundedRect(inner.adjusted(self._text_left(row) - 14, 0, 0, 0), 7, 7)
            edge = "accent" if isinstance(row, Coached) else "high" if row.went_well else "watch"
            bar = QRectF(inner.left() + self._text_left(row) - 14, inner.top(), 3, inner.height())
            painter.setBrush(QColor(getattr(theme, edge)))
            painter.drawRoundedRect(bar, 1.5, 1.5)
        elif current:
            painter.setBrush(QColor(theme.accent_ground))
            painter.drawRoundedRect(inner, 6, 6)

    def _gutter(self, painter: QPainter, row: Row, box: QRect, theme: Theme) -> None:
        """The time, and who speaks."""
        larger, metrics = unit(self._view), self._view.fontMetrics()
        top = box.y() + round(6 * larger)
        left = box.x() + round(10 * larger)
        painter.setPen(QColor(theme.quiet))
        width, line = self._time_width(), metrics.height()
        painter.drawText(
            QRect(left, top, width, line), Qt.AlignmentFlag.AlignLeft, words.clock(moment_of(row))
        )
        if isinstance(row, Line):
            painter.setPen(QColor(getattr(theme, str(row.speaker))))
            font = QFont(self._view.font())
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            name = QRect(left + width, top, self._name_width(), line)
            painter.drawText(name, Qt.AlignmentFlag.AlignLeft, say(f"screen.{row.speaker}"))

    def _formats(self, row: Row, theme: Theme, *, current: bool) -> list[QTextLayout.FormatRange]:
        """Marks on a line: words that caused something, and the word that is being said."""
        if not isinstance(row, Line):
            return []
        found = []
        for mark in row.marks:
            marked = QTextCharFormat()
            marked.setBackground(QColor(theme.said))
            marked.setForeground(QColor(theme.ink))
            found.append(_range(row.text.find(mark), len(mark), marked))
        word = word_at(row, self.now[1]) if current else None
        place = next(((s, e) for w, s, e in _places(row) if w is word), None)
        if place is not None:
            spoken = QTextCharFormat()
            spoken.setFontUnderline(True)
            spoken.setForeground(QColor(theme.accent))
            found.append(_range(place[0], place[1] - place[0], spoken))
        return found

    # ---- measures ----

    def _height(self, row: Row, width: int) -> int:
        larger = unit(self._view)
        high = 12 * larger
        for text in _texts(row):
            layout = self._laid_out(text, self._text_width(row, width))
            high += layout.boundingRect().height() + 2 * larger
        return round(high)

    def _laid_out(self, text: _Text, width: int) -> QTextLayout:
        font = QFont(self._view.font())
        font.setWeight(QFont.Weight.DemiBold if text.bold else QFont.Weight.Normal)
        font.setItalic(text.italic)
        layout = QTextLayout(text.words, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout

    def _time_width(self) -> int:
        return self._columns()[0]

    def _name_width(self) -> int:
        return self._columns()[1]

    def _columns(self) -> tuple[int, int]:
        """The widths of the time and of the name of who speaks."""
        spoken = language()
        if spoken not in self._widths:
            font = QFont(self._view.font())
            time = QFontMetrics(font).horizontalAdvance("0:00:00 ")
            font.setWeight(QFont.Weight.DemiBold)
            names = (say("screen.agent"), say("screen.customer"))
            name = max(QFontMetrics(font).horizontalAdvance(one + "m") for one in names)
            self._widths[spoken] = (time, name)
        return self._widths[spoken]

    def _text_left(self, row: Row) -> int:
        left = round(10 * unit(self._view)) + self._time_width()
        return left + self._name_width() if isinstance(row, Line) else left + 16

    def _text_width(self, row: Row, width: int) -> int:
        return max(40, width - self._text_left(row) - round(16 * unit(self._view)))


def _texts(row: Row) -> Sequence[_Text]:
    """The paragraphs of a row."""
    match row:
        case Line():
            return (_Text(words.line(row), "quiet" if row.lost else "ink", italic=row.lost),)
        case Coached():
            nudge = row.nudge
            why = f"{words.because(nudge.because)} · {words.outcome(nudge)}"
            return (_Text(words.title(nudge.kind), bold=True), _Text(why, "quiet"))
        case Note():
            return (_Text(row.text), _Text(words.note(row), "quiet"))
        case _:
            return (_Text(words.silence(row), "quiet", italic=True),)


def _places(line: Line) -> list[tuple[Word, int, int]]:
    """Where each word stands in the text of a line, as letters from and to."""
    places, at = [], 0
    for word in line.words:
        start = line.text.find(word.text, at)
        if start >= 0:
            at = start + len(word.text)
            places.append((word, start, at))
    return places


def _range(start: int, length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, look
    return made


def _box(option: QStyleOptionViewItem) -> QRect:
    box: QRect = option.rect
    return box


def _is_chosen(option: QStyleOptionViewItem) -> bool:
    state: QStyle.StateFlag = option.state
    return bool(state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus)
