"""Aggression at work: a ladder of severity, and reports that only the agent can make.

A report needs an `AgentSubmission`, and the only way to one is an agent who says so: no rule, no
model and no lead files an incident. What is drafted from a call is the customer's words.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from coach.core.events import LogEvent
from coach.core.groups import SMALLEST
from coach.core.metrics.call import measure
from coach.core.metrics.signs import Sign, signs
from coach.core.redaction import redact
from coach.core.summary import ABUSE
from coach.core.units import Samples, to_seconds
from coach.core.vocabulary import Act, EscalationKind


class Severity(StrEnum):
    """How far it went, the lightest first."""

    WARNING = "warning"
    ENDED = "ended"
    THREAT = "threat"
    POLICE = "report_to_police"


@dataclass(frozen=True, slots=True)
class AgentSubmission:
    """An agent's own decision to report. Raises `ValueError` for one without an agent."""

    agent: str
    at: datetime

    def __post_init__(self) -> None:
        if not self.agent.strip():
            raise ValueError("only an agent can report an incident")
        if self.at.tzinfo is None:
            raise ValueError("the moment of a report has a zone")


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """What the customer said, at which moment of the call; redacted."""

    at_s: float
    kind: EscalationKind
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What an incident form is filled with beforehand. `at`: when it happened, if known.

    `severity` is a proposal: the agent decides.
    """

    call_id: str
    at: datetime | None
    kind: EscalationKind
    severity: Severity
    quotes: tuple[Quote, ...]
    duration_s: float
    cause: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Incident:
    """An incident as an agent reported it."""

    draft: Draft
    submission: AgentSubmission
    severity: Severity
    note: str = ""

    @property
    def at(self) -> datetime:
        """When it happened; else when it was reported."""
        return self.draft.at or self.submission.at


def draft(events: Iterable[LogEvent], cause: str | None = None) -> Draft | None:
    """A form for the abuse in a call, from the customer's words only; `None`: there was none."""
    kept = list(events)
    abuse = [sign for sign in signs(kept) if sign.kind in ABUSE]
    if not abuse:
        return None
    call = measure(kept)
    worst = min(abuse, key=lambda sign: _ORDER.index(sign.kind))
    ended = call.handling.did(Act.ANNOUNCE_END_OF_CALL) is not None
    return Draft(
        call_id=call.call_id,
        at=call.when(abuse[0].start),
        kind=worst.kind,
        severity=_severity(worst.kind, ended=ended),
        quotes=tuple(_quote(sign) for sign in abuse),
        duration_s=to_seconds(Samples(abuse[-1].end - abuse[0].start)),
        cause=cause,
    )


def form(events: Iterable[LogEvent], kind: EscalationKind, cause: str | None = None) -> Draft:
    """A form of the kind that the agent names; for what no model heard, one without quotes."""
    kept = list(events)
    call, drafted = measure(kept), draft(kept, cause)
    ended = call.handling.did(Act.ANNOUNCE_END_OF_CALL) is not None
    severity = _severity(kind, ended=ended)
    if drafted is not None:
        return replace(drafted, kind=kind, severity=severity)
    return Draft(
        call_id=call.call_id,
        at=call.when(Samples(0)),
        kind=kind,
        severity=severity,
        quotes=(),
        duration_s=0.0,
        cause=cause,
    )


def submit(
    drafted: Draft,
    submission: AgentSubmission,
    *,
    severity: Severity | None = None,
    note: str = "",
) -> Incident:
    """The incident that an agent reports; `severity` as the agent sees it."""
    return Incident(
        draft=drafted,
        submission=submission,
        severity=severity or drafted.severity,
        note=redact(note).text,
    )


_ORDER = (EscalationKind.THREAT, EscalationKind.DISCRIMINATION, EscalationKind.VERBAL_ABUSE)


def _severity(kind: EscalationKind, *, ended: bool) -> Severity:
    if kind is EscalationKind.THREAT:
        return Severity.THREAT
    return Severity.ENDED if ended else Severity.WARNING


def _quote(sign: Sign) -> Quote:
    return Quote(at_s=to_seconds(sign.start), kind=sign.kind, words=redact(sign.sentence).text)


# ---- trends --------------------------------------------------------------------------------------

UNKNOWN = "unknown"
"""Stands in a `Cell` for incidents without a known cause."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """Incidents of a cause in a week (its Monday). `count` is `None` where it is withheld."""

    week: date
    cause: str
    count: int | None


def trends(
    incidents: Sequence[tuple[datetime, str | None]], minimum: int = SMALLEST
) -> tuple[Cell, ...]:
    """Incidents by week and cause; cells of fewer than `minimum` are withheld, not left out."""
    counts = Counter((_monday(at), cause or UNKNOWN) for at, cause in incidents)
    return tuple(
        Cell(week=week, cause=cause, count=count if count >= minimum else None)
        for (week, cause), count in sorted(counts.items())
    )


def _monday(moment: datetime) -> date:
    return moment.date() - timedelta(days=moment.weekday())
