"""How many threads serve the recogniser: `python -m benchmarks.threads`.

The first sentences of the demo call, both sides, read for good and looked at with one thread, two,
and so on to all processors, in turn: the median of each, and the processor time that it took.
"""

import statistics
import sys
import time
from itertools import islice
from typing import Any

from audio.callfile import inspect
from audio.ear import StreamingEar
from benchmarks import machine
from coach import app
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Audio, Recogniser
from coach.settings import load_settings
from models.hardware import cpus
from models.vad import SileroDetector

SENTENCES, ROUNDS, MOST = 8, 5, 8


def main() -> int:
    """Time, print, keep."""
    clips = _sentences()
    readers = {
        threads: app.load_recogniser(load_settings(threads=threads))
        for threads in range(1, min(MOST, cpus()) + 1)
    }
    took: dict[tuple[int, bool], list[tuple[float, float]]] = {}
    for turn in range(ROUNDS + 1):
        for threads, reader in readers.items():
            for final in (True, False):
                some = [_timed(reader, clip, final) for clip in clips]
                if turn:  # the first round warms up
                    took.setdefault((threads, final), []).extend(some)
    rows = [_row(threads, took[threads, True], took[threads, False]) for threads in readers]
    machine.keep("threads", {"rows": rows})
    print("| threads | final words | processor | look | processor |\n|---|---|---|---|---|")
    for row in rows:
        print("| " + " | ".join(str(value) for value in row.values()) + " |")
    return 0


def _sentences() -> list[Audio]:
    ears = {speaker: StreamingEar(speaker, SileroDetector()) for speaker in Speaker}
    heard = app.first_speech(inspect(app.demo_call()), ears)
    return [ears[one.speaker].audio(one.start, one.end) for one in islice(heard, SENTENCES)]


def _timed(reader: Recogniser, clip: Audio, final: bool) -> tuple[float, float]:
    wall, busy = time.perf_counter(), time.process_time()
    reader.transcribe(clip, final=final)
    return time.perf_counter() - wall, time.process_time() - busy


def _row(
    threads: int, finals: list[tuple[float, float]], looks: list[tuple[float, float]]
) -> dict[str, Any]:
    """Medians, in seconds."""
    row: dict[str, Any] = {"threads": threads}
    for name, times in (("final", finals), ("look", looks)):
        row[f"{name}_s"] = round(statistics.median(wall for wall, _ in times), 3)
        row[f"{name}_cpu_s"] = round(statistics.median(busy for _, busy in times), 3)
    return row


if __name__ == "__main__":
    sys.exit(main())
