"""The whole chain on the labelled calls: as text, and from audio; scored by the calls' own tool.

    python -m benchmarks.labelled_calls [--logs DIR]

Needs the folder of labelled calls (COACH_SHARED, or `../shared`). The text run covers all calls of
`dev`; the audio run those that were spoken. Every log is replayed: the decisions must be identical.
The phrase rules read the same words, as a baseline.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from audio.callfile import find_files, inspect
from benchmarks import machine
from benchmarks.reread import reread
from benchmarks.shared import shared_folder
from coach import app
from coach.core.replay import compare
from coach.runtime.script import load_scripts
from coach.settings import load_settings
from coach.store.calllog import SUFFIX, read_log

ROWS = (
    ("acknowledge F1", ("key_acts_f1", "acknowledge_emotion")),
    ("ask F1", ("key_acts_f1", "ask_identification")),
    ("strong negative F1", ("strong_negative", "f1")),
    ("emotion macro-F1", ("emotion_macro_f1",)),
    ("valence correlation", ("valence_correlation",)),
    ("escalation micro-F1", ("escalation_micro", "f1")),
    ("acts macro-F1", ("acts_macro_f1",)),
    ("nudge precision", ("nudges", "precision")),
    ("nudge recall", ("nudges", "recall")),
    ("false alarms per calm call", ("calm_calls", "false_alarms_per_call")),
    ("order accuracy", ("order_accuracy",)),
    ("risk accuracy", ("risk_accuracy",)),
)


def main(arguments: list[str] | None = None) -> int:
    """Run, score, print a table, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--logs", type=Path, help="keep the logs here")
    chosen = parser.parse_args(arguments)
    shared = shared_folder()
    ours, rules = load_settings(), load_settings(understanding="rules")
    with tempfile.TemporaryDirectory() as scratch:
        logs = chosen.logs or Path(scratch)
        figures = {
            "text": _text(shared, ours, logs / "text"),
            "audio": _audio(shared, ours, logs / "audio"),
            "rules_text": _text(shared, rules, logs / "rules_text"),
            "rules_audio": _reread(shared, rules, logs / "audio", logs / "rules_audio"),
        }
    machine.keep("labelled_calls", figures)
    _print(figures)
    return 0


def _text(shared: Path, settings: Any, out: Path) -> dict[str, Any]:
    understanding = app.load_understanding(settings)
    calls = shared / "calls" / "dev.jsonl"
    for script in load_scripts(calls, shared / "calls" / "turns"):
        _check(app.run_script(script, out, understanding))
    return {"understanding": understanding.name, **_score(shared, calls, out)}


def _audio(shared: Path, settings: Any, out: Path) -> dict[str, Any]:
    models = app.Models(
        recogniser=app.load_recogniser(settings), understanding=app.load_understanding(settings)
    )
    files = find_files(shared / "calls" / "audio")
    audio_s = wall_s = cpu_s = replayed_s = 0.0
    for path in files:
        log = app.analyse(inspect(path), out, models)
        replayed_s += _check(log)
        finished = json.loads(log.read_text(encoding="utf-8").splitlines()[-1])
        audio_s += finished["audio_s"]
        wall_s += finished["wall_s"]
        cpu_s += finished["cpu_s"]
    speed = {
        "audio_s": audio_s,
        "times_real_time": audio_s / wall_s,
        "replay_times_real_time": audio_s / replayed_s,
        "cpu_share": cpu_s / audio_s,
    }
    scored = _score(shared, _spoken(shared, out), out)
    return {"recogniser": models.recogniser.name, **speed, **scored}


def _reread(shared: Path, settings: Any, heard: Path, out: Path) -> dict[str, Any]:
    """What another understanding makes of the same recogniser output."""
    understanding = app.load_understanding(settings)
    for path in sorted(heard.glob(f"*{SUFFIX}")):
        reread(path, out, understanding)
    return {"understanding": understanding.name, **_score(shared, _spoken(shared, out), out)}


def _spoken(shared: Path, logs: Path) -> Path:
    """The labels of the calls that have a log in `logs`."""
    ids = {path.name.removesuffix(SUFFIX) for path in logs.glob(f"*{SUFFIX}")}
    lines = (shared / "calls" / "dev.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    some = logs / "spoken.jsonl"
    some.write_text("".join(x for x in lines if json.loads(x)["id"] in ids), encoding="utf-8")
    return some


def _check(log: Path) -> float:
    """Seconds that it took to take every decision of the log again."""
    began = time.perf_counter()
    difference = compare(read_log(log))
    if difference is not None:
        raise AssertionError(f"{log} does not replay: {difference}")
    return time.perf_counter() - began


def _score(shared: Path, calls: Path, logs: Path) -> dict[str, Any]:
    tool = shared / "tools" / "score_calls.py"
    command = [sys.executable, str(tool), str(calls), str(shared / "calls" / "turns"), str(logs)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    scored: dict[str, Any] = json.loads(done.stdout)
    return scored


def _print(figures: dict[str, Any]) -> None:
    heads = (f"{run} ({figures[run]['calls']} calls)" for run in figures)
    print("| | " + " | ".join(heads) + " |")
    print("|---" * (len(figures) + 1) + "|")
    for name, path in ROWS:
        print(f"| {name} | " + " | ".join(f"{at(figures[r], path):.3f}" for r in figures) + " |")
    audio = figures["audio"]
    print(
        f"audio: {audio['times_real_time']:.1f}x real time, {audio['cpu_share']:.3f} CPU s a second"
    )


def at(figures: dict[str, Any], path: tuple[str, ...]) -> float:
    """The figure at the end of `path`."""
    value: Any = figures
    for key in path:
        value = value[key]
    return float(value)


if __name__ == "__main__":
    sys.exit(main())
