"""Whole sentences around words: a model points at a few, people want to read what was said."""

import re

_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")
_LONGEST = 40


def clause(text: str, at: int, until: int | None = None) -> str:
    """The sentences of `text` from the one at position `at` to the one at `until`."""
    end = at if until is None else max(at, until - 1)
    found = [m for m in _SENTENCE.finditer(text) if m.end() > at and m.start() <= end]
    if not found:
        return _short(text)
    return _short(text[found[0].start() : found[-1].end()])


def sentence_around(text: str, words: str) -> str:
    """The sentences in which `words` stand; all that was said if they stand nowhere in it."""
    at = text.find(words) if words else -1
    if at < 0:
        return _short(text) or words
    return clause(text, at, at + len(words))


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words) if len(words) <= _LONGEST else f"{' '.join(words[:_LONGEST])} …"
