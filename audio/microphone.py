"""A recording device through PortAudio: the microphone, or any second input, on every platform."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audio.capture import Capture, DeviceMissing, SampleQueue
from coach.runtime.ports import Audio

_KEPT_S = 30
_LATENCY_S = 0.04
_UNAVAILABLE = -9985
"""PortAudio's `paDeviceUnavailable`."""


class PortAudioCapture:
    """An open PortAudio input, first channel. Raises `DeviceMissing` when it cannot be opened."""

    silent_when_idle = False

    def __init__(self, device: str) -> None:
        self.device = device
        sounddevice = _sounddevice(device)
        try:
            about = sounddevice.query_devices(device, kind="input")
            self.rate = int(about["default_samplerate"])
            self._queue = SampleQueue(_KEPT_S * self.rate)
            self._overflows = 0
            self._stream = sounddevice.InputStream(
                device=device,
                channels=1,
                samplerate=self.rate,
                dtype="float32",
                latency=_LATENCY_S,
                callback=self._copy,
            )
            self._stream.start()
        except (sounddevice.PortAudioError, ValueError) as why:
            raise DeviceMissing(device, _reason(why)) from why
        _open_streams.add(id(self))

    @property
    def alive(self) -> bool:
        """Whether PortAudio still calls back."""
        return bool(self._stream.active)

    @property
    def overruns(self) -> int:
        """Losses that PortAudio told of, and those of our own queue."""
        return self._overflows + self._queue.overruns

    def read(self) -> Audio:
        """All that came since the last time."""
        return self._queue.read()

    def close(self) -> None:
        """Stop the stream; a device that vanished cannot fail any more."""
        _open_streams.discard(id(self))
        self._stream.close(ignore_errors=True)

    def _copy(self, data: NDArray[np.float32], count: int, when: Any, status: Any) -> None:  # noqa: ARG002 - PortAudio's
        """Called by the sound system's own thread: copy and leave."""
        self._queue.write(data[:, 0])
        if status:
            self._overflows += 1


def _reason(why: Exception) -> str:
    """A device that is there and cannot be had was taken by another program, for itself."""
    code = why.args[1] if len(why.args) > 1 else None
    return "device_busy" if code == _UNAVAILABLE else "device_missing"


def input_names() -> list[str]:
    """The names of the devices that can record now, in PortAudio's order; none without it."""
    try:
        sounddevice = _sounddevice("")
        _read_list_again()
        found = sounddevice.query_devices()
    except DeviceMissing:
        return []
    return [device["name"] for device in found if device["max_input_channels"] > 0]


def default_input() -> str:
    """The name of the system's default microphone. Raises `DeviceMissing`."""
    sounddevice = _sounddevice("default")
    try:
        return str(sounddevice.query_devices(kind="input")["name"])
    except (sounddevice.PortAudioError, ValueError) as why:
        raise DeviceMissing("default") from why


def _sounddevice(device: str) -> Any:
    try:
        import sounddevice
    except OSError as why:  # the library has no PortAudio to talk to
        raise DeviceMissing(device, "no_portaudio") from why
    return sounddevice


@dataclass(frozen=True, kw_only=True, slots=True)
class PortAudioDevice:
    """An input of PortAudio by its name, or the system's default one.

    PortAudio reads its list of devices once. A device that came later is found when no other
    PortAudio stream of ours is open: reading the list again would end them.
    """

    name: str

    def open(self) -> Capture:
        """Begin to record. Raises `DeviceMissing`."""
        try:
            return PortAudioCapture(self._actual())
        except DeviceMissing as why:
            if why.reason == "no_portaudio" or not _read_list_again():
                raise
            return PortAudioCapture(self._actual())

    def moved(self, capture: Capture) -> bool:  # noqa: ARG002 - the protocol's
        """PortAudio does not say; a stream that goes dead is opened anew."""
        return False

    def _actual(self) -> str:
        return default_input() if self.name == "default" else self.name


_open_streams: set[int] = set()


def _read_list_again() -> bool:
    """Let PortAudio look for devices anew; `False` where that would end a stream of ours."""
    if _open_streams:
        return False
    sounddevice = _sounddevice("")
    sounddevice._terminate()
    sounddevice._initialize()
    return True


open_streams = _open_streams
"""The PortAudio streams of this process that are open, recording or playing, by identity."""
read_list_again = _read_list_again
