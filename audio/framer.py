"""Frames of a fixed length from blocks of any length."""

from collections.abc import Iterator

import numpy as np

from coach.runtime.ports import FRAME, Audio


class Framer:
    """Cuts one channel into frames of `FRAME` samples, whatever the blocks were."""

    def __init__(self) -> None:
        self._rest: Audio = np.empty(0, np.float32)

    def push(self, audio: Audio) -> Iterator[Audio]:
        """The frames that are complete now. Views where possible: use them before the next push."""
        if len(self._rest):
            audio = np.concatenate((self._rest, audio))
        whole = len(audio) // FRAME * FRAME
        self._rest = audio[whole:].copy()
        for start in range(0, whole, FRAME):
            yield audio[start : start + FRAME]

    def flush(self) -> Audio | None:
        """What is left, filled up with silence to a whole frame; `None` if nothing is."""
        if not len(self._rest):
            return None
        frame = np.zeros(FRAME, np.float32)
        frame[: len(self._rest)] = self._rest
        self._rest = np.empty(0, np.float32)
        return frame
