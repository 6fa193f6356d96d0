"""The calls that a command is about: logs that are named, else the record of this machine."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from coach.commands.telling import err_console, print_words
from coach.core.events import CallStarted, LogEvent
from coach.core.metrics import CallbackNote, CallMetrics, measure
from coach.errors import UserError
from coach.paths import record_folder
from coach.settings import Settings
from coach.store import people
from coach.store.calllog import logs_in, read_log
from coach.store.codec import BrokenLine
from coach.store.database import Store
from coach.store.home import DATABASE, open_record
from coach.store.projections import moment_of
from coach.store.queries import CallFilter, list_calls

_PAGE = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """Days, both included, on the clock of the wall here; `None`: from the first, to the last."""

    since: date | None = None
    until: date | None = None

    @property
    def asked(self) -> CallFilter:
        """The calls that began in it."""
        ends = None if self.until is None else _midnight(self.until + timedelta(days=1))
        return CallFilter(since=None if self.since is None else _midnight(self.since), until=ends)

    def has(self, call: Sequence[LogEvent]) -> bool:
        """Whether a call began in it; one without a date is in no period that was asked for."""
        wanted, start = self.asked, call[0]
        began = moment_of(start.began) if isinstance(start, CallStarted) else None
        if began is None:
            return self == Period()
        after = wanted.since is None or wanted.since <= began
        return after and (wanted.until is None or began < wanted.until)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()


@dataclass
class Calls:
    """Goes through calls one by one; a log that cannot be used is told, and the others go on."""

    settings: Settings
    logs: list[Path]
    period: Period = field(default_factory=Period)
    code: int = 0
    seen: int = field(default=0, init=False)

    def __iter__(self) -> Iterator[list[LogEvent]]:
        for call in self._recorded() if not self.logs else self._read():
            self.seen += 1
            yield call

    def measured(self) -> Iterator[CallMetrics]:
        """Their metrics; of recorded calls with the call-backs that were noted."""
        if self.logs:
            yield from (measure(events) for events in self)
            return
        with opened_store(self.settings) as store:
            for call_id, events in _recorded(store, self.period):
                self.seen += 1
                noted = people.callbacks_of(store, call_id)
                notes = [CallbackNote(done=one.done is not None) for one in noted]
                yield measure(events, notes)

    def some(self) -> list[list[LogEvent]]:
        """All of them. Raises `UserError` when there are none."""
        found = list(self)
        if not found:
            raise UserError("insight.no_calls")
        return found

    def _read(self) -> Iterator[list[LogEvent]]:
        for path in self._paths():
            try:
                events = whole_log(path)
            except UserError as why:
                self.code = why.exit_code
                print_words(err_console, str(why), "red")
                continue
            if self.period.has(events):
                yield events

    def _paths(self) -> Iterator[Path]:
        for path in self.logs:
            if path.is_dir():
                yield from logs_in(path)
            else:
                yield path

    def _recorded(self) -> Iterator[list[LogEvent]]:
        with opened_store(self.settings) as store:
            yield from (events for _, events in _recorded(store, self.period))


def _recorded(store: Store, period: Period) -> Iterator[tuple[str, list[LogEvent]]]:
    """Every call of the record in a period, the newest first."""
    after: str | None = None
    while True:
        page = list_calls(store, period.asked, after=after, limit=_PAGE)
        yield from ((row.call_id, store.events(row.call_id)) for row in page.rows)
        after = page.after
        if after is None:
            return


def whole_log(path: Path) -> list[LogEvent]:
    """The events of a log. Raises `UserError` for a file that is none."""
    try:
        events = list(read_log(path))
    except (OSError, UnicodeDecodeError) as why:
        raise UserError("insight.cannot_read", path=path) from why
    except BrokenLine as why:
        raise UserError("insight.bad_log", path=path, why=why) from why
    if not events or not isinstance(events[0], CallStarted):
        raise UserError("insight.bad_log", path=path, why="started")
    return events


def the_call(settings: Settings, log: Path) -> list[LogEvent]:
    """The events of a log, or of the call of that name in this machine's record: the log of a live
    call goes once the record has it. Raises `UserError` where there is neither.
    """
    if not log.exists() and log.name == str(log) and (record_folder() / DATABASE).exists():
        with opened_store(settings) as store:
            if events := store.events(log.name):
                return events
    return whole_log(log)


@contextmanager
def opened_store(settings: Settings) -> Iterator[Store]:
    """The database of this machine's record."""
    record = open_record(record_folder(), file_keys=settings.key_store == "file")
    try:
        yield record.store()
    finally:
        record.close()
