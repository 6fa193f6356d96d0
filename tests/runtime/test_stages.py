"""Where the time goes: counts, sums and percentiles that take no more room in a longer call."""

from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.events import RunFinished, WorldEvent
from coach.core.units import RATE, Samples
from coach.runtime.desk import AudioHearing, Desk
from coach.runtime.engine import run_fast
from coach.runtime.ports import FRAME, Audio, Transcript
from coach.runtime.sequencer import Sequencer
from coach.runtime.stages import ORDER, Stages, TimedDetector
from coach.store.codec import from_json, to_json
from models.asr import spread
from models.scripted import ScriptedDetector, ScriptedUnderstanding
from tests.runtime.sounding import Run, bereavement, every
from tests.strategies import start

TIMES = st.lists(st.floats(1e-6, 100), min_size=1, max_size=60)


@given(TIMES)
def test_a_percentile_is_right_to_within_a_bin(times: list[float]) -> None:
    stages = Stages()
    for seconds in times:
        stages.add("decode", seconds)
    (told,) = stages.told()
    assert (told.name, told.count) == ("decode", len(times))
    assert told.total_s == pytest.approx(sum(times), abs=0.001)
    ordered = sorted(times)
    for share, ms in ((0.5, told.p50_ms), (0.95, told.p95_ms)):
        place = next(n for n in range(len(ordered)) if n + 1 >= share * len(ordered))
        assert ms == pytest.approx(1_000 * ordered[place], rel=0.06, abs=0.001)


def test_stages_that_were_not_done_are_not_told() -> None:
    assert Stages().told() == ()


def test_what_fails_has_taken_its_time_too() -> None:
    stages = Stages()
    with pytest.raises(OSError, match="gone"), stages.time("log"):
        raise OSError("gone")
    assert [stage.name for stage in stages.told()] == ["log"]


class Hears:
    name = "hears"

    def transcribe(self, audio: Audio, *, final: bool) -> Transcript:
        words = spread(["ja", "final" if final else "look"], Samples(len(audio)))
        return Transcript(words=words, confidence=1.0, took=(("encode", 0.25), ("decode", 0.5)))


def test_a_call_tells_every_stage_once_for_every_time_it_was_done() -> None:
    run, stages = Run(bereavement()), Stages()
    desk = Desk(AudioHearing(run.ears, Hears()), ScriptedUnderstanding(), stages)
    sequencer = Sequencer(start(), [run.log.append], stages)
    run_fast(run.source(every(RATE)), run.ears, desk, sequencer)
    told = {stage.name: stage for stage in stages.told()}
    assert set(told) == {"encode", "decode", "understanding", "core", "log"}
    assert list(told) == [name for name in ORDER if name in told]
    world = [event for event in run.log if isinstance(event, get_args(WorldEvent))]
    assert told["core"].count == told["log"].count == len(world) - 1, "the run began a log too"
    decoded = told["decode"]
    finals = len([e for e in run.log if e.type == "utterance"])
    heard = len([e for e in run.log if e.type == "heard"])
    assert heard <= decoded.count < finals + heard, "a draft that became final was decoded once"
    assert decoded.total_s == pytest.approx(0.5 * decoded.count)


def test_the_detector_is_timed_and_says_the_same() -> None:
    stages = Stages()
    speech = [(Samples(0), Samples(FRAME))]
    timed = TimedDetector(ScriptedDetector(speech=speech), stages)
    frame = np.zeros(FRAME, np.float32)
    assert [timed.probability(frame), timed.probability(frame)] == [1.0, 0.0]
    timed.reset()
    assert timed.probability(frame) == 1.0
    assert stages.told()[0].count == 3


def test_the_stages_stand_in_the_last_line_of_the_log() -> None:
    stages = Stages()
    stages.add("vad", 0.001)
    finished = RunFinished(
        at=Samples(1), audio=Samples(1), wall_s=1.0, cpu_s=1.0, model="x", stages=stages.told()
    )
    assert from_json(to_json(finished)) == finished
    old = {key: value for key, value in to_json(finished).items() if key != "stages"}
    assert from_json(old).stages == ()  # type: ignore[union-attr]
