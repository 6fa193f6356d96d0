"""Numbers, dates and lengths of time as people write them: Dutch and English."""

from datetime import date, datetime

from coach.phrases import language, say

_NARROW = "\N{NO-BREAK SPACE}"


def number(value: float, decimals: int = 0) -> str:
    """ "1.234,5" in Dutch, "1,234.5" in English."""
    written = f"{value:,.{decimals}f}"
    if language() == "nl":
        written = written.translate(str.maketrans(",.", ".,"))
    return written.replace("-", "\N{MINUS SIGN}", 1) if value < 0 else written


def percent(share: float, decimals: int = 0) -> str:
    """A share 0..1: "67 %" in Dutch, "67%" in English."""
    space = _NARROW if language() == "nl" else ""
    return f"{number(share * 100, decimals)}{space}%"


def day(when: date) -> str:
    """ "3 september 2026" in Dutch, "3 September 2026" in English."""
    months = say("screen.months").split()
    return f"{when.day} {months[when.month - 1]} {when.year}"


def moment(when: datetime) -> str:
    """ "3 sep 2026, 14:05", with the short name of the month."""
    months = say("screen.months_short").split()
    return f"{when.day} {months[when.month - 1]} {when.year}, {when:%H:%M}"


def lasting(seconds: float) -> str:
    """Minutes and seconds, with hours from one hour on: "1:07", "1:02:03"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
