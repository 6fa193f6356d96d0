"""Good manners: whether and when a concern becomes a nudge on the screen.

One at a time; the more important one wins, and a lesser one of another turn waits until the first
has been read. One piece of advice a turn. Never over the customer's sentence if it can wait for
its end. Too late is not shown. A kind that was shown rests. And a reply that has begun is heard
first: a concern whose answer is being spoken waits for the words.
"""

from dataclasses import dataclass, replace

from coach.core.concerns import spare
from coach.core.events import NudgeShown, NudgeSpared, NudgeWithdrawn
from coach.core.rules import DONE_BY, FIRST_WORDS, WAITS_FOR_CUSTOMER
from coach.core.state import CallState, Concern, OnScreen
from coach.core.units import Samples
from coach.core.vocabulary import Act

PacerDecision = NudgeShown | NudgeSpared | NudgeWithdrawn


@dataclass(frozen=True, slots=True)
class Paced:
    """The state after pacing, and what was decided, in order."""

    state: CallState
    decisions: tuple[PacerDecision, ...] = ()


def pace(state: CallState) -> Paced:
    """Drop what is too late, take down what has stood long enough, show the best of what is due."""
    state, dropped = _drop(state)
    state, expired = _expire(state)
    ready = [c for c in state.concerns if c.due <= state.now and not _must_wait(state, c)]
    if not ready:
        return Paced(state, (*dropped, *expired))
    best = max(ready, key=lambda c: (state.policy.of(c.kind).priority, c.decided))
    least = state.policy.of(best.kind).priority
    lesser = tuple(
        c
        for c in state.concerns
        if c.turn == best.turn and state.policy.of(c.kind).priority < least
    )
    kept = tuple(c for c in state.concerns if c not in lesser)
    state, shown = _show(replace(state, concerns=kept), best)
    spared = (spare(c, state.now, "lower_priority") for c in lesser)
    return Paced(state, (*dropped, *expired, *spared, *shown))


def done(state: CallState, acts: tuple[Act, ...]) -> Paced:
    """Take the nudge down when the agent has just done it."""
    screen = state.screen
    if screen is None or not DONE_BY[screen.kind].intersection(acts):
        return Paced(state)
    return _take_down(state, screen, "done")


def next_moment(state: CallState) -> Samples | None:
    """When the pacer wants to be asked again although nothing happens; always after `now`."""
    moments = [_last_moment(state, c) + 1 for c in state.concerns]
    moments += [int(c.due) for c in state.concerns if not _must_wait(state, c)]
    if state.screen is not None:
        moments.append(state.screen.shown + state.policy.on_screen)
        if state.concerns:
            moments.append(state.screen.shown + state.policy.at_least)
    later = [moment for moment in moments if moment > state.now]
    return Samples(min(later)) if later else None


def awaits_first_words(state: CallState) -> bool:
    """Whether a concern hangs on how the agent's reply begins."""
    return any(c.kind in FIRST_WORDS and not c.failed for c in state.concerns)


def _last_moment(state: CallState, concern: Concern) -> int:
    """A nudge about what the agent left out stays worth showing from when that became clear."""
    return max(concern.decided, concern.due) + state.policy.of(concern.kind).shelf_life


def _must_wait(state: CallState, concern: Concern) -> bool:
    if state.customer is not None and concern.kind in WAITS_FOR_CUSTOMER:
        return True
    replying = state.agent is not None or state.unread is not None
    if replying and not (concern.failed and concern.kind in FIRST_WORDS):
        return True  # the agent's words decide, and they are not known yet
    on_screen = state.screen
    if on_screen is None or state.now >= on_screen.shown + state.policy.at_least:
        return False
    return state.policy.of(concern.kind).priority <= state.policy.of(on_screen.kind).priority


def _drop(state: CallState) -> tuple[CallState, tuple[NudgeSpared, ...]]:
    kept: list[Concern] = []
    spared: list[NudgeSpared] = []
    for concern in state.concerns:
        if state.rests(concern):
            spared.append(spare(concern, state.now, "resting"))
        elif state.now > _last_moment(state, concern):
            spared.append(spare(concern, state.now, "late"))
        else:
            kept.append(concern)
    return replace(state, concerns=tuple(kept)), tuple(spared)


def _expire(state: CallState) -> tuple[CallState, tuple[NudgeWithdrawn, ...]]:
    screen = state.screen
    if screen is None or state.now < screen.shown + state.policy.on_screen:
        return state, ()
    down = _take_down(state, screen, "expired")
    return down.state, tuple(d for d in down.decisions if isinstance(d, NudgeWithdrawn))


def _take_down(state: CallState, screen: OnScreen, reason: str) -> Paced:
    withdrawn = NudgeWithdrawn(at=state.now, nudge=screen.nudge, kind=screen.kind, reason=reason)
    return Paced(replace(state, screen=None), (withdrawn,))


def _show(state: CallState, concern: Concern) -> tuple[CallState, tuple[PacerDecision, ...]]:
    before: tuple[PacerDecision, ...] = ()
    if state.screen is not None:
        down = _take_down(state, state.screen, "replaced")
        state, before = down.state, down.decisions
    number = state.totals.nudges
    shown = NudgeShown(
        at=state.now,
        nudge=number,
        kind=concern.kind,
        decided=concern.decided,
        because=concern.because,
    )
    rested = (*(r for r in state.rested if r[0] is not concern.kind), (concern.kind, state.now))
    state = replace(
        state,
        screen=OnScreen(nudge=number, kind=concern.kind, turn=concern.turn, shown=state.now),
        concerns=tuple(c for c in state.concerns if c is not concern),
        rested=rested,
        totals=replace(state.totals, nudges=number + 1),
    )
    return state, (*before, shown)
