"""A recogniser that knows a call by ear: it finds what it hears there, however it came.

Recorded through devices, no sample is what it was, so that the place is found by correlation. As a
script it is the command line with this recogniser, for the beginning of one call:

    python -m tests.e2e.by_ear CALL TURNS SECONDS listen …
"""

import sys
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audio.callfile import inspect
from coach import app
from coach.core.events import Word
from coach.core.units import RATE, Samples, from_seconds
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Audio, Transcript
from coach.runtime.script import load_script
from models.understanding.rules import RuleUnderstanding

_PIECE = round(0.4 * RATE)


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """The first `seconds` of a recorded call (agent left), whose spoken turns are in `turns`."""

    call: Path
    turns: Path
    seconds: float

    def sound(self) -> dict[Speaker, Audio]:
        """Both sides."""
        blocks = list(inspect(self.call).blocks("left"))
        end = from_seconds(self.seconds)
        return {
            speaker: np.concatenate([getattr(b, speaker.value) for b in blocks])[:end]
            for speaker in Speaker
        }

    def words(self) -> dict[Speaker, list[Word]]:
        """What each side says in it."""
        turns = load_script(self.call.stem, self.turns).turns
        return {
            speaker: [
                word
                for turn in turns
                if turn.speaker is speaker
                for word in turn.words
                if word.end <= from_seconds(self.seconds)
            ]
            for speaker in Speaker
        }

    def last_word(self) -> Word:
        """The word that ends last."""
        return max((words[-1] for words in self.words().values()), key=lambda word: word.end)

    def script(self) -> list[str]:
        """The command that is the coach with a recogniser that knows this."""
        knows = (str(self.call), str(self.turns), str(self.seconds))
        return [sys.executable, "-m", "tests.e2e.by_ear", *knows]


def demo(seconds: float = 17.0) -> Beginning:
    """The beginning of the demo call."""
    call = app.demo_call()
    return Beginning(call=call, turns=call.with_suffix(".turns.json"), seconds=seconds)


@dataclass(kw_only=True)
class ByEar:
    """Gives the words of the moment of the call that sounds most like the audio."""

    knows: Beginning
    name: str = "by ear"
    _size: int = field(init=False)
    _spectra: dict[Speaker, NDArray[np.complex128]] = field(init=False)
    _words: dict[Speaker, list[Word]] = field(init=False)

    def __post_init__(self) -> None:
        sounds = self.knows.sound()
        longest = max(len(sound) for sound in sounds.values())
        self._size = 1 << (longest + _PIECE).bit_length()
        self._spectra = {who: np.fft.rfft(sound, self._size) for who, sound in sounds.items()}
        self._words = self.knows.words()

    def transcribe(self, audio: Audio, *, final: bool) -> Transcript:  # noqa: ARG002 - by ear
        """The words that lie in this piece of the call, for the greater part of them."""
        loud = np.convolve(np.square(audio), np.ones(_PIECE), "valid")
        if not len(loud) or loud.max() < 1e-3:
            return Transcript(words=())
        at = int(np.argmax(loud))
        piece = np.conj(np.fft.rfft(audio[at : at + _PIECE], self._size))
        alike = {
            who: np.fft.irfft(sound * piece, self._size) for who, sound in self._spectra.items()
        }
        speaker = max(alike, key=lambda who: float(alike[who].max()))
        start = int(np.argmax(alike[speaker])) - at
        words = tuple(
            Word(
                start=Samples(max(0, word.start - start)),
                end=Samples(min(len(audio), word.end - start)),
                text=word.text,
            )
            for word in self._words[speaker]
            if 0 <= (word.start + word.end) // 2 - start < len(audio)
        )
        return Transcript(words=words, confidence=1.0 if words else None)


def understanding(_: object = None) -> RuleUnderstanding:
    """In place of `app.load_understanding`."""
    return RuleUnderstanding()


def main() -> None:
    """The command line with a recogniser that knows the call of the first three arguments."""
    from coach.cli import main as coach

    call, turns, seconds = sys.argv[1:4]
    del sys.argv[1:4]
    knows = Beginning(call=Path(call), turns=Path(turns), seconds=float(seconds))
    app.load_recogniser = lambda _: ByEar(knows=knows)
    app.load_understanding = understanding  # type: ignore[assignment]
    coach()


if __name__ == "__main__":
    main()
