"""The windows over the record with invented calls, for pictures of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from coach.core.events import CallStarted, LogEvent
from coach.core.units import RATE, from_seconds
from coach.core.vocabulary import Speaker
from coach.demo.week import weeks
from coach.errors import UserError
from ui.archive import (
    EVERY_CALL,
    CallEntry,
    CallQuery,
    Choices,
    Disruption,
    FigureQuery,
    Figures,
)
from ui.archive_facts import CallFacts, facts_of
from ui.archive_memory import MemoryArchive
from ui.calls_section import CallsSection
from ui.dashboard_page import DashboardPage
from ui.record_sections import RecordSections
from ui.replay_page import ReplayPage
from ui.replay_sound import Peaks, Player, SilentPlayer
from ui.shell import Shell

Scene = Callable[[], QWidget]
_FIRST, _DAYS, _CALLS, _TODAY = date(2026, 10, 12), 42, 1_200, date(2026, 11, 22)
_PER_S = 50
_PUBLISHED = {
    "published_acknowledged": "acknowledged",
    "published_turned": "ended_better",
    "emotion_recovery": "emotion_recovery",
    "emotion_end": "emotion_end",
    "published_upset": "upset",
}
_ROOM = QSize(1_240, 800)


@cache
def _invented() -> tuple[tuple[CallFacts, ...], dict[str, tuple[LogEvent, ...]]]:
    """Six weeks of calls, made once."""
    facts, logs = [], {}
    for one in weeks(_FIRST, _DAYS, _CALLS):
        made = facts_of(
            one.events,
            team=one.team,
            channel=one.channel,
            causes=(one.cause,),
            has_audio=one.story in {"storing", "modem"},
        )
        facts.append(made)
        logs[made.entry.call_id] = one.events
    return tuple(facts), logs


def _archive(made_as: type[MemoryArchive] = MemoryArchive) -> MemoryArchive:
    facts, logs = _invented()
    kept = {one.entry.call_id: Path("call") for one in facts if one.entry.has_audio}
    archive = made_as(
        facts=facts,
        load=logs.__getitem__,
        who="M. de Wit",
        sounds=kept,
        now=lambda: datetime(2026, 11, 22, 16, 5, tzinfo=UTC),
    )
    archive.mark_disruption(
        Disruption(name="storing Zuid", since=date(2026, 10, 26), until=date(2026, 11, 3))
    )
    for entry in archive.page(EVERY_CALL, 1, 2):
        archive.mark_good_example(entry.call_id, True)
    return archive


class SharedArchive(MemoryArchive):
    """What a coach sees of a team's database: whole weeks of groups, and no single call."""

    def choices(self) -> Choices:
        """Teams and lines; calls are none of a coach's business."""
        return replace(super().choices(), causes=(), sees_calls=False)

    def count(self, query: CallQuery) -> int:  # noqa: ARG002 - whatever is asked for
        """Raise `UserError`, whatever is asked for."""
        raise UserError("calls.closed_hint")

    def figures(self, query: FigureQuery) -> Figures:
        """The figures that a database publishes, under their names there."""
        found = super().figures(query)
        return replace(
            found,
            metrics={name: found.metrics[own] for name, own in _PUBLISHED.items()},
            trends={name: found.trends[own] for name, own in _PUBLISHED.items()},
            causes=tuple(replace(one, examples=()) for one in found.causes),
            whole_weeks=True,
        )


class InventedSound:
    """How an invented call might sound, for its picture; it cannot be heard."""

    def __init__(self, events: tuple[LogEvent, ...]) -> None:
        self._events = events

    def peaks(self) -> Peaks:
        """Loud where somebody speaks, in the rhythm of syllables."""
        length = max(event.at for event in self._events) / RATE
        sides = {who: self._side(who, round(length * _PER_S)) for who in Speaker}
        return Peaks(per_s=_PER_S, agent=sides[Speaker.AGENT], customer=sides[Speaker.CUSTOMER])

    def player(self) -> Player:
        """Moves without a sound."""
        return SilentPlayer(max(event.at for event in self._events))

    def _side(self, who: Speaker, count: int) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
        chance = np.random.default_rng(7)
        loud = chance.random(count, np.float32) * 0.01
        for event in self._events:
            words = getattr(event, "words", ())
            for word in words if getattr(event, "speaker", None) is who else ():
                first, last = (round(at / RATE * _PER_S) for at in (word.start, word.end))
                shape = np.sin(np.linspace(0.15, np.pi, max(last - first, 1), dtype=np.float32))
                spread = 0.35 + 0.65 * chance.random(len(shape), np.float32)
                loud[first : first + len(shape)] = shape[: len(loud) - first] * spread
        return loud.astype(np.float32)


class _Window(Shell):
    """The main window over an invented record."""

    def __init__(self, archive: MemoryArchive) -> None:
        self.record = RecordSections(
            archive,
            open_sound=lambda *_: InventedSound(self.events),
            today=lambda: _TODAY,
        )
        self.events: tuple[LogEvent, ...] = ()
        super().__init__(self.record.sections)
        self.record.setParent(self)
        self.record.enter(self)
        self.setProperty("roomy", _ROOM)

    def close_errands(self) -> None:
        """The picture is taken."""
        self.record.close()

    def wait(self) -> None:
        """Until everything that was asked for is there."""
        for _ in range(4):
            for errands in self.record.errands:
                while errands.busy:
                    errands.wait()
            QApplication.processEvents()


def _calls(query: CallQuery | None = None, *, empty: bool = False, shared: bool = False) -> Scene:
    def make() -> QWidget:
        there = _archive(SharedArchive if shared else MemoryArchive)
        window = _Window(MemoryArchive(facts=(), load=lambda _: ()) if empty else there)
        section = window.open("calls")
        window.wait()
        if query is not None and isinstance(section, CallsSection):
            section.show_calls(query)
            window.wait()
        return window

    return make


def _call_of(archive: MemoryArchive, cause: str) -> CallEntry:
    """A call about `cause`, with sound if one has it, and with the most nudges."""
    found = archive.page(CallQuery(cause=cause), 0, _CALLS)
    return max(found, key=lambda one: (one.has_audio, one.nudges_shown, one.duration_s))


def _replay(sheet: int, act: Callable[[ReplayPage], None] = lambda _: None, *, cause: str) -> Scene:
    def make() -> QWidget:
        archive = _archive()
        window = _Window(archive)
        section = window.open("calls")
        assert isinstance(section, CallsSection)  # noqa: S101 - that is what was made
        entry = _call_of(archive, cause)
        window.events = _invented()[1][entry.call_id]
        assert isinstance(window.events[0], CallStarted)  # noqa: S101 - a log begins so
        section.open_call(entry)
        window.wait()
        page = section.replay
        page.parts.tabs.setCurrentIndex(sheet)
        page.seek(from_seconds(14))
        act(page)
        window.wait()
        return window

    return make


def _leave_notes(page: ReplayPage) -> None:
    page.leave_note("Rustig gebleven en meteen verteld wat er ging gebeuren.", True)
    page.seek(from_seconds(24))
    page.leave_note("Eerst één zin over het wachten, dan pas de gegevens.", False)


def _practise(page: ReplayPage) -> None:
    page.parts.practice.start.click()
    page.parts.practice.words.setPlainText("Dat is vervelend, juist nu. Ik kijk meteen mee.")
    page.parts.practice.compare.click()


def _other_rule(page: ReplayPage) -> None:
    page.parts.whatif.on.setChecked(False)


def _dashboard(
    down: float = 0.0, *, table: bool = False, team: int = 0, shared: bool = False
) -> Scene:
    def make() -> QWidget:
        window = _Window(_archive(SharedArchive if shared else MemoryArchive))
        page = window.open("dashboard")
        assert isinstance(page, DashboardPage)  # noqa: S101 - that is what was made
        window.wait()
        if team:
            page.team.setCurrentIndex(team)
            page.channel.setCurrentIndex(2)
            page.period.setCurrentIndex(0)
            window.wait()
        for view in page.views[:3] if table else ():
            view.as_table.click()
        if down:
            window.resize(_ROOM)
            window.show()
            window.wait()
            bar = page.whole.verticalScrollBar()
            bar.setValue(round(bar.maximum() * down))
        return window

    return make


_SCENES: dict[str, Scene] = {
    "calls": _calls(),
    "calls-found": _calls(CallQuery(text="monteur", missed=False)),
    "calls-nothing": _calls(CallQuery(text="zeppelin")),
    "calls-empty": _calls(empty=True),
    "calls-closed": _calls(shared=True),
    "replay": _replay(1, cause="outage"),
    "replay-facts": _replay(0, cause="contract_after_death"),
    "replay-notes": _replay(2, _leave_notes, cause="outage"),
    "replay-practice": _replay(3, _practise, cause="missed_appointment"),
    "replay-whatif": _replay(4, _other_rule, cause="outage"),
    "dashboard": _dashboard(),
    "dashboard-causes": _dashboard(0.62),
    "dashboard-nudges": _dashboard(1.0),
    "dashboard-table": _dashboard(table=True),
    "dashboard-withheld": _dashboard(0.86, team=3),
    "dashboard-shared": _dashboard(shared=True),
}


def record_scenes() -> dict[str, Scene]:
    """All of them by name: what makes the window, in the language and look of the moment."""
    return dict(_SCENES)
