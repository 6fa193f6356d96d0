"""The frames are those that faster-whisper would compute, the silence behind included."""

import numpy as np
import pytest
from faster_whisper.feature_extractor import FeatureExtractor

from coach.core.units import RATE
from coach.runtime.ports import Audio
from models.mel import FRAMES_A_SECOND, MelFrames

RANDOM = np.random.default_rng(7)


def sound(samples: int) -> Audio:
    return (0.1 * RANDOM.standard_normal(samples)).astype(np.float32)


def theirs(extractor: FeatureExtractor, audio: Audio, window_s: float) -> np.ndarray:
    padded = np.zeros(round(window_s * RATE), np.float32)
    padded[: len(audio)] = audio
    frames = round(window_s * FRAMES_A_SECOND) // 2 * 2
    return extractor(padded, padding=0)[:, :frames]


@pytest.mark.parametrize("size", [80, 128])
@pytest.mark.parametrize("samples", [1_600, 1_601, 15_999, 16_000, 33_333, 160_000])
@pytest.mark.parametrize("more_s", [0.5, 2.0, 4.0, 15.0])
def test_the_frames_are_the_same(size: int, samples: int, more_s: float) -> None:
    extractor = FeatureExtractor(feature_size=size)
    audio, window_s = sound(samples), round(samples / RATE + more_s, 1)
    ours = MelFrames(extractor).of(audio, window_s)
    assert ours.dtype == np.float32
    assert ours.flags.c_contiguous
    assert ours.shape[0] == size
    np.testing.assert_allclose(ours, theirs(extractor, audio, window_s), atol=1e-6)


def test_a_window_full_of_speech_differs_only_in_its_last_frames() -> None:
    """There the original sees the speech mirrored; here it ends."""
    extractor, audio = FeatureExtractor(), sound(30 * RATE)
    ours, original = MelFrames(extractor).of(audio, 30.0), theirs(extractor, audio, 30.0)
    assert ours.shape == original.shape
    np.testing.assert_allclose(ours[:, :-2], original[:, :-2], atol=1e-6)


def test_a_longer_window_over_the_same_speech_computes_nothing_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    extractor, audio = FeatureExtractor(), sound(RATE)
    frames = MelFrames(extractor)
    asked: list[int] = []
    transform = frames._stft

    def counted(*given: object, **named: object) -> object:
        asked.append(1)
        return transform(*given, **named)

    monkeypatch.setattr(frames, "_stft", counted)
    frames.of(audio, 5.0)
    longer = frames.of(audio, 30.0)
    assert len(asked) == 1
    np.testing.assert_allclose(longer, theirs(extractor, audio, 30.0), atol=1e-6)
    other = sound(RATE)
    np.testing.assert_allclose(frames.of(other, 5.0), theirs(extractor, other, 5.0), atol=1e-6)
    assert len(asked) == 2


def test_silence_is_silence() -> None:
    extractor = FeatureExtractor()
    audio = np.zeros(RATE, np.float32)
    ours = MelFrames(extractor).of(audio, 3.0)
    np.testing.assert_allclose(ours, theirs(extractor, audio, 3.0), atol=1e-6)
