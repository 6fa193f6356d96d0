"""What was promised in a call that is over: one tick each puts it on the list of call-backs.

Nothing goes there by itself. What was heard is proposed with its moment; where none was named, the
agent gives one. A tick that is taken away takes it off the list again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QDate, QDateTime, Qt, QTime
from PySide6.QtWidgets import (
    QCheckBox,
    QDateTimeEdit,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from coach.core.moments import due
from coach.core.summary import AfterCall
from coach.phrases import say
from ui import wording
from ui.errands import Errands
from ui.fonts import sized
from ui.parts import label, marked, quiet, role
from ui.saying import named

_CLOSES = QTime(17, 0)
_WEEKEND = 6
"""Qt counts the days of the week from Monday, 1."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """A promise that the agent confirmed: of which call, in which words, and by when."""

    call_id: str
    words: str
    due: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """What was promised, as heard or noted. `timed`: a moment was named; `due`: which one."""

    words: str
    at: str = ""
    timed: bool = False
    due: datetime | None = None


class Agenda(Protocol):
    """The list of call-backs. Asked behind the screen."""

    def note(self, promise: Promise) -> str:
        """Put `promise` on the list; its number. Raises `CoachError`."""
        ...

    def drop(self, number: str) -> None:
        """Take it off again. Raises `CoachError`."""
        ...


def proposals(review: AfterCall, noted: str, now: datetime) -> tuple[Proposal, ...]:
    """What to propose: what was heard, and the line of the note pad if it says something else."""
    heard = [
        Proposal(words=one.words, at=wording.clock(one.at), timed=one.timed, due=one.due)
        for one in review.promises
    ]
    words = noted.strip()
    if words and not any(_same(words, one.words) for one in heard):
        found = due(words, now)
        by = found.by if found else None
        heard.append(Proposal(words=words, timed=by is not None, due=by))
    return tuple(heard)


def _same(one: str, other: str) -> bool:
    """Whether two lines say the same, one perhaps with more around it."""
    plain, longer = sorted((" ".join(w.casefold().split()) for w in (one, other)), key=len)
    return plain.strip(" .!") in longer


class PromiseRow(QWidget):
    """One promise: a tick, its words, and by when."""

    def __init__(
        self,
        parent: QWidget,
        proposal: Proposal,
        *,
        call_id: str,
        agenda: Agenda | None,
        errands: Errands,
        listed: dict[str, str],
    ) -> None:
        super().__init__(parent)
        self._proposal, self._call_id = proposal, call_id
        self._agenda, self._errands = agenda, errands
        self._listed = listed
        self.tick = QCheckBox(self)
        self.words, self.state = label(self), quiet(self)
        self.due = QDateTimeEdit(_moment(proposal.due), self)
        self._fill()
        self._lay_out()
        self.tick.toggled.connect(self._ticked)

    def _fill(self) -> None:
        said = wording.quoted(self._proposal.words)
        self.words.setText(f"{self._proposal.at}  {said}".strip())
        self.tick.setChecked(self._proposal.words in self._listed)
        self.tick.setAccessibleName(say("screen.put_on_list", words=self._proposal.words))
        self.due.setCalendarPopup(True)
        self.due.setDisplayFormat(say("screen.due_form"))
        named(self.due, "screen.due_by")
        self.state.setText("" if self._proposal.timed else say("screen.no_time_named"))
        self.state.setVisible(bool(self.state.text()))
        for one in (self.tick, self.due):
            one.setVisible(self._agenda is not None)
        if self._number is not None:
            self._tell("screen.on_list")

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(4)
        first.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self.words, 1)
        second = QHBoxLayout()
        second.setContentsMargins(28, 0, 0, 0)
        second.setSpacing(8)
        self.due.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        second.addWidget(self.due)
        second.addWidget(self.state, 1)
        second.addStretch()
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(3)
        page.addLayout(first)
        page.addLayout(second)

    def _ticked(self, wanted: bool) -> None:
        if self._agenda is None:
            return
        agenda, number = self._agenda, self._number
        if wanted == (number is not None):  # done from a card that was written anew since
            self._tell("screen.on_list" if wanted else "screen.off_list")
            return
        self.setEnabled(False)
        if wanted and number is None:
            promise = Promise(
                call_id=self._call_id, words=self._proposal.words, due=_python(self.due.dateTime())
            )
            self._errands.run(lambda: agenda.note(promise), self._noted, self._failed)
        elif number is not None:
            self._errands.run(lambda: agenda.drop(number), lambda _: self._dropped(), self._failed)

    @property
    def _number(self) -> str | None:
        """Its number on the list, if it is there."""
        return self._listed.get(self._proposal.words)

    def _noted(self, number: str) -> None:
        self._listed[self._proposal.words] = number
        self._tell("screen.on_list")

    def _dropped(self) -> None:
        self._listed.pop(self._proposal.words, None)
        self._tell("screen.off_list")

    def _tell(self, key: str) -> None:
        if not isValid(self):  # the card was written anew meanwhile
            return
        self.setEnabled(True)
        self.due.setEnabled(self._number is None)
        self.state.setText(say(key))
        role(self.state, "good" if self._number else "quiet").show()

    def _failed(self, why: str) -> None:
        if not isValid(self):
            return
        self.setEnabled(True)
        self.tick.blockSignals(True)
        self.tick.setChecked(self._number is not None)
        self.tick.blockSignals(False)
        self.state.setText(why)
        role(self.state, "alert").show()


class PromiseList(QFrame):
    """The promises of a call, under a heading. Without an `agenda` they are only told.

    `listed`: those that are on the list, with their number there; kept up to date.
    """

    def __init__(
        self,
        parent: QWidget,
        found: Sequence[Proposal],
        *,
        call_id: str,
        agenda: Agenda | None,
        errands: Errands,
        listed: dict[str, str],
    ) -> None:
        super().__init__(parent)
        marked(self, "panel", "true")
        page = QVBoxLayout(self)
        page.setContentsMargins(10, 7, 10, 7)
        page.setSpacing(6)
        page.addWidget(sized(label(self, "screen.to_keep"), bold=True))
        if agenda is not None:
            page.addWidget(quiet(self, "screen.tick_to_keep"))
        self.rows = [
            PromiseRow(self, one, call_id=call_id, agenda=agenda, errands=errands, listed=listed)
            for one in found
        ]
        for one in self.rows:
            page.addWidget(one)


def _moment(by: datetime | None) -> QDateTime:
    """What is proposed: the moment that was named, else the end of the next working day."""
    if by is not None:
        local = by.astimezone()
        return QDateTime(QDate(local.year, local.month, local.day), QTime(local.hour, local.minute))
    day = QDate.currentDate().addDays(1)
    while day.dayOfWeek() >= _WEEKEND:
        day = day.addDays(1)
    return QDateTime(day, _CLOSES)


def _python(moment: QDateTime) -> datetime:
    return datetime.fromtimestamp(moment.toSecsSinceEpoch()).astimezone()
