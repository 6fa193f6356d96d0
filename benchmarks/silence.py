"""What is written down when nobody speaks: the goal is nothing.

    python -m benchmarks.silence [--length SECONDS] [--threads N]
    python -m benchmarks.silence --prompts all [--length SECONDS] [--sentences N]   (prompts.py)

Each sound of `benchmarks.sounds`, as it is and through a telephone line, goes
1. through the product's chain: how many stretches its ears open, and which texts are kept;
2. clip by clip (5 s) straight into the product's recogniser, as if the ears had been fooled, with
   the domain prompt and without: kept texts, and those that hold a word of the prompt;
3. into plain faster-whisper with the same model file, without and with its `vad_filter`.
The crowd is made of the labelled calls' synthetic speech, reversed and overlaid: it is babble.
Played music comes from the Debian package `fillets-ng-data` and is left out where that is absent.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from audio.callfile import find_files, inspect
from benchmarks import machine
from benchmarks.shared import shared_folder
from benchmarks.sounds import LENGTH_S, babble, telephone, wordless
from benchmarks.word_errors import words_of
from benchmarks.words import ACTED, sides
from coach import app, paths
from coach.core.events import LogEvent, SpeechStarted, Utterance
from coach.core.units import RATE
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Audio
from models.asr import WhisperRecogniser
from models.prompt import PROMPT
from models.understanding.rules import RuleUnderstanding

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

_CLIP = 5 * RATE
_VOICES = 6
_PIECES = 8
_FIRST_BARS_S = 10
_LONG_WORD = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """One sound: what each way of listening wrote. `opened` stretches led to `kept` texts.

    `clips_rejected` counts, by reason, the clips whose text the recogniser threw away; the other
    clips without a text were empty from the start.
    """

    sound: str
    line: str
    opened: int
    kept: list[str]
    clips: int
    clips_kept: list[str]
    clips_rejected: dict[str, int]
    clips_kept_bare: list[str]
    plain: list[str]
    plain_vad: list[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Listeners:
    """The recogniser with and without its prompt, and the plain model."""

    prompted: WhisperRecogniser
    bare: WhisperRecogniser
    plain: "WhisperModel"


def load(threads: int) -> Listeners:
    """All of them from the product's model file, int8 on the CPU."""
    from faster_whisper import WhisperModel

    folder = paths.models_folder() / "base"
    return Listeners(
        prompted=WhisperRecogniser(folder, "base", threads=threads),
        bare=WhisperRecogniser(folder, "base", threads=threads, prompt=""),
        plain=WhisperModel(
            str(folder),
            device="cpu",
            compute_type="int8",
            cpu_threads=threads,
            local_files_only=True,
        ),
    )


def sounds(length_s: float) -> Iterator[tuple[str, str, Audio]]:
    """Name, line and audio of everything that is listened to."""
    crowd = ("crowd (babble, made of speech)", _crowd(length_s))
    every = [*wordless(length_s), *_played(length_s), crowd]
    for name, audio in every:
        yield name, "16 kHz", audio
        yield name, "A-law", telephone(audio)


def _played(length_s: float) -> Iterator[tuple[str, Audio]]:
    """Recorded music, as callers on hold hear it: some pieces of a game, after their first bars."""
    import soundfile
    import soxr

    for path in sorted((ACTED / "music").glob("*.ogg"))[:_PIECES]:
        sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
        start = min(len(sound), _FIRST_BARS_S * rate)
        piece = np.resize(sound[start:].mean(axis=1), round(length_s * rate))
        audio = soxr.resample(piece, rate, RATE).astype(np.float32)
        yield f"played music, {path.stem}", audio * (0.1 / max(1e-6, float(audio.std())))


def _crowd(length_s: float) -> Audio:
    files = find_files(shared_folder() / "calls" / "audio")[:_VOICES]
    return babble([_voiced(audio) for path in files for audio in sides(path).values()], length_s)


def _voiced(audio: Audio) -> Audio:
    """Only the seconds in which somebody speaks."""
    seconds = audio[: len(audio) // RATE * RATE].reshape(-1, RATE)
    level = np.abs(seconds).mean(axis=1)
    loud: Audio = seconds[level > level.mean()].ravel()
    return loud


def listen(name: str, line: str, audio: Audio, listeners: Listeners) -> Heard:
    """Give one sound to everybody."""
    opened, kept = chain(audio, listeners.prompted)
    clips = [audio[start : start + _CLIP] for start in range(0, len(audio), _CLIP)]
    prompted = [listeners.prompted.transcribe(clip, final=True) for clip in clips]
    bare = [listeners.bare.transcribe(clip, final=True) for clip in clips]
    return Heard(
        sound=name,
        line=line,
        opened=opened,
        kept=kept,
        clips=len(clips),
        clips_kept=[one.text for one in prompted if one.text],
        clips_rejected=dict(Counter(one.rejected for one in prompted if one.rejected)),
        clips_kept_bare=[one.text for one in bare if one.text],
        plain=_plain(audio, listeners.plain, vad=False),
        plain_vad=_plain(audio, listeners.plain, vad=True),
    )


def chain(audio: Audio, recogniser: WhisperRecogniser) -> tuple[int, list[str]]:
    """Run `audio` as the customer of a call whose agent is silent: stretches opened, texts kept."""
    import soundfile

    opened, kept = 0, []

    def take(event: LogEvent) -> None:
        nonlocal opened
        if not isinstance(event, SpeechStarted | Utterance) or event.speaker is Speaker.AGENT:
            return
        opened += isinstance(event, SpeechStarted)
        if isinstance(event, Utterance) and event.text:
            kept.append(event.text)

    models = app.Models(recogniser=recogniser, understanding=RuleUnderstanding())
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "sound.wav"
        soundfile.write(path, np.stack((_room(len(audio)), audio), axis=1), RATE, subtype="FLOAT")
        app.analyse(inspect(path), Path(scratch), models, sinks=[take])
    return opened, kept


def _room(size: int) -> Audio:
    """The agent's side: nobody speaks, but the microphone is on (-60 dB)."""
    return np.random.default_rng(1).normal(0, 1e-3, size).astype(np.float32)


def _plain(audio: Audio, model: "WhisperModel", *, vad: bool) -> list[str]:
    segments, _ = model.transcribe(
        audio,
        language="nl",
        beam_size=5,
        initial_prompt=PROMPT,
        condition_on_previous_text=False,
        vad_filter=vad,
    )
    return [segment.text.strip() for segment in segments if segment.text.strip()]


def echoes(texts: list[str], prompt: str = PROMPT) -> int:
    """How many texts hold a longer word of the domain prompt."""
    words = {word for word in words_of(prompt) if len(word) >= _LONG_WORD}
    return sum(bool(words & set(words_of(text))) for text in texts)


def totals(rows: list[Heard]) -> dict[str, Any]:
    """The sums over all sounds, and apart over those that are not made of speech."""
    return {
        "all": _total(rows),
        "not made of speech": _total([row for row in rows if "crowd" not in row.sound]),
    }


def _total(rows: list[Heard]) -> dict[str, int]:
    clips_kept = [text for row in rows for text in row.clips_kept]
    return {
        "opened": sum(row.opened for row in rows),
        "kept": sum(len(row.kept) for row in rows),
        "clips": sum(row.clips for row in rows),
        "clips_kept": len(clips_kept),
        "clips_rejected": sum(sum(row.clips_rejected.values()) for row in rows),
        "clips_with_words_of_the_prompt": echoes(clips_kept),
        "clips_kept_bare": sum(len(row.clips_kept_bare) for row in rows),
        "plain_segments": sum(len(row.plain) for row in rows),
        "plain_vad_segments": sum(len(row.plain_vad) for row in rows),
    }


def table(rows: list[Heard]) -> str:
    """The figures as Markdown."""
    lines = [
        "| sound | line | chain: opened | chain: kept texts | recogniser, 5 s clips kept: prompt |"
        " no prompt | faster-whisper segments | with vad_filter |",
        "|" + "---|" * 8,
    ]
    for row in rows:
        figures = (len(row.clips_kept), len(row.clips_kept_bare))
        clips = " | ".join(f"{kept} of {row.clips}" for kept in figures)
        peers = f"{len(row.plain)} | {len(row.plain_vad)}"
        chained = f"{row.opened} | {len(row.kept)}"
        lines.append(f"| {row.sound} | {row.line} | {chained} | {clips} | {peers} |")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Listen, keep, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--length", type=float, default=LENGTH_S, help="seconds of each sound")
    parser.add_argument("--threads", type=int, default=machine.describe()["cores"] or 1)
    parser.add_argument("--prompts", choices=["all"], help="compare every prompt that ships")
    parser.add_argument("--sentences", type=int, default=3, help="foreign ones a language")
    chosen = parser.parse_args(arguments)
    if chosen.prompts:
        from benchmarks import prompts

        return prompts.run(chosen.length, chosen.sentences, chosen.threads)
    listeners = load(chosen.threads)
    rows = []
    for name, line, audio in sounds(chosen.length):
        rows.append(listen(name, line, audio, listeners))
        print(f"{name}, {line}", file=sys.stderr, flush=True)
    figures = {"length_s": chosen.length, "clip_s": _CLIP / RATE, "totals": totals(rows)}
    machine.keep("silence", {**figures, "sounds": [asdict(row) for row in rows]})
    print(table(rows))
    print(figures["totals"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
