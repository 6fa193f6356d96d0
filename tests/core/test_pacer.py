"""Good manners: one at a time, never over the customer's sentence, never too late."""

from dataclasses import replace

import pytest
from hypothesis import given

from coach.core.events import (
    CallStarted,
    ClockTicked,
    Decision,
    LogEvent,
    NudgeAnswered,
    NudgeShown,
    NudgeSpared,
    NudgeWithdrawn,
    SpeechEnded,
    SpeechStarted,
)
from coach.core.pacer import done, next_moment, pace
from coach.core.policy import DEFAULT_POLICY, NudgePolicy, Policy
from coach.core.rules import DONE_BY, WAITS_FOR_CUSTOMER
from coach.core.state import CallState, Concern, OnScreen, Speech
from coach.core.units import RATE, Samples, from_seconds
from coach.core.vocabulary import Act, NudgeKind, Speaker
from tests.strategies import logs

URGENT, PLAIN, MINOR = NudgeKind.END_CALL, NudgeKind.ACKNOWLEDGE_FIRST, NudgeKind.EXPLAIN_ASK
SECOND = Samples(RATE)


def manners(kind: NudgeKind, priority: int) -> NudgePolicy:
    return NudgePolicy(
        kind=kind,
        priority=priority,
        patience=SECOND,
        rest=from_seconds(60),
        shelf_life=from_seconds(8),
    )


POLICY = Policy(
    nudges=(manners(URGENT, 90), manners(PLAIN, 50), manners(MINOR, 10)),
    on_screen=from_seconds(12),
)
OPEN = Speech(segment=0, start=Samples(0), began=Samples(0))


def concern(kind: NudgeKind, due: float = 10, *, turn: int = 0, failed: bool = False) -> Concern:
    return Concern(
        kind=kind,
        turn=turn,
        decided=from_seconds(9),
        because=f"woorden van {kind}",
        due=from_seconds(due),
        failed=failed,
    )


def at(seconds: float, *concerns: Concern, **others: object) -> CallState:
    state = CallState(policy=POLICY, now=from_seconds(seconds), concerns=concerns)
    return replace(state, **others)  # type: ignore[arg-type]


def on_screen(kind: NudgeKind, shown: float = 9) -> OnScreen:
    return OnScreen(nudge=0, kind=kind, turn=0, shown=from_seconds(shown))


def told(decisions: tuple[Decision, ...]) -> list[str]:
    """What was decided, in a word each."""
    return [
        f"show {d.kind}" if isinstance(d, NudgeShown) else f"{d.reason} {d.kind}"
        for d in decisions
        if isinstance(d, (NudgeShown, NudgeSpared, NudgeWithdrawn))
    ]


CASES: dict[str, tuple[CallState, list[str]]] = {
    "nothing to say": (at(10), []),
    "not yet due": (at(9.9, concern(PLAIN)), []),
    "due": (at(10, concern(PLAIN)), [f"show {PLAIN}"]),
    "the important one wins": (
        at(10, concern(MINOR), concern(URGENT), concern(PLAIN)),
        [f"lower_priority {MINOR}", f"lower_priority {PLAIN}", f"show {URGENT}"],
    ),
    "one that is not due does not win": (
        at(10, concern(MINOR), concern(URGENT, due=11)),
        [f"show {MINOR}"],
    ),
    "one of another turn waits": (
        at(10, concern(MINOR, turn=1), concern(PLAIN)),
        [f"show {PLAIN}"],
    ),
    "until the first could be read": (
        at(14.9, concern(MINOR, turn=1), screen=on_screen(PLAIN)),
        [],
    ),
    "and then takes its place": (
        at(15, concern(MINOR, turn=1), screen=on_screen(PLAIN)),
        [f"replaced {PLAIN}", f"show {MINOR}"],
    ),
    "still worth it": (at(18, concern(PLAIN)), [f"show {PLAIN}"]),
    "too late": (at(18.1, concern(PLAIN)), [f"late {PLAIN}"]),
    "a long wait for its moment is not lateness": (
        at(30, concern(PLAIN, due=30)),
        [f"show {PLAIN}"],
    ),
    "over the customer's sentence": (at(10, concern(PLAIN), customer=OPEN), []),
    "too late after the customer's sentence": (
        at(18.1, concern(PLAIN), customer=OPEN),
        [f"late {PLAIN}"],
    ),
    "what cannot wait does not": (
        at(10, concern(MINOR), customer=OPEN),
        [f"show {MINOR}"] if MINOR not in WAITS_FOR_CUSTOMER else [],
    ),
    "the reply has begun": (at(10, concern(PLAIN), agent=OPEN), []),
    "the reply is not read yet": (at(10, concern(PLAIN), unread=SECOND), []),
    "the first words have failed": (
        at(10, concern(PLAIN, failed=True), agent=OPEN),
        [f"show {PLAIN}"],
    ),
    "resting": (
        at(10, concern(PLAIN), rested=((PLAIN, from_seconds(1)),)),
        [f"resting {PLAIN}"],
    ),
    "rested enough": (
        at(
            70, replace(concern(PLAIN, due=70), decided=from_seconds(69)), rested=((PLAIN, SECOND),)
        ),
        [f"show {PLAIN}"],
    ),
    "another kind rests": (
        at(10, concern(PLAIN), rested=((MINOR, from_seconds(9)),)),
        [f"show {PLAIN}"],
    ),
    "one at a time": (at(10, concern(PLAIN), screen=on_screen(PLAIN)), []),
    "not for a lesser one": (at(10, concern(MINOR), screen=on_screen(PLAIN)), []),
    "replaced by a more important one": (
        at(10, concern(URGENT), screen=on_screen(PLAIN)),
        [f"replaced {PLAIN}", f"show {URGENT}"],
    ),
    "long enough on the screen": (at(21, screen=on_screen(PLAIN)), [f"expired {PLAIN}"]),
    "not long enough": (at(20.9, screen=on_screen(PLAIN)), []),
    "the next one comes when the old one goes": (
        at(21, concern(MINOR, due=20), screen=on_screen(PLAIN)),
        [f"expired {PLAIN}", f"show {MINOR}"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_manners(name: str) -> None:
    state, expected = CASES[name]
    paced = pace(state)
    assert told(paced.decisions) == expected
    shown = [d for d in paced.decisions if isinstance(d, NudgeShown)]
    if shown:
        assert paced.state.screen is not None
        assert paced.state.screen.kind is shown[0].kind
        assert dict(paced.state.rested)[shown[0].kind] == state.now
        assert shown[0].because == f"woorden van {shown[0].kind}"


@pytest.mark.parametrize("name", CASES)
def test_pacing_again_at_once_changes_nothing(name: str) -> None:
    paced = pace(CASES[name][0])
    again = pace(paced.state)
    assert again.decisions == ()
    assert again.state == paced.state


@pytest.mark.parametrize("name", CASES)
def test_nothing_happens_before_the_moment_that_the_clock_is_asked_for(name: str) -> None:
    state = pace(CASES[name][0]).state
    moment = next_moment(state)
    if moment is None:
        return
    assert moment > state.now
    for early in (Samples(state.now + 1), Samples(moment - 1)):
        if state.now < early < moment:
            assert pace(replace(state, now=early)).decisions == ()


def test_nudges_are_numbered_in_the_order_in_which_they_are_shown() -> None:
    first = pace(at(10, concern(PLAIN)))
    state = replace(first.state, concerns=(concern(URGENT),))
    second = pace(state)
    numbers = [d.nudge for p in (first, second) for d in p.decisions if isinstance(d, NudgeShown)]
    assert numbers == [0, 1]


def test_the_agent_did_it() -> None:
    state = at(10, screen=on_screen(PLAIN))
    act = next(iter(DONE_BY[PLAIN]))
    assert told(done(state, (act,)).decisions) == [f"done {PLAIN}"]
    assert done(state, (act,)).state.screen is None
    assert done(state, (Act.SMALL_TALK,)).state == state
    assert done(at(10), (act,)).decisions == ()


# ---- whatever happens ----------------------------------------------------------------------------


def _open_speech(event: LogEvent, talking: set[Speaker]) -> None:
    if isinstance(event, SpeechStarted):
        talking.add(event.speaker)
    if isinstance(event, SpeechEnded) and event.reason != "cut":
        talking.discard(event.speaker)


@given(logs)
def test_at_most_one_nudge_stands_on_the_screen(log: list[LogEvent]) -> None:
    standing: NudgeShown | None = None
    numbers = []
    for event in log:
        if isinstance(event, NudgeShown):
            assert standing is None
            standing = event
            numbers.append(event.nudge)
        if isinstance(event, NudgeWithdrawn):
            assert standing is not None
            assert (event.nudge, event.kind) == (standing.nudge, standing.kind)
            standing = None
        if isinstance(event, NudgeAnswered) and standing and event.nudge == standing.nudge:
            standing = None
    assert numbers == list(range(len(numbers)))


@given(logs)
def test_what_can_wait_never_comes_over_the_customers_sentence(log: list[LogEvent]) -> None:
    talking: set[Speaker] = set()
    for event in log:
        _open_speech(event, talking)
        if isinstance(event, NudgeShown) and event.kind in WAITS_FOR_CUSTOMER:
            assert Speaker.CUSTOMER not in talking


@given(logs)
def test_a_kind_that_was_shown_rests_and_one_switched_off_is_silent(log: list[LogEvent]) -> None:
    assert isinstance(log[0], CallStarted)
    policy, last = log[0].policy, dict[NudgeKind, Samples]()
    for event in log:
        if isinstance(event, NudgeShown):
            assert policy.of(event.kind).enabled
            assert event.at >= event.decided
            before = last.get(event.kind)
            assert before is None or event.decided - before >= policy.of(event.kind).rest
            last[event.kind] = event.at


@given(logs)
def test_every_tick_is_there_for_a_reason_and_ticks_never_pile_up(log: list[LogEvent]) -> None:
    ticks = [event.at for event in log if isinstance(event, ClockTicked)]
    assert len(ticks) == len(set(ticks))


def test_the_default_policy_knows_every_kind_with_priorities_of_its_own() -> None:
    assert {nudge.kind for nudge in DEFAULT_POLICY.nudges} == set(NudgeKind)
    priorities = [nudge.priority for nudge in DEFAULT_POLICY.nudges]
    assert len(priorities) == len(set(priorities))
