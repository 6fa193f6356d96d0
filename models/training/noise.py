"""What a recogniser and a telephone line do to words: the same labels, worse text."""

import difflib
import random
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

_FILLERS = ("eh", "uh", "ehm", "nou", "ja", "nou ja", "zeg maar", "weet je", "allee", "ja maar")
_SOUNDS = (
    ("ij", "ei"),
    ("ei", "ij"),
    ("ou", "au"),
    ("d", "t"),
    ("v", "f"),
    ("z", "s"),
    ("g", "ch"),
    ("ee", "e"),
    ("oo", "o"),
    ("aa", "a"),
    ("en", "e"),
    ("ui", "uu"),
)
_FLEMISH = (
    (r"\bheeft u\b", "hebt ge"),
    (r"\bbent u\b", "zijt ge"),
    (r"\bkunt u\b", "kunt ge"),
    (r"\bwilt u\b", "wilt ge"),
    (r"\bmoet u\b", "moet ge"),
    (r"\bu heeft\b", "ge hebt"),
    (r"\bu bent\b", "ge zijt"),
    (r"\bu kunt\b", "ge kunt"),
    (r"\bu moet\b", "ge moet"),
    (r"\bje bent\b", "ge zijt"),
    (r"\bje hebt\b", "ge hebt"),
    (r"\bdat is\b", "da's"),
    (r"\bhet is\b", "'t is"),
    (r"\bik heb\b", "'k heb"),
    (r"\beven\b", "efkes"),
    (r"\bheel erg\b", "zo"),
    (r"\bhè\b", "hé"),
    (r"\bmobiel\b", "gsm"),
    (r"\bmijn man\b", "mijne man"),
    (r"\bonze (dochter|moeder|vader|zoon)\b", r"ons \1"),
    (r"\bbedankt\b", "merci"),
    (r"\bhartstikke\b", "heel"),
    (r"\bleuk\b", "plezant"),
    (r"\bhuilen\b", "wenen"),
    (r"\bjammer\b", "spijtig"),
    (r"\bgek\b", "zot"),
)
_PUNCTUATION = re.compile(r"[^\w\s'’-]")
_SHORTEST_CUT = 6
_LONGEST_SPAN = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Ear:
    """How words are misheard.

    `words`: any of them may stand for any other. `confusions`: what the recogniser wrote where
    that word (plain) was said; an empty string where it wrote nothing.
    """

    words: tuple[str, ...]
    confusions: dict[str, tuple[str, ...]] = field(default_factory=dict)


def plain(text: str) -> str:
    """Lower case, no punctuation: how some recognisers write."""
    return " ".join(_PUNCTUATION.sub(" ", text.lower()).split())


def misheard(text: str, rate: float, words: tuple[str, ...], rng: random.Random) -> str:
    """About `rate` of the words dropped, swapped for another or written as they sound."""
    out: list[str] = []
    for word in text.split():
        if rng.random() >= rate:
            out.append(word)
            continue
        kind = rng.random()
        if kind < 0.25:  # noqa: PLR2004  (a quarter of the errors: a word is lost)
            continue
        if kind < 0.5:  # noqa: PLR2004  (a quarter: another word)
            out.append(rng.choice(words))
        else:
            out.append(_sounds_like(word, rng))
    return " ".join(out) or text


def confusions(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """For each word, all that was written in its place; from pairs of (said, heard)."""
    found: dict[str, list[str]] = defaultdict(list)
    for said, heard in pairs:
        mine, theirs = plain(said).split(), plain(heard).split()
        matcher = difflib.SequenceMatcher(None, mine, theirs, autojunk=False)
        for kind, a, b, c, d in matcher.get_opcodes():
            if kind in {"equal", "insert"} or b - a > _LONGEST_SPAN:
                continue
            if b - a == d - c:
                for one, other in zip(mine[a:b], theirs[c:d], strict=True):
                    found[one].append(other)
                continue
            found[mine[a]].append(" ".join(theirs[c:d]))
            for one in mine[a + 1 : b]:
                found[one].append("")
    return {word: tuple(others) for word, others in found.items()}


def as_heard(text: str, rate: float, ear: Ear, rng: random.Random) -> str:
    """About `rate` of the words as the recogniser once wrote them, or as they sound."""
    out = []
    for word in text.split():
        if rng.random() >= rate:
            out.append(word)
            continue
        known = ear.confusions.get(plain(word))
        out.append(rng.choice(known) if known else _sounds_like(word, rng))
    return " ".join(" ".join(out).split()) or text


def flemish(text: str) -> str:
    """`text` with what a Fleming would say for the most frequent words; capitals are lost there."""
    for pattern, other in _FLEMISH:
        text = re.sub(pattern, other, text, flags=re.IGNORECASE)
    return text


def _sounds_like(word: str, rng: random.Random) -> str:
    fitting = [pair for pair in _SOUNDS if pair[0] in word]
    if fitting:
        old, new = rng.choice(fitting)
        return word.replace(old, new, 1)
    at = rng.randrange(len(word))
    return word[:at] + word[at + 1 :] or word


def noisy(text: str, ear: Ear, rng: random.Random) -> str:
    """`text` as it may reach the model: often as it is, sometimes plain, misheard or cut off."""
    if rng.random() < 0.4:  # noqa: PLR2004  (shares chosen once, see docs/understanding.md)
        text = plain(text)
    kind = rng.random()
    if kind < 0.25:  # noqa: PLR2004
        text = misheard(text, rng.choice((0.1, 0.2, 0.3)), ear.words, rng)
    elif kind < 0.5:  # noqa: PLR2004
        text = as_heard(text, rng.choice((0.15, 0.3, 0.45)), ear, rng)
    if rng.random() < 0.12:  # noqa: PLR2004
        parts = text.split()
        parts.insert(rng.randrange(len(parts) + 1), rng.choice(_FILLERS))
        text = " ".join(parts)
    parts = text.split()
    if len(parts) > _SHORTEST_CUT and rng.random() < 0.06:  # noqa: PLR2004
        text = " ".join(parts[: rng.randrange(_SHORTEST_CUT, len(parts))])
    return text
