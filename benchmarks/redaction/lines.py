"""Labelled lines: written patterns with details that are made up anew, by a seed."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from benchmarks.redaction.people import OTHERS, PEOPLE, STRANGERS
from benchmarks.redaction.values import RENDER, Chance
from benchmarks.redaction.ways import WAYS

Style = Literal["written", "spoken", "bare"]
STYLES: tuple[Style, ...] = ("written", "spoken", "bare")
"""As in a letter; as it is said; as a plain recogniser writes it: no capitals, no punctuation."""

_SLOT = re.compile(r"\[(([\w-]+)[\w.]*)\]")
_PEOPLE = {"test2": OTHERS, "dev6": STRANGERS}
_BARE = re.compile(r"[^\w\s@'’-]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Detail:
    """From `start` to `end` of the line, a detail of `kind` stands."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """What the customer says, after the agent said `ask`; the details in it, in order."""

    text: str
    ask: str
    details: tuple[Detail, ...]
    style: Style
    pattern: str


def patterns(split: str) -> list[tuple[str, str]]:
    """The agent's question and the pattern, of "dev" or "test"."""
    told = _read(split)
    lines = [("", line) for line in told["lines"]]
    return lines + [(group["ask"], line) for group in told["asked"] for line in group["lines"]]


def neutral(split: str) -> list[str]:
    """Lines that tell nothing about anybody."""
    found: list[str] = _read(split)["neutral"]["lines"]
    return found


def labelled(split: str, rounds: int, seed: int, styles: tuple[Style, ...] = STYLES) -> list[Line]:
    """Every pattern `rounds` times in each of the styles; once, where nothing is told."""
    chance = Chance(seed)
    chance.people = _PEOPLE.get(split, PEOPLE)
    return [
        filled(pattern, ask, style, chance)
        for number in range(rounds)
        for ask, pattern in patterns(split)
        for style in styles
        if number == 0 or _SLOT.search(pattern)  # without a detail, each is the same
    ]


def filled(pattern: str, ask: str, style: Style, chance: Chance) -> Line:
    """One line of a pattern, with details of its own."""
    text, details, at = "", [], 0
    for slot in _SLOT.finditer(pattern):
        text += _styled(pattern[at : slot.start()], style)
        value = _styled(_detail(slot[1], style, chance), style)
        details.append(Detail(kind=slot[2], start=len(text), end=len(text) + len(value)))
        text += value
        at = slot.end()
    text += _styled(pattern[at:], style)
    return Line(text=text, ask=ask, details=tuple(details), style=style, pattern=pattern)


def _detail(slot: str, style: Style, chance: Chance) -> str:
    way = WAYS.get(slot)
    return RENDER[slot](chance, aloud=style != "written") if way is None else way(chance)


def plain_line(text: str) -> Line:
    """A line without details."""
    return Line(text=text, ask="", details=(), style="spoken", pattern=text)


def _styled(text: str, style: Style) -> str:
    return _BARE.sub("", text).lower() if style == "bare" else text


def _read(split: str) -> dict[str, Any]:
    path = Path(__file__).with_name(f"{split}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def background(shared: Path) -> Iterator[str]:
    """Open sentences in which nobody tells who they are, as far as their titles show."""
    titles = re.compile(
        r"\b(me(vrouw|neer)|mijnheer|heer|mevr|dhr|dokter|meneren)\b \w*", re.IGNORECASE
    )
    for name in ("azure_voice_prompts_nl/prompts.tsv", "common_voice_sentences_nl/sentences.tsv"):
        rows = (shared / "data" / name).read_text(encoding="utf-8").splitlines()[1:]
        yield from (text for row in rows if not titles.search(text := row.split("\t")[-1]))
