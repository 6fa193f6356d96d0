"""What a recogniser and a telephone line do to words: the same labels, worse text."""

import random
import re

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
_PUNCTUATION = re.compile(r"[^\w\s'’-]")
_SHORTEST_CUT = 6


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


def _sounds_like(word: str, rng: random.Random) -> str:
    fitting = [pair for pair in _SOUNDS if pair[0] in word]
    if fitting:
        old, new = rng.choice(fitting)
        return word.replace(old, new, 1)
    at = rng.randrange(len(word))
    return word[:at] + word[at + 1 :] or word


def noisy(text: str, words: tuple[str, ...], rng: random.Random) -> str:
    """`text` as it may reach the model: often as it is, sometimes plain, misheard or cut off."""
    if rng.random() < 0.4:  # noqa: PLR2004  (shares chosen once, see docs/understanding.md)
        text = plain(text)
    if rng.random() < 0.3:  # noqa: PLR2004
        text = misheard(text, rng.choice((0.1, 0.2, 0.3)), words, rng)
    if rng.random() < 0.12:  # noqa: PLR2004
        parts = text.split()
        parts.insert(rng.randrange(len(parts) + 1), rng.choice(_FILLERS))
        text = " ".join(parts)
    parts = text.split()
    if len(parts) > _SHORTEST_CUT and rng.random() < 0.06:  # noqa: PLR2004
        text = " ".join(parts[: rng.randrange(_SHORTEST_CUT, len(parts))])
    return text
