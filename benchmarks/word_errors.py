"""Word error rate: texts as words, errors by kind, and how far apart two systems are."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_SEED = 2026
_RESAMPLES = 4_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Errors:
    """Word errors over `words` words of reference, and what finding the words took."""

    wrong: int = 0
    missing: int = 0
    invented: int = 0
    words: int = 0
    cpu_s: float = 0.0

    @property
    def total(self) -> int:
        """Substitutions, deletions and insertions."""
        return self.wrong + self.missing + self.invented


def words_of(text: str) -> list[str]:
    """The words of a text: lower case, accents kept, hyphens and punctuation gone."""
    plain = unicodedata.normalize("NFC", text.lower()).replace("’", "'")
    plain = re.sub(r"[-–—/]", " ", plain)
    return [word for word in (re.sub(r"[^\w]", "", one) for one in plain.split()) if word]


def errors(reference: Sequence[str], heard: Sequence[str], cpu_s: float = 0.0) -> Errors:
    """The fewest edits from `reference` to `heard`, counted by kind."""
    row = [(n, 0, 0, n) for n in range(len(heard) + 1)]  # total, wrong, missing, invented
    for number, word in enumerate(reference, 1):
        before, row = row, [(number, 0, number, 0)]
        for column, other in enumerate(heard, 1):
            same = word == other
            cost, wrong, missing, invented = before[column - 1]
            kept = (cost + (not same), wrong + (not same), missing, invented)
            cost, wrong, missing, invented = before[column]
            lost = (cost + 1, wrong, missing + 1, invented)
            cost, wrong, missing, invented = row[column - 1]
            more = (cost + 1, wrong, missing, invented + 1)
            row.append(min(kept, lost, more))
    _, wrong, missing, invented = row[-1]
    return Errors(
        wrong=wrong, missing=missing, invented=invented, words=len(reference), cpu_s=cpu_s
    )


def rates(measured: Sequence[Errors], audio_s: float) -> dict[str, float]:
    """Word error rate and its parts as shares of the reference, and RTF."""
    words = sum(one.words for one in measured)
    return {
        "wer": round(sum(one.total for one in measured) / words, 4),
        "wrong": round(sum(one.wrong for one in measured) / words, 4),
        "missing": round(sum(one.missing for one in measured) / words, 4),
        "invented": round(sum(one.invented for one in measured) / words, 4),
        "rtf": round(sum(one.cpu_s for one in measured) / audio_s, 3),
    }


def difference(ours: Sequence[Errors], best: Sequence[Errors]) -> dict[str, float]:
    """How many points of WER `ours` is above `best`, with the bootstrap 95 % interval.

    The i-th of both belong together (one call, one utterance); pairs are drawn with replacement.
    """
    words = np.array([one.words for one in ours])
    more = np.array([a.total - b.total for a, b in zip(ours, best, strict=True)])
    drawn = np.random.default_rng(_SEED).integers(0, len(words), (_RESAMPLES, len(words)))
    low, high = np.percentile(100 * more[drawn].sum(1) / words[drawn].sum(1), (2.5, 97.5))
    return {
        "points": round(100 * float(more.sum() / words.sum()), 2),
        "low": round(float(low), 2),
        "high": round(float(high), 2),
    }


def together(some: Sequence[Errors]) -> Errors:
    """All of `some` as one."""
    return Errors(
        wrong=sum(one.wrong for one in some),
        missing=sum(one.missing for one in some),
        invented=sum(one.invented for one in some),
        words=sum(one.words for one in some),
        cpu_s=sum(one.cpu_s for one in some),
    )
