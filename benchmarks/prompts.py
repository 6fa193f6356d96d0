"""Does any prompt that ships put its words into the mouth of nobody, or of people who speak another
language? `python -m benchmarks.silence --prompts all` runs it.

Every sound of `benchmarks.silence` and sentences in seven languages (`benchmarks.foreign`), through
a telephone line, go in clips of five seconds straight into the recogniser, as if the ears had been
fooled: with no prompt, with the general one, and with that of every sector. Counted are kept texts,
and those that hold a longer word of the prompt while the recogniser without a prompt heard none.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks import machine
from benchmarks.foreign import SAID, speak
from benchmarks.silence import echoes, sounds
from coach import paths
from coach.core.units import RATE
from coach.runtime.ports import Audio
from models.asr import WhisperRecogniser
from models.prompt import PROMPT, prompt_for, sectors

_CLIP = 5 * RATE
_PACE = 140
_NONE = "none"


@dataclass(kw_only=True, slots=True)
class Written:
    """What one prompt made of one kind of sound: "no voice" or "other languages".

    `invented`: texts with a word of the prompt that was not heard without it.
    """

    prompt: str
    kind: str
    clips: int = 0
    kept: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)


def prompts() -> dict[str, str]:
    """The prompts by name: none, that of any organisation, and one a sector."""
    return {_NONE: "", "general": PROMPT} | {name: prompt_for(name) for name in sectors()}


def clips(length_s: float, sentences: int) -> Iterator[tuple[str, Audio]]:
    """Kind and clip, through a telephone line; foreign sentences only where espeak-ng is."""
    for _, line, audio in sounds(length_s):
        if line == "A-law":
            for start in range(0, len(audio), _CLIP):
                yield "no voice", audio[start : start + _CLIP]
    if shutil.which("espeak-ng") is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        for language, said in SAID.items():
            for text in said[:sentences]:
                yield "other languages", speak(text, language, _PACE, Path(folder))


def measure(length_s: float, sentences: int, threads: int) -> list[Written]:
    """Give every clip to every prompt."""
    folder = paths.models_folder() / "base"
    told = prompts()
    ears = {
        name: WhisperRecogniser(folder, "base", threads=threads, prompt=words)
        for name, words in told.items()
    }
    rows: dict[tuple[str, str], Written] = {}
    for number, (kind, clip) in enumerate(clips(length_s, sentences)):
        heard = {name: ear.transcribe(clip, final=True).text for name, ear in ears.items()}
        for name, text in heard.items():
            row = rows.setdefault((name, kind), Written(prompt=name, kind=kind))
            row.clips += 1
            if text:
                row.kept.append(text)
            if echoes([text], told[name]) and not echoes([heard[_NONE]], told[name]):
                row.invented.append(text)
        print(number, kind, file=sys.stderr, flush=True)
    return sorted(rows.values(), key=lambda row: row.kind)


def table(rows: list[Written]) -> str:
    """The figures as Markdown."""
    lines = ["| prompt | sound | clips | kept texts | with words of the prompt |", "|---" * 5 + "|"]
    lines += [
        f"| {row.prompt} | {row.kind} | {row.clips} | {len(row.kept)} | {len(row.invented)} |"
        for row in rows
    ]
    return "\n".join(lines)


def run(length_s: float, sentences: int, threads: int) -> int:
    """Measure, keep, print."""
    rows = measure(length_s, sentences, threads)
    machine.keep("prompts", {"length_s": length_s, "rows": [asdict(row) for row in rows]})
    print(table(rows))
    return 0
