"""The tables about privacy: how long things are kept, and how well personal details are found."""

import json
from typing import Any

from benchmarks.machine import RESULTS
from coach.phrases import say
from coach.store.retention import PRESETS, Data

_TEXT = "as text: in a letter, as it is said, as a plain recogniser writes it"
_HEARD = "as the product's recogniser hears it off a telephone line"
_ORDINARY = "ordinary lines of calls, as heard; most have nothing in them"


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
    fresh, first, nothing = r["fresh"], r["first"], r["nothing"]
    runs = [
        (f"{_TEXT}; fresh patterns", fresh["text"]),
        (f"{_TEXT}; first patterns", first["text"]),
        (f"{_HEARD}; fresh patterns", fresh["heard"]),
        (f"{_HEARD}; first patterns", first["heard"]),
        (_ORDINARY, nothing["ordinary"]),
    ]
    for name, f in runs:
        rows.append(
            f"| {name} | {f['lines']:,} | {f['details']:,} | **{f['recall']:.3f}** | "
            f"{f['spans']:,} | **{f['precision']:.3f}** |"
        )
    head = "| | text, fresh | text, first | heard, fresh (details) | heard, first (details) |"
    rows += ["", "Recall by kind:", "", head, "|---|---|---|---|---|"]
    for kind, found in fresh["text"]["kinds"].items():
        text = first["text"]["kinds"][kind]
        heard = [run["heard"]["kinds"].get(kind) for run in (fresh, first)]
        told = " | ".join(
            "-" if h is None else f"{h['recall']:.2f} ({h['details']})" for h in heard
        )
        rows.append(f"| {kind} | {found['recall']:.3f} | {text['recall']:.3f} | {told} |")
    m, alone, took = fresh["machine"], nothing["open_sentences"], fresh["took"]
    rows += [
        "",
        f"In {alone['lines']:,} open sentences in which hardly anybody tells who they are, "
        f"{alone['spans']} spans were taken out. A heard line takes {took['p50_ms']:.2f} ms (p99 "
        f"{took['p99_ms']:.1f} ms). *Python {m['python']}; {m['date']}, commit `{m['commit']}`; "
        f"ordinary lines and open sentences: commit `{nothing['machine']['commit']}`.*",
    ]
    return "\n".join(rows)


TABLES = {"retention": retention, "redaction": redaction}
