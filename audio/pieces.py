"""Sound in pieces that stand by themselves, to be sealed one at a time: FLAC, the agent left.

Without loss, so that silence is silence and neither side is heard in the other's channel.
"""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

import numpy as np
import soundfile
from numpy.typing import NDArray

from coach.core.hush import Audible, Stretch
from coach.core.units import RATE, Samples
from coach.core.vocabulary import Speaker
from coach.errors import ProductError
from coach.runtime.ports import Audio, Block

Stereo = NDArray[np.int16]
"""int16, (n, 2), 16 kHz: agent, customer."""

PIECE_S: Final = 10
"""Seconds in a piece that is kept; the last one of a call is shorter."""
_LOUDEST = 32_767
_SIDES = (Speaker.AGENT, Speaker.CUSTOMER)


class NoPiece(ProductError):
    """A piece of a recording that does not decode."""


def both(block: Block) -> Stereo:
    """Both sides of a block."""
    sides: Sequence[Audio] = (block.agent, block.customer)
    sound = np.stack(sides, axis=1)
    return np.rint(np.clip(np.nan_to_num(sound), -1, 1) * _LOUDEST).astype(np.int16)


def pack(sound: Stereo) -> bytes:
    """A piece as it is kept."""
    out = BytesIO()
    soundfile.write(out, sound, RATE, format="FLAC", subtype="PCM_16")
    return out.getvalue()


def unpack(piece: bytes) -> Stereo:
    """The sound of a piece. Raises `ProductError` for bytes that are none."""
    try:
        sound, _ = soundfile.read(BytesIO(piece), dtype="int16", always_2d=True)
    except soundfile.LibsndfileError as why:
        raise NoPiece("sound.no_piece") from why
    found: Stereo = sound
    return found


def quieted(sound: Stereo, at: Samples, may: Audible) -> Stereo:
    """The sound that begins at `at` with silence in place of what may not be kept."""
    kept = np.zeros_like(sound)
    for side, speaker in enumerate(_SIDES):
        for first, last in _within(getattr(may, speaker.value), at, len(sound)):
            kept[first:last, side] = sound[first:last, side]
    for first, last in _within(may.hushed, at, len(sound)):
        kept[first:last] = 0
    return kept


def _within(stretches: Iterable[Stretch], at: Samples, length: int) -> Iterator[tuple[int, int]]:
    for one in stretches:
        first, last = max(0, one.start - at), min(length, one.end - at)
        if first < last:
            yield first, last


def quieted_pieces(pieces: Iterable[bytes], may: Audible) -> Iterator[bytes]:
    """Pieces of a whole call, of any length, as pieces that may be kept; at flat memory."""
    at, waiting, have = 0, list[Stereo](), 0
    for piece in pieces:
        sound = unpack(piece)
        waiting.append(quieted(sound, Samples(at), may))
        at, have = at + len(sound), have + len(sound)
        if have >= PIECE_S * RATE:
            whole = np.concatenate(waiting)
            yield pack(whole[: PIECE_S * RATE])
            waiting, have = [whole[PIECE_S * RATE :]], have - PIECE_S * RATE
    if have:
        yield pack(np.concatenate(waiting))


class InPieces:
    """Pieces as one sound that is read from any place; one of them is decoded at a time."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._pieces = pieces
        lengths = [_length(piece) for piece in pieces]
        self._starts = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
        self._open, self._sound = -1, np.zeros((0, 2), np.int16)

    @property
    def frames(self) -> int:
        """How long all of them are."""
        return int(self._starts[-1])

    def read(self, first: int, count: int) -> Stereo:
        """`count` frames from `first` on, fewer at the end."""
        found, at, last = [np.zeros((0, 2), np.int16)], first, min(first + count, self.frames)
        while at < last:
            number = int(np.searchsorted(self._starts, at, side="right")) - 1
            start = int(self._starts[number])
            part = self._piece(number)[at - start : last - start]
            found.append(part)
            at += len(part)
        return np.concatenate(found)

    def _piece(self, number: int) -> Stereo:
        if number != self._open:
            self._open, self._sound = number, unpack(self._pieces[number])
        return self._sound


def _length(piece: bytes) -> int:
    try:
        return int(soundfile.info(BytesIO(piece)).frames)
    except soundfile.LibsndfileError as why:
        raise NoPiece("sound.no_piece") from why


def write_flac(pieces: Iterable[bytes], out: Path) -> None:
    """One file in clear out of pieces, for those who asked for it. Raises `OSError`."""
    try:
        with soundfile.SoundFile(out, "w", RATE, len(_SIDES), "PCM_16", format="FLAC") as file:
            for piece in pieces:
                file.write(unpack(piece))
    except soundfile.LibsndfileError as why:
        raise OSError(str(why)) from why
