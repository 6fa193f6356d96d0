"""Plays a kept call through the system's own sound output: any pace, either side or both.

A thread of its own reads, stretches and hands over; it waits for the device, not the screen.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np
import soxr

from audio.kept import Kept, Loudness, loudness
from audio.microphone import open_streams, read_list_again
from audio.stretch import Sound, Stretch
from coach.core.units import RATE, Samples
from coach.phrases import say

_LATENCY_S = 0.12
_MIX: Final = {
    "both": ((0.62, 0.38), (0.38, 0.62)),
    "agent": ((1.0, 0.0), (1.0, 0.0)),
    "customer": ((0.0, 1.0), (0.0, 1.0)),
}
"""How much of the agent and the customer is heard left and right: side by side when both are."""


class KeptSound:
    """The kept sound of a call, as the replay asks for it."""

    def __init__(
        self, path: Path, agent_left: bool = True, pieces: Sequence[bytes] | None = None
    ) -> None:
        self._path, self._agent_left, self._pieces = path, agent_left, pieces

    def peaks(self) -> Loudness:
        """How loud each side was over time. Raises `UserError` for what is no recording."""
        kept = self._open()
        try:
            return loudness(kept)
        finally:
            kept.close()

    def player(self) -> "FilePlayer":
        """A player for it. Raises `UserError` for what is no recording."""
        return FilePlayer(self._open())

    def _open(self) -> Kept:
        return Kept(self._path, agent_left=self._agent_left, pieces=self._pieces)


class FilePlayer:
    """Plays `kept`. Every method returns at once; the sound follows within a tenth of a second."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._stretch = Stretch(kept.read, kept.rate)
        self._changed = threading.Condition()
        self._playing = self._closed = False
        self._seek: int | None = None
        self._pace, self._sides = 1.0, "both"
        self._heard = _Heard()
        self._failure = ""
        self._thread: threading.Thread | None = None

    @property
    def position(self) -> Samples:
        """Where in the call it is."""
        with self._changed:
            frame = self._seek if self._seek is not None else self._heard.frame(self._kept.rate)
        return Samples(round(min(frame, self._kept.frames) * RATE / self._kept.rate))

    @property
    def playing(self) -> bool:
        """Whether it goes on."""
        return self._playing

    @property
    def failure(self) -> str:
        """Why nothing is heard; empty: all is well."""
        return self._failure

    def play(self) -> None:
        """Go on from where it is; at the end, from the beginning."""
        with self._changed:
            at_end = self._heard.frame(self._kept.rate) >= self._kept.frames
            if self._seek is None and at_end:
                self._seek = 0
            self._playing, self._failure = not self._closed, ""
            self._changed.notify_all()
        if self._thread is None and not self._closed:
            self._thread = threading.Thread(target=self._run, name="player", daemon=True)
            self._thread.start()

    def pause(self) -> None:
        """Stay where it is."""
        with self._changed:
            self._playing = False
            self._heard.stop(self._kept.rate)
            self._changed.notify_all()

    def seek(self, at: Samples) -> None:
        """Go to `at`."""
        with self._changed:
            self._seek = round(max(0, at) * self._kept.rate / RATE)
            self._changed.notify_all()

    def set_pace(self, pace: float) -> None:
        """Play `pace` times as fast."""
        with self._changed:
            self._pace = pace

    def hear(self, sides: str) -> None:
        """Let "both", "agent" or "customer" be heard."""
        with self._changed:
            self._sides = sides

    def close(self) -> None:
        """Play no more, and let go of the file."""
        with self._changed:
            self._playing, self._closed = False, True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._kept.close()

    # ---- on the thread ----

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._playing or self._closed)
                if self._closed:
                    return
            try:
                self._play_on()
            except OSError as why:  # the device, or the file
                with self._changed:
                    self._playing = False
                    self._failure = say("replay.no_output", why=why)

    def _play_on(self) -> None:
        """Play until somebody pauses, or the end."""
        with _Output(self._kept.rate) as output:
            while (piece := self._next()) is not None:
                output.write(piece)
            output.drain()

    def _next(self) -> Sound | None:
        """The next piece for the device; `None`: no more for now."""
        with self._changed:
            if not self._playing:
                return None
            if self._seek is not None:
                self._stretch.seek(self._seek)
                self._heard.stand(self._seek)
                self._seek = None
            if self._stretch.at >= self._kept.frames:
                self._playing = False
                self._heard.stand(self._kept.frames)
                return None
            pace, mix = self._pace, np.asarray(_MIX[self._sides], np.float32)
            self._heard.go(self._stretch.at, pace)
        return np.ascontiguousarray(self._stretch.next(pace) @ mix.T)


class _Heard:
    """Where the sound that is heard now comes from: what was handed over, less what is waiting."""

    def __init__(self) -> None:
        self._frame, self._pace = 0.0, 1.0
        self._since: float | None = None

    def frame(self, rate: int) -> float:
        if self._since is None:
            return self._frame
        ahead = time.monotonic() - self._since - _LATENCY_S
        return max(0.0, self._frame + min(ahead, _LATENCY_S) * self._pace * rate)

    def go(self, frame: int, pace: float) -> None:
        self._frame, self._pace, self._since = float(frame), pace, time.monotonic()

    def stand(self, frame: int) -> None:
        self._frame, self._since = float(frame), None

    def stop(self, rate: int) -> None:
        self._frame, self._since = self.frame(rate), None


class NoOutput(OSError):
    """There is no device to play on, or it went away."""


class _Output:
    """The default sound output, at its own rate. Everything may raise `NoOutput`."""

    def __init__(self, rate: int) -> None:
        with _portaudio() as sounddevice:
            own = _own_rate(sounddevice)
            self._stream: Any = sounddevice.OutputStream(
                samplerate=own, channels=2, dtype="float32", latency=_LATENCY_S
            )
            open_streams.add(id(self))
        self._resampler = None if own == rate else soxr.ResampleStream(rate, own, 2, "float32")

    def __enter__(self) -> "_Output":
        try:
            with _portaudio():
                self._stream.start()
        except NoOutput:
            self.__exit__()
            raise
        return self

    def write(self, piece: Sound) -> None:
        sound = piece if self._resampler is None else self._resampler.resample_chunk(piece)
        with _portaudio():
            self._stream.write(sound)

    def drain(self) -> None:
        """Let what was handed over be heard: stopping waits for it."""
        with _portaudio():
            self._stream.stop()

    def __exit__(self, *_: object) -> None:
        self._stream.close(ignore_errors=True)
        open_streams.discard(id(self))


def _own_rate(sounddevice: Any) -> int:
    """The rate of the default output; a headset that was plugged in later is looked for."""
    try:
        about = sounddevice.query_devices(kind="output")
    except (sounddevice.PortAudioError, ValueError):
        if not read_list_again():
            raise
        about = sounddevice.query_devices(kind="output")
    return int(about["default_samplerate"])


@contextmanager
def _portaudio() -> Iterator[Any]:
    """The library, its errors as `NoOutput`."""
    try:
        import sounddevice
    except OSError as why:  # the library has no PortAudio to talk to
        raise NoOutput(str(why)) from why
    try:
        yield sounddevice
    except (sounddevice.PortAudioError, ValueError) as why:
        raise NoOutput(str(why)) from why
