"""What is taken out of texts, and what stands in its place."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a stretch of text would tell about a person. The value stands in the mark."""

    POSTCODE = "postcode"
    HOUSE = "huisnummer"
    IBAN = "iban"
    CARD = "kaartnummer"
    BSN = "bsn"
    NATIONAL = "rijksregisternummer"
    PHONE = "telefoonnummer"
    EMAIL = "e-mail"
    NAME = "naam"
    ADDRESS = "adres"
    BIRTH = "geboortedatum"
    NUMBER = "nummer"

    @property
    def mark(self) -> str:
        """What is written in place of the words: ‹postcode›."""
        return f"‹{self.value}›"


REST = "·"
"""Stands for every further word of a stretch: a text keeps its number of words, so that nothing
that was decided depends on whether it was redacted."""

_RESTS = re.compile(rf"(›)(?: {REST})+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """From `start` to `end` (characters of the text), something of `kind` is said."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, kw_only=True, slots=True)
class Redacted:
    """`text` with marks in place of the `spans` of the original, in order, without overlaps."""

    text: str
    spans: tuple[Span, ...] = ()


def readable(text: str) -> str:
    """A redacted text for people: one mark a stretch, without the dots that keep the count."""
    return _RESTS.sub(r"\1", text)


def masked(text: str, spans: tuple[Span, ...]) -> str:
    """`text` with a mark for the first word of each span and a dot for every further one.

    Whole words are taken: what clings to a number ("6524KL.") goes with it, except punctuation.
    """
    parts, at = [], 0
    for span in spans:
        words = len(text[span.start : span.end].split())
        parts += [text[at : span.start], " ".join([span.kind.mark, *[REST] * (words - 1)])]
        at = span.end
    return "".join([*parts, text[at:]])


def settled(found: list[Span], text: str) -> tuple[Span, ...]:
    """Spans in order, overlapping ones as one (the kind of the longest), blank edges left out."""
    merged: list[Span] = []
    for span in sorted(found, key=lambda one: (one.start, -one.end)):
        if merged and span.start < merged[-1].end:
            last = merged.pop()
            longer = max(last, span, key=lambda one: one.end - one.start)
            end = max(last.end, span.end)
            merged.append(Span(start=last.start, end=end, kind=longer.kind))
        else:
            merged.append(span)
    return tuple(_trimmed(span, text) for span in merged if text[span.start : span.end].strip())


def _trimmed(span: Span, text: str) -> Span:
    said = text[span.start : span.end]
    start = span.start + len(said) - len(said.lstrip())
    end = span.end - (len(said) - len(said.rstrip()))
    return Span(start=start, end=end, kind=span.kind)
