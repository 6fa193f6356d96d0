import numpy as np
import pytest

from audio.stretch import Sound, Stretch

RATE = 16_000


def tone(frequency: float, seconds: float = 4.0) -> Sound:
    t = np.arange(round(seconds * RATE)) / RATE
    wave = 0.5 * np.sin(2 * np.pi * frequency * t)
    return np.stack((wave, wave / 2), axis=1).astype(np.float32)


def reader(sound: Sound):  # type: ignore[no-untyped-def]
    def read(start: int, count: int) -> Sound:
        out = np.zeros((count, 2), np.float32)
        first, last = max(start, 0), min(start + count, len(sound))
        if first < last:
            out[first - start : last - start] = sound[first:last]
        return out

    return read


def played(sound: Sound, pace: float) -> Sound:
    stretch = Stretch(reader(sound), RATE)
    pieces = []
    while stretch.at < len(sound):
        pieces.append(stretch.next(pace))
    return np.concatenate(pieces)


def loudest_frequency(sound: Sound) -> float:
    heard = sound[RATE // 4 : -RATE // 4, 0]
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    return float(np.argmax(spectrum)) * RATE / len(heard)


@pytest.mark.parametrize("pace", [0.5, 0.75, 1.25, 1.5, 2.0])
def test_another_pace_takes_another_time(pace: float) -> None:
    sound = tone(220)
    assert len(played(sound, pace)) == pytest.approx(len(sound) / pace, rel=0.02)


@pytest.mark.parametrize("pace", [0.5, 0.75, 1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("frequency", [110.0, 220.0, 523.0])
def test_the_pitch_stays(pace: float, frequency: float) -> None:
    assert loudest_frequency(played(tone(frequency), pace)) == pytest.approx(frequency, rel=0.02)


@pytest.mark.parametrize("pace", [0.5, 1.5, 2.0])
def test_a_steady_tone_stays_steady(pace: float) -> None:
    heard = played(tone(220), pace)[RATE // 4 : -RATE // 4, 0]
    blocks = heard[: len(heard) // 400 * 400].reshape(-1, 400)
    loudness = np.sqrt((blocks**2).mean(axis=1))
    assert loudness.min() > 0.7 * loudness.max()


def test_at_the_usual_pace_nothing_changes() -> None:
    sound = tone(220)
    assert np.array_equal(played(sound, 1.0)[: len(sound)], sound)


def test_both_sides_stay_in_step() -> None:
    heard = played(tone(220), 1.5)
    assert np.allclose(heard[:, 0], 2 * heard[:, 1], atol=1e-5)


def test_silence_stays_silent() -> None:
    assert not played(np.zeros((RATE, 2), np.float32), 1.5).any()


def test_after_a_jump_it_goes_on_from_there() -> None:
    sound = tone(220)
    stretch = Stretch(reader(sound), RATE)
    stretch.next(1.5)
    stretch.seek(32_000)
    assert stretch.at == 32_000
    assert stretch.next(1.0).any()
    assert stretch.at == 32_000 + stretch.hop
