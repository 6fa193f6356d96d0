"""Whether a word is one that people say, or one that nobody says: a name, or something misheard."""

from functools import cache
from typing import Final

from coach.core.redaction.everyday import EVERYDAY
from coach.core.redaction.numbers import MONTHS, UNITS
from coach.core.redaction.ordinary import ORDINARY
from coach.core.redaction.spoken import digits_of
from coach.core.redaction.tokens import Token
from coach.core.redaction.words import COMMON

_WORDS = COMMON | ORDINARY | EVERYDAY | MONTHS | UNITS
_ENDINGS: Final = ("tjes", "jes", "tje", "je", "den", "ten", "en", "de", "te", "e", "n", "s", "t")
_OF_STREETS: Final = ("straat", "laan", "weg", "plein", "kade", "gracht", "dijk", "singel")
"""A word that ends so may be the name of a street, whatever stands before."""
_STEM, _PART = 3, 4


def is_listed(word: str) -> bool:
    """Whether a word is ordinary as it stands, or a number. Of words with a capital, no more."""
    return word in _WORDS or digits_of(word) is not None


@cache
def is_ordinary(word: str) -> bool:
    """Whether a word (lower case, no accents) is Dutch as everybody speaks it, or a number.

    Endings ("kasten") and words in two pieces ("meterkast") are seen through.
    """
    if is_listed(word):
        return True
    stems = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
    if any(len(stem) >= _STEM and stem in _WORDS for stem in stems):
        return True
    if word.endswith(_OF_STREETS):
        return False
    cuts = range(_PART, len(word) - _PART + 1)
    return any(word[at:] in _WORDS and (word[:at] in _WORDS or _linked(word[:at])) for at in cuts)


def _linked(word: str) -> bool:
    """ "storings" in "storingsdienst"."""
    return len(word) > _PART and word.endswith("s") and word[:-1] in _WORDS


def is_odd(token: Token, shortest: int = 3) -> bool:
    """A word of at least that many letters which nobody says."""
    return token.is_word and len(token.low) >= shortest and not is_ordinary(token.low)
