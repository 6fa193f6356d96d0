"""The way from a call to the database, whatever the disk and the database do."""

import json
import resource
import signal
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.core.events import LogEvent
from coach.core.redaction import redact_events
from coach.store.crypto import Unreadable, new_key
from coach.store.database import Origin, Store
from coach.store.failures import Refused, StoreUnavailable
from coach.store.keys import new_keys
from coach.store.queries import count_calls
from coach.store.spool import Spooler, read_call
from coach.store.spoolfile import InUse, SpoolFile, read_records
from tests.store.calls import call, many, without_end

KEY = new_key()


@dataclass
class Database:
    """A database that is there, away, or refuses."""

    fails: Exception | None = None
    calls: dict[str, list[LogEvent]] = field(default_factory=dict)
    asked: int = 0

    def __call__(self, call_id: str, events: Sequence[LogEvent], origin: Origin) -> None:
        del origin
        self.asked += 1
        if self.fails is not None:
            raise self.fails
        self.calls[call_id] = list(events)


AWAY = StoreUnavailable("record.unavailable", place="server", why="away")


def spooler(folder: Path, database: Database) -> Spooler:
    return Spooler(folder / "spool", KEY, database)


def speak(spool: Spooler, call_id: str, log: list[LogEvent]) -> None:
    sink = spool.call(call_id)
    for event in log:
        sink(event)


# ---- the file ------------------------------------------------------------------------------------


def test_records_are_read_as_they_were_written(tmp_path: Path) -> None:
    file = SpoolFile(tmp_path / "a", KEY)
    written = [b"the first one", b"", b"x" * 70_000]
    for record in written:
        file.add(record)
    with pytest.raises(InUse):
        list(read_records(file.path, KEY))
    file.close()
    assert list(read_records(file.path, KEY)) == written
    assert written[0] not in file.path.read_bytes()


def test_wherever_it_was_cut_off_whole_records_are_read(tmp_path: Path) -> None:
    file = SpoolFile(tmp_path / "a", KEY)
    for record in (b"one", b"two"):
        file.add(record)
    file.close()
    whole = file.path.read_bytes()
    seen = []
    for length in range(len(whole) + 1):
        file.path.write_bytes(whole[:length])
        seen.append(len(list(read_records(file.path, KEY))))
    assert seen == sorted(seen)
    assert (seen[0], seen[-2], seen[-1]) == (0, 1, 2)


@settings(deadline=None, max_examples=40)
@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_changed_bit_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, at: int, bit: int
) -> None:
    file = SpoolFile(tmp_path_factory.mktemp("s") / "a", KEY)
    file.add(b"one")
    file.add(b"two")
    file.close()
    content = bytearray(file.path.read_bytes())
    content[at % len(content)] ^= 1 << bit
    file.path.write_bytes(content)
    try:
        read = list(read_records(file.path, KEY))
    except Unreadable:
        return
    assert read in ([], [b"one"])  # a length that points beyond the end is where it was cut off


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    file = SpoolFile(tmp_path / "a", KEY)
    file.add(b"one")
    file.close()
    with pytest.raises(Unreadable):
        list(read_records(file.path, new_key()))


# ---- the spooler ---------------------------------------------------------------------------------


def test_a_call_is_given_when_it_is_over_redacted_and_once(tmp_path: Path) -> None:
    database = Database()
    spool = spooler(tmp_path, database)
    log = call("one", said=("Mijn iban is NL91 ABNA 0417 1643 00.", "Dank u."))
    sink = spool.call("one", Origin(agent="a1"))
    for event in log[:3]:
        sink(event)
    spool.flush()
    assert spool.drain() == 0
    for event in log[3:]:
        sink(event)
    spool.flush()
    assert (spool.drain(), spool.drain(), database.asked) == (1, 0, 1)
    assert database.calls == {"one": redact_events(log)}
    assert "0417" not in str(database.calls)
    assert list((tmp_path / "spool").iterdir()) == []


def test_an_hour_without_a_database_is_made_good(tmp_path: Path) -> None:
    database = Database(fails=AWAY)
    spool = spooler(tmp_path, database)
    logs = many(60)
    for call_id, log in logs.items():
        speak(spool, call_id, log)
        spool.flush()
        assert spool.drain() == 0
    assert (spool.state.waiting, spool.state.unwritten) == (60, 0)
    assert spool.state.trouble is not None
    database.fails = None
    assert spool.drain() == 60
    assert database.calls == {call_id: redact_events(log) for call_id, log in logs.items()}
    assert (spool.state.waiting, spool.state.trouble) == (0, None)


def test_what_a_killed_process_left_is_given_at_the_next_start(tmp_path: Path) -> None:
    log = without_end(call("one"))
    first = spooler(tmp_path, Database())
    speak(first, "one", log)
    first.flush()
    first._calls[0].file.close()  # type: ignore[union-attr] - as the end of the process does
    database = Database()
    assert spooler(tmp_path, database).drain() == 1
    assert database.calls == {"one": redact_events(log)}


def test_a_call_that_stops_the_program_between_giving_and_forgetting_is_there_once(
    tmp_path: Path,
) -> None:
    with_store = Store.open(tmp_path / "calls.db", keys=new_keys())
    spool = Spooler(tmp_path / "spool", KEY, with_store.append_whole)
    speak(spool, "one", call("one"))
    spool.flush()
    (waiting,) = (tmp_path / "spool").iterdir()
    again = waiting.read_bytes()
    spool.drain()
    waiting.write_bytes(again)
    assert spool.drain() == 1
    assert count_calls(with_store) == 1
    assert with_store.events("one") == redact_events(call("one"))
    with_store.close()


def test_a_full_disk_holds_events_in_memory_and_loses_none(tmp_path: Path) -> None:
    database = Database()
    spool = spooler(tmp_path, database)
    sink = spool.call("one")
    log = call("one", said=("Een heel verhaal. " * 200, "Ja."))
    sink(log[0])
    spool.flush()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    file = spool._calls[0].file
    assert file is not None
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (file._end + 100, before[1]))
        for event in log[1:]:
            sink(event)
        spool.flush()
        assert spool.state.unwritten == len(log) - 1
        assert spool.state.trouble is not None
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    spool.flush()
    assert (spool.state.unwritten, spool.state.trouble) == (0, None)
    assert spool.drain() == 1
    assert database.calls["one"] == redact_events(log)


def test_a_call_that_is_objected_to_leaves_nothing(tmp_path: Path) -> None:
    database = Database()
    spool = spooler(tmp_path, database)
    for flushed in (True, False):
        sink = spool.call("one")
        sink(call("one")[0])
        if flushed:
            spool.flush()
        sink.discard()
        spool.flush()
    assert not list((tmp_path / "spool").iterdir())
    assert spool.drain() == 0


def test_what_is_never_taken_is_put_aside_and_the_next_one_goes_on(tmp_path: Path) -> None:
    database = Database(fails=Refused("record.other_call", call="one"))
    spool = spooler(tmp_path, database)
    speak(spool, "one", call("one"))
    spool.flush()
    spool.drain()
    assert (spool.state.waiting, spool.state.aside) == (0, 1)
    database.fails = None
    speak(spool, "one", call("one"))
    spool.flush()
    assert spool.drain() == 1


def test_a_damaged_file_gives_what_is_readable_and_stays(tmp_path: Path) -> None:
    database = Database(fails=AWAY)
    spool = spooler(tmp_path, database)
    log = call("one")
    sink = spool.call("one")
    for event in log:
        sink(event)
        spool.flush()
    (path,) = (tmp_path / "spool").iterdir()
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    database.fails = None
    assert spool.drain() == 0
    assert database.calls["one"] == redact_events(log[:-1])
    assert spool.state.aside == 1


@pytest.mark.parametrize(
    "call_id", ["20260302-ref", "../../etc/passwd", "a/b\\c:d", "x" * 300, "é\ud800"]
)
def test_any_name_of_a_call_stays_in_the_folder(tmp_path: Path, call_id: str) -> None:
    database = Database()
    spool = spooler(tmp_path, database)
    for _ in range(2):
        speak(spool, call_id, call(call_id))
    spool.flush()
    assert len(list((tmp_path / "spool").iterdir())) == 2
    assert read_call(next((tmp_path / "spool").iterdir()), KEY)[0] == call_id
    assert spool.drain() == 2
    assert json.dumps(list(database.calls)) == json.dumps([call_id])


def test_the_threads_do_it_by_themselves(tmp_path: Path) -> None:
    given = threading.Event()

    def deliver(call_id: str, events: Sequence[LogEvent], origin: Origin) -> None:
        del call_id, events, origin
        given.set()

    spool = Spooler(tmp_path / "spool", KEY, deliver)
    spool.start()
    speak(spool, "one", call("one"))
    assert given.wait(20)
    unfinished = spool.call("two")
    unfinished(call("two")[0])
    left = spool.close()
    assert (left.unwritten, left.trouble) == (0, None)
    assert len(list((tmp_path / "spool").glob("two*"))) == 1
    assert not [t for t in threading.enumerate() if t.name.startswith("spool")]
