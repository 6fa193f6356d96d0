"""A call for live benchmarks: an own sound server, a demo call in a loop, a coach beside it."""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import soundfile

from benchmarks.machine import ROOT
from coach.app import demo_call
from coach.control_file import read_address
from coach.core.events import LogEvent
from coach.errors import UserError
from coach.store.calllog import SUFFIX, read_log

PATIENCE_S = 120.0
"""How long a coach may take to load its models."""

LAST_WORDS_S = 600.0
"""How long it may take to read what was still waiting at the end of the call."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """Where a benchmark plays: its folder, the environment of its processes, the call as files.

    `both` has the agent left and the customer right. `loop_s`: how long one round of the call is.
    """

    folder: Path
    environment: dict[str, str]
    agent: Path
    customer: Path
    both: Path
    loop_s: float

    def play(
        self, sink: str, sound: Path, *, listened_to: bool = False
    ) -> "subprocess.Popen[bytes]":
        """A player of `sound` on `sink`.

        `listened_to`: what it complains about goes to its standard error, which must be read.
        """
        verbose = ["--verbose"] if listened_to else []
        return subprocess.Popen(
            ["paplay", *verbose, f"--device={sink}", "--latency-msec=200", str(sound)],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if listened_to else subprocess.DEVNULL,
        )


@contextmanager
def surroundings(minutes: float) -> Iterator[Surroundings]:
    """A sound server with a headset and a microphone, and `minutes` of the demo call to play."""
    from tests.pulse import NEEDED, SoundServer, program

    missing = [name for name in NEEDED if program(name) == name]
    if missing:
        sys.exit(f"skipped: not installed: {', '.join(missing)}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = SoundServer(folder)
        environment = {
            **os.environ,
            **server.environment,
            "COACH_CONTROL": str(folder / "control.json"),
            "COACH_DIARY": str(folder / "diary.jsonl"),
            "COACH_RECORD": str(folder / "record"),
            "COACH_KEY_STORE": "file",
        }
        agent, customer, both, loop_s = _looped(folder, minutes)
        server.start()
        try:
            yield Surroundings(
                folder=folder,
                environment=environment,
                agent=agent,
                customer=customer,
                both=both,
                loop_s=loop_s,
            )
        finally:
            server.stop()


def _looped(folder: Path, minutes: float) -> tuple[Path, Path, Path, float]:
    """The demo call again and again for `minutes`: each side as a file of its own, and both."""
    sound, rate = soundfile.read(demo_call(), dtype="int16")
    rounds = max(1, round(minutes * 60 * rate / len(sound)))
    paths = []
    for name, channels in (("agent", (0, 0)), ("customer", (1, 1)), ("both", (0, 1))):
        paths.append(folder / f"{name}.wav")  # two channels: a server halves what is mono
        with soundfile.SoundFile(paths[-1], "w", rate, 2, subtype="PCM_16") as out:
            for _ in range(rounds):
                out.write(sound[:, channels])
    agent, customer, both = paths
    return agent, customer, both, len(sound) / rate


@contextmanager
def coached(
    around: Surroundings, command: Sequence[str], *options: str
) -> Iterator["subprocess.Popen[bytes]"]:
    """A coach that is in a call meanwhile; its log is `only_log(around)` afterwards."""
    out = str(around.folder / "calls")
    line = [*command, "listen", "--text", "--manual", "--no-check", "--out", out, *options]
    coach = subprocess.Popen(line, cwd=ROOT, env=around.environment, stdout=subprocess.DEVNULL)
    try:
        _call(around, "start")
        yield coach
        _call(around, "stop")
        coach.send_signal(signal.SIGINT)
        coach.wait(LAST_WORDS_S)
    finally:
        coach.kill()
        coach.wait()


def only_log(around: Surroundings) -> list[LogEvent]:
    """The events of the one call of this benchmark; the log is removed."""
    (path,) = (around.folder / "calls").glob(f"*{SUFFIX}")
    events = list(read_log(path))
    path.unlink()
    return events


def _call(around: Surroundings, what: str) -> None:
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE_S:
        try:
            read_address(Path(around.environment["COACH_CONTROL"]))
        except UserError:
            time.sleep(0.1)
            continue
        done = subprocess.run(
            [sys.executable, "-m", "coach", "call", what, "--json"],
            cwd=ROOT,
            env=around.environment,
            check=True,
            capture_output=True,
        )
        json.loads(done.stdout)
        return
    sys.exit("the coach does not listen")


def family(process: int) -> list[int]:
    """A process and its children, as they are now."""
    children = Path(f"/proc/{process}/task/{process}/children")
    try:
        return [process, *map(int, children.read_text(encoding="ascii").split())]
    except OSError:
        return [process]


def resident_mb(process: int) -> float:
    """What a process and its children hold in memory, in MB (2**20 bytes)."""
    page = resource.getpagesize()
    held = 0
    for one in family(process):
        try:
            held += int(Path(f"/proc/{one}/statm").read_text(encoding="ascii").split()[1]) * page
        except OSError:
            continue
    return round(held / 2**20, 1)


def cpu_s(process: int) -> float:
    """The processor time that a process and its children have used, in seconds."""
    used = 0
    for one in family(process):
        try:
            fields = (
                Path(f"/proc/{one}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            )
        except OSError:
            continue
        used += int(fields[11]) + int(fields[12])
    return used / os.sysconf("SC_CLK_TCK")
