"""What the screens ask of the record of calls. No Qt, no store: the composition root joins them.

A call's event log is the truth about it; what stands here beside the log is what a list of calls
needs, what people added (notes, marks) and figures over many calls. Whoever gives figures keeps to
the privacy minimum: a figure that fewer calls stand behind is withheld, and says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from coach.core.events import LogEvent
from coach.core.units import Samples
from coach.core.vocabulary import EscalationKind, NudgeKind, OrderValue, RiskLevel
from coach.protocol.asked import Asked

MINIMUM_BEHIND = 5
"""How many calls must stand behind a figure before it is shown."""

AGGRESSION = (EscalationKind.VERBAL_ABUSE, EscalationKind.THREAT, EscalationKind.DISCRIMINATION)
"""The signs that make a call an aggression incident."""


class Course(StrEnum):
    """How the customer's mood went from the first to the last turn that was read."""

    BETTER = "better"
    """Began negative and ended positive."""
    WORSE = "worse"
    """Began positive and ended negative."""


# ---- calls ---------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class CallEntry:
    """One call in a list. Valences are the customer's, -2..2; `None` is unknown.

    `duration_s` is in seconds. `nudges_missed` were neither answered nor done. `snippet` holds the
    words that a search found.
    """

    call_id: str
    began: datetime | None = None
    agent: str | None = None
    team: str | None = None
    channel: str | None = None
    reference: str | None = None
    duration_s: float = 0.0
    valence_start: float | None = None
    valence_lowest: float | None = None
    valence_end: float | None = None
    risk: RiskLevel = RiskLevel.NONE
    risk_kinds: tuple[EscalationKind, ...] = ()
    order: OrderValue = OrderValue.NO_ASK
    nudges_shown: int = 0
    nudges_missed: int = 0
    causes: tuple[str, ...] = ()
    has_audio: bool = False
    good_example: bool = False
    snippet: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CallQuery:
    """Which calls: all that fit every field that is set. `until` is the first day after.

    `risks`: calls with at least one of these signs; empty: any call. `missed`: a nudge was neither
    answered nor done. `nudge`: a nudge of this kind was shown.
    """

    text: str = ""
    since: date | None = None
    until: date | None = None
    team: str | None = None
    channel: str | None = None
    course: Course | None = None
    order: OrderValue | None = None
    risks: tuple[EscalationKind, ...] = ()
    cause: str | None = None
    nudge: NudgeKind | None = None
    missed: bool = False
    good_example: bool = False


EVERY_CALL = CallQuery()


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """What there is to choose from when calls are filtered.

    `sees_calls`: whether whoever looks may see single calls at all, or figures only.
    """

    teams: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    sees_calls: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """What somebody wrote at a moment of a call."""

    at: Samples
    author: str
    text: str
    written: datetime
    went_well: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Access:
    """Who opened a call, and when. The agent of the call can read it."""

    who: str
    when: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedCall:
    """A call that was opened: its log, what people added to it, and its sound if it was kept.

    `agent_left`: whether the agent is on the left channel of the sound. `asked`: what the protocol
    asks for after it.
    """

    entry: CallEntry
    events: tuple[LogEvent, ...]
    notes: tuple[Note, ...] = ()
    accesses: tuple[Access, ...] = ()
    sound: Path | None = None
    agent_left: bool = True
    asked: Asked | None = None


# ---- figures over many calls ---------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureQuery:
    """Over which calls figures are made: `since` up to, not including, `until`."""

    since: date
    until: date
    team: str | None = None
    channel: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A figure over `calls` calls. Withheld: too few calls, so neither is told.

    A `value` of `None` that is not withheld is unknown: there was nothing to measure.
    """

    value: float | None = None
    calls: int | None = None
    withheld: bool = False


WITHHELD = Figure(withheld=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A figure at a place on the time axis: the week that begins on `since`."""

    since: date
    figure: Figure


@dataclass(frozen=True, kw_only=True, slots=True)
class Cause:
    """Why customers were upset: the calls, a few of them to look at, and the trend."""

    name: str
    calls: Figure
    trend: tuple[Point, ...] = ()
    examples: tuple[CallEntry, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class NudgeFigures:
    """How often a kind of nudge was shown and how agents answered it.

    `precision`: the share of useful among useful and wrong.
    """

    kind: NudgeKind
    shown: Figure
    useful: int | None
    not_now: int | None
    wrong: int | None
    precision: Figure


@dataclass(frozen=True, kw_only=True, slots=True)
class Disruption:
    """Something that made many customers call: a breakdown, a mailing. `until` may be open."""

    name: str
    since: date
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """A disruption beside what was usual: upset calls a day, meanwhile and on other days."""

    disruption: Disruption
    meanwhile: Figure
    otherwise: Figure


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """Everything that the dashboard draws.

    Names in `metrics` and `trends` are `METRICS`, or "published_…" where only weeks of teams are
    known; they are drawn in the order in which they stand there. `whole_weeks`: so are the effects
    of disruptions, which are then compared week by week.
    """

    calls: Figure
    metrics: Mapping[str, Figure]
    trends: Mapping[str, tuple[Point, ...]]
    causes: tuple[Cause, ...] = ()
    risks: tuple[tuple[EscalationKind, Figure], ...] = ()
    incidents: Mapping[str, tuple[Point, ...]]
    nudges: tuple[NudgeFigures, ...] = ()
    effects: tuple[Effect, ...] = ()
    minimum: int = MINIMUM_BEHIND
    whole_weeks: bool = False


METRICS = (
    "acknowledged_before_data",
    "acknowledged",
    "ended_better",
    "emotion_recovery",
    "emotion_end",
    "upset",
)
"""The metrics of the dashboard, in its order; what they mean stands in `coach.core.metrics`."""


# ---- the record itself ---------------------------------------------------------------------------


class Archive(Protocol):
    """The record, as far as the screens need it. Called from background threads, two at a time.

    Every function may raise `CoachError`; its text is shown.
    """

    def choices(self) -> Choices:
        """Teams, channels and causes that occur."""
        ...

    def count(self, query: CallQuery) -> int:
        """How many calls fit."""
        ...

    def page(self, query: CallQuery, first: int, limit: int) -> Sequence[CallEntry]:
        """At most `limit` of the calls that fit, the newest first, from number `first` on."""
        ...

    def open_call(self, call_id: str) -> OpenedCall:
        """The call with its log. That it was opened is noted where its agent can read it."""
        ...

    def add_note(self, call_id: str, at: Samples, text: str, *, went_well: bool) -> Note:
        """Leave a note at a moment of the call."""
        ...

    def mark_good_example(self, call_id: str, good: bool) -> None:
        """Put the call into the library of good examples, or take it out."""
        ...

    def figures(self, query: FigureQuery) -> Figures:
        """The figures over the calls of a period."""
        ...

    def disruptions(self) -> Sequence[Disruption]:
        """What was marked on the time axis, oldest first."""
        ...

    def mark_disruption(self, disruption: Disruption) -> None:
        """Mark a disruption or mailing on the time axis."""
        ...
