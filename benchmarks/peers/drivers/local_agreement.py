"""The LocalAgreement-2 policy of whisper_streaming over faster-whisper, as published.

Machacek, Dabre, Bojar: "Turning Whisper into Real-Time Transcription System", 2023, and the
project's defaults: a new decode of the whole buffer at least every second, words are final when
two decodes agree on them, the last 200 characters before the buffer are the prompt, and a buffer
over 15 s is cut at the end of a segment that is final.
"""
# mypy: disable-error-code=import-not-found
# It runs in the environment of its peer, beside `playing.py`.

import sys
import time
from typing import Any

import numpy as np
from faster_whisper import WhisperModel
from numpy.typing import NDArray
from playing import RATE, Playing

CHUNK_S = 1.0
LONGEST_S = 15.0
PROMPT_LETTERS = 200
SAME_PLACE_S = 1.0
EARLIEST_S = 0.1
LONGEST_REPEAT = 5
NO_SPEECH_OVER = 0.9

Word = tuple[float, float, str]


class Agreement:
    """Which words two decodes in a row agree on."""

    def __init__(self) -> None:
        self.final: list[Word] = []
        self.pending: list[Word] = []
        self._in_buffer: list[Word] = []

    @property
    def until_s(self) -> float:
        """The end of the last final word."""
        return self.final[-1][1] if self.final else 0.0

    def take(self, words: list[Word]) -> None:
        """The next decode: what it shares with the last one becomes final."""
        new = [word for word in words if word[0] > self.until_s - EARLIEST_S]
        new = new[self._repeated(new) :]
        agreed = 0
        while agreed < min(len(new), len(self.pending)) and (
            new[agreed][2] == self.pending[agreed][2]
        ):
            agreed += 1
        self.final += new[:agreed]
        self._in_buffer += new[:agreed]
        self.pending = new[agreed:]

    def forget(self, until_s: float) -> None:
        """The buffer begins at `until_s` now."""
        self._in_buffer = [word for word in self._in_buffer if word[1] > until_s]

    def _repeated(self, new: list[Word]) -> int:
        """How many words at the start of `new` are final already."""
        if not new or abs(new[0][0] - self.until_s) >= SAME_PLACE_S:
            return 0
        most = min(len(new), len(self._in_buffer), LONGEST_REPEAT)
        for count in range(1, most + 1):
            last = [word[2] for word in self._in_buffer[-count:]]
            if last == [word[2] for word in new[:count]]:
                return count
        return 0


class Online:
    """The buffer, decoded again and again."""

    def __init__(self, model: WhisperModel, prompt: str) -> None:
        self._model = model
        self._prompt = prompt
        self._buffer = np.zeros(0, np.float32)
        self._from_s = 0.0
        self.words = Agreement()

    def hear(self, audio: NDArray[np.float32]) -> None:
        """Add audio, decode the buffer, cut it when it is long."""
        self._buffer = np.concatenate((self._buffer, audio))
        segments = self._decode()
        self.words.take(
            [
                (word.start + self._from_s, word.end + self._from_s, word.word)
                for segment in segments
                if segment.no_speech_prob <= NO_SPEECH_OVER
                for word in segment.words or ()
            ]
        )
        if len(self._buffer) > LONGEST_S * RATE:
            self._cut(segments)

    def texts(self) -> tuple[str, str]:
        """What is final, and that with what is pending."""
        final = "".join(word[2] for word in self.words.final)
        return final.strip(), (final + "".join(word[2] for word in self.words.pending)).strip()

    def _decode(self) -> list[Any]:
        before = "".join(word[2] for word in self.words.final if word[1] <= self._from_s)
        segments, _ = self._model.transcribe(
            self._buffer,
            language="nl",
            beam_size=5,
            initial_prompt=before[-PROMPT_LETTERS:] or self._prompt,
            word_timestamps=True,
            condition_on_previous_text=True,
            vad_filter=True,  # its option --vad: without it a silence costs seconds of retries
        )
        return list(segments)

    def _cut(self, segments: list[Any]) -> None:
        ends = [segment.end + self._from_s for segment in segments[:-1]]
        final = [end for end in ends if end <= self.words.until_s]
        if final and final[-1] > self._from_s:
            self._buffer = self._buffer[round((final[-1] - self._from_s) * RATE) :]
            self._from_s = final[-1]
            self.words.forget(self._from_s)


def main(playing: Playing) -> None:
    """Play; decode whatever has come when the last decode is done, at least a second of it."""
    model = WhisperModel(playing.model, device="cpu", compute_type="int8", local_files_only=True)
    online = Online(model, playing.prompt)
    audio = np.frombuffer(playing.pcm, np.int16).astype(np.float32) / np.float32(32_768)
    playing.begin()
    heard = 0
    while heard < len(audio):
        time.sleep(max(0.0, min(heard / RATE + CHUNK_S, playing.length_s) - playing.now()))
        until = min(len(audio), round(playing.now() * RATE))
        online.hear(audio[heard:until])
        heard = until
        playing.note(*online.texts())
    _, everything = online.texts()  # at the end the pending words are final too
    playing.note(everything, everything)
    playing.end()


if __name__ == "__main__":
    main(Playing(sys.argv[1:]))
