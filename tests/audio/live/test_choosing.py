"""Devices are chosen by name, and nothing is guessed."""

from pathlib import Path

import pytest

from audio import devices, pulse
from audio.capture import DeviceMissing
from audio.loopback import PulseDevice, named
from audio.microphone import PortAudioDevice
from coach.core.vocabulary import Speaker
from coach.errors import UserError
from tests.pulse import SoundServer

SOURCES = [
    pulse.PulseSource(index=1, name="usb-jabra", description="Jabra 750", monitor_of=None, rate=1),
    pulse.PulseSource(
        index=2,
        name="usb-jabra.monitor",
        description="Monitor of Jabra 750",
        monitor_of="x",
        rate=1,
    ),
    pulse.PulseSource(index=3, name="pci", description="Built-in", monitor_of=None, rate=1),
]


@pytest.mark.parametrize(
    ("name", "index"),
    [("usb-jabra", 1), ("Jabra 750", 1), ("Monitor of Jabra 750", 2), ("monitor", 2), ("BUILT", 3)],
)
def test_a_name_a_description_or_a_part_of_one_will_do(name: str, index: int) -> None:
    assert named(name, SOURCES).index == index


@pytest.mark.parametrize(
    ("name", "reason"), [("jabra", "several_devices"), ("plantronics", "device_missing")]
)
def test_what_is_not_clear_is_not_guessed(name: str, reason: str) -> None:
    with pytest.raises(DeviceMissing) as missing:
        named(name, SOURCES)
    assert missing.value.reason == reason


def test_the_defaults_are_the_microphone_and_what_the_headset_plays(server: SoundServer) -> None:
    assert PulseDevice(name="default", speaker=Speaker.AGENT).find().name == "mic"
    customer = PulseDevice(name="default", speaker=Speaker.CUSTOMER).find()
    assert (customer.name, customer.monitor_of) == ("headset.monitor", "headset")
    server.pactl("set-default-source", "headset.monitor")
    with pytest.raises(DeviceMissing) as missing:  # that would be the customer, not the agent
        PulseDevice(name="default", speaker=Speaker.AGENT).find()
    assert missing.value.reason == "no_microphone"


def test_a_sound_server_is_used_where_there_is_one(server: SoundServer) -> None:
    both = devices.choose("default", "line_right")
    assert both.agent == PulseDevice(name="default", speaker=Speaker.AGENT)
    assert both.customer == PulseDevice(name="line_right", speaker=Speaker.CUSTOMER)
    both.close()
    assert {d.name: d.plays for d in devices.known()}["headset.monitor"]
    assert server.pactl("info")


def test_an_input_that_only_portaudio_knows_can_be_chosen_beside_it(server: SoundServer) -> None:
    assert server.pactl("info")
    both = devices.choose("pulse", "default")
    assert both.agent == PortAudioDevice(name="pulse")
    both.close()


def test_without_a_sound_server_a_second_input_must_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nowhere'}")
    with pytest.raises(UserError) as error:
        devices.choose("default", "default")
    assert error.value.key == "audio.no_loopback"
    both = devices.choose("default", "second input")
    assert both.customer == PortAudioDevice(name="second input")
