"""The dashboard: figures over many calls, each with its chart, its table and its calls."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QStackedWidget, QWidget

from coach.errors import UserError
from coach.phrases import forms, say
from ui import calls_words
from ui.archive import Archive, CallEntry, CallQuery, Choices, FigureQuery, Figures
from ui.choice import Choice, Option
from ui.dashboard_chart import Panel
from ui.dashboard_export import Report, write
from ui.dashboard_mark import MarkDialog
from ui.dashboard_model import panels
from ui.dashboard_panel import PanelView
from ui.errands import Errands
from ui.flow import FlowLayout
from ui.fonts import unit
from ui.parts import button, column, heading, label, quiet, role, row
from ui.saying import saying
from ui.states import centred

PERIODS = (28, 42, 91, 364)
"""Days; whole weeks, so that the points of a trend can be compared."""

_COLUMN = 430
"""Pixels that a panel needs beside another one."""
_MOST_COLUMNS = 3

AskPath = Callable[[QWidget, str], Path | None]
"""Asks where to save a file with the suggested name; `None`: not at all."""


def ask_path(parent: QWidget, suggested: str) -> Path | None:
    """Ask with the system's own dialog."""
    from PySide6.QtWidgets import QFileDialog

    chosen, _ = QFileDialog.getSaveFileName(parent, say("dashboard.export"), suggested)
    return Path(chosen) if chosen else None


class DashboardPage(QWidget):
    """Shows the figures of `archive`.

    `calls` is told the calls behind a figure, `call` a single one. `today` gives the day.
    """

    def __init__(
        self,
        archive: Archive,
        errands: Errands,
        *,
        calls: Callable[[CallQuery], None] = lambda _: None,
        call: Callable[[CallEntry], None] = lambda _: None,
        ask: AskPath = ask_path,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._archive, self._errands, self._ask, self._today = archive, errands, ask, today
        self._calls, self._call = calls, call
        self._figures: Figures | None = None
        self._asked: FigureQuery | None = None
        self.views: list[PanelView] = []
        self._to_put: list[tuple[int, Panel]] = []
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._put_next)
        self.period = Choice(
            "dashboard.period", [_period(days) for days in PERIODS], self.count, self
        )
        self.period.choose(PERIODS[1])
        self.team = Choice("calls.team", [_any("calls.any_team")], self.count, self)
        self.channel = Choice(
            "dashboard.channel", [_any("dashboard.any_channel")], self.count, self
        )
        self.mark = button(self, "dashboard.mark")
        self.mark.clicked.connect(self._mark)
        self.exports = {kind: button(self, f"dashboard.export_{kind}") for kind in ("csv", "pdf")}
        for kind, one in self.exports.items():
            one.clicked.connect(lambda _=False, to=kind: self._export_all(to))
        self._take_keys()
        self.told = label(self)
        self.privacy = quiet(self)
        self._states = QStackedWidget(self)
        self._lay_out()
        saying(self, self._show)
        self.refresh()

    # ---- what it shows ----

    @property
    def query(self) -> FigureQuery:
        """What is chosen: whole weeks, up to and with this one."""
        today, days = self._today(), self.period.value
        until = today - timedelta(days=today.weekday()) + timedelta(days=7)
        team, channel = self.team.value, self.channel.value
        return FigureQuery(
            since=until - timedelta(days=days if isinstance(days, int) else PERIODS[0]),
            until=until,
            team=team if isinstance(team, str) else None,
            channel=channel if isinstance(channel, str) else None,
        )

    @property
    def panels(self) -> list[Panel]:
        """The panels that are shown."""
        return [view.panel for view in self.views if view.panel and not view.isHidden()]

    @property
    def filled(self) -> bool:
        """Whether everything that was counted is shown."""
        return self._figures is not None and not self._to_put

    def refresh(self) -> None:
        """Look again: what there is to choose from, and the figures."""
        self._errands.run(self._archive.choices, self._offer, lambda _: None)
        self.count()

    def count(self) -> None:
        """Ask for the figures of what is chosen."""
        query = self._asked = self.query
        if self._figures is None:
            self._states.setCurrentWidget(self.loading)
        self._errands.run(
            lambda: self._archive.figures(query),
            lambda figures: self._counted(query, figures),
            lambda why: self._failed(query, why),
        )

    def _offer(self, choices: Choices) -> None:
        self.team.set_options([_any("calls.any_team"), *map(_same, choices.teams)])
        self.channel.set_options([_any("dashboard.any_channel"), *map(_channel, choices.channels)])
        self.team.setVisible(bool(choices.teams))
        self.channel.setVisible(bool(choices.channels))

    def _counted(self, query: FigureQuery, figures: Figures) -> None:
        if query == self._asked:
            self._figures = figures
            self._show()

    def _failed(self, query: FigureQuery, why: str) -> None:
        if query == self._asked:
            self.failure.setText(why)
            self._states.setCurrentWidget(self.failed)

    def _show(self) -> None:
        if self._figures is None or self._asked is None:
            return
        self.privacy.setText(say("dashboard.privacy", minimum=self._figures.minimum))
        if self._figures.calls.calls == 0:
            self._states.setCurrentWidget(self.empty)
            return
        self._to_put = list(enumerate(panels(self._figures, self._asked)))
        for view in self.views[len(self._to_put) :]:
            view.hide()
        self._states.setCurrentWidget(self.whole)
        self._put_next()

    def _put_next(self) -> None:
        """Put one panel after another, so that the screen never waits for all of them."""
        if not self._to_put:
            return
        number, panel = self._to_put.pop(0)
        if number == len(self.views):
            self.views.append(self._view())
        self.views[number].put(panel)
        self.views[number].show()
        self._place()
        self._next.start()

    def _view(self) -> PanelView:
        return PanelView(
            calls=self._calls,
            call=self._call,
            export=lambda panel, kind: self._export([panel], kind),
            parent=self._page,
        )

    # ---- what the person does ----

    def _mark(self) -> None:
        dialog = MarkDialog(self._today(), self)
        if dialog.exec() and (disruption := dialog.disruption) is not None:
            self._errands.run(
                lambda: self._archive.mark_disruption(disruption),
                lambda _: self.count(),
                self._say_trouble,
            )

    def _export_all(self, kind: str) -> None:
        while self._to_put:
            self._put_next()
        self._export(self.panels, kind)

    def _export(self, chosen: Sequence[Panel], kind: str) -> None:
        name = chosen[0].name if len(chosen) == 1 else "eerst-begrip"
        path = self._ask(self, f"{name}-{self.query.since:%Y%m%d}.{kind}") if chosen else None
        if path is None:
            return
        try:
            write(chosen, kind, path, self._report())
        except UserError as why:
            self._say_trouble(str(why))
            return
        self.told.setText(say("dashboard.exported", path=path))
        role(self.told, "good").show()

    def _report(self) -> Report:
        query = self._asked or self.query
        last = query.until - timedelta(days=1)
        calls = self._figures.calls.calls if self._figures else None
        return Report(
            title=say("dashboard.report", since=forms.day(query.since), until=forms.day(last)),
            scope=say(
                "dashboard.report_scope",
                team=query.team or say("calls.any_team"),
                channel=calls_words.channel(query.channel)
                if query.channel
                else say("dashboard.any_channel"),
                calls="–" if calls is None else forms.number(calls),
            ),
            privacy=self.privacy.text(),
        )

    def _say_trouble(self, why: str) -> None:
        self.told.setText(why)
        role(self.told, "alert").show()

    def _take_keys(self) -> None:
        keys = {
            "Ctrl+F": self.period.setFocus,
            "Ctrl+E": self.exports["csv"].click,
            "Ctrl+P": self.exports["pdf"].click,
        }
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(act)
        for kind, key in (("csv", "Ctrl+E"), ("pdf", "Ctrl+P")):
            self.exports[kind].setToolTip(key)

    # ---- how it is laid out ----

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """More room, more panels side by side."""
        super().resizeEvent(event)
        self._place()

    def set_theme(self, _: object) -> None:
        """Larger text, fewer panels side by side."""
        self._place()

    def _place(self) -> None:
        """The acknowledgement first, as wide as the page; the others side by side."""
        columns = int(self.width() / (_COLUMN * unit(self)))
        columns = max(1, min(columns, _MOST_COLUMNS))
        while self._grid.takeAt(0) is not None:
            pass
        shown = [view for view in self.views if view.panel is not None and not view.isHidden()]
        for number, view in enumerate(shown):
            if number == 0:
                self._grid.addWidget(view, 0, 0, 1, columns)
            else:
                place, at = divmod(number - 1, columns)
                self._grid.addWidget(view, place + 1, at)
        for at in range(_MOST_COLUMNS):
            self._grid.setColumnStretch(at, int(at < columns))
        self._grid.activate()  # at once: a new panel would be painted in the corner until then

    def _lay_out(self) -> None:
        self.told.hide()
        self.loading = quiet(self, "dashboard.loading")
        self.loading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.failure = label(self)
        again = button(self, "calls.again", main=True)
        again.clicked.connect(self.refresh)
        self.failed = self._state(heading(self, "dashboard.failed"), self.failure, again)
        self.empty = self._state(
            heading(self, "dashboard.empty"), quiet(self, "dashboard.empty_hint")
        )
        self.whole, self._page = QScrollArea(self), QWidget(self)
        self.whole.setFrameShape(QFrame.Shape.NoFrame)
        self.whole.setWidgetResizable(True)
        self.whole.setWidget(self._page)
        self.whole.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._grid = QGridLayout(self._page)
        self._grid.setContentsMargins(0, 0, 6, 0)
        self._grid.setSpacing(12)
        for state in (self.loading, self.whole, self.empty, self.failed):
            self._states.addWidget(state)
        flow = FlowLayout()
        chosen = (self.period, self.team, self.channel, self.mark, *self.exports.values())
        for widget in chosen:
            flow.addWidget(widget)
        page = column(self, margin=18, spacing=10)
        page.addLayout(row(heading(self, "shell.dashboard", 1.5)))
        page.addLayout(flow)
        page.addWidget(self.privacy)
        page.addWidget(self.told)
        page.addWidget(self._states, 1)

    def _state(self, *widgets: QWidget) -> QWidget:
        page = QWidget(self)
        centred(page, *widgets)
        return page


def _period(days: int) -> Option:
    return days, lambda: say(f"dashboard.period_{days}")


def _any(key: str) -> Option:
    return None, lambda: say(key)


def _same(name: str) -> Option:
    return name, lambda: name


def _channel(name: str) -> Option:
    return name, lambda: calls_words.channel(name)
