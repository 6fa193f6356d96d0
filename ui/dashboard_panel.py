"""A panel of the dashboard: a question, its figure, the chart or the table, examples, export."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTableView,
    QWidget,
)

from coach.phrases import say
from ui import calls_words
from ui.archive import CallEntry, CallQuery
from ui.chart_view import ChartView
from ui.dashboard_chart import Panel, TableRow
from ui.flow import FlowLayout
from ui.fonts import sized, unit
from ui.icons import IconButton
from ui.parts import column, heading, label, quiet, role, row
from ui.saying import saying

KINDS = ("csv", "png", "pdf")
"""What a panel can be exported as."""

Index = QModelIndex | QPersistentModelIndex


class _Rows(QAbstractTableModel):
    """The table twin of a chart."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.header: tuple[str, ...] = ()
        self.rows: tuple[TableRow, ...] = ()

    def put(self, panel: Panel) -> None:
        self.beginResetModel()
        self.header, self.rows = panel.header, panel.rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.header)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.rows[index.row()].cells[index.column()]
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What stands above a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.header[section]
        return None


class PanelView(QFrame):
    """Shows a `Panel`.

    `calls` is told the calls behind a figure, `call` a single example, `export` the panel and the
    kind of file.
    """

    def __init__(
        self,
        *,
        calls: Callable[[CallQuery], None],
        call: Callable[[CallEntry], None],
        export: Callable[[Panel, str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("panel", "true")
        self._calls, self._call, self._export = calls, call, export
        self.panel: Panel | None = None
        self.title = heading(self, by=1.05)
        self.help = IconButton("help", "dashboard.means", self)
        self.help.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.help.setCheckable(True)
        self.as_table = IconButton("calls", "dashboard.as_table", self)
        self.as_table.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.as_table.setCheckable(True)
        self.save = IconButton("export", "dashboard.export", self)
        self.save.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.headline = sized(label(self), 1.6, bold=True)
        self.means, self.note = quiet(self), role(label(self), "quiet")
        self.chart = ChartView(calls, self)
        self.table = QTableView(self)
        self._rows = _Rows(self)
        self._both = QStackedWidget(self)
        self._examples = QWidget(self)
        self._flow = FlowLayout(self._examples, spacing=6)
        self._connect()
        self._lay_out()
        saying(self, self._say_menu)

    def put(self, panel: Panel) -> None:
        """Show another panel."""
        self.panel = panel
        self.title.setText(panel.title)
        self.title.setToolTip(panel.means)
        self.help.setToolTip(panel.means)
        self.help.setAccessibleDescription(panel.means)
        self.means.setText(panel.means)
        self.headline.setText(panel.headline)
        self.note.setText(panel.note)
        self.note.setVisible(bool(panel.note))
        self.chart.put(panel.chart, panel.title, panel.summary)
        self._rows.put(panel)
        self.table.setAccessibleName(panel.title)
        self.table.setAccessibleDescription(panel.summary)
        self._show_examples(panel)
        self.set_theme(None)

    def set_theme(self, _: object) -> None:
        """Rows are as high as the text."""
        self.table.verticalHeader().setDefaultSectionSize(round(28 * unit(self)))

    def _show_examples(self, panel: Panel) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()  # it goes when Qt comes to it
                widget.deleteLater()
        if panel.examples:
            self._flow.addWidget(quiet(self._examples, "dashboard.examples"))
        for entry in panel.examples:
            words = f"{calls_words.causes(entry)}, {calls_words.when(entry)}"
            button = QPushButton(words, self._examples)
            button.clicked.connect(lambda _=False, one=entry: self._call(one))
            self._flow.addWidget(button)
        self._examples.setVisible(bool(panel.examples))

    def _connect(self) -> None:
        self.table.setModel(self._rows)
        self.table.activated.connect(self._open)
        self.as_table.toggled.connect(self._turn)
        self.help.toggled.connect(self.means.setVisible)
        self.means.hide()
        menu = QMenu(self)
        self.exports = {kind: menu.addAction("") for kind in KINDS}
        for kind, action in self.exports.items():
            action.triggered.connect(lambda _=False, one=kind: self._exported(one))
        self.save.setMenu(menu)
        self.save.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)

    def _exported(self, kind: str) -> None:
        if self.panel is not None:
            self._export(self.panel, kind)

    def _open(self, index: Index) -> None:
        query = self._rows.rows[index.row()].query if index.isValid() else None
        if query is not None:
            self._calls(query)

    def _turn(self, table: bool) -> None:
        self._both.setCurrentWidget(self.table if table else self.chart)

    def _say_menu(self) -> None:
        for kind, action in self.exports.items():
            action.setText(say(f"dashboard.export_{kind}"))

    def _lay_out(self) -> None:
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        self._both.addWidget(self.chart)
        self._both.addWidget(self.table)
        inside = column(self, margin=14, spacing=6)
        self.title.setWordWrap(True)
        inside.addLayout(row(self.title, self.help, self.as_table, self.save, stretch=0, spacing=2))
        for widget in (self.headline, self.means, self._both, self.note, self._examples):
            inside.addWidget(widget, int(widget is self._both))
