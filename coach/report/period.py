"""The report of a period, as data: what a page and a paper show. Figures of small groups are not.

No figure is about one agent, except in the report that an agent makes of their own calls.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coach.core.cause_counts import CallCauses, Ranked, Turn, rank, trend
from coach.core.groups import SMALLEST, Guard, Withheld
from coach.core.metrics import CallMetrics, Unit
from coach.core.metrics.definitions import DEFINITIONS
from coach.core.metrics.signs import Sign
from coach.core.vocabulary import EscalationKind

SHOWN = (
    "acknowledged_before_data",
    "acknowledged",
    "acknowledgement_wait_s",
    "acknowledgement_replies",
    "paraphrases",
    "open_questions",
    "interruptions_agent",
    "emotion_start",
    "emotion_lowest",
    "emotion_end",
    "ended_better",
    "sentiment_graded",
    "talk_agent_share",
    "non_talk_share",
    "nudges",
    "nudge_precision",
)
"""The metrics of a report, in this order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CallInsight:
    """One call as reports need it."""

    metrics: CallMetrics
    signs: tuple[Sign, ...]
    causes: CallCauses | None

    @property
    def agent(self) -> str | None:
        """The agent's number, for the smallest group."""
        return self.metrics.agent

    @property
    def day(self) -> date | None:
        """When it was, if known."""
        if self.metrics.began is None:
            return None
        try:
            return datetime.fromisoformat(self.metrics.began).date()
        except ValueError:
            return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """The mean of a metric; `calls` is how many calls it could be known of."""

    name: str
    unit: Unit
    value: float | Withheld | None
    calls: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Week:
    """A week (its Monday): how many calls, and the share acknowledged before the data."""

    monday: date
    calls: int
    acknowledged: float | Withheld | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """Everything that a report of a period says."""

    since: date | None
    until: date | None
    calls: int
    upset: int | Withheld
    own: bool
    minimum: int
    lines: tuple[Line, ...]
    causes: tuple[Ranked, ...] | Withheld
    risks: tuple[tuple[EscalationKind, int], ...] | Withheld
    weeks: tuple[Week, ...]
    changed: tuple[Turn, ...]
    changed_on: date | None

    @property
    def withheld(self) -> int:
        """How many figures are withheld."""
        parts: list[object] = [line.value for line in self.lines]
        parts += [self.causes, self.risks, self.upset, *(week.acknowledged for week in self.weeks)]
        parts += [share for turn in self.changed for share in (turn.before, turn.after)]
        return sum(isinstance(part, Withheld) for part in parts)


def report(
    calls: Sequence[CallInsight], *, minimum: int = SMALLEST, changed: date | None = None
) -> Report:
    """The report over `calls`; `changed`: the day of a change whose effect is looked at."""
    days = sorted(call.day for call in calls if call.day is not None)
    guard = Guard.over(calls, minimum)
    caused = [call.causes for call in calls if call.causes is not None]
    top = rank(caused, guard)
    turns = (
        () if changed is None or isinstance(top, Withheld) else _turns(caused, top, changed, guard)
    )
    return Report(
        since=days[0] if days else None,
        until=days[-1] if days else None,
        calls=len(calls),
        upset=_upset(calls, guard),
        own=guard.own and any(call.agent is not None for call in calls),
        minimum=minimum,
        lines=tuple(_line(name, calls, guard) for name in SHOWN),
        causes=top,
        risks=_risks(calls, guard),
        weeks=_weeks(calls, guard),
        changed=turns,
        changed_on=changed,
    )


def _upset(calls: Sequence[CallInsight], guard: Guard) -> int | Withheld:
    if not guard.enough(calls):
        return Withheld(len(calls))
    return sum(call.metrics.mood.upset is True for call in calls)


def _line(name: str, calls: Sequence[CallInsight], guard: Guard) -> Line:
    read: Callable[[CallMetrics], object] = DEFINITIONS[name].read
    figures = [(call, read(call.metrics)) for call in calls]
    numbers = [(c, f) for c, f in figures if isinstance(f, int | float)]
    value = guard.mean(numbers)
    return Line(name=name, unit=DEFINITIONS[name].unit, value=value, calls=len(numbers))


def _risks(
    calls: Sequence[CallInsight], guard: Guard
) -> tuple[tuple[EscalationKind, int], ...] | Withheld:
    """In how many calls each sign was heard; signs of fewer calls than the minimum are left out."""
    if not guard.enough(calls):
        return Withheld(len(calls))
    heard = Counter(kind for call in calls for kind in {sign.kind for sign in call.signs})
    kept = [
        (kind, count)
        for kind, count in heard.items()
        if guard.enough([c for c in calls if any(s.kind is kind for s in c.signs)])
    ]
    return tuple(sorted(kept, key=lambda one: (-one[1], one[0])))


def _weeks(calls: Sequence[CallInsight], guard: Guard) -> tuple[Week, ...]:
    by_week: dict[date, list[CallInsight]] = {}
    for call in calls:
        if call.day is not None:
            monday = call.day - timedelta(days=call.day.weekday())
            by_week.setdefault(monday, []).append(call)
    return tuple(
        Week(
            monday=monday,
            calls=len(group),
            acknowledged=guard.mean(
                [(c, c.metrics.handling.acknowledged_before_data) for c in group]
            ),
        )
        for monday, group in sorted(by_week.items())
    )


def _turns(
    caused: Sequence[CallCauses], top: Sequence[Ranked], changed: date, guard: Guard
) -> tuple[Turn, ...]:
    return tuple(trend(caused, one.cause, changed, guard) for one in top)
