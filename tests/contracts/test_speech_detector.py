"""What every speech detector promises, the real one and the scripted one."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.core.units import Samples
from coach.runtime.ports import FRAME, Audio, SpeechDetector
from models.scripted import ScriptedDetector
from models.vad import SileroDetector

Make = Callable[[], SpeechDetector]
SECOND = 31
"""Frames in about a second."""


def scripted() -> SpeechDetector:
    return ScriptedDetector(speech=[(Samples(0), Samples(5 * FRAME))])


@pytest.fixture(params=[scripted, SileroDetector], ids=["scripted", "silero"], scope="module")
def make(request: pytest.FixtureRequest) -> Make:
    made: Make = request.param
    return made


def noise(seed: int, level: float = 0.3) -> Audio:
    return np.random.default_rng(seed).uniform(-level, level, FRAME).astype(np.float32)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 1000), level=st.sampled_from([0.0, 1e-6, 0.01, 1.0]))
def test_any_frame_gets_a_probability(make: Make, seed: int, level: float) -> None:
    probability = make().probability(noise(seed, level))
    assert isinstance(probability, float)
    assert 0.0 <= probability <= 1.0


def test_lasting_silence_is_no_speech(make: Make) -> None:
    detector = make()
    heard = [detector.probability(np.zeros(FRAME, np.float32)) for _ in range(2 * SECOND)]
    assert max(heard[SECOND:]) < 0.1


def test_the_same_audio_is_heard_the_same_after_a_reset(make: Make) -> None:
    detector = make()
    first = [detector.probability(noise(seed)) for seed in range(10)]
    detector.reset()
    assert [detector.probability(noise(seed)) for seed in range(10)] == first


def test_detectors_share_nothing(make: Make) -> None:
    alone = [make().probability(noise(1))]
    other, one = make(), make()
    for seed in range(2, 9):
        other.probability(noise(seed))
    assert [one.probability(noise(1))] == alone


def test_the_frame_is_left_as_it_was(make: Make) -> None:
    frame = noise(1)
    frame.flags.writeable = False
    make().probability(frame)
