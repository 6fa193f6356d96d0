"""Recorded calls as files: find out what is wrong before anything is written, then play them.

PyAV (FFmpeg) decodes what people have: WAV (PCM, A-law, µ-law, float), FLAC, MP3, Ogg/Opus, M4A.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from audio.resample import Resampler
from coach.core.units import Samples
from coach.errors import UserError
from coach.runtime.ports import Audio, Block

if TYPE_CHECKING:
    from av.container import InputContainer

Channel = Literal["left", "right"]
Stereo = NDArray[np.float32]
"""float32, (2, n), -1..1, at the rate of the file: left, right."""
Progress = Callable[[float], None]
"""Told the share of the file, 0..1, that has been read."""

SUFFIXES = (".wav", ".flac", ".mp3", ".ogg", ".opus", ".m4a", ".mp4", ".aac", ".oga")
SLOWEST, FASTEST = 8_000, 48_000
_SILENT_DBFS = -65.0
_SAME = 0.98
_STEREO = 2
_CUT_SHORT_S = 0.5


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
        for piece in _pieces(_decode(self.path), round(block_s * self.rate)):
            left, right = (r.push(channel) for r, channel in zip(resamplers, piece, strict=True))
            if len(left):
                yield _block(at, left, right, agent)
                at += len(left)
        left, right = (r.flush() for r in resamplers)
        if len(left):
            yield _block(at, left, right, agent)


def find_files(path: Path) -> list[Path]:
    """The audio files of a folder, by name; a file stands for itself. Raises `UserError`."""
    try:
        if not path.is_dir():
            return [path]
        found = sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES)
    except PermissionError as why:
        raise UserError("audio.no_permission", path=path) from why
    if not found:
        raise UserError("audio.empty_folder", path=path, kinds=" ".join(SUFFIXES))
    return found


def inspect(path: Path, progress: Progress = lambda _: None) -> CallFile:
    """Decode the whole file once and say what it is. Raises `UserError` for what it is not."""
    _check_readable(path)
    rate, codec, promised_s = _describe(path)
    samples, energy, together = 0, np.zeros(2), 0.0
    for stereo in _decode(path):
        samples += stereo.shape[1]
        energy += np.einsum("cn,cn->c", stereo, stereo, dtype=np.float64)
        together += float(np.dot(stereo[0], stereo[1]))
        progress(min(1.0, samples / rate / promised_s) if promised_s else 0.0)
    duration_s = samples / rate
    if not samples:
        raise UserError("audio.nothing_in_it", path=path)
    if promised_s and promised_s - duration_s > _CUT_SHORT_S:
        raise UserError("audio.truncated", path=path, stops=duration_s, promised=promised_s)
    left_dbfs, right_dbfs = (_dbfs(e / samples) for e in energy)
    if max(left_dbfs, right_dbfs) < _SILENT_DBFS:
        raise UserError("audio.silent", path=path)
    if abs(together) > _SAME * float(np.sqrt(energy[0] * energy[1])) > 0:
        raise UserError("audio.same_channels", path=path)
    return CallFile(
        path=path,
        rate=rate,
        codec=codec,
        duration_s=duration_s,
        left_dbfs=left_dbfs,
        right_dbfs=right_dbfs,
    )


def _check_readable(path: Path) -> None:
    try:
        with path.open("rb") as file:
            if not file.read(1):
                raise UserError("audio.empty_file", path=path)
    except FileNotFoundError as why:
        raise UserError("audio.missing", path=path) from why
    except IsADirectoryError as why:
        raise UserError("audio.is_folder", path=path) from why
    except PermissionError as why:
        raise UserError("audio.no_permission", path=path) from why


def _open(path: Path) -> "InputContainer":
    import av

    try:
        container = av.open(str(path), metadata_errors="ignore")
    except av.error.FFmpegError as why:
        raise UserError("audio.not_audio", path=path) from why
    if not container.streams.audio:
        container.close()
        raise UserError("audio.not_audio", path=path)
    return container


def _describe(path: Path) -> tuple[int, str, float]:
    """Rate, codec, and the length in seconds that the file promises (0.0: it does not say)."""
    with _open(path) as container:
        stream = container.streams.audio[0]
        codec, channels, rate = stream.codec_context.name, stream.channels, stream.rate
        promised_s = _promised_s(path) or (
            float(stream.duration * stream.time_base)
            if stream.duration and stream.time_base
            else (container.duration or 0) / 1_000_000
        )
    if channels != _STEREO:
        key = "audio.mono" if channels == 1 else "audio.many_channels"
        raise UserError(key, path=path, channels=channels)
    if not SLOWEST <= rate <= FASTEST:
        raise UserError("audio.rate", path=path, rate=rate)
    return rate, codec, promised_s


def _promised_s(path: Path) -> float:
    """The length in the header of a RIFF file; FFmpeg takes it from the size of the file."""
    with path.open("rb") as file:
        head = file.read(4096)
    data, form = head.find(b"data"), head.find(b"fmt ")
    if not head.startswith(b"RIFF") or data < 0 or form < 0:
        return 0.0
    size = int.from_bytes(head[data + 4 : data + 8], "little")
    bytes_a_second = int.from_bytes(head[form + 16 : form + 20], "little")
    unknown = size in (0, 0xFFFFFFFF) or not bytes_a_second
    return 0.0 if unknown else size / bytes_a_second


def _decode(path: Path) -> Iterator[Stereo]:
    """The file's two channels, piece by piece. Raises `UserError` where it breaks off."""
    import av

    with _open(path) as container:
        stream = container.streams.audio[0]
        planes = av.AudioResampler(format="fltp", layout="stereo", rate=stream.rate)
        heard = 0
        try:
            for frame in container.decode(stream):
                for plane in planes.resample(frame):
                    heard += plane.samples
                    yield plane.to_ndarray().astype(np.float32, copy=False)
        except av.error.FFmpegError as why:
            stops = heard / stream.rate
            raise UserError("audio.broken", path=path, stops=stops) from why
        for plane in planes.resample(None):
            yield plane.to_ndarray().astype(np.float32, copy=False)


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
