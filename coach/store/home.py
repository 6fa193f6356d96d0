"""The record of this machine: a folder with the database, its keys, and what waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from coach.core.events import CallStarted, LogEvent
from coach.core.redaction import redact_events
from coach.errors import CoachError
from coach.store.calllog import SEALED, logs_in, read_log
from coach.store.codec import BrokenLine
from coach.store.crypto import seal
from coach.store.database import NOWHERE, Origin, Store
from coach.store.failures import Refused
from coach.store.keys import Keys, open_keys
from coach.store.renewal import finish_renewal
from coach.store.safe import Safe, best_safe
from coach.store.spool import Spooler
from coach.store.sync import without_words

DATABASE = "calls.db"
SPOOL = "spool"

Causes = Callable[[Sequence[LogEvent]], tuple[str, ...]]


class Record:
    """The record in a folder. The database is opened when it is needed, and again when it failed.

    `stored` is told of each call that the database has taken from the spool. Without `words`,
    nothing that was said goes into the database. `causes` finds why the customer was upset.
    `logs`: where sealed logs lie that a killed process may have left behind.
    """

    def __init__(
        self,
        folder: Path,
        safe: Safe,
        *,
        stored: Callable[[str], None] = lambda _: None,
        words: bool = True,
        causes: Causes = lambda _: (),
        logs: Path | None = None,
    ) -> None:
        self.folder = folder
        self.safe = safe
        self.database = folder / DATABASE
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.keys: Keys = finish_renewal(self.database, safe, open_keys(folder, safe))
        self._left = [] if logs is None else sealed_in(logs)
        self.spooler = Spooler(
            folder / SPOOL, self.keys.spool, self._deliver, drained=self._take_in_left
        )
        self._stored, self._words, self._causes = stored, words, causes
        self._store: Store | None = None
        self._opening = threading.Lock()

    def store(self) -> Store:
        """The database. Raises `CoachError` as long as it does not open."""
        with self._opening:
            if self._store is None:
                self._store = Store.open(self.database, keys=self.keys)
            return self._store

    def warm_up(self) -> None:
        """Load and open everything now, so that nothing of it falls into a call."""
        seal(self.keys.spool, b"", b"")
        with suppress(CoachError):  # it is tried again when a call is to be stored
            self.store()

    def close(self) -> None:
        """Let go of it; what waits is given at the next start."""
        self.spooler.close()
        if self._store is not None:
            self._store.close()

    def _take_in_left(self) -> None:
        """Give the database what earlier processes left in their logs; such a log goes then.

        It has at most the last quarter of a second more than what waited. Raises `CoachError`.
        """
        while self._left:
            path = self._left[-1]
            call_id, events, whole = rest_of(path, self.keys.log)
            if events and self.store().next_seq(call_id) < len(events):
                with suppress(Refused, ValueError):  # another call of that name: that one stands
                    self._deliver(call_id, redact_events(events), NOWHERE)
            if whole:
                with suppress(OSError):  # retention takes it, where it cannot be taken away now
                    path.unlink()
            self._left.pop()

    def _deliver(self, call_id: str, events: Sequence[LogEvent], origin: Origin) -> None:
        kept = events if self._words else list(without_words(events))
        origin = replace(origin, causes=origin.causes or self._causes(events))
        self.store().append_whole(call_id, kept, origin)
        self._stored(call_id)


def sealed_in(folder: Path) -> list[Path]:
    """The sealed logs that lie in a folder."""
    return [path for path in logs_in(folder, deep=False) if path.name.endswith(SEALED)]


def rest_of(path: Path, key: bytes) -> tuple[str, list[LogEvent], bool]:
    """The call of a sealed log, what can be read of it, and whether that is all.

    Nothing of one that another process still writes, or that belongs to other keys.
    """
    for one in (key, None):
        events: list[LogEvent] = []
        try:
            events.extend(read_log(path, one))
        except OSError:
            return "", [], False
        except BrokenLine:
            if not events:
                continue
            return _begun(events), events, False
        return _begun(events), events, True
    return "", [], False


def _begun(events: list[LogEvent]) -> str:
    start = next(iter(events), None)
    return start.call_id if isinstance(start, CallStarted) else ""


def open_record(
    folder: Path,
    *,
    file_keys: bool = False,
    stored: Callable[[str], None] = lambda _: None,
    words: bool = True,
    causes: Causes = lambda _: (),
    logs: Path | None = None,
) -> Record:
    """The record in `folder`, with its keys in the system's key store if there is one.

    `file_keys`: in a file, even so. Raises `CoachError` when the keys cannot be had.
    """
    safe = best_safe(folder, file_only=file_keys)
    return Record(folder, safe, stored=stored, words=words, causes=causes, logs=logs)
