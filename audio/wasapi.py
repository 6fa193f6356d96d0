"""What the headset plays on Windows: WASAPI loopback, through PyAudioWPatch.

Written against the documented interface of PyAudioWPatch 0.2.12 and tested against a stand-in of
that shape; not tried on Windows. sounddevice's PortAudio has no loopback, so this is a PortAudio
of its own: reading its list of devices again ends no stream of the microphone's.

Loopback delivers nothing while nothing plays: `audio.align` makes that silence.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from audio.capture import Capture, DeviceMissing, SampleQueue
from coach.runtime.ports import Audio

_KEPT_S = 30
_BLOCK_S = 0.02
_SUFFIX = " [Loopback]"
_ASK_EVERY_S = 1.0


class WasapiCapture:
    """An open loopback of an output, its channels mixed to one. Raises `DeviceMissing`."""

    silent_when_idle = True

    def __init__(self, name: str) -> None:
        library = _library(name)
        self._portaudio = library.PyAudio()
        try:
            about = _find(library, self._portaudio, name)
            self.device = shown(about["name"])
            self.rate = int(about["defaultSampleRate"])
            self._channels = int(about["maxInputChannels"])
            self._queue = SampleQueue(_KEPT_S * self.rate)
            self._overflows = 0
            self._go_on = (None, library.paContinue)
            self._stream = self._portaudio.open(
                format=library.paFloat32,
                channels=self._channels,
                rate=self.rate,
                frames_per_buffer=round(_BLOCK_S * self.rate),
                input=True,
                input_device_index=about["index"],
                stream_callback=self._copy,
            )
        except (OSError, ValueError) as why:
            self._portaudio.terminate()
            if isinstance(why, DeviceMissing):
                raise
            raise DeviceMissing(name, "device_busy") from why

    @property
    def alive(self) -> bool:
        """Whether PortAudio still calls back."""
        try:
            return bool(self._stream.is_active())
        except OSError:  # the stream is not there any more
            return False

    @property
    def overruns(self) -> int:
        """Losses that PortAudio told of, and those of our own queue."""
        return self._overflows + self._queue.overruns

    def read(self) -> Audio:
        """All that came since the last time."""
        return self._queue.read()

    def close(self) -> None:
        """Stop, and give the sound system back."""
        if self._portaudio is not None:
            self._portaudio.terminate()
            self._portaudio = None

    def _copy(self, data: bytes, _: int, __: Any, status: int) -> tuple[None, int]:
        """Called by the sound system's own thread: mix, copy and leave."""
        sound = np.frombuffer(data, np.float32).reshape(-1, self._channels)
        self._queue.write(sound.mean(axis=1))
        if status:
            self._overflows += 1
        return self._go_on


@dataclass(frozen=True, kw_only=True, slots=True)
class WasapiLoopback:
    """The sound of an output by its name, or of the default output."""

    name: str
    default: Callable[[], str | None] = field(default=lambda: None, compare=False)
    """What the default output is now; `None` where nobody knows."""

    def open(self) -> Capture:
        """Begin to record. Raises `DeviceMissing`."""
        return WasapiCapture(self.name)

    def moved(self, capture: Capture) -> bool:
        """Whether the default output is another one by now."""
        if self.name != "default":
            return False
        return self.default() not in (None, capture.device)  # the stream's end says the rest


class DefaultOutput:
    """Which output plays by default, as another process tells it line by line.

    PortAudio reads devices once, when the first user of it in a process comes: beside an open
    stream, only a process of its own sees that the default has moved.
    """

    def __init__(self, told: Iterable[str], stop: Callable[[], None] = lambda: None) -> None:
        self._told, self._stop = told, stop
        self._latest: str | None = None
        self._seen: str | None = None
        threading.Thread(target=self._follow, name="default output", daemon=True).start()

    def now(self) -> str | None:
        """Its name; `None`: there is none, or nobody has said yet."""
        return self._latest

    def changed(self) -> bool:
        """Whether it changed since the last time."""
        before, self._seen = self._seen, self._latest
        return before is not None and before != self._seen

    def close(self) -> None:
        """Ask no more."""
        self._stop()

    def _follow(self) -> None:
        for line in self._told:
            self._latest = line.strip() or None


def watched() -> DefaultOutput:
    """The default output, watched by a process of its own until `close`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "audio.wasapi"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert process.stdout is not None  # noqa: S101 - asked for just above
    return DefaultOutput(process.stdout, process.kill)


def default_output() -> str | None:
    """The name of the output that plays by default; `None`: there is none."""
    try:
        library = _library("default")
        with library.PyAudio() as portaudio:
            return shown(_find(library, portaudio, "default")["name"])
    except DeviceMissing:
        return None


def available() -> bool:
    """Whether PyAudioWPatch is installed, and this is a Windows with WASAPI."""
    try:
        output_names()
    except DeviceMissing:
        return False
    return True


def output_names() -> list[str]:
    """The outputs whose sound can be recorded, in the system's order. Raises `DeviceMissing`."""
    library = _library("default")
    with library.PyAudio() as portaudio:
        try:
            return [shown(one["name"]) for one in portaudio.get_loopback_device_info_generator()]
        except OSError as why:
            raise DeviceMissing("default", "no_wasapi") from why


def shown(name: str) -> str:
    """The name of an output as people know it, without PyAudioWPatch's mark."""
    return name.removesuffix(_SUFFIX)


def _find(library: Any, portaudio: Any, name: str) -> dict[str, Any]:
    """The loopback of an output. Raises `DeviceMissing`, also when several fit."""
    try:
        loopbacks = list(portaudio.get_loopback_device_info_generator())
        if name == "default":
            wasapi = portaudio.get_host_api_info_by_type(library.paWASAPI)
            name = portaudio.get_device_info_by_index(wasapi["defaultOutputDevice"])["name"]
    except OSError as why:
        raise DeviceMissing(name, "no_wasapi") from why
    exact = [one for one in loopbacks if shown(one["name"]) == shown(name)]
    part = name.casefold()
    fits = exact or [one for one in loopbacks if part in one["name"].casefold()]
    if len(fits) != 1:
        raise DeviceMissing(name, "several_devices" if fits else "device_missing")
    found: dict[str, Any] = fits[0]
    return found


def _library(device: str) -> Any:
    try:
        import pyaudiowpatch
    except ImportError as why:
        raise DeviceMissing(device, "no_wasapi") from why
    return pyaudiowpatch


if __name__ == "__main__":  # the process of `watched`: it ends with the pipe that it writes to
    while True:
        sys.stdout.write(f"{default_output() or ''}\n")
        sys.stdout.flush()
        time.sleep(_ASK_EVERY_S)
