"""What an organisation may set about the coach's manners, as data.

The policy in force is part of the first event of a call, so that a call can be decided again
with the same table, or with another one ("what if this rule had been different").
"""

from dataclasses import dataclass, replace

from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import NudgeKind


@dataclass(frozen=True, kw_only=True, slots=True)
class NudgePolicy:
    """Manners of one nudge kind.

    `patience`: how long an agent who says nothing is left alone before the nudge comes.
    `rest`: how long this kind stays quiet after it was shown.
    `shelf_life`: how long after it was found to be needed it is still worth showing.
    `priority`: the higher one wins when two are due.
    """

    kind: NudgeKind
    priority: int
    patience: Samples
    rest: Samples
    shelf_life: Samples
    enabled: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """All that the decisions depend on besides the events of the call.

    `on_screen`: how long a nudge stays when nothing happens. `at_least`: how long before another
    one that waits may take its place. `reply_settles`: the silence after
    which an agent's reply counts as finished. `first_words`: how many words of a reply, settled
    ones, show whether it begins with the customer's feeling. `look_every`: how often the core
    looks at a reply that is still being spoken. `follow_every`: how often it looks at what the
    customer is saying, for the screen; `None`: not at all, the whole is soon enough.
    `interruption`: the overlap from which speaking through the customer is an interruption rather
    than a quick start (in spontaneous Dutch 46 % of speaker changes overlap, so a short one means
    nothing).
    `long_story_words`: from how many words on a customer's turn is a story that deserves to be
    summed up.
    """

    nudges: tuple[NudgePolicy, ...]
    on_screen: Samples = from_seconds(12)
    at_least: Samples = from_seconds(6)
    reply_settles: Samples = from_seconds(0.6)
    first_words: int = 14
    look_every: Samples = from_seconds(0.6)
    follow_every: Samples | None = None
    interruption: Samples = from_seconds(0.6)
    long_story_words: int = 45
    risk_holds: Samples = from_seconds(8)
    calm_turns: int = 2

    def of(self, kind: NudgeKind) -> NudgePolicy:
        """The manners of `kind`; a kind that the table leaves out is switched off."""
        for nudge in self.nudges:
            if nudge.kind is kind:
                return nudge
        return replace(self.nudges[0], kind=kind, enabled=False)

    def with_nudge(self, kind: NudgeKind, **changes: object) -> "Policy":
        """The same policy with one nudge set otherwise."""
        changed = replace(self.of(kind), **changes)  # type: ignore[arg-type]
        others = tuple(nudge for nudge in self.nudges if nudge.kind is not kind)
        return replace(self, nudges=(*others, changed))


def _manners(
    kind: NudgeKind, priority: int, *, patience: float, rest: float, shelf_life: float
) -> NudgePolicy:
    return NudgePolicy(
        kind=kind,
        priority=priority,
        patience=from_seconds(patience),
        rest=from_seconds(rest),
        shelf_life=from_seconds(shelf_life),
    )


_ONCE = 600
"""Seconds: nobody needs to hear the same advice twice in one call of usual length."""

DEFAULT_POLICY = Policy(
    nudges=(
        _manners(NudgeKind.SAFETY_FIRST, 100, patience=2.5, rest=_ONCE, shelf_life=60),
        _manners(NudgeKind.END_CALL, 95, patience=4, rest=_ONCE, shelf_life=30),
        _manners(NudgeKind.PRIVACY_GUARD, 90, patience=0, rest=_ONCE, shelf_life=12),
        _manners(NudgeKind.BOUNDARY_WARNING, 85, patience=4, rest=_ONCE, shelf_life=25),
        _manners(NudgeKind.REFER_PRESS, 80, patience=6, rest=_ONCE, shelf_life=25),
        _manners(NudgeKind.REPAIR_ACKNOWLEDGEMENT, 75, patience=0, rest=_ONCE, shelf_life=10),
        _manners(NudgeKind.ACKNOWLEDGE_FIRST, 70, patience=1.6, rest=_ONCE, shelf_life=8),
        _manners(NudgeKind.FOLLOW_PROTOCOL, 65, patience=6, rest=_ONCE, shelf_life=25),
        _manners(NudgeKind.TAKE_SERIOUSLY, 60, patience=0, rest=_ONCE, shelf_life=20),
        _manners(NudgeKind.THANK_FOR_REPORT, 55, patience=6, rest=_ONCE, shelf_life=25),
        _manners(NudgeKind.NOTE_CONTACT_BEFORE_TRANSFER, 58, patience=0, rest=_ONCE, shelf_life=10),
        _manners(NudgeKind.WARM_TRANSFER, 56, patience=0, rest=_ONCE, shelf_life=10),
        _manners(NudgeKind.LET_FINISH, 78, patience=0, rest=_ONCE, shelf_life=15),
        _manners(NudgeKind.PARAPHRASE, 40, patience=0, rest=_ONCE, shelf_life=15),
        _manners(NudgeKind.EXPLAIN_ASK, 30, patience=0, rest=_ONCE, shelf_life=8),
    )
)
"""The manners that the product ships with. Lengths are first choices from practice, not laws."""

LIVE_POLICY = replace(DEFAULT_POLICY, follow_every=from_seconds(1.0))
"""The same for a call at the speed of the clock: what the customer says is followed on screen."""
