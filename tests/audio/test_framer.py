"""Frames come out whole, in order and without loss, whatever the blocks were."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from audio.framer import Framer
from coach.runtime.ports import FRAME, Audio


def ramp(length: int) -> Audio:
    return np.arange(1, length + 1, dtype=np.float32)


def framed(blocks: list[Audio]) -> tuple[list[Audio], Audio | None]:
    framer = Framer()
    whole = [frame.copy() for block in blocks for frame in framer.push(block)]
    return whole, framer.flush()


cuts = st.lists(st.integers(0, 3 * FRAME), max_size=20)


@given(lengths=cuts)
def test_any_blocks_give_the_same_frames(lengths: list[int]) -> None:
    audio = ramp(sum(lengths))
    blocks = np.split(audio, np.cumsum(lengths)[:-1]) if lengths else []
    whole, rest = framed(blocks)
    assert all(len(frame) == FRAME and frame.dtype == np.float32 for frame in whole)
    frames = [*whole, *([] if rest is None else [rest])]
    heard = np.concatenate(frames) if frames else ramp(0)
    assert np.array_equal(heard[: len(audio)], audio)
    assert not heard[len(audio) :].any(), "the last frame is filled up with silence"
    assert len(heard) - len(audio) < FRAME


def test_nothing_is_left_of_whole_frames() -> None:
    _, rest = framed([ramp(4 * FRAME)])
    assert rest is None


def test_a_block_that_is_used_again_by_its_owner_does_not_change_what_is_kept() -> None:
    framer, block = Framer(), ramp(FRAME // 2)
    assert list(framer.push(block)) == []
    block[:] = -1
    (frame,) = framer.push(ramp(FRAME // 2))
    assert np.array_equal(frame[: FRAME // 2], ramp(FRAME // 2))


def test_a_flushed_framer_begins_anew() -> None:
    framer = Framer()
    list(framer.push(ramp(10)))
    assert framer.flush() is not None
    assert framer.flush() is None
