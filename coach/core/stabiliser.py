"""Words of speech that still goes on: which of them will stay.

The rule is LocalAgreement-2 (Macháček, Dabre, Bojar 2023, "Turning Whisper into Real-Time
Transcription System"): words that two looks in a row agree on, from the left, are committed. The
next look begins behind the last committed word, so the window that is decoded stays short however
long somebody speaks. What follows is pending and may still change. The careful decode at the end
replaces all of it.
"""

import string
from dataclasses import dataclass, replace
from typing import Final

from coach.core.events import Word
from coach.core.units import Samples, from_seconds

_MARKS = string.punctuation + "…‘’“”"
_SAME_MOMENT: Final = from_seconds(0.12)
"""Two looks place the same word this much apart; a word that ends earlier was committed before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stabiliser:
    """The words of one stretch of speech so far. `committed` never changes, `pending` may."""

    committed: tuple[Word, ...] = ()
    pending: tuple[Word, ...] = ()

    @property
    def text(self) -> str:
        """Everything that seems to have been said."""
        return " ".join(word.text for word in (*self.committed, *self.pending))

    @property
    def settled(self) -> str:
        """The words that will stay."""
        return " ".join(word.text for word in self.committed)

    def resume_at(self, start: Samples) -> Samples:
        """Where the next look begins: behind the last committed word, else at `start`."""
        return self.committed[-1].end if self.committed else start


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """What a look settled, and why: "agreed" (two looks), or "waits" (nothing yet)."""

    words: tuple[Word, ...]
    reason: str


def hear(state: Stabiliser, words: tuple[Word, ...]) -> tuple[Stabiliser, Settled]:
    """Take in the words of another look, in order, with their times on the call clock.

    The last word of a look is never committed: the look may have cut it off in the middle.
    """
    floor = state.resume_at(Samples(0))
    fresh = tuple(word for word in words if word.end > floor + _SAME_MOMENT or not state.committed)
    agreed = 0
    for before, now in zip(state.pending, fresh[:-1], strict=False):
        if _bare(before.text) != _bare(now.text):
            break
        agreed += 1
    if not agreed:
        return replace(state, pending=fresh), Settled(words=(), reason="waits")
    settled = fresh[:agreed]
    state = replace(state, committed=(*state.committed, *settled), pending=fresh[agreed:])
    return state, Settled(words=settled, reason="agreed")


def _bare(word: str) -> str:
    """A word without case and marks: "Nee," and "nee" are the same word."""
    return word.strip(_MARKS).casefold()
