"""The doctor counts devices and never falls over a machine without sound."""

import builtins
import sys
from typing import Any

import pytest
import sounddevice

from audio.devices import Devices, count


def device(inputs: int, outputs: int) -> dict[str, Any]:
    return {"max_input_channels": inputs, "max_output_channels": outputs}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], Devices(0, 0)),
        ([device(1, 0), device(0, 2)], Devices(1, 1)),
        ([device(2, 2), device(2, 0), device(0, 0)], Devices(2, 1)),
    ],
    ids=["none", "a headset", "a headset that is both, and a microphone"],
)
def test_a_device_counts_by_what_it_can_do(
    monkeypatch: pytest.MonkeyPatch, found: list[dict[str, Any]], expected: Devices
) -> None:
    monkeypatch.setattr(sounddevice, "query_devices", lambda: found)
    assert count() == expected


def test_a_machine_without_portaudio_is_unknown_and_no_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "sounddevice":
            raise OSError("PortAudio library not found")
        return real(name, *rest, **more)

    monkeypatch.delitem(sys.modules, "sounddevice")
    monkeypatch.setattr(builtins, "__import__", without)
    assert count() is None


def test_a_sound_system_that_does_not_answer_is_unknown_and_no_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails() -> Any:
        raise sounddevice.PortAudioError("Error querying device -1")

    monkeypatch.setattr(sounddevice, "query_devices", fails)
    assert count() is None


def test_this_machine_can_be_counted() -> None:
    found = count()
    assert found is None or (found.inputs >= 0 and found.outputs >= 0)
