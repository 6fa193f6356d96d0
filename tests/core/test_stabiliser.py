"""Two looks that agree settle words; nothing that is settled changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.events import Word
from coach.core.stabiliser import Stabiliser, hear
from coach.core.units import RATE, Samples

HALF = RATE // 2


def said(text: str, start: float = 0.0) -> tuple[Word, ...]:
    """Words of half a second each, from `start` seconds on."""
    at = round(start * RATE)
    return tuple(
        Word(start=Samples(at + n * HALF), end=Samples(at + (n + 1) * HALF), text=word)
        for n, word in enumerate(text.split())
    )


def looked(*looks: tuple[Word, ...]) -> Stabiliser:
    state = Stabiliser()
    for words in looks:
        state, _ = hear(state, words)
    return state


@pytest.mark.parametrize(
    ("first", "second", "settled"),
    [
        ("ik ben", "ik ben heel boos", "ik ben"),
        ("ik ben heel", "ik ben weer boos", "ik ben"),
        ("ik ben heel boos", "ik ben heel boos", "ik ben heel"),  # the last one may be cut off
        ("Ik ben,", "ik ben. Heel boos", "ik ben."),  # case and marks do not matter
        ("wij", "ik ben boos", ""),
        ("", "ik ben boos", ""),
        ("ik ben boos", "", ""),
        ("ik", "ik", ""),
    ],
)
def test_what_two_looks_agree_on_is_settled(first: str, second: str, settled: str) -> None:
    state = looked(said(first), said(second))
    assert state.settled == settled


def test_the_next_look_begins_behind_what_is_settled() -> None:
    state = looked(said("ik ben heel"), said("ik ben heel boos op"))
    assert state.settled == "ik ben heel"
    assert state.resume_at(Samples(0)) == 3 * HALF
    state, settled = hear(state, said("boos op jullie", start=1.5))
    assert settled.reason == "agreed"
    assert state.settled == "ik ben heel boos op"
    assert state.text == "ik ben heel boos op jullie"


def test_a_word_that_is_heard_again_is_not_doubled() -> None:
    state = looked(said("ik ben heel"), said("ik ben heel boos op"))
    state, _ = hear(state, said("heel boos op jullie", start=1.0))
    assert state.text == "ik ben heel boos op jullie"


def test_it_says_why() -> None:
    state, settled = hear(Stabiliser(), said("ik ben"))
    assert (settled.words, settled.reason) == ((), "waits")
    _, settled = hear(state, said("ik ben boos"))
    assert [word.text for word in settled.words] == ["ik", "ben"]
    assert settled.reason == "agreed"


LOOKS = st.lists(st.lists(st.sampled_from("ik ben boos op jullie nu".split()), max_size=6))


@given(looks=LOOKS)
def test_what_is_settled_stays_and_stands_in_order(looks: list[list[str]]) -> None:
    state = Stabiliser()
    for words in looks:
        before = state.committed
        start = state.resume_at(Samples(0)) / RATE
        state, settled = hear(state, said(" ".join(words), start=start))
        assert state.committed == (*before, *settled.words)
        times = [word.start for word in (*state.committed, *state.pending)]
        assert times == sorted(times)
