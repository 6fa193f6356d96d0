"""The demo call through the real voice detector: its log does not depend on the blocks."""

from collections.abc import Iterable
from functools import cache

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from audio.callfile import inspect
from audio.ear import StreamingEar
from coach.app import demo_call
from coach.core.events import LogEvent, Utterance
from coach.core.readings import AgentReading
from coach.core.replay import compare
from coach.core.units import RATE
from coach.core.vocabulary import Act, Emotion, Speaker
from coach.runtime.desk import AudioHearing, Desk
from coach.runtime.engine import run_fast
from coach.runtime.ports import Audio
from coach.runtime.sequencer import Sequencer
from models.scripted import ScriptedRecogniser, ScriptedUnderstanding
from models.vad import SileroDetector
from tests.harness import Cut, feels
from tests.strategies import start

HEARD_S = 45
"""Seconds of the call that are enough for some turns of both sides, a nudge, and a last half
frame."""

LINES = ("goedemorgen", "mijn vrouw is overleden", "wat is uw postcode", "zes acht", "sorry")


@cache
def sides() -> tuple[Audio, Audio]:
    if not demo_call().is_file():
        pytest.skip("the demo call is not here: python -m coach.demo.make")
    blocks = list(inspect(demo_call()).blocks("left"))
    length = HEARD_S * RATE + 77
    agent = np.concatenate([block.agent for block in blocks])[:length]
    return agent, np.concatenate([block.customer for block in blocks])[:length]


def run(cuts: Iterable[int]) -> list[LogEvent]:
    log: list[LogEvent] = []
    ears = {side: StreamingEar(side, SileroDetector()) for side in Speaker}
    understanding = ScriptedUnderstanding(
        customers={"overleden": feels(Emotion.SADNESS, 2, -2)},
        agents={"postcode": AgentReading(acts=(Act.ASK_IDENTIFICATION,))},
    )
    desk = Desk(AudioHearing(ears, ScriptedRecogniser(lines=LINES)), understanding)
    run_fast(Cut(*sides(), cuts), ears, desk, Sequencer(start(), [log.append]))
    return log


@cache
def reference() -> list[LogEvent]:
    return run(range(RATE, 99 * RATE, RATE))


def test_the_demo_call_has_something_to_compare() -> None:
    assert sum(isinstance(event, Utterance) for event in reference()) >= 4
    assert compare(reference()) is None


@settings(max_examples=4)
@given(
    cuts=st.one_of(
        st.lists(st.integers(1, HEARD_S * RATE), max_size=40),
        st.integers(100, 5_000).map(lambda length: range(length, 99 * RATE, length)),
    )
)
@example(cuts=[])
def test_the_log_does_not_depend_on_how_the_audio_was_cut(cuts: Iterable[int]) -> None:
    assert run(cuts) == reference()
