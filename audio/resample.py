"""One channel of any rate to 16 kHz, as a stream."""

import numpy as np
import soxr

from coach.core.units import RATE
from coach.runtime.ports import Audio


class Resampler:
    """Resamples one channel. What comes out does not depend on how the input was cut."""

    def __init__(self, rate: int) -> None:
        self._stream = None if rate == RATE else soxr.ResampleStream(rate, RATE, 1, "float32")

    def push(self, audio: Audio) -> Audio:
        """What is ready now; the filter keeps a little back until more comes."""
        return audio if self._stream is None else self._stream.resample_chunk(audio)

    def flush(self) -> Audio:
        """The rest: the tail of the call is not lost."""
        nothing = np.empty(0, np.float32)
        return nothing if self._stream is None else self._stream.resample_chunk(nothing, last=True)
