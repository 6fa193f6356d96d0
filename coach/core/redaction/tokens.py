"""Text to tokens that know where they stand."""

import re
import unicodedata
from dataclasses import dataclass

_TOKEN = re.compile(r"e-?mail\w*|['’][tsnmk]\b|\d+|[^\W\d_]+(?:['’][^\W\d_]+)*|\S", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a row of digits or a sign of `text`, from `start` to `end`.

    `low`: in lower case, without accents. `glued`: nothing stands between it and the one before.
    """

    start: int
    end: int
    text: str
    low: str
    glued: bool

    @property
    def is_word(self) -> bool:
        """Letters."""
        return self.text[-1].isalpha()

    @property
    def is_sign(self) -> bool:
        """Neither letters nor digits."""
        return not self.text[-1].isalnum()

    @property
    def is_capital(self) -> bool:
        """Begins with a capital letter."""
        return self.text[0].isupper()


def plain(text: str) -> str:
    """Lower case without accents: "Tweeëntwintig" is "tweeentwintig"."""
    parts = unicodedata.normalize("NFD", text.lower())
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).replace("’", "'")


def tokenise(text: str) -> tuple[Token, ...]:
    """The tokens of a text, in order."""
    tokens: list[Token] = []
    for found in _TOKEN.finditer(text):
        glued = bool(tokens) and tokens[-1].end == found.start()
        tokens.append(Token(found.start(), found.end(), found[0], plain(found[0]), glued))
    return tuple(tokens)
