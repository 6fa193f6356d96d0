"""What every source of a call promises: a file, and live devices of every kind."""

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from audio.callfile import inspect
from audio.capture import Device
from audio.live import LiveSource
from audio.loopback import PulseDevice
from audio.microphone import PortAudioDevice
from audio.wasapi import WasapiLoopback
from coach.app import Recording, demo_call
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Source
from tests.audio.live.simulated import AtOnce, HandClock, SimulatedDevice
from tests.audio.live.windows import Machine, pretend_windows
from tests.pulse import sound_server

KINDS = ("file", "simulated", "unplugged", "sound server", "portaudio", "windows")


class PlayingClock(HandClock):
    """Moves by hand, and lets the stand-in of Windows play as it moves."""

    machine: Machine

    def wait(self, seconds: float) -> None:
        super().wait(seconds)
        sound = np.full(round(seconds * self.machine.rate), 0.25, np.float32)
        for stream in self.machine.streams:
            stream.play(sound, sound)


def live(agent: Device) -> LiveSource:
    return LiveSource(agent, PulseDevice(name="default", speaker=Speaker.CUSTOMER))


@pytest.fixture(params=KINDS)
def source(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Source]:
    match request.param:
        case "file":
            yield Recording(file=inspect(demo_call()), agent="left", block_s=0.05)
        case "simulated" | "unplugged":
            clock = HandClock()
            gone = SimulatedDevice(clock, plugged=lambda _: request.param == "simulated")
            device = SimulatedDevice(clock, rate=48_000)
            yield LiveSource(device, gone, clock=clock, background=AtOnce)
        case "sound server":
            with sound_server(tmp_path):
                yield live(PulseDevice(name="default", speaker=Speaker.AGENT))
        case "portaudio":
            with sound_server(tmp_path):
                yield live(PortAudioDevice(name="pulse"))
        case "windows":
            machine, clock = pretend_windows(monkeypatch), PlayingClock()
            clock.machine = machine
            agent = SimulatedDevice(clock)
            customer = WasapiLoopback(name="default")
            yield LiveSource(agent, customer, clock=clock, background=AtOnce)


def test_blocks_come_in_order_without_holes_in_one_form(source: Source) -> None:
    with closing(source.blocks()) as stream:  # type: ignore[type-var]
        blocks = list(islice(stream, 60))
    at = 0
    for block in blocks:
        assert block.start == at
        at += len(block.agent)
        for side in (block.agent, block.customer):
            assert side.dtype == np.float32
            assert side.shape == (len(block.agent),)
            assert np.isfinite(side).all()
            assert np.abs(side).max(initial=0) <= 1
    assert at > 0
