"""What the last words say about the silence behind them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.endpoint import LONG, SHORT, pause_after
from coach.core.segmenter import Ears


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
