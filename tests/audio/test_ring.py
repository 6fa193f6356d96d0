"""The ring gives back exactly what was written, or says that it has forgotten."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.ring import AudioForgotten, Ring
from coach.core.units import RATE, Samples
from coach.runtime.ports import Audio

SIZE = 50


def ring() -> Ring:
    return Ring(seconds=SIZE / RATE)


def ramp(length: int) -> Audio:
    return np.arange(length, dtype=np.float32)


def written(lengths: list[int]) -> tuple[Ring, Audio]:
    """A ring after writes of these lengths, and everything that was written."""
    all_of_it, one = ramp(sum(lengths)), ring()
    for block in np.split(all_of_it, np.cumsum(lengths)[:-1]) if lengths else []:
        one.write(block)
    return one, all_of_it


writes = st.lists(st.integers(0, 3 * SIZE), max_size=12)


@given(lengths=writes, data=st.data())
def test_any_stretch_that_is_kept_reads_as_it_was_written(
    lengths: list[int], data: st.DataObject
) -> None:
    one, all_of_it = written(lengths)
    assert one.end == len(all_of_it)
    assert one.start == max(0, len(all_of_it) - SIZE)
    start = data.draw(st.integers(one.start, one.end))
    end = data.draw(st.integers(start, one.end))
    assert np.array_equal(one.read(Samples(start), Samples(end)), all_of_it[start:end])


@given(lengths=writes, start=st.integers(-5, 400), length=st.integers(-5, 400))
def test_every_other_stretch_is_refused(lengths: list[int], start: int, length: int) -> None:
    one, _ = written(lengths)
    kept = one.start <= start <= start + length <= one.end
    if kept:
        one.read(Samples(start), Samples(start + length))
        return
    with pytest.raises(AudioForgotten, match=f"{one.start} to {one.end} kept"):
        one.read(Samples(start), Samples(start + length))


def test_what_was_read_does_not_change_when_the_ring_goes_on() -> None:
    one, _ = written([SIZE])
    read = one.read(Samples(0), Samples(SIZE))
    one.write(-ramp(SIZE) - 1)
    assert np.array_equal(read, ramp(SIZE))


def test_reading_nothing_is_allowed_everywhere_that_is_kept() -> None:
    one, _ = written([2 * SIZE])
    assert len(one.read(one.start, one.start)) == 0
    assert len(one.read(one.end, one.end)) == 0
