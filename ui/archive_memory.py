"""A record of calls that is held in memory: for invented calls, folders of logs, and tests.

It keeps the promises of `ui.archive.Archive`, the privacy minimum and the access log included.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from coach.core.events import LogEvent
from coach.core.units import Samples
from coach.protocol.asked import Asked
from ui.archive import (
    MINIMUM_BEHIND,
    Access,
    CallEntry,
    CallQuery,
    Choices,
    Course,
    Disruption,
    FigureQuery,
    Figures,
    Note,
    OpenedCall,
)
from ui.archive_facts import CallFacts
from ui.archive_figures import figures_over

Load = Callable[[str], Sequence[LogEvent]]
"""Gives the events of a call."""

_BEFORE, _AFTER = 16, 60
"""Letters before and behind the words that a search found."""


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


@dataclass
class MemoryArchive:
    """Calls by their facts; their events are loaded when one is opened.

    `who` stands in the access log and under notes. `sounds` are the recordings that were kept.
    `asks`: what the protocol asks for after a call.
    """

    facts: Iterable[CallFacts]
    load: Load
    who: str = ""
    sounds: Mapping[str, Path] = field(default_factory=dict)
    asks: Callable[[Sequence[LogEvent]], Asked | None] = lambda _: None
    now: Callable[[], datetime] = _now
    minimum: int = MINIMUM_BEHIND
    _calls: dict[str, CallFacts] = field(init=False)
    _notes: dict[str, list[Note]] = field(init=False, default_factory=dict)
    _accesses: dict[str, list[Access]] = field(init=False, default_factory=dict)
    _disruptions: list[Disruption] = field(init=False, default_factory=list)
    _last: tuple[CallQuery, list[CallEntry]] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        newest_first = sorted(self.facts, key=_age)
        self._calls = {one.entry.call_id: one for one in newest_first}

    def choices(self) -> Choices:
        """Teams, channels and causes that occur, by name."""
        entries = [one.entry for one in self._calls.values()]
        return Choices(
            teams=_names(entry.team for entry in entries),
            channels=_names(entry.channel for entry in entries),
            causes=_names(cause for entry in entries for cause in entry.causes),
        )

    def count(self, query: CallQuery) -> int:
        """How many calls fit."""
        return len(self._found(query))

    def page(self, query: CallQuery, first: int, limit: int) -> Sequence[CallEntry]:
        """At most `limit` calls that fit, the newest first, from number `first` on."""
        return self._found(query)[first : first + limit]

    def open_call(self, call_id: str) -> OpenedCall:
        """The call with its log; the opening is noted."""
        self._accesses.setdefault(call_id, []).append(Access(who=self.who, when=self.now()))
        events = tuple(self.load(call_id))
        return OpenedCall(
            entry=self._calls[call_id].entry,
            events=events,
            notes=tuple(self._notes.get(call_id, ())),
            accesses=tuple(self._accesses[call_id]),
            sound=self.sounds.get(call_id),
            asked=self.asks(events),
        )

    def add_note(self, call_id: str, at: Samples, text: str, *, went_well: bool) -> Note:
        """Leave a note; notes stand in the order of the call."""
        note = Note(at=at, author=self.who, text=text, written=self.now(), went_well=went_well)
        notes = self._notes.setdefault(call_id, [])
        notes.append(note)
        notes.sort(key=lambda one: one.at)
        return note

    def mark_good_example(self, call_id: str, good: bool) -> None:
        """Put the call among the good examples, or take it out."""
        facts = self._calls[call_id]
        self._calls[call_id] = replace(facts, entry=replace(facts.entry, good_example=good))
        self._last = None

    def figures(self, query: FigureQuery) -> Figures:
        """The figures over the calls of a period."""
        return figures_over(self._calls.values(), query, self._disruptions, self.minimum)

    def disruptions(self) -> Sequence[Disruption]:
        """What was marked on the time axis, oldest first."""
        return tuple(self._disruptions)

    def mark_disruption(self, disruption: Disruption) -> None:
        """Mark a disruption or mailing on the time axis."""
        self._disruptions.append(disruption)
        self._disruptions.sort(key=lambda one: one.since)

    def _found(self, query: CallQuery) -> list[CallEntry]:
        """The calls that fit; the last answer is kept, since pages of it follow."""
        if self._last is None or self._last[0] != query:
            self._last = (query, [e for one in self._calls.values() for e in _match(one, query)])
        return self._last[1]


def _age(facts: CallFacts) -> tuple[float, str]:
    began = facts.entry.began
    return (-began.timestamp() if began is not None else 0.0, facts.entry.call_id)


def _names(found: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({name for name in found if name}))


def _match(facts: CallFacts, query: CallQuery) -> tuple[CallEntry, ...]:
    """The entry, with the words that were found; nothing when it does not fit."""
    entry = facts.entry
    if not (_fits_when(entry, query) and _fits_what(facts, query)):
        return ()
    if not query.text.strip():
        return (entry,)
    snippet = _find(facts, query.text.strip())
    return () if snippet is None else (replace(entry, snippet=snippet),)


def _fits_when(entry: CallEntry, query: CallQuery) -> bool:
    day = entry.began.date() if entry.began is not None else None
    if query.since is not None and (day is None or day < query.since):
        return False
    if query.until is not None and (day is None or day >= query.until):
        return False
    return query.team in (None, entry.team) and query.channel in (None, entry.channel)


def _fits_what(facts: CallFacts, query: CallQuery) -> bool:
    entry = facts.entry
    wanted = (
        query.course is None or course_of(entry) is query.course,
        query.order in (None, entry.order),
        not query.risks or not set(query.risks).isdisjoint(entry.risk_kinds),
        query.cause is None or query.cause in entry.causes,
        query.nudge is None or any(kind is query.nudge for kind, _ in facts.nudges),
        not query.missed or entry.nudges_missed > 0,
        not query.good_example or entry.good_example,
    )
    return all(wanted)


def course_of(entry: CallEntry) -> Course | None:
    """Whether the mood crossed the line from below or from above; `None`: neither."""
    start, end = entry.valence_start, entry.valence_end
    if start is None or end is None or start * end >= 0:
        return None
    return Course.BETTER if start < 0 else Course.WORSE


def _find(facts: CallFacts, text: str) -> str | None:
    """The words around `text` in what was said; "" when a number of the call holds it."""
    wanted, entry = text.casefold(), facts.entry
    for line in facts.lines:
        at = line.casefold().find(wanted)
        if at >= 0:
            start, end = max(0, at - _BEFORE), at + len(text) + _AFTER
            return f"{'…' * (start > 0)}{line[start:end]}{'…' * (end < len(line))}"
    numbers = (entry.call_id, entry.reference, entry.agent)
    return "" if any(one and wanted in one.casefold() for one in numbers) else None
