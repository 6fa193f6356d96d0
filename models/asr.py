"""Speech recognition: faster-whisper on short windows, one decode a stretch of speech.

Whisper pads everything to 30 s; CTranslate2 also takes less. Speech plus four seconds costs a
quarter of the encoder time at the same word error rate (docs/measurements.md). Short windows
sometimes loop: the number of tokens is bounded by the duration, repetition is punished, and what
still looks like a loop is decoded once more with the full window while there is time for that, or
thrown away with its reason. What sounds like no speech is thrown away too: Whisper writes text on
silence, noise and music.
"""

import math
import re
import string
import time
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.core.events import Word
from coach.core.units import RATE, Samples, from_seconds
from coach.errors import ProductError
from coach.runtime.ports import Audio, Transcript
from models.mel import FRAMES_A_SECOND, MelFrames
from models.prompt import PROMPT

if TYPE_CHECKING:
    from ctranslate2 import StorageView

_WINDOW_S = 30.0
_PAD_FINAL_S = 4.0
_PAD_LOOK_S = 2.0
_BEAM = 5
_LADDER_S = (_PAD_FINAL_S, _WINDOW_S)
"""The windows that are tried in turn while the answer is doubtful: what they add to the speech."""

_RETRY_S = 4.0
"""No other window is begun when the ones before took this much longer than the speech: on a machine
that is so slow, words in time are worth more than better ones."""

_TOKENS_A_SECOND = 9
_TOKENS_MORE = 10
_SHORTEST_S = 0.1

_PUNCTUATION = " " + string.punctuation + "…‘’“”"
_FIRST_WORD = from_seconds(0.6)
"""The most that a first word lasts: the alignment lets it begin with the audio, not the voice."""

_ECHO_LETTERS = 5
_ECHO_BELOW = -0.5

_LOOPS_FROM = 2.2
_UNSURE_BELOW = -1.1
_NO_SPEECH = ((0.6, -0.4), (0.4, -1.0))
"""More likely no speech than the one, and less sure of the words than the other."""

_CAPTIONS = ("MUZIEK", "APPLAUS", "TV GELDERLAND", "Ondertiteld door", "Ondertiteling door")
"""How a stray caption begins: Whisper learnt them by heart from subtitles and writes them on noise.
They stand alone and are written just so; "de ondertiteling doet het niet" is a complaint."""


@dataclass(frozen=True, kw_only=True)
class _Decoded:
    encoded: "StorageView"
    tokens: list[int]
    text: str
    log_probability: float
    no_speech: float

    @cached_property
    def loops(self) -> bool:
        """Repetition compresses well (the measure of the Whisper paper)."""
        data = self.text.encode()
        return bool(data) and len(data) / len(zlib.compress(data)) > _LOOPS_FROM

    @property
    def doubtful(self) -> bool:
        return self.loops or self.log_probability < _UNSURE_BELOW

    @property
    def rejected(self) -> str | None:
        """Why this is no transcript, `None` if it is one. Limits: docs/measurements.md."""
        if self.loops:
            return "repetition"
        if self.text.startswith(_CAPTIONS):
            return "caption"
        if any(
            self.no_speech > above and self.log_probability < below for above, below in _NO_SPEECH
        ):
            return "no_speech"
        return None


class WhisperRecogniser:
    """A Whisper model for Dutch. One call at a time."""

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
        """Load the model in `folder`, which the caller has verified. Raises `ProductError`."""
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
        self._mel = MelFrames(self._model.feature_extractor)
        self._took: dict[str, float] = defaultdict(float)
        before = self._tokenizer.encode(" " + prompt.strip()) if prompt.strip() else []
        self._bare = self._model.get_prompt(self._tokenizer, [], without_timestamps=True)
        self._prompt = self._model.get_prompt(self._tokenizer, before, without_timestamps=True)
        self._prompted = _stems(prompt)

    def transcribe(self, audio: Audio, *, final: bool) -> Transcript:
        """The words in `audio`, with times and probabilities from the model's own alignment.

        What goes on after 30 s is not heard. `final`: with care. Else a look: greedy, on a
        shorter window.
        """
        audio = audio[: round(_WINDOW_S * RATE)]
        if len(audio) < _SHORTEST_S * RATE:
            return Transcript(words=())
        self._took = defaultdict(float)
        decoded = self._careful(audio) if final else self._decode(audio, _PAD_LOOK_S, beam=1)
        if decoded.rejected is not None:
            return Transcript(words=(), rejected=decoded.rejected, took=tuple(self._took.items()))
        length = Samples(len(audio))
        with self._timed("align"):
            words = self._aligned(decoded, length) or spread(decoded.text.split(), length)
        confidence = math.exp(decoded.log_probability) if words else None
        return Transcript(words=words, confidence=confidence, took=tuple(self._took.items()))

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self._took[stage] += time.perf_counter() - began

    def _careful(self, audio: Audio) -> _Decoded:
        until = time.perf_counter() + _RETRY_S + len(audio) / RATE
        decoded: list[_Decoded] = []
        for pad_s in _LADDER_S:
            decoded.append(self._decode(audio, pad_s, beam=_BEAM))
            if not decoded[-1].doubtful or time.perf_counter() > until:
                break
        return max(decoded, key=lambda one: (not one.loops, one.log_probability))

    def _decode(self, audio: Audio, pad_s: float, *, beam: int) -> _Decoded:
        seconds = len(audio) / RATE
        with self._timed("features"):
            features = self._mel.of(audio, min(_WINDOW_S, seconds + pad_s))
        with self._timed("encode"):
            encoded = self._model.encode(features)
        with self._timed("decode"):
            return self._read(encoded, seconds, beam)

    def _read(self, encoded: "StorageView", seconds: float, beam: int) -> _Decoded:
        tokens = int(seconds * _TOKENS_A_SECOND) + _TOKENS_MORE
        decoded = self._generate(encoded, self._prompt, tokens, beam)
        echoed = _stems(decoded.text) & self._prompted
        if not echoed or decoded.log_probability > _ECHO_BELOW:
            return decoded
        bare = self._generate(encoded, self._bare, tokens, beam)
        if echoed <= _stems(bare.text):  # the voice says them too
            return decoded
        return replace(bare, no_speech=decoded.no_speech)

    def _generate(
        self, encoded: "StorageView", prompt: list[int], tokens: int, beam: int
    ) -> _Decoded:
        result = self._model.model.generate(
            encoded,
            [prompt],
            beam_size=beam,
            max_length=min(self._model.max_length, len(prompt) + tokens),
            repetition_penalty=1.1,
            no_repeat_ngram_size=4,
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=True,
            suppress_tokens=[-1],
        )[0]
        sequence = result.sequences_ids[0]
        return _Decoded(
            encoded=encoded,
            tokens=[token for token in sequence if token < self._tokenizer.eot],
            text=self._tokenizer.decode(sequence).strip(),
            log_probability=result.scores[0] * len(sequence) / (len(sequence) + 1),
            no_speech=result.no_speech_prob,
        )

    def _aligned(self, decoded: _Decoded, length: Samples) -> tuple[Word, ...]:
        """The words where they were said, from the decoder's cross-attention.

        Costs a tenth of the decode. Empty when the pieces do not add up to the text.
        """
        frames = math.ceil(length / RATE * FRAMES_A_SECOND)
        pieces = self._model.find_alignment(
            self._tokenizer, [decoded.tokens], decoded.encoded, frames
        )[0]
        words = _joined(pieces, length)
        return words if [word.text for word in words] == decoded.text.split() else ()


def spread(texts: Sequence[str], length: Samples) -> tuple[Word, ...]:
    """Words laid end to end over `length`, each as long as its share of the letters."""
    letters = [len(text) + 1 for text in texts]
    total, before, words = sum(letters), 0, []
    for text, size in zip(texts, letters, strict=True):
        start = Samples(length * before // total)
        before += size
        words.append(Word(start=start, end=Samples(length * before // total), text=text))
    return tuple(words)


def _stems(text: str) -> set[str]:
    """How the longer words of a text begin; a word that is half heard begins the same way."""
    words = re.findall(r"\w+", text.lower())
    return {word[:_ECHO_LETTERS] for word in words if len(word) >= _ECHO_LETTERS}


def _joined(pieces: Sequence[Mapping[str, Any]], length: Samples) -> tuple[Word, ...]:
    """Pieces of text (words, and punctuation apart; a space begins a word) as words in order."""
    groups: list[list[Mapping[str, Any]]] = []
    for piece in pieces:
        if piece["word"].startswith(" ") or not groups:
            groups.append([])
        groups[-1].append(piece)
    words: list[Word] = []
    for group in groups:
        spoken = [piece for piece in group if piece["word"].strip(_PUNCTUATION)] or group
        end = min(length, from_seconds(spoken[-1]["end"]))
        earliest = words[-1].start if words else max(0, end - _FIRST_WORD)
        start = min(length, max(earliest, from_seconds(spoken[0]["start"])))
        text = "".join(piece["word"] for piece in group).strip()
        sure = sum(float(piece["probability"]) for piece in spoken) / len(spoken)
        words.append(
            Word(start=Samples(start), end=Samples(max(start, end)), text=text, probability=sure)
        )
    return tuple(word for word in words if word.text)
