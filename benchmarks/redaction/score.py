"""How much is found, and how much of what is found was there."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from benchmarks.redaction.lines import Detail, Line
from coach.core.redaction import UNSURE, Span, asked_for, find
from coach.core.redaction.spoken import digits_of
from coach.core.redaction.tokens import plain

_WORD = re.compile(r"\S+")
_SAME, _TELLING = 0.75, 3


@dataclass(slots=True)
class Tally:
    """Counts per kind of detail, and of the spans that were taken out."""

    there: dict[str, int] = field(default_factory=dict)
    found: dict[str, int] = field(default_factory=dict)
    typed: int = 0
    taken: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of the details of which nothing telling was left."""
        return sum(self.found.values()) / max(1, sum(self.there.values()))

    @property
    def precision(self) -> float:
        """The share of the spans that lie on a detail."""
        return self.right / max(1, self.taken)

    def detail(self, kind: str, found: bool, typed: bool, told: str) -> None:
        """Count a detail."""
        self.there[kind] = self.there.get(kind, 0) + 1
        self.found[kind] = self.found.get(kind, 0) + found
        self.typed += typed
        if not found:
            self.missed.append(told)

    def span(self, right: bool, told: str) -> None:
        """Count a span that was taken out."""
        self.taken += 1
        self.right += right
        if not right:
            self.wrong.append(told)


def score_text(lines: Iterable[Line], tally: Tally) -> None:
    """Lines as they are: every letter and digit of a detail has to be gone."""
    for line in lines:
        spans = find(line.text, asked=asked_for(line.ask))
        covered = {n for span in spans for n in range(span.start, span.end)}
        for detail in line.details:
            telling = _telling(line.text, detail)
            kinds = {s.kind.value for s in spans if s.start < detail.end and s.end > detail.start}
            told = f"{detail.kind}: {shown(line.text, spans)} <- {line.text}"
            tally.detail(detail.kind, telling <= covered, detail.kind in kinds, told)
        _spans(spans, [(d.start, d.end) for d in line.details], line.text, tally)


def _spans(spans: Sequence[Span], details: list[tuple[int, int]], text: str, tally: Tally) -> None:
    for span in spans:
        inside = sum(max(0, min(span.end, b) - max(span.start, a)) for a, b in details)
        right = inside >= (span.end - span.start) / 2
        tally.span(right, f"{span.kind}: {text[span.start : span.end]} <- {text}")


def score_neutral(texts: Iterable[str], tally: Tally) -> int:
    """Lines in which nothing is to be found; returns how many."""
    count = 0
    for text in texts:
        count += 1
        _spans(find(text), [], text, tally)
    return count


@dataclass(frozen=True, slots=True)
class Heard:
    """A line, what a recogniser made of it, and how sure it was."""

    line: Line
    text: str
    confidence: float | None


def score_heard(lines: Iterable[Heard], tally: Tally) -> None:
    """Lines as a recogniser heard them: the details are found again by the words around them."""
    for one in lines:
        line, heard = one.line, one.text
        unsure = one.confidence is None or one.confidence < UNSURE
        spans = find(heard, asked=asked_for(line.ask), unsure=unsure)
        covered = {n for span in spans for n in range(span.start, span.end)}
        places = [_place(line, detail, heard) for detail in line.details]
        for detail, (start, end) in zip(line.details, places, strict=True):
            said = line.text[detail.start : detail.end]
            telling = _telling_heard(heard, start, end, detail.kind, said)
            if telling:
                kinds = {s.kind.value for s in spans if s.start < end and s.end > start}
                told = f"{detail.kind}: {shown(heard, spans)} <- {heard} <- {line.text}"
                tally.detail(detail.kind, telling <= covered, detail.kind in kinds, told)
        _spans(spans, places, heard, tally)


def _telling(text: str, detail: Detail) -> set[int]:
    """The characters of a detail that must not remain: its letters and digits, hesitation apart."""
    return {
        n
        for word in _WORD.finditer(text, detail.start, detail.end)
        if word[0].strip(",.…").lower() not in ("eh", "en", "dan", "in", "de")
        for n in range(word.start(), word.end())
        if text[n].isalnum()
    }


def _place(line: Line, detail: Detail, heard: str) -> tuple[int, int]:
    """Where in `heard` a detail stands: between the words around it that were heard well."""
    words = list(_WORD.finditer(line.text))
    others = list(_WORD.finditer(heard))
    matcher = SequenceMatcher(
        None, [_bare(w[0]) for w in words], [_bare(w[0]) for w in others], autojunk=False
    )
    first = next((n for n, w in enumerate(words) if w.end() > detail.start), len(words))
    behind = next((n for n, w in enumerate(words) if w.start() >= detail.end), len(words))
    start, end = 0, len(others)
    for block in matcher.get_matching_blocks():
        if block.size and block.a < first:
            start = max(start, block.b + min(block.size, first - block.a))
        if block.size and block.a + block.size > behind:
            end = min(end, block.b + max(0, behind - block.a))
    if start >= end:
        return 0, 0
    return others[start].start(), others[end - 1].end()


def _telling_heard(heard: str, start: int, end: int, kind: str, said: str) -> set[int]:
    """The characters that still tell the detail; none if it was misheard beyond knowing.

    Numbers: half of the digits are there, in rows of two at least (a house number: all of them).
    Names, streets, addresses: a word of it is there, or one that differs in a letter or two.
    """
    words = list(_WORD.finditer(heard, start, end))
    if kind in ("naam", "e-mail", "adres"):
        parts = [_bare(part) for part in said.split() if _bare(part) not in _NO_TELLING]
        parts = [part for part in parts if len(part) >= _TELLING and digits_of(part) is None]
        telling = [word for word in words if any(_alike(_bare(word[0]), part) for part in parts)]
    else:
        telling = [word for word in words if _digits(word[0])]
        there = "".join(_digits(word[0]) for word in telling)
        if not _readable(there, "".join(_digits(word) for word in said.split()), kind):
            return set()
    return {n for word in telling for n in range(word.start(), word.end()) if heard[n].isalnum()}


def _tells(word: str, sign: str) -> bool:
    """Of a word with digits only those, of any other every letter."""
    return sign.isdecimal() if any(one.isdecimal() for one in word) else sign.isalnum()


_NO_TELLING = frozenset(
    "apenstaartje apestaartje punt streepje voorbeeld fietshuis bus bis".split()
)
_NO_TELLING |= frozenset("gmail hotmail ziggo outlook telenet kpnmail van der den ter".split())


def _alike(heard: str, part: str) -> bool:
    return SequenceMatcher(None, heard, part, autojunk=False).ratio() >= _SAME


def _digits(word: str) -> str:
    """The digits in a word, however they are written."""
    bare = _bare(word)
    if bare == "een":  # the article, as a rule
        return ""
    said = digits_of(bare) if bare.isalpha() else None
    return said or "".join(sign for sign in bare if sign.isdecimal())


def _readable(there: str, said: str, kind: str) -> bool:
    if kind == "huisnummer":
        return there == said
    blocks = SequenceMatcher(None, there, said, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 1) >= len(said) / 2


def _bare(word: str) -> str:
    return plain(word).strip(".,!?…:;'\"()")


def shown(text: str, spans: Sequence[Span]) -> str:
    """The text with its spans in brackets."""
    for span in reversed(spans):
        text = f"{text[: span.start]}[{text[span.start : span.end]}]{text[span.end :]}"
    return text
