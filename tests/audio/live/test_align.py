"""A side on the call clock: placed by device time, without drift, with honest gaps."""

from itertools import pairwise

import numpy as np
import pytest
import soxr
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from audio.align import DeviceClock, Side
from coach.core.units import RATE, Samples
from coach.runtime.ports import Audio

TICK_S = 0.02
LONGEST_DELAY_S = 0.03


def test_a_device_is_placed_by_its_earliest_arrival() -> None:
    clock = DeviceClock(RATE)
    for number, late_s in enumerate([0.03, 0.0, 0.02, 0.01], start=1):
        clock.observe(1_600, 5.0 + number * 0.1 + late_s)
    assert clock.zero_s == pytest.approx(5.0)
    assert clock.end_s == pytest.approx(5.4)


class CountingResampler:
    """As long as what soxr gives, without the sound: hours pass at once."""

    def __init__(self, *_: object, **__: object) -> None:
        self._ratio, self._due, self._given = 1.0, 0.0, 0

    def set_io_ratio(self, in_rate: float, out_rate: float, slew: int = 0) -> None:  # noqa: ARG002 - soxr's
        self._ratio = out_rate / in_rate

    def resample_chunk(self, audio: Audio, last: bool = False) -> Audio:  # noqa: ARG002 - soxr's
        self._due += len(audio) * self._ratio
        given, self._given = round(self._due) - self._given, round(self._due)
        return np.broadcast_to(np.float32(0), (given,))


@pytest.mark.parametrize("ppm", [-300.0, -50.0, 0.0, 50.0, 300.0])
def test_eight_hours_stay_within_50_ms(ppm: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soxr, "ResampleStream", CountingResampler)
    random = np.random.default_rng(3)
    side, sent, taken, worst = Side(), 0, 0, 0.0
    true_rate = RATE * (1 + ppm / 1e6)
    for second in range(8 * 3_600):
        recorded = int(second * true_rate)
        late_s = random.uniform(0, LONGEST_DELAY_S)
        sound = np.broadcast_to(np.float32(0), (recorded - sent,))
        side.hear(sound, RATE, second + late_s)
        sent = recorded
        side.take(side.until - taken)
        taken = int(side.until)
        if second > 10:
            worst = max(worst, abs(side.until / RATE - second))
    assert worst < 0.05
    assert {gap.reason for gap in side.take_gaps()} <= {"starting"}


def test_a_fast_clock_is_corrected_by_resampling_and_nothing_is_dropped_or_doubled() -> None:
    side, rate, hertz = Side(), RATE * (1 + 200 / 1e6), 50.0
    sound = np.sin(2 * np.pi * hertz * np.arange(61 * RATE) / rate).astype(np.float32)
    sent = 0
    for tick in range(3_000):
        recorded = int(tick * TICK_S * rate)
        side.hear(sound[sent:recorded], RATE, tick * TICK_S)
        sent = recorded
    heard = side.take(side.until)
    late = delay(heard, hertz)[2 * RATE : -2 * RATE]
    assert np.abs(np.diff(late)).max() < 0.01  # of a sample: no jump anywhere
    assert np.abs(late / RATE).max() < 0.006
    assert side.drift_ppm == pytest.approx(-200, abs=40)


def delay(sine: Audio, hertz: float) -> NDArray[np.float64]:
    """How late a sine is at each moment, in samples."""
    at = np.arange(len(sine)) / RATE
    turned = np.convolve(sine * np.exp(-2j * np.pi * hertz * at), np.ones(320) / 320, "same")
    return -(np.unwrap(np.angle(turned)) + np.pi / 2) / (2 * np.pi * hertz) * RATE


@given(
    cuts=st.lists(st.integers(1, 2_000), min_size=5, max_size=40),
    late=st.lists(st.floats(0, LONGEST_DELAY_S), min_size=40, max_size=40),
)
@settings(deadline=None, max_examples=50)
def test_every_sample_is_placed_within_30_ms_however_it_arrives(
    cuts: list[int], late: list[float]
) -> None:
    side, sent, now_s = Side(), 0, 0.0
    for count, delay_s in zip(cuts, late, strict=False):
        sent += count
        now_s = max(now_s, 1.0 + sent / RATE + delay_s)
        ramp = (np.arange(sent - count, sent) / RATE + 1.0).astype(np.float32)
        side.hear(ramp / 100, RATE, now_s)
    sound = side.take(side.until) * 100
    heard = np.flatnonzero(sound > 1.001)
    if len(heard):
        off = heard / RATE - sound[heard]
        middle = off[100:-100]
        assert len(middle) == 0 or (middle.min() > -0.002 and middle.max() < 0.04)


def test_samples_that_were_lost_inside_become_a_gap() -> None:
    side, sent = Side(), 0
    for tick in range(2_000):
        now_s = tick * TICK_S
        if 10 < now_s < 12:
            continue
        side.hear(np.full(320, 0.1, np.float32), RATE, now_s)
        sent += 320
    gaps = side.take_gaps()
    lost = [gap for gap in gaps if gap.reason == "lost"]
    assert len(lost) == 1
    assert (lost[0].end - lost[0].start) / RATE == pytest.approx(2.0, abs=0.2)


def test_samples_that_were_only_late_are_no_gap() -> None:
    side = Side()
    for tick in range(100):
        side.hear(np.full(320, 0.1, np.float32), RATE, tick * TICK_S)
    for _ in range(100):  # the coach was busy for two seconds
        side.hear(np.full(320, 0.1, np.float32), RATE, 200 * TICK_S)
    for tick in range(201, 400):
        side.hear(np.full(320, 0.1, np.float32), RATE, tick * TICK_S)
    side.take_gaps()
    assert side.until / RATE == pytest.approx(400 * TICK_S, abs=0.05)
    sound = side.take(side.until)
    assert (np.abs(sound[8_000:-8_000]) > 0.05).all()


def test_a_long_gap_is_told_while_it_lasts_and_its_pieces_have_no_holes() -> None:
    side = Side()
    side.interrupt("device_missing")
    pieces = []
    for tenth in range(1, 301):
        side.fill(Samples(tenth * RATE // 10))
        pieces += [(tenth, gap) for gap in side.take_gaps()]
    assert pieces[0][0] == 10
    assert pieces[0][1].start == 0
    for (_, one), (_, next_one) in pairwise(pieces):
        assert one.end == next_one.start
        assert next_one.end - next_one.start == 5 * RATE
    assert {gap.reason for _, gap in pieces} == {"device_missing"}


def test_what_is_taken_joins_without_a_seam() -> None:
    side = Side()
    side.fill(Samples(1_000))
    for tick in range(50):
        side.hear(np.full(320, 0.25, np.float32), RATE, 0.0625 + tick * TICK_S)
    whole = [side.take(77) for _ in range(side.until // 77)]
    assert {len(part) for part in whole} == {77}
    assert {part.dtype for part in whole} == {np.dtype(np.float32)}
