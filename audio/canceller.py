"""Takes the other side's voice out of a channel, and says what is left when only that was there.

The way from one channel into the other is a short filter, fitted by least squares to the last
seconds in which the echo was nearly all that was heard. What it predicts is subtracted, so that
whoever speaks at the same time keeps the words; what is then no louder than the filter's usual
error is silence.
"""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from coach.core.units import Samples
from coach.runtime.ports import Audio

REACH = 512
"""How many samples of the past a block needs besides its own and the delay."""

_TAPS, _BEFORE = 160, 32
"""10 ms of filter, of which 2 ms lie before the delay that was found: it is that of the loudest."""
_NEAR = 8
"""How far, in samples, the echo may have moved since the filter was fitted: clocks are corrected
all the time."""
_SOFTER = 1e-3
"""Keeps the fit from inventing what the voice has no energy for: telephone speech ends at 4 kHz."""
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


class Canceller:
    """Cancels one echo. Fit it from time to time; give it every block."""

    def __init__(self) -> None:
        self._filter: NDArray[np.float64] | None = None
        self._first = 0
        self._moved = _NEAR
        self._errors: deque[float] = deque(maxlen=_REMEMBERED)

    @property
    def error(self) -> float:
        """The share of the echo's energy that usually stays: 0..1, high while little is known."""
        return float(np.median(self._errors)) if len(self._errors) > _NEAR else _WORST

    def fit(self, original: Audio, heard: Audio, delay: Samples) -> None:
        """Learn the way from `original` to `heard`, which begin at the same moment.

        Only for a stretch that is the echo of `original` and little else.
        """
        first = max(0, delay - _BEFORE)
        length = len(original) - first
        self._filter, self._first = _least_squares(original[:length], heard[first:]), first
        self._moved = _NEAR

    def cancel(self, original: Audio, block: Audio) -> Audio:
        """`block` without the echo. `original` ends where the block ends, and reaches further back.

        Silence where nothing else was in it.
        """
        if self._filter is None or not block.any():
            return block
        echo = self._predicted(self._filter, original, block)
        left = (block - echo).astype(np.float32)
        was, is_left, expected = _energy(block), _energy(left), _energy(echo)
        if is_left >= was and self.error > _TRUSTED:
            return block
        if is_left <= (1 - _ECHO_ONLY) * was:
            self._errors.append(is_left / expected)
        allowed = min(max(_BEST, _MARGIN * self.error), _WORST) * expected
        return np.zeros_like(block) if is_left <= allowed else left

    def _predicted(
        self, way: NDArray[np.float64], original: Audio, block: Audio
    ) -> NDArray[np.float64]:
        """The echo in `block`, where it fitted best when it was last heard alone."""
        late, early = _NEAR, min(_NEAR, self._first)
        end = len(original) - self._first + early
        piece = original[end - early - late - len(block) - _TAPS + 1 : end]
        filtered = np.convolve(piece.astype(np.float64), way, "valid")
        places = [filtered[at : at + len(block)] for at in range(late + early + 1)]
        errors = [_energy(block - echo) for echo in places]
        best = int(np.argmin(errors))
        if errors[best] <= (1 - _ECHO_ONLY) * _energy(block):
            self._moved = best  # with another voice over it, the best fit means nothing
        return places[min(self._moved, len(places) - 1)]


def _least_squares(original: Audio, heard: Audio) -> NDArray[np.float64]:
    """The filter that makes of `original` most of `heard`."""
    size = 1 << (len(original) + _TAPS).bit_length()
    one, other = np.fft.rfft(original, size), np.fft.rfft(heard, size)
    own = np.fft.irfft(np.abs(one) ** 2, size)[:_TAPS]
    cross = np.fft.irfft(other * np.conj(one), size)[:_TAPS]
    own[0] *= 1 + _SOFTER
    return _levinson(own, cross)


def _levinson(row: NDArray[np.float64], wanted: NDArray[np.float64]) -> NDArray[np.float64]:
    """Solve the symmetric Toeplitz system with first row `row`.

    By Levinson's recursion (1947): a general solver starts a thread on every core for it, which a
    softphone beside us would notice.
    """
    ahead, found = np.array([1 / row[0]]), np.array([wanted[0] / row[0]])
    for size in range(1, len(row)):
        turned = row[size:0:-1]
        off = float(np.dot(turned, ahead))
        ahead = (np.append(ahead, 0.0) - off * np.append(0.0, ahead[::-1])) / (1 - off * off)
        missing = wanted[size] - float(np.dot(turned, found))
        found = np.append(found, 0.0) + missing * ahead[::-1]
    return found


def _energy(audio: NDArray[np.floating]) -> float:
    return float(np.dot(audio, audio))
