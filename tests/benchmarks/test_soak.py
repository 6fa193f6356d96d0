from pathlib import Path

from benchmarks.soak import shift, unaccounted
from coach.core.events import LogEvent, SpeechEnded, Utterance, WorkLost
from coach.core.units import Samples
from coach.core.vocabulary import Speaker


def ended(start: int, end: int) -> SpeechEnded:
    return SpeechEnded(
        at=Samples(end),
        speaker=Speaker.CUSTOMER,
        segment=0,
        start=Samples(start),
        end=Samples(end),
        reason="pause",
    )


def words(start: int, end: int) -> Utterance:
    return Utterance(
        at=Samples(end),
        speaker=Speaker.CUSTOMER,
        segment=0,
        start=Samples(start),
        end=Samples(end),
        text="ja",
    )


def lost(start: int, end: int, part: str) -> WorkLost:
    return WorkLost(
        at=Samples(end),
        speaker=Speaker.CUSTOMER,
        part=part,
        start=Samples(start),
        end=Samples(end),
        reason="failed",
    )


def test_a_stretch_of_speech_is_accounted_for_by_its_words_or_its_loss() -> None:
    events: list[LogEvent] = [ended(0, 9), words(0, 9), ended(20, 30), lost(20, 30, "recogniser")]
    assert unaccounted(events) == 0


def test_a_stretch_that_nobody_speaks_of_again_is_found() -> None:
    assert unaccounted([ended(0, 9), lost(0, 9, "understanding")]) == 1
    assert unaccounted([ended(0, 9), words(0, 8)]) == 1


def test_a_short_shift_with_faults_loses_nothing_silently(tmp_path: Path) -> None:
    found = shift(hours=0.05, call_minutes=2, folder=tmp_path)
    assert found["calls"] >= 2
    assert sum(found["faults"].values()) > 0
    assert found["stretches_unaccounted_for"] == found["logs_that_replay_differently"] == 0
    assert found["threads"]["after_last"] == found["threads"]["after_first"]
