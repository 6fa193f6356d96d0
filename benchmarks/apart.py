"""How well the own calls that were set apart are understood: no weight or threshold saw them.

    python -m benchmarks.apart [--weights FOLDER]

`traffic`: by a writer of whom nothing was trained on. `same_writers`: by those whose other calls
were. As text through the whole product, with times from the length of what is said, judged by
the calls' own score tool (`COACH_SHARED`). `--weights`: another version beside the one that ships.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.understanding import Row, Shared, as_text
from coach.runtime.ports import Understanding
from models.training.run import OWN
from models.understanding.rules import RuleUnderstanding
from models.understanding.transformer import FOLDER, TransformerUnderstanding

CHARACTERS_A_SECOND = 15.0
_BREATH_S = 0.35
_LEAST_S = 0.2


def timed(turns: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """When each turn of a written call would be spoken; its gap is before it, or inside the last.

    No turn starts before the one that was written before it.
    """
    start = ended = 0.5
    for turn in turns:
        start = max(ended + turn["gap_s"], start + _LEAST_S)
        end = start + _BREATH_S + len(turn["text"]) / CHARACTERS_A_SECOND
        ended = max(ended, end)
        times = {"start_s": round(start, 3), "end_s": round(end, 3)}
        yield {name: turn[name] for name in ("n", "speaker", "text")} | times


def rows(shared: Shared, models: dict[str, Understanding]) -> dict[str, dict[str, Row]]:
    """The figures of each model on each file of calls."""
    found: dict[str, dict[str, Row]] = {}
    for path in sorted((OWN / "apart").glob("*.jsonl")):
        with tempfile.TemporaryDirectory() as name:
            turns = Path(name)
            for line in path.read_text(encoding="utf-8").splitlines():
                call = json.loads(line)
                spoken = json.dumps(list(timed(call["turns"])), ensure_ascii=False)
                (turns / f"{call['id']}.turns.json").write_text(spoken, encoding="utf-8")
            found[path.stem] = {
                model: as_text(shared, reads, path, turns) for model, reads in models.items()
            }
    return found


def main(arguments: list[str] | None = None) -> int:
    """Measure, keep the figures, print them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.apart")
    parser.add_argument("--weights", type=Path, help="another version to compare with")
    chosen = parser.parse_args(arguments)
    shared = Shared.found()
    if shared is None:
        print("no score tool: set COACH_SHARED to the data folder")
        return 0
    models: dict[str, Understanding] = {"phrase rules": RuleUnderstanding()}
    for folder in [chosen.weights, FOLDER] if chosen.weights else [FOLDER]:
        model = TransformerUnderstanding(folder)
        models[model.name] = model
    found = rows(shared, models)
    machine.keep("apart", {"rows": found})
    print(json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
