"""What if a rule had been set otherwise: the call decided again, beside what was decided. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from coach.core.events import LogEvent, NudgeShown
from coach.core.policy import NudgePolicy, Policy
from coach.core.replay import decide_again
from coach.core.units import Samples, from_seconds, to_seconds
from coach.core.vocabulary import NudgeKind

_ALIKE_WITHIN = from_seconds(10)
"""Two nudges of a kind are the same one if they were found to be needed this near together."""
_MOVED_FROM = from_seconds(0.5)


class Fate(StrEnum):
    """What becomes of a nudge under other rules."""

    SAME = "same"
    MOVED = "moved"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A nudge as it was, and as it would have been; `None`: it was or would not be there."""

    before: NudgeShown | None
    after: NudgeShown | None

    @property
    def fate(self) -> Fate:
        """What becomes of it."""
        if self.before is None:
            return Fate.NEW
        if self.after is None:
            return Fate.GONE
        moved = abs(self.before.at - self.after.at) >= _MOVED_FROM
        return Fate.MOVED if moved else Fate.SAME

    @property
    def kind(self) -> NudgeKind:
        """Which nudge it is."""
        return self._one.kind

    @property
    def at(self) -> Samples:
        """When it was, or would have been."""
        return self._one.at

    @property
    def because(self) -> str:
        """The words that caused it."""
        return self._one.because

    @property
    def _one(self) -> NudgeShown:
        one = self.before or self.after
        assert one is not None  # noqa: S101 - a pair holds at least one
        return one


def compare(events: Sequence[LogEvent], policy: Policy) -> tuple[Pair, ...]:
    """The nudges of a call beside those that `policy` gives, in the order of time."""
    before = [event for event in events if isinstance(event, NudgeShown)]
    after = [event for event in decide_again(events, policy) if isinstance(event, NudgeShown)]
    pairs = []
    for shown in before:
        twin = _twin(shown, after)
        if twin is not None:
            after.remove(twin)
        pairs.append(Pair(before=shown, after=twin))
    pairs += [Pair(before=None, after=shown) for shown in after]
    return tuple(sorted(pairs, key=lambda pair: pair.at))


def _twin(shown: NudgeShown, among: Sequence[NudgeShown]) -> NudgeShown | None:
    alike = [
        one
        for one in among
        if one.kind is shown.kind and abs(one.decided - shown.decided) <= _ALIKE_WITHIN
    ]
    return min(alike, key=lambda one: abs(one.at - shown.at), default=None)


def set_otherwise(
    policy: Policy,
    kind: NudgeKind,
    *,
    enabled: bool,
    patience_s: float,
    rest_s: float,
) -> Policy:
    """The policy with one kind of nudge set otherwise."""
    return policy.with_nudge(
        kind, enabled=enabled, patience=from_seconds(patience_s), rest=from_seconds(rest_s)
    )


def lengths(manners: NudgePolicy) -> tuple[float, float]:
    """The patience and the rest of a kind, in seconds."""
    return to_seconds(manners.patience), to_seconds(manners.rest)
