"""How fluid the record's windows are: `python -m benchmarks.ui_archive`.

Offscreen, in one process: scrolling a list of 100,000 calls, opening a call of an hour and one of
four, and turning the dashboard over 5,000 calls. A pause is how long the screen's thread did not
come round; both depend on what else the machine does, so the time that the screen's thread really
worked stands beside them.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from benchmarks import machine
from coach.core.events import CallStarted, LogEvent, RunFinished
from coach.core.units import Samples, to_seconds
from coach.demo.week import weeks
from ui.archive import CallEntry, CallQuery
from ui.archive_facts import facts_of
from ui.archive_memory import MemoryArchive

MANY = 100_000
FRAMES = 300
HOUR_S = 3_600
FIRST = date(2026, 8, 31)
_OPENINGS = 7


class Endless(MemoryArchive):
    """A hundred thousand calls, made of a few; each page takes as long as a query may."""

    pattern: Sequence[CallEntry] = ()

    def count(self, _: CallQuery) -> int:
        """All of them."""
        return MANY

    def page(self, _: CallQuery, first: int, limit: int) -> Sequence[CallEntry]:
        """Some of them, after 5 ms."""
        time.sleep(0.005)
        return [
            replace(self.pattern[n % len(self.pattern)], call_id=f"call-{n}")
            for n in range(first, min(first + limit, MANY))
        ]


class Pauses:
    """Lets the screen work and notes how long it did not come round."""

    def __init__(self) -> None:
        from PySide6.QtWidgets import QApplication

        self.longest_ms = 0.0
        self._turn: Callable[[], None] = QApplication.processEvents

    def turn(self) -> float:
        """One round of the event loop; how long it took in ms."""
        began = time.perf_counter()
        self._turn()
        took = (time.perf_counter() - began) * 1_000
        self.longest_ms = max(self.longest_ms, took)
        return took

    def until(self, condition: Callable[[], bool]) -> None:
        """Round after round until `condition`."""
        while not condition():
            self.turn()
            time.sleep(0.001)


def main() -> int:
    """Measure, print, keep."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ui.application import application

    application()
    figures: dict[str, Any] = {
        "scroll": scroll(),
        "open_hour": opening(hours=1),
        "open_four_hours": opening(hours=4),
        "dashboard": dashboard(),
    }
    machine.keep("ui_archive", figures)
    print(figures)
    return 0


def scroll() -> dict[str, float]:
    """Drag through the whole list, and turn the wheel: a frame is a step, drawn."""
    from ui.calls_page import CallsPage

    endless = Endless(facts=(), load=lambda _: ())
    endless.pattern = [facts_of(one.events).entry for one in weeks(FIRST, calls=100)]
    with _errands() as errands:
        page = _shown(CallsPage(endless, errands, lambda _: None))
        pauses = Pauses()
        pauses.until(lambda: not errands.busy and page.model.entry(0) is not None)
        bar, viewport = page.table.verticalScrollBar(), page.table.viewport()
        taken, busy = [], time.thread_time()
        for step in _steps(bar.maximum()):
            began = time.perf_counter()
            bar.setValue(step)
            viewport.repaint()
            pauses.turn()
            taken.append((time.perf_counter() - began) * 1_000)
        busy = time.thread_time() - busy
        page.close()
    return {
        "cpu_ms_a_frame": round(busy * 1_000 / len(taken), 1),
        "frames": len(taken),
        "frames_a_second": round(1_000 / statistics.mean(taken), 1),
        "frame_p50_ms": round(statistics.median(taken), 1),
        "frame_p95_ms": round(_p95(taken), 1),
        "frame_longest_ms": round(max(taken), 1),
    }


def _steps(end: int) -> Iterator[int]:
    """Half of the frames drag from top to bottom, half turn the wheel near the middle."""
    yield from (round(end * frame / (FRAMES // 2)) for frame in range(FRAMES // 2))
    yield from (end // 2 + 40 * frame for frame in range(FRAMES // 2))


def opening(hours: int) -> dict[str, float]:
    """From the wish to open a call to its picture: log, words, drawing, sheets."""
    from ui.replay_page import ReplayPage

    events = long_call(hours * HOUR_S)
    entry = facts_of(events).entry
    archive = MemoryArchive(facts=(facts_of(events),), load=lambda _: events)
    taken, busy, pauses = [], [], Pauses()
    with _errands() as errands, _errands() as beside:
        page = _shown(ReplayPage(archive, errands, beside))
        for _ in range(_OPENINGS):
            began, worked = time.perf_counter(), time.thread_time()
            page.open_call(entry.call_id)
            pauses.until(lambda: page.call is not None)
            page.repaint()
            pauses.turn()
            taken.append(time.perf_counter() - began)
            busy.append(time.thread_time() - worked)
            page.close_call()
            pauses.until(lambda: not beside.busy)
        page.close()
    return {
        "call_s": round(entry.duration_s),
        "events": len(events),
        "p50_s": round(statistics.median(taken), 3),
        "longest_s": round(max(taken), 3),
        "screen_cpu_ms": round(statistics.median(busy) * 1_000, 1),
        "longest_pause_ms": round(pauses.longest_ms, 1),
    }


def long_call(seconds: int) -> tuple[LogEvent, ...]:
    """One call as long as asked: invented ones, one after the other."""
    made: list[LogEvent] = []
    offset = segment = turn = nudge = 0
    for one in weeks(FIRST, calls=2_000):
        start, *rest = one.events
        if not made:
            made.append(start)
        moved = [_moved(event, offset, segment, turn, nudge) for event in rest]
        made += [event for event in moved if not isinstance(event, CallStarted | RunFinished)]
        segment += 1 + max((e.segment for e in rest if hasattr(e, "segment")), default=0)
        turn += 1 + max((e.turn for e in rest if hasattr(e, "turn")), default=0)
        nudge += 1 + max((e.nudge for e in rest if hasattr(e, "nudge")), default=-1)
        offset = max(event.at for event in made)
        if to_seconds(Samples(offset)) > seconds:
            break
    return tuple(made)


def _moved(event: LogEvent, by: int, segment: int, turn: int, nudge: int) -> LogEvent:
    """An event of a later call as if it went on in the same one."""
    changes: dict[str, Any] = {}
    for name in ("at", "start", "end", "decided"):
        if hasattr(event, name):
            changes[name] = Samples(getattr(event, name) + by)
    for name, more in (("segment", segment), ("turn", turn), ("nudge", nudge)):
        if hasattr(event, name):
            changes[name] = getattr(event, name) + more
    if words := getattr(event, "words", None):
        moved = (replace(w, start=Samples(w.start + by), end=Samples(w.end + by)) for w in words)
        changes["words"] = tuple(moved)
    return replace(event, **changes)


def dashboard() -> dict[str, float]:
    """From another choice to its panels, over thirteen weeks and 5,000 calls."""
    from ui.dashboard_page import DashboardPage

    until = FIRST + timedelta(days=91)
    facts = [
        facts_of(one.events, team=one.team, channel=one.channel, causes=(one.cause,))
        for one in weeks(FIRST, 91, 5_000)
    ]
    archive = MemoryArchive(facts=facts, load=lambda _: ())
    taken, pauses = [], Pauses()
    with _errands() as errands:
        page = _shown(DashboardPage(archive, errands, today=lambda: until - timedelta(days=1)))
        pauses.until(lambda: not errands.busy and page.filled)
        for team in (1, 2, 3, 0):
            began = time.perf_counter()
            page.team.setCurrentIndex(team)
            pauses.until(lambda: not errands.busy and page.filled)
            page.repaint()
            pauses.turn()
            taken.append(time.perf_counter() - began)
        page.close()
    return {
        "calls": len(facts),
        "p50_s": round(statistics.median(taken), 3),
        "longest_pause_ms": round(pauses.longest_ms, 1),
    }


def _p95(taken: Sequence[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def _shown(page: Any) -> Any:
    from ui.appearance import dress
    from ui.theme import LIGHT

    dress(page, LIGHT)
    page.resize(1_160, 760)
    page.show()
    return page


@contextmanager
def _errands() -> Iterator[Any]:
    """Somebody to work behind the screen, let go in the end."""
    from ui.errands import Errands

    made = Errands()
    try:
        yield made
    finally:
        made.close()


if __name__ == "__main__":
    sys.exit(main())
