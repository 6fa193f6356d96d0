"""The smallest group that a figure may be about, for figures made from call logs.

At least five calls and five agents. One agent alone may look at the figures of their own calls:
then every call that was asked about is theirs, and not just those that a figure happens to be known
of. Calls of agents that no log names are taken for one's own. The team's database has guards of its
own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Protocol

SMALLEST = 5
"""Can be raised, never lowered."""


class OfAnAgent(Protocol):
    """Something that belongs to a call of an agent, who may be unknown."""

    @property
    def agent(self) -> str | None:
        """The agent's number."""
        ...


@dataclass(frozen=True, slots=True)
class Withheld:
    """Instead of a figure: only `calls` calls stood behind it, or too few agents."""

    calls: int


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets figures through. `own`: everything that was asked about is one agent's own."""

    minimum: int
    own: bool

    @classmethod
    def over(cls, calls: Iterable[OfAnAgent], minimum: int = SMALLEST) -> "Guard":
        """The guard for all figures about `calls`. Raises `ValueError` for too small a minimum."""
        return cls(smallest(minimum), len({call.agent for call in calls}) <= 1)

    def enough(self, calls: Sequence[OfAnAgent]) -> bool:
        """Whether a figure about some of these calls may be shown."""
        agents = {call.agent for call in calls}
        return len(calls) >= self.minimum and (self.own or len(agents) >= self.minimum)

    def mean(
        self, figures: Iterable[tuple[OfAnAgent, float | bool | None]]
    ) -> float | Withheld | None:
        """The mean of the figures that are known; withheld if too few are. `None`: none is."""
        known = [(call, float(figure)) for call, figure in figures if figure is not None]
        if not known:
            return None
        if not self.enough([call for call, _ in known]):
            return Withheld(len(known))
        return fmean(figure for _, figure in known)


def smallest(asked: int | None) -> int:
    """The minimum in force. Raises `ValueError` for one below `SMALLEST`."""
    if asked is not None and asked < SMALLEST:
        raise ValueError(f"a group of {asked} is too small: at least {SMALLEST}")
    return asked or SMALLEST
