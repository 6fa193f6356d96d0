"""Taking an echo out: what it was is silence, whoever spoke over it keeps the words."""

import numpy as np
import pytest

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


def cancelled(original: Audio, heard: Audio, moved: int = 0) -> Audio:
    """Fit on the first half, cancel the second, which comes `moved` samples later than learnt."""
    half = len(heard) // 2
    canceller = Canceller()
    canceller.fit(original[:half], heard[:half], Samples(DELAY))
    heard = np.roll(heard, moved)
    starts = range(half, len(heard) - BLOCK, BLOCK)
    reach = BLOCK + DELAY + REACH
    out = [
        canceller.cancel(original[at + BLOCK - reach : at + BLOCK], heard[at : at + BLOCK])
        for at in starts
    ]
    return np.concatenate(out)


def energy(sound: Audio) -> float:
    return float(np.square(sound).sum())


@pytest.mark.parametrize("moved", [-6, 0, 3, 6])
@pytest.mark.parametrize("gain", [0.1, 0.25, 0.5])
def test_an_echo_alone_is_silence_also_when_the_clocks_moved_a_little(
    gain: float, moved: int
) -> None:
    original = voice(1)
    heard = (gain * np.roll(original, DELAY)).astype(np.float32)
    assert not cancelled(original, heard, moved).any()


@pytest.mark.parametrize(("reverberation", "stays"), [(0.0, 0.0), (0.1, 0.01), (0.3, 0.05)])
def test_in_a_room_little_of_an_echo_stays(reverberation: float, stays: float) -> None:
    original = voice(1)
    heard = 0.25 * np.convolve(original, room(reverberation))[: len(original)].astype(np.float32)
    half = len(heard) // 2
    assert energy(cancelled(original, heard)) <= stays * energy(heard[half:])


def test_whoever_speaks_over_an_echo_keeps_every_word_and_it_is_softer_beside_it() -> None:
    original, own = voice(1), voice(2)
    own[: len(own) * 3 // 4] = 0  # first the echo is heard alone
    echo = (0.25 * np.roll(original, DELAY)).astype(np.float32)
    left = cancelled(original, echo + own)
    at_once = slice(len(own) // 4, len(left))
    spoken = own[len(own) // 2 :][at_once]
    blocks = left[at_once].reshape(-1, BLOCK)
    assert np.abs(blocks).max(axis=1).min() > 0
    assert energy(left[at_once] - spoken) < 0.01 * energy(echo[-len(spoken) :])


def test_without_an_echo_nothing_is_touched() -> None:
    original, own = voice(1), voice(2)
    canceller = Canceller()
    block = own[:BLOCK]
    assert canceller.cancel(original[: BLOCK + DELAY + REACH], block) is block
    canceller.fit(original, (0.25 * np.roll(original, DELAY)).astype(np.float32), Samples(DELAY))
    silence = np.zeros(BLOCK, np.float32)
    assert canceller.cancel(original[: BLOCK + DELAY + REACH], silence) is silence
