"""A stand-in for PyAudioWPatch: its documented names, on outputs that the test makes up."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Self

import numpy as np
import pytest

from coach.runtime.ports import Audio

FLOAT32, CONTINUE, WASAPI = 1, 0, 13


@dataclass
class Machine:
    """The outputs of a Windows machine, and the streams that were opened on them."""

    outputs: list[str] = field(default_factory=lambda: ["Headset (Jabra)", "Speakers"])
    default: str = "Headset (Jabra)"
    rate: int = 48_000
    channels: int = 2
    wasapi: bool = True
    busy: bool = False
    streams: list["Stream"] = field(default_factory=list)
    initialised: int = 0
    listed: tuple[list[str], str] = ([], "")
    """The outputs and the default as they were when the first user of PortAudio came."""

    def initialise(self) -> None:
        if not self.initialised:
            self.listed = list(self.outputs), self.default
        self.initialised += 1

    def devices(self) -> list[dict[str, Any]]:
        """Outputs first, behind them the loopback of each, as PyAudioWPatch lists them."""
        return [
            {
                "index": number,
                "name": name + (" [Loopback]" if loopback else ""),
                "hostApi": 0,
                "maxInputChannels": self.channels if loopback else 0,
                "maxOutputChannels": 0 if loopback else self.channels,
                "defaultSampleRate": float(self.rate),
                "isLoopbackDevice": loopback,
            }
            for number, (loopback, name) in enumerate(
                (loopback, name) for loopback in (False, True) for name in self.listed[0]
            )
        ]


@dataclass
class Stream:
    """An open stream that the test plays into."""

    machine: Machine
    options: dict[str, Any]
    active: bool = True

    @property
    def output(self) -> str:
        name = self.machine.devices()[self.options["input_device_index"]]["name"]
        return str(name).removesuffix(" [Loopback]")

    def play(self, *channels: Audio, status: int = 0) -> Any:
        """What the callback answers to a block."""
        block = np.stack(channels, axis=1).astype(np.float32)
        callback: Callable[..., Any] = self.options["stream_callback"]
        return callback(block.tobytes(), len(block), {}, status)

    def is_active(self) -> bool:
        if not self.active and self.machine.busy:
            raise OSError(-9988, "Stream closed")
        return self.active


def pretend_windows(monkeypatch: pytest.MonkeyPatch, machine: Machine | None = None) -> Machine:
    """Let `import pyaudiowpatch` give a stand-in on `machine`."""
    here = machine or Machine()

    class PyAudio:
        def __init__(self) -> None:
            here.initialise()
            self._streams: list[Stream] = []

        def terminate(self) -> None:
            here.initialised -= 1
            for stream in self._streams:
                stream.active = False

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            self.terminate()

        def open(self, **options: Any) -> Stream:
            if here.busy:
                raise OSError(-9985, "Device unavailable")
            assert options["input"] is True
            assert options["format"] == FLOAT32
            self._streams.append(Stream(here, options))
            here.streams.append(self._streams[-1])
            return self._streams[-1]

        def get_host_api_info_by_type(self, kind: int) -> dict[str, Any]:
            if not here.wasapi or kind != WASAPI:
                raise OSError(-9979, "Host API not found")
            outputs, default = here.listed
            number = outputs.index(default) if default in outputs else -1
            return {"index": 0, "type": WASAPI, "defaultOutputDevice": number}

        def get_device_info_by_index(self, index: int) -> dict[str, Any]:
            if index < 0:
                raise OSError(-9996, "Invalid device")
            return here.devices()[index]

        def get_loopback_device_info_generator(self) -> Iterator[dict[str, Any]]:
            self.get_host_api_info_by_type(WASAPI)
            yield from (one for one in here.devices() if one["isLoopbackDevice"])

    library = ModuleType("pyaudiowpatch")
    library.__dict__.update(
        PyAudio=PyAudio, paFloat32=FLOAT32, paContinue=CONTINUE, paWASAPI=WASAPI
    )
    monkeypatch.setitem(sys.modules, "pyaudiowpatch", library)
    return here
