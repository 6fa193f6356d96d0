"""The calls that a command is about: logs that are named, else the record of this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from coach.commands.telling import err_console, print_words
from coach.core.events import CallStarted, LogEvent
from coach.core.metrics import CallbackNote, CallMetrics, measure
from coach.errors import UserError
from coach.paths import record_folder
from coach.settings import Settings
from coach.store import people
from coach.store.calllog import SUFFIX, read_log
from coach.store.codec import BrokenLine
from coach.store.database import Store
from coach.store.home import open_record
from coach.store.queries import list_calls

_PAGE = 500


@dataclass
class Calls:
    """Goes through calls one by one; a log that cannot be used is told, and the others go on."""

    settings: Settings
    logs: list[Path]
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
            for call_id, events in _recorded(store):
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
                yield whole_log(path)
            except UserError as why:
                self.code = why.exit_code
                print_words(err_console, str(why), "red")

    def _paths(self) -> Iterator[Path]:
        for path in self.logs:
            if path.is_dir():
                yield from sorted(path.rglob(f"*{SUFFIX}"))
            else:
                yield path

    def _recorded(self) -> Iterator[list[LogEvent]]:
        with opened_store(self.settings) as store:
            yield from (events for _, events in _recorded(store))


def _recorded(store: Store) -> Iterator[tuple[str, list[LogEvent]]]:
    """Every call of the record, the newest first."""
    after: str | None = None
    while True:
        page = list_calls(store, after=after, limit=_PAGE)
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


@contextmanager
def opened_store(settings: Settings) -> Iterator[Store]:
    """The database of this machine's record."""
    record = open_record(record_folder(), file_keys=settings.key_store == "file")
    try:
        yield record.store()
    finally:
        record.close()
