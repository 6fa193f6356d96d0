"""The last stretch of one channel, found by sample number."""

import numpy as np

from coach.core.units import RATE, Samples
from coach.runtime.ports import Audio


class AudioForgotten(LookupError):
    """The audio from `start` to `end` is no longer kept, or not here yet."""

    def __init__(self, start: Samples, end: Samples, kept: tuple[int, int]) -> None:
        super().__init__(f"samples {start} to {end} asked, {kept[0]} to {kept[1]} kept")


class Ring:
    """Keeps the last `seconds` of audio. Allocates once; never grows."""

    def __init__(self, seconds: float) -> None:
        self._buffer: Audio = np.zeros(round(seconds * RATE), np.float32)
        self._end = 0

    @property
    def end(self) -> Samples:
        """The number of samples that were written: where the next one will be."""
        return Samples(self._end)

    @property
    def start(self) -> Samples:
        """The oldest sample that is still kept."""
        return Samples(max(0, self._end - len(self._buffer)))

    def write(self, audio: Audio) -> None:
        """Append audio; the oldest is overwritten."""
        size = len(self._buffer)
        kept = audio[-size:]
        at = (self._end + len(audio) - len(kept)) % size
        first = min(len(kept), size - at)
        self._buffer[at : at + first] = kept[:first]
        self._buffer[: len(kept) - first] = kept[first:]
        self._end += len(audio)

    def read(self, start: Samples, end: Samples) -> Audio:
        """A copy of the samples from `start` up to `end`. Raises `AudioForgotten`."""
        if not self.start <= start <= end <= self._end:
            raise AudioForgotten(start, end, (self.start, self._end))
        size = len(self._buffer)
        at, length = start % size, end - start
        first = min(length, size - at)
        return np.concatenate((self._buffer[at : at + first], self._buffer[: length - first]))
