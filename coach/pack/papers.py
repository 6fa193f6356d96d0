"""Fills in the papers: what stands in them follows from settings and figures, and nothing else."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from coach import __version__
from coach.phrases import LANGUAGES, say
from coach.privacy import retention, statements
from coach.settings import Settings
from coach.store.retention import PRESETS, Data, keeping

PAPERS = (
    "dpia",
    "consent",
    "notice_agents",
    "notice_customers",
    "record",
    "retention",
    "options",
)
"""In the order in which they are read."""

_OPTIONS = (
    "keep_calls",
    "keep_transcript",
    "keep_audio",
    "clear_logs",
    "retention",
    "database",
    "sync_transcript",
    "sync_notes",
    "sync_callbacks",
    "sync_audio",
    "share_with_lead",
    "key_store",
)
"""The settings that change what is processed, kept or shared."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A paper in Markdown. `file` is its name without an ending."""

    language: str
    file: str
    text: str


def papers(
    settings: Settings, organisation: str, day: str, smallest_group: int = 5
) -> Iterator[Paper]:
    """Every paper in every language."""
    for language in LANGUAGES:
        values = _values(settings, organisation, day, smallest_group, language)
        for number, name in enumerate(PAPERS, 1):
            text = _template(f"{name}.{language}.md").render(values)
            file = f"{number}-{say(f'pack.file_{name}', language)}"
            yield Paper(language=language, file=file, text=_tidy(text))


@cache
def figures() -> dict[str, Any]:
    """What was measured, as shipped with this version (`benchmarks.pack_figures` writes it)."""
    text = files(__package__).joinpath("figures.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _written(day: str, language: str) -> str:
    """A day of a file ("2026-03-02") as people write it."""
    found = date.fromisoformat(day)
    return f"{found.day} {say('screen.months', language).split()[found.month - 1]} {found.year}"


def _template(name: str) -> Any:
    from jinja2 import Environment, StrictUndefined

    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    markdown = Environment(  # noqa: S701 - Markdown, not HTML: there is nothing to escape
        undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    )
    return markdown.from_string(text)


def _tidy(text: str) -> str:
    """One empty line between blocks, none within a table."""
    lines = [line.rstrip() for line in text.splitlines()]
    blocks: list[str] = []
    for line in (line for line in lines if line):
        if blocks and not _goes_on(blocks[-1], line):
            blocks.append("")
        blocks.append(line)
    return "\n".join(blocks) + "\n"


def _goes_on(before: str, line: str) -> bool:
    """Whether a line belongs to the block of the one before: rows of a table, items of a list."""
    return any(before.startswith(sign) and line.startswith(sign) for sign in ("|", "* ")) or (
        before[:1].isdecimal() and line[:1].isdecimal()
    )


# ---- values --------------------------------------------------------------------------------------


def _values(
    settings: Settings, organisation: str, day: str, group: int, language: str
) -> dict[str, Any]:
    told = statements(settings, smallest_group=group)
    said = {one.topic: one.said(language) for one in told}
    kept = retention(settings)
    return {
        "organisation": organisation or say("pack.organisation", language),
        "day": _written(day, language),
        "version": __version__,
        "group": group,
        "team": bool(settings.database),
        "lead": bool(settings.database) and settings.share_with_lead,
        "announcement": settings.announcement,
        "statements": [
            {"topic": say(f"privacy.topic_{topic}", language), "said": text}
            for topic, text in said.items()
        ],
        "kept": [
            {"data": say(f"privacy.data_{one.data}", language), "said": one.said(language)}
            for one in kept
        ],
        "preset": settings.retention,
        "presets": list(PRESETS),
        "preset_rows": _preset_rows(settings, language),
        "options": _options(settings, language),
        "tables": {"quality": _quality(language), "redaction": _redaction(language)},
        "audio": said["audio"],
        "words": said["words"],
        "redaction": said["redaction"],
        "network": said["network"],
        "team_sentence": said["team"],
        "lead_sentence": said["lead"],
        "record_sentence": said["record"],
    }


def _preset_rows(settings: Settings, language: str) -> list[dict[str, Any]]:
    here = {one.data: one.said(language) for one in retention(settings)}
    presets = [keeping(name, audio=True, transcript=True) for name in PRESETS]
    return [
        {
            "data": say(f"privacy.data_{data}", language),
            "here": here[data],
            "cells": [say("privacy.days", language, days=days[data]) for days in presets],
        }
        for data in Data
    ]


def _options(settings: Settings, language: str) -> list[dict[str, str]]:
    return [
        {
            "setting": name,
            "name": say(f"pack.option_{name}", language),
            "now": _now(getattr(settings, name), language),
            "change": say(f"pack.change_{name}", language),
        }
        for name in _OPTIONS
    ]


def _now(value: object, language: str) -> str:
    if isinstance(value, bool):
        return say("pack.yes" if value else "pack.no", language)
    return str(value).rpartition("@")[2] or say("pack.none", language)


# ---- figures -------------------------------------------------------------------------------------


def _quality(language: str) -> str:
    found = figures()["calls"]
    head = say("pack.quality_head", language)
    rows = [f"| {head} | {say('pack.text', language)} | {say('pack.audio', language)} |"]
    rows.append("|---|---|---|")
    for name, row in found["rows"].items():
        text, audio = (_number(row[run], language) for run in ("text", "audio"))
        rows.append(f"| {say(f'pack.figure_{name}', language)} | {text} | {audio} |")
    note = say(
        "pack.quality_note",
        language,
        text=found["text_calls"],
        audio=found["audio_calls"],
        day=_written(found["day"], language),
        model=found["understanding"],
        recogniser=found["recogniser"],
    )
    return "\n".join([*rows, "", note])


def _redaction(language: str) -> str:
    found = figures()["redaction"]
    rows = [
        f"| {say('pack.redaction_head', language)} | {say('pack.recall', language)} "
        f"| {say('pack.precision', language)} |",
        "|---|---|---|",
    ]
    for run in ("text", "heard", "ordinary"):
        recall, precision = (
            _number(found[run][name], language, 3) for name in ("recall", "precision")
        )
        name = say(f"pack.redaction_{run}", language, lines=found[run]["lines"])
        rows.append(f"| {name} | {recall} | {precision} |")
    note = say("pack.redaction_note", language, day=_written(found["day"], language))
    return "\n".join([*rows, "", note])


def _number(value: float, language: str, decimals: int = 2) -> str:
    written = f"{value:.{decimals}f}"
    return written.replace(".", ",") if language == "nl" else written
