"""Names of people: after the words with which somebody introduces or addresses somebody."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from coach.core.redaction.cues import cue, evades, wanted
from coach.core.redaction.marks import Kind
from coach.core.redaction.numbers import Found
from coach.core.redaction.rare import is_listed, is_odd
from coach.core.redaction.spelling import spelling
from coach.core.redaction.spoken import digits_of
from coach.core.redaction.tokens import Token
from coach.core.redaction.words import COMMON, LITTLE

_INTRODUCED: Final = tuple(
    tuple(words.split())
    for words in (
        "naam is",
        "naam was",
        "achternaam",
        "voornaam",
        "meisjesnaam",
        "naam luidt",
        "heet",
        "heette",
        "spreekt met",
        "spreek met",
        "spreken met",
        "sprak met",
        "gesproken met",
        "spreekt u met",
        "spreek ik met",
        "spreekt ge met",
        "spreekt gij met",
        "spreek je met",
        "praat met",
        "op naam van",
        "op de naam van",
        "ten name van",
        "genaamd",
        "namens",
        "aan de lijn met",
        "noem mij",
        "zeg maar",
        "vragen naar",
        "vraag naar",
        "groeten aan",
        "staat onder",
    )
)
_SPEAKS = re.compile(r"\w{0,3}sp[re]+kt?|\w*spr[ea]+kt?")
_TITLE = re.compile(
    r"m[ei]vrou\w{0,2}|mefrou\w{0,2}|m[ei]j?n+(h?e|ie)+r|menheer|mevr|mw|dhr|heer|juffrouw|madame"
    r"|familie|dokter"
)
"""As they are said, and as they are misheard: "usprek met", "minneer"."""
_FUSED = re.compile(r"(mevr[aou]+w?|m[ei]n+e+r)[a-z]{3,}")
_WHOSE = frozenset("mijn m'n onze ons zijn haar uw".split())
_SPELLS = frozenset("spel spellen gespeld spelt".split())
_RELATION = re.compile(
    r"(schoon|stief|klein)?(zoon|dochter|moeder|vader|ouders)|vrouw|man|broer|zus|buurman|buurvrouw"
    r"|partner|vriend|vriendin|klant|huurder|eigenaar|eigenares|bewoner|bewoonster|collega|baas"
)
_NAMED = re.compile(r"na+m(en)?|num+")
_BEHIND_NAMES = frozenset(
    "hier heer uit van met ik spreekt goedemorgen goedemiddag goedenavond nog weer".split()
)
"""What people go on with when they have said who is calling."""
_OPENING = 6
_TITLES = frozenset("mevrouw meneer mijnheer heer".split())
_BEFORE_NAMES = frozenset(
    "is eh euh de nu nou dus voluit eigenlijk gewoon officieel tegenwoordig trouwens".split()
)
_GREETINGS = frozenset(
    "hallo hoi dag goedemorgen goedemiddag goedenavond goeiemorgen goeiemiddag goeienavond "
    "goedendag goeiendag morgen middag ja jawel hey welkom".split()
)
_PARTICLES = frozenset("van de der den ter ten te 't la le el al du da dos von vd".split())
_BETWEEN = frozenset("is was dus eh euh uh en dan ja met van de dat het op nog die".split())
_ORGANISATIONS = frozenset(
    "klantenservice klantendienst service helpdesk bank energie verzekeringen verzekering telecom "
    "support servicedesk receptie klantcontact ziekenhuis apotheek gemeente".split()
)
_NO_PERSON = re.compile(
    r"\w*(desk|dienst|redactie|lijn|balie|afdeling|centrum|service|assistente?|winkel|verhuur|zaak"
    r"|kantoor|praktijk|team|fonds|kliniek|groep|shop|telefonist\w*|chef|dokter|[a-z]{3,}ste)"
)
"""Desks and ranks, in texts without capitals: "u spreekt met de storingsdienst"."""
_MONTHS_IN_ENGLISH = frozenset(
    "january february march april june july august september october november december".split()
)
"""As a recogniser of many languages writes them."""
_WORDS, _WORDS_IN_SMALL = 4, 2
_SHORT_ANSWER, _LONG_WORD = 8, 5
_SHORTEST_KNOWN = 3


def names(
    tokens: Sequence[Token], asked: frozenset[Kind], *, unsure: bool = False
) -> Iterator[Found]:
    """Names, and names that are spelled. `unsure`: misheard names may have lost their capitals."""
    cased = any(token.is_capital for token in tokens)
    yield from _here(tokens, cased=cased, unsure=unsure)
    for at, token in enumerate(tokens):
        if unsure and _FUSED.fullmatch(token.low) and token.low not in COMMON:
            last = _extent(tokens, at + 1, cased=False)
            yield at, at if last is None else last, Kind.NAME
        for start in _starts(tokens, at, token, cased=cased):
            last = _extent(tokens, start, cased=cased)
            if last is None and cased and unsure:
                last = _in_small(tokens, start, at)
            if last is not None:
                yield start, last, Kind.NAME
    yield from _is_the_name(tokens, cased=cased)
    if Kind.NAME in asked:
        yield from _answer(tokens, cased=cased, unsure=unsure)
        yield from capitals(tokens)
    spelt = any(token.low in _SPELLS for token in tokens)
    named = spelt or Kind.NAME in asked or any(cue(token) is Kind.NAME for token in tokens)
    yield from spelling(tokens, named=named)


def _here(tokens: Sequence[Token], *, cased: bool, unsure: bool) -> Iterator[Found]:
    """ "Dag, Jansen hier"."""
    for at in range(min(len(tokens), _SHORT_ANSWER)):
        if tokens[at].is_sign or tokens[at].low in _GREETINGS:
            continue
        last = _extent(tokens, at, cased=cased)
        if last is None and unsure:
            last = _extent(tokens, at, cased=False)
        if unsure and not (_has_odd(tokens, at, last) and _is_end(tokens, (last or at) + 2)):
            return
        if last is not None and last + 1 < len(tokens) and tokens[last + 1].low in ("hier", "heer"):
            yield at, last, Kind.NAME
        return


def _is_the_name(tokens: Sequence[Token], *, cased: bool) -> Iterator[Found]:
    """ "Peters is mijn naam"."""
    for at in range(1, len(tokens) - 2):
        words = [token.low for token in tokens[at : at + 2]]
        if words[0] not in ("is", "was") or words[1] not in ("de", "mijn", "m'n"):
            continue
        starts = range(max(0, at - _WORDS), at) if cue(tokens[at + 2]) is Kind.NAME else ()
        whole = (n for n in starts if _extent(tokens, n, cased=cased) == at - 1)
        if (first := next(whole, None)) is not None:
            yield first, at - 1, Kind.NAME


def _in_small(tokens: Sequence[Token], start: int, at: int) -> int | None:
    """A name without capitals in a text with capitals: only where hardly anything else stands."""
    last = _extent(tokens, start, cased=False)
    if last is None and start < len(tokens) and tokens[start].is_sign:
        return None
    titled = start < len(tokens) and tokens[start].low in _TITLES
    if last is None and not titled and _is_unknown(tokens, start + 1):  # "naam is dan kocens"
        last = _extent(tokens, start + 1, cased=False)
    return last if last is not None and _is_told(tokens, at, start, last) else None


def _is_told(tokens: Sequence[Token], at: int, first: int, last: int) -> bool:
    """Whether words in small letters, from `first` to `last`, are the name that `at` leads to."""
    odd = _has_odd(tokens, first, last)
    if _speaks(tokens, at):
        return not wanted(tokens, at) and (odd or tokens[first].low not in _PARTICLES)
    if not odd:
        return False
    if tokens[at].low == "met":
        return _is_end(tokens, last + 1) or tokens[last + 1].low in _BEHIND_NAMES
    ends = _is_end(tokens, last + 1) or tokens[last + 1].low in LITTLE
    return ends and _is_title(tokens, at)


def _has_odd(tokens: Sequence[Token], first: int, last: int | None) -> bool:
    """Whether anything from `first` to `last` is a word that nobody says."""
    return last is not None and any(is_odd(token) for token in tokens[first : last + 1])


def _is_end(tokens: Sequence[Token], at: int) -> bool:
    return at >= len(tokens) or tokens[at].is_sign


def _starts(tokens: Sequence[Token], at: int, token: Token, *, cased: bool) -> Iterator[int]:
    """Where a name may begin, if the words before it end at token `at`."""
    if _speaks(tokens, at):
        yield _after_fillers(tokens, at + 1)
    if _is_title(tokens, at):
        short = token.low in ("mevr", "mw", "dhr") and tokens[at + 1 : at + 2]
        yield at + 2 if short and short[0].text == "." else at + 1
    if token.low == "met" and (opens(tokens, at) or _is_desk(tokens, at)):
        yield at + 1
    before = tokens[at - 1].low if at else ""
    if _RELATION.fullmatch(token.low) and before in _WHOSE:
        start = at + 2 if tokens[at + 1 : at + 2] and tokens[at + 1].text == "," else at + 1
        if cased or (start < len(tokens) and is_odd(tokens[start])):
            yield start
    if token.low in ("dat", "laat") and _is_called_for(tokens, at + 2):
        yield at + 1
    if token.low == "ik" and before in ("kan", "kon", "mag") and _is_wanted(tokens, at + 2):
        yield at + 1
    i_am = token.low == "ben" and before in ("ik", "'k")
    you_are = (before, token.low) == ("u", "bent")
    if (cased and (i_am or you_are)) or (i_am and _is_somebodys(tokens, at + 1)):
        yield at + 1


def _is_wanted(tokens: Sequence[Token], at: int) -> bool:
    """ "kan ik Joris Maes spreken": the verb stands right behind a short name."""
    return any(token.low == "spreken" for token in tokens[at : at + _WORDS - 1])


def _is_called_for(tokens: Sequence[Token], at: int) -> bool:
    """ "zeg dat Emma Maes heeft gebeld", "laat Emma mij bellen"."""
    ahead = [token.low for token in tokens[at : at + _WORDS]]
    return any(word.endswith(("gebeld", "belde")) or word in ("mij", "me") for word in ahead)


def _is_somebodys(tokens: Sequence[Token], at: int) -> bool:
    """ "ik ben terpstra de dochter van …"."""
    ahead = tokens[at + 1 : at + _WORDS + 1]
    pairs = pairwise(token.low for token in ahead if not token.is_sign)
    return any(one == "de" and _RELATION.fullmatch(two) for one, two in pairs)


def _is_title(tokens: Sequence[Token], at: int) -> bool:
    """ "mevrouw", and "met vrouw" where it was misheard."""
    if tokens[at].low == "vrouw":
        return at > 0 and tokens[at - 1].low in ("met", "me")
    return _TITLE.fullmatch(tokens[at].low) is not None


def _is_unknown(tokens: Sequence[Token], at: int) -> bool:
    """A long word that is not common behind one that is: a name of two words, misheard."""
    if at >= len(tokens) or tokens[at - 1].low in ("de", "het", "een", "uw", "mijn", "niet", "ook"):
        return False
    return len(tokens[at].low) >= _LONG_WORD and _is_name_word(tokens[at], cased=False)


def _speaks(tokens: Sequence[Token], at: int) -> bool:
    """Whether words with which somebody is introduced end at token `at`."""
    low = tokens[at].low
    if at > 1 and low in ("is", "was", "van") and _NAMED.fullmatch(tokens[at - 1].low):
        return low != "van" or tokens[at - 2].low in ("op", "of", "de")
    speaks = at > 0 and low in ("met", "me") and _SPEAKS.fullmatch(tokens[at - 1].low)
    return bool(speaks) or any(_ends_with(tokens, at, words) for words in _INTRODUCED)


def _ends_with(tokens: Sequence[Token], at: int, words: tuple[str, ...]) -> bool:
    first = at + 1 - len(words)
    return first >= 0 and all(tokens[first + n].low == word for n, word in enumerate(words))


def opens(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing but greetings stands before token `at`."""
    return all(token.is_sign or token.low in _GREETINGS for token in tokens[max(0, at - 4) : at])


def _is_desk(tokens: Sequence[Token], at: int) -> bool:
    """ "Zonnewijzer Reizen, met Karola, …": who takes a call says first where it arrives."""
    if not 0 < at < _OPENING or tokens[at - 1].text != "," or at + 1 >= len(tokens):
        return False
    return tokens[0].is_capital and _is_odd(tokens[at + 1]) and _is_end(tokens, at + 2)


def _after_fillers(tokens: Sequence[Token], at: int) -> int:
    while at + 1 < len(tokens):
        token = tokens[at]
        article = token.low == "de" and tokens[at + 1].low != "heer"
        if article or not (token.text in ",:…." or token.low in _TITLES | _BEFORE_NAMES):
            break
        at += 1
    return at


def _extent(tokens: Sequence[Token], at: int, *, cased: bool) -> int | None:
    """The last token of the name that begins at `at`; `None`: that is no name."""
    last: int | None = None
    count = 0
    n = at
    while n < len(tokens) and count < (_WORDS if cased else _WORDS_IN_SMALL):
        token = tokens[n]
        surely = n > at and _is_surely_one(tokens, n)
        if surely or _is_name_word(token, cased=cased):
            last, count = n, count + 1
        elif token.text in ("-", ".", "'") and token.glued and last == n - 1:
            initial = len(tokens[n - 1].text) == 1
            if token.text == "." and not initial:
                break
        elif not (token.low in _PARTICLES and _goes_on(tokens, n + 1, cased=cased)):
            break
        n += 1
    if last is not None and last + 1 < len(tokens) and tokens[last + 1].low in _ORGANISATIONS:
        return None
    return last


def _is_name_word(token: Token, *, cased: bool) -> bool:
    if not token.is_word or token.low in LITTLE or token.low in _PARTICLES:
        return False
    if cased:
        return token.is_capital
    if len(token.low) == 1 or digits_of(token.low) is not None:
        return False
    common = token.low in COMMON or cue(token) is Kind.NAME
    return not common and _NO_PERSON.fullmatch(token.low) is None


def _goes_on(tokens: Sequence[Token], at: int, *, cased: bool) -> bool:
    """Whether a name word follows after at most two more particles."""
    for n, token in enumerate(tokens[at : at + 3], at):
        if _is_name_word(token, cased=cased) or _is_surely_one(tokens, n):
            return True
        if token.low not in _PARTICLES:
            return False
    return False


def _is_surely_one(tokens: Sequence[Token], at: int) -> bool:
    """Whatever stands after "van der": hardly anything but names does."""
    before = tokens[at - 1].low if at else ""
    word = tokens[at].is_word and tokens[at].low not in _PARTICLES
    return word and before in ("der", "den", "'t", "ter", "ten")


def _answer(tokens: Sequence[Token], *, cased: bool, unsure: bool) -> Iterator[Found]:
    """The other asked for a name: the first words with a capital that are no common words."""
    long = not cased and len(tokens) > _SHORT_ANSWER
    for at, token in enumerate(tokens[:12]):
        if token.is_sign or token.low in _GREETINGS or token.low in _BETWEEN - _PARTICLES:
            continue
        if cue(token) is Kind.NAME:  # "of nam van …"
            continue
        if unsure and evades(tokens, at):
            return
        last = _extent(tokens, at, cased=cased)
        if last is None and len(tokens) <= _SHORT_ANSWER and not evades(tokens, at):
            last = _extent(tokens, at, cased=False)
        if last is not None:
            if not cased and (more := _rest_of_name(tokens, last + 1)) is not None:
                last = more  # "naima monique van damme"
            comma = tokens[last + 1 : last + 3]
            if [len(one.text) for one in comma] == [1, 1] and comma[0].text == ",":
                last += 2  # "Jansen, P."
            if not long or is_odd(token) or token.low in _PARTICLES - {"de"}:
                yield at, last, Kind.NAME
            return
        if long:
            return


def _rest_of_name(tokens: Sequence[Token], at: int) -> int | None:
    """More of a name in small letters: a word that nobody says, or particles and a word."""
    led = at < len(tokens) and (is_odd(tokens[at]) or tokens[at].low in _PARTICLES)
    return _extent(tokens, at, cased=False) if led else None


def capitals(tokens: Sequence[Token]) -> Iterator[Found]:
    """Words with capitals that are not common ones: what a recogniser took for a name."""
    for at, token in enumerate(tokens):
        starts = at == 0 or tokens[at - 1].text in (".", "?", "!")
        if not _is_odd(token) or (starts and not any(map(_is_odd, tokens[at + 1 : at + 2]))):
            continue
        if at and tokens[at - 1].low in ("in", "te", "uit"):
            continue  # a town: many live there
        last = _extent(tokens, at, cased=True)
        if last is not None and not any(map(_is_number, tokens[last + 1 : last + 3])):
            yield at, last, Kind.NAME


def _is_number(token: Token) -> bool:
    return token.low.startswith("nummer")


def _is_odd(token: Token) -> bool:
    """A word with a capital that Dutch writes without one."""
    odd = token.is_word and token.is_capital and len(token.low) >= _SHORTEST_KNOWN
    odd = odd and cue(token) is None and token.low not in _MONTHS_IN_ENGLISH
    return odd and not is_listed(token.low)


def name_words(said: str) -> frozenset[str]:
    """The words of a name by which it is known again."""
    words = said.replace("-", " ").split()
    bare = (word.strip(".,!?'") for word in words)
    return frozenset(
        word
        for word in bare
        if len(word) >= _SHORTEST_KNOWN and word[:1].isupper() and word.lower() not in LITTLE
    )
