"""Does the coach stay within its share of the processors?

    python -m benchmarks.max_cpu [--shares 100 50 25]

Analyses the bundled demo call as fast as it can, so that there is always work to do, with each
share in turn: processor seconds per second and processor, and how fast the call was heard.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from audio.callfile import inspect
from benchmarks import machine
from coach import app
from coach.core.events import RunFinished
from coach.core.units import to_seconds
from coach.settings import load_settings
from coach.store.calllog import read_log
from models.hardware import cpus


def main(arguments: list[str] | None = None) -> int:
    """Analyse, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shares", type=int, nargs="+", default=[100, 50, 25])
    shares = parser.parse_args(arguments).shares
    rows = [_measure(share) for share in shares]
    print("| allowed | used | times real time | threads |")
    print("|---|---|---|---|")
    for row in rows:
        print(f"| {row['allowed']} % | {row['used']} % | {row['speed']} | {row['threads']} |")
    machine.keep("max_cpu", {"processors": cpus(), "shares": rows})
    return 0


def _measure(share: int) -> dict[str, Any]:
    settings = load_settings(max_cpu=share)
    models = app.Models(
        recogniser=app.load_recogniser(settings), understanding=app.load_understanding(settings)
    )
    with tempfile.TemporaryDirectory() as scratch:
        log = app.analyse(inspect(app.demo_call()), Path(scratch), models)
        (finished,) = [event for event in read_log(log) if isinstance(event, RunFinished)]
    return {
        "allowed": share,
        "used": round(100 * finished.cpu_s / finished.wall_s / cpus(), 1),
        "speed": round(to_seconds(finished.audio) / finished.wall_s, 2),
        "threads": app.choice_for(settings).threads,
    }


if __name__ == "__main__":
    sys.exit(main())
