import re

import pytest

from ui.style import stylesheet
from ui.theme import DARK, LIGHT, MARKS_ON, TEXT_ON, Theme, contrast

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@THEMES
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_can_be_read(theme: Theme, text: str, ground: str) -> None:
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= 4.5


@THEMES
@pytest.mark.parametrize(("mark", "ground"), MARKS_ON)
def test_marks_can_be_seen(theme: Theme, mark: str, ground: str) -> None:
    assert contrast(getattr(theme, mark), getattr(theme, ground)) >= 3


@THEMES
def test_the_style_names_no_colour_that_is_not_in_the_theme(theme: Theme) -> None:
    known = {getattr(theme, name) for name in theme.__slots__ if name != "dark"}
    used = {word.strip(";") for word in stylesheet(theme).split() if word.startswith("#")}
    colours = {word for word in used if re.fullmatch("#[0-9a-f]{6}", word)}
    assert colours
    assert colours <= known


@THEMES
def test_the_style_leaves_the_size_of_text_to_the_system(theme: Theme) -> None:
    assert "font" not in stylesheet(theme)


@THEMES
def test_lengths_grow_with_the_text_and_thin_lines_stay_thin(theme: Theme) -> None:
    usual, large = stylesheet(theme), stylesheet(theme, 2)
    assert "padding: 6px 12px" in usual
    assert "padding: 12px 24px" in large
    assert "border: 1px solid" in large
