"""Dates on which somebody was born. Other dates stay: appointments are what a call is about."""

import re
from collections.abc import Iterator, Sequence

from coach.core.redaction.cues import cue_before
from coach.core.redaction.marks import Kind
from coach.core.redaction.numbers import MONTHS, UNITS, Found, year_like
from coach.core.redaction.spoken import digits_of, is_gap, runs
from coach.core.redaction.tokens import Token

_LAST_BIRTH_YEAR = 2009
"""Who calls is grown up; a full date before this is hardly ever that of an appointment."""
_OLDEST_SHORT = 26
"""From here on, a year of two digits after a day and a month is of the last century."""
_WRITTEN = re.compile(r"\d{1,2}[-/. ]+\d{1,2}[-/. ]+(?P<year>(\d\d)?\d\d)")


def births(tokens: Sequence[Token], asked: frozenset[Kind]) -> Iterator[Found]:
    """Birth dates: announced, asked for, or with a year that says so."""
    for at, token in enumerate(tokens):
        if token.low in MONTHS:
            yield from _with_month(tokens, at, asked)
    yield from _ranked(tokens, asked)
    yield from _digits_only(tokens, asked)


def _expected(tokens: Sequence[Token], at: int, asked: frozenset[Kind]) -> bool:
    before = cue_before(tokens, at)
    return before is Kind.BIRTH if before is not None else Kind.BIRTH in asked


def _ranked(tokens: Sequence[Token], asked: frozenset[Kind]) -> Iterator[Found]:
    """ "de zeventiende van de vijfde, achtenvijftig"; where one is expected, without a year too."""
    for at in range(1, len(tokens) - 1):
        words = tuple(token.low for token in tokens[at : at + 2])
        if words != ("van", "de") or at + 2 >= len(tokens):
            continue
        day, month = _rank_at(tokens, at - 1), _rank_at(tokens, at + 2)
        if day is None or month is None:
            continue
        year, last = _year(tokens, month[1] + 1)
        telling = year is not None and year <= _LAST_BIRTH_YEAR
        if telling or _expected(tokens, day[0], asked):
            yield day[0], last, Kind.BIRTH


def _rank_at(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """The tokens of "zeventiende", "17e", of which one is `at`."""
    token = tokens[at]
    if token.glued and token.low in ("e", "de", "ste") and tokens[at - 1].text.isdecimal():
        return at - 1, at
    if token.text.isdecimal() and at + 1 < len(tokens) and tokens[at + 1].glued:
        return at, at + 1
    return (at, at) if is_rank(token.low) else None


def is_rank(word: str) -> bool:
    """ "eerste", "achtste", "zeventiende", "drieentwintigste"."""
    stem = next((word.removesuffix(end) for end in ("ste", "de") if word.endswith(end)), "")
    return word in ("eerste", "derde") or bool(stem and digits_of(stem))


def _with_month(tokens: Sequence[Token], at: int, asked: frozenset[Kind]) -> Iterator[Found]:
    day = bool(at) and (digits_of(tokens[at - 1].low) is not None or is_rank(tokens[at - 1].low))
    first = at - 1 if day else at
    year, last = _year(tokens, at + 1)
    expected = _expected(tokens, first, asked)
    telling = day and year is not None and year <= _LAST_BIRTH_YEAR
    if telling or (expected and (day or year is not None)):
        yield first, last, Kind.BIRTH


def _year(tokens: Sequence[Token], at: int) -> tuple[int | None, int]:
    """The year said from token `at` on, and its last token; none: `at - 1`."""
    end = at
    while end < len(tokens) and end - at < 2 and is_gap(tokens[end : end + 1]):  # noqa: PLR2004
        end += 1
    said = ""
    last = at - 1
    while end < len(tokens) and (more := digits_of(tokens[end].low)) and len(said + more) <= 4:  # noqa: PLR2004
        if said and len(said) not in (2, 4):
            break
        said, last, end = said + more, end, end + 1
        if said[-2:] == "00" and len(said) == 4 and end < len(tokens):  # noqa: PLR2004 - "negentienhonderd zestig"
            rest = digits_of(tokens[end].low)
            if rest is not None and len(rest) <= 2 and tokens[end].is_word:  # noqa: PLR2004
                return int(said) + int(rest), end
    if last + 1 < len(tokens) and tokens[last + 1].low in UNITS:
        return None, at - 1
    if len(said) == 2 and int(said) >= _OLDEST_SHORT:  # noqa: PLR2004
        return 1900 + int(said), last
    return (int(said), last) if year_like(said) else (None, at - 1)


def _digits_only(tokens: Sequence[Token], asked: frozenset[Kind]) -> Iterator[Found]:
    """ "12-03-1965", "twaalf drie vijfenzestig"; after "geboren in": a year alone."""
    for run in runs(tokens):
        first, last = run.pieces[0].first, run.pieces[-1].last
        written = _WRITTEN.fullmatch("".join(token.text for token in tokens[first : last + 1]))
        old = written is not None and len(written["year"]) == 4 and int(written["year"]) <= 2009  # noqa: PLR2004
        whole = 3 <= len(run.digits) <= 8 and run.value == run.digits  # noqa: PLR2004
        unit = last + 1 < len(tokens) and tokens[last + 1].low in UNITS
        if old or (whole and not unit and _expected(tokens, first, asked)):
            month = last + 1 < len(tokens) and tokens[last + 1].low in MONTHS
            if not month:
                yield first, last, Kind.BIRTH
