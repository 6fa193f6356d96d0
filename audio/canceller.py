"""Takes the other side's voice out of a channel, and says what is left when only that was there.

The way from one channel into the other is followed by a frequency-domain adaptive Kalman filter in
partitioned blocks (Enzner and Vary, "Frequency-domain adaptive Kalman filter for acoustic echo
control in hands-free telephones", Signal Processing 86, 2006). It weighs what it hears by how sure
it is of the way and by how much else is heard, so it goes on learning while both speak, and whoever
speaks at the same time keeps the words. What is then no louder than the filter's usual error is
silence.
"""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from coach.core.units import Samples
from coach.runtime.ports import Audio

_STEP = 400
"""25 ms: the filter is brought up to date that often."""
_PARTS = 4
"""100 ms of way: a small room."""
_LEAD = 80
"""How far, in samples, the way begins before the delay that was found: that is of the loudest."""
_FADE = 0.9995
"""What a step leaves of the way that was known; the rest may have changed."""
_QUICK = 0.5
"""The share of the newest step in the estimate of what else is heard."""
_FLOOR = 1e-4
"""The least that is heard besides an echo, as the energy of one frequency: a line hisses."""
_ECHO_ONLY = 0.7
"""The share of a block's energy that the filter must explain to be called an echo and no more."""
_MARGIN = 4.0
"""A block that is at most 6 dB louder than the filter's usual error holds nothing of its own."""
_BEST, _WORST = 0.03, (1 - _ECHO_ONLY) / _ECHO_ONLY
"""What may stay of the echo in silence at least and at most: 15 dB below it nobody is heard."""
_TRUSTED = 0.1
"""A filter that usually errs by less is believed also where subtracting makes a block louder: two
voices may happen to lie against each other."""
_REMEMBERED = 40

REACH = (_PARTS + 2) * _STEP
"""How many samples of the past a block needs besides its own and the delay."""


class Canceller:
    """Cancels one echo. Tell it where to look for it; then give it every block."""

    def __init__(self) -> None:
        self._way: _Way | None = None
        self._errors: deque[float] = deque(maxlen=_REMEMBERED)

    @property
    def error(self) -> float:
        """The share of the echo's energy that usually stays: 0..1, high while little is known."""
        return float(np.median(self._errors)) if len(self._errors) > _REMEMBERED // 5 else _WORST

    def look_at(self, original: Audio, heard: Audio, delay: Samples, gain: float) -> None:
        """Look for the echo of `original` in `heard` around `delay`; `gain`: its amplitude.

        Both end at the same moment and are equally long. Where it was looked for there already,
        nothing changes; else the way is learnt from them at once.
        """
        if self._way is not None and self._way.reaches(delay):
            return
        self._way = _Way(delay, gain)
        for end in range(delay + REACH, len(heard) + 1, _STEP):
            self._way.follow(original[:end], heard[end - _STEP : end])

    def cancel(self, original: Audio, block: Audio) -> Audio:
        """`block` without the echo. `original` ends where the block ends, and reaches further back.

        Silence where nothing else was in it.
        """
        if self._way is None or not block.any():
            return block
        left = self._followed(self._way, original, block)
        was, is_left, expected = _energy(block), _energy(left), _energy(block - left)
        if is_left >= was and self.error > _TRUSTED:
            return block
        if is_left <= (1 - _ECHO_ONLY) * was:
            self._errors.append(is_left / expected)
        allowed = min(max(_BEST, _MARGIN * self.error), _WORST) * expected
        return np.zeros_like(block) if is_left <= allowed else left

    def _followed(self, way: "_Way", original: Audio, block: Audio) -> Audio:
        pieces = []
        for start in range(0, len(block), _STEP):
            piece = block[start : start + _STEP]
            until = len(original) - len(block) + start + len(piece)
            pieces.append(way.follow(original[:until], piece))
        return np.concatenate(pieces)


class _Way:
    """What becomes of one side's voice until it is heard in the other's channel.

    In frequencies, (parts, bins): the way itself and how unsure it is (a variance).
    """

    def __init__(self, delay: Samples, gain: float) -> None:
        bins = _STEP + 1
        self._first = max(0, delay - _LEAD)
        self._way = np.zeros((_PARTS, bins), np.complex128)
        self._unsure = np.full((_PARTS, bins), gain**2)
        self._else = np.full(bins, _FLOOR)

    def reaches(self, delay: Samples) -> bool:
        """Whether an echo with that delay lies well within the way."""
        return 0 <= delay - self._first <= 2 * _LEAD

    def follow(self, original: Audio, heard: Audio) -> Audio:
        """What else was heard; a whole step is learnt from. `original` ends where `heard` does."""
        spectrum = self._spectrum(original)
        echo = np.fft.irfft((spectrum * self._way).sum(0))[-len(heard) :]
        left = heard - echo
        if len(heard) == _STEP:
            self._learn(spectrum, left)
        return left.astype(np.float32)

    def _spectrum(self, original: Audio) -> NDArray[np.complex128]:
        """(parts, bins) of the two steps of `original` that each part of the way delays."""
        end = len(original) - self._first
        ends = [end - part * _STEP for part in range(_PARTS)]
        return np.fft.rfft(np.stack([original[e - 2 * _STEP : e] for e in ends]))

    def _learn(self, spectrum: NDArray[np.complex128], left: NDArray[np.floating]) -> None:
        kept = _FADE**2
        self._way *= _FADE
        self._unsure = kept * self._unsure + (1 - kept) * np.abs(self._way) ** 2
        error = np.fft.rfft(np.concatenate((np.zeros(_STEP), left)))
        self._else = (1 - _QUICK) * self._else + _QUICK * np.abs(error) ** 2 + _FLOOR
        power = np.abs(spectrum) ** 2
        trust = self._unsure / (0.5 * (power * self._unsure).sum(0) + self._else)
        steps = np.fft.irfft(trust * spectrum.conj() * error)
        steps[:, _STEP:] = 0  # a step of way a part: what lies behind would wrap around
        self._way += np.fft.rfft(steps)
        self._unsure *= 1 - 0.5 * trust * power


def _energy(audio: NDArray[np.floating]) -> float:
    return float(np.dot(audio, audio))
