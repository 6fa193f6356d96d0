"""Live calls into the record of this machine, beside the call and never in its way."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from coach import paths
from coach.causes.named import cause_ids
from coach.core.events import CallStarted, LogEvent
from coach.errors import CoachError
from coach.logs import note_fault
from coach.runtime.sequencer import Sink
from coach.settings import Settings
from coach.shift import Told
from coach.store.calllog import SUFFIX
from coach.store.spool import SpooledCall, Spooler, SpoolState

if TYPE_CHECKING:
    from coach.store.home import Record


@dataclass
class _Logs:
    """Logs in clear, which go once the record has the call and nobody reads them any more."""

    keep: bool
    _stored: set[str] = field(default_factory=set)
    _read: dict[str, Path] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def stored(self, call_id: str) -> None:
        """The record has the call."""
        with self._lock:
            self._stored.add(call_id)
        self._clear(call_id)

    def read(self, path: Path) -> None:
        """The screen is done with the log."""
        call_id = path.name.removesuffix(SUFFIX)
        with self._lock:
            self._read[call_id] = path
        self._clear(call_id)

    def _clear(self, call_id: str) -> None:
        with self._lock:
            both = call_id in self._stored and call_id in self._read
        if both and not self.keep:
            with suppress(OSError):
                self._read[call_id].unlink(missing_ok=True)


@dataclass
class Keeping:
    """Hands the calls of a shift to the spooler. Without one it does nothing."""

    spooler: Spooler | None
    logs: _Logs
    _call: SpooledCall | None = None

    def sink(self) -> Sink:
        """A sink for the next call."""
        self._over()
        return self._take

    def heeding(self, told: Told) -> Told:
        """The same, and the record is told too."""

        def ended(path: Path) -> None:
            self._over()
            told.ended(path)
            self.logs.read(path)

        def removed() -> None:
            if self._call is not None:
                self._call.discard()
                self._call = None
            told.removed()

        return replace(told, ended=ended, removed=removed)

    @property
    def state(self) -> SpoolState:
        """How it stands with what waits."""
        return SpoolState() if self.spooler is None else self.spooler.state

    def _take(self, event: LogEvent) -> None:
        if isinstance(event, CallStarted) and self.spooler is not None:
            self._call = self.spooler.call(event.call_id)
        if self._call is not None:
            self._call(event)

    def _over(self) -> None:
        if self._call is not None:
            self._call.over()
            self._call = None


@contextmanager
def keeping(settings: Settings, *, clear_logs: bool) -> Iterator[Keeping]:
    """Keep the calls of a shift, if the settings ask for it.

    A record that does not open costs the record and not the call: the diary has it, what waits
    waits. `clear_logs`: somebody asked for logs in clear, and they stay.
    """
    logs = _Logs(keep=clear_logs or settings.clear_logs)
    if not settings.keep_calls:
        yield Keeping(None, logs)
        return
    from coach.store.home import open_record

    try:
        record = open_record(
            paths.record_folder(),
            file_keys=settings.key_store == "file",
            stored=logs.stored,
            words=settings.keep_transcript,
            causes=cause_ids,
        )
    except CoachError as why:
        note_fault(why)
        yield Keeping(None, logs)
        return
    record.warm_up()
    record.spooler.start()
    keep = Keeping(record.spooler, logs)
    try:
        yield keep
    finally:
        keep.sink()
        _tidy(record, settings)
        record.close()


def _tidy(record: "Record", settings: Settings) -> None:
    """After the shift, what is older than the settings allow goes; a fault is for the diary."""
    from coach.store.home import SPOOL
    from coach.store.retention import keeping as days_of
    from coach.store.retention import purge

    try:
        days = days_of(settings.retention, audio=False, transcript=settings.keep_transcript)
        purge(record.store(), days, now=datetime.now(UTC), spool=record.folder / SPOOL)
    except (CoachError, OSError) as why:
        note_fault(why)
