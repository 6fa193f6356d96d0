"""What Whisper hears of a sound: log-mel frames, in windows of any length.

The window behind the speech is silence, and the frames of silence are known: only the frames that
the speech reaches into are computed. The numbers are those of faster-whisper's own extractor. A
window of other length over the same speech (the retry) costs no new frames.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.core.units import RATE
from coach.runtime.ports import Audio

FRAMES_A_SECOND = 100
_HOP = RATE // FRAMES_A_SECOND
_REACH = 200
"""Samples on either side of its middle that a frame reaches: half of the Fourier window."""

_FLOOR = -10.0
"""The logarithm of the energy below which there is only silence."""

_DYNAMIC = 8.0
"""How far below the loudest frame anything is still told apart (the Whisper paper, as code)."""


class MelFrames:
    """Computes frames with the filters of an extractor. One call at a time."""

    def __init__(self, extractor: Any) -> None:
        """`extractor`: faster-whisper's, with its `stft` and its `mel_filters`."""
        self._filters: NDArray[np.float32] = extractor.mel_filters
        self._stft = extractor.stft
        self._size: int = extractor.n_fft
        self._hann = np.hanning(self._size + 1)[:-1].astype(np.float32)
        self._last: tuple[Audio, NDArray[np.float32]] | None = None

    def of(self, audio: Audio, window_s: float) -> NDArray[np.float32]:
        """The frames of `audio` and the silence behind it: float32, (80 or 128, even number)."""
        frames = round(window_s * FRAMES_A_SECOND) // 2 * 2
        spoken = self._spoken(audio)[:, :frames]
        heard = np.full((len(spoken), frames), _FLOOR, np.float32)
        heard[:, : spoken.shape[1]] = spoken
        np.maximum(heard, heard.max() - _DYNAMIC, out=heard)
        heard += 4.0
        heard /= 4.0
        return heard

    def _spoken(self, audio: Audio) -> NDArray[np.float32]:
        """The frames that the audio reaches into; kept for the next window over the same audio."""
        if self._last is not None and self._last[0] is audio:
            return self._last[1]
        reached = (len(audio) + _REACH) // _HOP + 1
        padded = np.zeros(max(reached * _HOP, len(audio)) + self._size, np.float32)
        padded[: len(audio)] = audio
        spectrum = self._stft(padded, self._size, _HOP, window=self._hann, return_complex=True)
        spectrum = spectrum[:, :reached].astype(np.complex64)
        energy = self._filters @ (np.abs(spectrum) ** 2)
        found: NDArray[np.float32] = np.log10(np.clip(energy, 1e-10, None))
        self._last = (audio, found)
        return found
