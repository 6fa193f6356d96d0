"""An invented record of two weeks, and what tests of its screens need besides."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from PySide6.QtWidgets import QApplication

from coach.core.events import LogEvent
from coach.demo.week import WeekCall, weeks
from ui.archive import EVERY_CALL, CallEntry
from ui.archive_facts import CallFacts, facts_of
from ui.archive_memory import MemoryArchive
from ui.errands import Errands

FIRST, DAYS, TODAY = date(2026, 11, 2), 14, date(2026, 11, 15)
WRITTEN = datetime(2026, 11, 15, 12, 0, tzinfo=UTC)


@cache
def invented() -> tuple[WeekCall, ...]:
    return tuple(weeks(FIRST, DAYS, calls=160))


@cache
def logs() -> dict[str, tuple[LogEvent, ...]]:
    return {one.events[0].call_id: one.events for one in invented()}  # type: ignore[union-attr]


@cache
def facts() -> tuple[CallFacts, ...]:
    return tuple(
        facts_of(one.events, team=one.team, channel=one.channel, causes=(one.cause,))
        for one in invented()
    )


def archive(
    sounds: dict[str, Path] | None = None,
    minimum: int = 5,
    calls: tuple[WeekCall, ...] | None = None,
) -> MemoryArchive:
    names = {one.events[0].call_id for one in calls or invented()}  # type: ignore[union-attr]
    return MemoryArchive(
        facts=[one for one in facts() if one.entry.call_id in names],
        load=logs().__getitem__,
        who="teamleider",
        sounds=sounds or {},
        now=lambda: WRITTEN,
        minimum=minimum,
    )


def entry_with(cause: str, *, nudges: int = 0) -> CallEntry:
    """A call of that cause with at least so many nudges."""
    found = archive().page(EVERY_CALL, 0, 1_000)
    return next(one for one in found if one.causes == (cause,) and one.nudges_shown >= nudges)


class Told(list[object]):
    """What somebody was told, one after the other."""

    def __call__(self, *what: object) -> None:
        self.append(what[0] if len(what) == 1 else what)


@contextmanager
def errand_boy() -> Iterator[Errands]:
    errands = Errands()
    try:
        yield errands
    finally:
        errands.close()


def done(*errands: Errands) -> None:
    """Wait until nothing is under way; what follows from it included."""
    for _ in range(20):  # panels come one a round
        for one in errands:
            while one.busy:
                one.wait()
        QApplication.processEvents()
