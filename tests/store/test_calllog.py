"""The call log on the disk: who may read it, and what is left when the process or the disk dies."""

import os
import resource
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.events import CallEnded, ClockTicked, LogEvent, Utterance
from coach.core.replay import compare
from coach.core.units import Samples
from coach.core.vocabulary import Speaker
from coach.errors import ProductError
from coach.store.calllog import CallLog, log_path, read_log
from coach.store.codec import BrokenLine, read_lines, to_line
from tests.strategies import logs

ROOT = Path(__file__).parent.parent.parent

SAID = Utterance(
    at=Samples(9),
    speaker=Speaker.CUSTOMER,
    segment=0,
    start=Samples(0),
    end=Samples(9),
    text="Eén zinnetje vóór de café-eigenaar — 🙈.",
)


def test_a_log_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = log_path(tmp_path / "new" / "folder", "call")
    events: list[LogEvent] = [SAID, ClockTicked(at=Samples(10)), CallEnded(at=Samples(11))]
    with CallLog(path) as log:
        for event in events:
            log.write(event)
    assert list(read_log(path)) == events


def test_every_event_is_on_the_disk_before_the_next_one(tmp_path: Path) -> None:
    path = log_path(tmp_path, "call")
    with CallLog(path) as log:
        for number in range(3):
            log.write(ClockTicked(at=Samples(number)))
            assert len(list(read_log(path))) == number + 1


@pytest.mark.parametrize("before", [None, 0o644, 0o666])
def test_nobody_else_may_read_a_log_whatever_the_system_allows(
    tmp_path: Path, before: int | None
) -> None:
    path = log_path(tmp_path, "call")
    if before is not None:
        path.write_text("an older log\n", encoding="utf-8")
        path.chmod(before)
    mask = os.umask(0)
    try:
        with CallLog(path) as log:
            log.write(SAID)
    finally:
        os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(read_log(path)) == [SAID]


def test_a_new_log_is_private_from_its_first_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "chmod", lambda *_: None)
    mask = os.umask(0)
    try:
        with CallLog(log_path(tmp_path, "call")) as log:
            assert stat.S_IMODE(log.path.stat().st_mode) == 0o600
    finally:
        os.umask(mask)


def test_a_log_that_is_discarded_is_gone(tmp_path: Path) -> None:
    with CallLog(log_path(tmp_path, "call")) as log:
        log.write(SAID)
        log.discard()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", ["a file", "/dev/null"])
def test_a_folder_that_cannot_be_one_is_told(tmp_path: Path, folder: str) -> None:
    (tmp_path / "a file").write_text("", encoding="utf-8")
    with pytest.raises(ProductError) as told:
        CallLog(log_path(tmp_path / folder, "call"))
    assert folder in str(told.value)


def test_a_full_disk_is_told_and_closing_the_log_then_tells_nothing_new() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with CallLog(Path("/dev/full")) as log:
        for _ in range(3):
            with pytest.raises(ProductError) as told:
                log.write(SAID)
            assert told.value.key == "cli.cannot_write"
            assert "/dev/full" in str(told.value)


def test_a_disk_that_fills_up_keeps_every_line_that_was_written(tmp_path: Path) -> None:
    path = log_path(tmp_path, "call")
    full = 10 * len(to_line(SAID).encode()) + 7  # in the middle of the eleventh
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        with CallLog(path) as log:
            resource.setrlimit(resource.RLIMIT_FSIZE, (full, before[1]))
            for _ in range(10):
                log.write(SAID)
            with pytest.raises(ProductError):
                log.write(SAID)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert list(read_log(path)) == [SAID] * 10


def test_a_log_cut_in_the_middle_of_a_letter_reads_to_its_last_whole_line(tmp_path: Path) -> None:
    path = log_path(tmp_path, "call")
    line = to_line(SAID).encode()
    for cut in range(len(line)):
        path.write_bytes(line + line[:cut])
        assert list(read_log(path)) == [SAID]


def test_a_broken_line_is_told_with_its_number(tmp_path: Path) -> None:
    path = log_path(tmp_path, "call")
    path.write_bytes(to_line(SAID).encode() + b"\xff\n")
    with pytest.raises(BrokenLine, match="line 2"):
        list(read_log(path))


@given(log=logs, cut=st.integers(0, 100_000))
def test_every_beginning_of_a_log_reads_and_decides_the_same(log: list[LogEvent], cut: int) -> None:
    """Byte by byte: wherever the writing process died."""
    whole = "".join(to_line(event) for event in log).encode()
    kept = whole[: cut % (len(whole) + 1)]
    read = list(read_lines(kept.splitlines(keepends=True)))
    assert read == log[: kept.count(b"\n")]
    assert compare(read) is None


# ---- a process that is killed --------------------------------------------------------------------

_WRITER = """
import sys, time
from pathlib import Path
from tests.harness import Act, Emotion, Story, feels
from coach.store.calllog import CallLog, log_path

call = Story()
for n in range(200):
    call.customer(f"Mijn man is overleden, zin {n}.", feels(Emotion.SADNESS, 2, -2))
    call.agent(f"Wat is uw postcode, vraag {n}?", Act.ASK_IDENTIFICATION)
events = call.run()
with CallLog(log_path(Path(sys.argv[1]), "killed")) as log:
    for event in events:
        log.write(event)
        sys.stdout.write(".")
        sys.stdout.flush()
    sys.stdin.read()
"""


@pytest.mark.parametrize("lines", [1, 40, 333])
def test_a_killed_process_leaves_a_log_up_to_its_last_whole_line(
    tmp_path: Path, lines: int
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    ) as writer:
        assert writer.stdout is not None
        told = len(writer.stdout.read(lines))
        writer.send_signal(signal.SIGKILL)
        told += len(writer.stdout.read())
    assert writer.returncode == -signal.SIGKILL
    events = list(read_log(log_path(tmp_path, "killed")))
    assert told <= len(events) <= told + 1
    assert compare(events) is None
