"""A kept call: read from any place, its loudness, and played on a sound server of our own."""

import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from audio.kept import Kept, loudness
from audio.player import FilePlayer, KeptSound
from coach.core.units import Samples, from_seconds, to_seconds
from coach.errors import UserError
from tests.pulse import SoundServer, program, sound_server, stereo, until

RATE = 8_000


def recording(path: Path, seconds: float = 6.0) -> Path:
    """The agent (left) is a low tone, the customer (right) a high one from the third second on."""
    t = np.arange(round(seconds * RATE)) / RATE
    agent = 0.4 * np.sin(2 * np.pi * 220 * t)
    customer = 0.4 * np.sin(2 * np.pi * 880 * t) * (t >= 3)
    return stereo(path, agent.astype(np.float32), customer.astype(np.float32), RATE)


@pytest.fixture
def call(tmp_path: Path) -> Path:
    return recording(tmp_path / "call.wav")


# ---- reading ----


def test_any_place_can_be_read_and_beyond_the_ends_is_silence(call: Path) -> None:
    kept = Kept(call)
    whole, _ = soundfile.read(call, dtype="float32")
    assert np.array_equal(kept.read(1_000, 500), whole[1_000:1_500])
    around = kept.read(-100, 200)
    assert not around[:100].any()
    assert np.array_equal(around[100:], whole[:100])
    assert not kept.read(kept.frames + 5, 10).any()
    kept.close()
    assert not kept.read(0, 10).any()


def test_the_agent_comes_first_whichever_channel_it_is_on(call: Path) -> None:
    left, right = Kept(call), Kept(call, agent_left=False)
    assert np.array_equal(left.read(30_000, 100), right.read(30_000, 100)[:, ::-1])
    left.close()
    right.close()


def test_loudness_is_there_for_both_sides(call: Path) -> None:
    kept = Kept(call)
    loud = loudness(kept)
    kept.close()
    assert len(loud.agent) == len(loud.customer) == 6 * loud.per_s
    assert loud.agent.min() > 0.35
    assert loud.customer[: 2 * loud.per_s].max() < 0.01
    assert loud.customer[4 * loud.per_s :].min() > 0.35


def test_loudness_does_not_depend_on_the_length_of_the_file(tmp_path: Path) -> None:
    short, long = (recording(tmp_path / f"{s}.wav", s) for s in (12.0, 25.3))
    one, other = (loudness(Kept(path)) for path in (short, long))
    assert np.array_equal(one.agent, other.agent[: len(one.agent)])


@pytest.mark.parametrize("kind", ["mono", "text", "missing"])
def test_what_is_no_recording_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"{kind}.wav"
    if kind == "mono":
        soundfile.write(path, np.zeros(8_000, np.float32), RATE)
    elif kind == "text":
        path.write_text("geen geluid")
    with pytest.raises(UserError):
        KeptSound(path).peaks()


def test_a_format_that_must_be_decoded_is_read_too(call: Path, tmp_path: Path) -> None:
    pytest.importorskip("av")
    path = tmp_path / "call.m4a"
    _to_aac(call, path)
    kept = Kept(path)
    assert kept.seconds == pytest.approx(6.0, abs=0.2)
    assert kept.read(5 * kept.rate, 1_000)[:, 1].any()
    kept.close()


def _to_aac(source: Path, target: Path) -> None:
    import av

    with av.open(str(source)) as sound, av.open(str(target), "w") as out:
        stream = out.add_stream("aac", rate=RATE, layout="stereo")
        for frame in sound.decode(audio=0):
            for packet in stream.encode(frame):
                out.mux(packet)
        for packet in stream.encode(None):
            out.mux(packet)


# ---- playing ----


def test_where_there_is_no_output_it_says_so(call: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sounddevice

    def none(**_: object) -> object:
        raise sounddevice.PortAudioError("no device")

    monkeypatch.setattr(sounddevice, "query_devices", none)
    player = FilePlayer(Kept(call))
    player.play()
    until(lambda: bool(player.failure), 5, "it is told")
    assert not player.playing
    assert "no device" in player.failure
    player.close()
    player.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SoundServer]:
    with sound_server(tmp_path) as started:
        yield started


Heard = NDArray[np.float32]


class Ears:
    """What comes out of the headset, while it lasts."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process, self._heard = process, b""
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    @property
    def sound(self) -> Heard:
        """What was heard: float32, (n,), at `RATE`."""
        return np.frombuffer(self._heard[: len(self._heard) // 4 * 4], np.float32)

    def close(self) -> None:
        self._process.kill()
        self._thread.join()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        while piece := self._process.stdout.read(4_096):
            self._heard += piece


@contextmanager
def listening(server: SoundServer) -> Iterator[Ears]:
    listen = [program("parec"), "--device=headset.monitor", "--raw", "--latency-msec=20"]
    kind = ["--format=float32le", f"--rate={RATE}", "--channels=1"]
    around = {**os.environ, **server.environment}
    with subprocess.Popen([*listen, *kind], env=around, stdout=subprocess.PIPE) as process:
        ears = Ears(process)
        try:
            yield ears
        finally:
            ears.close()


def loud_frequencies(heard: Heard) -> set[int]:
    """Those of the two tones that can be heard clearly."""
    spectrum = np.abs(np.fft.rfft(heard))
    frequencies = np.fft.rfftfreq(len(heard), 1 / RATE)
    floor = spectrum.max() / 10
    return {
        tone
        for tone in (220, 880, 440, 1_760)
        if spectrum[np.abs(frequencies - tone) < 25].max() > floor
    }


@pytest.mark.parametrize(
    ("sides", "heard"), [("both", {220, 880}), ("agent", {220}), ("customer", {880})]
)
def test_a_call_is_heard_faster_at_its_own_pitch(
    server: SoundServer, call: Path, sides: str, heard: set[int]
) -> None:
    player = FilePlayer(Kept(call))
    with listening(server) as ears:
        player.hear(sides)
        player.set_pace(2.0)
        player.seek(from_seconds(3.2))
        player.play()
        until(lambda: not player.playing, 10, "it comes to its end")
        assert player.failure == ""
        assert player.position == from_seconds(6.0)
        player.close()
    assert loud_frequencies(ears.sound) == heard


@pytest.mark.usefixtures("server")
def test_the_moment_moves_with_the_sound_and_stands_still_in_a_pause(call: Path) -> None:
    player = FilePlayer(Kept(call))
    player.play()
    until(lambda: player.position > from_seconds(0.3), 8, "it moves")
    player.pause()
    stood = player.position
    assert not player.playing
    assert player.position == stood
    player.seek(from_seconds(5))
    assert player.position == from_seconds(5)
    player.play()
    until(lambda: not player.playing, 8, "it comes to its end")
    assert to_seconds(Samples(player.position)) == pytest.approx(6.0, abs=0.01)
    player.close()
