"""What an organisation may set about the coach's manners, as data.

The policy in force is part of the first event of a call, so that a call can be decided again
with the same table, or with another one ("what if this rule had been different").
"""

from dataclasses import dataclass

from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import NudgeKind


@dataclass(frozen=True, kw_only=True, slots=True)
class NudgePolicy:
    """Manners of one nudge kind; lengths in samples.

    `patience`: how long the coach waits for the agent to do it unasked.
    `rest`: how long this kind stays quiet after it was shown.
    `shelf_life`: how long after `decided` it is still worth showing; later it is dropped.
    `priority`: the higher one wins when two are due.
    """

    kind: NudgeKind
    enabled: bool = True
    priority: int
    patience: Samples
    rest: Samples
    shelf_life: Samples


