"""Time on the call clock."""

from hypothesis import given
from hypothesis import strategies as st

from coach.core.units import RATE, Samples, from_seconds, to_seconds

SAMPLES = st.integers(-(2**50), 2**50)
"""Two thousand years of call, and as much before it."""


@given(SAMPLES)
def test_seconds_give_every_sample_back(n: int) -> None:
    assert from_seconds(to_seconds(Samples(n))) == n


@given(SAMPLES, st.integers(1, 2**20))
def test_later_samples_are_later_seconds(n: int, more: int) -> None:
    assert to_seconds(Samples(n)) < to_seconds(Samples(n + more))


def test_an_hour_of_blocks_adds_up_to_an_hour() -> None:
    assert sum([from_seconds(0.1)] * 36_000) == 3_600 * RATE


def test_a_moment_is_the_nearest_sample() -> None:
    assert from_seconds(1.6 / RATE) == 2
    assert from_seconds(1.4 / RATE) == 1
    assert from_seconds(-1.6 / RATE) == -2
