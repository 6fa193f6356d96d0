"""The settings: pages at the left, one at the right, and nothing in force until it is applied."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QListWidget,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coach.errors import CoachError
from coach.phrases import counted, say
from ui.fonts import unit
from ui.parts import Pages, button, heading, label, quiet, role
from ui.saying import named, saying
from ui.settings_field import FieldRow
from ui.settings_model import Draft, Group, SettingsDesk, Value
from ui.settings_table import TablePage
from ui.sound_panel import SoundDesk, SoundPanel
from ui.theme import Theme

_NARROW = 560
_ANY = 16_777_215
"""Qt's own "no limit"."""


class SettingsPage(QWidget):
    """Everything that can be set."""

    def __init__(self, desk: SettingsDesk, sound: SoundDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._sound = desk, sound
        self.draft = Draft(desk.load())
        self.rows: dict[str, FieldRow] = {}
        self.sound_panel: SoundPanel | None = None
        self.tables: dict[str, TablePage] = {}
        self._groups = tuple(desk.groups())
        self.list = named(QListWidget(self), "settings.pages")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pages = Pages(self)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.state = role(label(self), "quiet")
        self.undo, self.cancel = button(self, "settings.undo"), button(self, "settings.cancel")
        self.apply = button(self, "settings.apply", main=True)
        self._lay_out()
        self._take_wishes()
        saying(self, self._say)
        self.list.setCurrentRow(0)

    # ---- what it shows ----

    def set_theme(self, _: Theme) -> None:
        """Be as wide as the text asks."""
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width may want another arrangement."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The list beside the page, or above it where there is little room."""
        scale = unit(self)
        narrow = self.width() < _NARROW * scale
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._body.setDirection(down if narrow else across)
        self.list.setMaximumWidth(_ANY if narrow else round(180 * scale))
        self.list.setMinimumWidth(0 if narrow else round(180 * scale))
        self.list.setMaximumHeight(round(90 * scale) if narrow else _ANY)

    def _say(self) -> None:
        at = max(0, self.list.currentRow())
        self.list.clear()
        self.list.addItems([say(group.title) for group in self._groups])
        self.list.setCurrentRow(at)
        self.draft.refresh(self._desk.load())
        self._refresh()

    def _refresh(self) -> None:
        for name, row in self.rows.items():
            row.show_value(self.draft.now[name])
        if self.sound_panel is not None:
            now = self.draft.now
            self.sound_panel.show_values(str(now["microphone"]), str(now["customer"]))
        for table in self.tables.values():
            table.refresh()
        self._tell()

    def _tell(self) -> None:
        """Say what is wrong where it is wrong, and what can be done now."""
        wrong = self._desk.check(self.draft.now)
        for name, row in self.rows.items():
            row.show_wrong(wrong.get(name, ""))
        for table in self.tables.values():
            table.show_wrong(wrong)
        changed = self.draft.changed
        self.undo.setEnabled(self.draft.can_undo)
        self.cancel.setEnabled(bool(changed))
        self.apply.setEnabled(bool(changed))
        role(self.state, "alert" if wrong else "quiet")
        if wrong:
            self.state.setText(counted("settings.wrong", len(wrong)))
        else:
            self.state.setText(counted("settings.changed", len(changed)) if changed else "")

    # ---- what the person does ----

    def change(self, name: str, value: Value) -> None:
        """Draft another value."""
        self.draft.set(name, value)
        self._tell()

    def open(self, group: str) -> None:
        """Open the page of `group`."""
        self.list.setCurrentRow([one.name for one in self._groups].index(group))

    def _undo(self) -> None:
        if (name := self.draft.undo()) is not None:
            self._refresh()
            self._show_field(name)

    def _cancel(self) -> None:
        self.draft.cancel()
        self._refresh()

    def _apply(self) -> None:
        if wrong := self._desk.check(self.draft.now):
            self._show_field(next(iter(wrong)))
            return
        try:
            self._desk.save(self.draft.now, self.draft.changed)
        except CoachError as why:
            role(self.state, "alert")
            self.state.setText(str(why))
            return
        self.draft.applied()
        self._tell()
        role(self.state, "good")
        self.state.setText(say("settings.applied"))

    def _show_field(self, name: str) -> None:
        """Open the page of a field and put the keyboard there."""
        table, _, rest = name.partition(".")
        if table in self.tables:
            row, _, part = rest.partition(".")
            self.open(table)
            self.tables[table].choose(row)
            self._tell()
            self.tables[table].rows[part].control.setFocus()
            return
        for group in self._groups:
            if any(field.name == name for field in group.fields):
                self.open(group.name)
        if name in self.rows:
            self.rows[name].control.setFocus()

    def _take_wishes(self) -> None:
        self.undo.clicked.connect(self._undo)
        self.cancel.clicked.connect(self._cancel)
        self.apply.clicked.connect(self._apply)
        self.list.currentRowChanged.connect(lambda row: self.pages.setCurrentIndex(max(0, row)))
        for keys, act in (("Ctrl+Z", self._undo), ("Ctrl+S", self._apply)):
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(act)

    # ---- how it is laid out ----

    def _page(self, group: Group) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(4, 0, 16, 8)
        column.setSpacing(14)
        column.addWidget(heading(page, group.title))
        if group.intro:
            column.addWidget(quiet(page, group.intro))
        if group.page == "sound":
            self.sound_panel = SoundPanel(self._sound, self.change, page)
            column.addWidget(self.sound_panel)
        elif group.page == "table":
            column.addWidget(self._table(group.name, page), 1)
        for field in group.fields:
            self.rows[field.name] = FieldRow(field, self.change, page)
            column.addWidget(self.rows[field.name])
        if group.page in ("form", "sound"):
            column.addStretch()
        scroll = named(QScrollArea(self), group.title)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        return scroll

    def _table(self, name: str, page: QWidget) -> TablePage:
        table = next(one for one in self._desk.tables() if one.name == name)
        made = TablePage(table, self.draft, self.change, page)
        made.list.currentRowChanged.connect(lambda _: self._tell())
        self.tables[name] = made
        return made

    def _lay_out(self) -> None:
        for group in self._groups:
            self.pages.addWidget(self._page(group))
        self._body.setSpacing(18)
        self._body.addWidget(self.list)
        self._body.addWidget(self.pages, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.state, 1)
        for one in (self.undo, self.cancel, self.apply):
            foot.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 14)
        column.setSpacing(14)
        column.addLayout(self._body, 1)
        column.addLayout(foot)
