"""A kept recording of a call: read from any place, and how loud it is over time."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from audio.container import check_readable, decode, describe
from audio.pieces import InPieces
from audio.stretch import Sound
from coach.core.units import RATE
from coach.errors import UserError

PEAKS_PER_S = 50
"""Peaks a second: one for every pixel when 20 seconds fill a large screen."""
_STEREO = 2
_PIECE_S = 10


class Kept:
    """A recording with two channels. Frames outside it are silence.

    What libsndfile knows is read from the file as it is needed; other formats are decoded once
    and held in memory (two bytes a sample and channel). A recording that was kept sealed comes as
    its `pieces` (`audio.pieces`), each decoded when it is needed, so that nothing of it is written
    to a disk in clear.
    """

    def __init__(
        self, path: Path, *, agent_left: bool = True, pieces: Sequence[bytes] | None = None
    ) -> None:
        self.path, self._agent_left = path, agent_left
        self._lock = threading.Lock()
        self._whole: NDArray[np.int16] | None = None
        self._file: soundfile.SoundFile | None = None
        self._pieces: InPieces | None = None
        if pieces is not None:
            self._pieces = InPieces(pieces)
            self.rate, self.frames = RATE, self._pieces.frames
            return
        check_readable(path)
        try:
            self._file = soundfile.SoundFile(path)
            self.rate, self.frames = int(self._file.samplerate), int(self._file.frames)
            channels = int(self._file.channels)
        except soundfile.LibsndfileError:
            channels = self._decode(path)
        if channels != _STEREO:
            raise UserError("audio.mono" if channels == 1 else "audio.many_channels", path=path)

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.frames / self.rate

    def read(self, start: int, count: int) -> Sound:
        """`count` frames from `start` on: agent, customer. May be called from any thread."""
        sound = np.zeros((count, _STEREO), np.float32)
        first, last = max(start, 0), min(start + count, self.frames)
        if first < last:
            with self._lock:
                found = self._frames(first, last - first)
            sound[first - start : first - start + len(found)] = found
        return sound if self._agent_left else sound[:, ::-1]

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._file is not None:
                self._file.close()
            self._file, self._whole, self._pieces, self.frames = None, None, None, 0

    def _frames(self, first: int, count: int) -> Sound:
        if self._whole is not None:
            return (self._whole[first : first + count] / np.float32(32768)).astype(np.float32)
        if self._pieces is not None:
            return (self._pieces.read(first, count) / np.float32(32768)).astype(np.float32)
        if self._file is None:
            return np.zeros((0, _STEREO), np.float32)
        self._file.seek(first)
        found: Sound = self._file.read(count, dtype="float32", always_2d=True)
        return found

    def _decode(self, path: Path) -> int:
        about = describe(path)
        self.rate, self.frames = about.rate, 0
        if about.channels != _STEREO:
            return about.channels
        pieces = [(piece.T * 32767).astype(np.int16) for piece in decode(path)]
        self._whole = np.concatenate(pieces) if pieces else np.zeros((0, _STEREO), np.int16)
        self.frames = len(self._whole)
        return _STEREO


@dataclass(frozen=True, kw_only=True, slots=True)
class Loudness:
    """The loudest sample in every `1 / per_s` seconds of each side: float32, (n,), 0..1."""

    per_s: int
    agent: NDArray[np.float32]
    customer: NDArray[np.float32]


def loudness(kept: Kept) -> Loudness:
    """How loud each side is over the whole recording; at flat memory."""
    parts = list(_peaks(kept))
    whole = np.concatenate(parts) if parts else np.zeros((0, _STEREO), np.float32)
    return Loudness(per_s=PEAKS_PER_S, agent=whole[:, 0].copy(), customer=whole[:, 1].copy())


def _peaks(kept: Kept) -> Iterator[NDArray[np.float32]]:
    """The peaks of each piece: float32, (n, 2). A piece is a whole number of peaks long."""
    for number in range(0, round(np.ceil(kept.seconds)), _PIECE_S):
        start, end = number * kept.rate, min((number + _PIECE_S) * kept.rate, kept.frames)
        sound = np.abs(kept.read(start, end - start))
        edges = np.arange(0, end - start, kept.rate / PEAKS_PER_S).astype(np.int64)
        if len(edges):
            yield np.maximum.reduceat(sound, edges, axis=0)
