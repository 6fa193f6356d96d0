"""The sentence with the words that the recogniser may expect."""

import re

import pytest

from coach.errors import UserError
from models.prompt import PROMPT, prompt_for, sectors


def test_without_anything_it_is_the_sentence_that_was_measured() -> None:
    assert prompt_for() == PROMPT


def test_names_stand_in_the_sentence() -> None:
    sentence = prompt_for("telecom", " Waterkant ", "Sanne")
    assert "klantenservice van Waterkant, met Sanne, over" in sentence
    assert "glasvezel" in sentence


@pytest.mark.parametrize("sector", sectors())
def test_every_sector_is_one_short_sentence_of_longer_words(sector: str) -> None:
    sentence = prompt_for(sector)
    assert sentence.endswith(".")
    assert len(sentence.split()) <= 24, "a prompt is decoded before every answer"
    listed = sentence.split(", met ")[1].rstrip(".").replace(" en ", ", ").split(", ")
    assert all(len(word) >= 5 for word in listed), "shorter ones are not told from an echo"
    assert len(set(listed)) == len(listed)
    assert not re.search(r"[0-9{}]", sentence)


def test_the_promised_sectors_are_there() -> None:
    wanted = {"telecom", "energy", "insurance", "municipality", "health", "retail"}
    assert set(sectors()) == wanted


def test_an_unknown_sector_is_told_with_those_that_exist() -> None:
    with pytest.raises(UserError, match="telecom"):
        prompt_for("bakery")
