"""The figures that the papers of the pack quote: `python -m benchmarks.pack_figures`.

The benchmarks are not installed with the product; this file takes what was measured along.
"""

import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.labelled_calls import ROWS, at
from benchmarks.machine import RESULTS, ROOT

FIGURES = ROOT / "coach" / "pack" / "figures.json"
QUOTED = {
    "nudge_precision": "nudge precision",
    "nudge_recall": "nudge recall",
    "false_alarms": "false alarms per calm call",
    "strong_negative": "strong negative F1",
    "emotion": "emotion macro-F1",
    "acknowledge": "acknowledge F1",
    "ask": "ask F1",
    "order": "order accuracy",
}
"""The rows of a paper, and the row of the measurement that each one is."""


def collected(results: Path = RESULTS) -> dict[str, Any]:
    """What the papers quote, as it was measured."""
    calls, redaction = (_read(results / f"{name}.json") for name in ("labelled_calls", "redaction"))
    paths = dict(ROWS)
    rows = {
        name: {run: round(at(calls[run], paths[row]), 4) for run in ("text", "audio")}
        for name, row in QUOTED.items()
    }
    return {
        "calls": {
            "day": calls["machine"]["date"],
            "text_calls": calls["text"]["calls"],
            "audio_calls": calls["audio"]["calls"],
            "understanding": calls["text"]["understanding"],
            "recogniser": calls["audio"]["recogniser"],
            "rows": rows,
        },
        "redaction": {
            "day": redaction["machine"]["date"],
            **{
                run: {name: redaction[part][run][name] for name in ("lines", "recall", "precision")}
                for part, run in (("fresh", "text"), ("fresh", "heard"), ("nothing", "ordinary"))
            },
        },
    }


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def main() -> int:
    """Write the file."""
    text = json.dumps(collected(), indent=1, ensure_ascii=False)
    FIGURES.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
