"""Taking an echo out: what it was is silence, whoever spoke over it keeps the words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.canceller import REACH, Canceller
from coach.core.units import RATE, Samples
from coach.runtime.ports import Audio

BLOCK, DELAY = 800, 640
random = np.random.default_rng(5)


def voice(seed: int, seconds: float = 8.0) -> Audio:
    """Noise with the slope of speech: most of it below 1 kHz."""
    noise = np.random.default_rng(seed).normal(0, 1, round(seconds * RATE))
    spectrum = np.fft.rfft(noise)
    spectrum /= 1 + (np.fft.rfftfreq(len(noise), 1 / RATE) / 800) ** 2
    sound = np.fft.irfft(spectrum, len(noise))
    return (0.2 * sound / np.abs(sound).max()).astype(np.float32)


def room(reverberation: float) -> Audio:
    """The way through a room: the direct sound, and a tail of 100 ms of so much of its energy."""
    tail = random.normal(0, 1, RATE // 10) * np.exp(-np.arange(RATE // 10) / (0.03 * RATE))
    tail *= np.sqrt(reverberation / np.square(tail).sum())
    return np.concatenate((np.zeros(DELAY), [1.0], tail)).astype(np.float32)


def cancelled(original: Audio, heard: Audio, gain: float = 0.25) -> Audio:
    """Learn from the first half at once, go on learning in the second, and cancel that."""
    half = len(heard) // 2 // BLOCK * BLOCK
    canceller = Canceller()
    canceller.look_at(original[:half], heard[:half], Samples(DELAY), gain)
    reach = BLOCK + DELAY + REACH
    out = [
        canceller.cancel(original[at + BLOCK - reach : at + BLOCK], heard[at : at + BLOCK])
        for at in range(half, len(heard) - BLOCK + 1, BLOCK)
    ]
    return np.concatenate(out)


def energy(sound: Audio) -> float:
    return float(np.square(sound).sum())


def seconds(sound: Audio, first: float, last: float) -> Audio:
    return sound[round(first * RATE) : round(last * RATE)]


@pytest.mark.parametrize("gain", [0.1, 0.25, 0.5])
def test_an_echo_alone_is_silence(gain: float) -> None:
    original = voice(1)
    heard = (gain * np.roll(original, DELAY)).astype(np.float32)
    assert not cancelled(original, heard, gain).any()


@pytest.mark.parametrize(("reverberation", "stays"), [(0.0, 0.0), (0.1, 0.01), (1.0, 0.05)])
def test_in_a_room_little_of_an_echo_stays(reverberation: float, stays: float) -> None:
    original = voice(1)
    heard = 0.25 * np.convolve(original, room(reverberation))[: len(original)].astype(np.float32)
    left = cancelled(original, heard)
    assert energy(left) <= stays * energy(heard[-len(left) :])


@pytest.mark.parametrize("moved", [-10, -3, 5, 10])
def test_an_echo_that_moves_a_little_is_followed_within_three_seconds(moved: int) -> None:
    original = voice(1, 16.0)
    heard = 0.25 * np.roll(original, DELAY)
    heard[10 * RATE :] = 0.25 * np.roll(original, DELAY + moved)[10 * RATE :]
    left = cancelled(original, heard.astype(np.float32))
    assert energy(seconds(left, 5, 8)) < 0.05 * energy(seconds(heard, 13, 16))


def test_whoever_speaks_over_an_echo_from_the_start_keeps_every_word() -> None:
    original, own = voice(1, 16.0), voice(2, 16.0)
    echo = (0.25 * np.roll(original, DELAY)).astype(np.float32)
    left = cancelled(original, echo + own)
    spoken = own[-len(left) :]
    assert np.abs(left.reshape(-1, BLOCK)).max(axis=1).min() > 0
    assert energy(left - spoken) < 0.35 * energy(echo[-len(left) :])


def test_when_the_echo_is_gone_the_own_voice_is_soon_whole() -> None:
    original, own = voice(1, 16.0), voice(2, 16.0)
    heard = 0.25 * np.roll(original, DELAY)
    heard[8 * RATE :] = 0  # the headset was plugged in
    left = cancelled(original, (heard + own).astype(np.float32))
    spoken = own[-len(left) :]
    assert energy(seconds(left - spoken, 2, 8)) < 0.02 * energy(seconds(spoken, 2, 8))


def test_without_an_echo_nothing_is_touched() -> None:
    original, own = voice(1), voice(2)
    canceller = Canceller()
    block = own[:BLOCK]
    assert canceller.cancel(original[: BLOCK + DELAY + REACH], block) is block
    heard = (0.25 * np.roll(original, DELAY)).astype(np.float32)
    canceller.look_at(original, heard, Samples(DELAY), 0.25)
    silence = np.zeros(BLOCK, np.float32)
    assert canceller.cancel(original[: BLOCK + DELAY + REACH], silence) is silence


@given(
    lengths=st.lists(st.integers(1, 1000), min_size=1, max_size=8),
    gain=st.floats(0, 1),
    level=st.floats(0, 1),
    delay=st.integers(0, 4800),
)
def test_blocks_of_any_length_keep_it_and_are_never_louder_than_both_sides(
    lengths: list[int], gain: float, level: float, delay: int
) -> None:
    original = voice(1, 3.0)
    heard = (gain * np.roll(original, delay) + level * voice(2, 3.0)).astype(np.float32)
    canceller = Canceller()
    canceller.look_at(original, heard, Samples(delay), gain)
    reach = delay + REACH
    at = reach
    for length in lengths:
        block = heard[at : at + length]
        left = canceller.cancel(original[at - reach : at + length], block)
        assert len(left) == len(block)
        assert left.dtype == np.float32
        assert np.isfinite(left).all()
        assert np.abs(left).max() <= 2
        at += length
