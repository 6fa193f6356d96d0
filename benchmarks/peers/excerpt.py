"""What is played: the start of a call, its customer's words, and the words that decide."""

import json
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from audio.callfile import find_files
from benchmarks.word_errors import words_of
from benchmarks.words import sides
from coach.core.units import RATE
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Audio
from models.prompt import PROMPT

LENGTH_S = 70.0
_AFTER_S = 2.0
_TURNS = 5
_DECIDING = 4
_LETTERS = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Deciding:
    """A word that tells what a turn is about, and when its turn was spoken."""

    word: str
    start_s: float
    end_s: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Excerpt:
    """The start of a call, up to a moment at which nobody speaks."""

    call: str
    agent: Audio
    customer: Audio
    reference: tuple[str, ...]
    deciding: tuple[Deciding, ...]

    @property
    def length_s(self) -> float:
        """How long it lasts."""
        return len(self.customer) / RATE

    def write_customer(self, path: Path) -> Path:
        """One channel, 16 kHz, 16 bit: what the peers hear."""
        return _write(path, self.customer[:, None])

    def write_call(self, path: Path, *, agent: bool) -> Path:
        """Two channels, the agent left; without `agent` that side is an idle microphone."""
        idle = np.random.default_rng(1).normal(0, 1e-3, len(self.customer))
        left = self.agent if agent else idle.astype(np.float32)
        return _write(path, np.stack((left, self.customer), axis=1))


def excerpts(calls: Path, count: int) -> list[Excerpt]:
    """The first calls with at least five turns of the customer in their first 70 s."""
    found: list[Excerpt] = []
    for path in find_files(calls / "audio"):
        turns = json.loads((calls / "turns" / f"{path.stem}.turns.json").read_text("utf-8"))
        theirs = [turn for turn in turns if turn["speaker"] == "customer"]
        theirs = [turn for turn in theirs if turn["end_s"] <= LENGTH_S]
        if len(theirs) >= _TURNS and len(found) < count:
            found.append(_excerpt(path, theirs))
    return found


def near(word: str, other: str) -> bool:
    """Whether a recogniser's `other` may pass for `word`: a third of its letters may differ."""
    allowed = len(word) // 3
    if abs(len(word) - len(other)) > allowed:
        return False
    row = list(range(len(other) + 1))
    for number, letter in enumerate(word, 1):
        before, row = row, [number]
        for column, another in enumerate(other, 1):
            same = before[column - 1] + (letter != another)
            row.append(min(same, before[column] + 1, row[-1] + 1))
    return row[-1] <= allowed


def _excerpt(path: Path, turns: list[dict[str, Any]]) -> Excerpt:
    both = sides(path)
    end = round((turns[-1]["end_s"] + _AFTER_S) * RATE)
    words = [word for turn in turns for word in words_of(turn["text"])]
    deciding = [_deciding(turn, words) for turn in turns]
    return Excerpt(
        call=path.stem,
        agent=both[Speaker.AGENT][:end],
        customer=both[Speaker.CUSTOMER][:end],
        reference=tuple(words),
        deciding=tuple([one for one in deciding if one is not None][:_DECIDING]),
    )


def _deciding(turn: dict[str, Any], words: list[str]) -> Deciding | None:
    """The turn's last longer word that is said nowhere else, nor put into mouths by the prompt."""
    others = [*words, *words_of(PROMPT)]
    for word in reversed(words_of(turn["text"])):
        alone = sum(near(word, other) for other in others) == 1
        if len(word) >= _LETTERS and word.isalpha() and alone:
            return Deciding(word=word, start_s=turn["start_s"], end_s=turn["end_s"])
    return None


def _write(path: Path, channels: Audio) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels.shape[1])
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(channels, -1, 1) * 32_767).astype("<i2").tobytes())
    return path
