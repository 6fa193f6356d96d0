"""Speech recognition: faster-whisper on short windows, one decode a stretch of speech.

Whisper pads everything to 30 s; CTranslate2 also takes less. Speech plus four seconds costs a
seventh of the encoder time at nearly the same word error rate (docs/measurements.md). Short
windows sometimes loop: the number of tokens is bounded by the duration, repetition is punished,
and what still looks like a loop is decoded once more with the full window, or thrown away with
its reason.
"""

import math
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.core.events import Word
from coach.core.units import RATE, Samples
from coach.errors import ProductError
from coach.runtime.ports import Audio, Transcript

PROMPT = "Gesprek met de klantenservice over een klacht, met postcode, huisnummer en klantnummer."
"""One natural sentence with the words of the domain: it lowers the word error rate."""

_WINDOW_S = 30.0
_PAD_FINAL_S = 4.0
_PAD_LOOK_S = 2.0
_TOKENS_A_SECOND = 9
_TOKENS_MORE = 10
_LOOPS_FROM = 2.2
_UNSURE_BELOW = -1.1
_NO_SPEECH_FROM = 0.6
_SHORTEST_S = 0.1
_FRAMES_A_SECOND = 100
_STRAY = ("ondertitel", "amara.org", "tv gelderland", "bedankt voor het kijken")
"""Subtitle credits that Whisper learnt by heart and writes on noise."""


@dataclass(frozen=True, slots=True)
class _Decoded:
    text: str
    log_probability: float
    no_speech: float

    @property
    def loops(self) -> bool:
        """Repetition compresses well (the measure of the Whisper paper)."""
        data = self.text.encode()
        return bool(data) and len(data) / len(zlib.compress(data)) > _LOOPS_FROM

    @property
    def doubtful(self) -> bool:
        return self.loops or self.log_probability < _UNSURE_BELOW


class WhisperRecogniser:
    """A Whisper model for Dutch. Thread-safe only as far as one call at a time."""

    def __init__(
        self,
        folder: Path,
        name: str,
        *,
        device: str = "cpu",
        compute_type: str = "int8",
        threads: int = 0,
        prompt: str = PROMPT,
    ) -> None:
        from faster_whisper import WhisperModel
        from faster_whisper.tokenizer import Tokenizer

        try:
            self._model = WhisperModel(
                str(folder),
                device=device,
                compute_type=compute_type,
                cpu_threads=threads,
                local_files_only=True,
            )
        except (RuntimeError, ValueError, OSError) as why:
            raise ProductError("models.cannot_load", name=name, why=why) from why
        self.name = f"{name} {compute_type} {device}"
        self._tokenizer = Tokenizer(
            self._model.hf_tokenizer, multilingual=True, task="transcribe", language="nl"
        )
        before = self._tokenizer.encode(" " + prompt.strip()) if prompt.strip() else []
        self._prompt = self._model.get_prompt(self._tokenizer, before, without_timestamps=True)

    def transcribe(self, audio: Audio, *, final: bool) -> Transcript:
        """The words in `audio` (at most 30 s). `final`: with care, for the record; else a look.

        Word times are spread over the stretch by the letters; aligning them would cost another
        pass through the decoder.
        """
        seconds = len(audio) / RATE
        if seconds < _SHORTEST_S:
            return Transcript(words=())
        pad_s = _PAD_FINAL_S if final else _PAD_LOOK_S
        decoded = self._decode(audio, pad_s, beam=5 if final else 1)
        if final and decoded.doubtful:
            again = self._decode(audio, _WINDOW_S, beam=5)
            decoded = max(decoded, again, key=lambda d: (not d.loops, d.log_probability))
        rejected = _rejected(decoded)
        if rejected is not None:
            return Transcript(words=(), rejected=rejected)
        words = spread(decoded.text.split(), Samples(len(audio)))
        confidence = math.exp(decoded.log_probability) if words else None
        return Transcript(words=words, confidence=confidence)

    def _decode(self, audio: Audio, pad_s: float, *, beam: int) -> _Decoded:
        seconds = len(audio) / RATE
        encoded = self._model.encode(self._features(audio, min(_WINDOW_S, seconds + pad_s)))
        tokens = int(seconds * _TOKENS_A_SECOND) + _TOKENS_MORE
        result = self._model.model.generate(
            encoded,
            [self._prompt],
            beam_size=beam,
            max_length=min(self._model.max_length, len(self._prompt) + tokens),
            repetition_penalty=1.1,
            no_repeat_ngram_size=4,
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=True,
            suppress_tokens=[-1],
        )[0]
        sequence = result.sequences_ids[0]
        return _Decoded(
            text=self._tokenizer.decode(sequence).strip(),
            log_probability=result.scores[0] * len(sequence) / (len(sequence) + 1),
            no_speech=result.no_speech_prob,
        )

    def _features(self, audio: Audio, window_s: float) -> NDArray[np.float32]:
        """Log-mel features of the audio in a window of `window_s`: float32, (80 or 128, frames)."""
        padded = np.zeros(round(window_s * RATE), np.float32)
        kept = audio[: len(padded)]
        padded[: len(kept)] = kept
        features: NDArray[np.float32] = self._model.feature_extractor(padded, padding=0)
        frames = round(window_s * _FRAMES_A_SECOND) // 2 * 2
        return np.ascontiguousarray(features[:, :frames])


def _rejected(decoded: _Decoded) -> str | None:
    text = decoded.text.lower()
    if decoded.loops:
        return "repetition"
    if any(stray in text for stray in _STRAY):
        return "stray"
    if decoded.no_speech > _NO_SPEECH_FROM and decoded.log_probability < _UNSURE_BELOW:
        return "no_speech"
    return None


def spread(texts: list[str], length: Samples) -> tuple[Word, ...]:
    """Words laid end to end over `length`, each as long as its share of the letters."""
    letters = [len(text) + 1 for text in texts]
    total, before, words = sum(letters), 0, []
    for text, size in zip(texts, letters, strict=True):
        start = Samples(length * before // total)
        before += size
        words.append(Word(start=start, end=Samples(length * before // total), text=text))
    return tuple(words)
