"""The causes of many calls: the top three with examples, and the trend around a marked change."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from coach.core.groups import Guard, Withheld

MOST_EXAMPLES = 3
_TELLING = 4
"""Fewer words say little as an example."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CallCauses:
    """The causes of one upset call, widest ones included, each with the words that carried it."""

    call_id: str
    day: date | None
    agent: str | None
    causes: tuple[str, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranked:
    """A cause among many calls. `share` is of the upset calls; `examples`: (call, words)."""

    cause: str
    calls: int
    share: float
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """The share of a cause before and after a change; withheld where too few calls stand behind."""

    cause: str
    before: float | Withheld
    after: float | Withheld
    calls_before: int
    calls_after: int


def rank(
    calls: Sequence[CallCauses], guard: Guard | None = None, most: int = 3
) -> tuple[Ranked, ...] | Withheld:
    """The causes of most calls, the first ones first; withheld if the calls are too few.

    A cause of fewer calls than the minimum is not in it: its examples would point at people.
    """
    guard = guard or Guard.over(calls)
    if not guard.enough(calls):
        return Withheld(len(calls))
    counts = Counter(cause for call in calls for cause in set(call.causes))
    kept = [c for c in counts if guard.enough([one for one in calls if c in one.causes])]
    first = sorted(kept, key=lambda cause: (-counts[cause], cause))[:most]
    return tuple(
        Ranked(
            cause=cause,
            calls=counts[cause],
            share=counts[cause] / len(calls),
            examples=_examples(cause, calls),
        )
        for cause in first
    )


def trend(
    calls: Sequence[CallCauses], cause: str, changed: date, guard: Guard | None = None
) -> Turn:
    """What became of a cause after a change on the day `changed`."""
    guard = guard or Guard.over(calls)
    dated = [call for call in calls if call.day is not None]
    before = [call for call in dated if call.day is not None and call.day < changed]
    after = [call for call in dated if call.day is not None and call.day >= changed]
    return Turn(
        cause=cause,
        before=_share(cause, before, guard),
        after=_share(cause, after, guard),
        calls_before=len(before),
        calls_after=len(after),
    )


def _share(cause: str, calls: Sequence[CallCauses], guard: Guard) -> float | Withheld:
    if not guard.enough(calls):
        return Withheld(len(calls))
    return sum(cause in call.causes for call in calls) / len(calls)


def _examples(cause: str, calls: Iterable[CallCauses]) -> tuple[tuple[str, str], ...]:
    """What was said in the first calls whose main cause it is; half sentences come last."""
    with_it = [call for call in calls if cause in call.causes and call.words]
    found = [(call, call.causes.index(cause)) for call in with_it]
    found.sort(key=lambda one: (len(one[0].words[one[1]].split()) < _TELLING, one[1]))
    return tuple((call.call_id, call.words[at]) for call, at in found[:MOST_EXAMPLES])
