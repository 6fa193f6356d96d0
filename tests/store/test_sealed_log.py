"""The log of a call that goes on: nothing lies in clear, and a killed process loses a line."""

import subprocess
import sys
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import paths
from coach.commands.call_logs import whole_log
from coach.core.events import CallStarted, Utterance
from coach.errors import ProductError, UserError
from coach.keeping import keeping
from coach.settings import Settings
from coach.shift import Told
from coach.store import logkeys
from coach.store.calllog import (
    SEALED,
    SealedLog,
    call_of,
    log_path,
    logs_in,
    new_log,
    read_log,
)
from coach.store.codec import BrokenLine
from coach.store.home import Record, open_record
from coach.store.keys import Keys
from coach.store.logkeys import is_lost
from coach.store.queries import count_calls
from tests.store.calls import SAID, call, without_end

KEY = b"k" * 32
FILE_KEYS = Settings(key_store="file")


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COACH_RECORD", str(tmp_path / "record"))
    monkeypatch.setenv("COACH_LOGS", str(tmp_path / "logs"))
    monkeypatch.setenv("COACH_DIARY", str(tmp_path / "diary.jsonl"))


def record() -> Record:
    return open_record(paths.record_folder(), file_keys=True, logs=paths.logs_folder())


def written(key: bytes, log: list, folder: Path | None = None) -> Path:  # type: ignore[type-arg]
    with SealedLog(log_path(folder or paths.logs_folder(), "one", sealed=True), key) as file:
        for event in log:
            file.write(event)
        assert file.lines == len(log)
    return file.path


# ---- the file ------------------------------------------------------------------------------------


def test_what_was_written_is_read_and_lies_nowhere_in_clear(tmp_path: Path) -> None:
    path = written(KEY, call("one"), tmp_path)
    assert list(read_log(path, KEY)) == call("one")
    lying = path.read_bytes()
    # in pairs: two letters alone do turn up among random bytes
    for words in (*pairwise(SAID[0].split()), *pairwise(SAID[1].split())):
        assert " ".join(words).encode() not in lying
    for name in ("started", "call_id"):
        assert name.encode() not in lying
    assert path.stat().st_mode & 0o077 == 0


@given(cut=st.integers(min_value=0, max_value=6_000))
def test_a_process_that_is_killed_anywhere_loses_the_line_it_was_writing(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    path = written(KEY, call("one"), tmp_path_factory.mktemp("cut"))
    whole = path.read_bytes()
    path.write_bytes(whole[:cut])
    found = list(read_log(path, KEY))
    assert found == call("one")[: len(found)]
    path.write_bytes(whole[: min(cut, len(whole)) + 1])
    assert len(found) <= len(list(read_log(path, KEY))) <= len(found) + 1


@pytest.mark.parametrize("place", [30, 300, -20])
def test_a_changed_bit_is_told(tmp_path: Path, place: int) -> None:
    path = written(KEY, call("one"), tmp_path)
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(BrokenLine):
        list(read_log(path, KEY))


def test_another_key_opens_nothing_and_commands_say_so(tmp_path: Path) -> None:
    path = written(KEY, call("one"), tmp_path)
    for key in (b"x" * 32, None):
        with pytest.raises(BrokenLine):
            list(read_log(path, key))
    with pytest.raises(UserError):
        whole_log(path)


def test_the_keys_of_this_user_open_it(tmp_path: Path) -> None:
    with closing(record()) as ours:
        path = written(ours.keys.log, call("one"), tmp_path)
    assert whole_log(path) == call("one")


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from coach.store.spoolfile import SpoolFile

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with SealedLog(log_path(tmp_path, "one", sealed=True), KEY) as log:
        monkeypatch.setattr(SpoolFile, "add", full)
        with pytest.raises(ProductError):
            log.write(call("one")[0])


def test_logs_of_both_kinds_are_found_by_their_call(tmp_path: Path) -> None:
    for name, key in (("a", KEY), ("b", None)):
        new_log(tmp_path / "deep", name, key).close()
    assert [call_of(path) for path in logs_in(tmp_path)] == ["a", "b"]
    assert logs_in(tmp_path, deep=False) == logs_in(tmp_path / "nowhere") == []


# ---- a shift -------------------------------------------------------------------------------------


def shift(settings: Settings, *, clear_logs: bool = False) -> tuple[list[Path], list[int]]:
    """A call as a shift writes it; its log, and how many events the screen read in it."""
    ended: list[int] = []
    with keeping(settings, clear_logs=clear_logs) as keep:
        told = keep.heeding(
            Told(ended=lambda path: ended.append(len(list(read_log(path, keep.log_key)))))
        )
        sink = keep.sink()
        with new_log(paths.logs_folder(), "one", keep.log_key) as log:
            for event in call("one"):
                log.write(event)
                sink(event)
            lying = log.path.read_bytes()
        assert (b"klachten" in lying) == (keep.log_key is None)
        told.ended(log.path)
    return logs_in(paths.logs_folder()), ended


@pytest.mark.parametrize("keeps", [True, False])
def test_a_shift_seals_its_logs_and_leaves_none(keeps: bool) -> None:
    left, read = shift(FILE_KEYS.model_copy(update={"keep_calls": keeps}))
    assert (left, read) == ([], [len(call("one"))])


def test_logs_in_clear_stay_when_somebody_asks_for_them() -> None:
    left, _ = shift(FILE_KEYS, clear_logs=True)
    assert [path.name for path in left] == ["one.events.jsonl"]
    left, _ = shift(FILE_KEYS.model_copy(update={"clear_logs": True}))
    assert whole_log(left[0]) == call("one")


def test_where_the_record_does_not_open_the_log_is_sealed_and_taken_in_later() -> None:
    keys = paths.record_folder() / "keys.json"
    keys.parent.mkdir()
    keys.write_text("broken", encoding="utf-8")
    (left,), read = shift(FILE_KEYS)
    assert (left.name, read) == (f"one{SEALED}", [len(call("one"))])
    keys.unlink()
    with closing(record()) as ours:
        ours.spooler.drain()
        assert count_calls(ours.store()) == 1
    assert not left.exists()


def test_what_a_process_left_under_a_key_of_its_own_goes_at_the_next_start() -> None:
    written(b"gone with the process, like this".ljust(32)[:32], call("one"))
    shift(FILE_KEYS.model_copy(update={"keep_calls": False}))
    assert logs_in(paths.logs_folder()) == []


def test_while_the_keys_cannot_be_had_no_log_counts_as_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with closing(record()) as ours:
        left = written(ours.keys.log, call("one"))

    def locked(*_: object) -> Keys:
        raise UserError("record.key_missing", path=left)

    with monkeypatch.context() as store:
        store.setattr("coach.store.logkeys.open_keys", locked)
        logkeys._own.cache_clear()
        assert not is_lost(left)
    assert not is_lost(left)
    assert len(list(read_log(left))) == len(call("one"))


# ---- after a kill --------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from coach import paths
from coach.store.calllog import new_log
from coach.store.home import open_record
from tests.store.calls import call

record = open_record(paths.record_folder(), file_keys=True)
sink = record.spooler.call("one")
with new_log(paths.logs_folder(), "one", record.keys.log) as log:
    for number, event in enumerate(call("one")[:6]):
        log.write(event)
        sink(event)
        if number == 3:
            record.spooler.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_next_start_puts_the_rest_of_a_killed_call_in_the_record() -> None:
    done = subprocess.run([sys.executable, "-c", KILLED], check=False)
    assert done.returncode < 0
    assert len(logs_in(paths.logs_folder())) == 1
    with closing(record()) as ours:
        assert ours.spooler.drain() == 1
        found = ours.store().events("one")
    assert len(found) == 6  # four had been spooled, two stood in the log only
    assert [type(event) for event in found] == [type(event) for event in call("one")[:6]]
    assert logs_in(paths.logs_folder()) == []


def test_a_log_in_use_and_one_of_another_call_are_left_alone() -> None:
    with closing(record()) as first:
        key = first.keys.log
        first.store().append("one", 0, call("one", agent="somebody else"))
    path = log_path(paths.logs_folder(), "two", sealed=True)
    written(key, without_end(call("one")))
    with SealedLog(path, key) as live, closing(record()) as second:
        live.write(call("two")[0])
        second.spooler.drain()
        assert [call_of(one) for one in logs_in(paths.logs_folder())] == ["two"]
        start = second.store().events("one")[0]
        assert isinstance(start, CallStarted)
        assert start.agent == "somebody else"
        assert second.store().next_seq("two") == 0


def test_personal_details_of_a_log_that_is_taken_in_are_taken_out() -> None:
    with closing(record()) as first:
        written(first.keys.log, call("one", said=("Mijn postcode is 6524 KL.", "Dank u.")))
    with closing(record()) as ours:
        ours.spooler.drain()
        said = [e.text for e in ours.store().events("one") if isinstance(e, Utterance)]
    assert said[0] == "Mijn postcode is ‹postcode› ·."
