"""Draw the tables of the documentation from code and measurements: `python -m benchmarks.pages`.

Each table stands between `<!-- table: NAME -->` and `<!-- end -->`; a test holds that it is true.
"""

import re
import sys
from collections.abc import Callable

from benchmarks.figures import FIGURES
from benchmarks.insight_tables import causes, metrics
from benchmarks.live_figures import LIVE
from benchmarks.machine import ROOT
from benchmarks.privacy_tables import TABLES as PRIVACY
from benchmarks.record_figures import RECORD_FIGURES
from benchmarks.yardsticks import yardsticks
from coach.core.events import Decision, WorldEvent
from coach.core.policy import DEFAULT_POLICY
from coach.core.requests import Request
from coach.core.risk import HIGH
from coach.core.rules import AGENT_RULES, CUSTOMER_RULES
from coach.core.units import to_seconds
from coach.core.vocabulary import EscalationKind
from coach.phrases import say
from models.catalogue import entries

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_TABLE = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def nudges() -> str:
    """Every nudge, the most important first: when it waits, rests and grows old."""
    sides = {rule.kind: "agent" for rule in AGENT_RULES}
    sides |= {rule.kind: "customer" for rule in CUSTOMER_RULES if rule.kind not in sides}
    done = {rule.kind: rule.done_by for rule in AGENT_RULES}
    done |= {rule.kind: rule.done_by for rule in CUSTOMER_RULES}
    rows = [
        "| nudge | on the screen | raised by | needless after | waits | rests | too late |",
        "|---|---|---|---|---|---|---|",
    ]
    for nudge in sorted(DEFAULT_POLICY.nudges, key=lambda one: -one.priority):
        acts = ", ".join(f"`{act}`" for act in sorted(done[nudge.kind])) or "-"
        times = (nudge.patience, nudge.rest, nudge.shelf_life)
        waits, rests, late = (f"{to_seconds(time):g} s" for time in times)
        words = say(f"nudges.{nudge.kind}", "en")
        side = sides[nudge.kind]
        rows.append(f"| `{nudge.kind}` | {words} | {side} | {acts} | {waits} | {rests} | {late} |")
    return "\n".join(rows)


def risks() -> str:
    """Which signs lead to which level."""
    high = ", ".join(f"`{kind}`" for kind in EscalationKind if kind in HIGH)
    watch = ", ".join(f"`{kind}`" for kind in EscalationKind if kind not in HIGH)
    return "\n".join(
        [
            "| level | asserted signs |",
            "|---|---|",
            f"| `high` | {high}; `verbal_abuse` after a warning |",
            f"| `watch` | {watch} |",
        ]
    )


def events() -> str:
    """The vocabulary of a call log."""
    rows = ["| who | event | what |", "|---|---|---|"]
    for who, union in (("world", WorldEvent), ("decision", Decision)):
        for kind in union.__args__:
            line = (kind.__doc__ or "").strip().splitlines()[0]
            rows.append(f"| {who} | `{kind.type}` | {line} |")
    for kind in Request.__args__:
        line = (kind.__doc__ or "").strip().splitlines()[0]
        rows.append(f"| request (not logged) | {kind.__name__} | {line} |")
    return "\n".join(rows)


def models() -> str:
    """The speech models of the catalogue."""
    rows = ["| model | made by | licence | size | from |", "|---|---|---|---|---|"]
    for entry in entries():
        place = "package registry or model hub" if entry.embedded else "model hub"
        size = f"{entry.size / 1e6:,.0f} MB"
        rows.append(f"| `{entry.name}` | {entry.made_by} | {entry.licence} | {size} | {place} |")
    return "\n".join(rows)


TABLES: dict[str, Callable[[], str]] = {
    "nudges": nudges,
    "risks": risks,
    "events": events,
    "models": models,
    "metrics": metrics,
    "causes": causes,
    **PRIVACY,
    **FIGURES,
    **RECORD_FIGURES,
    **LIVE,
    "yardsticks": yardsticks,
}


def drawn(page: str) -> str:
    """The page with its tables as the code says them now. Raises `KeyError` for an unknown one."""
    return _TABLE.sub(lambda m: f"{m[1]}{_table(m[2])}\n{m[3]}", page)


def _table(name: str) -> str:
    try:
        return TABLES[name]()
    except FileNotFoundError:
        return "Not measured yet."


def main() -> int:
    """Rewrite the pages; 0."""
    for page in PAGES:
        page.write_text(drawn(page.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
