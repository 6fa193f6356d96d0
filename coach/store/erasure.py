"""Everything about one customer, one agent or one call: found, handed over, or erased.

Customers have no name in the record: texts are redacted. They are found by the reference that the
call has in other systems, or by words that were said or written.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from sqlalchemy import Column, Table, delete, or_, select

from coach.core.events import CallStarted, LogEvent, Utterance
from coach.core.redaction import readable
from coach.core.units import to_seconds
from coach.store import tables as t
from coach.store.calllog import call_of, logs_in, read_log
from coach.store.codec import BrokenLine, to_json
from coach.store.database import Store
from coach.store.people import Opening, access_log
from coach.store.recordings import DRAFTS, drop_drafts, drop_recording, recorded
from coach.store.upkeep import compact

_LONGEST_NAME = 120

By = Literal["call", "agent", "customer"]

_OF_CALLS = (t.notes, t.callbacks, t.incidents)
_BY_AGENT: tuple[tuple[Table, str], ...] = (
    (t.notes, "author"),
    (t.callbacks, "agent"),
    (t.incidents, "submitted_by"),
    (t.access, "agent"),
)
"""What belongs to an agent besides the calls, and the column that says so."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """Who or what is asked about: a call's number, an agent's, a reference or words."""

    by: By
    value: str


@dataclass(slots=True)
class Found:
    """What the record has about a subject."""

    subject: Subject
    calls: list[str] = field(default_factory=list)
    logs: list[Path] = field(default_factory=list)
    sounds: list[str] = field(default_factory=list)
    rows: dict[str, list[int]] = field(default_factory=dict)

    @property
    def anything(self) -> bool:
        """Whether there is something."""
        return bool(self.calls or self.logs or any(self.rows.values()))

    def counts(self) -> dict[str, int]:
        """How much there is, by kind."""
        counts = {"calls": len(self.calls), "logs": len(self.logs)}
        counts |= {"sounds": len(self.sounds)} if self.sounds else {}
        return counts | {name: len(rows) for name, rows in self.rows.items() if rows}


def find(store: Store | None, subject: Subject, logs: Path | None = None) -> Found:
    """All that is kept about `subject`, in the database and in a folder of call logs."""
    found = Found(subject)
    if store is not None:
        found.calls = _calls(store, subject)
        found.sounds = recorded(store, found.calls)
        for table in (*_OF_CALLS, t.access):
            found.rows[table.name] = _rows(store, table, subject, found.calls)
    if logs is not None:
        found.logs = [path for path in logs_in(logs) if _is_about(path, subject)]
    return found


def _calls(store: Store, subject: Subject) -> list[str]:
    c = t.calls.c
    if subject.by == "call":
        where = c.call_id == subject.value
    elif subject.by == "agent":
        where = c.agent == subject.value
    else:
        said = select(t.utterances.c.call_id).where(_holds(t.utterances.c.text, subject.value))
        noted = select(t.notes.c.call_id).where(_holds(t.notes.c.text, subject.value))
        where = or_(c.reference == subject.value, c.call_id.in_(said), c.call_id.in_(noted))
    with store.reading() as connection:
        return list(connection.scalars(select(c.call_id).where(where).order_by(c.placed)))


def _holds(column: Column[Any], words: str) -> Any:
    return column.icontains(words, autoescape=True)


def _rows(store: Store, table: Table, subject: Subject, calls: Sequence[str]) -> list[int]:
    wanted: list[Any] = [] if table is t.access else [table.c.call_id.in_(calls)]
    if subject.by == "agent":
        wanted += [table.c[column] == subject.value for one, column in _BY_AGENT if one is table]
    if subject.by == "customer" and "text" in table.c:
        wanted.append(_holds(table.c.text, subject.value))
    if not wanted:
        return []
    with store.reading() as connection:
        return list(connection.scalars(select(table.c.id).where(or_(*wanted)).order_by(table.c.id)))


def _is_about(path: Path, subject: Subject) -> bool:
    try:
        events = list(read_log(path))
    except (OSError, BrokenLine):
        return False
    start = next((event for event in events if isinstance(event, CallStarted)), None)
    if start is None:
        return False
    if subject.by == "call":
        return start.call_id == subject.value
    if subject.by == "agent":
        return start.agent == subject.value
    words = subject.value.lower()
    said = (event.text.lower() for event in events if isinstance(event, Utterance))
    return start.reference == subject.value or any(words in text for text in said)


# ---- handing over --------------------------------------------------------------------------------


WriteSound = Callable[[str, Path], bool]
"""Writes the kept sound of a call to a file in clear; says whether there was any."""


def export(
    store: Store | None, found: Found, out: Path, sound: WriteSound = lambda _, __: False
) -> list[Path]:
    """Write all of it into folder `out`: `export.json` for programs, `export.txt` for people, and
    what was kept of the sound.
    """
    out.mkdir(parents=True, exist_ok=True)
    logs = {call: store.events(call) for call in found.calls} if store is not None else {}
    logs |= {call_of(path): list(read_log(path)) for path in found.logs}
    rows = {name: _content(store, name, ids) for name, ids in found.rows.items() if ids}
    told = {
        "about": asdict(found.subject),
        "calls": {call: [to_json(event) for event in log] for call, log in logs.items()},
        **rows,
    }
    data, text = out / "export.json", out / "export.txt"
    data.write_text(json.dumps(told, indent=1, ensure_ascii=False, default=str), encoding="utf-8")
    text.write_text(_as_text(logs, rows), encoding="utf-8")
    named = ((call, out / f"{quote(call, safe=' ')[:_LONGEST_NAME]}.flac") for call in found.sounds)
    return [data, text, *(path for call, path in named if sound(call, path))]


def _content(store: Store | None, name: str, ids: Sequence[int]) -> list[dict[str, Any]]:
    if store is None:
        return []
    table = t.metadata.tables[name]
    with store.reading() as connection:
        found = connection.execute(select(table).where(table.c.id.in_(ids))).mappings()
        return [dict(row) for row in found]


def _as_text(logs: dict[str, list[LogEvent]], rows: dict[str, list[dict[str, Any]]]) -> str:
    lines: list[str] = []
    for call, log in logs.items():
        start = next((event for event in log if isinstance(event, CallStarted)), None)
        lines += [f"{call}  {start.began or '' if start else ''}", "-" * len(call)]
        lines += [
            f"{to_seconds(event.start):8.1f}  {event.speaker:8}  {readable(event.text)}"
            for event in log
            if isinstance(event, Utterance) and event.text
        ]
        lines.append("")
    for name, content in rows.items():
        lines += [name, "-" * len(name)]
        lines += ["  ".join(f"{key}: {value}" for key, value in row.items()) for row in content]
        lines.append("")
    return "\n".join(lines)


# ---- erasing -------------------------------------------------------------------------------------

Tell = Callable[[float], None]


def erase(store: Store | None, found: Found, tell: Tell = lambda _: None) -> int:
    """Remove all of it for good, copies included; returns how many files and rows went."""
    gone = 0
    for path in found.logs:
        path.unlink(missing_ok=True)
        gone += 1
    if store is None:
        return gone
    tell(0.1)
    for name, ids in found.rows.items():
        gone += _delete(store, name, ids)
    tell(0.3)
    for call in recorded(store, found.calls):
        drop_recording(store, call)
        gone += 1
    if store.dialect == "sqlite":
        gone += drop_drafts(Path(store.place).parent / DRAFTS, found.calls)
    gone += store.remove(found.calls)
    tell(0.6)
    gone += compact(store)
    tell(1.0)
    return gone


def _delete(store: Store, name: str, ids: Sequence[int]) -> int:
    if not ids:
        return 0
    table = t.metadata.tables[name]
    with store.writing() as connection:
        return connection.execute(delete(table).where(table.c.id.in_(ids))).rowcount


# ---- who looked ----------------------------------------------------------------------------------


def seen_by(store: Store, agent: str, since: datetime | None = None) -> list[Opening]:
    """Who opened or listened to which call: the agent's own page of the access log."""
    return access_log(store, agent=agent, since=since)
