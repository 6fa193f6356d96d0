"""Which words announce what: in a text before the thing itself, or in the other's question."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from coach.core.redaction.marks import Kind
from coach.core.redaction.tokens import Token, tokenise

_CUES: Final = (
    (Kind.POSTCODE, r"p?os[td]?(de)?k?[ck]o+[dt]e?\w*|zipcode"),
    (Kind.HOUSE, r"hui[sz](en)?nu\w*m\w*|huisnr|toevoeging"),
    (Kind.IBAN, r"(bank)?rekenin\w*nu\w*m\w*|rekeningnr|iban\w*|bankrekening"),
    (
        Kind.CARD,
        r"[ck]re\w?d\w*[ck]art\w*|kredietkaart\w*|kaartnummers?|pasnummers?|bankpas\w*|bankkaart\w*"
        r"|visa|mastercard|maestro",
    ),
    (Kind.BSN, r"[bwp]sn|burgerservicenummers?|burgerservice|sofinummers?"),
    (Kind.NATIONAL, r"r\w*s?regist\w*|insz\w*"),
    (
        Kind.PHONE,
        r"\w*telefoon(nummer)?s?|mobiel|mobiele|gsm|gsmnummer|bereikbaar|bereiken|doorkiesnummer"
        r"|terugbelnummer|belnummer",
    ),
    (Kind.BIRTH, r"[gk]e?[bdp]o+rt?e?n?d\w*|[bgkp][eo][bdnprw]o+r+e?n|geboortedag|geboortejaar"),
    (Kind.EMAIL, r"e-?mail\w*|\w*m[ae][iey]?l+adr\w*|m(ai|ee|ei)l(en|tje)?|nel?adres"),
    (
        Kind.NUMBER,
        r"\w+nummers?|\w+nummertje|nummer|klantnr|ordernr|kenmerk|referentie|kenteken|nummerplaat"
        r"|\w*klantcode|tracecode|trackcode|pincode|klever|dossier|polis|barcode|codes?|trace",
    ),
    (
        Kind.NAME,
        r"(op)?na+m|op\w?n[ae]+[mn]\w{0,2}|a[cg]ht?er\w?n[ae]+\w{0,4}|[vw]o+rn[ae]+[mn]\w{0,2}"
        r"|meisjesnaam|heet|voorletters?|initialen",
    ),
    (Kind.ADDRESS, r"adres|straat|straatnaam|woonadres|woont|woonachtig"),
)
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _CUES)
_NOBODYS = re.compile(
    r"(versie|model|type|pagina|kanaal|foutcode|lijn|artikel|kamer|gang|telefoonboek|serie)nummers?"
    r"|meterstand\w*|foutcode|kortingscode|actiecode|landcode|stand|bedrag|versie"
)
"""Numbers that belong to things, not to people."""

_FURTHEST = 12
_NAMES = re.compile(
    r"\b(wie (spreek|heb|bent|is)|met wie|hoe heet|(achter|voor|meisjes)?naam\b"
    r"|hoe (kan|mag) ik u (noemen|aanspreken))"
)
_PHONES = re.compile(
    r"(nummer|waarop|op welk\w*|waar) .{0,40}(bereik|bellen|terugbel)|06.nummer|nul zes|gsm"
    r"|(mobiel\w*|telefoon\w*|vast\w*|uw|een) nummer"
)


def cue(token: Token) -> Kind | None:
    """What a word announces."""
    return _announced(token.low)


def announced(tokens: Sequence[Token], at: int) -> Kind | None:
    """What token `at` announces, by itself or as the end of a word in two pieces."""
    two = _announced(tokens[at - 1].low + tokens[at].low) if at else None
    return two if two in _BY_TWO else cue(tokens[at])


def announced_kinds(tokens: Sequence[Token]) -> frozenset[Kind]:
    """What is announced, and is not only asked for: "hoe heet u", "uw naam graag" tell nothing."""
    kinds = {announced(tokens, at) for at in range(len(tokens)) if not wanted(tokens, at)}
    return frozenset(kind for kind in kinds if kind is not None)


def wanted(tokens: Sequence[Token], at: int) -> bool:
    """Whether token `at` stands in a question, or belongs to who listens: "wat is uw naam"."""
    for n in range(at - 1, max(-1, at - _FURTHEST), -1):
        if tokens[n].text in ".?!":
            return False
        if tokens[n].low in _ASKING or (n == at - 1 and tokens[n].low in _YOURS):
            return True
    return False


def evades(tokens: Sequence[Token], at: int) -> bool:
    """Whether somebody speaks of what they want, not of who they are, where token `at` stands.

    Read from the beginning of the sentence: who will not tell it says so first.
    """
    first = last = at
    while first and tokens[first - 1].text not in ".?!":
        first -= 1
    while last + 1 < len(tokens) and not tokens[last + 1].is_sign:
        last += 1
    words = {token.low for token in tokens[first : last + 1]}
    return not words.isdisjoint(_PEOPLE) and words.isdisjoint(_TELLING)


_PEOPLE = frozenset(
    "ik u jullie ge gij we wij waar waarom wanneer eerst toch gewoon niet geen niks mag".split()
)
_TELLING = frozenset("ben heet met me spreekt woon wonen woont zit mail mailen nam naam".split())
_ASKING = frozenset("hoe wat welk welke wiens wanneer".split())
_YOURS = frozenset("uw je jouw jullie ur".split())


@cache
def _announced(word: str) -> Kind | None:
    if _NOBODYS.fullmatch(word):
        return None
    return next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(word)), None)


_BY_TWO = (Kind.POSTCODE, Kind.HOUSE, Kind.IBAN, Kind.BSN, Kind.NATIONAL, Kind.CARD, Kind.BIRTH)
"""What is still known when its name was written in pieces."""

WEAK = frozenset("nummer code codes polis dossier klever mobiel mobiele bereiken".split())
"""Words that announce a number of somebody, or something else."""


def cue_before(tokens: Sequence[Token], at: int) -> Kind | None:
    """What was announced last before token `at`, not too far away."""
    word = word_before(tokens, at)
    return None if word is None else _announced(word)


def word_before(tokens: Sequence[Token], at: int) -> str | None:
    """The word that announces a number before token `at`, not too far away.

    Recognisers write "post code" and "b s n" too: up to three tokens are read as one word.
    """
    for end in range(at, max(0, at - _FURTHEST), -1):
        word = tokens[end - 1].low
        joined = ["".join(token.low for token in tokens[end - n : end]) for n in (3, 2) if n <= end]
        if any(_NOBODYS.fullmatch(one) for one in (word, *joined)):
            return None
        telling = next((one for one in joined if _announced(one) in _BY_TWO), word)
        if _announced(telling) not in (None, Kind.NAME, Kind.ADDRESS, Kind.EMAIL):
            return telling
    return None


def asked(text: str) -> frozenset[Kind]:
    """What somebody asks for, by the words of the question."""
    tokens = tokenise(text)
    low = " ".join(token.low for token in tokens)
    kinds = {kind for token in tokens if (kind := cue(token)) is not None}
    pairs = (one.low + two.low for one, two in pairwise(tokens))
    kinds |= {kind for pair in pairs if (kind := _announced(pair)) is not None}
    if Kind.HOUSE in kinds and Kind.POSTCODE not in kinds:
        kinds -= {Kind.NUMBER}  # "uw huisnummer" alone: a short number with what is added to it
    kinds -= {Kind.NAME}
    if _NAMES.search(low):
        kinds.add(Kind.NAME)
    if _PHONES.search(low):
        kinds.add(Kind.PHONE)
    if "adres" in low.split() and Kind.EMAIL not in kinds:
        kinds |= {Kind.ADDRESS, Kind.HOUSE}
    return frozenset(kinds)
