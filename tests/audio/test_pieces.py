"""Pieces of sound: packed without loss, silent where they have to be, read from any place."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.kept import Kept, loudness
from audio.pieces import (
    PIECE_S,
    InPieces,
    Stereo,
    both,
    pack,
    quieted,
    quieted_pieces,
    unpack,
    write_flac,
)
from coach.core.hush import Audible, Stretch
from coach.core.units import RATE, Samples
from coach.errors import ProductError
from coach.runtime.ports import Block


def noise(length: int, seed: int = 1) -> Stereo:
    """Never silent: int16, (length, 2)."""
    return np.random.default_rng(seed).integers(1, 9_000, (length, 2)).astype(np.int16)


def stretch(start: int, end: int) -> Stretch:
    return Stretch(start=Samples(start), end=Samples(end))


ALL = (stretch(0, 10**9),)


def test_a_piece_comes_back_as_it_was() -> None:
    sound = noise(5_000)
    assert np.array_equal(unpack(pack(sound)), sound)
    with pytest.raises(ProductError):
        unpack(b"no sound")


def test_silence_costs_next_to_nothing() -> None:
    assert len(pack(np.zeros((PIECE_S * RATE, 2), np.int16))) < 1_000


def test_a_block_becomes_numbers_that_a_file_can_hold() -> None:
    agent = np.float32([0.0, 1.0, -1.0, 2.0, np.nan])
    sound = both(Block(start=Samples(0), agent=agent, customer=-agent))
    assert sound.tolist() == [[0, 0], [32767, -32767], [-32767, 32767], [32767, -32767], [0, 0]]


def test_what_may_not_be_kept_is_silence_to_the_sample() -> None:
    sound = noise(1_000)
    may = Audible(
        agent=(stretch(1_100, 1_300), stretch(1_500, 1_800)),
        customer=(stretch(0, 1_600),),
        hushed=(stretch(1_550, 1_700),),
    )
    kept = quieted(sound, Samples(1_000), may)
    agent = np.zeros(1_000, bool)
    agent[100:300] = agent[500:550] = agent[700:800] = True
    customer = np.zeros(1_000, bool)
    customer[:550] = True
    assert np.array_equal(kept[:, 0] != 0, agent)
    assert np.array_equal(kept[:, 1] != 0, customer)
    assert np.array_equal(kept[kept != 0], sound[kept != 0])


@settings(deadline=None)  # a disk, or a busy machine, takes its time
@given(st.lists(st.integers(1, 70_000), max_size=6), st.data())
def test_how_a_call_was_cut_changes_nothing(lengths: list[int], data: st.DataObject) -> None:
    length = sum(lengths)
    place = st.integers(0, max(1, length))
    spans = st.lists(st.tuples(place, place), max_size=3)

    def stretches() -> tuple[Stretch, ...]:
        return tuple(stretch(min(pair), max(pair)) for pair in data.draw(spans))

    may = Audible(agent=stretches(), customer=ALL, hushed=stretches())
    sound, at, pieces = noise(length), 0, []
    for one in lengths:
        pieces.append(pack(sound[at : at + one]))
        at += one
    kept = [unpack(piece) for piece in quieted_pieces(pieces, may)]
    whole = np.concatenate([np.zeros((0, 2), np.int16), *kept])
    assert np.array_equal(whole, quieted(sound, Samples(0), may))
    assert all(len(piece) == PIECE_S * RATE for piece in kept[:-1])


@settings(deadline=None)  # a disk, or a busy machine, takes its time
@given(st.lists(st.integers(1, 3_000), min_size=1, max_size=5), st.data())
def test_pieces_are_read_from_any_place(lengths: list[int], data: st.DataObject) -> None:
    sound, edges = noise(sum(lengths)), np.cumsum([0, *lengths])
    pieces = InPieces([pack(sound[a:b]) for a, b in pairwise(edges)])
    assert pieces.frames == len(sound)
    first = data.draw(st.integers(0, len(sound)))
    count = data.draw(st.integers(0, len(sound) + 10))
    assert np.array_equal(pieces.read(first, count), sound[first : first + count])


def test_a_kept_call_is_drawn_and_read_like_a_file(tmp_path: Path) -> None:
    sound = noise(RATE * 3)
    pieces = [pack(sound[:RATE]), pack(sound[RATE:])]
    kept = Kept(tmp_path / "0.sound", pieces=pieces)
    assert kept.seconds == 3
    assert len(loudness(kept).agent) == 3 * 50
    assert np.array_equal(kept.read(RATE - 5, 10), np.float32(sound[RATE - 5 : RATE + 5]) / 32768)
    kept.close()
    assert not kept.read(0, 10).any()
    write_flac(pieces, tmp_path / "call.flac")
    whole, rate = soundfile.read(tmp_path / "call.flac", dtype="int16")
    assert rate == RATE
    assert np.array_equal(whole, sound)
    with pytest.raises(OSError, match="call"):
        write_flac(pieces, tmp_path / "nowhere" / "call.flac")
