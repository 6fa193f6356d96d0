"""Errors that a person gets to see. Each says whose fault it is and what to do next.

The text lives in `coach/phrases`, so that it is there in the user's language; code raises keys.
"""

from typing import ClassVar

from coach.phrases import say


class CoachError(Exception):
    """An expected failure. `key` names the sentence in `coach/phrases` ("audio.file_missing")."""

    exit_code: ClassVar[int] = 1

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return say(self.key, **self.values)


class UserError(CoachError):
    """Something that the user can mend: a wrong path, a mono file, an unknown option."""

    exit_code = 2


class ProductError(CoachError):
    """Something that the product or the machine did wrong: a broken model, a full disk."""

    exit_code = 1
