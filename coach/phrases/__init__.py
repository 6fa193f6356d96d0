"""Every sentence that the product says, in Dutch and English side by side.

One TOML file an area (`audio`, `models`, `nudges`, `cli`, `screen`); one table a sentence, with
`nl` and `en`. `say("audio.file_missing", path=p)` picks the language of the user.
"""

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("nl", "en")
_chosen: list[str] = []
_reworded: dict[tuple[str, str], str] = {}


def choose_language(language: str) -> None:
    """Set the language of the whole process: "nl", "en" or "auto" (follows the system)."""
    _chosen[:] = [] if language == "auto" else [language]


def language() -> str:
    """The language in use: the chosen one, else Dutch on a Dutch system, else English."""
    if _chosen:
        return _chosen[0]
    for name in ("COACH_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value and value != "auto":
            return "nl" if value.lower().startswith("nl") else "en"
    return "en"


@cache
def area(name: str) -> dict[str, dict[str, str]]:
    """The sentences of one area, as they stand in its TOML file."""
    text = files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def say(key: str, in_language: str | None = None, /, **values: object) -> str:
    """The sentence `key` ("area.sentence") with its values filled in. An unknown key is a bug."""
    name, _, sentence = key.partition(".")
    spoken = in_language or language()
    if (key, spoken) in _reworded:
        return _reworded[key, spoken]
    return area(name)[sentence][spoken].format(**values)


def reword(words: Mapping[tuple[str, str], str]) -> None:
    """Say these sentences in other words from now on: (key, language) to words without gaps.

    For what an organisation may word itself; replaces what was reworded before.
    """
    _reworded.clear()
    _reworded.update(words)


def counted(key: str, count: int, /, **values: object) -> str:
    """The sentence for one or for more: `key` with "_one" or "_other" behind it; it has `count`."""
    return say(f"{key}_{'one' if count == 1 else 'other'}", count=count, **values)
