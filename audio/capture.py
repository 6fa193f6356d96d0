"""What a recording device is to the coach: samples that are there, or a device that is not.

A capture never waits: the one thread that places audio asks for what has come and goes on.
"""

from typing import Protocol

import numpy as np

from coach.runtime.ports import Audio


class DeviceMissing(OSError):
    """The device cannot be opened now. `reason` is a word of the call log: "device_missing"."""

    def __init__(self, device: str, reason: str = "device_missing") -> None:
        super().__init__(f"{device}: {reason}")
        self.device = device
        self.reason = reason


class Capture(Protocol):
    """One open device, one channel."""

    @property
    def device(self) -> str:
        """The device's own name, as people choose it."""
        ...

    @property
    def rate(self) -> int:
        """Samples a second."""
        ...

    @property
    def silent_when_idle(self) -> bool:
        """Whether nothing comes while there is nothing to hear: then that is no fault."""
        ...

    @property
    def alive(self) -> bool:
        """Whether more may come; `False`: the stream has ended and must be opened anew."""
        ...

    @property
    def overruns(self) -> int:
        """How often samples were lost on their way here, because nobody took them in time."""
        ...

    def read(self) -> Audio:
        """All that came since the last time: float32, (n,), -1..1, at `rate`. Does not wait."""
        ...

    def close(self) -> None:
        """Stop recording. Closing twice is no error."""
        ...


class Device(Protocol):
    """A device that somebody chose. It can be opened time and again, also after it went away."""

    @property
    def name(self) -> str:
        """What was chosen: a name, or "default" for whatever the system's own choice is."""
        ...

    def open(self) -> Capture:
        """Begin to record. May take a while; raises `DeviceMissing`."""
        ...

    def moved(self, capture: Capture) -> bool:
        """Whether `capture` no longer records what was chosen, so that it must be opened anew."""
        ...


class SampleQueue:
    """Carries samples out of an audio callback: one writer, one reader, no lock.

    Allocates once. The writer moves only `_written`, the reader only `_read`; what does not fit
    is not written, and counted, so that what the reader copies is never overwritten meanwhile.
    """

    def __init__(self, size: int) -> None:
        self._buffer: Audio = np.zeros(size, np.float32)
        self._size = size
        self._written = 0
        self._read = 0
        self.overruns = 0

    def write(self, audio: Audio) -> None:
        """Append all of `audio`, or nothing of it when it does not fit. For the callback."""
        count = len(audio)
        if self._written - self._read + count > self._size:
            self.overruns += 1
            return
        at = self._written % self._size
        first = min(count, self._size - at)
        self._buffer[at : at + first] = audio[:first]
        self._buffer[: count - first] = audio[first:]
        self._written += count

    def read(self) -> Audio:
        """A copy of everything that was written since the last time."""
        until = self._written
        at, count = self._read % self._size, until - self._read
        first = min(count, self._size - at)
        audio = np.concatenate((self._buffer[at : at + first], self._buffer[: count - first]))
        self._read = until
        return audio
