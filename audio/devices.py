"""The sound devices of this machine, and which of them are the two sides of a call."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

from audio import wasapi
from audio.capture import Device
from audio.microphone import PortAudioDevice, input_names
from audio.wasapi import WasapiLoopback
from coach.core.vocabulary import Speaker
from coach.errors import UserError

DEFAULT = "default"
"""The name that stands for the system's own choice."""

VIRTUAL = ("blackhole", "soundflower", "loopback audio", "vb-cable")
"""What virtual devices of macOS are called: inputs that give what other programs play."""


@dataclass(frozen=True, slots=True)
class Devices:
    """How many devices can record and how many can play."""

    inputs: int
    outputs: int


@dataclass(frozen=True, kw_only=True, slots=True)
class BothSides:
    """The devices of a call. `changed` says whether something about devices changed; then `close`.

    Both devices are remembered by name: a number means another device after the next start.
    """

    agent: Device
    customer: Device
    changed: Callable[[], bool]
    close: Callable[[], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A device that can be chosen. `plays`: what it gives is the sound of a headset.

    `rate` is its own, in samples a second; 0 if unknown.
    """

    name: str
    description: str
    plays: bool
    rate: int = 0
    muted: bool = False


def count() -> Devices | None:
    """The devices that PortAudio sees; `None` where it is missing or does not answer."""
    try:
        import sounddevice
    except OSError:
        return None
    try:
        found = sounddevice.query_devices()
    except sounddevice.PortAudioError:
        return None
    return Devices(
        inputs=sum(device["max_input_channels"] > 0 for device in found),
        outputs=sum(device["max_output_channels"] > 0 for device in found),
    )


def choose(microphone: str, customer: str) -> BothSides:
    """The devices with these names; "default" follows the system.

    Raises `UserError` where this machine has no way to hear what the headset plays and no second
    input was named, and says what would give it one.
    """
    if microphone == customer != DEFAULT:
        raise UserError("audio.same_device", name=customer)
    if _has_sound_server():
        return _of_sound_server(microphone, customer)
    if sys.platform == "win32" and _plays(customer):
        return _on_windows(microphone, customer)
    name = _on_macos() if sys.platform == "darwin" and customer == DEFAULT else customer
    if name == DEFAULT:
        raise UserError("audio.no_loopback", devices=_named(input_names()))
    if microphone == name:
        raise UserError("audio.same_device", name=name)
    return BothSides(
        agent=PortAudioDevice(name=microphone),
        customer=PortAudioDevice(name=name),
        changed=lambda: False,
        close=lambda: None,
    )


def known() -> list[Known]:
    """The devices that can be chosen here, in the system's order."""
    if _has_sound_server():
        from audio import pulse

        return [
            Known(
                name=source.name,
                description=source.description,
                plays=source.monitor_of is not None,
                rate=source.rate,
                muted=source.muted,
            )
            for source in pulse.sources()
        ]
    inputs = input_names()
    virtual = _virtual(inputs) if sys.platform == "darwin" else []
    found = [Known(name=name, description=name, plays=name in virtual) for name in inputs]
    if sys.platform == "win32" and wasapi.available():
        found += [Known(name=n, description=n, plays=True) for n in wasapi.output_names()]
    return found


def _plays(customer: str) -> bool:
    """Whether a name is that of an output, on Windows. Raises `UserError`: nothing to hear it."""
    if customer != DEFAULT and customer in input_names():
        return False
    if wasapi.available():
        return True
    if customer == DEFAULT:
        raise UserError("audio.no_wasapi", devices=_named(input_names()))
    return False


def _on_windows(microphone: str, customer: str) -> BothSides:
    """What an output plays, and the microphone."""
    default = wasapi.watched()
    return BothSides(
        agent=PortAudioDevice(name=microphone),
        customer=WasapiLoopback(name=customer, default=default.now),
        changed=default.changed,
        close=default.close,
    )


def _on_macos() -> str:
    """The virtual device that the headset's sound is sent to as well."""
    found = _virtual(input_names())
    if not found:
        raise UserError("audio.no_virtual_device", devices=_named(input_names()))
    if len(found) > 1:
        raise UserError("audio.several_devices", name=", ".join(found))
    return found[0]


def _virtual(names: list[str]) -> list[str]:
    return [name for name in names if any(known in name.casefold() for known in VIRTUAL)]


def _has_sound_server() -> bool:
    if sys.platform != "linux":
        return False
    from audio import pulse

    return pulse.available()


def _of_sound_server(microphone: str, customer: str) -> BothSides:
    from audio import pulse

    changes = pulse.Changes()
    return BothSides(
        agent=_side(microphone, Speaker.AGENT),
        customer=_side(customer, Speaker.CUSTOMER),
        changed=changes.happened,
        close=changes.close,
    )


def _side(name: str, speaker: Speaker) -> Device:
    """A source of the sound server; else an input that only PortAudio knows, if it knows it."""
    from audio.capture import DeviceMissing
    from audio.loopback import PulseDevice

    device = PulseDevice(name=name, speaker=speaker)
    try:
        device.find()
    except DeviceMissing as why:
        if why.reason == "several_devices":
            raise UserError("audio.several_devices", name=name) from why
        if name in input_names():
            return PortAudioDevice(name=name)
    return device  # it may be plugged in later


def _named(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names) or "–"
