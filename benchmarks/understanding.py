"""How well calls are understood and decided, how fast, how small: docs/understanding.md's tables.

    python -m benchmarks.understanding [--logs LOGS] [--baselines] [--json OUT]

Runs the labelled calls as text through the whole product and has the calls' own score tool judge
the logs. `--logs`: logs of a run over audio, worked out again (benchmarks.reread). Needs the data
folder (`COACH_SHARED`); says so and stops when there is none.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.reread import reread
from coach import app
from coach.core.readings import AgentReading, AgentText, CustomerReading, CustomerText
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Understanding
from coach.runtime.script import load_scripts
from models.training.noise import misheard, plain
from models.understanding.rules import RuleUnderstanding
from models.understanding.transformer import FOLDER, SHIPPED, TransformerUnderstanding

WORD_ERRORS = 0.25
_TIMED = 300
Row = dict[str, float]

_COLUMNS: dict[str, tuple[str, ...]] = {
    "emotion macro-F1": ("emotion_macro_f1",),
    "strong negative F1": ("strong_negative", "f1"),
    "valence corr.": ("valence_correlation",),
    "escalation micro-F1": ("escalation_micro", "f1"),
    "acts macro-F1": ("acts_macro_f1",),
    "acknowledge F1": ("key_acts_f1", "acknowledge_emotion"),
    "ask F1": ("key_acts_f1", "ask_identification"),
    "nudge precision": ("nudges", "precision"),
    "nudge recall": ("nudges", "recall"),
    "false alarms a calm call": ("calm_calls", "false_alarms_per_call"),
    "order": ("order_accuracy",),
    "risk": ("risk_accuracy",),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """Where the labelled calls, their times and the score tool are."""

    calls: Path
    turns: Path
    tool: Path

    @classmethod
    def found(cls) -> "Shared | None":
        """In `COACH_SHARED`, else beside the repository; `None` when it is not there."""
        beside = Path(__file__).parent.parent.parent / "shared"
        root = Path(os.environ.get("COACH_SHARED", beside))
        here = cls(
            calls=root / "calls" / "dev.jsonl",
            turns=root / "calls" / "turns",
            tool=root / "tools" / "score_calls.py",
        )
        return here if here.calls.is_file() and here.tool.is_file() else None


class WithoutActs:
    """The same understanding, not told what the agent did last."""

    def __init__(self, inner: Understanding) -> None:
        self._inner = inner
        self.name = f"{inner.name}, without the agent's acts"

    def customer(self, said: CustomerText) -> CustomerReading:
        """As the inner one, without that context."""
        return self._inner.customer(replace(said, agent_acts=()))

    def agent(self, said: AgentText) -> AgentReading:
        """As the inner one."""
        return self._inner.agent(said)


def judged(shared: Shared, calls: Path, turns: Path, logs: Path) -> Row:
    """The score tool's figures for the logs in `logs`."""
    command = [sys.executable, str(shared.tool), str(calls), str(turns), str(logs)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    content: dict[str, Any] = json.loads(done.stdout)
    row: Row = {}
    for name, path in _COLUMNS.items():
        value: Any = content
        for key in path:
            value = value.get(key) if value is not None else None
        row[name] = float("nan") if value is None else float(value)
    return row


def as_text(shared: Shared, understanding: Understanding, calls: Path, turns: Path) -> Row:
    """Figures of a text run over `calls`."""
    with tempfile.TemporaryDirectory() as folder:
        for script in load_scripts(calls, turns):
            app.run_script(script, Path(folder), understanding)
        return judged(shared, calls, turns, Path(folder))


def from_audio(shared: Shared, understanding: Understanding, logs: Path) -> Row:
    """Figures over what the recogniser heard in `logs`."""
    with tempfile.TemporaryDirectory() as folder:
        out, calls = Path(folder) / "out", Path(folder) / "calls.jsonl"
        paths = sorted(logs.glob("*.events.jsonl"))
        for path in paths:
            reread(path, out, understanding)
        ids = {path.name.split(".")[0] for path in paths}
        _write_some(shared.calls, calls, lambda call: call["id"] in ids)
        return judged(shared, calls, shared.turns, out)


def changed(shared: Shared, folder: Path, change: Callable[[str], str]) -> Path:
    """A copy of the turns with every text changed."""
    folder.mkdir()
    for path in shared.turns.glob("*.turns.json"):
        turns = json.loads(path.read_text(encoding="utf-8"))
        for turn in turns:
            turn["text"] = change(turn["text"])
        (folder / path.name).write_text(json.dumps(turns, ensure_ascii=False), encoding="utf-8")
    return folder


def variants(shared: Shared, ours: Understanding) -> Iterable[tuple[str, Row]]:
    """The same calls written otherwise, and by country."""
    rng = random.Random(1)  # noqa: S311  (reproducible, not secret)
    said = [json.loads(line) for line in shared.calls.read_text(encoding="utf-8").splitlines()]
    words = tuple(sorted({w for call in said for t in call["turns"] for w in t["text"].split()}))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = changed(shared, folder / "plain", plain)
        yield "no capitals, no punctuation", as_text(shared, ours, shared.calls, bare)
        wrong = changed(
            shared, folder / "misheard", lambda text: misheard(text, WORD_ERRORS, words, rng)
        )
        yield f"{WORD_ERRORS:.0%} of the words misheard", as_text(shared, ours, shared.calls, wrong)
        for locale in ("nl-NL", "nl-BE"):
            some = folder / f"{locale}.jsonl"
            _write_some(shared.calls, some, partial(_spoken_in, locale))
            yield locale, as_text(shared, ours, some, shared.turns)


def speed(ours: Understanding, shared: Shared) -> dict[str, float]:
    """Processor milliseconds of one utterance with its reasons, on one thread; size in bytes."""
    turns = [
        turn
        for line in shared.calls.read_text(encoding="utf-8").splitlines()
        for turn in json.loads(line)["turns"]
    ][:_TIMED]
    took, earlier = [], ""
    for turn in turns:
        text = turn["text"]
        began = time.process_time()
        if turn["speaker"] == "customer":
            ours.customer(CustomerText(channel=Speaker.CUSTOMER, text=text, earlier=(earlier,)))
            earlier = text
        else:
            ours.agent(AgentText(text=text, previous=earlier))
        took.append(1000 * (time.process_time() - began))
    took.sort()
    return {
        "p50_ms": round(took[len(took) // 2], 2),
        "p95_ms": round(took[int(len(took) * 0.95)], 2),
        "bytes": sum((FOLDER / name).stat().st_size for name in (*SHIPPED, "config.json")),
    }


def _spoken_in(locale: str, call: dict[str, Any]) -> bool:
    return bool(call["locale"] == locale)


def _write_some(calls: Path, target: Path, wanted: Callable[[Any], bool]) -> None:
    lines = calls.read_text(encoding="utf-8").splitlines(keepends=True)
    target.write_text("".join(x for x in lines if wanted(json.loads(x))), encoding="utf-8")


def _rows(shared: Shared, chosen: argparse.Namespace) -> Iterable[tuple[str, Row]]:
    ours = TransformerUnderstanding()
    alone = TransformerUnderstanding(second_opinion=0.0)
    yield "the product, text", as_text(shared, ours, shared.calls, shared.turns)
    if chosen.logs is not None:
        yield "the product, from audio", from_audio(shared, ours, chosen.logs)
    yield "without n-grams", as_text(shared, alone, shared.calls, shared.turns)
    yield "without the agent's acts", as_text(shared, WithoutActs(ours), shared.calls, shared.turns)
    yield from variants(shared, ours)
    if chosen.baselines:
        for name, other in _baselines(shared):
            yield name, as_text(shared, other, shared.calls, shared.turns)


def _baselines(shared: Shared) -> Iterable[tuple[str, Understanding]]:
    from models.training import baselines, examples
    from models.training.calibrate import sides
    from models.training.recipe import Recipe
    from models.training.run import OWN

    root = shared.tool.parent.parent
    data = examples.load(root, OWN, Recipe().split_seed)
    customers, agents = sides([e for e in data.fit if e.abuse is None])
    lexicon = root / "data" / "pattern_nl" / "nl_sentiment_lexicon.tsv"
    yield "phrase rules", RuleUnderstanding()
    yield "TF-IDF n-grams + LR", baselines.NGramUnderstanding(customers, agents)
    yield "Pattern lexicon", baselines.LexiconUnderstanding(lexicon)


def main(arguments: list[str] | None = None) -> int:
    """Print the tables as markdown; 0 also when there is nothing to measure on."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understanding")
    parser.add_argument("--logs", type=Path, help="logs of a run over the calls' audio")
    parser.add_argument("--baselines", action="store_true", help="needs scikit-learn")
    chosen = parser.parse_args(arguments)
    shared = Shared.found()
    if shared is None:
        print("no labelled calls: set COACH_SHARED to the data folder")
        return 0
    print("| | " + " | ".join(_COLUMNS) + " |")
    print("|---|" + "---|" * len(_COLUMNS))
    table: dict[str, Any] = {}
    for name, row in _rows(shared, chosen):
        table[name] = row
        print(f"| {name} | " + " | ".join(f"{v:.3f}" for v in row.values()) + " |")
    table["speed"] = speed(TransformerUnderstanding(), shared)
    print(json.dumps(table["speed"]))
    machine.keep("understanding", table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
