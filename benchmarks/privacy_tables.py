"""The tables about privacy: how long things are kept, and how well personal details are found."""

import json
from typing import Any

from benchmarks.machine import RESULTS
from coach.phrases import say
from coach.store.retention import PRESETS, Data

_RUNS = {
    "text": "as text: in a letter, as it is said, as a plain recogniser writes it",
    "heard": "as the product's recogniser hears it off a telephone line",
    "ordinary": "ordinary lines of calls, as heard; most have nothing in them",
}


def retention() -> str:
    """How long each kind of data is kept, by preset."""
    rows = [f"| | {' | '.join(f'`{name}`' for name in PRESETS)} |", "|---|" + "---|" * len(PRESETS)]
    for data in Data:
        cells = [_days(data, days[data]) for days in PRESETS.values()]
        rows.append(f"| {say(f'privacy.data_{data}', 'en')} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _days(data: Data, days: int) -> str:
    return say("privacy.not_kept", "en") if data is Data.AUDIO else f"{days} days"


def redaction() -> str:
    """How much of what tells who somebody is was taken out, and how much else."""
    r: dict[str, Any] = json.loads((RESULTS / "redaction.json").read_text(encoding="utf-8"))
    rows = ["| | lines | details | recall | spans | precision |", "|---|---|---|---|---|---|"]
    for run, name in _RUNS.items():
        f = r[run]
        rows.append(
            f"| {name} | {f['lines']:,} | {f['details']:,} | **{f['recall']:.3f}** | "
            f"{f['spans']:,} | **{f['precision']:.3f}** |"
        )
    rows += ["", "Recall by kind:", "", "| | text | heard (details) |", "|---|---|---|"]
    for kind, found in r["text"]["kinds"].items():
        heard = r["heard"]["kinds"].get(kind)
        told = "-" if heard is None else f"{heard['recall']:.2f} ({heard['details']})"
        rows.append(f"| {kind} | {found['recall']:.3f} | {told} |")
    m, alone = r["machine"], r["open_sentences"]
    rows += [
        "",
        f"In {alone['lines']:,} open sentences in which hardly anybody tells who they are, "
        f"{alone['spans']} spans were taken out. *Python {m['python']}; {m['date']}, commit "
        f"`{m['commit']}`.*",
    ]
    return "\n".join(rows)


TABLES = {"retention": retention, "redaction": redaction}
