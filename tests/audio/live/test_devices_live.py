"""Real recordings through a sound server: both sides, the right way round, at the same moment."""

import re
from pathlib import Path

import numpy as np
import pytest

from audio.callfile import inspect
from audio.capture import Device
from audio.loopback import PulseDevice
from audio.microphone import PortAudioDevice
from coach.app import demo_call
from coach.core.units import RATE
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Audio
from tests.audio.live.listening import listening, loudest, pitch, tone
from tests.pulse import PATIENCE_S, SoundServer, both_ears, stereo, until

LOW, HIGH = 300.0, 1000.0
A_SOFTPHONES_OWN_US = 60_000
"""What a softphone keeps in hand; from a headset's buffer that is smaller it may run dry."""


def line(speaker: Speaker) -> Device:
    side = "left" if speaker is Speaker.AGENT else "right"
    return PulseDevice(name=f"line_{side}", speaker=speaker)


def test_the_agent_is_the_microphone_and_the_customer_what_the_headset_plays(
    server: SoundServer, tmp_path: Path
) -> None:
    spoken = both_ears(tmp_path / "agent.wav", tone(60, LOW))
    heard_by_agent = both_ears(tmp_path / "customer.wav", tone(60, HIGH))
    with listening() as heard:
        start = heard.now()
        with server.playing("micloop", spoken), server.playing("headset", heard_by_agent):
            until(lambda: heard.hears(Speaker.AGENT, start), PATIENCE_S, "the agent")
            until(lambda: heard.hears(Speaker.CUSTOMER, start), PATIENCE_S, "the customer")
            begun = heard.now()
            until(
                lambda: len(heard.side(Speaker.AGENT)) > begun + RATE, PATIENCE_S, "a second of it"
            )
    for speaker, hertz in ((Speaker.AGENT, LOW), (Speaker.CUSTOMER, HIGH)):
        middle = heard.side(speaker)[begun : begun + RATE]
        assert pitch(middle) == pytest.approx(hertz, abs=3)
        assert loudest(middle) == pytest.approx(0.5, rel=0.12)  # 1 dB


def test_the_sides_stay_within_50_ms_of_each_other(server: SoundServer, tmp_path: Path) -> None:
    clicks = np.zeros(4 * RATE, np.float32)
    for second in range(4):
        clicks[second * RATE + 4_000 :][:160] = tone(0.01, 2_000, 0.8)
    sound = stereo(tmp_path / "clicks.wav", clicks, clicks)
    with listening(line(Speaker.AGENT), line(Speaker.CUSTOMER)) as heard:
        start = heard.now()
        server.play("line", sound)
        end = heard.now() + RATE // 2
        until(lambda: len(heard.side(Speaker.AGENT)) > end, PATIENCE_S, "the tail")
    agent, customer = (heard.side(speaker)[start:end] for speaker in Speaker)
    at_agent, at_customer = (np.flatnonzero(np.abs(side) > 0.2) for side in (agent, customer))
    firsts = [at[np.diff(at, prepend=-RATE) > RATE // 2] for at in (at_agent, at_customer)]
    assert len(firsts[0]) == len(firsts[1]) == 4
    assert np.abs(firsts[0] - firsts[1]).max() < 0.05 * RATE


def test_a_call_that_is_played_arrives_whole_to_its_last_word(
    server: SoundServer, tmp_path: Path
) -> None:
    blocks = list(inspect(demo_call()).blocks("left"))
    left, right = (
        np.concatenate([getattr(b, side.value) for b in blocks])[: 13 * RATE] for side in Speaker
    )
    last = int(np.flatnonzero(np.abs(right) > 0.05)[-1])
    left, right = left[: last + 1], right[: last + 1]  # the call ends in the customer's word
    sound = stereo(tmp_path / "call.wav", left, right)
    with listening(line(Speaker.AGENT), line(Speaker.CUSTOMER)) as heard:
        server.play("line", sound)
        end = heard.now()
        until(lambda: len(heard.side(Speaker.AGENT)) > end, PATIENCE_S, "the tail")
    for speaker, played in ((Speaker.AGENT, left), (Speaker.CUSTOMER, right)):
        recorded = heard.side(speaker)
        pieces = [played[at : at + RATE] for at in range(0, len(played), RATE)]
        pieces[-1] = played[-RATE:]
        spoken = [piece for piece in pieces if np.abs(piece).max() > 0.1]
        assert len(spoken) > 3
        assert min(found(piece, recorded) for piece in spoken) > 0.9


def found(piece: Audio, inside: Audio) -> float:
    """How well `piece` can be found inside of a recording: 0..1."""
    size = 1 << (len(piece) + len(inside)).bit_length()
    spectrum = np.fft.rfft(inside, size) * np.conj(np.fft.rfft(piece, size))
    products = np.fft.irfft(spectrum, size)[: len(inside) - len(piece) + 1]
    energy = np.concatenate(([0.0], np.cumsum(np.square(inside, dtype=np.float64))))
    there = energy[len(piece) :] - energy[: -len(piece)]
    return float(np.max(products / np.sqrt((there + 1e-3) * (piece @ piece))))


def test_any_second_input_can_be_the_customer(server: SoundServer, tmp_path: Path) -> None:
    sound = stereo(tmp_path / "line.wav", np.zeros(60 * RATE, np.float32), tone(60, HIGH))
    with listening(customer=line(Speaker.CUSTOMER)) as heard:
        start = heard.now()
        with server.playing("line", sound):
            until(lambda: heard.hears(Speaker.CUSTOMER, start), PATIENCE_S, "the line")
    assert not heard.hears(Speaker.AGENT, 0)


def test_portaudio_records_the_microphone_too(
    server: SoundServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SOURCE", "mic")
    sound = both_ears(tmp_path / "agent.wav", tone(60, LOW))
    with listening(agent=PortAudioDevice(name="pulse")) as heard:
        start = heard.now()
        with server.playing("micloop", sound):
            until(lambda: heard.hears(Speaker.AGENT, start), PATIENCE_S, "the microphone")
            begun = heard.now()
            until(
                lambda: len(heard.side(Speaker.AGENT)) > begun + RATE, PATIENCE_S, "a second of it"
            )
    middle = heard.side(Speaker.AGENT)[begun : begun + RATE]
    assert pitch(middle) == pytest.approx(LOW, abs=3)
    assert loudest(middle) == pytest.approx(0.5, rel=0.12)
    assert all(state.overruns == 0 for state in heard.source.states())


def test_recording_the_headset_leaves_it_a_buffer_that_no_softphone_runs_dry(
    server: SoundServer, tmp_path: Path
) -> None:
    spoken = both_ears(tmp_path / "customer.wav", tone(60, HIGH))
    with server.playing("headset", spoken), listening() as heard:
        start = heard.now()
        until(lambda: heard.hears(Speaker.CUSTOMER, start), PATIENCE_S, "the customer")
        _, _, headset = server.pactl("list", "sinks").partition("Name: headset")
    buffer = re.search(r"Latency: \d+ usec, configured (\d+) usec", headset)
    assert buffer is not None
    assert int(buffer[1]) >= A_SOFTPHONES_OWN_US
