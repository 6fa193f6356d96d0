"""Speak the demo call: `python -m coach.demo.make`.

Needs espeak-ng, sox and the Dutch MBROLA voices (see README.md here). Each turn is spoken, sent
through the telephone band (8 kHz, G.711 A-law), and placed on the channel of its speaker: agent
left, customer right. The same script gives the same call.
"""

import json
import subprocess
import tempfile
import wave
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

RATE = 8_000
HERE = Path(__file__).parent
VOICES = {"agent": ("mb-nl3", 110, 40), "customer": ("mb-nl2", 124, 50)}
"""MBROLA voice, words a minute, pitch: calm, and as clear as these voices are on a telephone."""

_AUDIBLE = 0.01
_NOISE_DB = -58.0
_AFTER_S = 1.5


def speak(text: str, speaker: str, scratch: Path) -> NDArray[np.float32]:
    """`text` as it sounds at the other end of a telephone: float32, (n,), 8 kHz, one channel."""
    voice, pace, pitch = VOICES[speaker]
    raw, phone, wav = (scratch / name for name in ("raw.wav", "phone.wav", "out.wav"))
    espeak = ["espeak-ng", "-v", voice, "-s", str(pace), "-p", str(pitch), "-w", str(raw), text]
    telephone = ["sox", "-G", "-R", str(raw), "-r", str(RATE), "-c", "1", "-e", "a-law", str(phone)]
    for command in (
        [*espeak],
        [*telephone, "gain", "-3"],
        ["sox", str(phone), "-b", "16", "-e", "signed", str(wav)],
    ):
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    with wave.open(str(wav)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16) / np.float32(32768)
    loud = np.flatnonzero(np.abs(samples) > _AUDIBLE)
    heard: NDArray[np.float32] = samples[max(0, loud[0] - 80) : loud[-1] + 80].astype(np.float32)
    return heard


def make(call: dict[str, Any]) -> tuple[NDArray[np.float32], list[dict[str, Any]]]:
    """The call as float32 (frames, 2), and when each turn was spoken."""
    clips, turns, clock = [], [], 0.4
    with tempfile.TemporaryDirectory() as scratch:
        for turn in call["turns"]:
            clip = speak(turn["text"], turn["speaker"], Path(scratch))
            start = clock + turn["gap_s"]
            clock = start + len(clip) / RATE
            clips.append((turn["speaker"], int(start * RATE), clip))
            kept = {key: turn[key] for key in ("n", "speaker", "text")}
            turns.append({**kept, "start_s": round(start, 3), "end_s": round(clock, 3)})
    length = int((clock + _AFTER_S) * RATE)
    noise = np.random.default_rng(7).normal(0, 10 ** (_NOISE_DB / 20), (length, 2))
    sound = noise.astype(np.float32)
    for speaker, at, clip in clips:
        sound[at : at + len(clip), 0 if speaker == "agent" else 1] += clip
    return np.clip(sound, -1, 1), turns


def main() -> None:
    """Write `demo.flac` and `demo.turns.json` beside the script."""
    call = json.loads((HERE / "demo.json").read_text(encoding="utf-8"))
    sound, turns = make(call)
    pcm = (sound * 32767).astype("<i2").tobytes()
    shape = ["-t", "raw", "-r", str(RATE), "-c", "2", "-b", "16", "-e", "signed", "-"]
    write = ["sox", "-D", *shape, str(HERE / "demo.flac")]
    subprocess.run(write, input=pcm, check=True)
    text = json.dumps(turns, ensure_ascii=False, indent=1) + "\n"
    (HERE / "demo.turns.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
