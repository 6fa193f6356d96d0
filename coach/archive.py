"""The record of calls as the screens ask for it: `ui.archive.Archive` over `coach.store`.

Here the two meet; neither knows the other. Figures are made from the calls themselves where this
login owns the record, and from the weeks that the database publishes where it does not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from coach import published
from coach.asked import asked_after
from coach.core.events import LogEvent
from coach.core.units import Samples, from_seconds, to_seconds
from coach.core.vocabulary import EscalationKind, OrderValue
from coach.errors import UserError
from coach.phrases import say
from coach.store import groups, people, queries
from coach.store.calllog import SUFFIX, read_log
from coach.store.database import Store
from coach.store.queries import CallFilter, CallRow
from coach.store.recordings import recording_of
from ui.archive import (
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
from ui.archive_facts import CallFacts, facts_of
from ui.archive_figures import figures_over
from ui.archive_memory import MemoryArchive

_NOTE = re.compile(r"\[(\d+(?:\.\d+)?) s\] ([+>]) (.*)", re.DOTALL)
"""How the moment of a note, and whether it praises, stand before its text in the record."""

_NEWEST = 2_000
"""Among so many calls it is looked which teams and causes occur."""
_MOST = 10_000_000
_PAGE = 500


class StoreArchive:
    """The record behind the screens. `who` and `role` stand in its access log."""

    def __init__(self, store: Store, *, who: str, role: str) -> None:
        self._store, self._who, self._role = store, who, role
        self._facts: dict[str, CallFacts] = {}

    def choices(self) -> Choices:
        """Teams, channels and causes among the newest calls; who sees no calls: of the figures."""
        if not self._store.member.may_read_calls:
            return replace(published.choices(self._store), sees_calls=False)
        rows = queries.list_calls(self._store, limit=_NEWEST).rows
        return Choices(
            teams=tuple(sorted({row.team for row in rows if row.team})),
            channels=tuple(sorted({row.channel for row in rows})),
            causes=tuple(sorted({cause for row in rows for cause in row.causes})),
        )

    def count(self, query: CallQuery) -> int:
        """How many calls fit."""
        self._ask_to_see()
        return queries.count_calls(self._store, _filter(query), most=_MOST)

    def page(self, query: CallQuery, first: int, limit: int) -> Sequence[CallEntry]:
        """At most `limit` calls that fit, the newest first, from number `first` on."""
        self._ask_to_see()
        wanted = _filter(query)
        after = queries.cursor_before(self._store, wanted, first)
        if first and after is None:
            return ()
        found = queries.list_calls(self._store, wanted, after=after, limit=limit)
        return [entry_of(row) for row in found.rows]

    def open_call(self, call_id: str) -> OpenedCall:
        """The call with its log; the opening stands in the access log first."""
        self._ask_to_see()
        row = queries.one_call(self._store, call_id)
        if row is None:
            raise UserError("replay.not_there", call=call_id)
        if self._role == "agent" and row.agent == self._who:
            events = self._store.events(call_id)  # one's own call: nobody looks in
        else:
            events = people.open_call(self._store, call_id, self._who, self._role)
        if not events:
            raise UserError("replay.not_there", call=call_id)
        return OpenedCall(
            entry=entry_of(row),
            events=tuple(events),
            notes=self._notes(call_id),
            accesses=self._accesses(row),
            sound=recording_of(self._store, call_id) if row.has_audio else None,
            asked=asked_after(events),
        )

    def add_note(self, call_id: str, at: Samples, text: str, *, went_well: bool) -> Note:
        """Leave a note at a moment of the call."""
        written = f"[{to_seconds(at)} s] {'+' if went_well else '>'} {text}"
        people.add_note(self._store, call_id, self._who, written)
        return note_of(people.notes_of(self._store, call_id)[-1])

    def mark_good_example(self, call_id: str, good: bool) -> None:
        """Put the call among the good examples, or take it out."""
        people.mark_good_example(self._store, call_id, self._who, marked=good)

    def figures(self, query: FigureQuery) -> Figures:
        """The figures over the calls of a period, whole weeks, the house's smallest group kept."""
        if self._store.member.role is not None:
            return published.figures(self._store, query, self.disruptions())
        smallest = groups.smallest_group(self._store)
        return figures_over(self._facts_of(query), query, self.disruptions(), smallest)

    def disruptions(self) -> Sequence[Disruption]:
        """What was marked on the time axis, oldest first."""
        return [
            Disruption(
                name=one.name,
                since=one.began.astimezone().date(),
                until=None if one.ended is None else one.ended.astimezone().date(),
            )
            for one in people.disruptions(self._store)
        ]

    def mark_disruption(self, disruption: Disruption) -> None:
        """Mark a disruption or mailing on the time axis."""
        until = disruption.until
        people.add_disruption(
            self._store,
            disruption.name,
            _midnight(disruption.since),
            ended=None if until is None else _midnight(until),
        )

    # ---- in common ----

    def _ask_to_see(self) -> None:
        """Raise `UserError` for a login that the database shows no single call."""
        if not self._store.member.may_read_calls:
            raise UserError("calls.closed_hint")

    def _notes(self, call_id: str) -> tuple[Note, ...]:
        found = [note_of(one) for one in people.notes_of(self._store, call_id)]
        return tuple(sorted(found, key=lambda note: note.at))

    def _accesses(self, row: CallRow) -> tuple[Access, ...]:
        """Who opened the call; to a lead the database gives no other name than their own."""
        if not self._store.member.may_read_accesses:
            return (Access(who=f"{self._who} ({self._role})", when=self._store.clock()),)
        log = people.access_log(self._store, agent=row.agent)
        opened = [one for one in log if one.call_id == row.call_id]
        return tuple(Access(who=_who(one), when=one.at) for one in reversed(opened))

    def _facts_of(self, query: FigureQuery) -> Iterator[CallFacts]:
        """The facts of the calls of a period; those that are over are read once."""
        calls = CallQuery(
            since=query.since, until=query.until, team=query.team, channel=query.channel
        )
        wanted, after = _filter(calls), None
        while True:
            page = queries.list_calls(self._store, wanted, after=after, limit=_PAGE)
            for row in page.rows:
                yield self._fact(row)
            after = page.after
            if after is None:
                return

    def _fact(self, row: CallRow) -> CallFacts:
        known = self._facts.get(row.call_id)
        if known is None or not row.finished:
            events = self._store.events(row.call_id)
            known = facts_of(events, team=row.team, channel=row.channel)
            self._facts[row.call_id] = replace(known, lines=())
        return replace(known, entry=entry_of(row))


def _who(one: people.Opening) -> str:
    """Somebody who opened a call, or listened to it."""
    named = f"{one.who} ({one.role})"
    return say("sound.listened", who=named) if one.what == "sound" else named


def entry_of(row: CallRow) -> CallEntry:
    """A row of the record as a line of the list."""
    return CallEntry(
        call_id=row.call_id,
        began=None if row.began is None else row.began.astimezone(),
        agent=row.agent,
        team=row.team,
        channel=row.channel,
        reference=row.reference,
        duration_s=row.duration_s,
        valence_start=row.valence_start,
        valence_lowest=row.valence_lowest,
        valence_end=row.valence_end,
        risk=row.risk_highest,
        risk_kinds=tuple(EscalationKind(kind) for kind in row.risk_kinds),
        order=row.order or OrderValue.NO_ASK,
        nudges_shown=row.nudges_shown,
        nudges_missed=row.nudges_missed,
        causes=row.causes,
        has_audio=row.has_audio,
        good_example=row.good_example,
        snippet=row.snippet or "",
    )


def note_of(found: people.Note) -> Note:
    """A note of the record; one without a moment stands at the beginning."""
    matched = _NOTE.fullmatch(found.text)
    at, sign, text = matched.groups() if matched else ("0", "+", found.text)
    return Note(
        at=from_seconds(float(at)),
        author=found.author,
        text=text,
        written=found.written.astimezone(),
        went_well=sign == "+",
    )


def _filter(query: CallQuery) -> CallFilter:
    return CallFilter(
        text=query.text.strip() or None,
        since=None if query.since is None else _midnight(query.since),
        until=None if query.until is None else _midnight(query.until),
        team=query.team,
        channel=query.channel,
        started_negative_ended_positive=query.course is Course.BETTER or None,
        started_positive_ended_negative=query.course is Course.WORSE or None,
        any_risk=tuple(kind.value for kind in query.risks) or None,
        order=query.order,
        nudge=None if query.nudge is None else query.nudge.value,
        cause=query.cause,
        nudges_missed=query.missed or None,
        good_example=query.good_example or None,
    )


def _midnight(day: date) -> datetime:
    """The beginning of a day where this machine is."""
    return datetime.combine(day, time()).astimezone()


# ---- a folder of logs ----------------------------------------------------------------------------


def archive_of_logs(folder: Path, who: str = "") -> MemoryArchive:
    """A record made of the call logs in `folder`, for looking around; nothing is written to it.

    Raises `UserError` when there is no log in it, or one that cannot be read.
    """
    paths = {path.name.removesuffix(SUFFIX): path for path in sorted(folder.glob(f"*{SUFFIX}"))}
    if not paths:
        raise UserError("replay.no_logs", path=folder)
    facts, files = [], {}
    for path in paths.values():
        try:
            one = facts_of(tuple(read_log(path)))
        except OSError as why:
            raise UserError("cli.cannot_read", path=path) from why
        except ValueError as why:  # a broken line, or no beginning
            raise UserError("cli.no_log", path=path, why=why) from why
        facts.append(one)
        files[one.entry.call_id] = path

    def load(call_id: str) -> Sequence[LogEvent]:
        return tuple(read_log(files[call_id]))

    return MemoryArchive(facts=facts, load=load, who=who, asks=asked_after)


def invented_archive(weeks: int = 6, calls: int = 1_200, who: str = "") -> MemoryArchive:
    """A record of invented calls over the last weeks, for looking around without calls."""
    from coach.core.events import CallStarted
    from coach.demo.week import weeks as invent

    today = datetime.now(UTC).astimezone().date()
    days = 7 * (weeks - 1) + today.weekday() + 1
    first = today - timedelta(days=days - 1)
    logs: dict[str, Sequence[LogEvent]] = {}
    facts = []
    for one in invent(first, days, calls):
        started = one.events[0]
        assert isinstance(started, CallStarted)  # noqa: S101 - a log begins with its start
        logs[started.call_id] = one.events
        facts.append(facts_of(one.events, team=one.team, channel=one.channel, causes=(one.cause,)))
    return MemoryArchive(facts=facts, load=logs.__getitem__, who=who, asks=asked_after)
