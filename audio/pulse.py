"""What the sound server of a Linux desktop (PulseAudio, or PipeWire in its place) has and does.

Asked through `pactl`, so that a server that hangs or dies takes a small process with it and not
the coach.
"""

import json
import os
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from shutil import which
from time import monotonic
from typing import Any

_LATENCY_MS = 100
"""How much sound may come at once. The server makes the headset's own buffer as small as whoever
records its monitor asks for: with 20 ms a softphone that plays there ran dry now and then.
"""
_PATIENCE_S = 3.0
_SUBSCRIBING_S = 2.0
"""How long a busy machine may take before a server tells what changes."""


class NoServer(OSError):
    """There is no sound server to talk to, or not the programs to do it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PulseSource:
    """Something that can be recorded. `monitor_of`: the sink whose sound it is; `None`: a device.

    `rate` is the device's own, in samples a second; 0 where the server does not say. `muted`: it
    gives silence because somebody switched it off.
    """

    index: int
    name: str
    description: str
    monitor_of: str | None
    rate: int
    muted: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Defaults:
    """What the desktop's own sound settings say: where sound goes, and where it comes from."""

    sink: str
    source: str


def available() -> bool:
    """Whether a sound server answers."""
    try:
        defaults()
    except NoServer:
        return False
    return True


def sources() -> list[PulseSource]:
    """Everything that can be recorded. Raises `NoServer`."""
    return [
        PulseSource(
            index=int(one["index"]),
            name=str(one["name"]),
            description=str(one.get("description") or one["name"]),
            monitor_of=_sink(one),
            rate=_rate(str(one.get("sample_specification", ""))),
            muted=bool(one.get("mute")),
        )
        for one in _listed("sources")
    ]


def defaults() -> Defaults:
    """The default sink and source. Raises `NoServer`."""
    lines = dict(line.split(": ", 1) for line in _pactl("info").splitlines() if ": " in line)
    sink, source = lines.get("Default Sink", ""), lines.get("Default Source", "")
    return Defaults(sink=sink, source=source)


def source_of(process: int) -> int | None:
    """The index of the source that `process` records from; `None` if it records from none.

    A server moves a recording elsewhere when its device goes: what was the customer may have
    become the microphone. Raises `NoServer`.
    """
    for one in _listed("source-outputs"):
        if one.get("properties", {}).get("application.process.id") == str(process):
            return int(one["source"])
    return None


class Changes:
    """Says when something about the devices has changed, without asking all the time."""

    _WORDS = (b"on server", b"on source ", b"on sink ", b"on source-output")

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._unsure_until = 0.0
        self._rest = b""

    def happened(self) -> bool:
        """Whether devices, defaults or recordings changed since the last time. Does not wait.

        Also as long as it is not sure that the server tells: a change then would go unnoticed.
        """
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._listen()
            return True
        with suppress(BlockingIOError):
            self._rest += os.read(self._descriptor, 1 << 16)
        told, _, self._rest = self._rest.rpartition(b"\n")
        return any(word in told for word in self._WORDS) or monotonic() < self._unsure_until

    def close(self) -> None:
        """Stop listening."""
        if self._process is not None:
            end(self._process)
            self._process = None

    def _listen(self) -> None:
        self._unsure_until, self._rest = monotonic() + _SUBSCRIBING_S, b""
        with suppress(NoServer):
            self._process = subprocess.Popen(
                [_program("pactl"), "subscribe"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(),
            )
            assert self._process.stdout is not None  # noqa: S101 - asked for just above
            self._descriptor = self._process.stdout.fileno()
            os.set_blocking(self._descriptor, False)


def record(source: str, rate: int, name: str) -> "subprocess.Popen[bytes]":
    """A process that writes `source` to its standard output: float32, one channel, at `rate`.

    Raises `NoServer` where there is no program for it.
    """
    command = [
        _program("parec"),
        f"--device={source}",
        f"--client-name={name}",
        f"--stream-name={name}",
        "--raw",
        "--format=float32le",
        f"--rate={rate}",
        "--channels=1",
        f"--latency-msec={_LATENCY_MS}",
    ]
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env=environment(),
    )


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a process of ours and wait for it; it has nothing to save."""
    process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def environment() -> dict[str, str]:
    """Ours, with numbers and words as programs read them."""
    return {**os.environ, "LC_ALL": "C.UTF-8"}


def _program(program: str) -> str:
    path = which(program)
    if path is None:
        raise NoServer(f"{program} is not installed")
    return path


def _listed(what: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(_pactl("--format=json", "list", what) or "[]")
    except ValueError as why:
        raise NoServer(f"pactl does not list {what} as it should") from why
    return [one for one in found if isinstance(one, dict)]


def _pactl(*words: str) -> str:
    try:
        done = subprocess.run(
            [_program("pactl"), *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE_S,
            check=True,
            env=environment(),
        )
    except (OSError, subprocess.SubprocessError) as why:
        raise NoServer("pactl gets no answer") from why
    return done.stdout.decode("utf-8", "replace")


def _sink(source: dict[str, Any]) -> str | None:
    """The sink that a source listens to; servers say it in one of two places."""
    named = source.get("monitor_source") or source.get("monitor_of_sink")
    if named and named != "n/a":
        return str(named)
    name = str(source["name"])
    about = source.get("properties", {}).get("device.class")
    if about == "monitor" or name.endswith(".monitor"):
        return name.removesuffix(".monitor")
    return None


def _rate(specification: str) -> int:
    """The rate in "s16le 2ch 44100Hz"."""
    last = specification.split()[-1:] or [""]
    number = last[0].removesuffix("Hz")
    return int(number) if number.isdigit() else 0
