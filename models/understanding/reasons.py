"""The words that carried a label: the stretch of words that added most to its score."""

import re
from dataclasses import dataclass

MOST_WORDS = 6
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """`words` as they stand in the text, from character `start` on."""

    words: str
    start: int


def best_words(text: str, spans: tuple[tuple[int, int], ...], shares: list[float]) -> Stretch:
    """The stretch of at most `MOST_WORDS` words whose tokens add most beyond the average.

    `spans` are the tokens' characters in `text`, `shares` what each added to the label.
    """
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    if not words:
        return Stretch(words="", start=0)
    gains = _by_word(words, spans, shares)
    usual = max(0.0, sum(gains) / len(gains))
    best, first, last = float("-inf"), 0, 0
    for begin in range(len(words)):
        total = 0.0
        for end in range(begin, min(begin + MOST_WORDS, len(words))):
            total += gains[end] - usual
            if total > best:
                best, first, last = total, begin, end
    start, stop = words[first][0], words[last][1]
    return Stretch(words=text[start:stop], start=start)


def _by_word(
    words: list[tuple[int, int]], spans: tuple[tuple[int, int], ...], shares: list[float]
) -> list[float]:
    """Sum the shares of each word's tokens; both lists are in the order of the text."""
    gains = [0.0] * len(words)
    word = 0
    for (start, end), share in zip(spans, shares, strict=True):
        middle = (start + end) / 2
        while word + 1 < len(words) and middle > words[word][1]:
            word += 1
        gains[word] += share
    return gains
