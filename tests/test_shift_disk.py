"""A live call on a full disk: the coach goes on, says so, and the log is completed."""

import errno
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

from coach import doctor
from coach.core.events import CallStarted, RunFinished, Utterance
from coach.core.replay import compare
from coach.settings import load_settings
from coach.store import calllog
from coach.store.calllog import read_log
from tests.test_shift_story import Day, voice

SAID = [(8.0, 11.0), (20.0, 23.0), (30.0, 33.0)]


def day(folder: Path, told: list[str | None]) -> Day:
    one = Day(
        folder=folder,
        agent=voice(1, *SAID, length=60),
        customer=voice(2, (12.0, 18.0), (25.0, 28.0), length=60),
        length=300,
    )
    one.shift.told.record = told.append
    return one


def full_disk(monkeypatch: pytest.MonkeyPatch, since: int, until: int) -> None:
    """Let no log take anything from the line `since` to the line `until` that it is asked for."""
    asked, add = count(1), calllog.CallLog._add

    def take(log: calllog.CallLog, line: bytes) -> None:
        if since <= next(asked) < until:
            raise OSError(errno.ENOSPC, "No space left on device")
        add(log, line)

    monkeypatch.setattr(calllog.CallLog, "_add", take)


def test_a_call_outlives_a_full_disk_and_its_log_is_completed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full_disk(monkeypatch, 4, 12)
    told: list[str | None] = []
    shift = day(tmp_path, told)
    shift.run()
    (path,) = shift.ended
    log = list(read_log(path))
    assert log == shift.events
    assert isinstance(log[-1], RunFinished)
    assert any(isinstance(event, Utterance) for event in log)
    assert compare(log) is None
    assert [why is None for why in told] == [True, False, True]
    assert "No space left on device" in str(told[1])


def test_a_disk_that_stays_full_costs_the_log_and_not_the_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full_disk(monkeypatch, 4, 10**6)
    told: list[str | None] = []
    shift = day(tmp_path, told)
    shift.folder = tmp_path / "elsewhere"  # no log there is to be whole
    shift.run()
    assert isinstance(shift.events[-1], RunFinished)
    (path,) = shift.ended
    (first, *_) = read_log(path)
    assert isinstance(first, CallStarted)
    assert str(len(shift.events) - 3) in str(told[-1])


@pytest.mark.parametrize(("free", "works"), [(5_000_000_000, True), (20_000_000, False)])
def test_the_doctor_says_how_much_room_there_is(
    monkeypatch: pytest.MonkeyPatch, free: int, *, works: bool
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=free))
    finding = doctor._disk(load_settings())
    assert finding.works is works
    assert not finding.needed, "the coach listens all the same"
    assert f"{free / 1e9:.1f} GB" in finding.detail
