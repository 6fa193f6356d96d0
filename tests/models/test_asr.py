"""What is heard, when it was said, and what is thrown away because nobody said it."""

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.units import RATE, Samples, from_seconds, to_seconds
from coach.errors import ProductError
from coach.runtime.ports import Audio
from models import asr
from models.asr import WhisperRecogniser, spread
from tests.real_models import demo_turns, whisper


@pytest.fixture
def recogniser() -> WhisperRecogniser:
    return whisper()


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def errors(said: list[str], heard: list[str]) -> int:
    """Words wrong, missing or too many."""
    row = list(range(len(heard) + 1))
    for number, one in enumerate(said, start=1):
        before, row[0] = row[0], number
        for place, other in enumerate(heard, start=1):
            before, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, before + (one != other)),
            )
    return row[-1]


# ---- what was said ----


@pytest.mark.parametrize(("final", "at_most"), [(True, 0.40), (False, 0.50)])
def test_the_demo_call_is_heard(recogniser: WhisperRecogniser, final: bool, at_most: float) -> None:
    wrong = total = 0
    for audio, text in demo_turns():
        heard = recogniser.transcribe(audio, final=final)
        wrong += errors(words(text), words(heard.text))
        total += len(words(text))
    assert wrong / total <= at_most


def test_words_are_placed_where_they_were_said(recogniser: WhisperRecogniser) -> None:
    audio, _ = demo_turns()[0]
    late = np.concatenate([np.zeros(from_seconds(2), np.float32), audio])
    heard = recogniser.transcribe(late, final=True)
    assert to_seconds(heard.words[0].start) == pytest.approx(2.0, abs=0.5)
    assert all(word.probability is not None for word in heard.words)


def test_what_goes_on_after_30_seconds_is_not_heard(recogniser: WhisperRecogniser) -> None:
    audio = np.concatenate([audio for audio, _ in demo_turns()])[: 40 * RATE]
    heard = recogniser.transcribe(audio, final=True)
    assert heard.words
    assert heard.words[-1].end <= 30 * RATE


def test_the_name_tells_model_precision_and_device(recogniser: WhisperRecogniser) -> None:
    assert recogniser.name == "base int8 cpu"


# ---- what nobody said ----

RANDOM = np.random.default_rng(5)


def seconds(length: float) -> np.ndarray:
    return np.arange(round(length * RATE)) / RATE


def hiss(length: float) -> np.ndarray:
    return 0.001 * RANDOM.standard_normal(len(seconds(length)))


def noise(length: float) -> np.ndarray:
    return 0.05 * RANDOM.standard_normal(len(seconds(length)))


def hum(length: float) -> np.ndarray:
    return 0.05 * np.sin(2 * np.pi * 50 * seconds(length))


def melody(length: float) -> np.ndarray:
    notes = np.array([262, 294, 330, 349, 392, 440, 494, 523])
    pitch = notes[(seconds(length) * 3).astype(int) % len(notes)]
    return 0.2 * np.sin(2 * np.pi * np.cumsum(pitch) / RATE)


def chord(length: float) -> np.ndarray:
    t = seconds(length)
    return 0.1 * sum(np.sin(2 * np.pi * note * t) for note in (262, 330, 392))


def ringing(length: float) -> np.ndarray:
    t = seconds(length)
    return 0.1 * np.sin(2 * np.pi * 425 * t) * (t % 5 < 1)


def keys(length: float) -> np.ndarray:
    """Touch tones."""
    t = seconds(length)
    return 0.1 * (np.sin(2 * np.pi * 770 * t) + np.sin(2 * np.pi * 1336 * t)) * (t * 4 % 2 < 1)


def clicks(length: float) -> np.ndarray:
    audio = np.zeros(len(seconds(length)))
    audio[RANDOM.integers(0, len(audio), round(4 * length))] = 0.8
    return audio


@pytest.mark.parametrize("final", [True, False], ids=["final", "look"])
@pytest.mark.parametrize("length", [0.5, 1.5, 6.0])
@pytest.mark.parametrize("sound", [hiss, noise, hum, melody, chord, ringing, keys, clicks])
def test_sounds_have_no_words(
    recogniser: WhisperRecogniser,
    sound: Callable[[float], np.ndarray],
    length: float,
    final: bool,
) -> None:
    heard = recogniser.transcribe(sound(length).astype(np.float32), final=final)
    assert heard.text == ""


def decoded(text: str, *, sure: float = -0.3, no_speech: float = 0.05) -> asr._Decoded:
    return asr._Decoded(
        encoded=SimpleNamespace(), tokens=[], text=text, log_probability=sure, no_speech=no_speech
    )


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (decoded("Ik zit nu al een week zonder internet."), None),
        (decoded("De ondertiteling van mijn televisie doet het niet."), None),
        (decoded("Muziek kan ik ook al niet meer luisteren."), None),
        (decoded("Ja hoor.", sure=-0.9, no_speech=0.5), None),
        (decoded("Ja hoor.", sure=-1.2, no_speech=0.5), "no_speech"),
        (decoded("Dank u wel.", sure=-0.5, no_speech=0.7), "no_speech"),
        (decoded("Dank u wel.", sure=-0.2, no_speech=0.7), None),
        (decoded("MUZIEK."), "caption"),
        (decoded("TV GELDERLAND 2021"), "caption"),
        (decoded("en de en de en de en de en de en de en de en de"), "repetition"),
        (decoded(""), None),
    ],
)
def test_text_is_thrown_away_for_a_reason(one: asr._Decoded, why: str | None) -> None:
    assert one.rejected == why


@pytest.fixture
def answers(recogniser: WhisperRecogniser, monkeypatch: pytest.MonkeyPatch) -> list[asr._Decoded]:
    """What the model will answer, in turn; longer windows come later."""
    told: list[asr._Decoded] = []
    windows: list[float] = []

    def decode(_: Audio, pad_s: float, *, beam: int) -> asr._Decoded:
        assert beam
        assert not windows or pad_s > windows[-1]
        windows.append(pad_s)
        return told.pop(0)

    monkeypatch.setattr(recogniser, "_decode", decode)
    monkeypatch.setattr(recogniser, "_aligned", lambda *_: ())
    return told


LOOP = decoded("ja ja ja ja ja ja ja ja ja ja ja ja ja ja ja ja", sure=-0.1)
SECOND = np.ones(RATE, np.float32)


def test_a_loop_is_decoded_again_with_the_full_window(
    recogniser: WhisperRecogniser, answers: list[asr._Decoded]
) -> None:
    answers += [LOOP, decoded("Ja, dat is goed.", sure=-0.8)]
    assert recogniser.transcribe(SECOND, final=True).text == "Ja, dat is goed."


def test_what_loops_twice_is_thrown_away(
    recogniser: WhisperRecogniser, answers: list[asr._Decoded]
) -> None:
    answers += [LOOP, LOOP]
    heard = recogniser.transcribe(SECOND, final=True)
    assert heard.words == ()
    assert heard.rejected == "repetition"


def test_the_surer_of_two_doubtful_answers_is_kept(
    recogniser: WhisperRecogniser, answers: list[asr._Decoded]
) -> None:
    answers += [decoded("De weg.", sure=-1.2), decoded("Ik ben weg.", sure=-1.5)]
    assert recogniser.transcribe(SECOND, final=True).text == "De weg."


def test_a_machine_that_took_too_long_is_not_asked_again(
    recogniser: WhisperRecogniser, answers: list[asr._Decoded], monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter([0.0])
    monkeypatch.setattr(asr.time, "perf_counter", lambda: next(moments, 5.1))
    answers += [decoded("De weg.", sure=-1.2), decoded("Ik ben weg.", sure=-0.5)]
    assert recogniser.transcribe(SECOND, final=True).text == "De weg."
    assert len(answers) == 1


def test_where_the_time_went_is_told(recogniser: WhisperRecogniser) -> None:
    audio, _ = demo_turns()[0]
    took = dict(recogniser.transcribe(audio, final=True).took)
    assert list(took) == ["features", "encode", "decode", "align"]
    assert all(seconds > 0 for seconds in took.values())


def test_a_look_is_decoded_once(recogniser: WhisperRecogniser, answers: list[asr._Decoded]) -> None:
    answers += [LOOP]
    assert recogniser.transcribe(SECOND, final=False).rejected == "repetition"


ASKED = "Wat is uw klantnummer?"


@pytest.mark.parametrize(
    ("prompted", "bare", "heard"),
    [
        (decoded(ASKED, sure=-0.7), decoded("Wat een klant."), ASKED),
        (decoded(ASKED, sure=-0.7), decoded("Heel veel sterkte."), "Heel veel sterkte."),
        (decoded(ASKED, sure=-0.2), None, ASKED),
        (decoded("Tot ziens.", sure=-0.7), None, "Tot ziens."),
    ],
    ids=["the voice says it too", "only the prompt says it", "surely heard", "not of the prompt"],
)
def test_the_prompt_puts_no_words_into_a_mouth(
    recogniser: WhisperRecogniser,
    monkeypatch: pytest.MonkeyPatch,
    prompted: asr._Decoded,
    bare: asr._Decoded | None,
    heard: str,
) -> None:
    answers = {tuple(recogniser._prompt): prompted, tuple(recogniser._bare): bare}
    monkeypatch.setattr(recogniser, "_generate", lambda _, prompt, *__: answers[tuple(prompt)])
    monkeypatch.setattr(recogniser, "_aligned", lambda *_: ())
    assert recogniser.transcribe(SECOND, final=False).text == heard


# ---- loading, and word times ----


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProductError, match="coach models fetch"):
        WhisperRecogniser(tmp_path, "base")


@given(
    texts=st.lists(st.text("abcé'", min_size=1, max_size=12), max_size=20),
    length=st.integers(1, 30 * RATE),
)
def test_spread_words_fill_the_stretch_in_order(texts: list[str], length: int) -> None:
    laid = spread(texts, Samples(length))
    assert [word.text for word in laid] == texts
    moments = [moment for word in laid for moment in (word.start, word.end)]
    assert moments == sorted(moments)
    if laid:
        assert (laid[0].start, laid[-1].end) == (0, length)


def piece(word: str, start: float, end: float, probability: float = 0.5) -> dict[str, object]:
    return {"word": word, "start": start, "end": end, "probability": probability}


def test_punctuation_belongs_to_its_word_and_takes_no_time() -> None:
    pieces = [
        piece(" Ja", 0.1, 0.3, 0.9),
        piece(",", 0.3, 1.2, 0.1),
        piece(" zo", 1.2, 1.4, 0.6),
        piece("-", 1.4, 1.4, 0.1),
        piece("en", 1.4, 1.6, 0.8),
        piece(".", 1.6, 3.0, 0.1),
    ]
    joined = asr._joined(pieces, from_seconds(2))
    assert [word.text for word in joined] == ["Ja,", "zo-en."]
    assert [to_seconds(word.end) for word in joined] == [0.3, 1.6]
    assert [word.probability for word in joined] == [0.9, pytest.approx(0.7)]


def test_word_times_stay_within_the_audio_and_in_order() -> None:
    pieces = [piece(" een", 0.5, 0.9), piece(" twee", 0.4, 0.2), piece(" drie", 2.5, 2.9)]
    joined = asr._joined(pieces, from_seconds(2))
    assert [(to_seconds(w.start), to_seconds(w.end)) for w in joined] == [
        (0.5, 0.9),
        (0.5, 0.5),
        (2.0, 2.0),
    ]
