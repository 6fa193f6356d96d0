"""A process that lives a call and is killed in the middle of it: `python -m tests.store.crashing`.

Prints a line for every event that it handed over, so that whoever kills it knows what it knew.
"""

import sys
import time
from pathlib import Path

from coach.core.events import ClockTicked
from coach.core.units import Samples
from coach.store.home import Record
from coach.store.safe import FileSafe
from tests.store.calls import call

EVERY_S = 0.002


def live(folder: Path, call_id: str, events: int) -> None:
    """A call of `events` ticks at the speed of a clock that runs, then its end; then the next."""
    record = Record(folder, FileSafe(folder))
    record.spooler.start()
    log = call(call_id)
    ticks = [ClockTicked(at=Samples(n)) for n in range(1, events)]
    number = 0
    while True:
        name = f"{call_id}-{number}"
        sink = record.spooler.call(name)
        whole = [call(name)[0], *ticks, *log[1:]]
        for count, event in enumerate(whole, start=1):
            sink(event)
            sys.stdout.write(f"{name} {count} {time.monotonic()}\n")
            sys.stdout.flush()
            time.sleep(EVERY_S)
        number += 1


if __name__ == "__main__":
    live(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
