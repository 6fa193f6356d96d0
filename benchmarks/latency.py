"""How long people wait: both channels, at the speed of the clock.

    python -m benchmarks.latency [--calls N] [--threads N]

Plays the spoken labelled calls (COACH_SHARED) and reads the delays from the logs, p50 / p95 / p99:

* final words: from the end of the voice to the words for the record;
* first words: the same to the first words on the screen, negative while somebody still speaks;
* feeling: from the end of a customer's turn with a strong negative feeling (by its label) to the
  first negative feeling on the screen;
* reading: from a customer's final words on the screen to what was read in them;
* decision: from the end of the voice that a nudge is about to the moment at which the coach knows
  that it is needed; hold: from there to the screen, which good manners ask for.
"""

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from audio.callfile import find_files, inspect
from benchmarks import machine
from benchmarks.shared import shared_folder
from coach import app
from coach.settings import load_settings

STRONG = 2
_PERCENTILES = (50, 95, 99)
_TOUCHES_S = 0.2
Events = list[dict[str, Any]]


def main(arguments: list[str] | None = None) -> int:
    """Play, measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=8)
    parser.add_argument("--threads", type=int)
    chosen = parser.parse_args(arguments)
    shared = shared_folder()
    settings = load_settings(threads=chosen.threads)
    models = app.Models(
        recogniser=app.load_recogniser(settings), understanding=app.load_understanding(settings)
    )
    waits: dict[str, list[float]] = defaultdict(list)
    spent: dict[str, float] = defaultdict(float)
    labels = _labels(shared)
    with tempfile.TemporaryDirectory() as scratch:
        for path in find_files(shared / "calls" / "audio")[: chosen.calls]:
            log = app.analyse(inspect(path), Path(scratch), models, realtime=True)
            lines = log.read_text(encoding="utf-8").splitlines()
            events = [json.loads(line) for line in lines]
            turns = json.loads((shared / "calls" / "turns" / f"{path.stem}.turns.json").read_text())
            _measure(events, turns, labels[path.stem], waits)
            for key in ("audio_s", "wall_s", "cpu_s"):
                spent[key] += events[-1][key]
    figures = {
        "recogniser": models.recogniser.name,
        "understanding": models.understanding.name,
        "calls": chosen.calls,
        "audio_s": round(spent["audio_s"], 1),
        "cpu_share": round(spent["cpu_s"] / spent["audio_s"], 3),
        "waits_s": {name: _summary(values) for name, values in waits.items()},
        "each_s": {name: [round(one, 2) for one in sorted(all_)] for name, all_ in waits.items()},
    }
    machine.keep("latency", figures)
    _print(figures)
    return 0


def _labels(shared: Path) -> dict[str, dict[int, dict[str, Any]]]:
    lines = (shared / "calls" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    return {
        call["id"]: {turn["n"]: turn for turn in call["turns"]} for call in map(json.loads, lines)
    }


def _measure(
    events: Events,
    turns: list[dict[str, Any]],
    labels: dict[int, dict[str, Any]],
    waits: dict[str, list[float]],
) -> None:
    voices = {
        (e["speaker"], e["segment"]): _voice_end(e, turns)
        for e in events
        if e["type"] == "speech_ended"
    }
    first: dict[tuple[str, int], float] = {}
    for event in events:
        if event["type"] not in {"heard", "utterance"} or not event["text"]:
            continue
        key = event["speaker"], event["segment"]
        first.setdefault(key, event["at_s"])
        if event["type"] == "utterance":
            waits["final words"].append(event["at_s"] - voices[key])
            waits["first words"].append(first[key] - voices[key])
    _feelings(events, turns, labels, waits)
    for nudge in (e for e in events if e["type"] == "nudge"):
        ended = [end for end in voices.values() if end <= nudge["decided_s"]]
        waits["decision"].append(nudge["decided_s"] - max(ended))
        waits["hold"].append(nudge["at_s"] - nudge["decided_s"])


def _voice_end(ended: dict[str, Any], turns: list[dict[str, Any]]) -> float:
    """When the voice really stopped: the end of the turn if it lies in the stretch."""
    inside = [
        turn["end_s"]
        for turn in turns
        if turn["speaker"] == ended["speaker"]
        and ended["start_s"] < turn["end_s"] <= ended["end_s"]
    ]
    return float(max(inside, default=ended["end_s"]))


def _feelings(
    events: Events,
    turns: list[dict[str, Any]],
    labels: dict[int, dict[str, Any]],
    waits: dict[str, list[float]],
) -> None:
    read = [e for e in events if e["type"] == "scored" and e["speaker"] == "customer"]
    words = [e for e in events if e["type"] == "utterance" and e["speaker"] == "customer"]
    for one in (e for e in read if not e["partial"]):
        said = [e["at_s"] for e in words if one["start_s"] <= e["start_s"] < one["end_s"]]
        waits["reading"].append(one["at_s"] - max(e for e in said if e <= one["at_s"]))
    for turn in turns:
        label = labels[turn["n"]]
        if label.get("valence", 0) >= 0 or label.get("intensity", 0) < STRONG:
            continue
        seen = [
            e["at_s"]
            for e in read
            if e.get("valence", 0) < 0
            and min(e["end_s"], turn["end_s"]) - max(e["start_s"], turn["start_s"]) > _TOUCHES_S
        ]
        if seen:
            waits["feeling"].append(min(seen) - turn["end_s"])


def _summary(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    found: dict[str, float] = {"n": len(ordered)}
    for share in _PERCENTILES:
        place = min(len(ordered) - 1, round(share / 100 * len(ordered)))
        found[f"p{share}"] = round(ordered[place], 2)
    return found


def _print(figures: dict[str, Any]) -> None:
    print("| | n | p50 | p95 | p99 |")
    print("|---|---|---|---|---|")
    for name, wait in figures["waits_s"].items():
        print(f"| {name} | {wait['n']} | {wait['p50']} | {wait['p95']} | {wait['p99']} |")
    print(f"{figures['cpu_share']} CPU seconds a second of call (both channels)")


if __name__ == "__main__":
    sys.exit(main())
