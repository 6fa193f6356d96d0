"""Recorded calls as files: find out what is wrong before anything is written, then play them.

What people have: WAV (PCM, A-law, µ-law, float), FLAC, MP3, Ogg/Opus, M4A; two channels, 8 to
48 kHz, up to hours.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from audio.container import (
    CUT_SHORT_S,
    Format,
    Stereo,
    check_readable,
    decode,
    describe,
    unreadable,
)
from audio.resample import Resampler
from coach.core.units import Samples
from coach.errors import UserError
from coach.runtime.ports import Audio, Block

Channel = Literal["left", "right"]
Progress = Callable[[float], None]
"""Told the share of the file, 0..1, that has been read."""

SUFFIXES = (".wav", ".flac", ".mp3", ".ogg", ".opus", ".m4a", ".mp4", ".aac", ".oga")
SLOWEST, FASTEST = 8_000, 48_000
_SILENT_DBFS = -65.0
_SAME = 0.98
_STEREO = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class CallFile:
    """A recording that can be analysed: two channels, both decoded to their end once.

    `left_dbfs` and `right_dbfs` are the channels' mean levels.
    """

    path: Path
    rate: int
    codec: str
    duration_s: float
    left_dbfs: float
    right_dbfs: float

    @property
    def silent(self) -> Channel | None:
        """The channel on which nothing can be heard, if there is one."""
        if self.left_dbfs < _SILENT_DBFS:
            return "left"
        return "right" if self.right_dbfs < _SILENT_DBFS else None

    def blocks(self, agent: Channel, *, block_s: float = 1.0) -> Iterator[Block]:
        """Both sides as 16 kHz blocks of about `block_s`, at flat memory; no sample is lost."""
        resamplers = Resampler(self.rate), Resampler(self.rate)
        at = 0
        decoded = decode(self.path, enough_s=self.duration_s)
        for piece in _pieces(decoded, round(block_s * self.rate)):
            left, right = (r.push(channel) for r, channel in zip(resamplers, piece, strict=True))
            if len(left):
                yield _block(at, left, right, agent)
                at += len(left)
        left, right = (r.flush() for r in resamplers)
        if len(left):
            yield _block(at, left, right, agent)


@dataclass(slots=True)
class _Levels:
    """What two channels come to: sums over their samples, from which the levels follow."""

    samples: int
    total: NDArray[np.float64]
    squares: NDArray[np.float64]
    products: float

    @classmethod
    def none(cls) -> "_Levels":
        return cls(samples=0, total=np.zeros(2), squares=np.zeros(2), products=0.0)

    def add(self, stereo: Stereo) -> None:
        self.samples += stereo.shape[1]
        self.total += stereo.sum(axis=1, dtype=np.float64)
        self.squares += np.einsum("cn,cn->c", stereo, stereo, dtype=np.float64)
        self.products += float(np.dot(stereo[0], stereo[1]))

    @property
    def power(self) -> NDArray[np.float64]:
        """The mean power of each channel. A constant offset cannot be heard and does not count."""
        return self.squares / self.samples - (self.total / self.samples) ** 2

    @property
    def likeness(self) -> float:
        """How alike the channels are, whatever their levels: 0..1."""
        left, right = self.power
        together = self.products / self.samples - float(np.prod(self.total / self.samples))
        both = float(np.sqrt(max(0.0, left * right)))
        return abs(together) / both if both else 0.0


def find_files(path: Path) -> list[Path]:
    """The audio files of a folder, by name; a file stands for itself. Raises `UserError`."""
    try:
        if not path.is_dir():
            return [path]
        found = sorted(p for p in path.iterdir() if _is_recording(p))
    except OSError as why:
        raise unreadable(path, why) from why
    if not found:
        raise UserError("audio.empty_folder", path=path, kinds=" ".join(SUFFIXES))
    return found


def inspect(path: Path, progress: Progress = lambda _: None) -> CallFile:
    """Decode the whole file once and say what it is. Raises `UserError` for what it is not."""
    check_readable(path)
    said = describe(path)
    _check_format(path, said)
    levels = _Levels.none()
    for stereo in decode(path, enough_s=said.promised_s):
        levels.add(stereo)
        if said.promised_s:
            progress(min(1.0, levels.samples / said.rate / said.promised_s))
    duration_s = levels.samples / said.rate
    if not levels.samples:
        raise UserError("audio.nothing_in_it", path=path)
    if said.promised_s - duration_s > CUT_SHORT_S:
        raise UserError("audio.truncated", path=path, stops=duration_s, promised=said.promised_s)
    if not np.isfinite(levels.squares).all():
        raise UserError("audio.no_numbers", path=path)
    left_dbfs, right_dbfs = (_dbfs(float(power)) for power in levels.power)
    call = CallFile(
        path=path,
        rate=said.rate,
        codec=said.codec,
        duration_s=duration_s,
        left_dbfs=left_dbfs,
        right_dbfs=right_dbfs,
    )
    if max(left_dbfs, right_dbfs) < _SILENT_DBFS:
        raise UserError("audio.silent", path=path)
    if call.silent is None and levels.likeness > _SAME:
        raise UserError("audio.same_channels", path=path)
    return call


def _is_recording(path: Path) -> bool:
    """Hidden files are none: copying from a Mac leaves a "._call.wav" beside each "call.wav"."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".")


def _check_format(path: Path, said: Format) -> None:
    if said.channels != _STEREO:
        key = "audio.mono" if said.channels == 1 else "audio.many_channels"
        raise UserError(key, path=path, channels=said.channels)
    if not SLOWEST <= said.rate <= FASTEST:
        raise UserError("audio.rate", path=path, rate=said.rate)


def _pieces(decoded: Iterator[Stereo], length: int) -> Iterator[Stereo]:
    """The same channels in pieces of `length` samples, the last one shorter."""
    kept: list[Stereo] = []
    have = 0
    for stereo in decoded:
        kept.append(stereo)
        have += stereo.shape[1]
        while have >= length:
            whole = np.concatenate(kept, axis=1)
            yield np.ascontiguousarray(whole[:, :length])
            kept, have = [whole[:, length:]], have - length
    if have:
        yield np.ascontiguousarray(np.concatenate(kept, axis=1))


def _block(at: int, left: Audio, right: Audio, agent: Channel) -> Block:
    agents, customers = (left, right) if agent == "left" else (right, left)
    return Block(start=Samples(at), agent=agents, customer=customers)


def _dbfs(power: float) -> float:
    return float(10 * np.log10(max(power, 1e-12)))
