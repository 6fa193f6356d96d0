"""Papers of incidents: the facts for a report to the police, and the aggression register."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coach.core.incidents import Severity
from coach.errors import ProductError
from coach.phrases import say
from coach.phrases.forms import moment


@dataclass(frozen=True, kw_only=True, slots=True)
class Reported:
    """An incident as it stands in the record; `text` is already redacted."""

    number: int
    at: datetime
    submitted: datetime
    by: str
    severity: str
    kind: str
    cause: str | None
    call_id: str | None
    text: str


FIELDS = ("when", "reported", "by", "severity", "kind", "cause", "call", "text")


def cells(one: Reported) -> dict[str, str]:
    """The fields of an incident as they are written: the user's language, the clock on the wall."""
    severity = one.severity if one.severity not in list(Severity) else f"severity_{one.severity}"
    known = severity.startswith("severity_")
    return {
        "when": moment(one.at.astimezone()),
        "reported": moment(one.submitted.astimezone()),
        "by": one.by,
        "severity": say(f"insight.{severity}") if known else one.severity,
        "kind": say(f"insight.sign_{one.kind}"),
        "cause": one.cause or say("insight.unknown"),
        "call": one.call_id or say("insight.unknown"),
        "text": one.text,
    }


def police_report(one: Reported) -> str:
    """The facts of one incident in Markdown."""
    said = cells(one)
    lines = [f"# {say('insight.police_title')}", ""]
    lines += [f"- **{say(f'insight.field_{f}')}**: {said[f]}" for f in FIELDS if f != "text"]
    lines += ["", f"## {say('insight.field_text')}", ""]
    lines += [f"- {line}" for line in one.text.splitlines() if line]
    return "\n".join([*lines, "", say("insight.police_about"), ""])


def write_police_report(one: Reported, path: Path) -> None:
    """Write it. Raises `ProductError` when the disk does not take it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(police_report(one), encoding="utf-8")
    except OSError as why:
        raise ProductError("cli.cannot_write", path=path, why=why.strerror) from why


def write_register(incidents: Sequence[Reported], path: Path) -> None:
    """The aggression register as CSV, one incident a row."""
    head = {field: say(f"insight.field_{field}") for field in FIELDS}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, FIELDS)
            writer.writerow(head)
            writer.writerows({k: _plain(v) for k, v in cells(one).items()} for one in incidents)
    except OSError as why:
        raise ProductError("cli.cannot_write", path=path, why=why.strerror) from why


def _plain(text: str) -> str:
    """No cell may be read as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
