"""The sound devices of this machine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Devices:
    """How many devices can record and how many can play."""

    inputs: int
    outputs: int


def count() -> Devices | None:
    """The devices that PortAudio sees; `None` where PortAudio itself is missing."""
    try:
        import sounddevice
    except OSError:
        return None
    found = sounddevice.query_devices()
    return Devices(
        inputs=sum(device["max_input_channels"] > 0 for device in found),
        outputs=sum(device["max_output_channels"] > 0 for device in found),
    )
