"""Sound files as containers: what a file says that it holds, and its samples as a stream.

PyAV (FFmpeg) decodes. It may open containers of sound only: a "recording" that is a play list
would otherwise make it read other files, or fetch them.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from errno import ENAMETOOLONG
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from coach.errors import UserError

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer

Stereo = NDArray[np.float32]
"""float32, (2, n), -1..1, at the rate of the file: left, right."""

_FORMATS = (
    "wav,w64,flac,mp3,ogg,mov,mp4,m4a,3gp,aac,matroska,webm,aiff,au,caf,asf,amr,avi,mpegts,mpeg"
)
_GUESSES_LENGTH = {"aac", "amr", "mpegts", "mpeg"}
"""Formats without a length: FFmpeg guesses one from the bit rate, which proves nothing."""

CUT_SHORT_S = 0.5
"""Seconds that a whole file may be shorter than it says: encoders round up to their frames."""

_STEREO = 2
_MAGIC = (b"RIFF", b"RF64", b"fLaC", b"OggS", b"ID3")
_OGG_PAGE = 65_536
_OGG_HEADER = 27
_OGG_LAST = 4
_MANY_CHUNKS = 64
_STREAMED = 0x7FFF_0000
"""Recorders that write WAV into a pipe put a length of about 2 or 4 GB into the header."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """What a file says about itself; `promised_s` is 0.0 when it does not say how long it is."""

    rate: int
    codec: str
    channels: int
    promised_s: float


def check_readable(path: Path) -> None:
    """Raise `UserError` unless `path` is a file with something in it that may be read."""
    try:
        os.fspath(path).encode("utf-8")
    except UnicodeEncodeError as why:
        raise UserError("audio.bad_name", path=printable(path)) from why
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            key = "audio.is_folder" if stat.S_ISDIR(found.st_mode) else "audio.no_file"
            raise UserError(key, path=path)
        with path.open("rb") as file:
            if not file.read(1):
                raise UserError("audio.empty_file", path=path)
    except OSError as why:
        raise unreadable(path, why) from why


def unreadable(path: Path, why: OSError) -> UserError:
    """The error to tell when the system does not hand out `path`."""
    if isinstance(why, PermissionError):
        return UserError("audio.no_permission", path=path)
    if isinstance(why, FileNotFoundError | NotADirectoryError) or why.errno == ENAMETOOLONG:
        return UserError("audio.missing", path=path)
    return UserError("audio.unreadable", path=path, why=why.strerror)


def printable(path: Path) -> str:
    """The path for people; bytes of a name that are no UTF-8 become "\N{REPLACEMENT CHARACTER}"."""
    return os.fsencode(path).decode("utf-8", "replace")


def describe(path: Path) -> Format:
    """What the file says that it holds. Raises `UserError` when that is no sound."""
    with _open(path) as container:
        stream = container.streams.audio[0]
        context = stream.codec_context
        if context is None or not context.channels or not context.sample_rate:
            raise _not_audio(path)
        return Format(
            rate=context.sample_rate,
            codec=context.name,
            channels=context.channels,
            promised_s=_promised_s(path, container, stream),
        )


def decode(path: Path, enough_s: float = 0.0) -> Iterator[Stereo]:
    """The file's two channels, piece by piece. Raises `UserError` where it breaks off.

    What cannot be read after the first `enough_s` seconds is no loss (0.0: everything counts).
    """
    import av

    with _open(path) as container:
        stream = container.streams.audio[0]
        # Only the number format changes: a layout other than stereo would be mixed together.
        planes, heard = av.AudioResampler(format="fltp"), 0
        try:
            for frame in container.decode(stream):
                for plane in planes.resample(frame):
                    heard += plane.samples
                    yield _stereo(plane.to_ndarray())
        except (av.error.FFmpegError, ValueError) as why:
            stops_s = heard / stream.rate
            if not enough_s or enough_s - stops_s > CUT_SHORT_S:
                raise UserError("audio.broken", path=path, stops=stops_s) from why
        if _breaks_off(path):
            raise UserError("audio.broken", path=path, stops=heard / stream.rate)


def _stereo(planes: NDArray[Any]) -> Stereo:
    if len(planes) != _STEREO:
        raise ValueError("the number of channels changes within the file")
    return planes.astype(np.float32, copy=False)


def _open(path: Path) -> "InputContainer":
    import av

    only = {"format_whitelist": _FORMATS, "protocol_whitelist": "file"}
    try:
        # Absolute, because FFmpeg takes what stands before a colon for a protocol.
        container = av.open(str(path.absolute()), metadata_errors="ignore", options=only)
    except av.error.FFmpegError as why:
        raise _not_audio(path) from why
    if not container.streams.audio:
        container.close()
        raise UserError("audio.no_sound_track", path=path)
    return container


def _not_audio(path: Path) -> UserError:
    """No sound at all, or a sound file of which too little is left to open it."""
    with path.open("rb") as file:
        head = file.read(12)
    damaged = head.startswith(_MAGIC) or head[4:8] == b"ftyp"
    return UserError("audio.damaged" if damaged else "audio.not_audio", path=path)


def _promised_s(path: Path, container: "InputContainer", stream: "AudioStream") -> float:
    """The length in seconds that the file itself states; 0.0 where it is guessed."""
    with path.open("rb") as file:
        if in_header := _riff_s(file):
            return in_header
        if container.format.name == "mp3" and not _states_frames(file):
            return 0.0
    if container.format.name in _GUESSES_LENGTH:
        return 0.0
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return max(0, container.duration or 0) / 1_000_000


def _riff_s(file: BinaryIO) -> float:
    """The length in the header of a WAV file that is shorter than it says; else 0.0.

    FFmpeg takes the length of such a file from its size, so that nothing seems to be missing.
    """
    file.seek(0)
    if not (head := file.read(12)).startswith(b"RIFF") or head[8:] != b"WAVE":
        return 0.0
    bytes_a_second = 0
    for _ in range(_MANY_CHUNKS):
        name, size = file.read(4), int.from_bytes(file.read(4), "little")
        if name == b"data":
            start = file.tell()
            cut = size < _STREAMED and start + size > file.seek(0, os.SEEK_END)
            return size / bytes_a_second if cut and bytes_a_second else 0.0
        if name == b"fmt ":
            bytes_a_second = int.from_bytes(file.read(16)[8:12], "little")
            file.seek(-16, os.SEEK_CUR)
        file.seek(size + size % 2, os.SEEK_CUR)
    return 0.0


def _states_frames(file: BinaryIO) -> bool:
    """Whether the first frame of an MP3 file counts the others."""
    file.seek(0)
    head = file.read(10)
    if head.startswith(b"ID3"):  # a tag; its length is four times seven bits
        length = sum(byte << 7 * (3 - place) for place, byte in enumerate(head[6:10]))
        file.seek(10 + length)
    else:
        file.seek(0)
    first = file.read(1024)
    return any(mark in first for mark in (b"Xing", b"Info", b"VBRI"))


def _breaks_off(path: Path) -> bool:
    """Whether an Ogg file ends in the middle of a page; it says nowhere how long it should be."""
    with path.open("rb") as file:
        if file.read(4) != b"OggS":
            return False
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _OGG_PAGE))
        tail = file.read()
    page = tail[tail.rfind(b"OggS\0") :]
    segments = page[26] if len(page) >= _OGG_HEADER else 0
    length = _OGG_HEADER + segments + sum(page[_OGG_HEADER : _OGG_HEADER + segments])
    is_last = len(page) >= _OGG_HEADER and bool(page[5] & _OGG_LAST)
    return len(page) < length or (len(page) > length and not is_last)
