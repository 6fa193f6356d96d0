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

_WINDOW_S = 2.0
"""Over how many seconds an echo is looked for."""
_EVERY_S = 0.2
_BAND_HZ = 150, 3700
"""Where a telephone has a voice: elsewhere the phases of two channels tell nothing."""
_STANDS_OUT = 9.0
"""How far the likeness at one delay must stand out from that at all others, in their root mean
square. Of two voices without an echo it was at most 6.7, in four labelled calls as they are and
with both at once."""
_BESIDE = 0.5
"""What is less like than so much of the likeness at the best delay, in either direction, is the
shadow of it: a voice is like itself a moment later (up to 0.08 in a labelled call)."""
_SOFTEST_DB = -30.0
"""An echo that is softer is nobody's words."""
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
        kept = round((_WINDOW_S + LONGEST_S) * RATE) + REACH
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
            self._look()
        return self._own(Speaker.AGENT, agent), self._own(Speaker.CUSTOMER, customer)

    def _look(self) -> None:
        """The likeness of both channels by phase alone, since a loud voice over a soft echo would
        hide it: Knapp and Carter, "The generalized correlation method for estimation of time
        delay", 1976.
        """
        kept, lags = round(_WINDOW_S * RATE), round(LONGEST_S * RATE) + 1
        agent, customer = (self._sides[side][-kept:] for side in Speaker)
        if min(_rms(agent), _rms(customer)) < _LOUD / 10:
            return
        alike = _alike_by_phase(agent, customer, lags)
        strongest = float(np.abs(alike).max())
        later = {Speaker.AGENT: alike[:lags], Speaker.CUSTOMER: np.roll(alike[::-1], 1)[:lags]}
        for side, likeness in later.items():
            original, heard = self._sides[_other(side)][-kept:], self._sides[side][-kept:]
            delay = int(np.argmax(np.abs(likeness)))
            peak = abs(likeness[delay])
            stands_out = peak >= max(_STANDS_OUT * _rms(likeness), _BESIDE * strongest)
            if stands_out and _rms(original) >= _LOUD:
                self._note(side, _at(original, heard, delay))

    def _note(self, side: Speaker, echo: Echo) -> None:
        if not (_SOFTEST_DB <= echo.db <= _LOUDEST_DB or is_same(echo)):
            return
        known = self._known.get(side)
        if known is None or echo.share >= min(SURE, known.share):
            self._known[side] = echo  # while both speak, a level is a guess
            self.measured[side] += 1
        if not is_same(echo):
            both = self._sides[_other(side)], self._sides[side]
            self._cancellers[side].look_at(*both, echo.delay)

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


def _alike_by_phase(heard: Audio, original: Audio, lags: int) -> NDArray[np.float64]:
    """How alike both are for each delay of `heard`; negative delays lie at the end."""
    size = 9 << ((len(heard) + lags - 1) // 9).bit_length()  # a length that is quick to transform
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(original, size))
    first, last = (round(hz / RATE * size) for hz in _BAND_HZ)
    spectrum[:first], spectrum[last:] = 0, 0
    spectrum /= np.maximum(np.abs(spectrum), np.finfo(np.float64).tiny)
    return np.fft.irfft(spectrum, size)


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


def _rms(audio: NDArray[np.floating]) -> float:
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
