"""Windows loopback against a stand-in of PyAudioWPatch; nobody has tried it on Windows."""

import queue
import sys
from functools import partial

import numpy as np
import pytest

from audio import devices, wasapi
from audio.capture import DeviceMissing
from audio.line import Line
from audio.microphone import PortAudioDevice
from audio.wasapi import WasapiLoopback
from coach.core.units import RATE, Samples
from coach.core.vocabulary import Speaker
from coach.errors import UserError
from coach.runtime.ports import Audio
from tests.audio.live.simulated import AtOnce, HandClock, SimulatedCapture, SimulatedDevice
from tests.audio.live.windows import CONTINUE, Machine, pretend_windows
from tests.pulse import PATIENCE_S, until


def half(count: int, level: float = 0.5) -> Audio:
    return np.full(count, level, np.float32)


def test_the_default_output_is_recorded_at_its_own_rate_with_its_channels_mixed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machine = pretend_windows(monkeypatch)
    capture = WasapiLoopback(name="default").open()
    (stream,) = machine.streams
    assert (stream.output, capture.device, capture.rate) == (
        "Headset (Jabra)",
        "Headset (Jabra)",
        48_000,
    )
    assert stream.options["channels"] == 2
    assert stream.play(half(3), half(3, 0.25)) == (None, CONTINUE)
    stream.play(half(1), half(1), status=2)
    assert capture.read().tolist() == [0.375, 0.375, 0.375, 0.5]
    assert len(capture.read()) == 0
    assert (capture.alive, capture.overruns) == (True, 1)
    capture.close()
    capture.close()
    assert not stream.active
    assert machine.initialised == 0


@pytest.mark.parametrize(
    ("name", "output"),
    [("Speakers", "Speakers"), ("jabra", "Headset (Jabra)"), ("default", "Headset (Jabra)")],
)
def test_an_output_is_found_by_its_name_or_a_part_of_it(
    monkeypatch: pytest.MonkeyPatch, name: str, output: str
) -> None:
    machine = pretend_windows(monkeypatch)
    capture = WasapiLoopback(name=name).open()
    assert machine.streams[0].output == capture.device == output
    capture.close()


@pytest.mark.parametrize(
    ("machine", "name", "reason"),
    [
        (Machine(), "Plantronics", "device_missing"),
        (Machine(outputs=["Jabra 1", "Jabra 2"], default="Jabra 1"), "jabra", "several_devices"),
        (Machine(outputs=[], default=""), "default", "no_wasapi"),
        (Machine(wasapi=False), "default", "no_wasapi"),
        (Machine(busy=True), "default", "device_busy"),
    ],
    ids=["unplugged", "two fit", "no output", "no WASAPI", "kept by another program"],
)
def test_what_cannot_be_opened_is_missing_with_its_reason_and_leaves_nothing_open(
    monkeypatch: pytest.MonkeyPatch, machine: Machine, name: str, reason: str
) -> None:
    pretend_windows(monkeypatch, machine)
    with pytest.raises(DeviceMissing) as missing:
        WasapiLoopback(name=name).open()
    assert missing.value.reason == reason
    assert machine.initialised == 0


def test_a_default_that_moved_and_a_stream_that_ended_are_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machine = pretend_windows(monkeypatch)
    default = "Headset (Jabra)"
    device = WasapiLoopback(name="default", default=lambda: default)
    capture = device.open()
    assert not device.moved(capture)
    default = machine.default = "Speakers"
    assert wasapi.default_output() == "Headset (Jabra)"  # PortAudio's list is frozen meanwhile
    assert device.moved(capture)
    assert not WasapiLoopback(name="Headset", default=lambda: default).moved(capture)
    machine.streams[0].active = False
    assert not capture.alive
    machine.busy = True  # the stream does not even answer
    assert not capture.alive
    capture.close()
    machine.busy = False
    again = device.open()
    assert again.device == "Speakers"
    again.close()


def is_now(default: wasapi.DefaultOutput, name: str | None) -> bool:
    return default.now() == name


def test_another_process_says_which_output_is_the_default() -> None:
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    stopped: list[bool] = []
    default = wasapi.DefaultOutput(iter(lines.get, ""), lambda: stopped.append(True))
    seen = []
    for line in ("Headset\n", "Headset\n", "Speakers\n", "\n"):
        lines.put(line)
        until(partial(is_now, default, line.strip() or None), PATIENCE_S, "the line was read")
        seen.append(default.changed())
    assert seen == [False, False, True, True]
    lines.put("")
    default.close()
    assert stopped == [True]


def test_what_comes_only_while_something_plays_is_no_fault_when_nothing_comes() -> None:
    class Loopback(SimulatedCapture):
        silent_when_idle = True

    class Device(SimulatedDevice):
        def open(self) -> Loopback:
            super().open()
            return Loopback(self)

    clock = HandClock()
    device = Device(clock, delivers=lambda now_s: not 10 <= now_s < 40)
    line = Line(Speaker.CUSTOMER, device, AtOnce)
    gaps = []
    while clock.now() < 60:
        line.pump(clock.now())
        line.side.fill(Samples(max(0, int((clock.now() - 0.5) * RATE))))
        gaps += line.side.take_gaps()
        clock.wait(0.01)
    line.close()
    assert device.opened == 1
    idle = [gap for gap in gaps if gap.reason != "starting"]
    assert {gap.reason for gap in idle} == {"nothing_played"}
    assert sum(gap.end - gap.start for gap in idle) / RATE == pytest.approx(30, abs=0.5)


def test_without_the_library_it_is_missing_and_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyaudiowpatch", None)
    assert not wasapi.available()
    with pytest.raises(DeviceMissing) as missing:
        WasapiLoopback(name="default").open()
    assert missing.value.reason == "no_wasapi"


def on(monkeypatch: pytest.MonkeyPatch, platform: str, *inputs: str) -> None:
    monkeypatch.setattr(devices.sys, "platform", platform)
    monkeypatch.setattr(devices, "input_names", lambda: list(inputs))


def test_on_windows_the_customer_is_what_the_default_output_plays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pretend_windows(monkeypatch)
    monkeypatch.setattr(wasapi, "watched", lambda: wasapi.DefaultOutput([]))
    on(monkeypatch, "win32", "Microphone (Jabra)", "Line In")
    both = devices.choose("default", "default")
    assert both.agent == PortAudioDevice(name="default")
    assert both.customer == WasapiLoopback(name="default")
    both.close()
    assert devices.choose("default", "Speakers").customer == WasapiLoopback(name="Speakers")
    assert devices.choose("default", "Line In").customer == PortAudioDevice(name="Line In")
    known = {one.name: one.plays for one in devices.known()}
    assert known == {
        "Microphone (Jabra)": False,
        "Line In": False,
        "Headset (Jabra)": True,
        "Speakers": True,
    }


def test_on_windows_without_the_library_the_user_is_told_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyaudiowpatch", None)
    on(monkeypatch, "win32", "Microphone")
    with pytest.raises(UserError) as error:
        devices.choose("default", "default")
    assert error.value.key == "audio.no_wasapi"


@pytest.mark.parametrize(
    ("inputs", "customer"),
    [
        (("MacBook Microphone", "BlackHole 2ch"), "BlackHole 2ch"),
        (("Soundflower (2ch)", "Headset"), "Soundflower (2ch)"),
        (("Headset", "Loopback Audio"), "Loopback Audio"),
    ],
)
def test_on_macos_a_virtual_device_is_the_customer(
    monkeypatch: pytest.MonkeyPatch, inputs: tuple[str, ...], customer: str
) -> None:
    on(monkeypatch, "darwin", *inputs)
    both = devices.choose("default", "default")
    assert both.customer == PortAudioDevice(name=customer)
    assert {one.name: one.plays for one in devices.known()}[customer]


def test_on_macos_the_microphone_is_never_the_virtual_device(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    on(monkeypatch, "darwin", "BlackHole 2ch", "MacBook Microphone")
    with pytest.raises(UserError) as error:
        devices.choose("BlackHole 2ch", "default")
    assert error.value.key == "audio.same_device"


@pytest.mark.parametrize(
    ("inputs", "key"),
    [
        (("MacBook Microphone",), "audio.no_virtual_device"),
        (("BlackHole 2ch", "BlackHole 16ch"), "audio.several_devices"),
    ],
)
def test_on_macos_without_a_clear_virtual_device_the_user_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch, inputs: tuple[str, ...], key: str
) -> None:
    on(monkeypatch, "darwin", *inputs)
    with pytest.raises(UserError) as error:
        devices.choose("default", "default")
    assert error.value.key == key
    assert devices.choose("default", "line-out").customer == PortAudioDevice(name="line-out")
