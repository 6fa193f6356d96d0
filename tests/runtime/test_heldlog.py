"""A disk that is full for a while: the log has no hole, no line twice; the call never notices."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from coach.core.events import ClockTicked, LogEvent
from coach.core.replay import compare
from coach.core.units import RATE, Samples
from coach.errors import ProductError
from coach.runtime.engine import run_fast
from coach.runtime.heldlog import HeldLog
from coach.runtime.sequencer import Sequencer
from tests.runtime.sounding import Run, bereavement, every
from tests.strategies import start


def tick(number: int) -> LogEvent:
    return ClockTicked(at=Samples(number))


@dataclass
class Disk:
    """Takes lines while there is room; `opens` gives the file, if there is room for that."""

    room: bool = True
    lines: list[LogEvent] = field(default_factory=list)
    told: list[str | None] = field(default_factory=list)
    open: bool = False
    gone: bool = False

    def opens(self) -> "Disk":
        self._check()
        self.open = True
        return self

    def write(self, event: LogEvent) -> None:
        self._check()
        self.lines.append(event)

    def close(self) -> None:
        self.open = False

    def discard(self) -> None:
        self.close()
        self.gone = True

    def _check(self) -> None:
        if not self.room:
            raise ProductError("cli.cannot_write", path="log", why="No space left on device")


@given(rooms=st.lists(st.booleans(), max_size=30), at_first=st.booleans())
def test_what_waited_is_written_in_order_and_once(rooms: list[bool], *, at_first: bool) -> None:
    disk = Disk(room=at_first)
    log = HeldLog(disk.opens, disk.told.append)
    for number, room in enumerate(rooms):
        disk.room = room
        log.write(tick(number))
        assert disk.lines == [tick(n) for n in range(len(disk.lines))]
        assert (disk.told[-1] is None) == room
    disk.room = True
    log.close()
    assert disk.lines == [tick(n) for n in range(len(rooms))]
    assert (log.lost, disk.told[-1], disk.open) == (0, None, False)
    assert all(one != other for one, other in zip(disk.told, disk.told[1:], strict=False))


def test_a_log_that_waits_for_too_long_ends_without_a_hole() -> None:
    disk = Disk()
    log = HeldLog(disk.opens, disk.told.append, most=5)
    log.write(tick(0))
    disk.room = False
    for number in range(1, 9):
        log.write(tick(number))
    disk.room = True
    for number in range(9, 12):
        log.write(tick(number))
    log.close()
    assert disk.lines == [tick(number) for number in range(6)]
    assert log.lost == 6


def test_what_no_disk_took_is_counted_at_the_end() -> None:
    disk = Disk(room=False)
    log = HeldLog(disk.opens, disk.told.append)
    log.write(tick(0))
    log.close()
    assert (log.lost, disk.lines, len(disk.told)) == (1, [], 1)


def test_a_call_that_was_none_leaves_nothing() -> None:
    disk = Disk()
    log = HeldLog(disk.opens, disk.told.append)
    log.write(tick(0))
    log.discard()
    log.close()
    assert disk.gone
    full = Disk(room=False)
    log = HeldLog(full.opens, full.told.append)
    log.write(tick(0))
    log.discard()
    full.room = True
    log.close()
    assert (full.lines, full.open) == ([], False)


def test_a_call_on_a_full_disk_is_the_same_call() -> None:
    run, disk = Run(bereavement()), Disk()
    log = HeldLog(disk.opens, disk.told.append)
    sequencer = Sequencer(start(bereavement().policy), [log.write])

    def progress(heard: Samples) -> None:
        disk.room = not 5 * RATE < heard < 30 * RATE

    run_fast(run.source(every(RATE)), run.ears, run.desk, sequencer, progress=progress)
    log.close()
    assert disk.lines == Run(bereavement()).fast(every(RATE))
    assert compare(disk.lines) is None
    assert disk.told[0] is None
    assert len(disk.told) == 3
