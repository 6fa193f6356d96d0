"""Faster or slower, the pitch of the voices kept.

WSOLA (Verhelst and Roelands, 1993): short pieces of the sound are laid over each other at another
distance, each taken from where it fits best to how the one before would have gone on. Both
channels are moved together, so that they stay in step.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float32]
"""float32, (n, 2), -1..1: the agent, the customer."""

Read = Callable[[int, int], Sound]
"""Gives `count` frames from `start` on; silence where there is none."""

_PIECE_S = 0.032
_SEARCH_S = 0.008
_PLAIN = 1e-3
"""A pace as near to 1 as this is no other pace."""


class Stretch:
    """Gives a call piece by piece at a pace, from any place on.

    `at` is where in the call, in frames, the next piece comes from.
    """

    def __init__(self, read: Read, rate: int) -> None:
        self._read = read
        self.hop = max(1, round(_PIECE_S * rate / 2))
        """Frames in every piece that comes out."""
        self._search = round(_SEARCH_S * rate)
        self._fade_in = _rise(self.hop)
        self.at = 0
        self._tail: Sound | None = None
        self._expected: NDArray[np.float32] | None = None

    def seek(self, at: int) -> None:
        """Go on from frame `at`."""
        self.at, self._tail, self._expected = at, None, None

    def next(self, pace: float) -> Sound:
        """The next `hop` frames at `pace`, 1.0 being the usual one."""
        if abs(pace - 1.0) < _PLAIN:
            return self._plain()
        start = self._best_start()
        begin, following = np.split(self._read(start, 2 * self.hop), 2)
        if self._tail is None:
            out = begin
        else:
            out = self._tail * (1 - self._fade_in) + begin * self._fade_in
        self._tail, self._expected = following, following.sum(axis=1)
        self.at += round(self.hop * pace)
        return out.astype(np.float32)

    def _plain(self) -> Sound:
        """At the usual pace nothing is done to the sound; a change of pace fades over."""
        piece = self._read(self.at, self.hop)
        if self._tail is not None:
            piece = self._tail * (1 - self._fade_in) + piece * self._fade_in
            self._tail, self._expected = None, None
        self.at += self.hop
        return piece.astype(np.float32)

    def _best_start(self) -> int:
        """Where near `at` the sound goes on most like what is still to come of the last piece."""
        if self._expected is None or not self._expected.any():
            return self.at
        first = self.at - self._search
        around = self._read(first, self.hop + 2 * self._search).sum(axis=1)
        likeness = np.correlate(around, self._expected, mode="valid")
        energy = np.convolve(around**2, np.ones(self.hop, np.float32), mode="valid")
        return first + int(np.argmax(likeness / np.sqrt(energy + 1e-9)))


def _rise(length: int) -> NDArray[np.float32]:
    """From 0 to 1 in `length` steps, a half cosine: float32, (length, 1)."""
    angle = (np.arange(length, dtype=np.float32) + 0.5) / length * np.pi
    rising: NDArray[np.float32] = ((1 - np.cos(angle)) / 2).astype(np.float32)[:, None]
    return rising
