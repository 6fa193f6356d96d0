"""Themes: groups in what was said, the same ones every time, with names that stay."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.causes.likeness import unit
from coach.causes.themes import SMALLEST, Item, find_themes

WIDTH = 16


def items(*groups: int, seed: int = 1, text: str = "het fietspad ligt open") -> list[Item]:
    """Groups of complaints, each around an axis of its own."""
    noise = np.random.default_rng(seed)
    made = []
    for axis, count in enumerate(groups):
        for n in range(count):
            row = noise.normal(0, 0.1, WIDTH).astype(np.float32)
            row[axis] += 1
            words = f"{text} groep{'abcdef'[axis] * 4} {n}"
            made.append(Item(call_id=f"{axis}-{n}", text=words, point=unit(row), cause="Fiets"))
    return made


def test_what_lies_together_is_a_theme_the_largest_first() -> None:
    found = find_themes(items(6, 9, 3))
    assert [len(one.calls) for one in found] == [9, 6]
    assert {call[0] for call in found[0].calls} == {"1"}
    assert found[0].share == 9 / 18
    assert set(found[0].examples) <= set(found[0].calls)


def test_a_theme_is_named_after_its_cause_and_its_own_words() -> None:
    names = {one.theme.name for one in find_themes(items(6, 9))}
    assert names == {"Fiets: groepaaaa", "Fiets: groepbbbb"}


def test_a_word_of_one_person_is_in_no_name() -> None:
    personal = [
        Item(call_id=i.call_id, text=f"persoon{chr(97 + n)}", point=i.point)
        for n, i in enumerate(items(SMALLEST))
    ]
    (one,) = find_themes(personal)
    assert one.theme.name == ""


def test_themes_keep_their_number_and_name_over_the_weeks() -> None:
    first = [one.theme for one in find_themes(items(6, 9))]
    later = find_themes(items(12, 5, 7, seed=2), first)
    by_number = {one.theme.number: one for one in later}
    for theme in first:
        assert by_number[theme.number].theme == theme
    assert max(by_number) == max(theme.number for theme in first) + 1
    assert len(by_number[max(by_number)].calls) == 7


@settings(deadline=None, max_examples=20)
@given(st.permutations(range(15)))
def test_the_order_of_the_calls_changes_no_group(order: list[int]) -> None:
    calls = items(8, 7)
    mixed = [calls[n] for n in order]
    groups = {frozenset(one.calls) for one in find_themes(mixed)}
    assert groups == {frozenset(one.calls) for one in find_themes(calls)}


def test_nothing_comes_of_nothing() -> None:
    assert find_themes([]) == []
    silent = [Item(call_id=str(n), text="", point=np.zeros(4, np.float32)) for n in range(9)]
    assert find_themes(silent) == []
