"""Between a call and the database: the database may be slow, full, locked or away, and the call is
not disturbed.

A call hands its events over without waiting. A thread of its own seals them into a file, a few
times a second. When the call is over the whole of it is redacted and given to the database, and the
file goes; if the database does not take it, it is tried again, now and at every later start. A call
that was given twice is there once: events are known by call and number.
"""

import json
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import quote, unquote

from coach.core.events import LogEvent, RunFinished
from coach.core.redaction import redact_events
from coach.errors import CoachError
from coach.phrases import say
from coach.store.codec import BrokenLine, read_lines, to_line
from coach.store.crypto import Unreadable
from coach.store.database import NOWHERE, Origin
from coach.store.failures import Refused
from coach.store.spoolfile import InUse, SpoolFile, read_records

SUFFIX = ".spool"
_ASIDE = ".aside"
_EVERY_S = 0.25
_WAITS_S = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
_LONGEST_NAME = 120

Deliver = Callable[[str, Sequence[LogEvent], Origin], None]
"""Gives a whole call to the database. Raises `Refused` if it will never be taken, another
`CoachError` if it has to be tried again.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class SpoolState:
    """How it stands: `waiting` calls for the database, `unwritten` events for the disk.

    `trouble` says what is wrong and what to do about it, `kind` is a word for it ("full", "locked",
    "read_only", "away", "damaged", "disk", …). `since`: when the oldest call that waits was over,
    or when the trouble began.
    """

    waiting: int = 0
    unwritten: int = 0
    aside: int = 0
    trouble: str | None = None
    kind: str | None = None
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Trouble:
    """What is wrong, in a word and in a sentence, and since when."""

    kind: str
    words: str
    since: datetime


@dataclass(eq=False)
class SpooledCall:
    """A sink for one call. Never waits, never fails: what goes wrong is in the spooler's state."""

    call_id: str
    origin: Origin
    _wake: Callable[[], None]
    queue: "SimpleQueue[LogEvent]" = field(default_factory=SimpleQueue)
    file: SpoolFile | None = None
    unwritten: list[LogEvent] = field(default_factory=list)
    written: int = 0
    finished: bool = False
    unwanted: bool = False

    def __call__(self, event: LogEvent) -> None:
        """Take an event."""
        self.queue.put(event)
        if isinstance(event, RunFinished):
            self._wake()

    def over(self) -> None:
        """There will be no more events, however the call ended."""
        self.finished = True
        self._wake()

    def discard(self) -> None:
        """The call is not to be kept: the customer objected."""
        self.unwanted = True
        self._wake()

    def take(self) -> None:
        """Move what came in to what is to be written."""
        with suppress(Empty):
            while True:
                event = self.queue.get_nowait()
                self.unwritten.append(event)
                self.finished = self.finished or isinstance(event, RunFinished)


class Spooler:
    """Keeps calls until the database has them. `start` it, or call `flush` and `drain` yourself."""

    def __init__(
        self,
        folder: Path,
        key: bytes,
        deliver: Deliver,
        drained: Callable[[], None] = lambda: None,
    ) -> None:
        self.folder = folder
        self._key = key
        self._deliver, self._drained = deliver, drained
        self._calls: list[SpooledCall] = []
        self._writing, self._delivering = threading.Lock(), threading.Lock()
        self.told: Callable[[SpoolState], None] = lambda _: None
        self._trouble: dict[str, _Trouble] = {}
        self._last_told = SpoolState()
        self._events, self._files = threading.Event(), threading.Event()
        self._stop = False
        self._threads: list[threading.Thread] = []

    def call(self, call_id: str, origin: Origin = NOWHERE) -> SpooledCall:
        """A sink for a call that begins."""
        call = SpooledCall(call_id, origin, self._events.set)
        with self._writing:
            self._calls.append(call)
        self._events.set()
        return call

    @property
    def state(self) -> SpoolState:
        """How it stands."""
        with self._writing:
            unwritten = sum(len(call.unwritten) + call.queue.qsize() for call in self._calls)
        waiting = self._waiting()
        trouble = next(iter(tuple(self._trouble.values())), None)
        since = _oldest(waiting) or (None if trouble is None else trouble.since)
        return SpoolState(
            waiting=len(waiting),
            unwritten=unwritten,
            aside=len(list(self.folder.glob(f"*{_ASIDE}"))),
            trouble=None if trouble is None else trouble.words,
            kind=None if trouble is None else trouble.kind,
            since=since,
        )

    def _wrong(self, where: str, kind: str, words: str) -> None:
        """Note what is wrong with a place; since when it has been so stays."""
        known = self._trouble.get(where)
        since = known.since if known is not None else datetime.now(UTC)
        self._trouble[where] = _Trouble(kind=kind, words=words, since=since)

    def _tell(self) -> None:
        """Tell whoever is interested if something began to be wrong, changed, or is right again."""
        now = self.state
        if now.kind is None and self._last_told.kind is None:
            return
        if (now.kind, now.waiting) != (self._last_told.kind, self._last_told.waiting):
            self._last_told = now
            self.told(now)

    # ---- from the call to the disk ---------------------------------------------------------------

    def flush(self) -> None:
        """Seal what calls handed over; what the disk does not take is kept in memory."""
        with self._writing:
            for call in list(self._calls):
                self._write(call)
        if self._trouble or self._last_told.kind:
            self._tell()

    def _write(self, call: SpooledCall) -> None:
        if call.unwanted:
            if call.file is not None:
                call.file.discard()
            self._calls.remove(call)
            return
        call.take()
        try:
            if call.unwritten:
                self._seal(call)
            self._trouble.pop("disk", None)
        except OSError as why:
            words = say("record.disk", why=why.strerror or why)
            self._wrong("disk", "disk", words)
            return
        if call.finished:
            if call.file is not None:
                call.file.close()
            self._calls.remove(call)
            self._files.set()

    def _seal(self, call: SpooledCall) -> None:
        if call.file is None:
            call.file = SpoolFile(self._free(call.call_id), self._key)
        lines = "".join(to_line(event) for event in call.unwritten)
        page = {"call_id": call.call_id, "first_seq": call.written, "lines": lines}
        if call.written == 0:
            page["origin"] = asdict(call.origin)
        call.file.add(json.dumps(page, ensure_ascii=True).encode())
        call.written += len(call.unwritten)
        call.unwritten = []
        call.file.settle()

    def _free(self, call_id: str) -> Path:
        """A name that no file has: a call of the same name may still be waiting."""
        name = quote(call_id, safe=" ", errors="replace")[:_LONGEST_NAME]
        path, number = self.folder / f"{name}{SUFFIX}", 1
        while path.exists():
            number += 1
            path = self.folder / f"{name}~{number}{SUFFIX}"
        return path

    # ---- from the disk to the database -----------------------------------------------------------

    def drain(self) -> int:
        """Give every call that waits to the database; returns how many it took.

        Stops at the first that has to be tried again later. One that can never be taken is put
        aside, for people to look at.
        """
        taken = 0
        with self._delivering:
            for path in self._waiting():
                try:
                    if not self._give(path):
                        continue
                except CoachError as why:
                    self._wrong("database", why.key.rpartition(".")[2], str(why))
                    self._tell()
                    return taken
                taken += 1
            self._after_drain()
        self._tell()
        return taken

    def _after_drain(self) -> None:
        """The database took everything."""
        try:
            self._drained()
        except CoachError as why:
            self._wrong("database", why.key.rpartition(".")[2], str(why))
        else:
            self._trouble.pop("database", None)

    def _waiting(self) -> list[Path]:
        with self._writing:
            busy = {call.file.path for call in self._calls if call.file is not None}
        return sorted(path for path in self.folder.glob(f"*{SUFFIX}") if path not in busy)

    def _give(self, path: Path) -> bool:
        """Give one file's call to the database; `False`: there is nothing to give yet."""
        try:
            call_id, events, origin, whole = read_call(path, self._key)
        except InUse:
            return False
        if events:
            try:
                self._deliver(call_id, redact_events(events), origin)
            except (Refused, ValueError) as why:
                kind = why.key if isinstance(why, CoachError) else "refused"
                self._wrong(path.name, kind.rpartition(".")[2], str(why))
                whole = False
        if whole:
            path.unlink(missing_ok=True)
        else:
            path.replace(path.with_name(path.name + _ASIDE))
        return whole

    # ---- threads ---------------------------------------------------------------------------------

    def start(self) -> None:
        """Write and deliver from now on, on threads of their own; what was left over first."""
        self._files.set()
        for work in (self._keep_writing, self._keep_delivering):
            thread = threading.Thread(target=work, name=f"spool{work.__name__}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def close(self, patience_s: float = 5.0) -> SpoolState:
        """Stop: everything is written, and the database is asked once more."""
        self._stop = True
        self._events.set()
        self._files.set()
        for thread in self._threads:
            thread.join(patience_s)
        self.flush()
        left = self.state
        with self._writing:
            for call in self._calls:  # a call that goes on is given at the next start
                if call.file is not None:
                    call.file.close()
            self._calls.clear()
        return left

    def _keep_writing(self) -> None:
        while not self._stop:
            self._events.wait(_EVERY_S if self._calls else None)
            self._events.clear()
            self.flush()

    def _keep_delivering(self) -> None:
        failures = 0
        while not self._stop:
            wait = _WAITS_S[min(failures, len(_WAITS_S)) - 1] if failures else None
            self._files.wait(wait)
            self._files.clear()
            self.drain()
            failures = failures + 1 if "database" in self._trouble else 0
        self.flush()
        self.drain()


def read_call(path: Path, key: bytes) -> tuple[str, list[LogEvent], Origin, bool]:
    """What a file holds: the call, its events as far as they are readable, whether all are."""
    call_id, origin, whole = unquote(path.stem), NOWHERE, True
    lines: list[bytes] = []
    try:
        for record in read_records(path, key):
            page = json.loads(record)
            call_id = page["call_id"]
            origin = _origin(page["origin"]) if "origin" in page else origin
            lines += page["lines"].encode("utf-8", "surrogatepass").splitlines(keepends=True)
    except Unreadable:
        whole = False
    events: list[LogEvent] = []
    try:
        events.extend(read_lines(lines))
    except BrokenLine:
        whole = False
    return call_id, events, origin, whole


def _oldest(waiting: list[Path]) -> datetime | None:
    """When the first of the calls that wait was over."""
    times = []
    for path in waiting:
        with suppress(OSError):  # it has just been taken
            times.append(path.stat().st_mtime)
    return datetime.fromtimestamp(min(times), UTC) if times else None


def _origin(written: dict[str, Any]) -> Origin:
    return Origin(**{**written, "causes": tuple(written["causes"])})
