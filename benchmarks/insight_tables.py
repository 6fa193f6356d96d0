"""The tables of the documentation that describe metrics, drawn from the code's own."""

import json

from benchmarks.machine import RESULTS
from coach.core.metrics import DEFINITIONS
from coach.phrases import say


def metrics() -> str:
    """Every metric: its name in exports, unit, definition and where the definition comes from."""
    rows = ["| name | unit | what it is | as defined by |", "|---|---|---|---|"]
    for name, one in DEFINITIONS.items():
        unit, what = say(f"metrics.unit_{one.unit}", "en"), say(f"metrics.{name}_is", "en")
        rows.append(f"| `{name}` | {unit} | {what} | {one.source} |")
    return "\n".join(rows)


_COUNTS = (
    "labelled",
    "seen as upset",
    "given a cause",
    "first cause sensible",
    "any cause sensible",
    "without a label",
    "without a label, given a cause",
)


def causes() -> str:
    """How many labelled calls were given a sensible cause."""
    found = json.loads((RESULTS / "causes.json").read_text(encoding="utf-8"))
    runs = [name for name in found if name != "machine"]
    rows = [f"| calls | {' | '.join(runs)} |", "|---" * (len(runs) + 1) + "|"]
    for count in _COUNTS:
        cells = " | ".join(str(found[run].get(count, 0)) for run in runs)
        rows.append(f"| {count} | {cells} |")
    return "\n".join(rows)
