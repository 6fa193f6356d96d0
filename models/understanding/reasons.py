"""The words that carried a label: the stretch of words that added most to its score."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_WORDS = 6
_WORD = re.compile(r"\S+")
_EDGES = " .,;:!?\u2026\"'()-"

Gains = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """`words` as they stand in the text, from character `start` on."""

    words: str
    start: int


def best_words(text: str, gains: Gains) -> Stretch:
    """The stretch of at most `MOST_WORDS` words that add most beyond the average.

    `gains`: (words,), what each word of `text.split()` added to the label. Punctuation at the
    edges is left out, unless there is nothing else.
    """
    words = _places(text)
    if not words:
        return Stretch(words="", start=0)
    beyond = gains - max(0.0, float(gains.mean()))
    best, first, last = float("-inf"), 0, 0
    for begin in range(len(words)):
        sums = np.cumsum(beyond[begin : begin + MOST_WORDS])
        most = int(sums.argmax())
        if sums[most] > best:
            best, first, last = float(sums[most]), begin, begin + most
    whole = text[words[first][0] : words[last][1]]
    bare = whole.strip(_EDGES)
    if not bare:
        return Stretch(words=whole, start=words[first][0])
    return Stretch(words=bare, start=words[first][0] + whole.index(bare))


def word_gains(text: str, spans: tuple[tuple[int, int], ...], shares: Gains) -> Gains:
    """(words, outputs): the shares (tokens, outputs) of each word's tokens, summed.

    `spans` are the tokens' characters in `text`, in its order.
    """
    words = _places(text)
    gains = np.zeros((len(words), shares.shape[1]), np.float32)
    word = 0
    for (start, end), share in zip(spans, shares, strict=True):
        middle = (start + end) / 2
        while word + 1 < len(words) and middle > words[word][1]:
            word += 1
        if words:
            gains[word] += share
    return gains


def _places(text: str) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for m in _WORD.finditer(text)]
