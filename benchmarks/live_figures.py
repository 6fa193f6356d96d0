"""The tables about live audio in the documentation, drawn from `results/*.json`.

What nobody measured yet is said to be not measured: the longer ones want a quiet machine.
"""

import json
from collections.abc import Callable
from typing import Any

from benchmarks import leak as leaks
from benchmarks import live_hour, softphone
from benchmarks.machine import RESULTS

_NOT_YET = "Not measured yet."


def _drawn(name: str, table: Callable[[dict[str, Any]], str]) -> str:
    path = RESULTS / f"{name}.json"
    if not path.is_file():
        return _NOT_YET
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    m = found["machine"]
    where = f"{m['processor']}, {m['cores']} cores, {m['memory_gib']} GiB, {m['system']}"
    note = f"*{where}, Python {m['python']}; {m['date']}, commit `{m['commit']}`.*"
    return f"{table(found)}\n\n{note}"


def leak() -> str:
    """Whose words an echo becomes."""
    return _drawn("leak", lambda found: leaks.table(found["rows"]))


def phone() -> str:
    """Whether a softphone stutters."""
    return _drawn("softphone", lambda found: softphone.table(found["rows"]))


def hour() -> str:
    """An hour of a live call."""
    return _drawn("live_hour", live_hour.table)


LIVE: dict[str, Callable[[], str]] = {"leak": leak, "softphone": phone, "live_hour": hour}
