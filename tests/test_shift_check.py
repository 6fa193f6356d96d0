"""The sound check of a day's first shift: heard beside the wait for a call, never in its way."""

import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from coach import paths
from coach.core.events import CallStarted
from coach.core.units import RATE
from coach.phrases import choose_language
from coach.runtime.ports import Audio
from coach.settings import Settings
from coach.soundcheck import CheckIs, ShiftCheck, due
from tests.audio.live.simulated import AtOnce
from tests.test_shift_story import AGENT, CUSTOMER, DELAY, Day, does, texts, voice

LENGTH = 25.0
DAILY = Settings(sound_check="daily")
LISTENS, BROKEN_OFF = CheckIs(listening=True), CheckIs()


@pytest.fixture(autouse=True)
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A day on which nothing was checked, on a machine with no devices to ask about."""
    monkeypatch.setenv("COACH_CHECKED", str(tmp_path / "state" / "checked"))
    monkeypatch.setattr("coach.soundcheck.devices.known", list)
    choose_language("en")
    before = set(threading.enumerate())
    yield
    choose_language("auto")
    assert set(threading.enumerate()) <= before


def room(*sounds: Audio) -> Audio:
    """Sound with the noise of a room: a microphone is never quite silent."""
    noise = np.random.default_rng(9).normal(0, 0.0005, round(LENGTH * RATE))
    return np.asarray(sum(sounds, noise), np.float32)


SPEAKS = room(voice(1, (1, 2), (3, 6), (8, 11), length=LENGTH))
NOTHING = np.zeros(round(LENGTH * RATE), np.float32)


def checked(day: Day) -> list[CheckIs]:
    """What was told of the check of a day, in order."""
    told: list[CheckIs] = []
    day.shift.told.check = told.append
    day.shift.check = ShiftCheck(day.source, background=AtOnce)
    day.run()
    return told


def waiting(folder: Path, agent: Audio, customer: Audio = NOTHING) -> Day:
    """A shift in which no call begins by itself."""
    return Day(folder / "calls", agent, customer, length=LENGTH, by_voice=False)


def test_the_first_shift_of_a_day_is_told_that_all_is_well_and_the_day_is_remembered(
    tmp_path: Path,
) -> None:
    assert due(DAILY)
    listens, found = checked(waiting(tmp_path, SPEAKS))
    assert listens == LISTENS
    (verdict,) = found.verdicts
    assert (verdict.good, "first call" in verdict.words) == (True, True)
    assert not due(DAILY)


def test_what_is_wrong_comes_with_its_fix_and_is_looked_for_again_at_the_next_start(
    tmp_path: Path,
) -> None:
    _, found = checked(waiting(tmp_path, NOTHING))
    (verdict,) = found.verdicts
    assert (verdict.broken, "--microphone" in verdict.words) == (True, True)
    assert due(DAILY)


def test_a_leak_is_found_although_the_guard_takes_it_out_of_calls(tmp_path: Path) -> None:
    customer = voice(2, (3, 6), (7, 11), length=LENGTH)
    leak = np.roll(0.25 * customer, DELAY)
    _, found = checked(waiting(tmp_path, room(leak), customer))
    (verdict,) = found.verdicts
    assert (verdict.broken, "echo -12 dB" in verdict.words) == (False, True)


def test_who_says_nothing_is_told_so_and_not_that_the_microphone_is_too_soft(
    tmp_path: Path,
) -> None:
    _, found = checked(waiting(tmp_path, 4 * room()))
    (verdict,) = found.verdicts
    assert (verdict.broken, "nobody spoke" in verdict.words) == (False, True)


@pytest.mark.parametrize("what", [("start", "stop"), ("pause", "resume")], ids=" ".join)
def test_it_is_broken_off_when_a_call_starts_or_nothing_may_be_heard(
    tmp_path: Path, what: tuple[str, str]
) -> None:
    day = waiting(tmp_path, SPEAKS)
    day.at = {6.0: does(what[0]), 20.0: does(what[1])}
    assert checked(day) == [LISTENS, BROKEN_OFF]
    assert due(DAILY)


def test_a_call_that_is_heard_to_begin_is_whole_and_breaks_it_off(tmp_path: Path) -> None:
    agent = voice(1, (3, 5), (9, 11), length=LENGTH)
    customer = voice(2, (6, 8), (12, 14), length=LENGTH)
    day = Day(tmp_path / "calls", agent, customer, length=LENGTH)
    assert checked(day) == [LISTENS, BROKEN_OFF]
    assert isinstance(day.events[0], CallStarted)
    assert [len(texts(day.events, side)) for side in (AGENT, CUSTOMER)] == [2, 2]


def test_the_devices_may_be_slow_to_say_how_they_are_and_nothing_waits_for_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A call that begins meanwhile is coached at once, and the verdict is dropped."""
    asked, answers = threading.Event(), threading.Event()

    def slow() -> list[object]:
        asked.set()
        answers.wait(10)
        return []

    monkeypatch.setattr("coach.soundcheck.devices.known", slow)
    day, told = waiting(tmp_path, SPEAKS), list[CheckIs]()
    day.shift.told.check = told.append
    day.shift.check = ShiftCheck(day.source)
    day.at = {15.0: does("start"), 20.0: does("stop"), 24.0: lambda _: answers.set()}
    (events,) = day.run()
    assert asked.is_set()
    assert told == [LISTENS, BROKEN_OFF]
    assert isinstance(events[0], CallStarted)
    for thread in threading.enumerate():
        if thread.name.startswith("device"):
            thread.join(10)


def test_a_shift_that_ends_before_it_tells_nothing_more(tmp_path: Path) -> None:
    day = waiting(tmp_path, SPEAKS)
    day.length = 5.0
    assert checked(day) == [LISTENS]
    assert due(DAILY)


def yesterday(file: Path) -> None:
    file.write_text((date.today() - timedelta(days=1)).isoformat(), "utf-8")


def today(file: Path) -> None:
    file.write_text(date.today().isoformat() + "\n", "utf-8")


def garbage(file: Path) -> None:
    file.write_bytes(b"\xff\x00")


@pytest.mark.parametrize(
    ("writes", "expected"), [(yesterday, True), (today, False), (garbage, True), (Path.mkdir, True)]
)
def test_it_is_due_once_a_day_whatever_stands_in_the_file(
    writes: Callable[[Path], None], expected: bool
) -> None:
    paths.checked_file().parent.mkdir()
    writes(paths.checked_file())
    assert due(DAILY) is expected
    assert not due(Settings(sound_check="never"))
