"""Themes that nobody wrote down beforehand: complaints that lie together, with a stable name.

Complaints first go to the themes of earlier runs, whose middle stays where it was; only what fits
none of them is grouped anew. So a theme keeps its name and its number over the weeks. Groups are
found by average linkage, deterministically.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from coach.causes.likeness import Points, unit

ALIKE = 0.5
"""The cosine to the middle of a theme from which on a complaint belongs to it, and the mean cosine
down to which groups are joined. Chosen on the labelled calls; a property of the encoder.
"""

SMALLEST = 5
"""Fewer calls are no theme, and their words would point at people."""

_NAME_WORDS = 3
_SHORTEST_WORD = 4
_COMMON, _MOSTLY, _FEWEST = 0.2, 0.4, 3
_EXAMPLES = 3
_MOST_AT_ONCE = 2_000
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One complaint: its call, its words (redacted), its point, and its cause's name if known."""

    call_id: str
    text: str
    point: Points
    cause: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    """A theme as it is kept from run to run: its number, its name and its middle."""

    number: int
    name: str
    middle: tuple[float, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A theme and the calls in it; `share` is of all complaints, `examples` are calls."""

    theme: Theme
    calls: tuple[str, ...]
    share: float
    examples: tuple[str, ...]


def find_themes(items: Sequence[Item], known: Sequence[Theme] = ()) -> list[Found]:
    """The themes in complaints, the largest first; those of `known` keep number and name."""
    if not items:
        return []
    rows = np.stack([item.point for item in items])
    members: dict[int, list[int]] = {}
    themes = {theme.number: theme for theme in known}
    rest = _settle(rows, known, members)
    following = max(themes, default=0) + 1
    for group in _groups(rows, rest):
        if len(group) >= SMALLEST:
            middle = unit(rows[group].mean(axis=0))
            name = _name([items[n] for n in group], items)
            kept = tuple(round(float(one), 5) for one in middle)
            themes[following] = Theme(number=following, name=name, middle=kept)
            members[following] = group
            following += 1
    found = [_found(themes[number], group, items) for number, group in members.items()]
    return sorted(found, key=lambda one: (-len(one.calls), one.theme.number))


def _settle(rows: Points, known: Sequence[Theme], members: dict[int, list[int]]) -> list[int]:
    """Give complaints to the themes that are known; returns those that fit none."""
    if not known:
        return [n for n in range(len(rows)) if rows[n].any()]
    middles = unit(np.array([theme.middle for theme in known], dtype=np.float32))
    near = rows @ middles.T
    rest = []
    for n, likeness in enumerate(near):
        best = int(likeness.argmax())
        if likeness[best] >= ALIKE:
            members.setdefault(known[best].number, []).append(n)
        elif rows[n].any():
            rest.append(n)
    return rest


def _groups(rows: Points, rest: Sequence[int]) -> list[list[int]]:
    """Groups by average linkage over cosines, joined while they are `ALIKE`, the largest first.

    Of very many complaints, the latest ones: what is new shows there.
    """
    chosen = list(rest)[-_MOST_AT_ONCE:]
    groups = {n: [one] for n, one in enumerate(chosen)}
    near = rows[chosen] @ rows[chosen].T if chosen else np.zeros((0, 0), dtype=np.float32)
    np.fill_diagonal(near, -np.inf)
    while len(groups) > 1:
        flat = int(near.argmax())
        a, b = sorted(divmod(flat, len(chosen)))
        if near[a, b] < ALIKE:
            break
        sizes = len(groups[a]), len(groups[b])
        joined = (sizes[0] * near[a] + sizes[1] * near[b]) / sum(sizes)
        near[a], near[:, a] = joined, joined
        near[a, a] = -np.inf
        near[b], near[:, b] = -np.inf, -np.inf
        groups[a] += groups.pop(b)
    return sorted((sorted(group) for group in groups.values()), key=lambda one: (-len(one), one))


def _name(group: Sequence[Item], everything: Sequence[Item]) -> str:
    """The cause that most of them share, and the words that many of them have and few others do.

    A word of less than three calls is left out: it would be one person's.
    """
    causes = Counter(item.cause for item in group if item.cause is not None)
    shared = [cause for cause, count in causes.most_common(1) if count >= _MOSTLY * len(group)]
    own = Counter(word for item in group for word in _words(item.text))
    all_of_them = Counter(word for item in everything for word in _words(item.text))
    worth = {
        word: count / len(group) - all_of_them[word] / len(everything)
        for word, count in own.items()
        if count >= _FEWEST and all_of_them[word] <= max(_COMMON * len(everything), count)
    }
    best = sorted(worth, key=lambda word: (-worth[word], word))[:_NAME_WORDS]
    return ": ".join([*shared, *([", ".join(best)] if best else [])])


def _words(text: str) -> set[str]:
    found = (word.lower() for word in _WORD.findall(text))
    return {word for word in found if len(word) >= _SHORTEST_WORD} - _common_words()


@cache
def _common_words() -> frozenset[str]:
    text = files("coach.causes").joinpath("common_words.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)["words"].split())


def _found(theme: Theme, group: Sequence[int], items: Sequence[Item]) -> Found:
    """Examples are the complaints nearest to the middle."""
    middle = np.array(theme.middle, dtype=np.float32)
    nearest = sorted(group, key=lambda n: (-float(items[n].point @ middle), items[n].call_id))
    return Found(
        theme=theme,
        calls=tuple(items[n].call_id for n in group),
        share=len(group) / len(items),
        examples=tuple(items[n].call_id for n in nearest[:_EXAMPLES]),
    )
