"""The incident form: filled in from the call, changed and sent by the agent, and by nobody else."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QHBoxLayout, QPlainTextEdit, QWidget

from coach.core.summary import ABUSE, AfterCall
from coach.core.units import Samples
from coach.core.vocabulary import EscalationKind
from coach.errors import CoachError
from coach.phrases import say
from ui import wording
from ui.choice import Choice
from ui.fonts import unit
from ui.parts import button, column, heading, label, quiet, role
from ui.saying import named, saying, text


@dataclass(frozen=True, kw_only=True, slots=True)
class IncidentReport:
    """What the agent reports. `at` and `lasted` are on the clock of the call."""

    call_id: str
    kind: EscalationKind
    quote: str
    at: Samples
    lasted: Samples
    note: str = ""
    police: bool = False


class Incidents(Protocol):
    """Where reports go."""

    def send(self, report: IncidentReport) -> None:
        """Register it. Raises `CoachError` if that did not work."""
        ...


class IncidentForm(QDialog):
    """Opens with what the call tells; nothing goes out before the agent sends it."""

    def __init__(self, parent: QWidget | None, review: AfterCall, incidents: Incidents) -> None:
        super().__init__(parent)
        self._review, self._incidents = review, incidents
        self.sent: IncidentReport | None = None
        kinds = sorted(ABUSE)
        self.kind = Choice("about.incident_kind", [(k, _namer(k)) for k in kinds], lambda: 0, self)
        self.quote = named(QPlainTextEdit(self), "about.incident_quote")
        self.note = named(QPlainTextEdit(self), "about.incident_note")
        self.police = text(QCheckBox(self), "about.incident_police")
        self.when = label(self)
        self.state = role(label(self), "alert")
        self.send = button(self, "about.incident_send", main=True)
        self.leave = button(self, "about.incident_not")
        self._fill()
        self._lay_out()
        self.send.clicked.connect(self._send)
        self.leave.clicked.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.send.click)
        saying(self, self._say)

    def report(self) -> IncidentReport:
        """The report as the form has it now."""
        signs = self._review.abuse
        start = signs[0].start if signs else Samples(0)
        end = max((sign.end for sign in signs), default=start)
        return IncidentReport(
            call_id=self._review.call_id,
            kind=EscalationKind(str(self.kind.value)),
            quote=self.quote.toPlainText().strip(),
            at=start,
            lasted=Samples(end - start),
            note=self.note.toPlainText().strip(),
            police=self.police.isChecked(),
        )

    def _fill(self) -> None:
        signs = self._review.abuse
        words = dict.fromkeys(sign.words for sign in signs if sign.words)
        self.quote.setPlainText("\n".join(wording.quoted(one) for one in words))
        if signs:
            self.kind.choose(signs[0].kind)

    def _say(self) -> None:
        self.setWindowTitle(say("about.incident"))
        report = self.report()
        upto = Samples(report.at + report.lasted)
        self.when.setText(f"{wording.clock(report.at)} – {wording.clock(upto)}")
        self.note.setPlaceholderText(say("about.incident_note_hint"))

    def _send(self) -> None:
        report = self.report()
        if not report.quote:
            self.state.setText(say("about.incident_empty"))
            self.quote.setFocus()
            return
        try:
            self._incidents.send(report)
        except CoachError as why:
            self.state.setText(str(why))
            return
        self.sent = report
        self.accept()

    def _lay_out(self) -> None:
        for field, lines in ((self.quote, 4), (self.note, 3)):
            field.setTabChangesFocus(True)
            field.setFixedHeight(round((lines * 17 + 14) * unit(self)))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(1, 1)
        rows = (
            ("about.incident_kind", self.kind),
            ("about.incident_when", self.when),
            ("about.incident_quote", self.quote),
            ("about.incident_note", self.note),
        )
        for number, (key, widget) in enumerate(rows):
            name = label(self, key, wraps=False)
            name.setBuddy(widget)
            grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(widget, number, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.state, 1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.send)
        whole = column(self, margin=20, spacing=12)
        whole.addWidget(heading(self, "about.incident"))
        whole.addWidget(quiet(self, "about.incident_who"))
        whole.addLayout(grid)
        whole.addWidget(self.police)
        whole.addLayout(buttons)
        self.resize(round(480 * unit(self)), self.sizeHint().height())


def open_form(parent: QWidget, review: AfterCall, incidents: Incidents) -> IncidentForm:
    """The form over `parent`; it goes when it is closed."""
    form = IncidentForm(parent, review, incidents)
    form.finished.connect(form.deleteLater)
    form.open()
    return form


def _namer(kind: EscalationKind) -> "_Said":
    return _Said(f"screen.kind_{kind}")


@dataclass(frozen=True, slots=True)
class _Said:
    key: str

    def __call__(self) -> str:
        return say(self.key).capitalize()
