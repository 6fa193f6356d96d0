"""Voice activity: Silero VAD v6 (MIT), the ONNX file that faster-whisper ships, as a stream.

faster-whisper runs it over a whole recording; here one frame at a time goes in, with the state
carried on, and the same probabilities come out. A frame of 32 ms takes a tenth of a millisecond.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coach.errors import ProductError
from coach.runtime.ports import FRAME, Audio
from models.catalogue.store import sha256_of

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

SHA256 = "4cbf549b8326f60f80f2536d9eefeb450a9abe83365a098031c89719f1be17d2"
"""Of `silero_vad_v6.onnx` in faster-whisper 1.2.1."""

_CONTEXT = 64
"""Samples of the frame before that the model sees again."""

_STATE = (1, 1, 128)


class SileroDetector:
    """Speech probability of one channel, frame by frame.

    Raises `ProductError` when the network that is installed is not the one that was verified.
    """

    def __init__(self) -> None:
        self._run = _session(_network()).run
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


def _network() -> Path:
    from faster_whisper.utils import get_assets_path

    return Path(get_assets_path()) / "silero_vad_v6.onnx"


@cache
def _session(network: Path) -> "InferenceSession":
    """One session for all channels: it has no state of its own. One thread: frames are small."""
    from onnxruntime import InferenceSession, SessionOptions

    if not network.is_file() or sha256_of(network) != SHA256:
        raise ProductError("models.wrong_sha256", name="Silero VAD", file=network.name)
    options = SessionOptions()
    options.inter_op_num_threads = 1
    options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    return InferenceSession(str(network), options, providers=["CPUExecutionProvider"])
