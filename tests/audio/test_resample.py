"""Any rate becomes 16 kHz: same length in seconds, same tone, no seams, no lost tail."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.resample import Resampler
from coach.core.units import RATE
from coach.runtime.ports import Audio

RATES = [8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000]


def tone(rate: int, seconds: float = 1.0, hertz: float = 440.0) -> Audio:
    t = np.arange(round(seconds * rate)) / rate
    return (0.5 * np.sin(2 * np.pi * hertz * t)).astype(np.float32)


def resampled(rate: int, blocks: list[Audio]) -> Audio:
    resampler = Resampler(rate)
    return np.concatenate([*(resampler.push(block) for block in blocks), resampler.flush()])


@settings(max_examples=20, deadline=None)
@given(rate=st.sampled_from(RATES), cuts=st.lists(st.integers(0, 24_000), max_size=15))
def test_the_cuts_change_nothing(rate: int, cuts: list[int]) -> None:
    audio = tone(rate) + tone(rate, hertz=1234.5)
    blocks = np.split(audio, sorted(min(cut, len(audio)) for cut in cuts))
    whole = resampled(rate, [audio])
    pieces = resampled(rate, blocks)
    assert len(pieces) == len(whole)
    assert np.array_equal(pieces, whole)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("seconds", [0.001, 0.25, 1.0, 3.3])
def test_the_length_stays_the_same_to_the_sample(rate: int, seconds: float) -> None:
    audio = tone(rate, seconds)
    assert abs(len(resampled(rate, [audio])) - len(audio) / rate * RATE) <= 1


@pytest.mark.parametrize("rate", RATES)
def test_a_tone_stays_the_same_tone_at_the_same_level_and_moment(rate: int) -> None:
    heard = resampled(rate, [tone(rate)])
    expected = tone(RATE)
    middle = slice(RATE // 10, -RATE // 10)
    assert np.abs(heard[: len(expected)][middle] - expected[middle]).max() < 0.01


@pytest.mark.parametrize("rate", RATES)
def test_a_click_in_the_last_millisecond_is_not_lost(rate: int) -> None:
    audio = np.zeros(rate, np.float32)
    audio[-rate // 1000 :] = 0.5
    assert np.abs(resampled(rate, [audio])[-RATE // 500 :]).max() > 0.3


@pytest.mark.parametrize("rate", RATES)
def test_float32_of_one_channel_comes_out(rate: int) -> None:
    heard = resampled(rate, [tone(rate, 0.1)])
    assert heard.dtype == np.float32
    assert heard.ndim == 1


@pytest.mark.parametrize("rate", RATES)
def test_a_call_without_sound_stays_empty(rate: int) -> None:
    assert len(resampled(rate, [])) == 0
