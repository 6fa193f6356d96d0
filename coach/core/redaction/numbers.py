"""Rows of digits and letters that belong to a person: codes, accounts, telephones, postcodes.

Check digits say what a long number is; a word before it, or the other's question, says what a
short one is. Amounts, times, dates, years and counts stay: nobody is known by them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coach.core.redaction.checks import is_bsn, is_card, is_iban, is_national
from coach.core.redaction.cues import WEAK, cue_before, word_before
from coach.core.redaction.marks import Kind
from coach.core.redaction.spoken import FILLERS, Piece, Run, digits_of, letter_of, named_end, runs
from coach.core.redaction.tokens import Token

Found = tuple[int, int, Kind]
"""From the first to the last token (inclusive) something of that kind is said."""

UNITS = frozenset(
    "euro euros eur cent procent uur uurtje jaar jaren jarige maand maanden dag dagen week weken "
    "keer maal minuten minuut seconden graden kilo kilometer km kg gram liter meter centimeter cm "
    "kwh kuub watt kilowatt mb gb mbit megabit gigabyte megabyte stuks stuk mensen personen man "
    "procenten punten klanten zegels pagina kanalen zenders ampere volt inch zitplaatsen".split()
)
MONTHS = frozenset(
    "januari februari maart april mei juni juli augustus september oktober november "
    "december".split()
)
_NOBODYS_LINES = ("0800", "0900", "0906", "0909", "088", "070345")
_SITS = re.compile(r"zit(ten)?|wo+n(t|en)?")
"""In front of "op" and four digits: "wij zitten op 6524"."""
_EMERGENCY = "112"
_YEAR = re.compile(r"(1\d|20)\d\d")
_NL_IBAN = re.compile(r"NL\d\d[A-Z]{2,6}\d{4,10}|(ABNA|INGB|RABO|TRIO|KNAB|BUNQ|SNSB|ASNB)\d{6,10}")
_BE_IBAN = re.compile(r"BE\d{10,14}")
_FOREIGN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_POSTCODE_DIGITS, _POSTCODE_LETTERS, _POSTCODE_GAP, _MISHEARD_LETTERS = 4, 2, 4, 4
_DESK = 8
_SURE_LENGTH, _SPOKEN_LENGTH, _SHORT_PIECES = 7, 5, 3
_LEAST = {
    Kind.IBAN: 4,
    Kind.CARD: 3,
    Kind.BSN: 6,
    Kind.NATIONAL: 5,
    Kind.PHONE: 5,
    Kind.NUMBER: 3,
}
_WHOLE = {Kind.IBAN: 12, Kind.CARD: 16, Kind.NATIONAL: 11, Kind.PHONE: 10, Kind.BSN: 9}
_CODES = frozenset({*_LEAST, Kind.POSTCODE, Kind.HOUSE, Kind.BIRTH})
_MISHEARD_WORDS, _NEAR, _CLOSE = 3, 10, 4
"""From how many signs on a row is what the word before it, or the question, says."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What was announced: by a word of the same text, or by the other's question."""

    before: Kind | None
    asked: frozenset[Kind]
    weak: bool = False

    @classmethod
    def at(cls, tokens: Sequence[Token], at: int, asked: frozenset[Kind]) -> "Hint":
        """What was announced before token `at`."""
        word = word_before(tokens, at)
        if word is None:
            lives = [token.low for token in tokens[max(0, at - 2) : at]]
            sits = lives[1:] == ["op"] and _SITS.fullmatch(lives[0]) is not None
            return cls(Kind.POSTCODE if sits else None, asked)
        return cls(cue_before(tokens, at), asked, word in WEAK)

    def says(self, kind: Kind) -> bool:
        """Whether `kind` is expected. A word of one's own comes before the question."""
        return self.before is kind if self.before is not None else kind in self.asked


def numbers(tokens: Sequence[Token], asked: frozenset[Kind]) -> list[Found]:
    """All that is said in digits (and letters) about somebody, except house numbers and dates."""
    found = list(_ibans(tokens, asked))
    taken = {n for first, last, _ in found for n in range(first, last + 1)}
    for run in runs(tokens):
        if taken.isdisjoint((run.pieces[0].first, run.pieces[-1].last)):
            hint = Hint.at(tokens, run.pieces[0].first, asked)
            judged = list(_judged(run, tokens, hint))
            found += judged or _rest(run, tokens, found)
    return found


def strays(tokens: Sequence[Token], found: Sequence[Found]) -> Iterator[Found]:
    """Digits that stand by themselves close to a number that was found: pieces of it, misheard."""
    taken = {n for first, last, kind in found for n in range(first, last + 1) if kind in _CODES}
    for run in runs(tokens) if taken else ():
        if not (_measures(run, tokens) or _is_date(run, tokens) or _is_grouped(run, tokens)):
            pieces = (piece for piece in run.pieces if _is_stray(piece, tokens, taken))
            yield from ((piece.first, piece.last, Kind.NUMBER) for piece in pieces)


def _is_stray(piece: Piece, tokens: Sequence[Token], taken: set[int]) -> bool:
    age = any(token.low == "wordt" for token in tokens[max(0, piece.first - 2) : piece.first])
    if not piece.is_digits or piece.value == _EMERGENCY or age:
        return False
    after = piece.last + 1
    alone = after >= len(tokens) or (
        tokens[after].is_sign or tokens[after].low in FILLERS or after in taken
    )
    mixed = after < len(tokens) and tokens[after].glued and not tokens[after].is_sign  # "2k9"
    near = _NEAR if alone or mixed else _CLOSE
    around = range(piece.first - near, piece.last + near + 1)
    return not taken.isdisjoint(around) and taken.isdisjoint(range(piece.first, after))


def _rest(run: Run, tokens: Sequence[Token], found: Sequence[Found]) -> Iterator[Found]:
    """The rest of a number behind a word that was misheard: "0620 fn en dan 4988"."""
    before = max((one for one in found if one[1] < run.pieces[0].first), default=None)
    if before is None or before[2] not in _LEAST or _measures(run, tokens) or _is_date(run, tokens):
        return
    between = tokens[before[1] + 1 : run.pieces[0].first]
    said = sum(len(digits_of(token.low) or "") for token in tokens[before[0] : before[1] + 1])
    whole = said >= _WHOLE.get(before[2], _SURE_LENGTH)
    words = [token for token in between if token.is_word]
    if (
        not whole
        and len(words) <= _MISHEARD_WORDS
        and not any(token.low in UNITS for token in words)
    ):
        yield run.pieces[0].first, run.pieces[-1].last, before[2]


# ---- accounts ------------------------------------------------------------------------------------


def _ibans(tokens: Sequence[Token], asked: frozenset[Kind]) -> Iterator[Found]:
    for run in runs(tokens, loose=True):
        value = run.value
        for at, piece in enumerate(run.pieces):
            rest = value[sum(len(before.value) for before in run.pieces[:at]) :]
            length = _iban_length(rest)
            if length and (piece.value[:2] in ("NL", "BE", "N", "B") or not piece.is_digits):
                yield piece.first, _reach(run.pieces[at:], length).last, Kind.IBAN
                break
        else:
            yield from _announced_account(run, tokens, asked)


def _announced_account(
    run: Run, tokens: Sequence[Token], asked: frozenset[Kind]
) -> Iterator[Found]:
    """A row after "rekeningnummer", whatever became of its letters."""
    hint = Hint.at(tokens, run.pieces[0].first, asked)
    if hint.says(Kind.IBAN) and len(run.digits) >= _LEAST[Kind.IBAN] and not _measures(run, tokens):
        last = max(n for n, piece in enumerate(run.pieces) if piece.is_digits)
        yield run.pieces[0].first, run.pieces[last].last, Kind.IBAN


def _iban_length(value: str) -> int:
    """How many signs from the start make an account number; 0: none do."""
    for pattern in (_NL_IBAN, _BE_IBAN):
        if found := pattern.match(value):
            return found.end()
    if found := _FOREIGN.match(value):
        return next((n for n in range(found.end(), 14, -1) if is_iban(value[:n])), 0)
    return 0


def _reach(pieces: Sequence[Piece], length: int) -> Piece:
    """The piece in which the first `length` signs end."""
    for piece in pieces:
        length -= len(piece.value)
        if length <= 0:
            return piece
    return pieces[-1]


# ---- everything else -----------------------------------------------------------------------------


def _judged(run: Run, tokens: Sequence[Token], hint: Hint) -> Iterator[Found]:
    """The findings in a run, from left to right."""
    at = len(run.pieces) if _counts(run) else 0
    while at < len(run.pieces):
        desk = (hint.before is None or hint.weak) and not hint.asked
        if desk and (line := _nobodys(run.pieces[at:])):
            at += line
            continue
        found = _postcode(run.pieces[at:], tokens, hint) or _code(run.pieces[at:], tokens, hint)
        if found is None:
            at += 1
            continue
        yield found
        at = next((n for n, p in enumerate(run.pieces) if p.first > found[1]), len(run.pieces))


def _nobodys(pieces: Sequence[Piece]) -> int:
    """How many pieces are the number of a desk ("0800 1234"); 0: none."""
    digits = ""
    for count, piece in enumerate(pieces, 1):
        digits += piece.value
        if len(digits) >= _DESK and digits.startswith(_NOBODYS_LINES):
            return count
    return 0


def _postcode(pieces: Sequence[Piece], tokens: Sequence[Token], hint: Hint) -> Found | None:
    count, digits = 0, ""
    while count < len(pieces) and pieces[count].is_digits and len(digits) < _POSTCODE_DIGITS:
        digits += pieces[count].value
        count += 1
    expected = hint.says(Kind.POSTCODE)
    if len(digits) != _POSTCODE_DIGITS or digits[0] == "0":
        return _part_of_postcode(pieces[:count], digits, hint) if expected and digits else None
    first, last = pieces[0].first, pieces[count - 1].last
    letters, end = _letters_after(tokens, last + 1, expected=expected)
    if letters:
        return first, end, Kind.POSTCODE
    more = count < len(pieces) and pieces[count].is_digits
    return (first, last, Kind.POSTCODE) if expected and not more else None


def _part_of_postcode(pieces: Sequence[Piece], digits: str, hint: Hint) -> Found | None:
    """Too few or too many digits, but that is what was being said."""
    least = 3 if Kind.HOUSE in hint.asked else 2
    if not least <= len(digits) <= _POSTCODE_DIGITS + 2:
        return None
    return pieces[0].first, pieces[-1].last, Kind.POSTCODE


def _letters_after(tokens: Sequence[Token], at: int, *, expected: bool) -> tuple[str, int]:
    """The two letters of a postcode from token `at` on, and the last token of them; "": none."""
    while at < len(tokens) and (tokens[at].is_sign or tokens[at].low in _HESITATION):
        at += 1
    if at >= len(tokens):
        return "", at
    first = tokens[at]
    pair = first.is_word and len(first.text) == _POSTCODE_LETTERS
    word = first.low in _WORDS_OF_TWO or letter_of(first, expected=True) is not None
    word = word and not (pair and at + 1 < len(tokens) and tokens[at + 1].low in _HOUSE_WORDS)
    if pair and (first.glued or first.text.isupper() or not word):
        return first.text.upper(), at  # "6524kl", "6524 KL"
    letters, end, sure = _named_letters(tokens, at)
    house = end + 1 < len(tokens) and tokens[end + 1].low in _HOUSE_WORDS
    if len(letters) == _POSTCODE_LETTERS and (sure or expected or house):
        return letters, end
    short = first.is_word and len(first.text) <= _MISHEARD_LETTERS
    if expected and short and first.low not in FILLERS | _AFTER_POSTCODE:
        return "?", at  # letters that were misheard as a short word
    return (letters, end) if expected and letters and sure else ("", at)


def _named_letters(tokens: Sequence[Token], at: int) -> tuple[str, int, bool]:
    """Up to two letters by their names, the last token of them, and whether they must be that."""
    letters, sure, end, n = "", False, at - 1, at
    while n < len(tokens) and n - end <= _POSTCODE_GAP and len(letters) < _POSTCODE_LETTERS:
        token = tokens[n]
        strict = letter_of(token, expected=len(token.text) == 1 and token.low not in "ua")
        said = strict or letter_of(token, expected=True)
        ahead = letter_of(tokens[n + 1], expected=True) if n + 1 < len(tokens) else None
        joins = strict is None and ahead is not None and token.low in ("de", "een", "en", "dan")
        joins = joins and (letters != "" or token.low in ("de", "een"))
        if said is None or joins or len(letters + said) > _POSTCODE_LETTERS:
            if not (token.is_sign or token.low in FILLERS or joins):
                break
        else:
            letters, end = letters + said, named_end(tokens, n, said)
            sure = sure or strict is not None
            n = end
        n += 1
    return letters, end, sure


_WORDS_OF_TWO = frozenset(
    "aa ai al as au ay be bh da de do du ei el en er es et eh ex ga ge ha he hè hé ho hm ie ik in "
    "is ja je km kg kw cm mm mb gb kb ml la le li ma me mi mn na ne nu of oh ok om op re si ta te "
    "tv uh uw va we wa wc ze zo ah bv nv vs ui".split()
)
_HOUSE_WORDS = ("nummer", "huisnummer", "nr")
_HESITATION = frozenset("eh ehm euh uh uhm dan".split())
_AFTER_POSTCODE = frozenset("op de het nee ik maar met te er ben zit woon huis nr bus".split())


def _code(pieces: Sequence[Piece], tokens: Sequence[Token], hint: Hint) -> Found | None:
    """What the longest row of digits from the first piece on is."""
    run = Run(tuple(pieces))
    rows = [pieces[:count] for count in range(len(pieces), 0, -1)]
    said_so = hint.before is not None and len(run.value) >= _LEAST.get(hint.before, 99)
    for row in rows[:1] if said_so else rows:
        if all(piece.is_digits for piece in row):
            kind = _exact("".join(piece.value for piece in row), hint)
            if kind is not None and not _measures(Run(tuple(row)), tokens):
                return row[0].first, row[-1].last, kind
    grouped = hint.before is None and _is_grouped(run, tokens)
    if grouped or _measures(run, tokens) or _is_date(run, tokens):
        return None
    kind = _by_hint(run, hint) or _by_length(run)
    return (pieces[0].first, pieces[-1].last, kind) if kind is not None else None


def _exact(digits: str, hint: Hint) -> Kind | None:
    """What a whole number is by its shape and check digits."""
    if hint.before in (Kind.CARD, Kind.IBAN, Kind.NATIONAL):
        return hint.before if len(digits) >= _SURE_LENGTH else None
    if is_national(digits) and not digits.startswith(("06", "00")):
        return Kind.NATIONAL
    if hint.says(Kind.BSN) and is_bsn(digits):
        return Kind.BSN
    if _is_phone(digits):
        nobodys = (hint.before is None or hint.weak) and digits.startswith(_NOBODYS_LINES)
        return None if nobodys and not hint.asked else Kind.PHONE
    if digits[0] != "0" and (is_card(digits) or len(digits) == 16):  # noqa: PLR2004 - a card, misheard
        return Kind.CARD
    return Kind.BSN if is_bsn(digits) else None


def _is_phone(digits: str) -> bool:
    abroad = next((p for p in ("0031", "0032", "31", "32") if digits.startswith(p)), None)
    if abroad and 8 <= len(digits) - len(abroad) <= 10 and (abroad[0] == "0" or len(digits) == 11):  # noqa: PLR2004
        return True
    mobile = digits.startswith("06") and 8 <= len(digits) <= 11  # noqa: PLR2004 - one digit lost or doubled
    return mobile or (digits[0] == "0" and digits[1:2] != "0" and 9 <= len(digits) <= 10)  # noqa: PLR2004


def _by_hint(run: Run, hint: Hint) -> Kind | None:
    length = len(run.value)
    kinds = [hint.before] if hint.before is not None else sorted(hint.asked)
    for kind in kinds:
        if kind in _LEAST and length >= _LEAST[kind] + hint.weak:
            return kind
        if kind is Kind.NUMBER and length >= 2 and not run.pieces[0].is_digits:  # noqa: PLR2004
            return kind
    return None


def _by_length(run: Run) -> Kind | None:
    """A number that nobody announced, too long to be an amount or said digit by digit."""
    digits = run.digits
    if digits.startswith(_NOBODYS_LINES):
        return None
    spoken = len(run.pieces) >= _SHORT_PIECES and all(len(p.value) <= 3 for p in run.pieces)  # noqa: PLR2004
    if digits.startswith("06") and len(digits) >= _SPOKEN_LENGTH:
        return Kind.PHONE
    if len(digits) >= _SURE_LENGTH or (spoken and len(digits) >= _SPOKEN_LENGTH):
        return Kind.NUMBER
    return None


# ---- what stays ----------------------------------------------------------------------------------


def _measures(run: Run, tokens: Sequence[Token]) -> bool:
    """An amount, a time, a duration, a share: the words around it say so."""
    first, last = run.pieces[0].first, run.pieces[-1].last
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    before = tokens[first - 1] if first else None
    if before is not None and before.text in ("€", "$"):
        return True
    said = "".join(token.text for token in tokens[first : last + 1])
    if re.fullmatch(r"\d{1,2}:\d\d((en|tot|-)\d{1,2}:\d\d)*", said):
        return True
    return after is not None and (after.low in UNITS or after.text in ("€", "%", "°"))


def _counts(run: Run) -> bool:
    """Years in a row ("2022, 2023 en 2024"), or somebody who counts."""
    values = [piece.value for piece in run.pieces if piece.is_digits]
    if len(values) < len(run.pieces):
        return False
    if len(values) > 1 and all(_YEAR.fullmatch(value) for value in values):
        return True
    steps = {int(b) - int(a) for a, b in pairwise(values)}
    return len(values) >= _SHORT_PIECES and steps == {1} and values[0] in "01"


def _is_date(run: Run, tokens: Sequence[Token]) -> bool:
    """ "12-03-2024", "3 maart 2024", "2024-03-12": birth dates are looked for elsewhere."""
    first, last = run.pieces[0].first, run.pieces[-1].last
    around = {tokens[n].low for n in (first - 1, last + 1) if 0 <= n < len(tokens)}
    if around & MONTHS and len(run.digits) <= 6:  # noqa: PLR2004 - "12 maart 2024"
        return True
    written = "".join(token.text for token in tokens[first : last + 1])
    return re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.](\d\d)?\d\d|\d{4}-\d\d-\d\d", written) is not None


def _is_grouped(run: Run, tokens: Sequence[Token]) -> bool:
    """ "100.000", "1.250,50": groups of three are amounts."""
    first, last = run.pieces[0].first, run.pieces[-1].last
    written = "".join(token.text for token in tokens[first : last + 1])
    return re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d\d)?|\d+,\d\d", written) is not None


def year_like(digits: str) -> bool:
    """Four digits that are a year."""
    return _YEAR.fullmatch(digits) is not None


def unfinished(tokens: Sequence[Token]) -> Iterator[Found]:
    """Rows of digits that may go on: of words that somebody has not finished saying."""
    for run in runs(tokens):
        if len(run.digits) >= 2 and not _measures(run, tokens):  # noqa: PLR2004 - one digit is nobody's
            yield run.pieces[0].first, run.pieces[-1].last, Kind.NUMBER
