"""What every recogniser promises, the real one and the scripted one."""

from collections.abc import Callable

import numpy as np
import pytest

from coach.core.units import RATE
from coach.runtime.ports import Audio, Recogniser, Transcript
from models.scripted import ScriptedRecogniser
from tests.real_models import demo_turns, whisper

Make = Callable[[], Recogniser]


def scripted() -> Recogniser:
    return ScriptedRecogniser(lines=[text for _, text in demo_turns()])


@pytest.fixture(params=[scripted, whisper])
def recogniser(request: pytest.FixtureRequest) -> Recogniser:
    made: Recogniser = request.param()
    return made


def check(heard: Transcript, length: int) -> None:
    moments = [moment for word in heard.words for moment in (word.start, word.end)]
    assert all(0 <= moment <= length for moment in moments)
    assert [word.start for word in heard.words] == sorted(word.start for word in heard.words)
    assert all(word.start <= word.end for word in heard.words)
    assert all(word.text and word.text.split() == [word.text] for word in heard.words)
    assert all(0 <= (word.probability or 0) <= 1 for word in heard.words)
    assert (heard.confidence is None) == (not heard.words)
    assert heard.confidence is None or 0 <= heard.confidence <= 1
    assert not (heard.rejected and heard.words), "rejected text is not handed on"


def test_it_has_a_name_for_the_log(recogniser: Recogniser) -> None:
    assert recogniser.name.strip()


@pytest.mark.parametrize("final", [False, True])
def test_speech_becomes_words_with_their_times(recogniser: Recogniser, final: bool) -> None:
    audio, _ = demo_turns()[0]
    heard = recogniser.transcribe(audio, final=final)
    assert heard.words
    check(heard, len(audio))


@pytest.mark.parametrize("final", [False, True])
@pytest.mark.parametrize("length", [0, 1, RATE // 100, RATE // 2, 5 * RATE])
def test_silence_has_no_words(recogniser: Recogniser, length: int, final: bool) -> None:
    heard = recogniser.transcribe(np.zeros(length, np.float32), final=final)
    assert heard.words == ()
    check(heard, length)


@pytest.mark.parametrize("samples", [1, 400, 3_000, RATE])
def test_speech_of_any_length_is_taken(recogniser: Recogniser, samples: int) -> None:
    audio, _ = demo_turns()[0]
    check(recogniser.transcribe(audio[:samples], final=True), samples)


def test_the_audio_is_left_as_it_was(recogniser: Recogniser) -> None:
    audio: Audio = demo_turns()[0][0].copy()
    audio.flags.writeable = False
    recogniser.transcribe(audio, final=True)
