"""Models that say what they are told to: for tests, for practice and for the demo.

They keep the same promises as the real ones and pass the same contract tests, so that what works
with them works with a model.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from coach.core.readings import AgentReading, AgentText, CustomerReading, CustomerText
from coach.core.units import RATE, Samples
from coach.runtime.ports import FRAME, Audio, Transcript
from models.asr import spread


@dataclass(kw_only=True)
class ScriptedDetector:
    """Hears speech where the script says: between two moments, counted from the last `reset`."""

    speech: Sequence[tuple[Samples, Samples]]
    _heard: int = field(default=0, init=False)

    def probability(self, frame: Audio) -> float:
        """1.0 if the middle of the frame lies within speech, else 0.0."""
        middle = self._heard + FRAME // 2
        self._heard += len(frame)
        return float(any(start <= middle < end for start, end in self.speech))

    def reset(self) -> None:
        """Begin again at the first frame."""
        self._heard = 0


@dataclass(kw_only=True)
class ScriptedRecogniser:
    """Hears its lines, one stretch of speech after another; nothing in silence or after the last.

    A stretch that is decoded again because it went on is still the same line. A look hears the
    words of the line to come that fit into the audio, at `words_a_second`.
    """

    lines: Sequence[str]
    words_a_second: float = 3.0
    name: str = "scripted"
    _finals: int = field(default=0, init=False)
    _lately: list[tuple[Audio, int]] = field(default_factory=list, init=False)

    def transcribe(self, audio: Audio, *, final: bool) -> Transcript:
        """The next line (`final`) or its beginning, its words spread over the audio."""
        if not audio.any():
            return Transcript(words=())
        number = self._line(audio) if final else self._finals
        if number >= len(self.lines):
            return Transcript(words=())
        said = self.lines[number].split()
        if not final:
            said = said[: int(len(audio) / RATE * self.words_a_second)]
        return Transcript(words=spread(said, Samples(len(audio))), confidence=1.0 if said else None)

    def _line(self, audio: Audio) -> int:
        """Its number: that of an earlier decode that began with the same sound, or a new one.

        The last two are remembered, one for each side of a call.
        """
        begun = (n for heard, n in self._lately if _begins(audio, heard))
        number = next(begun, self._finals)
        self._finals = max(self._finals, number + 1)
        others = [one for one in self._lately if one[1] != number]
        self._lately = [*others[-1:], (audio.copy(), number)]
        return number


def _begins(audio: Audio, heard: Audio) -> bool:
    return len(heard) < len(audio) and bool(np.array_equal(audio[: len(heard)], heard))


@dataclass(kw_only=True)
class ScriptedUnderstanding:
    """Reads what it was told about the first of its phrases that the text contains.

    Words that explain a reading must stand in its phrase, as they do with a real model; raises
    `ValueError` otherwise. Of other text it knows nothing.
    """

    customers: Mapping[str, CustomerReading] = field(default_factory=dict)
    agents: Mapping[str, AgentReading] = field(default_factory=dict)
    name: str = "scripted"

    def __post_init__(self) -> None:
        told: list[tuple[str, CustomerReading | AgentReading]] = [*self.customers.items()]
        told += self.agents.items()
        for phrase, reading in told:
            reasons = [why.words for why in reading.because]
            reasons += [escalation.because for escalation in reading.escalations]
            if any(words not in phrase for words in reasons):
                raise ValueError(f"a reason that is not in the text: {phrase!r}")

    def customer(self, said: CustomerText) -> CustomerReading:
        """The reading of the first phrase in the text; an empty one, all unknown, if none is."""
        readings = (reading for phrase, reading in self.customers.items() if phrase in said.text)
        return next(readings, CustomerReading())

    def agent(self, said: AgentText) -> AgentReading:
        """The reading of the first phrase in the text; an empty one if none is."""
        readings = (reading for phrase, reading in self.agents.items() if phrase in said.text)
        return next(readings, AgentReading())


@dataclass(kw_only=True)
class ScriptedEmbedder:
    """Implements `Embedder`: texts that share words lie near each other, on every machine alike."""

    name: str = "scripted"
    width: int = 64

    def embed(self, said: Sequence[CustomerText]) -> NDArray[np.float32]:
        """(n, width): the sum of a direction a word."""
        rows = np.zeros((len(said), self.width), dtype=np.float32)
        for n, one in enumerate(said):
            for word in re.findall(r"[^\W\d_]+", one.text.lower()):
                rows[n] += _direction(word, self.width)
        return rows


def _direction(word: str, width: int) -> NDArray[np.float32]:
    """A direction of its own for every word."""
    seed = int.from_bytes(hashlib.sha256(word.encode("utf-8")).digest()[:8])
    drawn: NDArray[np.float32] = np.random.default_rng(seed).standard_normal(width, np.float32)
    return drawn
