"""When something is due: "morgen voor vijf uur", "binnen twee werkdagen", "vrijdagmiddag".

A pure function of the words and of the moment at which they were said.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from coach.core.redaction.spoken import digits_of
from coach.core.redaction.tokens import plain

_DAYS: Final = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()
_MONTHS: Final = (
    "januari februari maart april mei juni juli augustus september oktober november december"
).split()
_PARTS: Final = {"ochtend": time(12), "morgen": time(12), "middag": time(17), "avond": time(21)}
_END_OF_DAY = time(17)
_WEEKEND, _FRIDAY = 5, 4
_NOON, _EARLY = 12, 8
"""People who work by day mean seventeen hours by "vijf uur"; from eight on, the morning."""

_NUMBER = r"(?P<n>\w+)"
_WITHIN = re.compile(
    rf"(?:binnen|over|in)\s+(?:nu en\s+)?(?:een |de |maximaal |hooguit )?{_NUMBER}\s+"
    r"(?P<unit>minuten|minuut|kwartier|uur|uren|dagen|dag|werkdagen|werkdag|weken|week)"
)
_CLOCK = re.compile(
    r"(?:om|voor|tegen|rond|vanaf|uiterlijk|na)\s+(?:een |de )?"
    r"(?:(?P<hour>\d{1,2})[.:](?P<minute>\d\d)|(?P<half>half|kwart voor|kwart over)\s+(?P<of>\w+)"
    r"|(?P<plain>\w+)\s+uur)"
)
_WEEKDAY = re.compile(rf"(?P<next>volgende week )?(?P<day>{'|'.join(_DAYS)})(?P<part>\w*)")
_DATE = re.compile(rf"(?P<n>\w+) (?P<month>{'|'.join(_MONTHS)})")
_UNITS: Final = {
    "minuten": timedelta(minutes=1),
    "minuut": timedelta(minutes=1),
    "kwartier": timedelta(minutes=15),
    "uur": timedelta(hours=1),
    "uren": timedelta(hours=1),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """`by`: at the latest. `exact`: a time of the day was named, not only a day."""

    by: datetime
    exact: bool


def due(words: str, now: datetime) -> Due | None:
    """When what is promised in `words` is due, said at `now`; `None`: no moment is named."""
    said = " ".join(plain(words).split())
    within = _WITHIN.search(said)
    if within is not None and (found := _within(within, now)) is not None:
        return found
    day, part = _day(said, now)
    clock = _clock(said)
    if day is None and clock is None:
        return None
    base = day or now
    at = clock or part or _END_OF_DAY
    moment = base.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    if moment <= now and day is None:
        moment += timedelta(days=1)
    return Due(by=moment, exact=clock is not None)


def _within(found: re.Match[str], now: datetime) -> Due | None:
    said = "1" if found["n"] in ("een", "het", "n") else digits_of(found["n"])
    if said is None or int(said) == 0:
        return None
    count, unit = int(said), found["unit"]
    if unit in _UNITS:
        return Due(by=now + count * _UNITS[unit], exact=True)
    if unit.startswith("werkdag"):
        return Due(by=_at_end(_working_days(now, count)), exact=False)
    days = count * 7 if unit.startswith("we") else count
    return Due(by=_at_end(now + timedelta(days=days)), exact=False)


def _day(said: str, now: datetime) -> tuple[datetime | None, time | None]:
    """The day that is named, and the part of it."""
    if "overmorgen" in said:
        return now + timedelta(days=2), None
    if today := re.search(r"\b(vandaag|vanmiddag|vanochtend|vanavond|vanmorgen)\b", said):
        return now, _PARTS.get(today[1].removeprefix("van"))
    if tomorrow := re.search(r"\bmorgen(\w*)", said.replace("goedemorgen", "")):
        return now + timedelta(days=1), _PARTS.get(tomorrow[1])
    if found := _WEEKDAY.search(said):
        return _weekday(found, now), _PARTS.get(found["part"])
    if found := _DATE.search(said):
        return _date(found, now), None
    return _end_of(said, now), None


def _end_of(said: str, now: datetime) -> datetime | None:
    """The last day of what is named."""
    if re.search(r"eind(e)? van de week|deze week", said):
        return now + timedelta(days=(_FRIDAY - now.weekday()) % 7)
    if "volgende week" in said:
        return now + timedelta(days=7 - now.weekday() + _FRIDAY)
    return now if re.search(r"eind(e)? van de (dag|middag)", said) else None


def _weekday(found: re.Match[str], now: datetime) -> datetime:
    wanted = _DAYS.index(found["day"])
    if found["next"]:
        return now + timedelta(days=7 - now.weekday() + wanted)
    return now + timedelta(days=(wanted - now.weekday()) % 7 or 7)


def _date(found: re.Match[str], now: datetime) -> datetime | None:
    said = digits_of(found["n"])
    if said is None:
        return None
    month = _MONTHS.index(found["month"]) + 1
    year = now.year + ((month, int(said)) < (now.month, now.day))
    try:
        return now.replace(year=year, month=month, day=int(said))
    except ValueError:  # the thirtieth of February
        return None


def _clock(said: str) -> time | None:
    for found in _CLOCK.finditer(said):
        if found["hour"]:
            hour, minute = int(found["hour"]), int(found["minute"])
            return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004
        named = digits_of(found["of"] or found["plain"])
        if named is None or not 0 < int(named) <= 24:  # noqa: PLR2004
            continue
        back = {"half": 30, "kwart voor": 15, "kwart over": -15}.get(found["half"] or "", 0)
        hour = int(named) + _NOON if int(named) < _EARLY else int(named) % 24
        minutes = hour * 60 - back
        return time(minutes // 60 % 24, minutes % 60)
    return None


def _working_days(now: datetime, count: int) -> datetime:
    moment = now
    while count:
        moment += timedelta(days=1)
        count -= moment.weekday() < _WEEKEND
    return moment


def _at_end(moment: datetime) -> datetime:
    return moment.replace(hour=_END_OF_DAY.hour, minute=0, second=0, microsecond=0)
