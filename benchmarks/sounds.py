"""Sounds without speech, made with numpy, and the telephone that they come through.

Everything is float32, one channel, -1..1, at `RATE` (16 kHz), and the same at every run.
"""

import io
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from coach.core.units import RATE
from coach.runtime.ports import Audio

LENGTH_S = 30
_LINE_RATE = 8_000
_PACKET = RATE // 50
"""Samples in 20 ms: what one RTP packet of a telephone call usually carries."""

_RING = 425.0
"""Hz of every tone of the Dutch network: ring, busy (ITU-T E.180 supplement 2)."""

_DTMF_ROWS = (697, 770, 852, 941)
_DTMF_COLUMNS = (1209, 1336, 1477)

_TUNE = (60, 64, 67, 72, 71, 67, 64, 62, 60, 65, 69, 72, 74, 72, 69, 65)
"""Half tones, 69 = 440 Hz."""

_CHORDS = ((57, 60, 64), (53, 57, 60), (48, 52, 55), (55, 59, 62))
_HAT_FROM = 5_000
"""Hz: a hi-hat has nothing below."""

_RESTS = 0.05
"""The share of key strokes after which a typist thinks."""

_DEFAULT_SEED = 20

Sound = NDArray[np.float64]


def wordless(length_s: float = LENGTH_S) -> Iterator[tuple[str, Audio]]:
    """Name and sound, one after another, each `length_s` long. None contains a voice."""
    size = round(length_s * RATE)
    makers: dict[str, Callable[[int], Sound]] = {
        "digital silence": np.zeros,
        "white noise -50 dB": lambda n: _at(_white(n), -50),
        "white noise -30 dB": lambda n: _at(_white(n), -30),
        "white noise -15 dB": lambda n: _at(_white(n), -15),
        "pink noise -40 dB": lambda n: _at(_pink(n), -40),
        "pink noise -20 dB": lambda n: _at(_pink(n), -20),
        "hum 50 Hz": lambda n: _at(_hum(n), -25),
        "fan": lambda n: _at(_fan(n), -25),
        "ring tone": lambda n: _at(_tone(n, _RING) * _cadence(n, 1, 4), -20),
        "busy tone": lambda n: _at(_tone(n, _RING) * _cadence(n, 0.5, 0.5), -20),
        "dialling (DTMF)": lambda n: _at(_dtmf(n), -20),
        "hold music, sine melody": lambda n: _at(_melody(n, _sine), -20),
        "hold music, saw chords": lambda n: _at(_chords(n), -20),
        "hold music, drums and bass": lambda n: _at(_drums(n), -20),
        "keyboard clicks": lambda n: _at(_clicks(n), -30),
        "breathing": lambda n: _at(_breathing(n), -35),
    }
    for name, make in makers.items():
        yield name, np.clip(make(size), -1, 1).astype(np.float32)


def babble(voices: Sequence[Audio], length_s: float = LENGTH_S) -> Audio:
    """A crowd: `voices` reversed and laid over each other. MADE OF SPEECH, but without a word."""
    size = round(length_s * RATE)
    crowd = np.zeros(size)
    for number, voice in enumerate(voices):
        backwards = np.roll(np.resize(voice[::-1], size), number * size // len(voices))
        crowd += backwards / max(1e-6, float(np.sqrt(np.mean(backwards**2))))
    return np.clip(_at(crowd, -25), -1, 1).astype(np.float32)


def telephone(audio: Audio) -> Audio:
    """The sound as a fixed line carries it: 8 kHz, A-law, and back to 16 kHz."""
    import soundfile
    import soxr

    narrow = soxr.resample(audio, RATE, _LINE_RATE)
    line = io.BytesIO()
    soundfile.write(line, narrow, _LINE_RATE, format="WAV", subtype="ALAW")
    line.seek(0)
    carried, _ = soundfile.read(line, dtype="float32")
    back: Audio = soxr.resample(carried, _LINE_RATE, RATE)
    return _length(back, len(audio))


def noisy(audio: Audio, snr_db: float, seed: int = _DEFAULT_SEED) -> Audio:
    """`audio` with pink noise, `snr_db` below the mean level of what is louder than its pauses."""
    power = audio**2
    voiced = power[power > power.mean() / 10]
    level = 10 * np.log10(max(1e-9, float(voiced.mean()) if len(voiced) else 1e-9))
    noise = _at(_pink(len(audio), seed), level - snr_db)
    return np.clip(audio + noise, -1, 1).astype(np.float32)


def lossy(audio: Audio, share: float, seed: int = _DEFAULT_SEED) -> Audio:
    """`audio` with `share` of its packets (20 ms) lost: silence in their place."""
    lost = np.random.default_rng(seed).random(len(audio) // _PACKET + 1) < share
    heard: Audio = np.where(np.repeat(lost, _PACKET)[: len(audio)], np.float32(0), audio)
    return heard


def _length(audio: Audio, size: int) -> Audio:
    """A resampler may round: exactly `size` samples."""
    return audio[:size] if len(audio) >= size else np.pad(audio, (0, size - len(audio)))


def _at(sound: Sound, level_db: float) -> Sound:
    """`sound` with a mean level of `level_db` under full scale (RMS)."""
    rms = float(np.sqrt(np.mean(sound**2)))
    return sound * (10 ** (level_db / 20) / rms) if rms else sound


def _white(size: int, seed: int = _DEFAULT_SEED) -> Sound:
    return np.random.default_rng(seed).standard_normal(size)


def _shaped(size: int, gain: Callable[[Sound], Sound], seed: int) -> Sound:
    """White noise whose spectrum is multiplied with `gain` (of Hz)."""
    frequencies = np.fft.rfftfreq(size, 1 / RATE).astype(np.float64)
    return np.fft.irfft(np.fft.rfft(_white(size, seed)) * gain(frequencies), size)


def _pink(size: int, seed: int = _DEFAULT_SEED) -> Sound:
    return _shaped(size, lambda hz: 1 / np.sqrt(np.maximum(hz, 20.0)), seed)


def _times(size: int) -> Sound:
    return np.arange(size) / RATE


def _tone(size: int, hz: float) -> Sound:
    return np.sin(2 * np.pi * hz * _times(size))


def _cadence(size: int, on_s: float, off_s: float) -> Sound:
    return (_times(size) % (on_s + off_s) < on_s).astype(np.float32)


def _hum(size: int) -> Sound:
    return _tone(size, 50) + 0.5 * _tone(size, 100) + 0.3 * _tone(size, 150) + 0.1 * _white(size)


def _fan(size: int) -> Sound:
    """Low noise that swells with each blade, and the note of the motor."""
    low = _shaped(size, lambda hz: 1 / (1 + (hz / 300) ** 2), seed=3)
    return low / np.std(low) * (1 + 0.3 * _tone(size, 23)) + 0.3 * _tone(size, 115)


def _dtmf(size: int) -> Sound:
    """A number is dialled again and again: 0.1 s a key, 0.1 s between, 1 s after ten keys."""
    sound = np.zeros(size)
    keys = np.random.default_rng(5).integers(0, 12, 10)
    stroke = RATE // 10
    starts = [
        begin + key * 2 * stroke for begin in range(0, size, 3 * RATE) for key in range(len(keys))
    ]
    for number, start in enumerate(starts):
        key = int(keys[number % len(keys)])
        end = min(size, start + stroke)
        both = (_DTMF_ROWS[key // 3], _DTMF_COLUMNS[key % 3])
        sound[start:end] = sum(_tone(max(0, end - start), hz) for hz in both)
    return sound


def _hz(half_tone: int) -> float:
    return float(440 * 2 ** ((half_tone - 69) / 12))


def _sine(size: int, hz: float) -> Sound:
    """A plucked note with a little of its octave."""
    return (_tone(size, hz) + 0.3 * _tone(size, 2 * hz)) * np.exp(-3 * _times(size))


def _saw(size: int, hz: float) -> Sound:
    times = _times(size)
    fade: Sound = np.minimum(1, 20 * np.minimum(times, times[::-1]))
    return (2 * ((hz * times) % 1) - 1) * fade


def _melody(size: int, voice: Callable[[int, float], Sound]) -> Sound:
    sound, beat = np.zeros(size), RATE // 2
    for number, start in enumerate(range(0, size, beat)):
        end = min(size, start + beat)
        sound[start:end] = voice(end - start, _hz(_TUNE[number % len(_TUNE)]))
    return sound


def _chords(size: int) -> Sound:
    sound, bar = np.zeros(size), 2 * RATE
    for number, start in enumerate(range(0, size, bar)):
        end = min(size, start + bar)
        chord = _CHORDS[number % len(_CHORDS)]
        sound[start:end] = sum(_saw(end - start, _hz(note)) for note in chord)
    return sound + 0.5 * _melody(size, _sine)


def _drums(size: int) -> Sound:
    """Bass drum and hi-hat, two a second, with a walking bass."""
    since = _times(size) % 0.5
    drum = np.sin(2 * np.pi * 60 * since) * np.exp(-18 * since)
    hat = _shaped(size, lambda hz: (hz > _HAT_FROM).astype(float), 7)
    hat = hat / np.std(hat) * np.exp(-40 * ((_times(size) + 0.25) % 0.5))
    bass = np.zeros(size)
    for number, start in enumerate(range(0, size, RATE)):
        end = min(size, start + RATE)
        bass[start:end] = _saw(end - start, _hz(_CHORDS[number % len(_CHORDS)][0] - 24))
    return drum + 0.3 * hat + 0.4 * bass


def _clicks(size: int) -> Sound:
    """A typist at about six keys a second, with pauses, over a quiet room."""
    random = np.random.default_rng(9)
    sound, start = 0.01 * _pink(size), 0
    stroke = RATE // 50
    while start + stroke < size:
        ring = _tone(stroke, 2_000 + 2_000 * random.random()) + random.standard_normal(stroke)
        sound[start : start + stroke] += (
            random.uniform(0.3, 1) * ring * np.exp(-np.arange(stroke) / 40)
        )
        start += int(RATE * (random.exponential(0.12) + 0.05 + (random.random() < _RESTS)))
    return sound


def _breathing(size: int) -> Sound:
    """In for 1.2 s, out for 1.6 s, a rest of 1.2 s; filtered noise, close to the microphone."""
    where = _times(size) % 4
    drawn = _shaped(size, lambda hz: np.exp(-(((hz - 1_800) / 900) ** 2)), 11)
    let_out = _shaped(size, lambda hz: np.exp(-(((hz - 700) / 500) ** 2)), 12)
    first = np.sin(np.pi * np.clip(where / 1.2, 0, 1)) ** 2
    then = np.sin(np.pi * np.clip((where - 1.2) / 1.6, 0, 1)) ** 2
    breath: Sound = drawn / np.std(drawn) * first + let_out / np.std(let_out) * then
    return breath + 0.01 * _pink(size)
