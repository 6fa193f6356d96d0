"""What a call has already told: names and numbers that are known again when they come back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from coach.core.redaction.marks import Kind, Span
from coach.core.redaction.names import name_words
from coach.core.redaction.spoken import Piece, Run, runs
from coach.core.redaction.tokens import Token, tokenise

_SHORTEST_CODE = 4
"""Fewer digits on a row are in every call."""


@dataclass(frozen=True, slots=True)
class Known:
    """Words of names, and rows of digits with what they were."""

    names: frozenset[str] = frozenset()
    codes: tuple[tuple[str, Kind], ...] = field(default=())

    def learn(self, text: str, spans: Iterable[Span]) -> "Known":
        """With what `spans` of `text` tell."""
        names, codes = set(self.names), dict(self.codes)
        for span in spans:
            said = text[span.start : span.end]
            if span.kind is Kind.NAME:
                names |= name_words(said)
            for run in runs(tokenise(said)):
                if len(run.digits) >= _SHORTEST_CODE and span.kind is not Kind.BIRTH:
                    codes[run.digits] = span.kind
        return Known(frozenset(names), tuple(codes.items()))

    def again(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int, Kind]]:
        """Where known names and numbers come back."""
        for n, token in enumerate(tokens):
            if token.text in self.names:
                yield n, n, Kind.NAME
        for run in runs(tokens) if self.codes else ():
            yield from self._codes(run)

    def _codes(self, run: Run) -> Iterator[tuple[int, int, Kind]]:
        """People repeat the last digits, or read on behind what is known."""
        digits = run.digits
        for code, kind in self.codes:
            at = digits.find(code)
            if at >= 0:
                pieces = _between(run, at, at + len(code))
            elif len(digits) >= _SHORTEST_CODE and digits in code:
                pieces = list(run.pieces)
            else:
                continue
            yield pieces[0].first, pieces[-1].last, kind


def _between(run: Run, start: int, end: int) -> list[Piece]:
    """The pieces with the digits from `start` to `end`."""
    pieces, at = [], 0
    for piece in run.pieces:
        if piece.is_digits:
            if at < end and at + len(piece.value) > start:
                pieces.append(piece)
            at += len(piece.value)
    return pieces


NOTHING_KNOWN = Known()
