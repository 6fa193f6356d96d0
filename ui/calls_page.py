"""The calls: search and filters above, the list below, a call on a click or with Return."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from ui import calls_words as words
from ui.archive import Archive, CallEntry, CallQuery, Choices
from ui.calls_filters import CallFilters
from ui.calls_table import CallsTable, CallsTableModel
from ui.errands import Errands
from ui.parts import button, column, heading, label, quiet, row
from ui.saying import saying
from ui.states import centred


class CallsPage(QWidget):
    """Shows the calls of `archive`; `opened` is told the call that a person wants to see."""

    def __init__(
        self,
        archive: Archive,
        errands: Errands,
        opened: Callable[[CallEntry], None],
        *,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._archive, self._errands = archive, errands
        self.filters = CallFilters(self._search, today, self)
        self.model = CallsTableModel(archive, errands, self._told, self)
        self.table = CallsTable(self.model, opened, self)
        self.found = quiet(self)
        self._states = QStackedWidget(self)
        self.loading = quiet(self, "calls.loading")
        self.loading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing, self.empty, self.closed = self._nothing(), self._empty(), self._closed()
        self._sees_calls = True
        self.failed, self.failure = self._failed()
        for state in (self.loading, self.table, self.nothing, self.empty, self.closed, self.failed):
            self._states.addWidget(state)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.filters.words)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self.table.setFocus)
        self._lay_out()
        saying(self, self._count)
        self.refresh()

    def refresh(self) -> None:
        """Look again: what there is to choose from, and the calls."""
        self._errands.run(self._archive.choices, self._offer, lambda _: None)
        self._search(self.filters.query)

    def show_calls(self, query: CallQuery) -> None:
        """Show the calls that fit `query`, such as those behind a figure."""
        self.filters.put(query)

    def put(self, entry: CallEntry) -> None:
        """Show a call as it is now."""
        self.model.put(entry)

    def _offer(self, choices: Choices) -> None:
        self.filters.offer(choices)
        self._sees_calls = choices.sees_calls
        self.filters.setVisible(choices.sees_calls)

    def _search(self, query: CallQuery) -> None:
        self._states.setCurrentWidget(self.loading)
        self.model.search(query)
        self._count()

    def _told(self) -> None:
        calls = self.model.calls
        if not self._sees_calls:
            self._states.setCurrentWidget(self.closed)
        elif calls.failure:
            self.failure.setText(calls.failure)
            self._states.setCurrentWidget(self.failed)
        elif calls.total:
            self._states.setCurrentWidget(self.table)
            if not self.table.currentIndex().isValid():
                self.table.setCurrentIndex(self.model.index(0, 0))
        elif self.filters.clear.isEnabled():
            self._states.setCurrentWidget(self.nothing)
        else:
            self._states.setCurrentWidget(self.empty)
        self._count()

    def _count(self) -> None:
        self.found.setText(words.found(self.model.calls.total))

    # ---- the states besides the list ----

    def _nothing(self) -> QWidget:
        """No call fits."""
        page = QWidget(self)
        clear = button(page, "calls.clear")
        clear.clicked.connect(self.filters.clear.click)
        centred(page, heading(page, "calls.nothing"), quiet(page, "calls.nothing_hint"), clear)
        return page

    def _empty(self) -> QWidget:
        """There are no calls yet."""
        page = QWidget(self)
        centred(page, heading(page, "calls.empty"), quiet(page, "calls.empty_hint"))
        return page

    def _closed(self) -> QWidget:
        """Whoever looks may see figures only."""
        page = QWidget(self)
        centred(page, heading(page, "calls.closed"), quiet(page, "calls.closed_hint"))
        return page

    def _failed(self) -> tuple[QWidget, QLabel]:
        """The record cannot be read; what it says stands below."""
        page = QWidget(self)
        why = label(page)
        again = button(page, "calls.again", main=True)
        again.clicked.connect(self.refresh)
        centred(page, heading(page, "calls.failed"), why, again)
        return page, why

    def _lay_out(self) -> None:
        title = heading(self, "shell.calls", 1.5)
        page = column(self, margin=18, spacing=12)
        page.addLayout(row(title, self.found))
        page.addWidget(self.filters)
        page.addWidget(self._states, 1)
