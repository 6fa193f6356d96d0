"""Numbers and letters as people say them, and as a recogniser writes them down.

"nul zes twaalf vierendertig", "dubbel acht", "twee keer de vijf", "ka el", "de K van Karel",
"vijf en twintig", "061 23": all of them are rows of digits and letters. A `Run` is such a row with
the words in between that mean nothing ("eh", "en dan", commas).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from coach.core.redaction.tokens import Token, plain

_UNITS: Final = {
    **{
        word: n for n, word in enumerate("nul een twee drie vier vijf zes zeven acht negen".split())
    },
    **{"null": 0, "zero": 0, "twe": 2, "vijv": 5, "zeuven": 7, "zeve": 7, "zeuve": 7, "nege": 9},
    **{"neuge": 9, "neugen": 9, "viere": 4, "vieren": 4, "vijve": 5, "zesse": 6, "achte": 8},
}
_TEENS: Final = {
    **{"tien": 10, "elf": 11, "twaalf": 12, "twaalef": 12, "dertien": 13, "veertien": 14},
    **{"vijftien": 15, "zestien": 16, "zeventien": 17, "zeuventien": 17, "achttien": 18},
    **{"achtien": 18, "negentien": 19, "negetien": 19},
}
_TENS: Final = {
    **{"twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70},
    **{"zeuventig": 70, "tachtig": 80, "tachentig": 80, "negentig": 90, "negetig": 90},
}
_TO_NINETY_NINE: Final = {
    **_UNITS,
    **_TEENS,
    **_TENS,
    **{
        f"{unit}{link}{ten}": n + tens
        for unit, n in _UNITS.items()
        for link in ("en", "n", "e")
        for ten, tens in _TENS.items()
        if n
    },
}
_HUNDREDS = re.compile(r"(\w*?)honderd(?:en)?(\w*)")
_THOUSANDS = re.compile(r"(\w*?)duizend(?:en)?(\w*)")
_LONGEST_PARTS = sorted(_TO_NINETY_NINE, key=len, reverse=True)

_LETTERS: Final = {
    **{"bee": "B", "cee": "C", "see": "C", "dee": "D", "ef": "F", "eff": "F", "gee": "G"},
    **{"haa": "H", "jee": "J", "ka": "K", "kaa": "K", "el": "L", "ell": "L", "em": "M"},
    **{"pee": "P", "kuu": "Q", "ku": "Q", "qu": "Q", "tee": "T", "uu": "U", "vee": "V"},
    **{"wee": "W", "iks": "X", "ix": "X", "ypsilon": "Y", "griekse": "Y", "zet": "Z", "zed": "Z"},
    **{"aa": "A", "ee": "E", "oo": "O", "ij": "Y", "es": "S", "ess": "S"},
}
"""Names of letters that are hardly ever words of their own."""

_AMBIGUOUS: Final = {
    **{"en": "N", "er": "R", "de": "D", "te": "T", "we": "W", "ha": "H", "ie": "I", "je": "J"},
    **{"be": "B", "pe": "P", "ge": "G", "ve": "V", "ze": "Z", "ke": "K", "ex": "X", "enn": "N"},
    **{"err": "R", "se": "C", "in": "N", "hal": "L", "al": "L", "het": "Z", "is": "S", "elle": "L"},
}
"""Names of letters that are words too: letters only where one is expected."""

_SELDOM_LETTERS = frozenset("is in het al hal de we je ze ge ve ke se".split())
"""Of these, the ones that are too common to be letters outside a postcode."""

BANKS = frozenset("abna ingb rabo trio knab bunq snsb asnb rbrb fvlb hand sns asn ing abn".split())
FILLERS = frozenset(
    "eh ehm euh euhm uh uhm hm hmm dan dus en streepje spatie slash verder gevolgd door ja komma "
    "punt koppelteken liggend schuine streep nee sorry de no noo nood".split()
)
_PAUSES = frozenset("eh ehm euh uh uhm en dan".split())
_TIMES: Final = {"dubbel": 2, "dubbele": 2, "tweemaal": 2, "driemaal": 3, "viermaal": 4}
_COUNTS: Final = {"twee": 2, "2": 2, "drie": 3, "3": 3, "vier": 4, "4": 4}
_SIGNS = frozenset(",.-/()…:;+–'\"")
_LONGEST_GAP = 4
_LONGEST_CAPITALS = 4
_LONG_ROW = 5
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Piece:
    """Tokens `first` to `last` (inclusive) say `value`: digits, or letters in capitals."""

    first: int
    last: int
    value: str

    @property
    def is_digits(self) -> bool:
        """A number, not letters."""
        return self.value.isdecimal()


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces in a row with nothing that means anything between them."""

    pieces: tuple[Piece, ...]

    @property
    def value(self) -> str:
        """Everything said, without what was between."""
        return "".join(piece.value for piece in self.pieces)

    @property
    def digits(self) -> str:
        """Only the digits."""
        return "".join(piece.value for piece in self.pieces if piece.is_digits)


@cache
def digits_of(word: str) -> str | None:
    """The digits that a word (lower case, no accents) says: "vierendertig" is "34".

    Rows in one word count too: "negentienzesenveertig" is "1946", "zesvijf" is "65".
    """
    if word.isdecimal():
        return word
    number = _number(word)
    return str(number) if number is not None else _row(word)


def _number(word: str) -> int | None:
    if word in _TO_NINETY_NINE:
        return _TO_NINETY_NINE[word]
    for pattern, size in ((_THOUSANDS, 1_000), (_HUNDREDS, 100)):
        if found := pattern.fullmatch(word):
            before = _number(found[1]) if found[1] else 1
            after = _number(found[2].removeprefix("en") or found[2]) if found[2] else 0
            if before is None or after is None or after >= size:
                return None
            return before * size + after
    return None


def _row(word: str) -> str | None:
    """Number words without spaces between them, as recognisers write them."""
    if not word:
        return ""
    for part in _LONGEST_PARTS:
        if word.startswith(part) and (rest := _row(word[len(part) :])) is not None:
            return str(_TO_NINETY_NINE[part]) + rest
    return None


def letter_of(token: Token, *, expected: bool) -> str | None:
    """The letters that a token names. `expected`: a letter would come as no surprise here."""
    if not token.is_word or not token.text.isascii():
        return None
    capitals = token.text.isupper() and len(token.text) <= _LONGEST_CAPITALS
    code = token.low in BANKS or token.low in ("nl", "be")
    if capitals or (expected and (code or len(token.text) == 1)):
        return token.text.upper()
    return _LETTERS.get(token.low) or (_AMBIGUOUS.get(token.low) if expected else None)


def runs(tokens: Sequence[Token], *, loose: bool = False) -> Iterator[Run]:
    """Every row of digits and letters that holds a digit, from left to right.

    `loose`: words that can be the name of a letter are letters ("en el" is NL).
    """
    pieces: list[Piece] = []
    for piece in _pieces(tokens, loose):
        if pieces and not is_gap(tokens[pieces[-1].last + 1 : piece.first]):
            yield from _whole(pieces)
            pieces = []
        pieces.append(piece)
    yield from _whole(pieces)


def _whole(pieces: list[Piece]) -> Iterator[Run]:
    if any(piece.is_digits for piece in pieces):
        yield Run(tuple(pieces))


def is_gap(between: Sequence[Token]) -> bool:
    """Whether tokens between two pieces mean nothing: "eh", "en dan", a comma, a dash."""
    return len(between) <= _LONGEST_GAP and all(
        token.low in FILLERS or token.text in _SIGNS for token in between
    )


def _pieces(tokens: Sequence[Token], loose: bool) -> Iterator[Piece]:
    at = so_far = 0
    while at < len(tokens):
        piece = _times(tokens, at, so_far) or _digits(tokens, at, so_far)
        piece = piece or _letter(tokens, at, expected=loose)
        if piece is None:
            so_far = so_far if is_gap(tokens[at : at + 1]) else 0
            at += 1
            continue
        yield piece
        so_far += len(piece.value)
        at = piece.last + 1


def _times(tokens: Sequence[Token], at: int, so_far: int) -> Piece | None:
    """ "dubbel acht", "driemaal nul", "twee keer de vijf"."""
    words = [token.low for token in tokens[at : at + 4]]
    times, skip = _TIMES.get(words[0]), 1
    if times is None and words[0] in _COUNTS and words[1:2] in (["keer"], ["maal"], ["x"]):
        times, skip = _COUNTS[words[0]], 2
    if times is None:
        return None
    skip += words[skip : skip + 1] == ["de"]
    said = digits_of(words[skip]) if skip < len(words) else None
    if said is None or (len(said) > 1 and so_far == 0):  # "twee keer vijftig" is an amount
        return None
    return Piece(at, at + skip, said * times)


def _digits(tokens: Sequence[Token], at: int, so_far: int) -> Piece | None:
    token = tokens[at]
    said = digits_of(token.low)
    if said is None:
        return None
    if token.text in ("een", "Een") and not _is_digit_one(tokens, at, so_far):
        return None  # an article
    if not token.is_word:
        return Piece(at, at, said)
    last, said = _compound(tokens, at, said)
    return Piece(at, last, said)


def _compound(tokens: Sequence[Token], at: int, said: str) -> tuple[int, str]:
    """The number that begins with the word at `at`, over several words, and its last token.

    "vijf en twintig", "zes honderd negen en veertig", "duizend tweehonderd".
    """
    words = [token.low for token in tokens[at + 1 : at + 5]]
    if len(said) == 1 and words[:1] == ["en"] and words[1:2] and words[1] in _TENS:
        return at + 2, str(int(said) + _TENS[words[1]])
    last = at
    if words[:1] in (["honderd"], ["duizend"]) and 0 < int(said) < _HUNDRED:
        said, last = str(int(said) * (_HUNDRED if words[0] == "honderd" else 1_000)), at + 1
    size = next((size for size in (1_000, _HUNDRED) if int(said) and int(said) % size == 0), 0)
    following = last + 1 + (tokens[last + 1 : last + 2] != () and tokens[last + 1].low == "en")
    if not size or following >= len(tokens) or not tokens[following].is_word:
        return last, said
    if _times(tokens, following, so_far=len(said)):
        return last, said  # "vijfhonderd, twee keer acht", not 502 times
    rest = digits_of(tokens[following].low)
    if rest is None or tokens[following].text in ("een", "Een"):
        return last, said
    end, rest = _compound(tokens, following, rest)
    return (end, str(int(said) + int(rest))) if 0 < int(rest) < size else (last, said)


def _is_digit_one(tokens: Sequence[Token], at: int, so_far: int) -> bool:
    """ "nul een twee" and not "om acht uur een afspraak"; `so_far`: signs of the row before it."""
    if at + 1 == len(tokens) or so_far >= _LONG_ROW:
        return so_far > 0
    following = tokens[at + 1]
    if following.text == "een":
        return _is_digit_one(tokens, at + 1, so_far + 1)
    if digits_of(following.low) is not None or _times(tokens, at + 1, so_far + 1) is not None:
        return True
    if following.is_sign or following.low in _PAUSES:  # "een, zeventien"
        ahead = next((t for t in tokens[at + 2 : at + 6] if _is_said(t)), None)
        said = ahead is not None and (ahead.low in _TIMES or digits_of(ahead.low) is not None)
        return so_far > 0 or said
    letter = letter_of(following, expected=len(following.text) == 1) is not None
    goes_on = following.low in ("een", "en", "er", *_TIMES, *BANKS)
    return so_far > 0 and (letter or goes_on)


def _is_said(token: Token) -> bool:
    """Neither a sign nor a hesitation."""
    return not token.is_sign and token.low not in _PAUSES


def _letter(tokens: Sequence[Token], at: int, *, expected: bool) -> Piece | None:
    token = tokens[at]
    if expected and token.low in _SELDOM_LETTERS and not token.text.isupper():
        return None
    if token.low == "be" and expected and not token.text.isupper():
        number = at + 1 < len(tokens) and digits_of(tokens[at + 1].low) is not None
        return Piece(at, at, "BE") if number else None
    if token.low == "en" and not _is_letter_n(tokens, at):
        return None
    said = letter_of(token, expected=expected)
    return None if said is None else Piece(at, named_end(tokens, at, said), said)


def _is_letter_n(tokens: Sequence[Token], at: int) -> bool:
    """ "en el", "a bee en a" and not "acht en dan"."""
    return at + 1 < len(tokens) and letter_of(tokens[at + 1], expected=True) is not None


def named_end(tokens: Sequence[Token], at: int, letter: str) -> int:
    """The last token of a letter: of "Karel" in "de K van Karel", else itself."""
    ahead = tokens[at + 1 : at + 3]
    named = len(ahead) == len(("van", "Karel")) and ahead[0].low == "van"
    return at + 2 if named and spelled(ahead[1].text) == letter[-1] else at


def spelled(word: str) -> str:
    """The first letter of a word, in capitals: what "Karel" stands for when somebody spells."""
    return plain(word)[:1].upper()
