"""The escalation protocol: per sign who takes it up, what to do, how and by when.

A table that an organisation edits (`coach/protocol`). Everything that is wrong with it is found at
once, with the line and the field; sentences for that stand in `coach/phrases/protocol.toml`.
"""

import re
import string
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Any

from coach.core.deadlines import Calendar, Deadline, read_deadline, units
from coach.core.vocabulary import EscalationKind

LANGUAGES = ("nl", "en")
GAPS = ("when", "reference", "agent", "words", "cause", "mood", "promise", "owner", "deadline")
"""What a hand-over text may have filled in: {when}, {words}, …"""

_LONGEST_LIST = 8


class Channel(StrEnum):
    """How the owner is reached."""

    PHONE = "phone"
    MAIL = "mail"
    FORM = "form"
    IN_PERSON = "in_person"


Text = Mapping[str, str]
"""The same in both languages."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What to do about one kind of sign.

    `owner`: who takes it up. `steps`: a short check list. `hand_over`: the text for the owner, with
    gaps that the call fills. `call_back`: the customer is called with the result.
    """

    kind: EscalationKind
    owner: Text
    channel: Channel
    deadline: Deadline
    call_back: bool
    steps: Mapping[str, tuple[str, ...]]
    hand_over: Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Protocol:
    """All entries in the order of the file, and the calendar that deadlines are reckoned by."""

    entries: tuple[Entry, ...]
    calendar: Calendar = field(default_factory=Calendar)

    def of(self, kind: EscalationKind) -> Entry | None:
        """What to do about `kind`; `None`: the organisation has nothing to say."""
        return next((entry for entry in self.entries if entry.kind is kind), None)

    def for_signs(self, kinds: Iterable[EscalationKind]) -> tuple[Entry, ...]:
        """The entries for what was heard in a call, in the order of the file."""
        heard = set(kinds)
        return tuple(entry for entry in self.entries if entry.kind in heard)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """Something wrong: where, and the sentence that says so (`protocol.KEY`) with its values."""

    line: int
    field: str
    key: str
    values: tuple[tuple[str, str], ...] = ()


class ProtocolRefused(ValueError):
    """The file cannot be used; `faults` in the order of their lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.line, fault.field)))
        super().__init__("; ".join(f"line {f.line}: {f.field}: {f.key}" for f in self.faults))


def read_protocol(text: str) -> Protocol:
    """The protocol in a TOML text. Raises `ProtocolRefused` with everything that is wrong."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as why:
        line = re.search(r"line (\d+)", str(why))
        values = (("why", str(why)),)
        number = int(line[1]) if line else len(text.splitlines())
        raise ProtocolRefused(
            [Fault(line=number, field="", key="bad_toml", values=values)]
        ) from why
    reader = _Reader(text)
    calendar = reader.calendar(table)
    entries = [reader.entry(name, fields) for name, fields in table.items() if name not in _TOP]
    if reader.faults:
        raise ProtocolRefused(reader.faults)
    return Protocol(entries=tuple(e for e in entries if e is not None), calendar=calendar)


_TOP = ("holidays", "closes")
_KINDS = {kind.value: kind for kind in EscalationKind}
_FIELDS = ("owner", "channel", "deadline", "call_back", "steps", "hand_over")


@dataclass
class _Reader:
    """Reads tables and gathers what is wrong with them."""

    text: str
    faults: list[Fault] = field(default_factory=list)

    def calendar(self, table: Mapping[str, Any]) -> Calendar:
        days = table.get("holidays", [])
        if not isinstance(days, list) or not all(type(day) is date for day in days):
            self.refuse("", "holidays", "bad_holidays")
            days = []
        closes = table.get("closes", time(17))
        if not isinstance(closes, time):
            self.refuse("", "closes", "bad_time")
            closes = time(17)
        return Calendar(holidays=frozenset(days), closes=closes)

    def entry(self, name: str, fields: Any) -> Entry | None:
        kind = _KINDS.get(name)
        if kind is None:
            self.refuse(name, "", "unknown_kind", kind=name, choices=", ".join(_KINDS))
            return None
        if not isinstance(fields, dict):
            self.refuse(name, "", "no_table")
            return None
        before = len(self.faults)
        for unknown in fields.keys() - set(_FIELDS):
            self.refuse(name, unknown, "unknown_field", choices=", ".join(_FIELDS))
        entry = Entry(
            kind=kind,
            owner=self.texts(name, "owner", fields),
            channel=self.channel(name, fields),
            deadline=self.deadline(name, fields),
            call_back=self.flag(name, fields),
            steps=self.steps(name, fields),
            hand_over=self.texts(name, "hand_over", fields),
        )
        self.check_gaps(name, entry.hand_over)
        return None if len(self.faults) > before else entry

    def texts(self, name: str, key: str, fields: Mapping[str, Any]) -> dict[str, str]:
        found = self.languages(name, key, fields)
        for language, value in found.items():
            if not isinstance(value, str) or not value.strip():
                self.refuse(name, f"{key}.{language}", "no_text")
        return {language: str(value) for language, value in found.items()}

    def steps(self, name: str, fields: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
        found = self.languages(name, "steps", fields)
        for language, value in found.items():
            good = isinstance(value, list) and all(isinstance(s, str) and s.strip() for s in value)
            if not good or not 0 < len(value) <= _LONGEST_LIST:
                self.refuse(name, f"steps.{language}", "bad_steps", most=str(_LONGEST_LIST))
        return {k: tuple(v) if isinstance(v, list) else () for k, v in found.items()}

    def languages(self, name: str, key: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        if key not in fields:
            self.refuse(name, key, "missing")
            return {}
        found = fields[key]
        if not isinstance(found, dict) or set(found) != set(LANGUAGES):
            self.refuse(name, key, "both_languages")
            return {}
        return found

    def channel(self, name: str, fields: Mapping[str, Any]) -> Channel:
        value = fields.get("channel")
        if value not in list(Channel):
            key = "missing" if value is None else "bad_channel"
            self.refuse(name, "channel", key, value=str(value), choices=", ".join(Channel))
            return Channel.MAIL
        return Channel(value)

    def deadline(self, name: str, fields: Mapping[str, Any]) -> Deadline:
        value = fields.get("deadline")
        try:
            return read_deadline(str(value))
        except ValueError:
            key = "missing" if value is None else "bad_deadline"
            self.refuse(name, "deadline", key, value=str(value), choices=", ".join(units()))
            return Deadline(amount=0)

    def flag(self, name: str, fields: Mapping[str, Any]) -> bool:
        value = fields.get("call_back", False)
        if not isinstance(value, bool):
            self.refuse(name, "call_back", "bad_flag")
        return bool(value)

    def check_gaps(self, name: str, texts: Mapping[str, str]) -> None:
        for language, text in texts.items():
            try:
                gaps = {gap for _, gap, _, _ in string.Formatter().parse(text) if gap is not None}
            except ValueError:
                self.refuse(name, f"hand_over.{language}", "bad_braces")
                continue
            for gap in sorted(gaps - set(GAPS)):
                choices = ", ".join(f"{{{one}}}" for one in GAPS)
                place = f"hand_over.{language}"
                self.refuse(name, place, "unknown_gap", gap=f"{{{gap}}}", choices=choices)

    def refuse(self, name: str, key: str, why: str, **values: str) -> None:
        place = ".".join(part for part in (name, key) if part)
        line = _line(self.text, name, key)
        self.faults.append(Fault(line=line, field=place, key=why, values=tuple(values.items())))


def _line(text: str, table: str, key: str) -> int:
    """The line on which a field stands; of one that is missing, the line of its table."""
    inside, at = not table, 1
    wanted = [key, key.split(".", maxsplit=1)[0]]
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[\s*([\w.\"-]+)\s*\]", line)
        if header:
            name = header[1].replace('"', "")
            inside = name == table or name.startswith(f"{table}.")
            at = number if name == table else at
            if name == f"{table}.{key}":
                return number
        elif table and re.match(rf"\s*{re.escape(table)}\s*[=.]", line):
            at = number
        elif inside:
            for one in wanted:
                if one and re.match(rf"\s*{re.escape(one)}\s*[=.]", line):
                    found.setdefault(one, number)
    return next((found[one] for one in wanted if one in found), at)


def to_toml(protocol: Protocol) -> str:
    """The protocol as a file, for an editor that changes fields. `read_protocol` reads it back."""
    return "\n".join(_lines(protocol)) + "\n"


def _lines(protocol: Protocol) -> Iterator[str]:
    days = ", ".join(day.isoformat() for day in sorted(protocol.calendar.holidays))
    yield f"holidays = [{days}]"
    yield f"closes = {protocol.calendar.closes.isoformat()}"
    for entry in protocol.entries:
        yield from ("", f"[{entry.kind}]")
        yield from (f"owner.{n} = {_quoted(entry.owner[n])}" for n in LANGUAGES)
        yield f'channel = "{entry.channel}"'
        yield f'deadline = "{entry.deadline}"'
        yield f"call_back = {str(entry.call_back).lower()}"
        for n in LANGUAGES:
            yield f"steps.{n} = ["
            yield from (f"    {_quoted(step)}," for step in entry.steps[n])
            yield "]"
        yield from (f"hand_over.{n} = {_quoted(entry.hand_over[n])}" for n in LANGUAGES)


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _quoted(text: str) -> str:
    """A TOML string. Other control characters have no business in a protocol."""
    kept = (_ESCAPES.get(sign, sign) for sign in text if sign.isprintable() or sign in _ESCAPES)
    return f'"{"".join(kept)}"'
