"""The voice of one side in the channel of the other: found, measured, and kept out.

An open speaker beside the microphone, or side-tone, makes the customer's words the agent's. The
other side's voice, later and softer, is subtracted; where nothing else was heard, silence is left.
"""

import string
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audio.canceller import REACH, Canceller
from coach.core.events import Word
from coach.core.units import RATE, Samples
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Audio

LONGEST_S = 0.3
"""The longest way from one channel into the other: a Bluetooth speaker and back."""
SURE = 0.5
"""The share of a channel's energy that the other side must explain before it is an echo."""

_WINDOWS = ((2.0, SURE), (0.75, 0.8))
"""Over how many seconds an echo is looked for, and from which share on it is one: in a short window
only what is nearly all echo counts, but that is found before the customer's second word."""
_EVERY_S = 0.2
_LOUD = 10 ** (-50 / 20)
_LOUDEST_DB = -1.0
_SAME, _SAME_DB = 0.95, 1.0
_OVERLAP, _SAME_WORDS, _FEWEST_WORDS = 0.5, 0.8, 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Echo:
    """How much of one channel is heard in the other.

    `db` is the level against the original (-12: a quarter of its amplitude), `delay` how much
    later, `share` 0..1 how much of the energy that was heard is explained by it.
    """

    db: float
    delay: Samples
    share: float


def find_echo(original: Audio, heard: Audio, longest_s: float = LONGEST_S) -> Echo | None:
    """The strongest echo of `original` in `heard`: pieces of the same moment and length.

    `None` where either is too soft to tell.
    """
    if min(_rms(original), _rms(heard)) < _LOUD / 10:
        return None
    lags = min(len(original), round(longest_s * RATE) + 1)
    size = 1 << (len(original) + lags).bit_length()
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(original, size))
    alike = np.fft.irfft(spectrum, size)[:lags]
    return _at(original, heard, int(np.argmax(np.abs(alike))))


def repeats(words: Sequence[Word], others: Sequence[Word]) -> bool:
    """Whether `words` are the other side's `others` over again: an echo that was recognised.

    Both lie over each other for half of the shorter one's time, and at least four words are for
    four fifths the same, in the same order.
    """
    if len(words) < _FEWEST_WORDS or not others:
        return False
    shared = min(words[-1].end, others[-1].end) - max(words[0].start, others[0].start)
    shorter = min(words[-1].end - words[0].start, others[-1].end - others[0].start)
    if shared < _OVERLAP * shorter:
        return False
    return _in_common(_plain(words), _plain(others)) >= _SAME_WORDS * len(words)


class LeakGuard:
    """Listens to both sides of a shift, and takes out what is only the other side's voice.

    Blocks of one length in, the same blocks out. `echo` says what was found so far.
    """

    def __init__(self) -> None:
        kept = round((_WINDOWS[0][0] + LONGEST_S) * RATE) + REACH
        self._sides: dict[Speaker, Audio] = {side: np.zeros(kept, np.float32) for side in Speaker}
        self._since = 0
        self._known: dict[Speaker, Echo] = {}
        self._cancellers = {side: Canceller() for side in Speaker}
        self.measured = dict.fromkeys(Speaker, 0)
        """How often an echo was measured so far, in the channel of each side."""

    def echo(self, speaker: Speaker) -> Echo | None:
        """The other side's voice in the channel of `speaker`, if there is any."""
        return self._known.get(speaker)

    def hear(self, agent: Audio, customer: Audio) -> tuple[Audio, Audio]:
        """The next block of both sides; what comes back is what each of them said."""
        for side, block in ((Speaker.AGENT, agent), (Speaker.CUSTOMER, customer)):
            self._sides[side] = np.concatenate((self._sides[side][len(block) :], block))
        self._since += len(agent)
        if self._since >= _EVERY_S * RATE:
            self._since = 0
            self._look(Speaker.AGENT)
            self._look(Speaker.CUSTOMER)
        return self._own(Speaker.AGENT, agent), self._own(Speaker.CUSTOMER, customer)

    def _look(self, side: Speaker) -> None:
        for seconds, sure in _WINDOWS:
            kept = round(seconds * RATE)
            original, heard = self._sides[_other(side)][-kept:], self._sides[side][-kept:]
            if _rms(original) < _LOUD:
                continue
            echo = find_echo(original, heard)
            if echo is None or echo.share < sure or not (is_echo(echo) or is_same(echo)):
                continue
            self._known[side] = echo
            self.measured[side] += 1
            if is_echo(echo):
                both = self._sides[_other(side)], self._sides[side]
                self._cancellers[side].look_at(*both, echo.delay, 10 ** (echo.db / 20))
            return

    def _own(self, side: Speaker, block: Audio) -> Audio:
        if side not in self._known or not len(block):
            return block
        return self._cancellers[side].cancel(self._sides[_other(side)], block)


def is_echo(echo: Echo) -> bool:
    """Whether it is the other side's voice, and not the same voice at both ends."""
    return echo.share >= SURE and echo.db <= _LOUDEST_DB


def is_same(echo: Echo) -> bool:
    """Whether both channels are one sound: then nobody can say whose words they are."""
    return echo.share >= _SAME and abs(echo.db) <= _SAME_DB


def _other(side: Speaker) -> Speaker:
    return Speaker.CUSTOMER if side is Speaker.AGENT else Speaker.AGENT


def _at(original: Audio, heard: Audio, delay: int) -> Echo:
    length = len(original) - delay
    return _compared(original[:length], heard[delay:], Samples(delay))


def _compared(original: Audio, heard: Audio, delay: Samples) -> Echo:
    product = float(np.dot(original, heard))
    energy, there = float(np.dot(original, original)), float(np.dot(heard, heard))
    if not energy or not there or not product:
        return Echo(db=-120.0, delay=delay, share=0.0)
    gain = abs(product) / energy
    return Echo(db=20 * float(np.log10(gain)), delay=delay, share=product**2 / energy / there)


def _rms(audio: Audio) -> float:
    return float(np.sqrt(np.mean(np.square(audio)))) if len(audio) else 0.0


def _plain(words: Sequence[Word]) -> list[str]:
    return [word.text.strip(string.punctuation + "…“”‘’").casefold() for word in words]


def _in_common(words: list[str], others: list[str]) -> int:
    """How many words stand in both, in the same order."""
    row: NDArray[np.int_] = np.zeros(len(others) + 1, np.int_)
    for word in words:
        before = row.copy()
        for at, other in enumerate(others, start=1):
            row[at] = before[at - 1] + 1 if word == other else max(before[at], row[at - 1])
    return int(row[-1])
