"""A table that is set row by row: a list of its rows beside the one that is chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.fonts import sized, unit
from ui.parts import button, label
from ui.saying import named, saying
from ui.settings_field import Changed, FieldRow
from ui.settings_model import Draft, Field, Value

_NARROW = 430


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """What there is to set of each row; the value of one part is called "NAME.ROW.PART".

    `called` gives what a row is called, from its draft. `ticked` is the part that is a tick in
    the list, if there is one. `usual` gives the product's own value of a part, if it has one.
    """

    name: str
    title: str
    rows: Sequence[str]
    parts: Sequence[Field]
    called: Callable[[Draft, str], str]
    ticked: str = ""
    usual: Callable[[str, str], Value] | None = None

    def field(self, row: str, part: str) -> str:
        """The name of one value."""
        return f"{self.name}.{row}.{part}"


class TablePage(QWidget):
    """Draws a `Table`; `changed` is told what the person changes."""

    def __init__(
        self, table: Table, draft: Draft, changed: Changed, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.table, self._draft, self._changed = table, draft, changed
        self._filling = False
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.list = named(QListWidget(self), table.title)
        self.list.currentRowChanged.connect(lambda _: self.refresh())
        self.list.itemChanged.connect(self._ticked)
        self.row_name = sized(label(self), 1.1, bold=True)
        self.rows = {part.name: FieldRow(part, self._part_changed, self) for part in table.parts}
        self.reset = button(self, "settings.row_reset")
        self.reset.clicked.connect(self._to_usual)
        self._lay_out()
        saying(self, self._fill)

    @property
    def row(self) -> str:
        """The row that is chosen."""
        return self.table.rows[max(0, self.list.currentRow())]

    def choose(self, row: str) -> None:
        """Show another row."""
        self.list.setCurrentRow(list(self.table.rows).index(row))

    def refresh(self) -> None:
        """Show the draft as it is now."""
        self._filling = True
        for at, row in enumerate(self.table.rows):
            item = self.list.item(at)
            if item is not None:
                item.setText(self.table.called(self._draft, row))
                if self.table.ticked:
                    on = bool(self._draft.now[self.table.field(row, self.table.ticked)])
                    item.setCheckState(_CHECKED if on else _UNCHECKED)
        self.row_name.setText(self.table.called(self._draft, self.row))
        for part, shown in self.rows.items():
            shown.show_value(self._draft.now[self.table.field(self.row, part)])
        self._filling = False

    def show_wrong(self, wrong: dict[str, str]) -> None:
        """Say in place what is wrong with the row that is shown."""
        for part, shown in self.rows.items():
            shown.show_wrong(wrong.get(self.table.field(self.row, part), ""))

    def _part_changed(self, part: str, value: Value) -> None:
        self._changed(self.table.field(self.row, part), value)
        self.refresh()

    def _ticked(self, item: QListWidgetItem) -> None:
        if not self._filling and self.table.ticked:
            row = self.table.rows[self.list.row(item)]
            on = item.checkState() is _CHECKED
            self._changed(self.table.field(row, self.table.ticked), on)
            self.refresh()

    def _to_usual(self) -> None:
        if self.table.usual is not None:
            for part in self.rows:
                self._changed(self.table.field(self.row, part), self.table.usual(self.row, part))
            self.refresh()

    def _fill(self) -> None:
        self._filling = True
        at = max(0, self.list.currentRow())
        self.list.clear()
        for row in self.table.rows:
            item = QListWidgetItem(self.table.called(self._draft, row))
            if self.table.ticked:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            self.list.addItem(item)
        self.list.setCurrentRow(at)
        self._filling = False
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The list beside the row, or above it where there is little room."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW * unit(self)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._both.setDirection(down if narrow else across)
        self.list.setMinimumHeight(round(120 * unit(self)))
        self.list.setMinimumWidth(0 if narrow else round(190 * unit(self)))

    def _lay_out(self) -> None:
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side = QVBoxLayout()
        side.setSpacing(10)
        side.addWidget(self.row_name)
        for shown in self.rows.values():
            side.addWidget(shown)
        side.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)
        self.reset.setVisible(self.table.usual is not None)
        side.addStretch()
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(16)
        self._both.addWidget(self.list, 2)
        self._both.addLayout(side, 3)
        self.setLayout(self._both)


_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked
