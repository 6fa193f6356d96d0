"""How long things are kept, and the purge that really removes what is older.

A purge takes from the database (read tables, search index and free pages too), from call logs in a
folder, from what waits for the database, and takes away the copies that migrations made. Files are
given back to the file system; what a disk keeps of them is up to the disk.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Table, delete, func, select

from coach.core.events import LogEvent, Utterance
from coach.core.redaction import redact_events
from coach.store import tables as t
from coach.store.calllog import SEALED, CallLog, logs_in, read_log
from coach.store.codec import BrokenLine
from coach.store.database import Store
from coach.store.projections import moment_of
from coach.store.recordings import DRAFTS, drop_recording, purge_drafts, recorded, sweep
from coach.store.spool import SUFFIX as SPOOLED
from coach.store.sync import without_words
from coach.store.upkeep import compact

_BATCH = 200
"""Calls a transaction: a purge never keeps a writer waiting for long."""
_ASIDE = ".aside"


class Data(StrEnum):
    """What is kept, by how long."""

    AUDIO = "audio"
    TRANSCRIPT = "transcript"
    LOG = "log"
    NOTES = "notes"
    CALLBACKS = "callbacks"
    INCIDENTS = "incidents"
    ACCESS = "access"


PRESETS: Mapping[str, Mapping[Data, int]] = {
    "nl": {
        Data.AUDIO: 28,
        Data.TRANSCRIPT: 90,
        Data.LOG: 365,
        Data.NOTES: 180,
        Data.CALLBACKS: 90,
        Data.INCIDENTS: 730,
        Data.ACCESS: 730,
    },
    "be": {
        Data.AUDIO: 28,
        Data.TRANSCRIPT: 28,
        Data.LOG: 365,
        Data.NOTES: 180,
        Data.CALLBACKS: 90,
        Data.INCIDENTS: 730,
        Data.ACCESS: 730,
    },
    "short": {
        Data.AUDIO: 7,
        Data.TRANSCRIPT: 7,
        Data.LOG: 91,
        Data.NOTES: 91,
        Data.CALLBACKS: 28,
        Data.INCIDENTS: 365,
        Data.ACCESS: 365,
    },
}
"""Days. A month counts 28 days, so that nothing is ever kept longer than the shortest one. Figures
per week (`log`) go with the calls that they are made of."""


def keeping(preset: str, *, audio: bool, transcript: bool) -> dict[Data, int]:
    """The days of a preset; 0 for what is not to be kept at all."""
    days = dict(PRESETS[preset])
    if not audio:
        days[Data.AUDIO] = 0
    if not transcript:
        days[Data.TRANSCRIPT] = 0
    return days


@dataclass(slots=True)
class Purged:
    """How much went, by kind; `copies`: files that migrations or the spool had made."""

    counts: dict[str, int] = field(default_factory=dict)
    copies: int = 0
    unreadable: list[Path] = field(default_factory=list)

    def add(self, what: str, count: int) -> None:
        """Count what went."""
        if count:
            self.counts[what] = self.counts.get(what, 0) + count

    @property
    def anything(self) -> bool:
        """Whether anything went."""
        return bool(self.counts) or self.copies > 0


Progress = Callable[[str, float], None]


def purge(
    store: Store | None,
    days: Mapping[Data, int],
    *,
    now: datetime,
    logs: Path | None = None,
    spool: Path | None = None,
    tell: Progress = lambda _, __: None,
) -> Purged:
    """Remove what is older than `days` allow. Raises `CoachError` when a database does not let it.

    `logs`: a folder of call logs; `spool`: where calls wait for the database.
    """
    done = Purged()
    if store is not None:
        _purge_store(store, days, now, done, tell)
    if logs is not None:
        _purge_logs(logs, days, now, done)
    if spool is not None:
        _purge_spool(spool, days, now, done)
    if store is not None:
        tell("compact", 0.9)
        done.copies += compact(store, thorough=done.anything)
    return done


# ---- databases -----------------------------------------------------------------------------------


def _purge_store(
    store: Store, days: Mapping[Data, int], now: datetime, done: Purged, tell: Progress
) -> None:
    tell("calls", 0.1)
    for batch in _batches(store, _older(days[Data.LOG], now)):
        for call_id in recorded(store, batch):
            drop_recording(store, call_id)
        done.add(Data.LOG, store.remove(batch))
    tell("audio", 0.3)
    for call_id in _with_audio(store, _older(days[Data.AUDIO], now)):
        drop_recording(store, call_id)
        done.add(Data.AUDIO, 1)
    _purge_sound(store, days, now, done)
    tell("transcripts", 0.5)
    for call_id in _with_words(store, _older(days[Data.TRANSCRIPT], now)):
        store.rewrite(call_id, list(without_words(store.events(call_id))))
        done.add(Data.TRANSCRIPT, 1)
    tell("notes", 0.7)
    for kind, table, moment in _WRITTEN:
        done.add(kind, _delete(store, table, table.c[moment] < _older(days[kind], now)))


_WRITTEN: tuple[tuple[Data, Table, str], ...] = (
    (Data.NOTES, t.notes, "written"),
    (Data.CALLBACKS, t.callbacks, "due"),
    (Data.INCIDENTS, t.incidents, "submitted"),
    (Data.ACCESS, t.access, "at"),
)
"""What people wrote, and the moment from which its days are counted."""


def _older(days: int, now: datetime) -> datetime:
    return now - timedelta(days=days)


def _batches(store: Store, before: datetime) -> Iterator[list[str]]:
    asked = select(t.calls.c.call_id).where(t.calls.c.placed < before).limit(_BATCH)
    while True:
        with store.reading() as connection:
            found = list(connection.scalars(asked))
        if not found:
            return
        yield found


def _with_audio(store: Store, before: datetime) -> list[str]:
    c = t.calls.c
    asked = select(c.call_id).where(c.has_audio, c.placed < before).order_by(c.number)
    with store.reading() as connection:
        return list(connection.scalars(asked))


def _purge_sound(store: Store, days: Mapping[Data, int], now: datetime, done: Purged) -> None:
    """What no call owns, and drafts whose call never came into the record within a day."""
    if store.dialect != "sqlite":
        return
    done.copies += sweep(store)
    before = _older(1 if days[Data.AUDIO] else 0, now)
    done.copies += purge_drafts(Path(store.place).parent / DRAFTS, before)


def _with_words(store: Store, before: datetime) -> list[str]:
    said = select(t.utterances.c.call_id).where(func.length(t.utterances.c.text) > 0).distinct()
    asked = (
        select(t.calls.c.call_id)
        .where(t.calls.c.placed < before, t.calls.c.call_id.in_(said))
        .order_by(t.calls.c.number)
    )
    with store.reading() as connection:
        return list(connection.scalars(asked))


def _delete(store: Store, table: Table, condition: Any) -> int:
    with store.writing() as connection:
        return connection.execute(delete(table).where(condition)).rowcount


# ---- folders -------------------------------------------------------------------------------------


def _purge_logs(folder: Path, days: Mapping[Data, int], now: datetime, done: Purged) -> None:
    for path in logs_in(folder):
        if path.name.endswith(SEALED):  # its call is in the record, or never came there
            _purge_file(path, days, now, done)
            continue
        try:
            events = list(read_log(path))
        except (OSError, BrokenLine):
            done.unreadable.append(path)
            continue
        began = _began(path, events)
        if began < _older(days[Data.LOG], now):
            path.unlink()
            done.add(Data.LOG, 1)
        elif began < _older(days[Data.TRANSCRIPT], now) and _says_something(events):
            rewrite_log(path, list(without_words(events)))
            done.add(Data.TRANSCRIPT, 1)


def _began(path: Path, events: list[LogEvent]) -> datetime:
    told = moment_of(getattr(events[0], "began", None)) if events else None
    return told or datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _says_something(events: list[LogEvent]) -> bool:
    return any(isinstance(event, Utterance) and event.text for event in events)


def rewrite_log(path: Path, events: list[LogEvent]) -> None:
    """Put another log in the place of one: it is there whole, the old one or the new one."""
    beside = path.with_name(path.name + ".new")
    with CallLog(beside) as log:
        for event in redact_events(events):
            log.write(event)
    beside.replace(path)


def _purge_spool(folder: Path, days: Mapping[Data, int], now: datetime, done: Purged) -> None:
    """What no database ever took: its words are as old as the file."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if SPOOLED in path.name or _ASIDE in path.name:
            _purge_file(path, days, now, done)


def _purge_file(path: Path, days: Mapping[Data, int], now: datetime, done: Purged) -> None:
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    kept = max(days[Data.TRANSCRIPT], 1)  # a call of today is on its way
    if written < _older(kept, now):
        path.unlink()
        done.copies += 1
