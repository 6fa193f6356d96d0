"""A sound server of the tests' own: no hardware, nothing of the machine's real one is touched.

Sinks `headset` (what the agent hears) and `micloop` (what reaches the microphone `mic`), and `line`
whose left and right channel are recorded as `line_left` and `line_right` at the same moment.
"""

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

PATIENCE_S = 20.0
"""How long a busy machine may take over what an idle one does at once."""
NEEDED = ("pulseaudio", "pactl", "parec", "paplay")
_MODULES = (
    "module-null-sink sink_name=headset",
    "module-null-sink sink_name=micloop",
    "module-null-sink sink_name=line",
    "module-remap-source source_name=mic master=micloop.monitor",
    "module-remap-source source_name=line_left master=line.monitor"
    " master_channel_map=front-left channel_map=mono remix=no",
    "module-remap-source source_name=line_right master=line.monitor"
    " master_channel_map=front-right channel_map=mono remix=no",
)


def until(condition: Callable[[], bool], seconds: float, what: str) -> float:
    """Wait for `condition`; returns how long it took, fails after `seconds`."""
    began, pause = time.monotonic(), threading.Event()
    while not condition():
        assert time.monotonic() - began < seconds, f"not within {seconds} s: {what}"
        pause.wait(0.01)
    return time.monotonic() - began


def program(name: str) -> str:
    """Where a program is; its name where it is not, so that the error names it."""
    return shutil.which(name) or name


class SoundServer:
    """Starts, hurts and stops the server. Its surroundings are in `environment`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            "PULSE_RUNTIME_PATH": str(folder),
            "PULSE_STATE_PATH": str(folder),
            "PULSE_COOKIE": str(folder / "cookie"),
            "PULSE_SERVER": f"unix:{folder / 'native'}",  # also keeps clients from starting another
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        command = [
            program("pulseaudio"),
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--use-pid-file=no",
        ]
        modules = (f"module-native-protocol-unix socket={self.folder / 'native'}", *_MODULES)
        self._process = subprocess.Popen(
            [*command, *(word for module in modules for word in ("-L", module))],
            env={**os.environ, **self.environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(self._answers, PATIENCE_S, "the sound server answers")
        self.pactl("set-default-source", "mic")
        self.pactl("set-default-sink", "headset")

    def stop(self) -> None:
        """Stop at once, as a crash does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def pactl(self, *words: str) -> str:
        """Run `pactl`; its output."""
        done = subprocess.run(
            [program("pactl"), *words],
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def unload(self, argument: str) -> None:
        """Unload the module that was loaded with `argument`."""
        for line in self.pactl("list", "short", "modules").splitlines():
            number, _, rest = line.split("\t")[:3]
            if argument in rest.split():
                self.pactl("unload-module", number)
                return
        raise LookupError(argument)

    @contextmanager
    def playing(self, sink: str, sound: Path) -> Iterator[None]:
        """`sound` is played on `sink` meanwhile."""
        player = subprocess.Popen(
            [program("paplay"), f"--device={sink}", "--latency-msec=500", str(sound)],
            env={**os.environ, **self.environment},
        )
        try:
            yield
        finally:
            player.kill()
            player.wait()

    @contextmanager
    def kept_awake(self, *sources: str) -> Iterator[None]:
        """Somebody else records `sources` too: a sink without hardware takes 2 s to wake up."""
        others = [
            subprocess.Popen(
                [program("parec"), f"--device={source}", "--raw", "--latency-msec=20"],
                env={**os.environ, **self.environment},
                stdout=subprocess.DEVNULL,
            )
            for source in sources
        ]
        try:
            yield
        finally:
            for other in others:
                other.kill()
                other.wait()

    def recordings(self) -> int:
        """How many recordings run now."""
        return len(self.pactl("list", "short", "source-outputs").splitlines())

    def play(self, sink: str, sound: Path) -> None:
        """Play `sound` on `sink` to its end."""
        subprocess.run(
            [program("paplay"), f"--device={sink}", "--latency-msec=500", str(sound)],
            env={**os.environ, **self.environment},
            check=True,
        )

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, "the sound server does not start"
        asked = subprocess.run(
            [program("pactl"), "info"],
            env={**os.environ, **self.environment},
            capture_output=True,
            check=False,
        )
        return asked.returncode == 0


@contextmanager
def sound_server(folder: Path) -> Iterator[SoundServer]:
    """A server for a test, with the process's environment pointing at it. Skips without one."""
    missing = [program for program in NEEDED if shutil.which(program) is None]
    if missing:
        pytest.skip(f"live audio cannot be tried: not installed: {', '.join(missing)}")
    server = SoundServer(folder)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment.items():
            patch.setenv(name, value)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def stereo(
    path: Path, left: NDArray[np.float32], right: NDArray[np.float32], rate: int = 16_000
) -> Path:
    """Two channels as a file to be played."""
    soundfile.write(path, np.stack((left, right), axis=1), rate, subtype="PCM_16")
    return path


def both_ears(path: Path, sound: NDArray[np.float32], rate: int = 16_000) -> Path:
    """One sound on both channels: the server halves what is mono."""
    return stereo(path, sound, sound, rate)
