"""A small dialog: what happened, from which day to which."""

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QDialog, QLineEdit, QWidget

from coach.phrases import say
from ui.archive import Disruption
from ui.parts import button, column, quiet, row
from ui.saying import named


class MarkDialog(QDialog):
    """Asks for a disruption or mailing; `disruption` is what was said."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("dashboard.mark"))
        self.name = named(QLineEdit(self), "dashboard.mark_name")
        self.name.setPlaceholderText(say("dashboard.mark_name_hint"))
        self.name.setMinimumWidth(320)
        self.since, self.until = QDateEdit(self), QDateEdit(self)
        for field, key in ((self.since, "mark_since"), (self.until, "mark_until")):
            named(field, f"dashboard.{key}")
            field.setCalendarPopup(True)
            field.setDisplayFormat("d MMM yyyy")
            field.setDate(QDate(today.year, today.month, today.day))
        self.since.dateChanged.connect(self.until.setMinimumDate)
        self.save = button(self, "dashboard.mark_save", main=True)
        self.save.setDefault(True)
        self.save.setEnabled(False)
        cancel = button(self, "dashboard.mark_cancel")
        self.name.textChanged.connect(lambda text: self.save.setEnabled(bool(text.strip())))
        self.save.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        page = column(self, margin=18, spacing=10)
        page.addWidget(quiet(self, "dashboard.mark_name"))
        page.addWidget(self.name)
        page.addLayout(row(quiet(self, "dashboard.mark_since"), self.since))
        page.addLayout(row(quiet(self, "dashboard.mark_until"), self.until))
        page.addLayout(row(self.save, cancel))

    @property
    def disruption(self) -> Disruption | None:
        """What was said; `None` without a name."""
        name = self.name.text().strip()
        if not name:
            return None
        since, last = self.since.date(), self.until.date().addDays(1)
        return Disruption(name=name, since=_day(since), until=_day(last))


def _day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
