"""What was heard badly: rather a mark too many.

A recogniser that is not sure writes "2 kerses 354" for a number, "usprepje" for a hyphen, "minder"
for "meneer". What makes a detail known in such a text is that digits stand close together, and that
words which nobody says stand where a name, a street or an address of e-mail stands.
"""

import re
from collections.abc import Iterator, Sequence

from coach.core.redaction.addresses import place_after
from coach.core.redaction.cues import cue, wanted
from coach.core.redaction.marks import Kind
from coach.core.redaction.names import opens
from coach.core.redaction.numbers import MONTHS, UNITS, Found
from coach.core.redaction.rare import is_ordinary
from coach.core.redaction.spoken import digits_of
from coach.core.redaction.tokens import Token
from coach.core.redaction.words import COMMON, LITTLE

_GAP, _SIGNS = 2, 6
"""So many words, or signs, may stand between digits of one number."""
_ENOUGH, _ENOUGH_ANNOUNCED = 4, 2
_NOT_LONG_AGO = re.compile(r"20[0-4]\d")
_AMOUNT = re.compile(r"\d{1,3}([.,]\d{3})+(,\d\d)?|\d+[.,]\d\d|[1-9]\d?\d?000")
_ROUND = re.compile(r"[1-9]\d?\d?00")
"""Amounts: a number of somebody only where one is asked for or announced."""
_BEFORE_TIMES = frozenset("tussen om voor rond".split())

_STREET = re.compile(
    r"\w{3,}(stra[atpbd]\w{0,16}|weg|laan|lan[dg]|plei?n|pla[mn]t|[kc]ad[ec]|gracht|singel|dij[kc]|hof)"
)
_STREET_ALONE = frozenset("weg straat straks laan land lang kade plein dijk gracht racht".split())
_SURELY = re.compile(r"\w{4,}stra+[tpbdfks]\w*")
_GLUED_HOUSE = re.compile(r"\w{3,}straa?t\w{4,}")
_NEAR = 3

_TITLE = re.compile(r"m[ei]n+d?er|m[ei]n+h?e+r|m?[mn]evrou\w{0,2}|minner")
_WHOSE = frozenset("mijn m'n men men's zijn haar uw onze".split())
_NAME = re.compile(r"n[ae]+m\w{0,3}|na+n|achterna+m")
_PARTICLES = frozenset("van de der den ter ten te 't het la el".split())
_LONGEST_NAME, _SHORTEST, _LONG = 4, 4, 5
_SHORT_ANSWER, _SHORT_LINE = 3, 7
_BEFORE_ANSWER = frozenset(
    "ja jawel hoor met me dat dit is het ik ben op naam van nou dus eh mevrouw meneer natuurlijk "
    "u spreekt goedemorgen goedemiddag goedenavond hallo dag mijn man vrouw vader moeder".split()
)
"""What a name is given with."""
_TITLES = frozenset("meneer mevrouw".split())
_BEFORE_TITLE = frozenset("met me wel dag van door aan was had dat en sprak hallo".split())

_DASH = re.compile(r"\w{0,3}t?re+p+je|\w*streep\w*|strek|streek")
_MONKEY = re.compile(r"\w*staart\w*|\w{0,3}bestaar\w*|\w{0,3}[ae][pbv]e?n?sta+r?t\w*")
_ENDS = frozenset("nl com be net org eu".split())
_MAIL_WORDS = frozenset("at punt je streepje dus".split())
_FAR = 7


def misheard(tokens: Sequence[Token], found: Sequence[Found], *, telling: bool) -> Iterator[Found]:
    """More of what tells who somebody is. `telling`: something in digits is asked or announced."""
    yield from _rows(tokens, telling=telling)
    yield from _dates(tokens)
    yield from _streets(tokens)
    yield from _titled(tokens)
    yield from _named(tokens)
    yield from _opened(tokens)
    yield from _widened(tokens, found)
    yield from _mails(tokens)


def whole_answer(tokens: Sequence[Token]) -> Iterator[Found]:
    """Somebody was asked for a name and said a few words that are none of the commonest.

    However they were heard: where hardly anything else was said, they are the name.
    """
    words = [at for at, token in enumerate(tokens) if token.is_word]
    if any(cue(tokens[at]) is Kind.NAME for at in words):
        return
    said = [at for at in words if tokens[at].low not in _BEFORE_ANSWER]
    bare = said and not any(token.low in COMMON for token in tokens[said[0] : said[-1] + 1])
    if bare and len(said) <= _SHORT_ANSWER and said[-1] - said[0] <= _SHORT_ANSWER:
        yield said[0], said[-1], Kind.NAME


# ---- numbers -------------------------------------------------------------------------------------


def _rows(tokens: Sequence[Token], *, telling: bool) -> Iterator[Found]:
    """Digits close together, whatever stands between them."""
    least = _ENOUGH_ANNOUNCED if telling else _ENOUGH
    for first, last in _grouped(tokens):
        said = "".join(_digits(token) for token in tokens[first : last + 1])
        written = "".join(token.text for token in tokens[first : last + 1])
        plain = _NOT_LONG_AGO.fullmatch(said) or (_AMOUNT.fullmatch(written) and not telling)
        amount = _ROUND.fullmatch(said) or tokens[last].low in ("honderd", "duizend")
        plain = plain or (amount and not telling)
        if len(said) >= least and not plain and not _is_measure(tokens, first, last):
            yield first, last, Kind.NUMBER


def _grouped(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    first = last = -1
    for at, token in enumerate(tokens):
        if not _digits(token):
            continue
        if first >= 0 and _is_near(tokens[last + 1 : at]):
            last = at
            continue
        if first >= 0:
            yield first, last
        first = last = at
    if first >= 0:
        yield first, last


def _is_near(between: Sequence[Token]) -> bool:
    words = [token for token in between if not token.is_sign]
    apart = any(token.low in UNITS or token.low in MONTHS or cue(token) for token in words)
    ended = bool(words) and any(token.text in ".?!" for token in between)
    return len(words) <= _GAP and len(between) - len(words) <= _SIGNS and not (apart or ended)


def _digits(token: Token) -> str:
    if token.text.isdecimal():
        return token.text
    return "" if token.low == "een" or token.is_sign else digits_of(token.low) or ""


def _is_measure(tokens: Sequence[Token], first: int, last: int) -> bool:
    after = tokens[last + 1].low if last + 1 < len(tokens) else ""
    before = tokens[first - 1].low if first else ""
    if before in _BEFORE_TIMES and last - first == 2 and tokens[first + 1].low in ("en", "tot"):  # noqa: PLR2004
        return True  # "tussen 10 en 12"
    return after in UNITS or after in ("%", "€", "euro") or before in ("€", "$")


def _dates(tokens: Sequence[Token]) -> Iterator[Found]:
    """A day and a month, and something of a year behind them: "7 november in mijn 70"."""
    for at, token in enumerate(tokens):
        if token.low not in MONTHS or not at or not _digits(tokens[at - 1]):
            continue
        for end in range(at + 1, min(len(tokens), at + 1 + _NEAR)):
            year = _digits(tokens[end])
            if len(year) in (2, 3, 4) and not _NOT_LONG_AGO.fullmatch(year):
                yield at - 1, end, Kind.BIRTH


# ---- streets -------------------------------------------------------------------------------------


def _streets(tokens: Sequence[Token]) -> Iterator[Found]:
    """What sounds like a street, with a number behind it or grown onto it."""
    for at, token in enumerate(tokens):
        first = at
        if token.low in _STREET_ALONE and at and _is_rare(tokens[at - 1], 4):
            first = at - 1
        elif not _STREET.fullmatch(token.low) or token.low in COMMON:
            continue
        house = next((n for n in range(at + 1, at + 1 + _NEAR) if _digit_at(tokens, n)), None)
        if house is not None:
            yield _whole_street(tokens, first), place_after(tokens, house), Kind.ADDRESS
        elif (
            _SURELY.fullmatch(token.low)
            or _GLUED_HOUSE.fullmatch(token.low)
            or _answers(tokens, first, at)
        ):
            yield first, place_after(tokens, at), Kind.ADDRESS


def _whole_street(tokens: Sequence[Token], first: int) -> int:
    """ "bij de akker rechtweg 31": a street in two pieces behind an article."""
    led = first > 1 and tokens[first - 2].low in ("de", "het", "bij", "op", "naar", "is")
    before = tokens[first - 1] if led else None
    piece = before is not None and before.is_word and before.low not in LITTLE
    return first - 1 if piece and len(tokens[first - 1].low) >= _SHORTEST else first


def _answers(tokens: Sequence[Token], first: int, at: int) -> bool:
    """ "akker weg, brim": behind the street stands what nobody says."""
    return first < at and tokens[at].low == "weg" and _is_rare_at(tokens, at + 2)


def _digit_at(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and bool(_digits(tokens[at]))


# ---- names ---------------------------------------------------------------------------------------


def _titled(tokens: Sequence[Token]) -> Iterator[Found]:
    """ "minder koenen hoekstraat", "meneer kon van lang"."""
    for at, token in enumerate(tokens):
        if not _TITLE.fullmatch(token.low) or at + 1 >= len(tokens):
            continue
        before = tokens[at - 1] if at else None
        led = before is None or before.is_sign or before.low in _BEFORE_TITLE
        sure = token.low not in COMMON or led
        if not sure or not tokens[at + 1].is_word:
            continue
        if _is_rare(tokens[at + 1], _SHORTEST):
            yield at + 1, _end_of_name(tokens, at + 1), Kind.NAME
        elif token.low not in COMMON or token.low in _TITLES:
            last = _over_particles(tokens, at + 2)
            if last is not None:
                yield at + 1, last, Kind.NAME


def _named(tokens: Sequence[Token]) -> Iterator[Found]:
    """ "mijn namet Samira Mulder", "mijn naam in Zijostrad"."""
    for at in range(1, len(tokens)):
        named = tokens[at - 1].low in _WHOSE and _NAME.fullmatch(tokens[at].low)
        if not named or wanted(tokens, at):
            continue
        for n in range(at + 1, min(len(tokens), at + 1 + _NEAR)):
            if _is_rare(tokens[n], 3 if tokens[n].is_capital else _LONG):
                yield n, _end_of_name(tokens, n), Kind.NAME
                break


def _opened(tokens: Sequence[Token]) -> Iterator[Found]:
    """ "Met samirater haar, …", "Met geredat er haar tot …": who says who they are, and a pause."""
    words = [at for at in range(min(4, len(tokens))) if not tokens[at].is_sign]
    for at in words:
        if tokens[at].low != "met" or not _opens(tokens, at):
            continue
        noble = _end_of_noble(tokens, at + 1)
        if noble is not None:
            yield at + 1, noble, Kind.NAME
        if at and tokens[at - 1].low == "ben":
            if _is_rare_at(tokens, at + 1):
                yield at + 1, at + 1, Kind.NAME
            return
        last = max((n for n in range(at + 1, len(tokens)) if _is_rare_at(tokens, n)), default=at)
        if at < last and len(tokens) <= _SHORT_LINE:  # "Met m'n niks schalten."
            yield at + (2 if tokens[at + 1].low in _TITLES else 1), last, Kind.NAME
        elif _is_rare_at(tokens, at + 1):
            for end in (at + 1, at + 2, at + 3):
                if end + 1 < len(tokens) and _pauses(tokens[end + 1]) and tokens[end].is_word:
                    yield at + 1, end, Kind.NAME
                    return


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """Nothing stands before but greetings, or the name of a desk: what is not said every day."""
    i_am = [token.low for token in tokens[:at]] == ["ik", "ben"]
    return i_am or opens(tokens, at) or not any(token.low in LITTLE for token in tokens[:at])


def _end_of_noble(tokens: Sequence[Token], at: int) -> int | None:
    """ "Met deze van long, …", "Met de hand, …": what "van" or an article leads to, and a pause."""
    article = at + 2 < len(tokens) and tokens[at].low in ("de", "den") and tokens[at + 1].is_word
    if article and tokens[at + 2].text == "," and tokens[at + 3 : at + 4]:
        goes_on = tokens[at + 3].low in ("ik", "u", "mijn", "we")
        return at + 1 if goes_on and tokens[at + 1].low not in LITTLE else None
    noble = at + 2 < len(tokens) and tokens[at].is_word and tokens[at + 1].low == "van"
    last = _over_particles(tokens, at + 1) if noble else None
    return (
        last if last is not None and last + 1 < len(tokens) and _pauses(tokens[last + 1]) else None
    )


def _pauses(token: Token) -> bool:
    return token.is_sign or token.low in ("uit", "tot", "goedemorgen", "goedemiddag")


def _widened(tokens: Sequence[Token], found: Sequence[Found]) -> Iterator[Found]:
    """ "tijs van ‹Longheer›": a name was heard, and what stands before "van" is one too."""
    for first, last, kind in found:
        at = first - 1
        while kind is Kind.NAME and at > 0 and tokens[at].low in _PARTICLES:
            at -= 1
        if at != first - 1 and at >= 0 and _is_rare(tokens[at], _SHORTEST):
            yield at, last, Kind.NAME
    for at in range(1, len(tokens) - 1):
        noble = tokens[at - 1].low == "van" and tokens[at].low in ("den", "der", "de", "'t")
        if noble and tokens[at + 1].is_capital and _is_rare(tokens[at + 1], 3):
            first = at - 1
            while first and (tokens[first - 1].is_capital or tokens[first - 1].low == "van"):
                first -= 1
            yield first, at + 1, Kind.NAME


def _end_of_name(tokens: Sequence[Token], at: int) -> int:
    last = at
    for n in range(at + 1, min(len(tokens), at + _LONGEST_NAME)):
        if _is_rare(tokens[n], _SHORTEST):
            last = n
        elif tokens[n].low not in _PARTICLES:
            break
    return last


def _over_particles(tokens: Sequence[Token], at: int) -> int | None:
    """The last word of a name whose particles begin at `at`."""
    n = at
    while n < len(tokens) and tokens[n].low in ("van", "der", "den", "ter"):
        n += 1
    return n if n > at and n < len(tokens) and tokens[n].is_word else None


def _is_rare(token: Token, shortest: int) -> bool:
    """A word that nobody says: long enough, no common one, no number."""
    return (
        token.is_word
        and len(token.low) >= shortest
        and not is_ordinary(token.low)
        and cue(token) is not Kind.NAME
    )


def _is_rare_at(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and _is_rare(tokens[at], _SHORTEST)


# ---- e-mail --------------------------------------------------------------------------------------


def _mails(tokens: Sequence[Token]) -> Iterator[Found]:
    """What stands around a hyphen, an "apenstaartje" or a domain that were half heard."""
    for at, token in enumerate(tokens):
        ends = token.low in _ENDS and token.glued and at > 1 and tokens[at - 1].text == "."
        if not (ends or _DASH.fullmatch(token.low) or _MONKEY.fullmatch(token.low)):
            continue
        first = _left(tokens, at - 1)
        if first < at:
            yield first, at if ends else _right(tokens, at + 1), Kind.EMAIL


def _left(tokens: Sequence[Token], at: int) -> int:
    first = at + 1
    for n in range(at, max(-1, at - _FAR), -1):
        if _is_of_mail(tokens[n]):
            first = n if not tokens[n].is_sign else first
        elif tokens[n].low not in _PARTICLES | _MAIL_WORDS:
            break
    return first


def _right(tokens: Sequence[Token], at: int) -> int:
    last = at - 1
    for n in range(at, min(len(tokens), at + _FAR)):
        if _is_of_mail(tokens[n]):
            last = n if not tokens[n].is_sign else last
        elif tokens[n].low not in _PARTICLES | _MAIL_WORDS:
            break
    return last


def _is_of_mail(token: Token) -> bool:
    mark = _DASH.fullmatch(token.low) or _MONKEY.fullmatch(token.low) or token.low in _ENDS
    return bool(mark) or token.is_sign or bool(_digits(token)) or _is_rare(token, 3)
