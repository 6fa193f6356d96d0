"""What the last words say about the silence behind them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.endpoint import LONG, SHORT, Rhythm, pause_after, rested
from coach.core.segmenter import PATIENT_EARS, Ears
from coach.core.units import Samples, from_seconds


@pytest.mark.parametrize(
    ("text", "pause"),
    [
        ("Kunt u dat voor mij nakijken?", SHORT),
        ("Wat is uw geboortedatum?", SHORT),
        ("Sorry?", None),  # a single word may be anything
        ("Ik ben gisteren gekomen en", LONG),
        ("Ik ben gisteren gekomen en.", LONG),  # recognisers end everything with a full stop
        ("Toen zei hij dat, eh", LONG),
        ("Het gaat om de rekening van…", LONG),
        ("Ja maar,", LONG),
        ("En dat vind ik niet netjes.", None),
        ("Ja.", None),
        ("", None),
        ("   ", None),
    ],
)
def test_questions_want_an_answer_and_hesitations_time(text: str, pause: int | None) -> None:
    assert pause_after(text) == pause


def test_the_usual_silence_lies_between() -> None:
    assert Ears().hush < SHORT < Ears().pause < LONG


@given(text=st.text(max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    assert pause_after(text) in {None, SHORT, LONG}


# ---- the speaker's own rhythm --------------------------------------------------------------------


def speaker(*pauses: float) -> Rhythm:
    rhythm = Rhythm()
    for pause in pauses:
        rhythm = rested(rhythm, from_seconds(pause))
    return rhythm


def test_of_a_speaker_who_has_hardly_paused_nothing_is_known() -> None:
    assert Rhythm().usual is None
    assert speaker(*[0.3] * 5).usual is None


def test_who_speaks_in_short_breaths_is_done_sooner_and_who_searches_later() -> None:
    quick, slow = speaker(*[0.25, 0.3, 0.35] * 3).usual, speaker(*[0.6, 0.8, 0.9] * 3).usual
    assert quick is not None
    assert slow is not None
    assert SHORT <= quick < Ears().pause < slow <= LONG


def test_a_rhythm_that_changes_is_followed() -> None:
    rhythm = speaker(*[0.8] * 12)
    for _ in range(12):
        rhythm = rested(rhythm, from_seconds(0.3))
    assert rhythm == speaker(*[0.3] * 12)


@pytest.mark.parametrize("pause", [None, 0.0, 0.1, 2.5, 60.0])
def test_breaths_and_long_silences_are_no_pauses_within_a_turn(pause: float | None) -> None:
    samples = None if pause is None else from_seconds(pause)
    assert rested(Rhythm(), samples) == Rhythm()


@given(st.lists(st.integers(0, 5 * 16_000), max_size=40))
def test_whatever_the_rhythm_the_wait_stays_within_bounds(pauses: list[int]) -> None:
    rhythm = Rhythm()
    for pause in pauses:
        rhythm = rested(rhythm, Samples(pause))
    assert len(rhythm.pauses) <= 12
    assert rhythm.usual is None or SHORT <= rhythm.usual <= LONG
    for text in ("", "Dat is zo.", "Wanneer komt u dan?", "Toen zei hij dat, eh"):
        assert pause_after(text, rhythm.usual) in {rhythm.usual, SHORT, LONG}


def test_words_say_more_than_the_rhythm() -> None:
    slow = speaker(*[0.7] * 6).usual
    assert pause_after("Kunt u dat voor mij nakijken?", slow) == SHORT
    assert pause_after("Ik ben gisteren gekomen en", speaker(*[0.2] * 6).usual) == LONG
    assert pause_after("Dat is zo.", slow) == slow


def test_ears_that_nobody_waits_for_still_hear_the_words_in_time() -> None:
    assert Ears().hush < PATIENT_EARS.hush < SHORT
