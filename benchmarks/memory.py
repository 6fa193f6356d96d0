"""Does a call of four hours fit into the memory of a call of a quarter of an hour?

Builds recordings by repeating the demo call (FLAC, 8 kHz, in a temporary folder) and runs each
through `inspect` and the whole chain as fast as possible, in a process of its own. Detector,
ears, core, log and phrase rules are the real ones; the recogniser is scripted, so that hours
take minutes. Prints a table and JSON:

    python -m benchmarks.memory [MINUTES ...]
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks import machine
from coach.core.units import RATE, Samples
from coach.runtime.ports import Audio, Transcript

MINUTES = (15, 60, 240)
_SAYS = "nou ja dat heb ik dus vorige week ook al tegen uw collega gezegd en toen".split()
_WORDS_A_SECOND = 2.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """One recording: peak memory of the process, and the time that each part took."""

    minutes: float
    file_mb: float
    loaded_mb: float
    inspect_mb: float
    chain_mb: float
    inspect_s: float
    chain_s: float
    utterances: int
    log_mb: float


class Talker:
    """A recogniser that hears about as many words as people say in a stretch of that length."""

    name = "talker"

    def transcribe(self, audio: Audio, *, final: bool) -> Transcript:  # noqa: ARG002 - no models
        """Words without a meaning that fill the audio."""
        from models.asr import spread

        words = max(1, round(len(audio) / RATE * _WORDS_A_SECOND))
        said = (_SAYS * (words // len(_SAYS) + 1))[:words]
        return Transcript(words=spread(said, Samples(len(audio))), confidence=0.9)


def build(path: Path, minutes: float) -> None:
    """Write a recording of about `minutes` by repeating the demo call."""
    import soundfile

    from coach.app import demo_call

    sound, rate = soundfile.read(demo_call(), dtype="int16")
    whole = round(minutes * 60 * rate)
    with soundfile.SoundFile(path, "w", rate, 2, format="FLAC") as file:
        while whole > 0:
            file.write(sound[:whole])
            whole -= len(sound)


def measure(path: Path, out: Path) -> Measured:
    """Run one recording in this process."""
    from audio.callfile import inspect
    from coach import app
    from coach.core.events import LogEvent, Utterance
    from models.understanding.rules import RuleUnderstanding

    utterances = 0

    def count(event: LogEvent) -> None:
        nonlocal utterances
        utterances += isinstance(event, Utterance)

    _warm_up()
    loaded_mb, began = peak_mb(), time.perf_counter()
    call = inspect(path)
    inspect_s, inspect_mb = time.perf_counter() - began, peak_mb()
    models = app.Models(recogniser=Talker(), understanding=RuleUnderstanding())
    began = time.perf_counter()
    log = app.analyse(call, out, models, sinks=[count])
    return Measured(
        minutes=round(call.duration_s / 60, 2),
        file_mb=_mb(path.stat().st_size),
        loaded_mb=loaded_mb,
        inspect_mb=inspect_mb,
        chain_mb=peak_mb(),
        inspect_s=round(inspect_s, 1),
        chain_s=round(time.perf_counter() - began, 1),
        utterances=utterances,
        log_mb=_mb(log.stat().st_size),
    )


def peak_mb() -> float:
    """The most memory that this process has had resident, in MB (2**20 bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (2**20 if sys.platform == "darwin" else 2**10), 1)


def _warm_up() -> None:
    """Load what any run loads, so that it does not count as growth."""
    import av  # noqa: F401 - only to have it loaded
    import soxr  # noqa: F401

    from models.vad import SileroDetector

    SileroDetector().probability(np.zeros(512, np.float32))


def _mb(size: int) -> float:
    return round(size / 2**20, 1)


def table(rows: list[Measured]) -> str:
    """The measurements as Markdown."""
    head = "| call | file | loaded | peak, inspect | peak, chain | inspect | chain | utterances |"
    lines = [head, "|" + "---|" * 8]
    for row in rows:
        memory = " | ".join(f"{m:.0f} MB" for m in (row.loaded_mb, row.inspect_mb, row.chain_mb))
        spent = f"{row.inspect_s:.1f} s | {row.chain_s:.0f} s"
        size = f"{row.minutes:.0f} min | {row.file_mb:.0f} MB"
        lines.append(f"| {size} | {memory} | {spent} | {row.utterances} |")
    return "\n".join(lines)


def main(minutes: list[float]) -> None:
    """Measure each length in a process of its own and print what came out."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for length in minutes:
            path = Path(folder) / f"call-{length:g}.flac"
            build(path, length)
            command = [sys.executable, "-m", "benchmarks.memory", "--one", str(path), folder]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            rows.append(Measured(**json.loads(done.stdout)))
            path.unlink()
    machine.keep("memory", {"rows": [asdict(row) for row in rows]})
    print(table(rows))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one = measure(Path(sys.argv[2]), Path(sys.argv[3]))
        sys.stdout.write(json.dumps(asdict(one)))
    else:
        main([float(length) for length in sys.argv[1:]] or list(MINUTES))
