"""How fast this machine is: measured once on a few sentences, kept, and used to choose.

More threads are not always faster: hyper-threads and busy neighbours take back what they give. The
number that is fastest is kept; of two that are equally fast, the smaller one leaves more room.
"""

import json
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from coach.core.units import RATE
from coach.runtime.ports import Audio, Recogniser

FITS: Final = 0.2
"""A model fits when it reads speech in this share of its length: two people, and room to spare."""

_AS_FAST = 1.07
"""Within this factor two measurements are the same."""

_ROUNDS = 2

Load = Callable[[str, int], Recogniser]
"""Loads a model by name, with that many threads."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tuning:
    """What was measured here: the best number of threads, and per model the time for a second of
    speech, read with care. `machine` says on which machine, with which versions."""

    machine: Mapping[str, str]
    threads: int
    seconds: Mapping[str, float]

    def fits(self, name: str) -> bool:
        """Whether the model was measured, and keeps up with room to spare."""
        return self.seconds.get(name, FITS + 1) <= FITS


def describe(cpus: int) -> dict[str, str]:
    """The machine and the versions on which a tuning depends."""
    return {
        "machine": platform.machine(),
        "processor": platform.processor() or _processor(),
        "cpus": str(cpus),
        "system": platform.system(),
        "ctranslate2": version("ctranslate2"),
        "faster_whisper": version("faster-whisper"),
    }


def measure(
    load: Load,
    clips: Sequence[Audio],
    models: Sequence[str],
    cpus: int,
    *,
    now: Callable[[], float] = time.perf_counter,
    step: Callable[[float], None] = lambda _: None,
) -> Tuning:
    """Read the `clips` with every model, the first one also with every number of threads.

    `step` is told, before each of these, how much is done (0..1); what it raises ends it.
    """
    seconds: dict[str, float] = {}
    best, *others = models
    numbers = _numbers(cpus)
    steps = len(numbers) + len(others)
    tried: dict[int, float] = {}
    for threads in numbers:
        step(len(tried) / steps)
        tried[threads] = _seconds(load(best, threads), clips, now)
    fastest = min(tried.values())
    threads = min(number for number, took in tried.items() if took <= fastest * _AS_FAST)
    seconds[best] = round(tried[threads], 4)
    for name in others:
        step((len(tried) + len(seconds) - 1) / steps)
        seconds[name] = round(_seconds(load(name, threads), clips, now), 4)
    return Tuning(machine=describe(cpus), threads=threads, seconds=seconds)


def read(path: Path, cpus: int) -> Tuning | None:
    """What was measured on this very machine; `None`: nothing, or on another one."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        found = Tuning(**json.loads(path.read_text(encoding="utf-8")))
        if found.machine == describe(cpus) and found.threads > 0:
            return found
    return None


def write(path: Path, tuning: Tuning) -> None:
    """Keep it. Raises `OSError` when it cannot be kept."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(tuning), indent=1) + "\n", encoding="utf-8")


def _numbers(cpus: int) -> list[int]:
    """Numbers of threads worth trying: 1, 2, 4 and 8, and all."""
    return sorted({number for number in (1, 2, 4, 8, cpus) if number <= min(cpus, 8)})


def _seconds(recogniser: Recogniser, clips: Sequence[Audio], now: Callable[[], float]) -> float:
    """Seconds for a second of speech: the best of a few rounds, for others disturb a measurement.

    The first round also warms up what is made only once.
    """
    length = sum(len(clip) for clip in clips) / RATE
    rounds = []
    for _ in range(_ROUNDS):
        began = now()
        for clip in clips:
            recogniser.transcribe(clip, final=True)
        rounds.append(now() - began)
    return min(rounds) / length


def _processor() -> str:
    """The name of the processor where the system has it in its usual file."""
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return ""
