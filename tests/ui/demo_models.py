"""Models that know the demo call by heart: the whole chain runs, no recogniser is needed.

As a script it is the command line with these models: python -m tests.ui.demo_models demo …
"""

from dataclasses import dataclass, field

import numpy as np

from audio.callfile import inspect
from coach import app
from coach.core.events import Word
from coach.core.units import Samples
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Audio, Transcript
from coach.runtime.script import load_script
from models.understanding.rules import RuleUnderstanding

_ENOUGH = 800
"""Samples that are found only once in the call."""


@dataclass(kw_only=True)
class ByHeart:
    """Finds a piece of the demo's sound in the demo and gives the words of that moment."""

    name: str = "by heart"
    _sound: dict[Speaker, bytes] = field(init=False)
    _words: dict[Speaker, list[Word]] = field(init=False)

    def __post_init__(self) -> None:
        blocks = list(inspect(app.demo_call()).blocks("left", block_s=1.0))
        self._sound = {
            Speaker.AGENT: np.concatenate([block.agent for block in blocks]).tobytes(),
            Speaker.CUSTOMER: np.concatenate([block.customer for block in blocks]).tobytes(),
        }
        script = load_script("demo", app.demo_call().with_suffix(".turns.json"))
        self._words = {
            speaker: [
                word for turn in script.turns if turn.speaker is speaker for word in turn.words
            ]
            for speaker in Speaker
        }

    def transcribe(self, audio: Audio, *, final: bool) -> Transcript:  # noqa: ARG002 - by heart
        """The words that lie in this piece of the call, for the greater part of them."""
        middle = max(0, (len(audio) - _ENOUGH) // 2)
        known = audio[middle : middle + _ENOUGH].tobytes()
        for speaker, sound in self._sound.items():
            place = sound.find(known)
            if place >= 0:
                return self._between(speaker, place // audio.itemsize - middle, len(audio))
        raise RuntimeError("this sound is not in the demo")

    def _between(self, speaker: Speaker, start: int, length: int) -> Transcript:
        words = tuple(
            Word(
                start=Samples(max(0, word.start - start)),
                end=Samples(min(length, word.end - start)),
                text=word.text,
            )
            for word in self._words[speaker]
            if 0 <= (word.start + word.end) // 2 - start < length
        )
        return Transcript(words=words, confidence=1.0 if words else None)


def recogniser(_: object = None) -> ByHeart:
    """In place of `app.load_recogniser`."""
    return ByHeart()


def understanding(_: object = None) -> RuleUnderstanding:
    """In place of `app.load_understanding`."""
    return RuleUnderstanding()


if __name__ == "__main__":
    from coach.cli import main

    app.load_recogniser, app.load_understanding = recogniser, understanding  # type: ignore[assignment]
    main()
