"""Where somebody lives: streets, house numbers, the place behind them."""

import re
from collections.abc import Iterator, Sequence

from coach.core.redaction.cues import announced
from coach.core.redaction.marks import Kind
from coach.core.redaction.numbers import MONTHS, UNITS, Found
from coach.core.redaction.rare import is_odd
from coach.core.redaction.spoken import FILLERS, digits_of
from coach.core.redaction.tokens import Token
from coach.core.redaction.words import COMMON

_STREET = re.compile(
    r"\w{2,}(straat|straatje|laan|laantje|weg|plein|gracht|kade|dreef|singel|steeg|dijk|baan|lei"
    r"|plantsoen|steenweg|pad|hof|park|erf|wal|markt|hoek|kamp|veld|akker|haven|stede|berg|oord"
    r"|horst|brink|ring|poort|brug|hoeve|zand|weide|tuin|bos|meent|donk|kreek|stroom|eind)"
)
_SURELY = re.compile(
    r"\w{2,}(straat|laan|gracht|plein|kade|singel|dreef|steenweg|plantsoen|steeg|weg|dijk)"
)
_NO_STREETS = frozenset(
    "heenweg terugweg onderweg snelweg omweg uitweg autoweg spoorweg rijweg vliegveld voetbalveld "
    "supermarkt arbeidsmarkt huizenmarkt woningmarkt vakantiepark pretpark bungalowpark wagenpark "
    "ziekenhuis werkplein bedrijventerrein internet telefoonstoring achtertuin voortuin fietspad "
    "winkelstraat zijstraat dwarsstraat hoofdweg landweg zandweg "
    "loopbaan rijbaan banen elf zelf helft jullies weg baan park kerkhof tuin bos berg".split()
)
_HOME = re.compile(r"wo+n\w*|wong|adres|verhuis\w*|bezorgd")
_LEADS = frozenset("op in aan de het 't is naar van mijn ons onze".split())
_TO_HOUSE = frozenset(
    "nummer huisnummer nr is op het mijn en dan met ook huis ons dat ja we wij zitten zit woon "
    "wonen daar bij".split()
)
_BEFORE_STREETS = frozenset(
    "burgemeester prins prinses koning koningin graaf sint pastoor dokter professor generaal "
    "president oude nieuwe grote kleine lange korte".split()
)
_ADDED = frozenset("bis hoog huis rood zwart a b c d e f g h boven beneden links rechts".split())
_LONGEST_HOUSE, _LONGEST_STREET = 5, 3
_FAR = 8
_SHORTEST_TOWN = 3
_LONGEST_ANSWER = 24


def addresses(
    tokens: Sequence[Token], asked: frozenset[Kind], found: Sequence[Found]
) -> Iterator[Found]:
    """Streets with their numbers and places, and house numbers beside postcodes in `found`."""
    anchors = [(last, Kind.HOUSE) for _, last, kind in found if kind is Kind.POSTCODE]
    for first, last in _streets(tokens, asked):
        house = _house_after(tokens, last + 1)
        end = house[1] if house else last
        alone = _answers(tokens, last, asked) or _stands_alone(tokens, first, last)
        if house or alone:
            yield first, place_after(tokens, end), Kind.ADDRESS
    anchors += [
        (at, Kind.HOUSE) for at in range(len(tokens)) if announced(tokens, at) is Kind.HOUSE
    ]
    taken = {n for first, last, _ in found for n in range(first, last + 1)}
    houses = [house for last, _ in anchors if (house := _house_after(tokens, last + 1))]
    if not houses and Kind.HOUSE in asked:
        houses = list(_answered(tokens, taken))
    houses += _before_postcodes(tokens, found)
    for first, last in houses:
        yield first, last, Kind.HOUSE
        place = place_after(tokens, last)
        if place > last:
            yield last + 1, place, Kind.ADDRESS


def _before_postcodes(tokens: Sequence[Token], found: Sequence[Found]) -> Iterator[tuple[int, int]]:
    """ "nummer 282 a is het, postcode …"."""
    for first, _, kind in found:
        near = range(max(0, first - _FAR), first) if kind is Kind.POSTCODE else ()
        for at in near:
            house = _house_after(tokens, at + 1) if tokens[at].low == "nummer" else None
            if house is not None and house[1] < first:
                yield house


def _streets(tokens: Sequence[Token], asked: frozenset[Kind]) -> Iterator[tuple[int, int]]:
    cased = any(token.is_capital for token in tokens)
    for at, token in enumerate(tokens):
        if not token.is_word or token.low in _NO_STREETS or token.low in COMMON:
            continue
        home = _home(tokens, at, asked)
        if digits_of(token.low) is not None:
            continue
        if _STREET.fullmatch(token.low):
            if not cased and home is not None:
                yield min(home, _from(tokens, at)), at
            elif token.is_capital or (not cased and _SURELY.fullmatch(token.low)):
                yield _from(tokens, at), at
        elif token.is_capital and home == at:
            last = at
            while last + 1 < len(tokens) and _belongs(tokens, last + 1):
                last += 1
            yield at, last
        elif home is not None and _house_after(tokens, at + 1):  # a street, misheard
            yield home, at
        elif _has_lettered_house(tokens, at + 1):
            yield at, at


def _has_lettered_house(tokens: Sequence[Token], at: int) -> bool:
    """ "18a": nothing else is counted like that."""
    number, letter = tokens[at : at + 1], tokens[at + 1 : at + 2]
    if not number or not letter or not number[0].text.isdecimal():
        return False
    short = len(number[0].text) <= _LONGEST_HOUSE - 2
    return short and letter[0].glued and len(letter[0].text) == 1 and letter[0].low in _ADDED


def _home(tokens: Sequence[Token], at: int, asked: frozenset[Kind]) -> int | None:
    """Where the street that ends at token `at` begins, if the words before it lead to one."""
    for first in range(at, max(-1, at - _LONGEST_STREET), -1):
        if _at_home(tokens, first) or (Kind.ADDRESS in asked and first <= 1):
            return first
        if first and tokens[first - 1].is_sign:
            return None
    return None


def _belongs(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.is_capital and token.is_word:
        return True
    ahead = tokens[at + 1] if at + 1 < len(tokens) else None
    return token.low in ("van", "de", "der", "den") and ahead is not None and ahead.is_word


def _from(tokens: Sequence[Token], at: int) -> int:
    """Words with capitals right before the street belong to it ("Burgemeester Royaardslaan")."""
    while at and tokens[at - 1].is_word:
        before = tokens[at - 1]
        capital = before.is_capital and before.low not in COMMON
        if not capital and before.low not in _BEFORE_STREETS:
            break
        at -= 1
    return at


def _at_home(tokens: Sequence[Token], at: int) -> bool:
    """ "ik woon op de …", "het adres is …"."""
    n = at - 1
    while n >= 0 and (tokens[n].low in _LEADS or tokens[n].text in (",", ":")):
        n -= 1
    return n >= 0 and n < at - 1 and _HOME.fullmatch(tokens[n].low) is not None


def _answers(tokens: Sequence[Token], last: int, asked: frozenset[Kind]) -> bool:
    """A street without a number, where one was asked for."""
    shaped = _STREET.fullmatch(tokens[last].low) is not None
    return Kind.ADDRESS in asked and last <= _FAR and shaped


def _stands_alone(tokens: Sequence[Token], first: int, last: int) -> bool:
    """A street without a number: only if it can hardly be anything else."""
    begins = first == 0 or tokens[first - 1].text in ".?!"
    sure = _SURELY.fullmatch(tokens[last].low) is not None
    led = not begins and tokens[first - 1].low in ("de", "het")
    small = led and not any(token.is_capital for token in tokens)
    return sure and not begins and (tokens[last].is_capital or small)


def _house_after(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """The house number from token `at` on, with what is added to it; `None`: there is none."""
    for n in range(at, min(len(tokens), at + _FAR)):
        token = tokens[n]
        said = digits_of(token.low)
        if said is not None and not _is_article(tokens, n):
            return (
                None
                if len(said) > _LONGEST_HOUSE or no_house(tokens, n)
                else (
                    n,
                    _added(tokens, n),
                )
            )
        if not (token.is_sign or token.low in FILLERS or token.low in _TO_HOUSE):
            return None
    return None


def _is_article(tokens: Sequence[Token], at: int) -> bool:
    """ "een" that is not the number one: something follows it."""
    if tokens[at].low != "een" or at + 1 >= len(tokens):
        return False
    return tokens[at + 1].is_word and tokens[at + 1].low not in _ADDED


def no_house(tokens: Sequence[Token], at: int) -> bool:
    """Whether the number at token `at` is an amount or a date."""
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return after in UNITS or after in MONTHS or after in ("%", "€")


def _added(tokens: Sequence[Token], at: int) -> int:
    """The last token of a house number: more digits, "a", "bis", "drie hoog", "bus 2"."""
    last, n = at, at + 1
    while n < len(tokens) and n - last <= 3:  # noqa: PLR2004 - a comma and a word between
        token = tokens[n]
        letter = token.low in _ADDED and (len(token.low) > 1 or not _is_word_here(tokens, n))
        number = digits_of(token.low) is not None and not _is_article(tokens, n)
        floor = number and n + 1 < len(tokens) and tokens[n + 1].low in ("hoog", *_ADDED)
        close = number and n == last + 1 and len(digits_of(token.low) or "") <= 2  # noqa: PLR2004
        if letter or floor or (close and not no_house(tokens, n)):
            last = n
        elif token.low in ("bus", "toevoeging", "bisnummer") and n + 1 < len(tokens):
            last = n + 1
            n += 1
        elif not (token.text in (",", "-", "/") or token.low in ("met", "een", "en", "dan")):
            break
        n += 1
    return last


def _is_word_here(tokens: Sequence[Token], at: int) -> bool:
    """One letter that begins a sentence of its own."""
    return at > 0 and tokens[at - 1].text in ".?!"


def _answered(tokens: Sequence[Token], taken: set[int]) -> Iterator[tuple[int, int]]:
    """The other asked for it: the first short number that is nothing else."""
    for n, token in enumerate(tokens[:_LONGEST_ANSWER]):
        said = digits_of(token.low)
        if said is None or n in taken or _is_article(tokens, n):
            continue
        if len(said) <= _LONGEST_HOUSE and not no_house(tokens, n):
            yield n, _added(tokens, n)
        return


def place_after(tokens: Sequence[Token], at: int) -> int:
    """Up to the name of a town right behind a house number."""
    n = at + 1
    while n < len(tokens) and (tokens[n].text == "," or tokens[n].low in ("in", "te")):
        n += 1
    if n >= len(tokens) or (n == at + 1 and tokens[n].is_sign):
        return at
    token = tokens[n]
    small = not any(one.is_capital for one in tokens)
    small = small and (tokens[n - 1].low in ("in", "te") or is_odd(token))
    town = token.is_word and (token.is_capital or small) and len(token.text) >= _SHORTEST_TOWN
    if not town or token.low in COMMON or digits_of(token.low) is not None:
        return at
    while n + 2 < len(tokens) and tokens[n + 1].text == "-" and tokens[n + 2].is_capital:
        n += 2
    return n
