"""The sound devices of this machine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Devices:
    """How many devices can record and how many can play."""

    inputs: int
    outputs: int


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
