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

from coach.core.units import RATE, Samples
from coach.runtime.ports import Audio

_STEP = 400
"""25 ms: the filter is brought up to date that often."""
_PARTS = 4
"""100 ms of way: a small room."""
_LEAD = 80
"""How far, in samples, the way begins before the delay that was found: that is of the loudest."""
_DRIFT = 1e-3
"""The share of the way's energy that may have changed from one step to the next."""
_FRESH = 0.05
"""The share of its energy by which a way may be wrong that begins as one delay and one level; also
the most by which one may that was not heard for long, as the clocks are corrected meanwhile."""
_SOFT = 10 ** (-50 / 10)
"""The energy a sample of a voice whose echo nobody hears; from less nothing can be learnt."""
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
_LOUDER = 1.5
"""So much louder a block never becomes: then what was predicted is not there."""
_GONE = RATE // 2
"""After so many samples in which what was predicted was not there, the echo is gone."""
_REMEMBERED = 40

REACH = (_PARTS + 2) * _STEP
"""How many samples of the past a block needs besides its own and the delay."""


class Canceller:
    """Cancels one echo. Tell it where to look for it; then give it every block."""

    def __init__(self) -> None:
        self._way: _Way | None = None
        self._missed = 0
        self._late: deque[tuple[int, float, float, float]] = deque()
        self._errors: deque[float] = deque(maxlen=_REMEMBERED)

    @property
    def error(self) -> float:
        """The share of the echo's energy that usually stays: 0..1, high while little is known."""
        return float(np.median(self._errors)) if len(self._errors) > _REMEMBERED // 5 else _WORST

    def look_at(self, original: Audio, heard: Audio, delay: Samples) -> None:
        """Look for the echo of `original` in `heard` around `delay`.

        Both end at the same moment and are equally long. Where it was looked for there already,
        nothing changes; else the way is learnt from them at once.
        """
        if self._way is not None and self._way.reaches(delay):
            return
        self._missed = 0
        self._way = _Way(delay, _gain(original[: len(original) - delay], heard[delay:]))
        for end in range(delay + REACH, len(heard) + 1, _STEP):
            self._way.follow(original[:end], heard[end - _STEP : end])

    def cancel(self, original: Audio, block: Audio) -> Audio:
        """`block` without the echo. `original` ends where the block ends, and reaches further back.

        Silence where nothing else was in it; the block itself where no echo is expected.
        """
        if self._way is None:
            return block
        if not block.any():  # muted: that is no news of the way
            self._way.break_off()
            return block
        left = self._followed(self._way, original, block)
        was, is_left, expected = self._of_late(block, left)
        if not expected:
            return block
        if self._not_there(was, is_left, len(block)):
            return block
        if is_left <= (1 - _ECHO_ONLY) * was:
            self._missed = 0
            self._errors.append(is_left / expected)
        allowed = min(max(_BEST, _MARGIN * self.error), _WORST) * expected
        return np.zeros_like(block) if is_left <= allowed else left

    def _of_late(self, block: Audio, left: Audio) -> tuple[float, float, float]:
        """The energy of what was heard, of what is left and of the echo: of a step at least.

        Of a few samples it would tell nothing.
        """
        self._late.append((len(block), _energy(block), _energy(left), _energy(block - left)))
        while sum(long for long, *_ in self._late) - self._late[0][0] >= _STEP:
            self._late.popleft()
        _, was, is_left, expected = (sum(each) for each in zip(*self._late, strict=True))
        return was, is_left, expected

    def _not_there(self, was: float, is_left: float, long: int) -> bool:
        """Whether subtracting put in what was to be taken out; if that lasts, the echo is gone."""
        if is_left < was:
            return False
        if is_left < _LOUDER * was:
            return self.error > _TRUSTED
        self._missed += long
        if self._missed >= _GONE:
            self._way, self._missed = None, 0
            self._errors.clear()
        return True

    def _followed(self, way: "_Way", original: Audio, block: Audio) -> Audio:
        pieces, start = [], 0
        while start < len(block):
            piece = block[start : start + way.wants]
            start += len(piece)
            pieces.append(way.follow(original[: len(original) - len(block) + start], piece))
        return np.concatenate(pieces)


class _Way:
    """What becomes of one side's voice until it is heard in the other's channel.

    In frequencies, (parts, bins): the way itself and how unsure it is (a variance). It begins as
    one delay and one level.
    """

    def __init__(self, delay: Samples, gain: float) -> None:
        self._first = max(0, delay - _LEAD)
        way = np.zeros((_PARTS, 2 * _STEP))
        way[0, delay - self._first] = gain
        self._way = np.fft.rfft(way)
        self._unsure = np.full(self._way.shape, _FRESH * gain**2)
        self._else = np.full(_STEP + 1, _FLOOR)
        self._left: Audio = np.zeros(0, np.float32)
        self._unheard = 0

    @property
    def wants(self) -> int:
        """How many samples are missing until a step is whole: 1 to a step."""
        return _STEP - len(self._left)

    def break_off(self) -> None:
        """What comes next does not follow on what came last."""
        self._left = self._left[:0]

    def reaches(self, delay: Samples) -> bool:
        """Whether an echo with that delay lies well within the way."""
        return 0 <= delay - self._first <= 2 * _LEAD

    def follow(self, original: Audio, heard: Audio) -> Audio:
        """What else was heard, at most as many samples as it `wants`.

        A step that is whole is learnt from. `original` ends where `heard` does.
        """
        steps = self._steps(original)
        if _energy(steps.ravel()) < _SOFT * steps.size:
            self._rest(heard)
            return heard
        spectrum = np.fft.rfft(steps)
        left = self._without(spectrum, heard)
        self._left = np.concatenate((self._left, left))
        if len(self._left) == _STEP:
            self._learn(spectrum, self._left)
            self._left = self._left[:0]
            left = self._without(spectrum, heard)
        return left

    def _steps(self, original: Audio) -> Audio:
        """(parts, samples): the two steps of `original` that each part of the way delays."""
        end = len(original) - self._first
        ends = [end - part * _STEP for part in range(_PARTS)]
        return np.stack([original[e - 2 * _STEP : e] for e in ends])

    def _rest(self, heard: Audio) -> None:
        """Nothing was there to learn from."""
        self._left = np.concatenate((self._left, heard))
        if len(self._left) == _STEP:
            self._left = self._left[:0]
            self._unheard += 1

    def _without(self, spectrum: NDArray[np.complexfloating], heard: Audio) -> Audio:
        echo = np.fft.irfft((spectrum * self._way).sum(0))[-len(heard) :]
        return (heard - echo).astype(np.float32)

    def _learn(self, spectrum: NDArray[np.complexfloating], left: Audio) -> None:
        strength = np.abs(self._way) ** 2
        changed = min(_DRIFT * self._unheard, _FRESH) * strength
        self._unsure = np.maximum(self._unsure, changed) + _DRIFT * strength
        self._unheard = 0
        error = np.fft.rfft(np.concatenate((np.zeros(_STEP), left)))
        self._else = (1 - _QUICK) * self._else + _QUICK * np.abs(error) ** 2 + _FLOOR
        power = np.abs(spectrum) ** 2
        trust = self._unsure / (0.5 * (power * self._unsure).sum(0) + self._else)
        steps = np.fft.irfft(trust * spectrum.conj() * error)
        steps[:, _STEP:] = 0  # a step of way a part: what lies behind would wrap around
        self._way += np.fft.rfft(steps)
        self._unsure *= 1 - 0.5 * trust * power


def _gain(original: Audio, heard: Audio) -> float:
    """The level of `original` in `heard`: an amplitude with its sign."""
    return float(np.dot(original, heard)) / max(_energy(original), _SOFT)


def _energy(audio: NDArray[np.floating]) -> float:
    return float(np.dot(audio, audio))
