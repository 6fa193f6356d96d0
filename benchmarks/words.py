"""Word error rate: the coach as it listens, against the best that the same model can do offline.

    python -m benchmarks.words [--only calls|people] [--calls N] [--sample N] [--threads N]

Calls: the spoken labelled calls (synthetic, 8 kHz), both sides. "Streaming" is the product's own
chain (stretches of speech as its ears cut them, one decode each), "offline" the oracle turns
through faster-whisper with its full window of 30 s. People: a fixed sample of acted Dutch speech
(Debian: `fillets-ng-data-nl`), one utterance at a time, clean and through worse lines.
Both sides use one model file, one prompt and beam 5; offline has faster-whisper's own retries at
higher temperatures. Words in lower case without punctuation; digits stay digits. RTF is processor
time over audio time.
"""

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from audio.callfile import find_files, inspect
from benchmarks import machine
from benchmarks.shared import shared_folder
from benchmarks.sounds import lossy, noisy, telephone
from benchmarks.word_errors import Errors, difference, errors, rates, together, words_of
from coach import app, paths
from coach.core.events import LogEvent, Utterance
from coach.core.units import RATE, from_seconds
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Audio
from models.asr import WhisperRecogniser
from models.prompt import PROMPT
from models.understanding.rules import RuleUnderstanding

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

ACTED = Path("/usr/share/games/fillets-ng")
ACTED_SPEECH = "fillets-ng-data-nl (the game's Dutch voices) and fillets-ng-data (the texts)"
_SEED = 2026
_AROUND = from_seconds(0.2)
_LINE = re.compile(r'dialogId\("([^"]+)".*\n\s*dialogStr\("(.*)"\)')
_LONGEST_S = 29.0

CONDITIONS: dict[str, Callable[[Audio], Audio]] = {
    "16 kHz": lambda audio: audio,
    "8 kHz A-law": telephone,
    "A-law, noise 20 dB below": lambda audio: telephone(noisy(audio, 20)),
    "A-law, noise 10 dB below": lambda audio: telephone(noisy(audio, 10)),
    "A-law, 5 % of packets lost": lambda audio: lossy(telephone(audio), 0.05),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Offline:
    """The model at its best: the full window and faster-whisper's own retries."""

    model: "WhisperModel"

    def text(self, audio: Audio) -> str:
        """What was said in `audio`."""
        segments, _ = self.model.transcribe(
            audio,
            language="nl",
            beam_size=5,
            initial_prompt=PROMPT,
            condition_on_previous_text=False,
            without_timestamps=True,
        )
        return " ".join(segment.text.strip() for segment in segments)


@dataclass(frozen=True, kw_only=True, slots=True)
class Contest:
    """The product's recogniser and the offline decode of the same model file."""

    recogniser: WhisperRecogniser
    offline: Offline


def load(threads: int = 0) -> Contest:
    """Both, int8 on the CPU; `threads` 0: all cores."""
    import ctranslate2
    from faster_whisper import WhisperModel

    ctranslate2.set_random_seed(_SEED)
    threads = threads or machine.describe()["cores"] or 1
    folder = paths.models_folder() / "base"
    model = WhisperModel(
        str(folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
    )
    return Contest(
        recogniser=WhisperRecogniser(folder, "base", threads=threads), offline=Offline(model=model)
    )


def sides(path: Path) -> dict[Speaker, Audio]:
    """Both channels of a call file at 16 kHz; the agent is left."""
    blocks = list(inspect(path).blocks("left", block_s=1.0))
    return {
        Speaker.AGENT: np.concatenate([block.agent for block in blocks]),
        Speaker.CUSTOMER: np.concatenate([block.customer for block in blocks]),
    }


def measure_calls(contest: Contest, count: int | None) -> Iterator[dict[str, Any]]:
    """Streaming and offline over the spoken calls, the figures so far after every call.

    Pairs are whole calls, both sides.
    """
    calls = shared_folder() / "calls"
    ours: dict[Speaker, list[Errors]] = {speaker: [] for speaker in Speaker}
    best: dict[Speaker, list[Errors]] = {speaker: [] for speaker in Speaker}
    audio_s = 0.0
    for path in find_files(calls / "audio")[:count]:
        spoken = json.loads((calls / "turns" / f"{path.stem}.turns.json").read_text("utf-8"))
        streamed, cpu_s = listen(path, contest.recogniser)
        for speaker, audio in sides(path).items():
            turns = [turn for turn in spoken if turn["speaker"] == speaker.value]
            reference = [word for turn in turns for word in words_of(turn["text"])]
            heard = [word for text in streamed[speaker] for word in words_of(text)]
            ours[speaker].append(errors(reference, heard, cpu_s / len(Speaker)))
            best[speaker].append(_timed(reference, partial(_oracle, audio, turns, contest.offline)))
            audio_s += len(audio) / RATE
        yield _of_calls(ours, best, audio_s)


def _of_calls(
    ours: Mapping[Speaker, list[Errors]], best: Mapping[Speaker, list[Errors]], audio_s: float
) -> dict[str, Any]:
    mine, theirs = (
        [together(pair) for pair in zip(*both.values(), strict=True)] for both in (ours, best)
    )
    customer = Speaker.CUSTOMER
    return {
        "calls": len(mine),
        "sides_s": round(audio_s, 1),
        "words": sum(one.words for one in mine),
        "streaming": rates(mine, audio_s),
        "offline": rates(theirs, audio_s),
        "difference": difference(mine, theirs),
        "difference_customer": difference(ours[customer], best[customer]),
    }


def listen(path: Path, recogniser: WhisperRecogniser) -> tuple[dict[Speaker, list[str]], float]:
    """What the product's whole chain hears on both sides of a call file, and its CPU seconds.

    The chain is run as it is, looks at half sentences and all; only the understanding is the
    one of phrase rules, since it decides nothing about words.
    """
    texts: dict[Speaker, list[str]] = {speaker: [] for speaker in Speaker}

    def take(event: LogEvent) -> None:
        if isinstance(event, Utterance):
            texts[event.speaker].append(event.text)

    models = app.Models(recogniser=recogniser, understanding=RuleUnderstanding())
    with tempfile.TemporaryDirectory() as scratch:
        began = time.process_time()
        app.analyse(inspect(path), Path(scratch), models, sinks=[take])
        return texts, time.process_time() - began


def _oracle(audio: Audio, turns: Sequence[dict[str, Any]], offline: Offline) -> list[str]:
    texts = []
    for turn in turns:
        start = max(0, from_seconds(turn["start_s"]) - _AROUND)
        texts.append(offline.text(audio[start : from_seconds(turn["end_s"]) + _AROUND]))
    return texts


def measure_people(contest: Contest, sample: int) -> Iterator[dict[str, Any]]:
    """The recogniser and offline over a fixed sample of acted speech, in every condition.

    The figures so far after every utterance; their order is random, so that any start is a sample.
    """
    if not (ACTED / "sound").is_dir():
        yield {"skipped": f"no acted speech here: install {ACTED_SPEECH}"}
        return
    heard: dict[str, tuple[list[Errors], list[Errors]]] = {name: ([], []) for name in CONDITIONS}
    audio_s = 0.0
    for audio, text in _acted(sample):
        audio_s += len(audio) / RATE
        reference = words_of(text)
        for name, worsen in CONDITIONS.items():
            worse, (ours, best) = worsen(audio), heard[name]
            ours.append(_timed(reference, partial(_product, worse, contest.recogniser)))
            best.append(_timed(reference, partial(_plain, worse, contest.offline)))
        yield _of_people(heard, audio_s)


def _of_people(
    heard: Mapping[str, tuple[list[Errors], list[Errors]]], audio_s: float
) -> dict[str, Any]:
    first, _ = next(iter(heard.values()))
    return {
        "utterances": len(first),
        "audio_s": round(audio_s, 1),
        "words": sum(one.words for one in first),
        "conditions": {
            name: {
                "product": rates(ours, audio_s),
                "offline": rates(best, audio_s),
                "difference": difference(ours, best),
            }
            for name, (ours, best) in heard.items()
        },
    }


def _acted(sample: int) -> list[tuple[Audio, str]]:
    """A fixed sample of the utterances: audio at 16 kHz, and what is said."""
    import soundfile
    import soxr

    lines = {
        (script.parent.name, name): text
        for script in sorted((ACTED / "script").glob("*/dialogs_nl.lua"))
        for name, text in _LINE.findall(script.read_text(encoding="utf-8"))
    }
    spoken = [
        (path, lines[path.parent.parent.name, path.stem])
        for path in sorted((ACTED / "sound").glob("*/nl/*.ogg"))
        if words_of(lines.get((path.parent.parent.name, path.stem), ""))
    ]
    order = np.random.default_rng(_SEED).permutation(len(spoken))[:sample]
    chosen = []
    for path, text in (spoken[int(number)] for number in order):
        sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
        audio = soxr.resample(sound.mean(axis=1), rate, RATE).astype(np.float32)
        if len(audio) < _LONGEST_S * RATE:
            chosen.append((audio, text))
    return chosen


def _product(audio: Audio, recogniser: WhisperRecogniser) -> list[str]:
    return [recogniser.transcribe(audio, final=True).text]


def _plain(audio: Audio, offline: Offline) -> list[str]:
    return [offline.text(audio)]


def _timed(reference: Sequence[str], hear: Callable[[], list[str]]) -> Errors:
    began = time.process_time()
    texts = hear()
    spent = time.process_time() - began
    return errors(reference, [word for text in texts for word in words_of(text)], spent)


def table(figures: dict[str, Any]) -> str:
    """The figures as Markdown."""
    lines = [
        "| | WER streaming | WER offline | difference (95 %) | RTF streaming | RTF offline |",
        "|" + "---|" * 6,
    ]
    if "calls" in figures:
        part = figures["calls"]
        name = f"{part['calls']} synthetic calls, both sides"
        lines.append(_row(name, part["streaming"], part["offline"], part["difference"]))
    people = figures.get("people", {})
    for line, part in people.get("conditions", {}).items():
        name = f"acted speech, {line}"
        lines.append(_row(name, part["product"], part["offline"], part["difference"]))
    if "skipped" in people:
        lines.append(f"\nActed speech skipped: {people['skipped']}")
    return "\n".join(lines)


def _row(name: str, ours: dict[str, float], best: dict[str, float], by: dict[str, float]) -> str:
    points = f"{by['points']:+.1f} points ({by['low']:+.1f} .. {by['high']:+.1f})"
    rtf = f"{ours['rtf']:.2f} | {best['rtf']:.2f}"
    return f"| {name} | {ours['wer']:.3f} | {best['wer']:.3f} | {points} | {rtf} |"


def main(arguments: list[str] | None = None) -> int:
    """Measure, keep, print. A part that is not asked for keeps its earlier figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("calls", "people"))
    parser.add_argument("--calls", type=int, help="so many calls only")
    parser.add_argument("--sample", type=int, default=150, help="utterances of acted speech")
    parser.add_argument("--threads", type=int, default=0)
    chosen = parser.parse_args(arguments)
    contest = load(chosen.threads)
    parts: dict[str, Iterator[dict[str, Any]]] = {}
    if chosen.only != "people":
        parts["calls"] = measure_calls(contest, chosen.calls)
    if chosen.only != "calls":
        parts["people"] = measure_people(contest, chosen.sample)
    for name, growing in parts.items():
        for figures in growing:
            print(name, json.dumps(figures), file=sys.stderr, flush=True)
            _keep(name, figures)
    print(table(_kept()))
    return 0


def _keep(part: str, figures: dict[str, Any]) -> None:
    """Keep what there is of a part, so that a run that is stopped was not for nothing."""
    machine.keep("words", {**_kept(), part: figures})


def _kept() -> dict[str, Any]:
    path = machine.RESULTS / "words.json"
    kept: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    kept.pop("machine", None)
    return kept


if __name__ == "__main__":
    sys.exit(main())
