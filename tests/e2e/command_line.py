"""The real command line in this process, with a recogniser that says what the test tells it."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach import cli
from coach.commands import calls, telling
from coach.core.units import Samples
from coach.phrases import area, choose_language
from coach.runtime.ports import Audio, Transcript
from models.asr import spread
from models.scripted import ScriptedUnderstanding
from tests.audio.recordings import Sound, write

GREETS = "Goedemiddag, klantenservice van Waterkant, waarmee kan ik u helpen?"
CALLS = "Dag, ik bel over mijn rekening."
_LOUD = 0.3


@dataclass
class Listener:
    """Hears `loud` in a loud clip and `soft` in a soft one: the two channels of `call`."""

    loud: str = GREETS
    soft: str = CALLS
    name: str = "listener"
    before: Callable[[], None] = lambda: None

    def transcribe(self, audio: Audio, *, final: bool) -> Transcript:
        """What the level of the clip stands for."""
        if final:
            self.before()
        words = (self.loud if np.abs(audio).max() > _LOUD else self.soft).split()
        return Transcript(words=spread(words, Samples(len(audio))), confidence=1.0)


class LoudnessDetector:
    """Takes every sound for speech: what is under test here is not the ear."""

    def probability(self, frame: Audio) -> float:
        return float(np.abs(frame).max() > 0.01)

    def reset(self) -> None:
        pass


def call(rate: int = 8_000) -> Sound:
    """Two channels that speak in turn, left loud and right soft, 4 s in all."""
    noise = np.random.default_rng(1).uniform(-1, 1, (2, 4 * rate))
    left, right = noise * [[0.8], [0.1]]
    left[: rate // 4] = left[int(1.4 * rate) :] = 0
    right[: 2 * rate] = right[int(3.2 * rate) :] = 0
    return np.array([left, right], np.float32)


def record(path: Path, codec: str = "pcm_s16le") -> Path:
    """A good call as a file."""
    return write(path, call(), 8_000, codec)


@dataclass(frozen=True, kw_only=True)
class Ran:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The output of a run with --json."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class CommandLine:
    """Runs commands; models and terminal are the test's to choose."""

    capture: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch
    listener: Listener = field(default_factory=Listener)
    language: str = "en"

    def __call__(self, *args: str | Path) -> Ran:
        """Run `coach ARGS` to its end, as `main` does."""
        line = ["--language", self.language, *map(str, args)]
        self.capture.readouterr()
        code = cli._guarded(lambda: cli.cli(line, standalone_mode=True))
        captured = self.capture.readouterr()
        return Ran(code=code, out=captured.out, err=captured.err)

    def at_a_terminal(self, answer: str) -> None:
        """From now on somebody sits there and types `answer`."""
        from rich.console import Console

        console = Console(stderr=True, force_terminal=True, width=300)
        for module in (calls, telling):
            self.monkeypatch.setattr(module, "err_console", console)
        self.monkeypatch.setattr(sys, "stdin", _Keyboard(answer))


class _Keyboard(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def coach(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Any:
    """The command line with scripted models, away from this machine's settings."""
    line = CommandLine(capfd, monkeypatch)
    monkeypatch.setenv("COACH_SETTINGS", str(tmp_path / "no-settings.toml"))
    monkeypatch.setenv("COACH_DIARY", str(tmp_path / "diary.jsonl"))
    monkeypatch.setattr("coach.app.SileroDetector", LoudnessDetector)
    monkeypatch.setattr("coach.app.load_recogniser", lambda _: line.listener)
    monkeypatch.setattr("coach.app.load_understanding", lambda _: ScriptedUnderstanding())
    yield line
    choose_language("auto")


def sentence(key: str, language: str) -> str:
    """The longest piece of a sentence that stands between its values."""
    name, _, rest = key.partition(".")
    text = area(name)[rest][language]
    pieces = [piece.split("}")[-1] for piece in text.split("{")]
    return max(pieces, key=len)
