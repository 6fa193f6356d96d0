"""The comparison of prompts: every one that ships is in it, and only what it adds is counted."""

from benchmarks.prompts import Written, prompts, table
from benchmarks.silence import echoes
from models.prompt import PROMPT, sectors


def test_every_prompt_that_ships_is_compared() -> None:
    assert set(prompts()) == {"none", "general", *sectors()}
    assert prompts()["none"] == ""
    assert prompts()["general"] == PROMPT


def test_an_echo_is_a_longer_word_of_that_prompt() -> None:
    energy = prompts()["energy"]
    assert echoes(["de meterstand", "de stand", ""], energy) == 1
    assert echoes(["de meterstand"], PROMPT) == 0


def test_the_table_counts_what_was_kept_and_what_was_invented() -> None:
    row = Written(prompt="energy", kind="no voice", clips=3, kept=["ja"], invented=[])
    assert table([row]).splitlines()[-1] == "| energy | no voice | 3 | 1 | 0 |"
