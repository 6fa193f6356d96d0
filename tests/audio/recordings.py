"""Recordings of any kind, made in the test: what people have, and what goes wrong with it."""

import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float32]
"""float32, (channels, n), -1..1."""

CODECS = {
    "wav-16": ("call.wav", "pcm_s16le"),
    "wav-24": ("call.wav", "pcm_s24le"),
    "wav-8": ("call.wav", "pcm_u8"),
    "wav-float": ("call.wav", "pcm_f32le"),
    "wav-a-law": ("call.wav", "pcm_alaw"),
    "wav-mu-law": ("call.wav", "pcm_mulaw"),
    "flac": ("call.flac", "flac"),
    "mp3": ("call.mp3", "libmp3lame"),
    "ogg-opus": ("call.ogg", "libopus"),
    "opus": ("call.opus", "libopus"),
    "m4a-aac": ("call.m4a", "aac"),
    "m4a-alac": ("call.m4a", "alac"),
    "mp4": ("call.mp4", "aac"),
    "aac": ("call.aac", "aac"),
}
"""A name for each kind of file, with its file name and its encoder."""

LOSSLESS = {"wav-16", "wav-24", "wav-float", "flac", "m4a-alac"}

_LAYOUTS = {1: "mono", 2: "stereo", 3: "2.1", 4: "quad", 6: "5.1"}


def tones(seconds: float, rate: int, hertz: tuple[float, ...] = (400, 1000)) -> Sound:
    """One tone a channel; each channel is half as loud as the one before."""
    t = np.arange(round(seconds * rate)) / rate
    loud = [0.5**n * 0.6 * np.sin(2 * np.pi * f * t) for n, f in enumerate(hertz)]
    return np.array(loud, np.float32)


def write(path: Path, sound: Sound, rate: int, codec: str = "pcm_s16le") -> Path:
    """Encode `sound` with PyAV; the suffix of `path` chooses the container."""
    import av
    from av.audio.stream import AudioStream

    with av.open(str(path), "w") as container:
        options = {"bit_rate": 64_000} if codec in ("libmp3lame", "libopus", "aac") else {}
        stream = container.add_stream(codec, rate=rate, layout=_LAYOUTS[len(sound)], **options)
        assert isinstance(stream, AudioStream)
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(sound), format="fltp", layout=_LAYOUTS[len(sound)]
        )
        frame.sample_rate = rate
        for packet in stream.encode(frame):
            container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    return path


def write_video(path: Path) -> Path:
    """A film of a second without sound."""
    import av
    from av.video.stream import VideoStream

    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=25)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(25):
            picture = np.zeros((48, 64, 3), np.uint8)
            for packet in stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    return path


def cut(path: Path, share: float) -> Path:
    """Keep the first `share` of the bytes of a file, as a broken-off copy does."""
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    return path


def wav_header(data_bytes: int, *, extra: bytes = b"", mask: int | None = None) -> bytes:
    """The head of a WAV file of two channels, 8 kHz, 16 bit, that promises `data_bytes`.

    `extra` are chunks before the data; `mask` makes it WAVEFORMATEXTENSIBLE with these speakers.
    """
    rate = 8_000
    sizes = struct.pack("<HIIHH", 2, rate, rate * 4, 4, 16)
    if mask is None:
        form = struct.pack("<H", 1) + sizes
    else:
        pcm = bytes.fromhex("0100000000001000800000aa00389b71")
        form = struct.pack("<H", 0xFFFE) + sizes + struct.pack("<HHI", 22, 16, mask) + pcm
    body = b"WAVE" + chunk(b"fmt ", form) + extra + b"data" + struct.pack("<I", data_bytes)
    return b"RIFF" + struct.pack("<I", min(len(body) + data_bytes, 0xFFFF_FFFF)) + body


def chunk(name: bytes, content: bytes) -> bytes:
    """A RIFF chunk."""
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def samples(sound: Sound) -> bytes:
    """The sound as 16 bit samples, channel by channel in turn."""
    return (sound.T * 32767).astype("<i2").tobytes()
