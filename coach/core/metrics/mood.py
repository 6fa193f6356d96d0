"""The customer's feelings over the call, as a curve and as figures. Never the agent's.

Two definitions stand side by side. Contact Lens: a turn is -5, 0 or +5; a quarter of the time up to
the customer's last word gets the mean of the turns that begin in it; the call gets the mean of its
quarters (this reproduces the scores in the example file that Amazon publishes). Graded: the
valence itself, -2..2, on the same scale of -5..5, with every turn weighing as long as it lasts,
in each quarter that it lies in.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coach.core.events import CustomerScored, LogEvent
from coach.core.feelings import because_of, is_negative
from coach.core.units import Samples
from coach.core.vocabulary import Emotion

CLEARLY = 0.4
"""The valence from which a turn has a label of Contact Lens, positive or negative."""

BEST = 5.0
"""The end of the scale of Contact Lens."""

_WIDEST = 2.0
_QUARTERS = 4
_Scorer = Callable[[Sequence["Moment"], Samples, Samples], float | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """What one turn of the customer told. `negative`: clearly dark, by the core's own rule."""

    turn: int
    start: Samples
    end: Samples
    valence: float | None
    intensity: int | None
    emotions: tuple[Emotion, ...]
    negative: bool
    because: str

    @property
    def label(self) -> str | None:
        """Contact Lens' word for the turn; `None` when unknown."""
        if self.valence is None:
            return None
        if abs(self.valence) < CLEARLY:
            return "NEUTRAL"
        return "POSITIVE" if self.valence > 0 else "NEGATIVE"


@dataclass(frozen=True, kw_only=True, slots=True)
class Quarter:
    """A quarter of the call with its score, -5..5; `None`: nothing is known of it."""

    start: Samples
    end: Samples
    score: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Mood:
    """The customer's feelings. `start`, `lowest` and `end` are turns whose valence is known."""

    curve: tuple[Moment, ...]
    start: Moment | None
    lowest: Moment | None
    end: Moment | None
    first_negative: Moment | None
    quarters: tuple[Quarter, ...]
    overall: float | None
    graded_quarters: tuple[Quarter, ...]
    graded: float | None

    @property
    def recovery(self) -> float | None:
        """By how much the end lies above the lowest point, in points of valence."""
        if self.end is None or self.lowest is None:
            return None
        return (self.end.valence or 0.0) - (self.lowest.valence or 0.0)

    @property
    def upset(self) -> bool | None:
        """Whether any turn was clearly negative; `None` when no turn could be read."""
        return None if self.start is None else self.first_negative is not None

    @property
    def ended_better(self) -> bool | None:
        """Of a customer who was upset: whether the end lies above the start."""
        if not self.upset or self.end is None or self.start is None:
            return None
        return (self.end.valence or 0.0) > (self.start.valence or 0.0)


def felt(events: Iterable[LogEvent]) -> Mood:
    """The feelings in a log: the last judgement of every turn."""
    curve = moments(events)
    known = [one for one in curve if one.valence is not None]
    quarters = _quarters(known, _by_beginning)
    graded = _quarters(known, _by_time)
    return Mood(
        curve=curve,
        start=known[0] if known else None,
        lowest=min(known, key=lambda one: one.valence or 0.0, default=None),
        end=known[-1] if known else None,
        first_negative=next((one for one in curve if one.negative), None),
        quarters=quarters,
        overall=_mean([quarter.score for quarter in quarters]),
        graded_quarters=graded,
        graded=_by_time(known, Samples(0), max(one.end for one in known)) if known else None,
    )


def moments(events: Iterable[LogEvent]) -> tuple[Moment, ...]:
    """The customer's turns as they were finally read, in order."""
    last: dict[int, CustomerScored] = {}
    for event in events:
        if isinstance(event, CustomerScored) and not event.partial:
            last[event.turn] = event
    return tuple(_moment(last[turn]) for turn in sorted(last))


def _moment(scored: CustomerScored) -> Moment:
    return Moment(
        turn=scored.turn,
        start=scored.start,
        end=scored.end,
        valence=scored.valence,
        intensity=scored.intensity,
        emotions=scored.emotions,
        negative=is_negative(scored),
        because=because_of(scored),
    )


def _quarters(known: Sequence[Moment], score: _Scorer) -> tuple[Quarter, ...]:
    """Four equal parts of the time up to the customer's last word."""
    if not known:
        return ()
    whole = max(one.end for one in known)
    edges = [Samples(whole * n // _QUARTERS) for n in range(_QUARTERS + 1)]
    return tuple(Quarter(start=a, end=b, score=score(known, a, b)) for a, b in pairwise(edges))


def _by_beginning(known: Sequence[Moment], start: Samples, end: Samples) -> float | None:
    """The mean of the turns that begin there, each -5, 0 or 5."""
    worth = {"NEGATIVE": -BEST, "NEUTRAL": 0.0, "POSITIVE": BEST}
    return _mean([worth[one.label or "NEUTRAL"] for one in known if start <= one.start < end])


def _by_time(known: Sequence[Moment], start: Samples, end: Samples) -> float | None:
    """The mean valence, every turn weighing as long as it lasts between `start` and `end`."""
    inside = [(one, min(one.end, end) - max(one.start, start)) for one in known]
    weights = [(one.valence or 0.0, length) for one, length in inside if length > 0]
    total = sum(length for _, length in weights)
    if not total:
        return None
    return BEST / _WIDEST * sum(valence * length for valence, length in weights) / total


def _mean(scores: Sequence[float | None]) -> float | None:
    """The mean of those that are known."""
    known = [score for score in scores if score is not None]
    return sum(known) / len(known) if known else None
