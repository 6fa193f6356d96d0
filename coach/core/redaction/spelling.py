"""Names that are spelled, letter by letter."""

from collections.abc import Iterator, Sequence

from coach.core.redaction.marks import Kind
from coach.core.redaction.numbers import Found
from coach.core.redaction.spoken import is_gap, letter_of, spelled
from coach.core.redaction.tokens import Token
from coach.core.redaction.words import LITTLE

_SPELLED, _SPELLED_ASKED = 5, 2


def spelling(tokens: Sequence[Token], *, named: bool) -> Iterator[Found]:
    """Letters one by one: "jee, aa, en, es, ee, en", "D E V R I E S", "J-A-N".

    `named`: a name is asked for or announced, so that two letters are enough.
    """
    least = _SPELLED_ASKED if named else _SPELLED
    row: list[int] = []
    for n, token in enumerate(tokens):
        said = letter_of(token, expected=bool(row))
        between = tokens[row[-1] + 1 : n] if row else ()
        if said is not None and len(said) == 1 and is_gap(between):
            row.append(n)
        elif said is not None and len(said) == 1:
            yield from _row(tokens, row, least)
            row = [n]
        elif row and not is_gap(tokens[row[-1] + 1 : n + 1]) and token.low != "van":
            yield from _row(tokens, row, least)
            row = []
    yield from _row(tokens, row, least)


def _row(tokens: Sequence[Token], row: list[int], least: int) -> Iterator[Found]:
    while row and not _is_letter(tokens, row[-1]):
        row = row[:-1]  # "J A N is": the last one is a word
    sure = sum(letter_of(tokens[n], expected=False) is not None for n in row)
    name = _name_before(tokens, row[0]) if len(row) >= least else None
    if name is not None and len(row) > _SPELLED_ASKED:
        yield name, row[-1], Kind.NAME
    elif len(row) >= least and sure >= least:
        yield row[0], row[-1], Kind.NAME


def _is_letter(tokens: Sequence[Token], at: int) -> bool:
    """Surely a letter, or one at the end: "es, cee, haa, en."."""
    ends = at + 1 >= len(tokens) or tokens[at + 1].text in ".?!"
    return letter_of(tokens[at], expected=ends or len(tokens[at].text) == 1) is not None


def _name_before(tokens: Sequence[Token], at: int) -> int | None:
    """Where a word stands before a row of letters that begins with the letter at `at`."""
    n = at - 1
    while n >= 0 and tokens[n].is_sign:
        n -= 1
    said = letter_of(tokens[at], expected=True)
    known = n >= 0 and tokens[n].is_word and tokens[n].low not in LITTLE
    return n if known and spelled(tokens[n].text) == said else None
