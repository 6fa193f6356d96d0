"""Addresses of e-mail: written, and spoken ("jan punt de vries apenstaartje voorbeeld punt nl")."""

import re
from collections.abc import Iterator, Sequence

from coach.core.redaction.cues import cue
from coach.core.redaction.marks import Kind
from coach.core.redaction.numbers import Found
from coach.core.redaction.tokens import Token

_WRITTEN = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(\.[\w-]+)+")
_MONKEY = re.compile(
    r"(a?[bp]+en?)?(st[ae]+r?t|staa?r?t)(j?e|je)?s?|a?[bp]+e[nm]?s?ta+r?t\w*|arobas\w*"
)
_MONKEY_HEAD = re.compile(r"\w{0,4}[ae]+[pbv]+[eo]n+(s|t)?")
_MONKEY_TAIL = re.compile(r"sta+r?[td]?\w{0,4}|start\w*")
_ENDS = frozenset("nl com be net org eu nu info de fr".split())
_SPELLED_ENDS = frozenset("enel nel enl nl beee bee be bie".split())
_PROVIDERS = frozenset(
    "gmail hotmail outlook ziggo kpnmail kpn live telenet skynet planet xs4all proximus icloud "
    "yahoo casema home hetnet upcmail webmail msn gimail jimail dzjiemeel hotmeel".split()
)
_LEFT = frozenset(
    "is naar op adres mailadres emailadres aan het mijn uw dat ja nee eh euh uh wordt kan mag dus "
    "als heb ik u met dit luidt via was mailtje mailen sturen stuur bereikbaar klein".split()
)
_WEB = frozenset("website site www webwinkel pagina de van bij met http https mijn".split())
_DOTS = frozenset("punt dot . streepje underscore - _ laag liggend koppelteken min".split())
_LONGEST_LOCAL, _LONGEST_DOMAIN = 9, 7


def written_emails(text: str) -> Iterator[tuple[int, int]]:
    """Where an address stands as it is written."""
    yield from (found.span() for found in _WRITTEN.finditer(text))


def emails(tokens: Sequence[Token], asked: frozenset[Kind]) -> Iterator[Found]:
    """Addresses as they are said."""
    for at, token in enumerate(tokens):
        if signs := _monkey(tokens, at):
            first, last = _local(tokens, at, asked), _domain(tokens, at + signs)
            if first < at and last > at:
                yield first, last, Kind.EMAIL
        elif _announced(tokens, at, asked) or _is_led(tokens, at):
            last = _domain(tokens, at - 1) if token.low in _PROVIDERS else _end(tokens, at)
            if last > at:  # the sign itself was not heard
                yield _local(tokens, at, asked), last, Kind.EMAIL


def _is_led(tokens: Sequence[Token], at: int) -> bool:
    """A domain behind a word that leads to no website: "bakker voorbeeld.nl"."""
    before = tokens[at - 1] if at else None
    if before is None or not before.is_word or before.low in _LEFT | _WEB:
        return False
    return tokens[at].low not in _PROVIDERS and _end(tokens, at) > at and tokens[at + 1].text == "."


def _end(tokens: Sequence[Token], at: int) -> int:
    """The last token of a domain that begins at `at` ("voorbeeld.nl"); `at`: that is none."""
    dot, end = tokens[at + 1 : at + 2], tokens[at + 2 : at + 3]
    if not tokens[at].is_word or not end or dot[0].low not in (".", "punt"):
        return at
    glued = dot[0].low == "punt" or (dot[0].glued and end[0].glued)
    return at + 2 if glued and end[0].low in _ENDS else at


def _monkey(tokens: Sequence[Token], at: int) -> int:
    """How many tokens from `at` on are the sign; 0: none."""
    low = tokens[at].low
    if low == "@" or (
        _MONKEY.fullmatch(low) and low not in ("start", "starte", "staat", "starten")
    ):
        return 1
    ahead = [token.low for token in tokens[at + 1 : at + 6]]
    if _MONKEY_HEAD.fullmatch(low) and ahead and _MONKEY_TAIL.fullmatch(ahead[0]):
        return 2  # "apen starte"
    host = bool(_PROVIDERS & set(ahead[:2])) or (
        bool({"punt", "."} & set(ahead)) and bool(_ENDS & set(ahead))
    )
    return int(low in ("at", "et", "ad") and host)


def _announced(tokens: Sequence[Token], at: int, asked: frozenset[Kind]) -> bool:
    said = any(cue(token) is Kind.EMAIL for token in tokens[max(0, at - 14) : at])
    return (said or Kind.EMAIL in asked) and not any(
        _monkey(tokens, n) for n in range(max(0, at - 4), at)
    )


def _local(tokens: Sequence[Token], at: int, asked: frozenset[Kind]) -> int:
    """The first token of what stands before the sign: all of an answer, but for "dat is"."""
    first = at
    if Kind.EMAIL in asked and at <= _LONGEST_LOCAL:
        return next((n for n in range(at) if not leads(tokens[n])), at)
    for n in range(at - 1, max(-1, at - 1 - _LONGEST_LOCAL), -1):
        token = tokens[n]
        dotted = token.text == "." and n + 1 < len(tokens) and tokens[n + 1].glued
        if token.low in _LEFT or cue(token) is Kind.EMAIL or token.text in ("?", "!", ":"):
            break
        if token.text == "." and not dotted and n < at - 1:
            break
        if (
            token.text == ","
            and n < at - 1
            and tokens[n - 1 : n]
            and n - 1 >= 0
            and (tokens[n - 1].low in _LEFT)
        ):
            break
        first = n
    while first < at and tokens[first].is_sign:
        first += 1
    return first


def leads(token: Token) -> bool:
    """Whether a word before an address is none of it."""
    return token.is_sign or token.low in _LEFT


def _domain(tokens: Sequence[Token], at: int) -> int:
    """The last token of what stands behind the sign; `at - 1`: no domain."""
    for n in range(at + 1, min(len(tokens), at + 1 + _LONGEST_DOMAIN)):
        low = tokens[n].low
        dotted = tokens[n - 1].low in _DOTS
        if (dotted and low in (*_ENDS, "bij")) or low in ("puntnl", "puntcom", "puntbe"):
            return n
        spelled = low + (tokens[n + 1].low if n + 1 < len(tokens) else "")
        if dotted and spelled in _SPELLED_ENDS:
            return n + 1
    return at if at < len(tokens) and tokens[at].low in _PROVIDERS else at - 1
