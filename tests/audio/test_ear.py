"""An ear finds the same speech however the audio is cut, up to the last word of the file."""

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.callfile import inspect
from audio.ear import StreamingEar
from audio.ring import AudioForgotten
from coach.app import demo_call
from coach.core.events import SpeechEnded, SpeechEvent, SpeechPaused, SpeechStarted
from coach.core.units import RATE, Samples, from_seconds
from coach.core.vocabulary import Speaker
from coach.runtime.ports import FRAME, Audio
from models.scripted import ScriptedDetector
from models.vad import SileroDetector

Events = list[SpeechEvent]
SPEECH = [(from_seconds(0.5), from_seconds(1.4)), (from_seconds(3.0), from_seconds(3.9))]


def scripted_ear(speech: list[tuple[Samples, Samples]] = SPEECH) -> StreamingEar:
    return StreamingEar(Speaker.CUSTOMER, ScriptedDetector(speech=speech))


def noise(seconds: float) -> Audio:
    length = round(seconds * RATE)
    return np.random.default_rng(1).uniform(-0.1, 0.1, length).astype(np.float32)


def heard(ear: StreamingEar, blocks: list[Audio]) -> Events:
    return [event for block in blocks for event in ear.hear(block)] + ear.finish()


@pytest.fixture(scope="module")
def customer() -> Audio:
    """The customer's side of the first half minute of the demo call, 16 kHz."""
    blocks = inspect(demo_call()).blocks("left")
    return np.concatenate([block.customer for block, _ in zip(blocks, range(30), strict=False)])


@settings(max_examples=40, deadline=None)
@given(cuts=st.lists(st.integers(0, 4 * RATE), max_size=30))
def test_the_cuts_change_nothing(cuts: list[int]) -> None:
    audio = noise(4)
    whole = heard(scripted_ear(), [audio])
    kinds = [SpeechStarted, SpeechPaused, SpeechEnded, SpeechStarted, SpeechEnded]
    assert [type(event) for event in whole] == kinds
    assert heard(scripted_ear(), np.split(audio, sorted(cuts))) == whole


@settings(max_examples=4, deadline=None)
@given(block=st.integers(1, 20_000))
def test_the_cuts_change_nothing_for_the_real_detector(customer: Audio, block: int) -> None:
    def run(blocks: list[Audio]) -> Events:
        return heard(StreamingEar(Speaker.CUSTOMER, SileroDetector()), blocks)

    whole = run([customer])
    assert len(whole) > 2
    assert run(np.split(customer, range(block, len(customer), block))) == whole


def test_openings_and_endings_come_in_pairs_with_the_same_number() -> None:
    events = heard(scripted_ear(), [noise(4)])
    whole = [event for event in events if not isinstance(event, SpeechPaused)]
    for number, (opened, closed) in enumerate(zip(whole[::2], whole[1::2], strict=True)):
        assert isinstance(opened, SpeechStarted)
        assert isinstance(closed, SpeechEnded)
        assert opened.segment == closed.segment == number
        assert opened.start == closed.start < closed.end
        assert opened.speaker is closed.speaker is Speaker.CUSTOMER
    assert all(before.at <= after.at for before, after in pairwise(events))


def test_an_event_is_known_when_its_frame_has_been_heard_and_no_sooner() -> None:
    ear = scripted_ear()
    (opened,) = [event for event in ear.hear(noise(1)) if isinstance(event, SpeechStarted)]
    assert opened.at % FRAME == 0
    assert from_seconds(0.5) < opened.at < from_seconds(0.7)


def test_the_audio_of_a_stretch_is_what_was_heard() -> None:
    ear, audio = scripted_ear(), noise(4)
    ended = [event for event in heard(ear, [audio]) if isinstance(event, SpeechEnded)]
    for event in ended:
        assert np.array_equal(ear.audio(event.start, event.end), audio[event.start : event.end])


@pytest.mark.parametrize("speaks_s", [0.15, 0.3, 0.7])
@pytest.mark.parametrize("odd", [0, 1, 300, FRAME - 1])
def test_a_word_at_the_very_end_of_the_file_is_not_lost(speaks_s: float, odd: int) -> None:
    length = 2 * RATE + odd
    starts = Samples(length - from_seconds(speaks_s))
    ear = scripted_ear([(starts, Samples(length))])
    audio = noise(3)[:length]
    *_, last = heard(ear, [audio])
    assert isinstance(last, SpeechEnded)
    assert last.reason == "end"
    assert last.start <= starts
    assert last.end >= length
    assert np.array_equal(ear.audio(last.start, last.end), audio[last.start :])


def test_the_real_detector_hears_the_last_word_when_the_recording_stops_after_it() -> None:
    turns = json.loads(demo_call().with_name("demo.turns.json").read_text(encoding="utf-8"))
    turn = next(t for t in turns if t["speaker"] == "customer")
    blocks = list(inspect(demo_call()).blocks("left"))
    side = np.concatenate([block.customer for block in blocks])
    until = from_seconds(turn["end_s"])
    *_, last = heard(StreamingEar(Speaker.CUSTOMER, SileroDetector()), [side[:until]])
    assert isinstance(last, SpeechEnded)
    assert last.end >= until


def test_audio_of_more_than_a_minute_ago_is_gone_and_the_ear_says_so() -> None:
    ear = scripted_ear([])
    for _ in range(65):
        ear.hear(noise(1))
    assert len(ear.audio(Samples(6 * RATE), Samples(20 * RATE))) == 14 * RATE
    with pytest.raises(AudioForgotten):
        ear.audio(Samples(2 * RATE), Samples(3 * RATE))


@settings(max_examples=20, deadline=None)
@given(cuts=st.lists(st.integers(0, 4 * RATE), max_size=30))
@pytest.mark.parametrize(("pause_s", "sooner"), [(0.4, True), (1.1, False)])
def test_what_the_words_say_about_a_pause_is_heeded_however_the_audio_is_cut(
    cuts: list[int], pause_s: float, sooner: bool
) -> None:
    def heeding(blocks: list[Audio]) -> Events:
        ear, events = scripted_ear(), []
        for block in blocks:
            for event in ear.hear(block):
                events.append(event)
                if isinstance(event, SpeechPaused):
                    ear.expect(event.segment, from_seconds(pause_s))
        return events + ear.finish()

    whole = heeding([noise(4)])
    usual = heard(scripted_ear(), [noise(4)])
    assert (whole[2].at < usual[2].at) is sooner
    assert whole[2].at != usual[2].at
    assert heeding(np.split(noise(4), sorted(cuts))) == whole


def test_what_is_said_about_another_stretch_changes_nothing() -> None:
    ear, events = scripted_ear(), []
    for event in ear.hear(noise(4)):
        events.append(event)
        ear.expect(7, from_seconds(9))
    assert events + ear.finish() == heard(scripted_ear(), [noise(4)])


def test_silence_has_no_events() -> None:
    assert heard(scripted_ear([]), [noise(3)]) == []


def test_an_ear_that_heard_nothing_finishes_with_nothing() -> None:
    assert scripted_ear().finish() == []
