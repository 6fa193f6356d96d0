"""Live calls into the record of this machine, beside the call and never in its way."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from coach import paths
from coach.causes.named import cause_ids
from coach.core.events import CallStarted, LogEvent
from coach.errors import CoachError
from coach.logs import note_fault
from coach.phrases import say
from coach.privacy import audio_lacks, keeps_audio, why_no_audio
from coach.runtime.ports import Block
from coach.runtime.sequencer import Sink
from coach.settings import Settings
from coach.shift import Told
from coach.store.calllog import SEALED, call_of, logs_in
from coach.store.recordings import DRAFTS
from coach.store.spool import SpooledCall, Spooler, SpoolState
from coach.store.waiting import waits

if TYPE_CHECKING:
    from coach.recorder import Recorder
    from coach.store.home import Record


@dataclass
class _Logs:
    """Logs, which go once the record has the call and nobody reads them any more.

    `keep`: somebody asked for them. `alone`: there is no record that could have the call.
    """

    keep: bool
    alone: bool = False
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
        call_id = call_of(path)
        with self._lock:
            self._read[call_id] = path
        self._clear(call_id)

    def _clear(self, call_id: str) -> None:
        with self._lock:
            stored = self.alone or call_id in self._stored
            both = stored and call_id in self._read
        if both and not self.keep:
            with suppress(OSError):
                self._read[call_id].unlink(missing_ok=True)


@dataclass
class Keeping:
    """Hands the calls of a shift to the spooler. Without one it does nothing.

    `log_key` seals the logs of the calls; `None`: they are asked for in clear. `no_sound`: why no
    sound is kept although it was asked for, `closed` why the record does not open.
    """

    spooler: Spooler | None
    logs: _Logs
    log_key: bytes | None = None
    recorder: "Recorder | None" = None
    no_sound: str | None = None
    closed: str | None = None
    _call: SpooledCall | None = None
    _told: Callable[[str | None], None] = lambda _: None

    def sink(self) -> Sink:
        """A sink for the next call."""
        self._over()
        return self._take

    def tap(self, call_id: str) -> Callable[[Block], None]:
        """Where the blocks of the next call go, to be recorded."""
        if self.recorder is None:
            if self.no_sound is not None:
                self._told(self.no_sound)
            return _not_recorded
        heard = self.recorder.begin(call_id)
        self._told(None)
        return heard

    def heeding(self, told: Told) -> Told:
        """The same, and the record is told too."""
        self._told = told.sound
        wrong: dict[str, str | None] = {}

        def stands(where: str, words: str | None) -> None:
            """The log of the call and the record may both wait for the disk."""
            if wrong.get(where) != words:
                wrong[where] = words
                told.record(wrong.get("record") or wrong.get("log"))

        if self.spooler is not None:
            self.spooler.told = lambda state: stands("record", waits(state))
        if self.state.kind is not None or self.closed is not None:
            stands("record", self.closed or waits(self.state))

        def ended(path: Path) -> None:
            self._over()
            if self.recorder is not None:
                self.recorder.over()
            told.ended(path)
            self.logs.read(path)

        def removed() -> None:
            if self._call is not None:
                self._call.discard()
                self._call = None
            if self.recorder is not None:
                self.recorder.discard()
            told.removed()

        record = partial(stands, "log")
        return replace(told, ended=ended, removed=removed, record=record)

    @property
    def state(self) -> SpoolState:
        """How it stands with what waits."""
        return SpoolState() if self.spooler is None else self.spooler.state

    def stored(self, call_id: str) -> None:
        """The record has a call: its log may go, and its recording may be made."""
        self.logs.stored(call_id)
        if self.recorder is not None:
            self.recorder.settle()

    def recording_ended(self, why: str) -> None:
        """The recording of this call ends before the call does."""
        self._told(why)

    def _take(self, event: LogEvent) -> None:
        if isinstance(event, CallStarted) and self.spooler is not None:
            self._call = self.spooler.call(event.call_id)
        if self._call is not None:
            self._call(event)

    def _over(self) -> None:
        if self._call is not None:
            self._call.over()
            self._call = None


def _not_recorded(_: Block) -> None:
    """No sound is kept."""


@contextmanager
def keeping(settings: Settings, *, clear_logs: bool) -> Iterator[Keeping]:
    """Keep the calls of a shift, if the settings ask for it.

    A record that does not open costs the record and not the call: the diary has it, what waits
    waits, and the sealed logs stay for the next start. `clear_logs`: somebody asked for logs in
    clear, and they stay. Where no calls are kept, a log lives as long as its call, under a key that
    nobody else ever has.
    """
    logs = _Logs(keep=clear_logs or settings.clear_logs, alone=not settings.keep_calls)
    if not settings.keep_calls:
        key = None if logs.keep else _passing_key()
        yield Keeping(None, logs, key, no_sound=_why_none(settings))
        return
    from coach.store.home import open_record
    from coach.store.logkeys import key_beside

    keep = Keeping(None, logs)
    try:
        record = open_record(
            paths.record_folder(),
            file_keys=settings.key_store == "file",
            stored=keep.stored,
            words=settings.keep_transcript,
            causes=cause_ids,
            logs=paths.logs_folder(),
        )
    except CoachError as why:
        note_fault(why)
        key = None if logs.keep else key_beside(paths.logs_folder())
        closed = say("record.closed", why=why)
        silent = closed if settings.keep_audio else None
        yield Keeping(None, logs, key, no_sound=silent, closed=closed)
        return
    record.warm_up()
    keep.spooler, keep.log_key = record.spooler, None if logs.keep else record.keys.log
    keep.no_sound = _why_none(settings)
    if keeps_audio(settings):
        keep.recorder = _recorder(keep, record)
    record.spooler.start()
    try:
        yield keep
    finally:
        keep.sink()
        record.spooler.flush()
        record.spooler.drain()
        if keep.recorder is not None:
            keep.recorder.close()
        _tidy(record, settings)
        record.close()


def _why_none(settings: Settings) -> str | None:
    """Why no sound is kept although it was asked for; `None`: it was not, or nothing is missing."""
    lacks = audio_lacks(settings) if settings.keep_audio else ()
    return why_no_audio(lacks) if lacks else None


def _recorder(keep: Keeping, record: "Record") -> "Recorder":
    from coach.recorder import Recorder

    folder = record.folder / DRAFTS
    made = Recorder(record.store, folder, record.keys.audio, keep.recording_ended)
    made.settle()  # what an earlier shift could not finish
    return made


def _passing_key() -> bytes:
    """A key that goes with the process; what earlier ones left behind under theirs goes now."""
    from coach.store.crypto import new_key
    from coach.store.logkeys import is_lost

    for path in logs_in(paths.logs_folder(), deep=False):
        if path.name.endswith(SEALED) and is_lost(path):
            with suppress(OSError):  # Windows takes no file away that somebody has open
                path.unlink()
    return new_key()


def _tidy(record: "Record", settings: Settings) -> None:
    """After the shift, what is older than the settings allow goes; a fault is for the diary."""
    from coach.store.home import SPOOL
    from coach.store.retention import keeping as days_of
    from coach.store.retention import purge

    try:
        days = days_of(
            settings.retention,
            audio=keeps_audio(settings),
            transcript=settings.keep_transcript,
        )
        purge(record.store(), days, now=datetime.now(UTC), spool=record.folder / SPOOL)
    except (CoachError, OSError) as why:
        note_fault(why)
