"""What carries samples out of a callback, and what a PortAudio stream does when things go wrong."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import sounddevice
from hypothesis import given
from hypothesis import strategies as st

from audio import microphone
from audio.capture import DeviceMissing, SampleQueue
from audio.microphone import PortAudioDevice


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 40)), max_size=60))
def test_samples_come_out_as_they_went_in_and_what_did_not_fit_is_counted(
    steps: list[tuple[bool, int]],
) -> None:
    queue, inside, number, lost = SampleQueue(64), 0, 0, 0
    sent: list[float] = []
    got: list[float] = []
    for writes, count in steps:
        if not writes:
            got += queue.read().tolist()
            inside = 0
            continue
        piece = np.arange(number, number + count, dtype=np.float32)
        number += count
        queue.write(piece)
        if inside + count > 64:
            lost += 1
        else:
            inside += count
            sent += piece.tolist()
    got += queue.read().tolist()
    assert got == sent
    assert queue.overruns == lost


class FakeStream:
    """A PortAudio stream that the test drives."""

    def __init__(self, **options: Any) -> None:
        self.callback: Callable[..., None] = options["callback"]
        self.active = False
        self.closed = False

    def start(self) -> None:
        self.active = True

    def close(self, ignore_errors: bool = True) -> None:  # noqa: ARG002 - sounddevice's
        self.closed = True


@pytest.fixture
def portaudio(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A machine with one headset, which can be unplugged."""
    state = SimpleNamespace(plugged=True, listed=True, refreshed=0, streams=[])

    def query(device: str | None = None, kind: str | None = None) -> Any:  # noqa: ARG001
        if not state.listed:
            raise ValueError("No input device matching")
        return {"name": "headset", "default_samplerate": 44_100.0, "max_input_channels": 1}

    def stream(**options: Any) -> FakeStream:
        state.streams.append(FakeStream(**options))
        return state.streams[-1]

    def read_list_again() -> None:
        state.refreshed += 1
        state.listed = state.plugged

    monkeypatch.setattr(sounddevice, "query_devices", query)
    monkeypatch.setattr(sounddevice, "InputStream", stream)
    monkeypatch.setattr(sounddevice, "_terminate", lambda: None)
    monkeypatch.setattr(sounddevice, "_initialize", read_list_again)
    monkeypatch.setattr(microphone, "_open_streams", set())
    return state


def test_a_callback_hands_on_its_samples_and_counts_what_portaudio_lost(
    portaudio: SimpleNamespace,
) -> None:
    capture = PortAudioDevice(name="default").open()
    (stream,) = portaudio.streams
    stream.callback(np.full((3, 1), 0.5, np.float32), 3, None, 0)
    stream.callback(np.full((2, 1), -0.5, np.float32), 2, None, "input overflow")
    assert capture.read().tolist() == [0.5, 0.5, 0.5, -0.5, -0.5]
    assert len(capture.read()) == 0
    assert (capture.device, capture.rate, capture.overruns) == ("headset", 44_100, 1)
    stream.active = False
    assert not capture.alive
    capture.close()
    capture.close()
    assert stream.closed


def test_a_device_that_came_later_is_found_when_no_stream_would_suffer(
    portaudio: SimpleNamespace,
) -> None:
    portaudio.listed = False
    PortAudioDevice(name="headset").open()
    assert portaudio.refreshed == 1
    portaudio.listed = False
    with pytest.raises(DeviceMissing):
        PortAudioDevice(name="headset").open()
    assert portaudio.refreshed == 1


def test_a_device_that_is_not_there_is_missing_and_no_crash(portaudio: SimpleNamespace) -> None:
    portaudio.listed = portaudio.plugged = False
    for name in ("headset", "default"):
        with pytest.raises(DeviceMissing):
            PortAudioDevice(name=name).open()


@pytest.mark.parametrize(
    ("code", "reason"),
    [(-9985, "device_busy"), (-9996, "device_missing"), (None, "device_missing")],
)
def test_a_device_that_another_program_keeps_to_itself_is_busy_and_found_again_later(
    portaudio: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, code: int | None, reason: str
) -> None:
    opens = sounddevice.InputStream

    def refuses(**_: Any) -> FakeStream:
        raise sounddevice.PortAudioError(
            "Error opening InputStream", *([] if code is None else [code])
        )

    monkeypatch.setattr(sounddevice, "InputStream", refuses)
    with pytest.raises(DeviceMissing) as missing:
        PortAudioDevice(name="headset").open()
    assert missing.value.reason == reason
    monkeypatch.setattr(sounddevice, "InputStream", opens)
    assert PortAudioDevice(name="headset").open().alive
    assert portaudio.streams
