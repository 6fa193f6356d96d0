"""The stream hears what faster-whisper's own whole-file run of the same network hears."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from coach.core.units import RATE
from coach.errors import ProductError
from coach.runtime.ports import FRAME, Audio
from models.vad import SileroDetector


def syllables(seconds: float, seed: int) -> Audio:
    """Buzzes that swell four times a second, with pauses and noise: enough to wake the detector."""
    random = np.random.default_rng(seed)
    t = np.arange(round(seconds * RATE / FRAME) * FRAME) / RATE
    pitch = 110 + 25 * np.sin(2 * np.pi * 0.7 * t)
    buzz = sum(np.sin(n * 2 * np.pi * np.cumsum(pitch) / RATE) / n for n in range(1, 25))
    swell = np.clip(np.sin(2 * np.pi * 4 * t), 0, 1) * (np.sin(2 * np.pi * 0.2 * t) > 0)
    audio = 0.2 * buzz * swell + 0.002 * random.standard_normal(len(t))
    return audio.astype(np.float32)


def frames(audio: Audio) -> Iterator[Audio]:
    return (audio[n : n + FRAME] for n in range(0, len(audio), FRAME))


def heard(detector: SileroDetector, audio: Audio) -> list[float]:
    return [detector.probability(frame) for frame in frames(audio)]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_stream_equals_the_whole_file(seed: int) -> None:
    from faster_whisper.vad import get_vad_model

    audio = syllables(20, seed)
    whole = get_vad_model()(audio.copy()).ravel()
    stream = heard(SileroDetector(), audio)
    assert len(stream) == len(whole) == len(audio) // FRAME
    # The whole-file run zeroes the last 64 samples of its input, by writing through a view of it.
    assert np.abs(np.array(stream) - whole)[:-1].max() < 1e-4
    assert max(stream) > 0.5 > min(stream), "the test audio must matter to the detector"


def test_two_channels_do_not_hear_each_other() -> None:
    one, other = syllables(3, 1), syllables(3, 2)
    left, right = SileroDetector(), SileroDetector()
    both = [
        (left.probability(a), right.probability(b))
        for a, b in zip(frames(one), frames(other), strict=True)
    ]
    assert [a for a, _ in both] == heard(SileroDetector(), one)
    assert [b for _, b in both] == heard(SileroDetector(), other)


def test_a_reset_detector_is_a_new_one() -> None:
    detector = SileroDetector()
    heard(detector, syllables(2, 3))
    detector.reset()
    assert heard(detector, syllables(2, 4)) == heard(SileroDetector(), syllables(2, 4))


def test_the_past_matters_until_it_is_reset() -> None:
    detector = SileroDetector()
    heard(detector, syllables(2, 3))
    assert heard(detector, syllables(2, 4)) != heard(SileroDetector(), syllables(2, 4))


def test_the_frame_is_left_as_it_was() -> None:
    frame = syllables(1, 5)[:FRAME]
    frame.flags.writeable = False
    SileroDetector().probability(frame)


def test_another_network_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "silero_vad_v6.onnx").write_bytes(b"another network")
    monkeypatch.setattr("models.vad._network", lambda: tmp_path / "silero_vad_v6.onnx")
    with pytest.raises(ProductError) as refused:
        SileroDetector()
    assert refused.value.key == "models.wrong_sha256"
