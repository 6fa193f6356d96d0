"""Real models for tests: loaded once, and skipped with the reason where they are not fetched."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from audio.callfile import inspect
from coach import paths
from coach.app import demo_call
from coach.core.units import RATE
from coach.runtime.ports import Audio
from models.asr import WhisperRecogniser
from models.catalogue import ModelStore, entry


def whisper() -> WhisperRecogniser:
    """The default recogniser on one thread."""
    store, base = ModelStore(paths.models_folder()), entry("base")
    if store.check(base, thorough=False).state != "verified":
        pytest.skip("the model is not here: coach models fetch base")
    return _loaded(str(store.locate(base)))


@cache
def _loaded(folder: str) -> WhisperRecogniser:
    return WhisperRecogniser(Path(folder), "base", threads=1)


@cache
def demo_turns() -> list[tuple[Audio, str]]:
    """What was said in the demo call, turn by turn, with the words."""
    if not demo_call().is_file():
        pytest.skip("the demo call is not here: python -m coach.demo.make")
    blocks = list(inspect(demo_call()).blocks("left"))
    sides = {
        "agent": np.concatenate([block.agent for block in blocks]),
        "customer": np.concatenate([block.customer for block in blocks]),
    }
    turns = json.loads(demo_call().with_name("demo.turns.json").read_text(encoding="utf-8"))
    return [
        (sides[t["speaker"]][round(t["start_s"] * RATE) : round(t["end_s"] * RATE)], t["text"])
        for t in turns
    ]
