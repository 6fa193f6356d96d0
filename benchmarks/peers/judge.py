"""What the notes of a run say: when each deciding word was known, and the words in the end."""

import json
import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peers.excerpt import Deciding, Excerpt, near
from benchmarks.word_errors import Errors, errors, words_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """What stood on the screen from `at_s` on: final text, and all text."""

    at_s: float
    final: str
    shown: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One system on one excerpt. Delays are seconds after the end of the turn, `None`: never."""

    system: str
    call: str
    length_s: float
    deciding: list[str]
    shown_s: list[float | None]
    final_s: list[float | None]
    caught_up_s: float
    errors: Errors
    cpu_s: float
    peak_mb: float


def read_notes(path: Path) -> tuple[float, list[Note]]:
    """The moment at which a driver began, and its notes. Raises `LookupError`: it never began."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    began = [float(line["began"]) for line in lines if "began" in line]
    if not began:
        raise LookupError("it never began")
    notes = [Note(**line) for line in lines if "at_s" in line]
    return began[-1], notes


def read_log(path: Path) -> list[Note]:
    """The customer's side of a call log as notes: an utterance is final, a look is shown."""
    notes: list[Note] = []
    final = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if event.get("speaker") != "customer" or event["type"] not in ("heard", "utterance"):
            continue
        text = event["text"].strip()
        shown = f"{final} {text}".strip()
        final = shown if event["type"] == "utterance" else final
        notes.append(Note(at_s=event["at_s"], final=final, shown=shown))
    return notes


def judge(system: str, excerpt: Excerpt, notes: list[Note], cpu_s: float, peak_mb: float) -> Run:
    """Everything that is reported of one run."""
    text = notes[-1].shown if notes else ""
    last_s = notes[-1].at_s if notes else 0.0
    return Run(
        system=system,
        call=excerpt.call,
        length_s=round(excerpt.length_s, 1),
        deciding=[one.word for one in excerpt.deciding],
        shown_s=[_delay(one, [(n.at_s, n.shown) for n in notes]) for one in excerpt.deciding],
        final_s=[_delay(one, [(n.at_s, n.final) for n in notes]) for one in excerpt.deciding],
        caught_up_s=round(last_s - excerpt.length_s, 2),
        errors=errors(excerpt.reference, words_of(text)),
        cpu_s=round(cpu_s, 1),
        peak_mb=round(peak_mb),
    )


def _delay(deciding: Deciding, texts: list[tuple[float, str]]) -> float | None:
    """From the end of the turn to the first text that has the word once more than before it."""
    before = 0
    for at_s, text in texts:
        count = sum(near(deciding.word, word) for word in words_of(text))
        if at_s < deciding.start_s:
            before = max(before, count)
        elif count > before:
            return round(at_s - deciding.end_s, 2)
    return None


def summary(runs: list[Run]) -> dict[str, Any]:
    """The runs of one system together."""
    return {
        "words": sum(len(run.deciding) for run in runs),
        "shown": _delays([delay for run in runs for delay in run.shown_s]),
        "final": _delays([delay for run in runs for delay in run.final_s]),
        "wer": round(
            sum(run.errors.total for run in runs) / sum(run.errors.words for run in runs), 3
        ),
        "cpu_s": round(sum(run.cpu_s for run in runs), 1),
        "rtf": round(sum(run.cpu_s for run in runs) / sum(run.length_s for run in runs), 3),
        "peak_mb": max(run.peak_mb for run in runs),
    }


def _delays(delays: list[float | None]) -> dict[str, Any]:
    known = sorted(delay for delay in delays if delay is not None)
    if not known:
        return {"known": 0, "p50_s": None, "max_s": None}
    return {
        "known": len(known),
        "p50_s": round(statistics.median(known), 2),
        "max_s": known[-1],
    }


def ratio(runs: list[Run], ours: list[Run]) -> float | None:
    """How many times as long as ours the wait was (final text), over the words that both knew."""
    pairs = [
        (delay, our)
        for run, mine in zip(runs, ours, strict=True)
        for delay, our in zip(run.final_s, mine.final_s, strict=True)
        if delay is not None and our is not None
    ]
    if not pairs:
        return None
    waits, ours_s = (statistics.median(column) for column in zip(*pairs, strict=True))
    return round(waits / ours_s, 1) if ours_s > 0 else None
