"""Files that are no calls, each made in the test, with the reason that the coach gives."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tests.audio.recordings import (
    CODECS,
    cut,
    tones,
    wav_header,
    write,
    write_video,
)

Make = Callable[[Path], Path]


def text(path: Path) -> Path:
    path.write_text("Dit is een verslag van het gesprek.\n" * 100, encoding="utf-8")
    return path


def playlist(path: Path) -> Path:
    write(path.with_name("secret.flac"), tones(1, 8_000), 8_000, "flac")
    path.write_text("ffconcat version 1.0\nfile secret.flac\n", encoding="utf-8")
    return path


def header_only(path: Path) -> Path:
    path.write_bytes(wav_header(16_000))
    return path


def half_a_header(path: Path) -> Path:
    path.write_bytes(wav_header(16_000)[:20])
    return path


def empty(path: Path) -> Path:
    path.touch()
    return path


def noise(path: Path) -> Path:
    path.write_bytes(np.random.default_rng(1).bytes(50_000))
    return path


def mp3_with_rubbish(path: Path) -> Path:
    content = bytearray(write(path, tones(5, 16_000), 16_000, "libmp3lame").read_bytes())
    middle = len(content) // 2
    content[middle : middle + 3000] = np.random.default_rng(2).bytes(3000)
    path.write_bytes(content)
    return path


def mp3_that_turns_mono(path: Path) -> Path:
    stereo = write(path, tones(2, 16_000), 16_000, "libmp3lame").read_bytes()
    mono = write(path, tones(2, 16_000, (400,)), 16_000, "libmp3lame").read_bytes()
    path.write_bytes(stereo + mono)
    return path


def not_a_number(path: Path) -> Path:
    sound = tones(1, 8_000)
    sound[0, 100] = np.nan
    return write(path, sound, 8_000, "pcm_f32le")


def channels(number: int) -> Callable[[Path], Path]:
    return lambda path: write(path, tones(1, 8_000, (400,) * number), 8_000)


def at_rate(rate: int) -> Callable[[Path], Path]:
    return lambda path: write(path, tones(1, rate), rate)


def silence(path: Path) -> Path:
    return write(path, np.zeros((2, 8_000), np.float32), 8_000)


def pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def same_twice(path: Path) -> Path:
    return write(path, np.repeat(tones(1, 8_000, (400,)), 2, axis=0), 8_000)


def absent(path: Path) -> Path:
    return path


def below_a_file(path: Path) -> Path:
    text(path)
    return path / "call.wav"


def broken_off(kind: str, share: float) -> Make:
    """A copy of which only the first `share` of the bytes arrived."""

    def make(path: Path) -> Path:
        sound = np.random.default_rng(1).normal(0, 0.2, (2, 80_000)).astype(np.float32)
        return cut(write(path, sound, 16_000, CODECS[kind][1]), share)

    return make


class Wrong(NamedTuple):
    """A file name, how the file is made, and the sentence that says what is wrong with it."""

    name: str
    make: Make
    key: str


_WRONG = {
    "mono": ("call.wav", channels(1), "audio.mono"),
    "three channels": ("call.wav", channels(3), "audio.many_channels"),
    "six channels": ("call.wav", channels(6), "audio.many_channels"),
    "4 kHz": ("call.wav", at_rate(4_000), "audio.rate"),
    "96 kHz": ("call.wav", at_rate(96_000), "audio.rate"),
    "silence": ("call.wav", silence, "audio.silent"),
    "the same on both channels": ("call.wav", same_twice, "audio.same_channels"),
    "an empty file": ("call.wav", empty, "audio.empty_file"),
    "a header without sound": ("call.wav", header_only, "audio.nothing_in_it"),
    "half a header": ("call.wav", half_a_header, "audio.damaged"),
    "a film without sound": ("call.mp4", write_video, "audio.no_sound_track"),
    "no numbers": ("call.wav", not_a_number, "audio.no_numbers"),
    "mp3 with rubbish": ("call.mp3", mp3_with_rubbish, "audio.broken"),
    "mp3 that turns mono": ("call.mp3", mp3_that_turns_mono, "audio.broken"),
    "nothing there": ("call.wav", absent, "audio.missing"),
    "a file as folder": ("folder.wav", below_a_file, "audio.missing"),
    "a name that cannot be": ("n" * 300 + ".wav", absent, "audio.missing"),
    "a pipe": ("call.wav", pipe, "audio.no_file"),
    "text as wav": ("call.wav", text, "audio.not_audio"),
    "text as flac": ("call.flac", text, "audio.not_audio"),
    "text as aac": ("call.aac", text, "audio.not_audio"),
    "text as mp3": ("call.mp3", text, "audio.not_audio"),
    "text as m4a": ("call.m4a", text, "audio.not_audio"),
    "text as ogg": ("call.ogg", text, "audio.not_audio"),
    "noise as wav": ("call.wav", noise, "audio.not_audio"),
    "noise as aac": ("call.aac", noise, "audio.not_audio"),
    "noise as flac": ("call.flac", noise, "audio.not_audio"),
    "a playlist as wav": ("call.wav", playlist, "audio.not_audio"),
    "a playlist as mp3": ("call.mp3", playlist, "audio.not_audio"),
    "half a wav": ("call.wav", broken_off("wav-16", 0.5), "audio.truncated"),
    "half a float wav": ("call.wav", broken_off("wav-float", 0.3), "audio.truncated"),
    "half an a-law wav": ("call.wav", broken_off("wav-a-law", 0.85), "audio.truncated"),
    "half a flac": ("call.flac", broken_off("flac", 0.5), "audio.broken"),
    "most of a flac": ("call.flac", broken_off("flac", 0.85), "audio.broken"),
    "half an mp3": ("call.mp3", broken_off("mp3", 0.5), "audio.truncated"),
    "some of an opus": ("call.opus", broken_off("ogg-opus", 0.3), "audio.broken"),
    "most of an opus": ("call.ogg", broken_off("ogg-opus", 0.85), "audio.broken"),
    "half an m4a": ("call.m4a", broken_off("m4a-aac", 0.5), "audio.damaged"),
    "half an alac": ("call.m4a", broken_off("m4a-alac", 0.85), "audio.damaged"),
    "half an aac": ("call.aac", broken_off("aac", 0.62), "audio.broken"),
}
WRONG = {case: Wrong(*row) for case, row in _WRONG.items()}
