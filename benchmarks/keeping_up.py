"""Does the coach keep up for an hour? Both channels at the speed of the clock, real models.

    python -m benchmarks.keeping_up [--minutes 60] [--load none|half] [--cores N]

Strings the spoken labelled calls (COACH_SHARED) together to one long call and plays it in a process
of its own. `--load half`: another process keeps half of the cores busy all the time; `--cores 1`:
the coach has one core. What a condition gave is added to `results/keeping_up.json`:

* lag: from the end of a stretch of speech (with the pause that ends it) to its final words, in the
  first and the last sixth of the call, and a median for every minute;
* memory: resident, sampled every five seconds; its growth over the second half;
* CPU seconds a second of call, of both channels; what was lost, and how often the pace changed.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from audio.callfile import find_files, inspect
from benchmarks import machine
from benchmarks.shared import shared_folder
from coach import app
from coach.settings import load_settings

MINUTES = 60.0
_SAMPLE_S = 5.0
_BETWEEN_S = 2.0
_SETTLED_S = 120.0
_EDGE = 6
_SEED = 11
Events = list[dict[str, Any]]


def build(path: Path, minutes: float) -> None:
    """One stereo recording of `minutes` out of the spoken calls, in a shuffled order, again."""
    import soundfile

    files = find_files(shared_folder() / "calls" / "audio")
    order = np.random.default_rng(_SEED).permutation(len(files))
    rate = soundfile.info(files[0]).samplerate
    left = round(minutes * 60 * rate)
    quiet = np.zeros((round(_BETWEEN_S * rate), 2), np.int16)
    with soundfile.SoundFile(path, "w", rate, 2, format="FLAC") as file:
        while left > 0:
            for number in order:
                sound, _ = soundfile.read(files[number], dtype="int16")
                piece = np.concatenate((sound, quiet))[: max(0, left)]
                file.write(piece)
                left -= len(piece)


class Sampler:
    """Samples the memory of this process in the background, as (seconds, MB)."""

    def __init__(self) -> None:
        self.samples: list[tuple[float, float]] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> "Sampler":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _sample(self) -> None:
        began = time.monotonic()
        while not self._over.wait(_SAMPLE_S):
            self.samples.append((round(time.monotonic() - began, 1), resident_mb()))


def resident_mb() -> float:
    """Memory of this process that is resident now, in MB (2**20 bytes)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)


def play(path: Path) -> dict[str, Any]:
    """Play one recording through the chain in this process, and read what its log tells."""
    settings = load_settings()
    models = app.Models(
        recogniser=app.load_recogniser(settings), understanding=app.load_understanding(settings)
    )
    with tempfile.TemporaryDirectory() as out, Sampler() as sampler:
        log = app.analyse(inspect(path), Path(out), models, realtime=True)
        events: Events = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    return {"recogniser": models.recogniser.name, **figures(events, sampler.samples)}


def figures(events: Events, memory: list[tuple[float, float]]) -> dict[str, Any]:
    """What a call's log and the memory samples come to. Lags in seconds."""
    finals = [event for event in events if event["type"] == "utterance"]
    lags = [(event["at_s"], round(event["at_s"] - event["end_s"], 2)) for event in finals]
    last = events[-1]
    length = last["audio_s"]
    first = [lag for at, lag in lags if at < length / _EDGE]
    end = [lag for at, lag in lags if at >= length - length / _EDGE]
    lost = [event for event in events if event["type"] == "work_lost"]
    return {
        "audio_s": round(length, 1),
        "cpu_share": round(last["cpu_s"] / length, 3),
        "overrun_s": round(last["wall_s"] - length, 1),
        "finals": len(finals),
        "lag_s": _spread([lag for _, lag in lags]),
        "lag_first_s": _spread(first),
        "lag_last_s": _spread(end),
        "lost": len(lost),
        "lost_s": round(sum(event["end_s"] - event["start_s"] for event in lost), 1),
        "pace_changes": sum(event["type"] == "pace" for event in events),
        "memory_mb": _memory(memory),
        "lag_by_minute_s": _by_minute(lags),
        "memory_by_minute_mb": _by_minute(memory),
    }


def _spread(values: list[float]) -> dict[str, float]:
    ordered = sorted(values) or [0.0]
    at = {share: ordered[int(share * (len(ordered) - 1))] for share in (0.5, 0.95)}
    return {"p50": at[0.5], "p95": at[0.95], "max": ordered[-1]}


def _memory(samples: list[tuple[float, float]]) -> dict[str, float]:
    """The most, and how much was added over the second half (medians of its two ends)."""
    settled = [mb for at, mb in samples if at > _SETTLED_S] or [mb for _, mb in samples] or [0.0]
    half = settled[len(settled) // 2 :]
    end = max(1, len(half) // _EDGE)
    growth = statistics.median(half[-end:]) - statistics.median(half[:end])
    return {"most": max(mb for _, mb in samples), "second_half": round(growth, 1)}


def _by_minute(values: list[tuple[float, float]]) -> list[float | None]:
    minutes: list[list[float]] = [[] for _ in range(int(max(at for at, _ in values) // 60) + 1)]
    for at, value in values:
        minutes[int(at // 60)].append(value)
    return [round(statistics.median(one), 2) if one else None for one in minutes]


@contextmanager
def occupied(cores: int) -> Iterator[None]:
    """As many other processes as `cores`, each busy without a pause."""
    burn = [sys.executable, "-c", "while True: pass"]
    with ExitStack() as stack:
        for _ in range(cores):
            process = stack.enter_context(subprocess.Popen(burn))
            stack.callback(process.kill)
        yield


def main(arguments: list[str] | None = None) -> int:
    """Play one condition, keep it beside the others, print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--load", choices=("none", "half", "others"), default="none")
    parser.add_argument("--cores", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.one:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: chosen.cores])
        sys.stdout.write(json.dumps(play(chosen.one)))
        return 0
    load = {"none": "nothing else", "half": "half occupied", "others": "busy with other work"}
    name = f"{chosen.cores} cores, {load[chosen.load]}"
    busy = len(os.sched_getaffinity(0)) // 2 if chosen.load == "half" else 0
    with tempfile.TemporaryDirectory() as folder, occupied(busy):
        path = Path(folder) / "hour.flac"
        build(path, chosen.minutes)
        command = [sys.executable, "-m", "benchmarks.keeping_up", "--one", str(path)]
        command += ["--cores", str(chosen.cores)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    found = {"date": machine.describe()["date"], **json.loads(done.stdout)}
    kept = machine.RESULTS / "keeping_up.json"
    before = json.loads(kept.read_text("utf-8"))["conditions"] if kept.is_file() else {}
    machine.keep("keeping_up", {"conditions": {**before, name: found}})
    print(json.dumps({name: found}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
