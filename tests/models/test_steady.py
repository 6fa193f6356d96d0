"""A recogniser whose device fails in the middle of a call: not a word is lost, and it is told."""

import numpy as np
import pytest

from coach.core.events import Heard, LogEvent, RecogniserChanged, Utterance, WorkLost
from coach.core.units import RATE, Samples
from coach.core.vocabulary import Pace, Speaker
from coach.errors import UserError
from coach.runtime.desk import AudioHearing, Desk
from coach.runtime.engine import run_beside_clock, run_fast
from coach.runtime.ports import Audio, Recogniser, Transcript
from models.asr import spread
from models.scripted import ScriptedUnderstanding
from models.steady import SteadyRecogniser
from tests.harness import VirtualClock
from tests.runtime.sounding import Run, bereavement, every, said

FAILURES = (
    "CUDA failed with error out of memory",
    "CUDA failed with error unspecified launch failure",
    "CUDA failed with error device-side assert triggered",
    "cuBLAS failed with status CUBLAS_STATUS_ALLOC_FAILED",
    "Library libcudnn_ops.so.9 is not found or cannot be loaded",
    "CUDA driver version is insufficient for CUDA runtime version",
)
"""What CTranslate2 raises as `RuntimeError`; its own words."""

SOUND = np.full(RATE, 0.1, np.float32)


class Counting:
    """Hears how long the sound is; fails at call number `fails_at` with `error`."""

    def __init__(self, name: str, fails_at: int = -1, error: Exception | None = None) -> None:
        self.name, self.fails_at, self.error = name, fails_at, error
        self.asked = 0

    def transcribe(self, audio: Audio, *, final: bool) -> Transcript:
        self.asked += 1
        if self.error is not None and self.asked > self.fails_at >= 0:
            raise self.error
        text = [self.name, str(len(audio)), "final" if final else "look"]
        return Transcript(words=spread(text, Samples(len(audio))), confidence=1.0)


@pytest.mark.parametrize("message", FAILURES)
@pytest.mark.parametrize("final", [True, False])
def test_the_same_request_is_answered_by_the_spare_one(message: str, *, final: bool) -> None:
    card, spare = Counting("card", 1, RuntimeError(message)), Counting("processor")
    steady = SteadyRecogniser(card, spare=lambda: spare)
    assert steady.transcribe(SOUND, final=final).text.startswith("card")
    heard = steady.transcribe(SOUND, final=final)
    assert heard.text == f"processor {RATE} {'final' if final else 'look'}"
    assert heard.changed == ("processor", message)
    assert steady.name == "processor"
    again = steady.transcribe(SOUND, final=final)
    assert again.changed is None
    assert (card.asked, spare.asked) == (2, 2), "the card is not tried again"


@pytest.mark.parametrize("error", [RuntimeError("bad audio"), ValueError("CUDA"), OSError("CUDA")])
def test_what_is_not_the_devices_fault_is_raised(error: Exception) -> None:
    steady = SteadyRecogniser(Counting("card", 0, error), spare=lambda: Counting("processor"))
    with pytest.raises(type(error)):
        steady.transcribe(SOUND, final=True)
    assert steady.name == "card"


def test_without_a_spare_one_the_failure_is_raised() -> None:
    steady = SteadyRecogniser(Counting("card", 0, RuntimeError(FAILURES[0])))
    with pytest.raises(RuntimeError, match="out of memory"):
        steady.transcribe(SOUND, final=True)


def test_a_spare_one_that_fails_too_is_raised() -> None:
    spare = Counting("processor", 0, RuntimeError(FAILURES[0]))
    steady = SteadyRecogniser(Counting("card", 0, RuntimeError(FAILURES[0])), spare=lambda: spare)
    for _ in range(2):
        with pytest.raises(RuntimeError, match="out of memory"):
            steady.transcribe(SOUND, final=True)


def test_the_smaller_one_is_loaded_when_it_is_asked_for_and_once() -> None:
    loaded: list[Recogniser] = []

    def load() -> Recogniser:
        loaded.append(Counting("tiny"))
        return loaded[-1]

    steady = SteadyRecogniser(Counting("base"), small=load)
    assert steady.has_smaller
    assert loaded == []
    assert steady.smaller() is steady.smaller() is not None
    assert len(loaded) == 1
    assert not SteadyRecogniser(Counting("base")).has_smaller
    assert SteadyRecogniser(Counting("base")).smaller() is None


def test_it_rests_before_every_answer_the_smaller_one_too() -> None:
    rests: list[int] = []
    steady = SteadyRecogniser(
        Counting("base"), small=lambda: Counting("tiny"), rest=lambda: rests.append(1)
    )
    steady.transcribe(SOUND, final=True)
    smaller = steady.smaller()
    assert smaller is not None
    assert smaller.transcribe(SOUND, final=False).text.startswith("tiny")
    assert len(rests) == 2


def test_a_smaller_one_that_cannot_be_loaded_is_not_there() -> None:
    def load() -> Recogniser:
        raise UserError("models.missing", name="tiny")

    steady = SteadyRecogniser(Counting("base"), small=load)
    assert steady.smaller() is None
    assert not steady.has_smaller


@pytest.mark.parametrize("pace", Pace)
def test_final_words_are_heard_with_as_much_care_as_there_is_time_for(pace: Pace) -> None:
    run = Run(bereavement())
    steady = SteadyRecogniser(Counting("base"), small=lambda: Counting("tiny"))
    hearing = AudioHearing(run.ears, steady, steady.smaller)
    desk = Desk(hearing, ScriptedUnderstanding())
    desk.at_pace(pace)
    run_fast(run.source(every(RATE)), run.ears, desk, run.sequencer)
    finals = {text.split()[0::2] and tuple(text.split()[0::2]) for _, text in said(run.log)}
    name = "tiny" if pace is Pace.SMALL_MODEL else "base"
    assert finals == {(name, "final" if pace.careful else "look")}


@pytest.mark.parametrize("realtime", [False, True])
@pytest.mark.parametrize("fails_at", [0, 1, 4, 7])
def test_in_a_call_not_a_word_is_lost_and_the_log_says_what_happened(
    fails_at: int, *, realtime: bool
) -> None:
    def played(recogniser: Recogniser) -> list[LogEvent]:
        run = Run(bereavement())
        desk = Desk(AudioHearing(run.ears, recogniser), ScriptedUnderstanding())
        if realtime:
            run_beside_clock(
                run.source(every(1_600)), run.ears, desk, run.sequencer, clock=VirtualClock()
            )
        else:
            run_fast(run.source(every(1_600)), run.ears, desk, run.sequencer)
        return run.log

    card = Counting("same", fails_at, RuntimeError(FAILURES[0]))
    log = played(SteadyRecogniser(card, spare=lambda: Counting("same")))
    (change,) = [event for event in log if isinstance(event, RecogniserChanged)]
    assert (change.recogniser, change.reason) == ("same", FAILURES[0])
    assert not [event for event in log if isinstance(event, WorkLost)]
    assert [e for e in log if e is not change] == played(Counting("same"))
    after = log[log.index(change) + 1]
    assert isinstance(after, Heard | Utterance), (
        "told just before the first answer of the spare one"
    )
    assert after.speaker in Speaker
