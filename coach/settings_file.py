"""Writes the settings file: what people wrote into it by hand, comments too, stays as it is."""

import json
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from coach.errors import UserError
from coach.paths import settings_file

_TABLE = re.compile(r"^\s*\[", re.MULTILINE)


def keep(changes: Mapping[str, object], file: Path | None = None) -> None:
    """Put `changes` into the settings file, whole or not at all. Raises `UserError`."""
    path = file or settings_file()
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        before = tomllib.loads(text)
        for name, value in changes.items():
            text = _with(text, name, toml_value(value))
        if tomllib.loads(text) != {**before, **changes}:
            raise ValueError(", ".join(changes))
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(text, encoding="utf-8")
        os.replace(fresh, path)  # noqa: PTH105 - one step, also over a file that is there
    except (OSError, ValueError) as why:
        raise UserError("settings.not_kept", path=path, why=why) from why


def toml_value(value: object) -> str:
    """A value as TOML writes it: a text, a whole number, yes or no."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _with(text: str, name: str, written: str) -> str:
    """The text with the line of `name` replaced, or added before the first table."""
    found = _TABLE.search(text)
    head, tail = (text[: found.start()], text[found.start() :]) if found else (text, "")
    line = re.compile(rf"^\s*{re.escape(name)}\s*=.*$", re.MULTILINE)
    if line.search(head):
        return line.sub(lambda _: f"{name} = {written}", head, count=1) + tail
    gap = "" if not head or head.endswith("\n") else "\n"
    return f"{head}{gap}{name} = {written}\n{tail}"
