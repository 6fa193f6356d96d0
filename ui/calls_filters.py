"""What to search calls by: words, period, course of the mood, risk, cause, and two marks."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coach.core.vocabulary import EscalationKind, OrderValue
from coach.phrases import say
from ui import calls_words as words
from ui.archive import EVERY_CALL, CallQuery, Choices, Course
from ui.choice import Choice, Option
from ui.flow import FlowLayout
from ui.parts import button
from ui.saying import named, saying, text

PERIODS = (None, 1, 7, 30, 90)
"""Days up to and with today; `None`: always."""

_TYPING_MS = 250
"""After how long without a key words are searched for."""
_JUDGED = (OrderValue.ACKNOWLEDGED_FIRST, OrderValue.ASKED_FIRST, OrderValue.EXPLAINED_ASK)


class CallFilters(QWidget):
    """Tells `changed` the query whenever it is another one. `today` gives the day."""

    def __init__(
        self,
        changed: Callable[[CallQuery], None],
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._changed, self._today = changed, today
        self._told = EVERY_CALL
        self._extra = EVERY_CALL
        self.words = named(QLineEdit(self), "calls.search")
        self.words.setClearButtonEnabled(True)
        saying(self, lambda: self.words.setPlaceholderText(say("calls.search_hint")))
        self.period = Choice("calls.period", [_period(days) for days in PERIODS], self.tell, self)
        self.course = Choice("calls.course", _courses(), self.tell, self)
        self.risk = Choice("calls.risk", _risks(), self.tell, self)
        self.order = Choice("calls.order", _orders(), self.tell, self)
        self.cause = Choice("calls.cause", [_any("calls.any_cause")], self.tell, self)
        self.team = Choice("calls.team", [_any("calls.any_team")], self.tell, self)
        self.missed = text(QCheckBox(self), "calls.missed")
        self.good = text(QCheckBox(self), "calls.good_examples")
        self.clear: QPushButton = button(self, "calls.clear")
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._connect()
        self._lay_out()
        self.clear.setEnabled(False)

    @property
    def query(self) -> CallQuery:
        """What is chosen now."""
        days, risk, team = self.period.value, self.risk.value, self.team.value
        course, order, cause = self.course.value, self.order.value, self.cause.value
        since = self._today() - timedelta(days=days - 1) if isinstance(days, int) else None
        return CallQuery(
            text=self.words.text().strip(),
            since=since or self._extra.since,
            until=None if since else self._extra.until,
            team=team if isinstance(team, str) else None,
            channel=self._extra.channel,
            course=course if isinstance(course, Course) else None,
            order=order if isinstance(order, OrderValue) else None,
            risks=risk if isinstance(risk, tuple) else self._extra.risks,
            cause=cause if isinstance(cause, str) else None,
            nudge=self._extra.nudge,
            missed=self.missed.isChecked(),
            good_example=self.good.isChecked(),
        )

    def offer(self, choices: Choices) -> None:
        """Let teams and causes be chosen from those that occur."""
        causes: list[Option] = [(name, _cause(name)) for name in choices.causes]
        teams: list[Option] = [(name, _same(name)) for name in choices.teams]
        self.cause.set_options([_any("calls.any_cause"), *causes])
        self.team.set_options([_any("calls.any_team"), *teams])
        self.team.setVisible(bool(teams))
        self.cause.setVisible(bool(causes))

    def put(self, query: CallQuery) -> None:
        """Choose `query`, also what there is no box for, and tell of it."""
        self._extra = query
        self.words.setText(query.text)
        self.period.choose(None)
        self.course.choose(query.course)
        self.risk.choose(query.risks or None)
        self.order.choose(query.order)
        self.cause.choose(query.cause)
        self.team.choose(query.team)
        for box, on in ((self.missed, query.missed), (self.good, query.good_example)):
            was = box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(was)
        self._typing.stop()
        self.tell()

    def tell(self) -> None:
        """Tell of the query, if it is another one."""
        query = self.query
        self.clear.setEnabled(query != EVERY_CALL)
        if query != self._told:
            self._told = query
            self._changed(query)

    def _connect(self) -> None:
        self.words.textEdited.connect(lambda _: self._typing.start())
        self.words.textChanged.connect(lambda now: None if now else self._typing.start())
        self.words.returnPressed.connect(self.tell)
        self._typing.timeout.connect(self.tell)
        self.missed.toggled.connect(lambda _: self.tell())
        self.good.toggled.connect(lambda _: self.tell())
        self.clear.clicked.connect(lambda: self.put(EVERY_CALL))
        find = QShortcut(QKeySequence.StandardKey.Find, self.parentWidget() or self)
        find.activated.connect(self.words.setFocus)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.words)
        flow = FlowLayout()
        chosen = (self.period, self.course, self.order, self.risk, self.cause, self.team)
        for widget in (*chosen, self.missed, self.good, self.clear):
            flow.addWidget(widget)
        column.addLayout(flow)


def _any(key: str) -> Option:
    return None, lambda: say(key)


def _same(name: str) -> Callable[[], str]:
    return lambda: name


def _cause(name: str) -> Callable[[], str]:
    return lambda: words.cause(name)


def _period(days: int | None) -> Option:
    return days, lambda: say(f"calls.period_{days or 'always'}")


def _courses() -> list[Option]:
    def option(course: Course) -> Option:
        return course, lambda: words.course(course)

    return [_any("calls.any_course"), *(option(one) for one in Course)]


def _risks() -> list[Option]:
    def option(kind: EscalationKind) -> Option:
        return (kind,), lambda: words.risk_kind(kind)

    return [_any("calls.any_risk"), *(option(one) for one in EscalationKind)]


def _orders() -> list[Option]:
    def option(value: OrderValue) -> Option:
        return value, lambda: say(f"calls.order_{value}")

    return [_any("calls.any_order"), *(option(one) for one in _JUDGED)]
