"""The stream of both sides, with devices and a clock that the test moves by hand."""

import threading
from collections.abc import Iterator
from itertools import takewhile

import numpy as np
import pytest

from audio.align import Gap
from audio.live import LiveSource
from coach.core.units import RATE
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Audio, Block
from tests.audio.live.simulated import AtOnce, HandClock, Schedule, SimulatedDevice


def between(start_s: float, end_s: float) -> Schedule:
    return lambda now_s: not start_s <= now_s < end_s


class Shift:
    """A source on simulated devices, run for so many seconds of its own clock."""

    def __init__(self, **customer: object) -> None:
        self.clock = HandClock()
        self.agent = SimulatedDevice(self.clock)
        self.customer = SimulatedDevice(self.clock, **customer)  # type: ignore[arg-type]
        self.source = LiveSource(self.agent, self.customer, clock=self.clock, background=AtOnce)
        self.gaps: list[tuple[Speaker, Gap]] = []
        self.blocks: list[Block] = []
        self.latest_s = 0.0

    def run(self, seconds: float) -> None:
        stream = self.source.blocks()
        for block in takewhile(lambda _: self.clock.now() < seconds, stream):
            self.blocks.append(block)
            self.gaps += self.source.gaps()
            self.latest_s = max(self.latest_s, self.clock.now() - block.start / RATE)
        stream.close()

    def sound(self, speaker: Speaker) -> Audio:
        """Of each sample, the second at which it was recorded; 0 where there is none."""
        return np.concatenate([getattr(b, speaker.value) for b in self.blocks]) * 1000

    def gone(self, speaker: Speaker) -> list[Gap]:
        return [gap for side, gap in self.gaps if side is speaker and gap.reason != "starting"]


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= before


def test_blocks_have_no_holes_and_both_sides_are_of_one_length() -> None:
    shift = Shift()
    shift.run(10)
    at = 0
    for block in shift.blocks:
        assert block.start == at
        assert len(block.agent) == len(block.customer) == 800
        at += 800
    assert shift.latest_s < 0.7


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000])
def test_sound_stands_where_it_was_recorded_whatever_the_rate(rate: int) -> None:
    shift = Shift(rate=rate)
    shift.run(10)
    sound = shift.sound(Speaker.CUSTOMER)[2 * RATE : -RATE]
    where = np.arange(2 * RATE, 2 * RATE + len(sound)) / RATE
    assert np.abs(where - sound).max() < 0.05


def test_thirty_seconds_without_callbacks_are_a_gap_and_then_all_is_well() -> None:
    shift = Shift(delivers=between(10, 40))
    shift.run(60)
    gaps = shift.gone(Speaker.CUSTOMER)
    assert gaps[0].start / RATE == pytest.approx(10, abs=0.1)
    assert gaps[-1].end / RATE == pytest.approx(40, abs=0.5)
    assert sum(gap.end - gap.start for gap in gaps) / RATE == pytest.approx(30, abs=0.5)
    assert {gap.reason for gap in gaps} == {"no_data"}
    assert shift.customer.opened > 1
    after = shift.sound(Speaker.CUSTOMER)[42 * RATE : -RATE]
    where = np.arange(42 * RATE, 42 * RATE + len(after)) / RATE
    assert np.abs(where - after).max() < 0.05
    assert (shift.sound(Speaker.AGENT)[RATE:-RATE] > 0).all()
    assert shift.gone(Speaker.AGENT) == []


def test_sound_that_was_held_up_for_a_moment_is_not_lost() -> None:
    shift = Shift(delivers=between(10, 10.4), kept=True)
    shift.run(20)
    assert shift.gone(Speaker.CUSTOMER) == []
    assert (shift.sound(Speaker.CUSTOMER)[2 * RATE : -RATE] > 0).all()


def test_a_machine_that_is_busy_for_a_moment_loses_nothing_of_either_side() -> None:
    shift = Shift(delivers=between(10, 10.8), kept=True)
    shift.agent.delivers, shift.agent.kept = shift.customer.delivers, True
    shift.run(20)
    for speaker in Speaker:
        assert shift.gone(speaker) == []
        assert (shift.sound(speaker)[2 * RATE : -RATE] > 0).all()


def test_sound_that_was_held_up_for_long_comes_too_late_and_is_a_gap_not_a_shift() -> None:
    shift = Shift(delivers=between(10, 15), kept=True)
    shift.run(30)
    assert sum(g.end - g.start for g in shift.gone(Speaker.CUSTOMER)) / RATE == pytest.approx(
        5, abs=1
    )
    after = shift.sound(Speaker.CUSTOMER)[17 * RATE : -RATE]
    where = np.arange(17 * RATE, 17 * RATE + len(after)) / RATE
    assert np.abs(where - after).max() < 0.05


@pytest.mark.parametrize("why", ["device_missing", "device_busy"])
def test_a_device_that_was_unplugged_or_taken_is_back_soon_and_the_gap_says_why(why: str) -> None:
    shift = Shift(plugged=between(10, 20), why=why)
    shift.run(30)
    gaps = shift.gone(Speaker.CUSTOMER)
    assert gaps[0].start / RATE == pytest.approx(10, abs=0.1)
    assert 20 <= gaps[-1].end / RATE < 21
    assert gaps[-1].reason == why
    assert shift.latest_s < 0.7


def test_a_device_that_is_never_there_leaves_the_other_side_whole_and_on_time() -> None:
    shift = Shift(plugged=lambda _: False)
    shift.run(10)
    assert (shift.sound(Speaker.AGENT)[RATE:-RATE] > 0).all()
    assert not shift.sound(Speaker.CUSTOMER).any()
    assert shift.latest_s < 0.7
    states = {state.speaker: state for state in shift.source.states()}
    assert states[Speaker.CUSTOMER].missing is not None


def test_two_clocks_that_differ_stay_together() -> None:
    shift = Shift(ppm=250.0)
    shift.run(120)
    both = shift.sound(Speaker.AGENT) - shift.sound(Speaker.CUSTOMER)
    assert np.abs(both[2 * RATE : -RATE]).max() < 0.05


def test_hold_closes_the_devices_and_is_on_record_for_both_sides() -> None:
    shift = Shift()
    stream = shift.source.blocks()
    for block in stream:
        shift.blocks.append(block)
        shift.gaps += shift.source.gaps()
        if 5 < shift.clock.now() < 10:
            shift.source.hold()
        if shift.clock.now() > 10:
            shift.source.resume()
        if shift.clock.now() > 15:
            stream.close()
            break
    for speaker in Speaker:
        assert not shift.sound(speaker)[round(5.3 * RATE) : 10 * RATE].any()
        assert (shift.sound(speaker)[11 * RATE : -RATE] > 0).all()
        gaps = shift.gone(speaker)
        assert {gap.reason for gap in gaps} == {"hold"}


def test_a_machine_that_slept_has_lost_no_time_and_opens_its_devices_again() -> None:
    shift = Shift()
    stream = shift.source.blocks()
    slept = False
    for block in stream:
        shift.blocks.append(block)
        shift.gaps += shift.source.gaps()
        if not slept and shift.clock.now() > 10:
            slept = True
            shift.clock.at_s += 3_600
            continue
        if shift.clock.now() > 20:
            stream.close()
            break
    assert slept
    assert len(shift.sound(Speaker.AGENT)) < 21 * RATE
    for speaker, device in ((Speaker.AGENT, shift.agent), (Speaker.CUSTOMER, shift.customer)):
        assert {gap.reason for gap in shift.gone(speaker)} == {"stood_still"}
        assert sum(gap.end - gap.start for gap in shift.gone(speaker)) < 2 * RATE
        assert device.opened == 2
        assert (shift.sound(speaker)[12 * RATE : -RATE] > 0).all()


def test_an_empty_block_comes_whenever_there_is_nothing_new() -> None:
    shift = Shift()
    at, empty = 0, 0
    for block in takewhile(
        lambda _: shift.clock.now() < 5, shift.source.blocks(at_every_look=True)
    ):
        assert block.start == at
        at += len(block.agent)
        empty += not len(block.agent)
    assert empty > 4 / 0.05
    assert at > 4 * RATE
