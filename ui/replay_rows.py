"""The transcript of a call as a list: it follows the sound, and a click goes to the words.

What was said, and between the lines the nudges, notes, silences and losses where they belong. Rows
are laid out when they come into sight, so that a call of four hours opens as fast as a short one.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from coach.core.units import Samples
from ui import replay_words as words
from ui.replay_model import Line, Row, moment_of
from ui.replay_paint import RowPainter
from ui.saying import named, saying

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_BATCH = 40


@dataclass(frozen=True, slots=True)
class Now:
    """The row that is being said, and the moment."""

    row: int | None = None
    at: Samples = Samples(0)


class RowsModel(QAbstractListModel):
    """The rows of a transcript."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self._said: list[tuple[Samples, int]] = []
        saying(self, self._reworded)

    def put(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self._said = [(r.start, n) for n, r in enumerate(self.rows) if isinstance(r, Line)]
        self.endResetModel()

    def row_at(self, at: Samples) -> int | None:
        """The row of what was said last before or at `at`; `None`: nothing yet."""
        place = bisect_right(self._said, (at, len(self.rows))) - 1
        return self._said[place][1] if place >= 0 else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a row: its words, or the row itself for who paints it."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words.spoken(row)
        return None

    def _reworded(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))


class TranscriptList(QListView):
    """Shows rows; `sought` is told the moment of one that a person clicks or opens."""

    def __init__(self, sought: Callable[[Samples], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sought = sought
        self._rows = RowsModel(self)
        self._now = Now()
        self._painter = RowPainter(self)
        self.setModel(self._rows)
        self.setItemDelegate(self._painter)
        named(self, "replay.transcript")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.activated.connect(self._go_to)

    def put(self, rows: Sequence[Row]) -> None:
        """Show these rows; the place in the list stays."""
        stood = self.verticalScrollBar().value()
        self._now = Now()
        self._painter.forget()
        self._rows.put(rows)
        self.verticalScrollBar().setValue(stood)

    @property
    def rows(self) -> Sequence[Row]:
        """What stands in the list."""
        return self._rows.rows

    def set_moment(self, at: Samples, *, follow: bool) -> None:
        """Mark what is being said; `follow`: keep it in sight."""
        before, row = self._now.row, self._rows.row_at(at)
        self._now = Now(row, at)
        self._painter.now = (row, at)
        for number in {before, row} - {None}:
            self.update(self._rows.index(number or 0))
        if follow and row is not None and row != before:
            self.scrollTo(self._rows.index(row), QAbstractItemView.ScrollHint.EnsureVisible)

    def set_theme(self, _: object) -> None:
        """Rows are as high as the text asks."""
        self._painter.forget()
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width breaks lines elsewhere."""
        self._painter.forget()
        super().resizeEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go to what was clicked; to the word, where its moment is known."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            row = self._rows.rows[index.row()]
            within = event.position() - self.visualRect(index).topLeft().toPointF()
            word = self._painter.word_at(row, within, self.visualRect(index).width())
            self._sought(word.start if word is not None else moment_of(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Return goes to the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_to(self.currentIndex())
        elif event.key() == Qt.Key.Key_Space:
            event.ignore()  # plays and pauses, wherever one is
        else:
            super().keyPressEvent(event)

    def _go_to(self, index: Index) -> None:
        if index.isValid():
            self._sought(moment_of(self._rows.rows[index.row()]))
