"""What was heard badly where somebody was asked who they are, or said that they would tell it.

There the words that nobody says are the detail: the threshold is low. Used only on texts of which
the recogniser was unsure; in what it heard well, names have their capitals and streets their ends.
"""

import re
from collections.abc import Iterator, Sequence

from coach.core.redaction.addresses import no_house
from coach.core.redaction.cues import cue, evades, wanted
from coach.core.redaction.emails import leads
from coach.core.redaction.marks import Kind
from coach.core.redaction.names import opens
from coach.core.redaction.numbers import Found
from coach.core.redaction.rare import is_odd
from coach.core.redaction.spoken import digits_of
from coach.core.redaction.tokens import Token
from coach.core.redaction.words import COMMON, LITTLE

_IN_WORDS = (Kind.EMAIL, Kind.ADDRESS, Kind.NAME)
"""What is told in words, the longest first."""
_BRIDGES = frozenset(
    "van de der den ter ten te 't het en in el la al le je punt streepje at apenstaartje nummer "
    "a i o u".split()
)
"""May stand between two words of one detail."""
_SHORT_ANSWER, _SHORTEST = 6, 3
_LONG, _LONG_ANSWER = 5, 8
_REACH = 5
"""So many words behind an announcement the detail begins."""
_HOUSE_REACH = 3
_LEADS = frozenset(
    "is was wel te ten ter van de der den het 't dat dan dus eh en in el al met men mijn man vrouw "
    "moeder vader zoon dochter buurman buurvrouw".split()
)
"""Between an announcement and a name: "mijn naam is dan wel te …"."""
_BEFORE_TITLES = frozenset("met me wel dag van door aan was had dat en sprak hallo".split())

_WHOSE = frozenset("mijn m'n men mij mn zijn z'n haar uw onze de op".split())
_NAME = re.compile(r"n[ae]+[mn]\w{0,5}")
_SPEAKS = re.compile(r"\w{0,5}sp[re]+[ie]*[kc]k?t?|\w{0,4}spr[iea]+[kc]k?t?|gesproken")
_WITH = frozenset("met me mit wet mens men".split())
_MADAM = frozenset("vrouw rauw trouw brouw".split())
_TITLE = re.compile(
    r"m[ei]n+[dh]?e+r|m?[mn]evrou\w{0,2}|minner|mijnheer|meneer|m[ei]n[ts]v?r[aou]+w"
)
_CALLED = frozenset("heet heette hiet namens vragen spel".split())
_MAIL = re.compile(
    r"\w{0,7}sta+r?t\w{0,6}|\w{0,3}t?re+p+je|\w*stre[ekg]\w*|strek|at|punt|pont|@|www"
    r"|(gm|hotm)\w{2,4}l|ziggo|outlook|telenet|nl|com"
)
"""A sign, a hyphen, a dot or a domain in an address of e-mail, as they are misheard."""
_SIGN = re.compile(r"\w{0,4}[ae][pbv]e?n?sta+r?t\w*|\w{0,4}staartje?")
_APE = re.compile(r"\w*[ae][pk]+en?")
_BEFORE_MAIL = frozenset("is op met ik in aan adres het dat mijn wordt luidt".split())
_ENDS = frozenset("nl com be net".split())
_BEHIND = frozenset("alles zonder met dat en dan die daar".split())
_LONGEST_MAIL = 16
_OF_THINGS = frozenset("een geen mijn uw".split())
_ARTICLES = frozenset("de het die deze dat".split())
_BEFORE_ADDRESS = frozenset("is in op aan naar de het wat ja dat en bij van was wordt".split())
_MAY = frozenset("kan kon mag wil".split())
_STREET = re.compile(
    r"\w{2,}(s[st]?ra[td]\w{0,10}|str[ao]+\w{0,10}|la+[nm]t?\w{0,7}|weg|ple?i[jn]\w{0,3}"
    r"|gra[cg]h?t\w{0,3}|[kc]ad[ecr]\w{0,3}"
    r"|singel|dr[ei]+[jvef]+|steeg|dij[kc]|hof|lei|plant?so\w*)"
)
_SURELY = re.compile(r"\w{2,}(s[st]?ra[td]|stra[atpbd])\w{0,10}")
_LIKE_LANE = re.compile(
    r"(?!neder|bui|platte|vader|ei|eng|duits|fries|zee|rus|ier|fin|schot)\w{4,}lan[dg]"
)
"""A "laan" as it is misheard, where no country or region ends so."""
_STREET_ALONE = frozenset("straat laan plein kade gracht singel dijk weg".split())
_FIRST_WORDS = frozenset("lange korte oude nieuwe grote kleine sint prins prinses".split())
_HOME = re.compile(
    r"[wr]o+n+(en|t|d|g)?|sta(at|an)?|hoek|\w*adres\w*|verhui\w*|b?ezor[gch]\w*|pand|straat"
    r"|storing|komt|zit(ten)?"
)
_TO_HOME = frozenset(
    "op in aan naar bij de het 't hier is van wordt u maar dat mijn nieuwe nu tegenwoordig".split()
)


def answered(tokens: Sequence[Token], asked: frozenset[Kind]) -> Iterator[Found]:
    """Somebody was asked: whatever nobody says, and all of a short answer but the small words."""
    kind = next((kind for kind in _IN_WORDS if kind in asked), None)
    if kind is None:
        return
    words = [at for at, token in enumerate(tokens) if token.is_word]
    content = [at for at in words if _is_content(tokens[at])]
    least = _LONG if len(words) > _LONG_ANSWER else _SHORTEST + 1
    least = _SHORTEST if len(words) <= _SHORT_ANSWER else least
    things = _OF_THINGS | _ARTICLES if kind is Kind.NAME else _OF_THINGS
    telling = [
        _tells(tokens, at, least) and not _is_a_thing(tokens, at, things) and not evades(tokens, at)
        for at in range(len(tokens))
    ]
    if len(words) <= _SHORT_ANSWER and any(telling):
        telling = [at in content and not evades(tokens, at) for at in range(len(tokens))]
    end = max((last for _, last, _ in mailed(tokens, asked)), default=len(tokens))
    for first, last in _groups(tokens, telling):
        if first <= end:
            yield first, last, kind
    if kind is Kind.ADDRESS:
        yield from _with_house(tokens)


def _is_a_thing(tokens: Sequence[Token], at: int, before: frozenset[str]) -> bool:
    """ "een rimmer", "de school": behind an article there is no name, but for "Maes de smet"."""
    led = at > 0 and tokens[at - 1].low in before and not tokens[at].is_capital
    return led and not (at > 1 and _tells(tokens, at - 2, _SHORTEST))


def _with_house(tokens: Sequence[Token]) -> Iterator[Found]:
    """ "dat is daar soms rap nummer 29": the words before the number of the house."""
    at = next((n for n in range(len(tokens)) if _is_number(tokens[n])), None)
    if at is None or no_house(tokens, at):
        return
    first = at
    while first and at - first < _REACH and tokens[first - 1].is_word:
        if tokens[first - 1].low in _BEFORE_ADDRESS:
            break
        first -= 1
    if any(_is_content(token) for token in tokens[first:at]):
        yield first, at, Kind.ADDRESS


def mailed(tokens: Sequence[Token], asked: frozenset[Kind]) -> Iterator[Found]:
    """An address of e-mail that was asked for or announced: up to the last that sounds like one."""
    cues = [at for at, token in enumerate(tokens) if cue(token) is Kind.EMAIL]
    start = 0 if Kind.EMAIL in asked else cues[0] + 1 if cues else _before_sign(tokens)
    marks = [at for at in range(start, len(tokens)) if _MAIL.fullmatch(tokens[at].low)]
    if not marks:
        return
    first = next(n for n in range(start, marks[0] + 1) if not leads(tokens[n]) or n == marks[0])
    last = _end_of_domain(tokens, marks[-1])
    if first < last <= first + _LONGEST_MAIL:
        yield first, last, Kind.EMAIL


def _before_sign(tokens: Sequence[Token]) -> int:
    """Where an address begins that nobody announced: some words before what must be its sign."""
    for at in range(1, len(tokens)):
        low, before = tokens[at].low, tokens[at - 1].low
        apart = low.startswith(("start", "staart")) and _APE.fullmatch(before) is not None
        if apart or _SIGN.fullmatch(low):
            first = at
            while first and at - first <= _REACH and not _is_before_mail(tokens[first - 1]):
                first -= 1
            return first
    return len(tokens)


def _is_before_mail(token: Token) -> bool:
    return token.is_sign or token.low in _BEFORE_MAIL


def _end_of_domain(tokens: Sequence[Token], mark: int) -> int:
    """Behind the last sign or dot: what nobody says, and if no end was heard, a few words more."""
    last = mark
    heard = tokens[mark].low in _ENDS
    for at in range(mark + 1, min(len(tokens), mark + 1 + _REACH)):
        dotted = tokens[at].text in ".-" and at + 1 < len(tokens) and tokens[at + 1].glued
        pauses = tokens[at].is_sign and not dotted
        if pauses or tokens[at].low in _BEHIND or (heard and not is_odd(tokens[at], 2)):
            break
        last = at
    return last


def introduced(tokens: Sequence[Token]) -> Iterator[Found]:
    """Somebody says who they are, or addresses somebody by name: "mijn nam is wel te kipers"."""
    for at in range(len(tokens)):
        if _is_with(tokens, at):
            yield from (one for one in _behind(tokens, at + 1, 2) if _pauses(tokens, one[1] + 1))
        elif _announces_name(tokens, at):
            yield from _behind(tokens, at + 1, 1 if _is_title(tokens, at) else _REACH)
        elif tokens[at].low == "ben" and at and tokens[at - 1].low == "ik":
            yield from _i_am(tokens, at + 1)
        elif tokens[at].low == "spreken":
            yield from _wanted(tokens, at - 1)


def at_home(tokens: Sequence[Token], asked: frozenset[Kind]) -> Iterator[Found]:
    """Words that nobody says where somebody says where they live, or that sound like a street."""
    for at, token in enumerate(tokens):
        if token.low in _STREET_ALONE and (first := _first_piece(tokens, at, asked)) < at:
            yield first, _to_place(tokens, at), Kind.ADDRESS
        elif _LIKE_LANE.fullmatch(token.low) and (_numbered(tokens, at) or _leads_home(tokens, at)):
            yield at, _to_place(tokens, at), Kind.ADDRESS
        elif is_odd(token, _SHORTEST + 1) and _is_street(tokens, at, asked):
            yield _over_hyphen(tokens, at), _to_place(tokens, at), Kind.ADDRESS


# ---- names ---------------------------------------------------------------------------------------


def _announces_name(tokens: Sequence[Token], at: int) -> bool:
    low = tokens[at].low
    before = tokens[at - 1].low if at else ""
    if low in _WITH:
        return _SPEAKS.fullmatch(before) is not None
    if _is_title(tokens, at):
        return True
    named = before in _WHOSE and _NAME.fullmatch(low) is not None
    told = named or low in _CALLED or cue(tokens[at]) is Kind.NAME
    return told and not wanted(tokens, at)


def _is_title(tokens: Sequence[Token], at: int) -> bool:
    """ "minneer", "met rauw"."""
    apart = at > 0 and tokens[at].low in _MADAM and tokens[at - 1].low in _WITH
    led = not at or tokens[at - 1].is_sign or tokens[at - 1].low in _BEFORE_TITLES
    sure = tokens[at].low not in COMMON or tokens[at].low in ("meneer", "mevrouw") or led
    return apart or (sure and _TITLE.fullmatch(tokens[at].low) is not None)


def _introduces(token: Token) -> bool:
    """ "achternam", "minneer"."""
    return cue(token) is Kind.NAME or _TITLE.fullmatch(token.low) is not None


def _is_with(tokens: Sequence[Token], at: int) -> bool:
    """ "met", "net" where nothing but a greeting stands before it."""
    return tokens[at].low in (*_WITH, "net") and opens(tokens, at)


def _pauses(tokens: Sequence[Token], at: int) -> bool:
    return at >= len(tokens) or tokens[at].is_sign


def _behind(tokens: Sequence[Token], at: int, reach: int) -> Iterator[Found]:
    """The odd words of a clause that begin within `reach` tokens from `at` on."""
    end = at
    while end < len(tokens) and end - at < reach and tokens[end].text not in ".?!":
        end += 1
    telling = [n for n in range(at, end) if _tells(tokens, n, _SHORTEST)]
    if not telling or not _leads_on(tokens[at : telling[0]]):
        return
    first = last = telling[0]
    while last + 1 < len(tokens):
        ahead = next((n for n in (last + 1, last + 2) if _tells(tokens, n, _SHORTEST)), None)
        if ahead is None or (ahead > last + 1 and tokens[last + 1].low not in _BRIDGES):
            break
        last = ahead
    yield first, last, Kind.NAME


def _leads_on(between: Sequence[Token]) -> bool:
    """Whether words that are said every day lead from an announcement to what it announces."""
    return all(one.is_sign or one.low not in COMMON or one.low in _LEADS for one in between)


def _wanted(tokens: Sequence[Token], last: int) -> Iterator[Found]:
    """ "kan de kveerl us spreken": what stands between the verbs."""
    near = range(last, max(-1, last - _REACH), -1)
    first = next((n for n in near if tokens[n].low in _MAY), None)
    if first is not None and any(is_odd(token, 2) for token in tokens[first + 2 : last + 1]):
        yield first + 2, last, Kind.NAME


def _i_am(tokens: Sequence[Token], at: int) -> Iterator[Found]:
    """ "ik ben koster, de dochter van de klant": a name, a comma, and what somebody is."""
    end = at
    while end < len(tokens) and end - at < _HOUSE_REACH + 1 and not tokens[end].is_sign:
        end += 1
    comma = end < len(tokens) and tokens[end].text == ","
    who = end + 1 < len(tokens) and tokens[end + 1].low in ("de", "het", "een")
    if comma and who and any(_tells(tokens, n, _SHORTEST) for n in range(at, end)):
        yield at, end - 1, Kind.NAME


# ---- where somebody lives ------------------------------------------------------------------------


def _leads_home(tokens: Sequence[Token], at: int) -> bool:
    """ "de rekening naar de …", "ik woon aan de …"."""
    n = at - 1
    while n >= 0 and at - n <= _REACH and (tokens[n].is_sign or tokens[n].low in _TO_HOME):
        n -= 1
    led = n < at - 1 and tokens[at - 1].low in _TO_HOME
    return led and n >= 0 and _HOME.fullmatch(tokens[n].low) is not None


def _is_street(tokens: Sequence[Token], at: int, asked: frozenset[Kind]) -> bool:
    """An odd word that sounds like one, or stands where one would stand."""
    low = tokens[at].low
    house = _house_near(tokens, at + 1)
    to = house and "naar" in {token.low for token in tokens[max(0, at - 2) : at]}
    led = to or _leads_home(tokens, at)
    if _STREET.fullmatch(low):
        return (
            _over_hyphen(tokens, at) < at
            or led
            or house
            or Kind.ADDRESS in asked
            or _SURELY.fullmatch(low) is not None
        )
    return led and (house or _tells(tokens, at + 1, _SHORTEST))


def _numbered(tokens: Sequence[Token], at: int) -> bool:
    """ "de Rippenland nummer …"."""
    return at + 1 < len(tokens) and tokens[at + 1].low in ("nummer", "huisnummer")


def _first_piece(tokens: Sequence[Token], at: int, asked: frozenset[Kind]) -> int:
    """Where a street in two pieces begins: "de veld straat"; `at`: it is none."""
    before = tokens[at - 1] if at else None
    if before is None or not _is_content(before) or len(before.low) < _SHORTEST:
        return at
    adjective = at > 1 and tokens[at - 2].low in _FIRST_WORDS
    first = at - 2 if adjective else at - 1
    led = Kind.ADDRESS in asked or is_odd(before) or _leads_home(tokens, first)
    return first if led and (tokens[at].low != "weg" or _house_near(tokens, at + 1)) else at


def _over_hyphen(tokens: Sequence[Token], at: int) -> int:
    """ "juli-analan": its first word."""
    hyphen = at > 1 and tokens[at - 1].text == "-" and tokens[at].glued and tokens[at - 1].glued
    return at - 2 if hyphen else at


def _house_near(tokens: Sequence[Token], at: int) -> bool:
    numbers = (n for n in range(at, min(len(tokens), at + _HOUSE_REACH)) if _is_number(tokens[n]))
    return any(not no_house(tokens, n) for n in numbers)


def _is_number(token: Token) -> bool:
    return token.low != "een" and digits_of(token.low) is not None


def _to_place(tokens: Sequence[Token], at: int) -> int:
    """Over the number of the house up to the town behind it."""
    last = at
    for n in range(at + 1, min(len(tokens), at + _REACH + 2)):
        token = tokens[n]
        town = is_odd(token) and tokens[n - 1].low not in ("de", "het")
        if town or _is_number(token):
            last = n
        elif not (token.text == "," or token.low in _BRIDGES):
            break
    return last


# ---- words ---------------------------------------------------------------------------------------


def _groups(tokens: Sequence[Token], telling: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Rows of telling words, over signs and one small word."""
    first = last = -1
    for at, one in enumerate(telling):
        if not one:
            continue
        between = tokens[last + 1 : at]
        words = [token for token in between if not token.is_sign]
        joins = len(words) <= 1 and all(token.low in _BRIDGES for token in words)
        joins = joins and not (words and len(between) > 1)
        if first >= 0 and not joins:
            yield first, last
            first = at
        first, last = (at if first < 0 else first), at
    if first >= 0:
        yield first, last


def _is_content(token: Token) -> bool:
    telling = token.is_word and token.low not in LITTLE and cue(token) is None
    return telling and not (_introduces(token) or _SPEAKS.fullmatch(token.low))


def _is_name_like(tokens: Sequence[Token], at: int) -> bool:
    """A capital where no sentence begins."""
    token = tokens[at]
    inside = at > 0 and tokens[at - 1].text not in ".?!"
    capital = token.is_word and token.is_capital and len(token.low) >= _SHORTEST and inside
    return capital and token.low not in LITTLE and cue(token) is None


def _tells(tokens: Sequence[Token], at: int, shortest: int) -> bool:
    """A word of at least that many letters that nobody says, or with a capital; no announcement."""
    if at >= len(tokens) or _introduces(tokens[at]) or _SPEAKS.fullmatch(tokens[at].low):
        return False
    return is_odd(tokens[at], shortest) or _is_name_like(tokens, at)
