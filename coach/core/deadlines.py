"""By when something has to be done, as an organisation writes it: "2 hours", "1 working day"."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum


class Span(StrEnum):
    """The units of a deadline."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working days"


AT_ONCE = "at once"
_FORM = re.compile(r"(\d{1,3}) (minute|hour|day|working day)s?")
_WEEKEND = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """The days and the hour that deadlines are reckoned by."""

    holidays: frozenset[date] = frozenset()
    closes: time = time(17)

    def works_on(self, day: date) -> bool:
        """Whether people are at work on that day."""
        return day.weekday() < _WEEKEND and day not in self.holidays


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """`amount` of `span`; 0 is at once."""

    amount: int
    span: Span = Span.MINUTES

    def __str__(self) -> str:
        if not self.amount:
            return AT_ONCE
        return f"{self.amount} {self.span.removesuffix('s') if self.amount == 1 else self.span}"

    def due(self, since: datetime, calendar: Calendar) -> datetime:
        """When it is due. Working days end at closing time; the others run on the clock."""
        if self.span is Span.WORKING_DAYS:
            return datetime.combine(
                _working_day(since.date(), self.amount, calendar), calendar.closes, since.tzinfo
            )
        return since + timedelta(**{self.span.value: self.amount})


def read_deadline(text: str) -> Deadline:
    """The deadline that is written. Raises `ValueError`."""
    if text == AT_ONCE:
        return Deadline(amount=0)
    found = _FORM.fullmatch(text)
    if found is None or not int(found[1]):
        raise ValueError(f"no deadline: {text!r}")
    return Deadline(amount=int(found[1]), span=Span(f"{found[2]}s"))


def _working_day(day: date, count: int, calendar: Calendar) -> date:
    while count:
        day += timedelta(days=1)
        count -= calendar.works_on(day)
    return day


def units() -> Collection[str]:
    """How deadlines may be written, for messages."""
    return (AT_ONCE, *(f"2 {span}" for span in Span))
