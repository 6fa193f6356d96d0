"""What an organisation set about nudges: on or off, in which words, how long they rest.

One TOML file beside the settings; what it leaves out is as the product ships it. The policy in
force is written into every call, so a later change alters no call of the past.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from coach.core.policy import Policy
from coach.core.units import from_seconds
from coach.core.vocabulary import NudgeKind
from coach.errors import UserError
from coach.paths import manners_file
from coach.phrases import LANGUAGES, reword
from coach.settings_file import toml_value

LONGEST_WORDS = 160
"""Signs: what is read in a glance."""
LONGEST_REST_S = 7_200


@dataclass(frozen=True, kw_only=True, slots=True)
class Manners:
    """What was set of one nudge; `None` and what is missing: as the product ships it.

    `words` are the title and the example by "title_nl", "example_en" and so on.
    """

    on: bool | None = None
    rest_s: int | None = None
    words: tuple[tuple[str, str], ...] = ()

    @property
    def set(self) -> bool:
        """Whether anything was set at all."""
        return self != Manners()


Table = Mapping[NudgeKind, Manners]

_WORDS = tuple(f"{part}_{language}" for part in ("title", "example") for language in LANGUAGES)


def load(file: Path | None = None) -> dict[NudgeKind, Manners]:
    """What is set. Raises `UserError` that names what is wrong in the file."""
    path = file or manners_file()
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        return {NudgeKind(name): _manners(name, told) for name, told in found.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as why:
        raise UserError("settings.bad_nudges", path=path, why=why) from why


def save(table: Table, file: Path | None = None) -> None:
    """Keep `table` in the file, whole or not at all. Raises `UserError`."""
    path = file or manners_file()
    lines = []
    for kind, manners in table.items():
        if manners.set:
            values = {"on": manners.on, "rest_s": manners.rest_s, **dict(manners.words)}
            lines.append(f"[{kind}]")
            lines += [f"{k} = {toml_value(v)}" for k, v in values.items() if v is not None]
            lines.append("")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text("\n".join(lines), encoding="utf-8")
        os.replace(fresh, path)  # noqa: PTH105 - one step, also over a file that is there
    except OSError as why:
        raise UserError("settings.not_kept", path=path, why=why) from why


def policy(usual: Policy, table: Table) -> Policy:
    """`usual` with what was set."""
    for kind, manners in table.items():
        changes: dict[str, object] = {}
        if manners.on is not None:
            changes["enabled"] = manners.on
        if manners.rest_s is not None:
            changes["rest"] = from_seconds(manners.rest_s)
        if changes:
            usual = _with(usual, kind, changes)
    return usual


def speak(table: Table) -> None:
    """Say the nudges in the organisation's words from now on."""
    said: dict[tuple[str, str], str] = {}
    for kind, manners in table.items():
        for name, words in manners.words:
            part, _, language = name.partition("_")
            key = f"nudges.{kind}" if part == "title" else f"nudges.{kind}_example"
            said[key, language] = words
    reword(said)


def _with(usual: Policy, kind: NudgeKind, changes: Mapping[str, Any]) -> Policy:
    """In its old place in the table: two policies that are the same are equal."""
    nudges = tuple(
        replace(nudge, **changes) if nudge.kind is kind else nudge for nudge in usual.nudges
    )
    return replace(usual, nudges=nudges)


def _manners(name: str, told: Any) -> Manners:
    if not isinstance(told, dict) or (unknown := set(told) - {"on", "rest_s", *_WORDS}):
        raise ValueError(f"{name}: {', '.join(sorted(unknown)) if isinstance(told, dict) else ''}")
    on, rest = told.get("on"), told.get("rest_s")
    words = tuple((key, told[key]) for key in _WORDS if key in told)
    fits = (
        (on is None or isinstance(on, bool))
        and (rest is None or (type(rest) is int and 0 <= rest <= LONGEST_REST_S))
        and all(isinstance(said, str) and 0 < len(said) <= LONGEST_WORDS for _, said in words)
    )
    if not fits:
        raise ValueError(name)
    return Manners(on=on, rest_s=rest, words=words)
