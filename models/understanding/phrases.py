"""Phrase patterns for spoken Dutch: a small notation, compiled to regular expressions.

A phrase is words with spaces; between them any punctuation may stand, since a recogniser writes
it or does not. `(a|b)` is a choice, `(a )?b` may begin with a, `*` ends an open word ("klacht*"),
`…` stands for up to five words. Case and diacritics do not matter.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

_GAP = r"(?:\W+\w+){0,5}?\W+"
_CLAUSE = re.compile(r"[.!?;:,]|\b(?:maar|want|omdat|terwijl)\b")
_NEGATION = re.compile(
    r"\b(?:niet|geen|nooit|niks|niets|nergens|noch|zonder|nie|gene|geenszins)\b", re.IGNORECASE
)
_NEGATES_WITHIN_WORDS = 5


@dataclass(frozen=True, slots=True)
class Match:
    """Where a phrase stands in a text: `words` is the text itself, verbatim."""

    start: int
    end: int
    words: str


@cache
def compiled(phrase: str) -> re.Pattern[str]:
    """The regular expression of a phrase."""
    pattern = plain(phrase.strip()).replace("(", "(?:").replace("*", r"\w*")
    pattern = re.sub(r"\s*\u2026\s*", lambda _: _GAP, pattern)
    pattern = re.sub(r" +", lambda _: r"\W+", pattern)
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


def plain(text: str) -> str:
    """The text without diacritics and with straight apostrophes, character for character."""
    return "".join(_plain_character(character) for character in text)


def find(phrase: str, text: str, folded: str | None = None) -> Match | None:
    """The first place where `phrase` stands in `text`; `folded` is `plain(text)` if known."""
    found = compiled(phrase).search(plain(text) if folded is None else folded)
    if found is None:
        return None
    return Match(start=found.start(), end=found.end(), words=text[found.start() : found.end()])


def clause(text: str, match: Match) -> tuple[int, int]:
    """The part of a sentence that a match stands in: from mark to mark, or conjunction."""
    start, end = 0, len(text)
    for mark in _CLAUSE.finditer(text):
        if mark.end() <= match.start:
            start = mark.end()
        elif mark.start() >= match.end:
            end = mark.start()
            break
    return start, end


def is_negated(text: str, match: Match) -> bool:
    """Whether a negation in the same clause belongs to the match: a few words before or after.

    A question with a negation asks for a yes ("kan dat niet sneller?"), it denies nothing.
    """
    start, end = clause(text, match)
    before = text[start : match.start].split()[-_NEGATES_WITHIN_WORDS:]
    after = text[match.end : end].split()[:3]
    return _NEGATION.search(" ".join(before)) is not None or (
        _NEGATION.search(" ".join(after)) is not None and not text[end:].startswith("?")
    )


@cache
def _plain_character(character: str) -> str:
    if character in "’‘`´":
        return "'"
    return unicodedata.normalize("NFD", character)[0]
