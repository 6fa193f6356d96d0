"""Voice activity: Silero VAD v6 (MIT), the ONNX file that faster-whisper ships, as a stream.

faster-whisper runs it over a whole recording; here one frame at a time goes in, with the state
carried on, and the same probabilities come out.
"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from coach.runtime.ports import FRAME, Audio

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_CONTEXT = 64
"""Samples of the frame before that the model sees again."""

_STATE = (1, 1, 128)


@cache
def _session() -> "InferenceSession":
    """One session for all channels: it has no state of its own."""
    from faster_whisper.vad import get_vad_model

    session: InferenceSession = get_vad_model().session
    return session


class SileroDetector:
    """Speech probability of one channel, frame by frame."""

    def __init__(self) -> None:
        self._run = _session().run
        self._input: Audio = np.zeros((1, _CONTEXT + FRAME), np.float32)
        self._h: Audio = np.zeros(_STATE, np.float32)
        self._c: Audio = np.zeros(_STATE, np.float32)

    def probability(self, frame: Audio) -> float:
        """Speech probability 0..1 of the next `FRAME` samples."""
        self._input[0, :_CONTEXT] = self._input[0, -_CONTEXT:]
        self._input[0, _CONTEXT:] = frame
        out, self._h, self._c = self._run(None, {"input": self._input, "h": self._h, "c": self._c})
        return float(out.ravel()[0])

    def reset(self) -> None:
        """Forget the past: after a gap or a hold."""
        self._input = np.zeros_like(self._input)
        self._h, self._c = np.zeros_like(self._h), np.zeros_like(self._c)
