"""What the coach did and what became of it: nudges with their outcome, and the risk over time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coach.core.events import (
    LogEvent,
    NudgeAnswered,
    NudgeShown,
    NudgeWithdrawn,
    RiskChanged,
)
from coach.core.units import Samples
from coach.core.vocabulary import NudgeKind, RiskLevel


@dataclass(frozen=True, kw_only=True, slots=True)
class Nudge:
    """A nudge that was shown. `acted_on`: the agent did it while it stood on the screen.

    `answer`: "useful", "not_now" or "wrong"; `None`: not answered. `gone`: when it left the
    screen, `None` if the call ended first.
    """

    number: int
    kind: NudgeKind
    at: Samples
    because: str
    acted_on: bool
    answer: str | None
    gone: Samples | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RiskSpan:
    """The risk level from `start` to `end`, and the words that brought it there."""

    start: Samples
    end: Samples
    level: RiskLevel
    because: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Advice:
    """The coach's side of the call."""

    nudges: tuple[Nudge, ...]
    risk: tuple[RiskSpan, ...]

    @property
    def highest(self) -> RiskLevel:
        """The highest level that the call reached."""
        levels = (span.level for span in self.risk)
        return max(levels, key=lambda level: level.rank, default=RiskLevel.NONE)

    def at_level(self, level: RiskLevel) -> Samples:
        """How long the call stood at `level`."""
        return Samples(sum(span.end - span.start for span in self.risk if span.level is level))

    def answered(self, answer: str) -> int:
        """How many nudges were answered so."""
        return sum(nudge.answer == answer for nudge in self.nudges)

    @property
    def precision(self) -> float | None:
        """Of the nudges judged useful or wrong, the share of useful ones; `None`: none judged."""
        useful, wrong = self.answered("useful"), self.answered("wrong")
        return useful / (useful + wrong) if useful + wrong else None


def advised(events: Sequence[LogEvent], duration: Samples) -> Advice:
    """What the log tells of the coach."""
    return Advice(nudges=_nudges(events), risk=_risk(events, duration))


def _nudges(events: Sequence[LogEvent]) -> tuple[Nudge, ...]:
    gone = {event.nudge: event for event in events if isinstance(event, NudgeWithdrawn)}
    answers = {event.nudge: event for event in events if isinstance(event, NudgeAnswered)}
    return tuple(
        _nudge(event, gone.get(event.nudge), answers.get(event.nudge))
        for event in events
        if isinstance(event, NudgeShown)
    )


def _nudge(shown: NudgeShown, gone: NudgeWithdrawn | None, answered: NudgeAnswered | None) -> Nudge:
    left = [one.at for one in (gone, answered) if one is not None]
    return Nudge(
        number=shown.nudge,
        kind=shown.kind,
        at=shown.at,
        because=shown.because,
        acted_on=gone is not None and gone.reason == "done",
        answer=answered.answer if answered else None,
        gone=min(left, default=None),
    )


def _risk(events: Iterable[LogEvent], duration: Samples) -> tuple[RiskSpan, ...]:
    """The whole call, divided by its changes of level."""
    start, level, because = Samples(0), RiskLevel.NONE, ""
    spans = []
    for event in events:
        if isinstance(event, RiskChanged):
            spans.append(RiskSpan(start=start, end=event.at, level=level, because=because))
            start, level, because = event.at, event.level, event.because
    end = Samples(max(start, duration))
    spans.append(RiskSpan(start=start, end=end, level=level, because=because))
    return tuple(span for span in spans if span.end > span.start or span.level.rank)
