"""The tree of causes: what an organisation can edit, and how its cues are found in words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from coach.core.vocabulary import EscalationKind

_GAP = r"(?:\W+\w+){0,4}?\W+"


class TreeFault(ValueError):
    """A tree of causes that cannot be used: `cause` and `field` say where, `why` what is wrong."""

    def __init__(self, cause: str, field: str, why: str) -> None:
        super().__init__(f"{cause}.{field}: {why}")
        self.cause, self.field, self.why = cause, field, why


@dataclass(frozen=True, kw_only=True)
class Cause:
    """One cause: its names, the wider cause that it is `under`, what speaks for it.

    `circumstance`: it comes on top of a cause and is counted beside it.
    """

    id: str
    nl: str
    en: str
    under: str | None = None
    cues: tuple[str, ...] = ()
    signs: tuple[EscalationKind, ...] = ()
    examples: tuple[str, ...] = ()
    circumstance: bool = False

    def found_in(self, text: str) -> Iterator[re.Match[str]]:
        """Where its cues stand in `text`."""
        return self._pattern.finditer(text) if self.cues else iter(())

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        ordered = sorted(self.cues, key=len, reverse=True)
        return re.compile(rf"\b(?:{'|'.join(map(_cue, ordered))})(?!\w)", re.IGNORECASE)

    def name(self, language: str) -> str:
        """Its name in a language."""
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True, kw_only=True)
class Tree:
    """All causes, in the order of the file."""

    causes: tuple[Cause, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Cause]:
        """The causes by their id."""
        return {cause.id: cause for cause in self.causes}

    def root(self, cause: str) -> str:
        """The widest cause that `cause` belongs to."""
        while (above := self.by_id[cause].under) is not None:
            cause = above
        return cause


def _cue(cue: str) -> str:
    words = [
        re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")
        for word in cue.split()
    ]
    return r"\W+".join(words).replace(rf"\W+{re.escape('...')}\W+", _GAP)


# ---- the tree as a file --------------------------------------------------------------------------

_FIELDS = {
    "nl": str,
    "en": str,
    "under": str,
    "cues": list,
    "signs": list,
    "example": list,
    "circumstance": bool,
}


def read_tree(table: Mapping[str, object]) -> Tree:
    """The tree in a parsed TOML file. Raises `TreeFault`."""
    causes = tuple(_read(name, fields) for name, fields in table.items())
    known = {cause.id for cause in causes}
    for cause in causes:
        if cause.under is not None and cause.under not in known:
            raise TreeFault(cause.id, "under", f"there is no cause {cause.under!r}")
    tree = Tree(causes=causes)
    for cause in causes:
        _refuse_circles(tree, cause)
    return tree


def _refuse_circles(tree: Tree, cause: Cause) -> None:
    seen, above = {cause.id}, cause.under
    while above is not None:
        if above in seen:
            raise TreeFault(cause.id, "under", "the causes go round in a circle")
        seen.add(above)
        above = tree.by_id[above].under


def _read(name: str, fields: object) -> Cause:
    if not isinstance(fields, Mapping):
        raise TreeFault(name, "", "this is no table")
    for field, value in fields.items():
        kind = _FIELDS.get(field)
        if kind is None:
            raise TreeFault(name, str(field), "nobody knows this field")
        if not isinstance(value, kind) or (kind is not bool and not value):
            raise TreeFault(name, str(field), f"this should be a {kind.__name__}")
        if isinstance(value, list) and not all(isinstance(one, str) and one for one in value):
            raise TreeFault(name, str(field), "this should be a list of texts")
    for field in ("nl", "en"):
        if field not in fields:
            raise TreeFault(name, field, "this is missing")
    return Cause(
        id=name,
        nl=fields["nl"],
        en=fields["en"],
        under=fields.get("under"),
        cues=tuple(fields.get("cues", ())),
        signs=_signs(name, fields.get("signs", ())),
        circumstance=fields.get("circumstance", False),
        examples=tuple(fields.get("example", ())),
    )


def _signs(name: str, kinds: Iterable[str]) -> tuple[EscalationKind, ...]:
    known = {kind.value: kind for kind in EscalationKind}
    for kind in kinds:
        if kind not in known:
            raise TreeFault(name, "signs", f"there is no sign {kind!r}")
    return tuple(known[kind] for kind in kinds)
