"""A recogniser that knows the demo call by ear: it finds what it hears there, however it came.

Recorded through devices, no sample is what it was, so that the place is found by correlation. As a
script it is the command line with this recogniser: python -m tests.e2e.by_ear listen …
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from audio.callfile import inspect
from coach import app
from coach.core.events import Word
from coach.core.units import RATE, Samples
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Audio, Transcript
from coach.runtime.script import load_script
from models.understanding.rules import RuleUnderstanding

LENGTH_S = 17
_PIECE = round(0.4 * RATE)
_SIZE = 1 << (LENGTH_S * RATE + _PIECE).bit_length()


def demo_sound() -> dict[Speaker, Audio]:
    """The first `LENGTH_S` of the demo call."""
    blocks = list(inspect(app.demo_call()).blocks("left"))
    return {
        speaker: np.concatenate([getattr(b, speaker.value) for b in blocks])[: LENGTH_S * RATE]
        for speaker in Speaker
    }


@dataclass(kw_only=True)
class ByEar:
    """Gives the words of the moment of the demo that sounds most like the audio."""

    name: str = "by ear"
    _spectra: dict[Speaker, NDArray[np.complex128]] = field(init=False)
    _words: dict[Speaker, list[Word]] = field(init=False)

    def __post_init__(self) -> None:
        self._spectra = {who: np.fft.rfft(sound, _SIZE) for who, sound in demo_sound().items()}
        script = load_script("demo", app.demo_call().with_suffix(".turns.json"))
        self._words = {
            speaker: [w for turn in script.turns if turn.speaker is speaker for w in turn.words]
            for speaker in Speaker
        }

    def transcribe(self, audio: Audio, *, final: bool) -> Transcript:  # noqa: ARG002 - by ear
        """The words that lie in this piece of the call, for the greater part of them."""
        loud = np.convolve(np.square(audio), np.ones(_PIECE), "valid")
        if not len(loud) or loud.max() < 1e-3:
            return Transcript(words=())
        at = int(np.argmax(loud))
        piece = np.conj(np.fft.rfft(audio[at : at + _PIECE], _SIZE))
        alike = {who: np.fft.irfft(sound * piece, _SIZE) for who, sound in self._spectra.items()}
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


def recogniser(_: object = None) -> ByEar:
    """In place of `app.load_recogniser`."""
    return ByEar()


def understanding(_: object = None) -> RuleUnderstanding:
    """In place of `app.load_understanding`."""
    return RuleUnderstanding()


if __name__ == "__main__":
    from coach.cli import main

    app.load_recogniser, app.load_understanding = recogniser, understanding  # type: ignore[assignment]
    main()
