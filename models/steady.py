"""A recogniser that goes on: on the processor when the graphics card fails, smaller when asked.

A device that fails in the middle of a call costs nobody a word: the same request is answered by
the recogniser that takes its place, and the answer says so.
"""

import re
import threading
from collections.abc import Callable
from dataclasses import replace

from coach.errors import CoachError
from coach.runtime.ports import Audio, Recogniser, Transcript

_DEVICE = re.compile(r"cuda|cublas|cudnn|\bgpu\b|out of memory", re.IGNORECASE)
"""What CTranslate2 says when the device is to blame: "CUDA failed with error out of memory",
"cuBLAS failed with status CUBLAS_STATUS_NOT_INITIALIZED", "Library libcudnn_ops.so … not found"."""

Loads = Callable[[], Recogniser]
"""Loads another recogniser when it is needed, not before; may raise `CoachError`."""


class SteadyRecogniser:
    """Answers with `first`; with `spare` for good when the device of `first` fails."""

    def __init__(
        self,
        first: Recogniser,
        *,
        spare: Loads | None = None,
        small: Loads | None = None,
        rest: Callable[[], None] = lambda: None,
    ) -> None:
        """`rest` is called before each answer: it may take its time, to leave some to others."""
        self._rest = rest
        self._now = first
        self._spare = spare
        self._small = small
        self._smaller: Recogniser | None = None
        self._changing = threading.Lock()

    @property
    def name(self) -> str:
        """The name of the recogniser that answers now."""
        return self._now.name

    @property
    def has_smaller(self) -> bool:
        """Whether there is a smaller model for a machine that cannot keep up."""
        return self._small is not None

    def transcribe(self, audio: Audio, *, final: bool) -> Transcript:
        """The words in `audio`. Raises what the recogniser raises, unless a spare one helps."""
        self._rest()
        asked = self._now
        try:
            return asked.transcribe(audio, final=final)
        except RuntimeError as why:
            if not (_DEVICE.search(str(why)) and self._replace(asked)):
                raise
            heard = self._now.transcribe(audio, final=final)
            return replace(heard, changed=(self._now.name, str(why)))

    def smaller(self) -> Recogniser | None:
        """The smaller model, loaded when it is first asked for; `None` where there is none."""
        with self._changing:
            if self._smaller is None and self._small is not None:
                try:
                    self._smaller = SteadyRecogniser(self._small(), rest=self._rest)
                except CoachError:  # the larger one has to do
                    self._small = None
            return self._smaller

    def _replace(self, failed: Recogniser) -> bool:
        """Let the spare recogniser take over from the one that failed; whether one did."""
        with self._changing:
            if self._now is failed and self._spare is not None:
                spare, self._spare = self._spare, None
                self._now = spare()
            return self._now is not failed
