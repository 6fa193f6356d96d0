"""What the headset plays, and any microphone: recorded through the sound server of Linux.

A process of its own (`parec`) records and writes into a pipe. PortAudio's "pulse" device was tried
for both sides and left: it chooses its source by an environment variable of the whole process,
does not say when the server moves the recording to another device, writes on our terminal when the
server goes, and needs Python inside the sound system's thread. The pipe holds 16 s, the server a
minute more, so that a coach that is busy loses nothing; a server that dies is an end of file.
"""

import fcntl
import os
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from audio import pulse
from audio.capture import Capture, DeviceMissing
from coach.core.units import RATE
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Audio

_PIPE_BYTES = 1 << 20
_SAMPLE_BYTES = 4
_SHOWN_AS = "Eerst Begrip"


class PulseCapture:
    """A source of the sound server, as one channel at 16 kHz. Raises `DeviceMissing`."""

    rate = RATE
    overruns = 0
    silent_when_idle = False

    def __init__(self, source: pulse.PulseSource) -> None:
        self.device = source.name
        self.index = source.index
        try:
            self._process = pulse.record(source.name, RATE, _SHOWN_AS)
        except (pulse.NoServer, OSError) as why:
            raise DeviceMissing(source.name, "no_sound_server") from why
        assert self._process.stdout is not None  # noqa: S101 - `record` gives a pipe
        self._descriptor = self._process.stdout.fileno()
        os.set_blocking(self._descriptor, False)
        with suppress(OSError):  # a system that allows less still has a pipe
            fcntl.fcntl(self._descriptor, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        self._rest = b""
        self._open = True

    @property
    def process(self) -> int:
        """The number of the process that records."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the server still sends."""
        return self._open

    def read(self) -> Audio:
        """All that came since the last time."""
        parts = [self._rest]
        while self._open:
            try:
                part = os.read(self._descriptor, _PIPE_BYTES)
            except BlockingIOError:
                break
            self._open = bool(part)
            parts.append(part)
        data = b"".join(parts)
        whole = len(data) // _SAMPLE_BYTES * _SAMPLE_BYTES
        self._rest = data[whole:]
        return np.frombuffer(data[:whole], np.float32)

    def close(self) -> None:
        """End the recording."""
        self._open = False
        pulse.end(self._process)


@dataclass(frozen=True, kw_only=True, slots=True)
class PulseDevice:
    """One side's source, by name or description; "default" follows the desktop's own choice.

    The customer's default is what the default sink plays; the agent's is the default source.
    """

    name: str
    speaker: Speaker

    def find(self) -> pulse.PulseSource:
        """What the name stands for now. Raises `DeviceMissing`."""
        try:
            sources = pulse.sources()
            if self.name != "default":
                return named(self.name, sources)
            standard = pulse.defaults()
        except pulse.NoServer as why:
            raise DeviceMissing(self.name, "no_sound_server") from why
        for source in sources:
            if self.speaker is Speaker.AGENT and source.name == standard.source:
                return _no_monitor(source)
            if self.speaker is Speaker.CUSTOMER and source.monitor_of == standard.sink:
                return source
        raise DeviceMissing(self.name)

    def open(self) -> Capture:
        """Begin to record."""
        return PulseCapture(self.find())

    def moved(self, capture: Capture) -> bool:
        """Whether the server records something else by now, or should."""
        if not isinstance(capture, PulseCapture):
            return True
        try:
            wanted = self.find()
            actual = pulse.source_of(capture.process)
        except DeviceMissing as why:
            return why.reason != "no_sound_server"  # then the pipe's end says it
        except pulse.NoServer:
            return False
        return wanted.index != capture.index or actual not in (None, capture.index)


def named(name: str, sources: list[pulse.PulseSource]) -> pulse.PulseSource:
    """The source with this name or description, else the only one that contains it.

    Raises `DeviceMissing`, also when several fit: which of them is meant is not guessed.
    """
    for source in sources:
        if name in (source.name, source.description):
            return source
    part = name.casefold()
    fits = [s for s in sources if part in s.name.casefold() or part in s.description.casefold()]
    if len(fits) == 1:
        return fits[0]
    raise DeviceMissing(name, "several_devices" if fits else "device_missing")


def _no_monitor(source: pulse.PulseSource) -> pulse.PulseSource:
    """A desktop without a microphone makes a monitor the default: that is the customer's voice."""
    if source.monitor_of is not None:
        raise DeviceMissing("default", "no_microphone")
    return source
