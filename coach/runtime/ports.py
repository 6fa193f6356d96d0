"""What the runtime asks of the outside: one protocol a kind of part.

Real parts live in `audio/` and `models/`, scripted ones in `models/scripted.py`; both pass the
contract tests in `tests/contracts/`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from coach.core.events import SpeechEvent, Word
from coach.core.readings import AgentReading, AgentText, CustomerReading, CustomerText
from coach.core.units import Samples

Audio = NDArray[np.float32]
"""float32, (n,), -1..1, 16 kHz, one channel."""

FRAME: int = 512
"""Samples in one frame of a speech detector: 32 ms at 16 kHz."""


class SpeechDetector(Protocol):
    """A streaming voice activity detector for one channel. Holds state; one object a channel."""

    def probability(self, frame: Audio) -> float:
        """Speech probability 0..1 of the next `FRAME` samples."""
        ...

    def reset(self) -> None:
        """Forget the past: after a gap or a hold."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Transcript:
    """What a recogniser heard in a stretch of audio.

    Word times are samples from the start of that stretch. `confidence` is 0..1 (mean word
    probability), `None` when nothing was heard. `rejected` says why text was thrown away
    ("repetition", "no_speech", ...), `None` when it was kept. `changed`: the name of the recogniser
    that answers from now on, and why, when another one had to take over. `took`:
    seconds of the machine's clock per stage of the work ("features", "encode", "decode", "align").
    """

    words: tuple[Word, ...]
    confidence: float | None = None
    rejected: str | None = None
    changed: tuple[str, str] | None = None
    took: tuple[tuple[str, float], ...] = ()

    @property
    def text(self) -> str:
        """The words with single spaces between them."""
        return " ".join(word.text for word in self.words)


class Recogniser(Protocol):
    """Speech to text. One decode of a short stretch; never a growing buffer."""

    @property
    def name(self) -> str:
        """Model, precision and device, as written into every call log: "base int8 cpu"."""
        ...

    def transcribe(self, audio: Audio, *, final: bool) -> Transcript:
        """The words in `audio` (at most 30 s). `final`: with care, for the record; else a look."""
        ...


class Understanding(Protocol):
    """Text to meaning. Two doors, so that the agent's words cannot reach an emotion."""

    @property
    def name(self) -> str:
        """Model and version, as written into every call log."""
        ...

    def customer(self, said: CustomerText) -> CustomerReading:
        """Emotions, intensity, valence and escalations of a customer's turn."""
        ...

    def agent(self, said: AgentText) -> AgentReading:
        """Dialogue acts of an agent's turn."""
        ...


class Embedder(Protocol):
    """Customers' words to points: what is alike in meaning lies in the same direction."""

    @property
    def name(self) -> str:
        """Model and version: points of different models cannot be compared."""
        ...

    def embed(self, said: Sequence[CustomerText]) -> NDArray[np.float32]:
        """(n, width) float32, around 0; a row of zeros where nothing can be read."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A piece of both channels, at the same moment and of the same length, from `start` on."""

    start: Samples
    agent: Audio
    customer: Audio


class Source(Protocol):
    """Both sides of a call as blocks of any length, without holes, in order."""

    def blocks(self) -> Iterator[Block]:
        """The blocks of the call, once."""
        ...


class Ear(Protocol):
    """One side of the call: finds speech in its audio and keeps the last minute of it."""

    def hear(self, audio: Audio) -> Iterator[SpeechEvent]:
        """What began, paused or ended in the next piece of audio, at the end of its frame.

        Listens on only when the next event is asked for.
        """
        ...

    def expect(self, segment: int, pause: Samples | None) -> None:
        """Let `pause` of silence end stretch `segment`, if it is still open; `None`: as usual."""
        ...

    def finish(self) -> list[SpeechEvent]:
        """The call is over: what is still open has ended."""
        ...

    def audio(self, start: Samples, end: Samples) -> Audio:
        """What was heard from `start` to `end`, for the recogniser."""
        ...
