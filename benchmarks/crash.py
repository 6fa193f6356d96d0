"""How much of a call is lost when the process, or the server, is killed: never more than a second.

    python -m benchmarks.crash --kills 200

Kills a process that records calls at random moments and looks what the record has afterwards; and
kills PostgreSQL while calls are sent to it. Needs `tests/` beside it, and for the
server Debian's `postgresql`.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic

from benchmarks.machine import keep
from coach.core.events import CallStarted, LogEvent
from coach.store import mending
from coach.store.database import NOWHERE, Store
from coach.store.failures import StoreUnavailable
from coach.store.home import Record
from coach.store.queries import count_calls, list_calls
from coach.store.roles import set_up
from coach.store.safe import FileSafe
from tests.store import postgres
from tests.store.calls import call

_EVENTS = 400
_STRETCH_S = 0.5
"""How long calls are sent before the server is killed, at most."""


class Wrong(AssertionError):
    """The record is not what it promises to be."""


@dataclass(frozen=True, kw_only=True)
class Kill:
    """What became of one kill: seconds that were lost of the call that was on."""

    after_s: float
    handed_over: int
    kept: int
    lost_s: float
    calls: int


def kill_process(folder: Path, number: int, chance: random.Random) -> Kill:
    """Let a process record calls, kill it, start the record again, and see what is there."""
    after = chance.uniform(0.3, 2.5)
    name = f"call-{number}"
    command = [sys.executable, "-m", "tests.store.crashing", str(folder), name, str(_EVENTS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        lines = iter(process.stdout or ())
        told = [next(lines)]  # it has begun
        threading.Timer(after, process.kill).start()
        told += lines
    handed = [line.split() for line in told if line.endswith("\n")]
    with closing(Record(folder, FileSafe(folder))) as record:
        record.spooler.drain()
        kept = {name: len(record.store().events(name)) for name, _, _ in handed[-1:]}
        _check(record.store(), {line[0] for line in handed})
    last = handed[-1][0]
    return Kill(
        after_s=round(after, 3),
        handed_over=int(handed[-1][1]),
        kept=kept[last],
        lost_s=round(_lost(handed, last, kept[last]), 3),
        calls=len({line[0] for line in handed}),
    )


def _lost(handed: list[list[str]], name: str, kept: int) -> float:
    """The time between the last event that is there and the last that was handed over."""
    moments = [float(moment) for call_id, _, moment in handed if call_id == name]
    return moments[-1] - moments[min(kept, len(moments)) - 1] if kept else moments[-1] - moments[0]


def _check(store: Store, names: set[str]) -> None:
    """Every call that was finished is whole, and none is there twice."""
    for name in names:
        events = store.events(name)
        if events and not isinstance(events[0], CallStarted):
            raise Wrong(f"{name} has lost its beginning")
        last = f"{name.rsplit('-', 1)[0]}-{max(int(one.rsplit('-', 1)[1]) for one in names)}"
        if name != last and len(events) != _EVENTS - 1 + len(call(name)):
            raise Wrong(f"{name} was finished and is not whole")
    if count_calls(store) != len({row.call_id for row in list_calls(store, limit=10_000).rows}):
        raise Wrong("a call is there twice")


def processes(folder: Path, kills: int, chance: random.Random) -> dict[str, object]:
    """Kill a process `kills` times on one record."""
    found = [kill_process(folder, number, chance) for number in range(kills)]
    with closing(Record(folder, FileSafe(folder))) as record:
        record.store()
        sound = mending.is_sound(record.database, record.keys)
        before = count_calls(record.store())
        record.store().rebuild()
        again = count_calls(record.store())
    lost = sorted(one.lost_s for one in found)
    return {
        "kills": kills,
        "lost_s_max": lost[-1],
        "lost_s_median": lost[len(lost) // 2],
        "calls": again,
        "sound": sound and before == again,
        "each": [asdict(one) for one in found],
    }


def server(kills: int, chance: random.Random) -> dict[str, object]:
    """Kill PostgreSQL `kills` times while calls are sent; everything arrives, once."""
    programs = postgres.binaries()
    if programs is None:
        return {"skipped": "PostgreSQL is not installed"}
    running = postgres.new_server(programs)
    try:
        name = running.new_database()
        set_up(running.url(name))
        sent, refused = 0, 0
        for _ in range(kills):
            began = monotonic()
            killer = threading.Timer(chance.uniform(0.02, 0.5), running.kill)
            killer.start()
            while killer.is_alive() and monotonic() - began < _STRETCH_S:
                refused += not _send(running.url(name), sent)
                sent += 1
            killer.join()
            running.start()
            for number in range(sent):  # as the spooler does, and more: everything once more
                if not _send(running.url(name), number):
                    raise Wrong("a server that is back takes no call")
        with closing(Store.open(running.url(name))) as store:
            whole = all(store.events(f"c{n}") == _call(n) for n in range(sent))
            return {
                "kills": kills,
                "calls": sent,
                "interrupted": refused,
                "each_once_and_whole": whole and count_calls(store, most=10**6) == sent,
            }
    finally:
        postgres.remove(running)


def _call(number: int) -> list[LogEvent]:
    return call(f"c{number}")


_OPEN: dict[str, Store] = {}


def _send(url: str, number: int) -> bool:
    try:
        if url not in _OPEN:
            _OPEN[url] = Store.open(url)
        _OPEN[url].append_whole(f"c{number}", _call(number), NOWHERE)
    except StoreUnavailable:
        stale = _OPEN.pop(url, None)
        if stale is not None:
            stale.close()
        return False
    return True


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--server-kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)  # noqa: S311 - when to kill is no secret
    with tempfile.TemporaryDirectory() as folder:
        found = {
            "process": processes(Path(folder), asked.kills, chance),
            "server": server(asked.server_kills, chance),
        }
    short = {
        name: {key: value for key, value in part.items() if key != "each"}
        for name, part in found.items()
    }
    print(json.dumps(short, indent=1))
    print(keep("crash", found))


if __name__ == "__main__":
    main()
