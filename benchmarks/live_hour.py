"""An hour of a live call: does it drift, lose sound, grow, or slow down?

Plays the demo call in a loop into a sound server of its own, both sides, for so many minutes, while
`coach listen` coaches it as one call. Every ten seconds memory and processor time are noted; the
log gives the rest. Prints a table and JSON:

    python -m benchmarks.live_hour [--minutes 60] [--scripted]

With `--scripted` the recogniser is scripted: what is measured then is the capture.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Sequence
from typing import Any

from benchmarks import machine
from benchmarks.beside_a_call import (
    Surroundings,
    coached,
    cpu_s,
    only_log,
    resident_mb,
    surroundings,
)
from coach.core.events import AudioGap, LogEvent, PaceChanged, SpeechStarted, Utterance, WorkLost
from coach.core.units import RATE
from coach.core.vocabulary import Speaker

_NOTE_EVERY_S = 10.0
_LINE = ("--microphone", "line_left", "--customer", "line_right")
"""Both sides of one player: what one loses, the other loses, and they stay comparable."""
_NEAR_S = 1.5
"""Speech that begins within this of where it began in the first round is the same speech."""


def measure(around: Surroundings, minutes: float, *, scripted: bool) -> dict[str, Any]:
    """Coach one long call and look at it from outside."""
    command = [
        sys.executable,
        "-m",
        *(["benchmarks.live_hour", "--coach"] if scripted else ["coach"]),
    ]
    notes: list[tuple[float, float, float]] = []
    with coached(around, command, *_LINE) as coach:
        player = around.play("line", around.both)
        began = time.monotonic()
        while (passed := time.monotonic() - began) < minutes * 60:
            notes.append((passed, resident_mb(coach.pid), cpu_s(coach.pid)))
            time.sleep(min(_NOTE_EVERY_S, minutes * 60 - passed))
        player.kill()
        player.wait()
    return {
        "minutes": minutes,
        "models": "scripted" if scripted else "real",
        **_used(notes),
        **_heard(only_log(around), around.loop_s),
    }


def _used(notes: Sequence[tuple[float, float, float]]) -> dict[str, float]:
    """Memory at the start, in the middle and at the end; processor time a second of call."""
    settled = [note for note in notes if note[0] >= min(60, notes[-1][0] / 4)]
    half = settled[len(settled) // 2 :]
    spent = settled[-1][2] - settled[0][2]
    return {
        "settled_mb": settled[0][1],
        "end_mb": settled[-1][1],
        "grown_second_half_mb": round(half[-1][1] - half[0][1], 1),
        "cpu_a_second": round(spent / max(1e-9, settled[-1][0] - settled[0][0]), 3),
    }


def _heard(log: Sequence[LogEvent], loop_s: float) -> dict[str, Any]:
    """Losses, lags and drift, from the log."""
    lags = [(e.at - e.end) / RATE for e in log if isinstance(e, Utterance) and e.text]
    ends = lags[: len(lags) // 4], lags[-(len(lags) // 4) :]
    starts = {side: _starts(log, side) for side in Speaker}
    drifts = {side: _drift_ms(starts[side], loop_s) for side in Speaker}
    apart = None
    if None not in drifts.values():
        apart = round(abs(drifts[Speaker.AGENT] - drifts[Speaker.CUSTOMER]), 1)  # type: ignore[operator]
    return {
        "utterances": len(lags),
        "gaps": [e.reason for e in log if isinstance(e, AudioGap) and e.is_loss],
        "work_lost": sum(isinstance(e, WorkLost) for e in log),
        "paces": [e.pace.value for e in log if isinstance(e, PaceChanged)],
        "lag_first_quarter_s": round(statistics.median(ends[0]), 2) if ends[0] else None,
        "lag_last_quarter_s": round(statistics.median(ends[1]), 2) if ends[1] else None,
        "drift_agent_ms": drifts[Speaker.AGENT],
        "drift_customer_ms": drifts[Speaker.CUSTOMER],
        "sides_apart_ms": apart,
    }


def _starts(log: Sequence[LogEvent], side: Speaker) -> list[float]:
    return [e.start / RATE for e in log if isinstance(e, SpeechStarted) and e.speaker is side]


def _drift_ms(starts: Sequence[float], loop_s: float) -> float | None:
    """How much later the same speech begins in the last rounds than in the first, in ms.

    Median over the speech of a round; `None` where there was one round only.
    """
    first = [start for start in starts if start - starts[0] < loop_s / 2]
    rounds = int((starts[-1] - starts[0]) / loop_s) if starts else 0
    if rounds < 1:
        return None
    off = []
    for start in first:
        expected = start + rounds * loop_s
        near = min(starts, key=lambda other: abs(other - expected))
        if abs(near - expected) < _NEAR_S:
            off.append((near - expected) * 1000)
    return round(statistics.median(off), 1) if off else None


def table(r: dict[str, Any]) -> str:
    """The hour as Markdown."""
    rows = [
        ("call", f"{r['minutes']:g} min, {r['models']} models, {r['utterances']} utterances"),
        ("sound lost", f"{len(r['gaps'])} gaps {sorted(set(r['gaps'])) or ''}".strip()),
        ("answers lost", str(r["work_lost"])),
        (
            "final text after the end of speech, first / last quarter",
            f"{r['lag_first_quarter_s']} / {r['lag_last_quarter_s']} s (median)",
        ),
        (
            "drift of the agent / the customer over the call",
            f"{r['drift_agent_ms']} / {r['drift_customer_ms']} ms",
        ),
        ("sides apart at the end, compared with the beginning", f"{r['sides_apart_ms']} ms"),
        ("memory, settled / end", f"{r['settled_mb']:.0f} / {r['end_mb']:.0f} MB"),
        ("memory, growth in the second half", f"{r['grown_second_half_mb']} MB"),
        ("processor time a second of call", f"{r['cpu_a_second']} s"),
        ("paces", ", ".join(r["paces"]) or "full all the time"),
    ]
    return "\n".join(["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])


def _scripted_coach(arguments: list[str]) -> None:
    """The command line with a recogniser that only takes its time."""
    from benchmarks.memory import Talker
    from coach import app
    from coach.cli import main as coach
    from models.understanding.rules import RuleUnderstanding

    app.load_recogniser = lambda _: Talker()  # type: ignore[assignment]
    app.load_understanding = lambda _: RuleUnderstanding()  # type: ignore[assignment]
    sys.argv = ["coach", *arguments]
    coach()


def main() -> None:
    """Measure, keep and print."""
    parser = argparse.ArgumentParser(description="An hour of a live call.")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--scripted", action="store_true")
    asked = parser.parse_args()
    with surroundings(asked.minutes + 1) as around:
        result = measure(around, asked.minutes, scripted=asked.scripted)
    machine.keep("live_capture" if asked.scripted else "live_hour", result)
    print(table(result))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--coach"]:
        _scripted_coach(sys.argv[2:])
    else:
        main()
