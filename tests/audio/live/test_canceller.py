"""Taking an echo out: what it was is silence, whoever spoke over it keeps the words."""

import numpy as np
import pytest
from hypothesis import given, settings
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


def cancelled(original: Audio, heard: Audio) -> Audio:
    """Learn from the first half at once, go on learning in the second, and cancel that."""
    half = len(heard) // 2 // BLOCK * BLOCK
    canceller = Canceller()
    canceller.look_at(original[:half], heard[:half], Samples(DELAY))
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
    assert not cancelled(original, heard).any()


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
    canceller.look_at(original, heard, Samples(DELAY))
    silence = np.zeros(BLOCK, np.float32)
    assert canceller.cancel(original[: BLOCK + DELAY + REACH], silence) is silence


VOICE, OTHER = voice(1, 2.0), voice(2, 2.0)


@settings(deadline=None)  # learns from a second of sound in each example
@given(
    lengths=st.lists(st.integers(1, 1000), min_size=1, max_size=8),
    gain=st.floats(-1, 1),
    level=st.floats(0, 1),
    delay=st.integers(0, 4800),
)
def test_blocks_of_any_length_keep_it_and_are_never_much_louder(
    lengths: list[int], gain: float, level: float, delay: int
) -> None:
    heard = (gain * np.roll(VOICE, delay) + level * OTHER).astype(np.float32)
    canceller = Canceller()
    canceller.look_at(VOICE, heard, Samples(delay))
    reach = delay + REACH
    at, out = reach, []
    for length in lengths:
        block = heard[at : at + length]
        left = canceller.cancel(VOICE[at - reach : at + length], block)
        assert len(left) == len(block)
        assert left.dtype == np.float32
        assert np.isfinite(left).all()
        out.append(left)
        at += length
    assert energy(np.concatenate(out)) <= 3 * energy(heard[reach:at]) + 1e-6


@pytest.mark.parametrize("block", [80, 160, 300, 800])
def test_an_echo_is_followed_in_blocks_of_any_length(block: int) -> None:
    original = voice(1, 6.0)
    heard = (0.25 * np.roll(original, DELAY)).astype(np.float32)
    heard[2 * RATE :] = (0.25 * np.roll(original, DELAY + 5)).astype(np.float32)[2 * RATE :]
    canceller = Canceller()
    canceller.look_at(original[: 2 * RATE], heard[: 2 * RATE], Samples(DELAY))
    reach, left = DELAY + REACH, []
    for at in range(2 * RATE, 6 * RATE - block + 1, block):
        piece = heard[at : at + block]
        left.append(canceller.cancel(original[at + block - reach : at + block], piece))
    end = np.concatenate(left)[-RATE:]
    assert energy(end) < 0.05 * energy(heard[-RATE:])


def test_after_a_long_silence_an_echo_is_taken_out_at_once() -> None:
    original = voice(1, 24.0)
    original[6 * RATE : 18 * RATE] = 0
    heard = (0.25 * np.roll(original, DELAY)).astype(np.float32)
    heard += np.random.default_rng(3).normal(0, 0.002, len(heard)).astype(np.float32)
    left = cancelled(original[: 19 * RATE], heard[: 19 * RATE])
    assert energy(seconds(left, len(left) / RATE - 0.9, 24)) < 0.02 * energy(heard[-RATE:])


def test_an_echo_that_is_gone_never_comes_back_upside_down() -> None:
    original = voice(1, 16.0)
    heard = 0.25 * np.roll(original, DELAY)
    heard[8 * RATE :] = 1e-3 * voice(2, 16.0)[8 * RATE :]  # the headset was plugged in
    left = cancelled(original, heard.astype(np.float32))
    spoken = heard[-len(left) :].astype(np.float32)
    assert energy(left[:RATE]) <= 1.5 * energy(spoken[:RATE])
    assert np.array_equal(left[RATE:], spoken[RATE:])
