"""How much the coach does on a machine that is slow or busy. Pure: lag in, pace out.

Down at once when the words for the record come late, one level at a time, or straight to quick
decodes when they come very late. Up again one level at a time, after a stretch of calm with room
to spare. A step up that has to be taken back soon was a mistake: the next one waits twice as long,
so that a machine that is simply too slow finds its level and stays there.
"""

from dataclasses import dataclass, replace
from typing import Final

from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import Pace

BEHIND: Final = from_seconds(2.0)
"""The lag from which less is done."""

FAR_BEHIND: Final = from_seconds(8.0)
"""The lag from which careful decodes have to wait for better times."""

CALM: Final = from_seconds(0.8)
"""The lag below which more might be done."""

ROOM: Final = 0.6
"""The share of its time that the recogniser may be at work for more to be asked of it."""

SETTLES: Final = from_seconds(4.0)
"""How long a step down is given to show what it brings."""

PATIENCE: Final = from_seconds(15.0)
"""How long it has to be calm before more is tried."""

MOST_PATIENCE: Final = from_seconds(240.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Observed:
    """What is seen of the work at one moment.

    `lag`: how much longer the final words that have just come, or have still to come, are waited
    for than on a machine that keeps up; 0 when nobody waits. `busy`: the recogniser's share of
    work in its time, 0..1.
    """

    at: Samples
    lag: Samples
    busy: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Load:
    """Where the control of the load stands.

    `changed`: when the pace was changed last; `rose`: when it was last raised; `late`: when it was
    last not calm. `patience`: how long the calm has to last before more is tried.
    """

    pace: Pace = Pace.FULL
    changed: Samples | None = None
    rose: Samples | None = None
    late: Samples = Samples(0)
    patience: Samples = PATIENCE


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Another pace, and why: "behind", "far_behind" or "caught_up"."""

    pace: Pace
    reason: str


def watch(
    load: Load, seen: Observed, paces: tuple[Pace, ...] = tuple(Pace)
) -> tuple[Load, Change | None]:
    """Take in one more observation. `paces` are the levels that this machine has, in order."""
    if seen.lag >= CALM or seen.busy > ROOM:
        load = replace(load, late=seen.at)
    place = paces.index(load.pace)
    if seen.lag >= BEHIND:
        return _down(load, seen, paces, place)
    since = max(load.late, load.changed or Samples(0))
    if place and seen.at - since >= load.patience:
        return _up(load, seen.at, paces[place - 1])
    return load, None


def _down(
    load: Load, seen: Observed, paces: tuple[Pace, ...], place: int
) -> tuple[Load, Change | None]:
    far = seen.lag >= FAR_BEHIND and load.pace.careful
    settles = load.changed is not None and seen.at - load.changed < SETTLES
    if place + 1 == len(paces) or (settles and not far):
        return load, None
    to = next((one for one in paces if not one.careful), paces[-1]) if far else paces[place + 1]
    patience = load.patience
    if load.rose is not None and seen.at - load.rose <= 2 * load.patience:
        patience = Samples(min(2 * patience, MOST_PATIENCE))
    down = replace(load, pace=to, changed=seen.at, rose=None, patience=patience)
    return down, Change(pace=to, reason="far_behind" if far else "behind")


def _up(load: Load, at: Samples, to: Pace) -> tuple[Load, Change]:
    well = load.rose is not None and at - load.rose > 2 * load.patience
    patience = PATIENCE if well else load.patience
    up = replace(load, pace=to, changed=at, rose=at, patience=patience)
    return up, Change(pace=to, reason="caught_up")
