"""After the call, for the agent alone: what went well first, at most two points to grow.

A pure function of the call log. After abuse there are no points to grow, and a pause is offered:
because of what the customer said, never because of how the agent sounds. Sentences stand in
`coach/phrases/summary.toml`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from coach.core.events import LogEvent
from coach.core.metrics.call import CallMetrics, measure
from coach.core.metrics.handling import Promise
from coach.core.metrics.mood import Moment
from coach.core.metrics.signs import Sign, signs
from coach.core.moments import due
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import Act, EscalationKind, NudgeKind, OrderValue, RiskLevel, Speaker

MOST_PRAISE, MOST_GROWTH = 3, 2

ABUSE = frozenset(
    {EscalationKind.THREAT, EscalationKind.VERBAL_ABUSE, EscalationKind.DISCRIMINATION}
)
"""What nobody has to take at work: an incident form is due, and a pause."""

HEAVY = ABUSE | {EscalationKind.SELF_HARM}
"""What is hard to hear: a pause is due."""

_LISTENED = from_seconds(20)
_LONG_SILENCE = from_seconds(20)
_MANY_INTERRUPTIONS = 2
_ANY_DAY = datetime(2026, 1, 5, 9)
"""A Monday morning, for asking whether words name a moment at all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One remark. `key` names its sentence, `example` one that could be said; `at`: the moment."""

    key: str
    at: Samples | None = None
    example: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Promised:
    """A call-back to keep. `timed`: a moment was named; `due`: which one, if the day is known."""

    at: Samples
    words: str
    timed: bool
    due: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AfterCall:
    """What the agent sees when the call is over. `start`, `lowest`, `end`: the customer's turns.

    `pause`: offered to the agent alone, and kept nowhere. `abuse`: what an incident form would be
    about; empty: none is due. Only the agent can send it.
    """

    call_id: str
    well: tuple[Point, ...]
    grow: tuple[Point, ...]
    order: OrderValue | None
    start: Moment | None
    lowest: Moment | None
    end: Moment | None
    promises: tuple[Promised, ...]
    pause: Point | None
    abuse: tuple[Sign, ...]

    @property
    def incident_due(self) -> bool:
        """Whether the call deserves an incident form."""
        return bool(self.abuse)


def after_call(events: Iterable[LogEvent]) -> AfterCall:
    """The summary of a call from its log."""
    kept = list(events)
    call, told = measure(kept), signs(kept)
    abuse = tuple(sign for sign in told if sign.kind in ABUSE)
    return AfterCall(
        call_id=call.call_id,
        well=_praise(call, abused=bool(abuse)),
        grow=() if abuse else _growth(call),
        order=call.handling.order,
        start=call.mood.start,
        lowest=call.mood.lowest,
        end=call.mood.end,
        promises=tuple(_promised(one, call) for one in call.handling.promises),
        pause=_pause(told),
        abuse=abuse,
    )


def is_timed(words: str) -> bool:
    """Whether a promise names a moment."""
    return due(words, _ANY_DAY) is not None


def _promised(promise: Promise, call: CallMetrics) -> Promised:
    said = call.when(promise.at)
    found = None if said is None else due(promise.words, said)
    return Promised(
        at=promise.at,
        words=promise.words,
        timed=is_timed(promise.words),
        due=found.by if found else None,
    )


def _pause(told: Iterable[Sign]) -> Point | None:
    heavy = [sign for sign in told if sign.kind in HEAVY]
    if not heavy:
        return None
    abused = any(sign.kind in ABUSE for sign in heavy)
    return Point(key="summary.pause_abuse" if abused else "summary.pause_heavy", at=heavy[0].start)


# ---- what went well ------------------------------------------------------------------------------

_Seen = tuple[bool, Samples | None]
"""Whether it is so, and the moment at which it shows."""


def _acknowledged_first(call: CallMetrics) -> _Seen:
    done = call.handling.acknowledgement
    return call.handling.acknowledged_before_data is True, done.at if done else None


def _acknowledged_soon(call: CallMetrics) -> _Seen:
    done = call.handling.acknowledgement
    first = call.handling.acknowledged_before_data is True
    return done is not None and done.replies == 1 and not first, done.at if done else None


def _made_up_for_it(call: CallMetrics) -> _Seen:
    done = call.handling.acknowledgement
    late = call.handling.order is OrderValue.ASKED_FIRST and done is not None and done.replies > 1
    return late, done.at if done else None


def _did(*acts: Act) -> Callable[[CallMetrics], _Seen]:
    def seen(call: CallMetrics) -> _Seen:
        turn = call.handling.did(*acts)
        return turn is not None, turn.start if turn else None

    return seen


def _ended_better(call: CallMetrics) -> _Seen:
    forced = call.handling.did(Act.ANNOUNCE_END_OF_CALL) is not None
    better = call.mood.ended_better is True and not forced
    return better, call.mood.end.start if call.mood.end else None


def _calmed(call: CallMetrics) -> _Seen:
    spans = call.advice.risk
    highest = call.advice.highest
    down = bool(spans) and spans[-1].level.rank < highest.rank
    return highest is not RiskLevel.NONE and down, spans[-1].start if spans else None


def _explained(call: CallMetrics) -> _Seen:
    asks, explained = call.handling.asks, call.handling.asks_explained
    turn = call.handling.did(Act.EXPLAIN_ASK)
    return bool(asks) and asks == explained, turn.start if turn else None


def _let_finish(call: CallMetrics) -> _Seen:
    listened = call.talk.customer.time >= _LISTENED
    return listened and not call.talk.interrupted_by(Speaker.AGENT), None


def _promised_with_time(call: CallMetrics) -> _Seen:
    timed = [one for one in call.handling.promises if is_timed(one.words)]
    return bool(timed), timed[0].at if timed else None


_PRAISE: tuple[tuple[str, Callable[[CallMetrics], _Seen]], ...] = (
    ("acknowledged_first", _acknowledged_first),
    ("acknowledged_soon", _acknowledged_soon),
    ("made_up", _made_up_for_it),
    ("ended_better", _ended_better),
    ("calmed", _calmed),
    ("took_report", _did(Act.THANK_FOR_REPORT)),
    ("warm_transfer", _did(Act.WARM_TRANSFER)),
    ("paraphrased", _did(Act.PARAPHRASE, Act.SUMMARISE)),
    ("explained", _explained),
    ("promised", _promised_with_time),
    ("asked_openly", _did(Act.OPEN_QUESTION)),
    ("let_finish", _let_finish),
)


def _praise(call: CallMetrics, *, abused: bool) -> tuple[Point, ...]:
    """At least one, the most telling first."""
    found = []
    if abused:
        limit = call.handling.did(Act.BOUNDARY_WARNING, Act.ANNOUNCE_END_OF_CALL)
        key = "summary.well_limit" if limit else "summary.well_stood"
        found.append(Point(key=key, at=limit.start if limit else None))
    for name, seen in _PRAISE:
        so, at = seen(call)
        if so:
            found.append(Point(key=f"summary.well_{name}", at=at))
    return tuple(found[:MOST_PRAISE]) or (Point(key="summary.well_done"),)


# ---- what to grow in -----------------------------------------------------------------------------


def _asked_first(call: CallMetrics) -> _Seen:
    turn = call.handling.did(Act.ASK_IDENTIFICATION)
    return call.handling.order is OrderValue.ASKED_FIRST, turn.start if turn else None


def _never_acknowledged(call: CallMetrics) -> _Seen:
    first = call.mood.first_negative
    asked = call.handling.order is OrderValue.ASKED_FIRST
    never = call.handling.acknowledgement is None and bool(call.handling.turns)
    return first is not None and never and not asked, first.end if first else None


def _brushed_off(call: CallMetrics) -> _Seen:
    if not call.mood.upset:
        return False, None
    return _did(Act.MINIMISE, Act.BLAME_CUSTOMER, Act.HIDE_BEHIND_RULES)(call)


def _interrupted(call: CallMetrics) -> _Seen:
    through = [one for one in call.talk.interruptions if one.by is Speaker.AGENT]
    return len(through) >= _MANY_INTERRUPTIONS, through[0].start if through else None


def _bare_ask(call: CallMetrics) -> _Seen:
    asks, explained = call.handling.asks or 0, call.handling.asks_explained or 0
    turn = call.handling.did(Act.ASK_IDENTIFICATION)
    return call.mood.upset is False and asks > explained, turn.start if turn else None


def _cold_transfer(call: CallMetrics) -> _Seen:
    turn = call.handling.did(Act.ANNOUNCE_TRANSFER)
    safe = call.handling.did(Act.WARM_TRANSFER, Act.ASK_CONTACT_DETAILS)
    return turn is not None and safe is None, turn.start if turn else None


def _promise_without_time(call: CallMetrics) -> _Seen:
    loose = [one for one in call.handling.promises if not is_timed(one.words)]
    return bool(loose), loose[0].at if loose else None


def _went_silent(call: CallMetrics) -> _Seen:
    long = [one for one in call.talk.silences if one.length >= _LONG_SILENCE]
    told = call.handling.did(Act.ANNOUNCE_HOLD)
    return bool(long) and told is None, long[0].start if long else None


_GROWTH: tuple[tuple[str, Callable[[CallMetrics], _Seen], NudgeKind | None], ...] = (
    ("order", _asked_first, NudgeKind.ACKNOWLEDGE_FIRST),
    ("acknowledge", _never_acknowledged, NudgeKind.ACKNOWLEDGE_FIRST),
    ("seriously", _brushed_off, NudgeKind.TAKE_SERIOUSLY),
    ("let_finish", _interrupted, NudgeKind.LET_FINISH),
    ("transfer", _cold_transfer, NudgeKind.WARM_TRANSFER),
    ("explain", _bare_ask, NudgeKind.EXPLAIN_ASK),
    ("promise_time", _promise_without_time, None),
    ("silence", _went_silent, None),
)
"""Name, when it is so, and the nudge that says the same during the call."""


def _growth(call: CallMetrics) -> tuple[Point, ...]:
    """The most telling ones. What the agent called wrong during the call is not said again."""
    denied = {nudge.kind for nudge in call.advice.nudges if nudge.answer == "wrong"}
    found = []
    for name, seen, nudge in _GROWTH:
        so, at = seen(call)
        if so and nudge not in denied:
            example = f"nudges.{nudge}_example" if nudge else None
            found.append(Point(key=f"summary.grow_{name}", at=at, example=example))
    return tuple(found[:MOST_GROWTH])
