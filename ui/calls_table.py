"""The list of calls as a table that stays fluid however many there are.

Only what is in sight is asked for, one page at a time, and the newest wish goes first: who drags
the scroll bar over a hundred thousand calls waits for none of those in between.
"""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from coach.phrases import say
from ui import calls_words as words
from ui.archive import Archive, CallEntry, CallQuery
from ui.calls_cells import MoodCell, RiskCell, SignsCell
from ui.calls_model import PAGE, CallList
from ui.errands import Errands
from ui.fonts import unit
from ui.saying import named, saying

Index = QModelIndex | QPersistentModelIndex

COLUMNS: tuple[tuple[str, Callable[[CallEntry], str], int], ...] = (
    ("when", words.when, 152),
    ("about", words.about, 170),
    ("mood", words.mood, 164),
    ("risk", words.risk, 180),
    ("order", words.order, 162),
    ("nudges", words.nudges, 100),
    ("lasted", words.lasted, 64),
    ("who", words.who, 144),
    ("signs", lambda _: "", 62),
)
"""Name, words and width in pixels of each column."""

NAMES = tuple(name for name, _, _ in COLUMNS)
ABOUT = NAMES.index("about")
"""The column that takes what room is left."""
_FIRST_TO_GO = ("who", "lasted", "nudges", "order")
"""Columns that a narrow window leaves out, before it is moved sideways."""

ENTRY = Qt.ItemDataRole.UserRole
"""The role under which a cell gives its `CallEntry`, or `None` while it is not known."""


class CallsTableModel(QAbstractTableModel):
    """The calls that fit a query, fetched behind the screen as they come into sight.

    `told` is called when the number of calls or a failure became known.
    """

    def __init__(
        self,
        archive: Archive,
        errands: Errands,
        told: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._archive, self._errands, self._told = archive, errands, told
        self.calls = CallList()
        self._fetching = False
        self._in_sight = (0, PAGE - 1)
        saying(self, self._reworded)

    def search(self, query: CallQuery) -> None:
        """Show the calls that fit `query`."""
        self.beginResetModel()
        self.calls.search(query)
        self._in_sight, self._fetching = (0, PAGE - 1), False
        self.endResetModel()
        self._errands.run(
            lambda: self._archive.count(query),
            lambda total: self._counted(query, total),
            lambda why: self._failed(query, why),
        )

    def look_at(self, first: int, last: int) -> None:
        """Rows `first` to `last` are in sight now."""
        self._in_sight = (first, last)
        self._fetch()

    def put(self, entry: CallEntry) -> None:
        """Show a call as it is now."""
        row = self.calls.put(entry)
        if row is not None:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def entry(self, row: int) -> CallEntry | None:
        """The call in `row`, if it is known."""
        return self.calls.row(row)

    # ---- what Qt asks ----

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        """How many calls there are."""
        return 0 if parent.isValid() else self.calls.total or 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        """How many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell."""
        entry = self.calls.row(index.row())
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return "…" if entry is None else COLUMNS[index.column()][1](entry)
        if entry is None:
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words.spoken(entry) if index.column() == 0 else COLUMNS[index.column()][1](entry)
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.mood_whole(entry) if NAMES[index.column()] == "mood" else None
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What stands above a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return say(f"calls.column_{NAMES[section]}")
        return None

    # ---- what comes back ----

    def _counted(self, query: CallQuery, total: int) -> None:
        self.beginResetModel()
        matters = self.calls.counted(query, total)
        self.endResetModel()
        if matters:
            self._fetch()
            self._told()

    def _fetch(self) -> None:
        if self._fetching:
            return  # the newest wish is looked at when this one is there
        query, pages = self.calls.query, self.calls.wanted(*self._in_sight)
        if not pages:
            return
        self._fetching = True
        self._errands.run(
            lambda: [(page, self._archive.page(query, page * PAGE, PAGE)) for page in pages],
            lambda found: self._paged(query, found),
            lambda why: self._failed(query, why),
        )

    def _paged(self, query: CallQuery, found: Sequence[tuple[int, Sequence[CallEntry]]]) -> None:
        for page, entries in found:
            if self.calls.paged(query, page, entries):
                self._fetching = False
                last = min(page * PAGE + PAGE, self.rowCount()) - 1
                self.dataChanged.emit(
                    self.index(page * PAGE, 0), self.index(last, len(COLUMNS) - 1)
                )
        self._fetch()

    def _failed(self, query: CallQuery, why: str) -> None:
        if self.calls.failed(query, why):
            self._fetching = False
            self._told()

    def _reworded(self) -> None:
        if self.rowCount():
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)


class CallsTable(QTableView):
    """Shows the calls; `opened` is told the call that a person wants to see."""

    def __init__(
        self,
        model: CallsTableModel,
        opened: Callable[[CallEntry], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._calls, self._opened = model, opened
        self.setModel(model)
        named(self, "calls.list")
        for name, cell in (("mood", MoodCell), ("risk", RiskCell), ("signs", SignsCell)):
            self.setItemDelegateForColumn(NAMES.index(name), cell(self))
        self._behave()
        self.activated.connect(self._open)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._look())
        model.modelReset.connect(self._look)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """More or fewer rows are in sight."""
        super().resizeEvent(event)
        self._fit()
        self._look()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Return opens the call."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def set_theme(self, _: object) -> None:
        """Rows and columns are as large as the text."""
        larger = unit(self)
        self.verticalHeader().setDefaultSectionSize(round(34 * larger))
        for number, (_name, _words, width) in enumerate(COLUMNS):
            self.setColumnWidth(number, round(width * larger))
        self._fit()

    def _behave(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(ABOUT, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(40)
        self.set_theme(None)

    def _fit(self) -> None:
        """Leave columns out until the others have room."""
        larger = unit(self)
        widths = {name: round(width * larger) for name, _words, width in COLUMNS}
        left_out: set[str] = set()
        for name in _FIRST_TO_GO:
            if sum(widths.values()) > self.viewport().width() and self.isVisible():
                left_out.add(name)
                del widths[name]
        for number, name in enumerate(NAMES):
            self.setColumnHidden(number, name in left_out)

    def _look(self) -> None:
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        if first >= 0:
            # nothing at the bottom: the list is short, or not laid out yet
            self._calls.look_at(first, last if last >= 0 else first + PAGE - 1)

    def _open(self, index: Index) -> None:
        entry = self._calls.entry(index.row()) if index.isValid() else None
        if entry is not None:
            self._opened(entry)
