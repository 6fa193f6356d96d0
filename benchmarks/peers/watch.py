"""Runs a command and watches all of its processes: processor time and memory, twice a second.

Linux only: it reads /proc. Memory is the proportional share, so that what processes share counts
once.
"""

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY_S = 0.25
_SESSION, _TIMES = 3, slice(11, 15)
"""In /proc/PID/stat, counted after the name: session; user and system time, children's too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """One look: `at` on the monotonic clock, processor seconds so far, memory in MB (2**20)."""

    at: float
    cpu_s: float
    memory_mb: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Watched:
    """A command that is over."""

    code: int | None
    complaint: str
    samples: tuple[Sample, ...]

    def cpu_between(self, start: float, end: float) -> float:
        """Processor seconds from `start` to `end` (monotonic clock)."""
        return self._cpu_at(end) - self._cpu_at(start)

    @property
    def peak_mb(self) -> float:
        """The most memory that was seen."""
        return max((sample.memory_mb for sample in self.samples), default=0.0)

    def _cpu_at(self, moment: float) -> float:
        before = [sample.cpu_s for sample in self.samples if sample.at <= moment]
        return max(before, default=0.0)


def watch(command: Sequence[str], log: Path, timeout_s: float) -> Watched:
    """Run `command` to its end, its output into `log`; killed with its children when it is late."""
    samples: list[Sample] = []
    over = threading.Event()
    with log.open("wb") as output:
        process = subprocess.Popen(
            list(command), stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        looking = threading.Thread(target=_look, args=(process.pid, samples, over))
        looking.start()
        try:
            code: int | None = process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            code = None
        over.set()
        looking.join()
        _end(process)
    said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return Watched(code=code, complaint=" ".join(said[-1:])[-200:], samples=tuple(samples))


def _look(session: int, samples: list[Sample], over: threading.Event) -> None:
    while not over.wait(_EVERY_S):
        at, cpu, memory = time.monotonic(), 0.0, 0.0
        for process in _processes(session):
            cpu += process[1]
            memory += _memory_mb(process[0])
        samples.append(Sample(at=at, cpu_s=cpu, memory_mb=memory))


def _processes(session: int) -> list[tuple[Path, float]]:
    """Every process of the session, with its processor seconds and those of its dead children."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rsplit(")", 1)[1].split()
        except (OSError, IndexError):  # it is gone
            continue
        if int(fields[_SESSION]) == session:
            ticks = sum(int(field) for field in fields[_TIMES])
            found.append((stat.parent, ticks / os.sysconf("SC_CLK_TCK")))
    return found


def _memory_mb(process: Path) -> float:
    try:
        lines = (process / "smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Nothing of the session is left, whatever it started."""
    for folder, _ in _processes(process.pid):
        try:
            os.kill(int(folder.name), 9)
        except ProcessLookupError:
            continue
    process.wait()
