"""Every kind of recording that people have is read as it was made, and nothing else is read."""

import wave
from pathlib import Path

import numpy as np
import pytest

from audio.callfile import CallFile, Channel, inspect
from coach.core.units import RATE
from coach.errors import UserError
from coach.runtime.ports import Audio
from tests.audio.recordings import (
    CODECS,
    LOSSLESS,
    Sound,
    chunk,
    samples,
    tones,
    wav_header,
    write,
)

LEFT_HZ, RIGHT_HZ = 400, 1000
ENCODER_PADS_S = 0.25
"""The longest that an encoder rounds up: 2048 samples at 8 kHz."""


def both(call: CallFile, agent: Channel = "left") -> tuple[Audio, Audio]:
    blocks = list(call.blocks(agent))
    assert [block.start for block in blocks] == [
        sum(len(block.agent) for block in blocks[:n]) for n in range(len(blocks))
    ]
    return (
        np.concatenate([block.agent for block in blocks]),
        np.concatenate([block.customer for block in blocks]),
    )


def level_at(audio: Audio, hertz: float) -> float:
    """The amplitude of a tone in the middle of 16 kHz audio."""
    middle = audio[RATE // 2 : RATE // 2 + RATE]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle)))) / (len(middle) / 4)
    return float(spectrum[round(hertz) - 5 : round(hertz) + 6].max())


def refused(path: Path) -> str:
    with pytest.raises(UserError) as why:
        inspect(path)
    assert path.name in str(why.value)
    return why.value.key


# ---- what people have ----------------------------------------------------------------------------

RATES = {
    "mp3": [8_000, 11_025, 16_000, 22_050, 44_100, 48_000],
    "ogg-opus": [8_000, 16_000, 48_000],
    "opus": [48_000],
}
ANY_RATE = [8_000, 11_025, 16_000, 22_050, 44_100, 48_000]
KINDS = [(kind, rate) for kind in CODECS for rate in RATES.get(kind, ANY_RATE)]


@pytest.mark.parametrize(("kind", "rate"), KINDS, ids=[f"{k}-{r}" for k, r in KINDS])
def test_a_recording_is_read_as_it_was_made(tmp_path: Path, kind: str, rate: int) -> None:
    name, codec = CODECS[kind]
    call = inspect(write(tmp_path / name, tones(2, rate, (LEFT_HZ, RIGHT_HZ)), rate, codec))
    exact = kind in LOSSLESS
    assert 0 <= call.duration_s - 2 <= (0 if exact else ENCODER_PADS_S)
    assert call.silent is None
    assert call.left_dbfs == pytest.approx(-7.4, abs=0.2 if exact else 1.6)
    assert call.right_dbfs == pytest.approx(-13.5, abs=0.2 if exact else 1.6)
    agent, customer = both(call)
    assert agent.dtype == customer.dtype == np.float32
    assert len(agent) == len(customer) == pytest.approx(call.duration_s * RATE, abs=2)
    loud, soft = level_at(agent, LEFT_HZ), level_at(customer, RIGHT_HZ)
    assert loud == pytest.approx(0.6, rel=0.02 if exact else 0.2)
    assert soft == pytest.approx(0.3, rel=0.02 if exact else 0.2)
    assert level_at(agent, RIGHT_HZ) < 0.02, "the customer does not leak into the agent's channel"
    assert level_at(customer, LEFT_HZ) < 0.02, "nor the other way round"


@pytest.mark.parametrize("agent", ["left", "right"])
def test_the_agent_is_the_channel_that_was_asked_for(tmp_path: Path, agent: Channel) -> None:
    call = inspect(write(tmp_path / "call.wav", tones(2, 8_000, (LEFT_HZ, RIGHT_HZ)), 8_000))
    agents, customers = both(call, agent)
    left, right = (agents, customers) if agent == "left" else (customers, agents)
    assert level_at(left, LEFT_HZ) > 0.5
    assert level_at(right, RIGHT_HZ) > 0.2


@pytest.mark.parametrize("mask", [0x0, 0x3, 0x5, 0xC, 0x30, 0x600])
def test_two_channels_stay_apart_whichever_speakers_the_header_names(
    tmp_path: Path, mask: int
) -> None:
    sound = tones(2, 8_000, (LEFT_HZ, RIGHT_HZ))
    path = tmp_path / "call.wav"
    path.write_bytes(wav_header(len(samples(sound)), mask=mask) + samples(sound))
    agent, customer = both(inspect(path))
    assert level_at(agent, LEFT_HZ) == pytest.approx(0.6, rel=0.02)
    assert level_at(customer, RIGHT_HZ) == pytest.approx(0.3, rel=0.02)
    assert level_at(agent, RIGHT_HZ) < 0.001
    assert level_at(customer, LEFT_HZ) < 0.001


@pytest.mark.parametrize("block_s", [0.02, 0.1, 0.37, 1.0, 60.0])
def test_the_length_of_the_blocks_changes_nothing(tmp_path: Path, block_s: float) -> None:
    call = inspect(write(tmp_path / "call.flac", tones(2.3, 11_025), 11_025, "flac"))
    whole, pieces = both(call), list(call.blocks("left", block_s=block_s))
    assert np.array_equal(np.concatenate([block.agent for block in pieces]), whole[0])
    assert np.array_equal(np.concatenate([block.customer for block in pieces]), whole[1])


def streamed(sound: Sound, length: int) -> bytes:
    return wav_header(length) + samples(sound)


@pytest.mark.parametrize("length", [0, 0x7FFF_FFDB, 0xFFFF_FFFF, 0xFFFF_FFFF - 36])
def test_a_wav_file_that_was_written_into_a_pipe_is_whole(tmp_path: Path, length: int) -> None:
    path = tmp_path / "call.wav"
    path.write_bytes(streamed(tones(1, 8_000), length))
    assert inspect(path).duration_s == pytest.approx(1.0)


@pytest.mark.parametrize(
    "extra",
    [
        chunk(b"LIST", b"INFOISFT\x0e\0\0\0the data here\0"),
        chunk(b"bext", bytes(9001)),
        chunk(b"JUNK", b"data" * 50),
    ],
    ids=["a comment with the word data", "a long odd broadcast header", "junk"],
)
def test_chunks_before_the_sound_do_not_hide_what_it_promises(tmp_path: Path, extra: bytes) -> None:
    content = samples(tones(3, 8_000))
    path = tmp_path / "call.wav"
    path.write_bytes(wav_header(len(content), extra=extra) + content)
    assert inspect(path).duration_s == pytest.approx(3.0)
    path.write_bytes(wav_header(len(content), extra=extra) + content[: len(content) // 2])
    assert refused(path) == "audio.truncated"


def test_a_chunk_after_the_sound_is_no_sound(tmp_path: Path) -> None:
    content = samples(tones(1, 8_000))
    path = tmp_path / "call.wav"
    path.write_bytes(wav_header(len(content)) + content + chunk(b"LIST", bytes(4000)))
    assert inspect(path).duration_s == pytest.approx(1.0)


def test_an_mp3_file_without_a_count_of_its_frames_is_whole(tmp_path: Path) -> None:
    import av
    from av.audio.stream import AudioStream

    path, rate = tmp_path / "call.mp3", 44_100
    loud = np.random.default_rng(1).normal(0, 0.2, (2, 10 * rate)).astype(np.float32)
    sound = np.concatenate((np.zeros_like(loud), loud), axis=1)
    with av.open(str(path), "w", options={"write_xing": "0"}) as container:
        variable = {"flags": "+qscale", "global_quality": "472"}
        stream = container.add_stream("libmp3lame", rate=rate, layout="stereo", options=variable)
        assert isinstance(stream, AudioStream)
        frame = av.AudioFrame.from_ndarray(sound, format="fltp", layout="stereo")
        frame.sample_rate = rate
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with av.open(str(path)) as container:
        assert (container.duration or 0) > 30_000_000, "FFmpeg guesses far too long"
    assert inspect(path).duration_s == pytest.approx(20, abs=0.1)


def test_rubbish_behind_a_whole_mp3_is_no_loss(tmp_path: Path) -> None:
    path = write(tmp_path / "call.mp3", tones(3, 16_000), 16_000, "libmp3lame")
    path.write_bytes(path.read_bytes() + np.random.default_rng(2).bytes(3000))
    call = inspect(path)
    assert call.duration_s == pytest.approx(3, abs=0.1)
    assert len(both(call)[0]) == pytest.approx(call.duration_s * RATE, abs=2)


def test_progress_grows_to_one(tmp_path: Path) -> None:
    told: list[float] = []
    inspect(write(tmp_path / "call.flac", tones(5, 8_000), 8_000, "flac"), told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)
    assert len(told) > 3


@pytest.mark.parametrize(
    "name",
    [
        "2026-11-24T12:30.wav",
        "http:call.wav",
        "-call.wav",
        "a%03d.wav",
        "concat:a|b.wav",
        "é 🙂.wav",
    ],
)
def test_no_name_is_taken_for_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "call.wav", tones(1, 8_000), 8_000).rename(tmp_path / name)
    assert inspect(Path(name)).duration_s == pytest.approx(1.0)


# ---- levels --------------------------------------------------------------------------------------


def recorded(tmp_path: Path, sound: Sound) -> Path:
    return write(tmp_path / "call.wav", sound.astype(np.float32), 8_000, "pcm_f32le")


def speech(seed: int, level: float = 0.1) -> Sound:
    return np.random.default_rng(seed).normal(0, level, (1, 16_000)).astype(np.float32)


@pytest.mark.parametrize(
    ("left", "right", "silent"),
    [
        (speech(1), speech(2), None),
        (speech(1), speech(2, 0.001), None),
        (speech(1, 0), speech(2), "left"),
        (speech(1), speech(2, 0), "right"),
        (speech(1), speech(2, 0.0001), "right"),
        (speech(1), speech(2, 0) + 0.05, "right"),
        (speech(1), speech(1) * 0.0005, "right"),
    ],
    ids=[
        "two voices",
        "a soft voice",
        "nothing on the left",
        "nothing on the right",
        "a hiss below hearing",
        "a constant offset",
        "a trace of the other side",
    ],
)
def test_a_silent_channel_is_told_and_is_no_error(
    tmp_path: Path, left: Sound, right: Sound, silent: Channel | None
) -> None:
    call = inspect(recorded(tmp_path, np.concatenate((left, right))))
    assert call.silent == silent


@pytest.mark.parametrize(
    ("right", "same"),
    [
        (speech(1), True),
        (speech(1) * 0.2, True),
        (-speech(1), True),
        (speech(1) + speech(3, 0.01), True),
        (speech(1) + 0.3, True),
        (speech(2), False),
        (speech(2) + speech(1) * 0.5, False),
        (np.roll(speech(1), 400, axis=1), False),
    ],
    ids=[
        "the same",
        "softer",
        "turned over",
        "with line noise",
        "with an offset",
        "another voice",
        "another voice with an echo of the first",
        "an echo only",
    ],
)
def test_channels_with_the_same_content_are_recognised(
    tmp_path: Path, right: Sound, same: bool
) -> None:
    path = recorded(tmp_path, np.concatenate((speech(1), right)))
    if same:
        assert refused(path) == "audio.same_channels"
    else:
        assert inspect(path).silent is None


def test_two_different_voices_on_a_common_offset_are_not_the_same(tmp_path: Path) -> None:
    sound = np.concatenate((speech(1, 0.01), speech(2, 0.01))) + 0.4
    assert inspect(recorded(tmp_path, sound)).silent is None


def test_python_s_own_wave_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "call.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(8_000)
        file.writeframes(samples(tones(1, 8_000)))
    assert inspect(path).codec == "pcm_s16le"
