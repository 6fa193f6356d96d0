"""Machines that stand still, that are slow, that never answer: what was said is not lost.

How it is known: every word of the call is said once. On a machine that keeps up, all are there;
after any disturbance the same words are there, once, or a loss in the log says from when to when.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.core.events import (
    CallEnded,
    CallSummarised,
    LogEvent,
    OrderJudged,
    PaceChanged,
    Utterance,
    WorkLost,
)
from coach.core.replay import compare
from coach.core.requests import Question
from coach.core.units import RATE, Samples, from_seconds, to_seconds
from coach.core.vocabulary import Pace
from coach.runtime.desk import LATE
from coach.runtime.line import TOO_LATE
from tests.runtime.sounding import Run, bereavement, every
from tests.runtime.timed import conversation, finals, machine, played, words

BLOCKS = every(RATE // 10)
ALL = tuple(Pace)


def paces(log: list[LogEvent]) -> list[Pace]:
    return [event.pace for event in log if isinstance(event, PaceChanged)]


def losses(log: list[LogEvent]) -> list[WorkLost]:
    return [event for event in log if isinstance(event, WorkLost)]


def lags(log: list[LogEvent], since: float = 0.0) -> list[float]:
    return [
        to_seconds(Samples(e.at - e.end))
        for e in log
        if isinstance(e, Utterance) and e.at > from_seconds(since)
    ]


def test_a_machine_that_keeps_up_does_everything_all_the_time() -> None:
    call = conversation(20)
    log = played(call, machine(), BLOCKS)
    assert finals(log) == finals(Run(call).fast(BLOCKS))
    assert paces(log) == []
    assert max(lags(log)) < 2.5


def test_a_stall_of_two_minutes_is_caught_up_without_a_loss() -> None:
    call = conversation(60)
    log = played(call, machine(stalls=[(40, 120)]), BLOCKS)
    assert finals(log) == finals(Run(call).fast(BLOCKS))
    assert losses(log) == []
    assert compare(log) is None
    assert any(not pace.careful for pace in paces(log))
    assert paces(log)[-1] is Pace.FULL, "back to everything when there is room again"
    caught_up = 40 + 120 + 40
    assert max(lags(log, caught_up)) < 3


def test_what_is_older_than_three_minutes_is_given_up_and_said_so() -> None:
    call = conversation(60)
    log = played(call, machine(stalls=[(30, 300)]), BLOCKS)
    lost = losses(log)
    assert {(one.part, one.reason) for one in lost} == {("recogniser", LATE)}
    assert all(one.at - one.end >= TOO_LATE for one in lost)
    whole = finals(Run(call).fast(BLOCKS))
    gone = {(one.speaker, one.start, one.end) for one in lost}
    assert finals(log) == [one for one in whole if one[:3] not in gone]
    assert len(gone) == len(lost)
    assert log[-1].losses == len(lost)  # type: ignore[union-attr]
    assert compare(log) is None


def test_a_machine_that_never_answers_leaves_a_call_with_its_losses_and_an_end() -> None:
    call = conversation(12)
    log = played(call, lambda *_: from_seconds(10**6), BLOCKS)
    assert finals(log) == []
    asked = finals(Run(call).fast(BLOCKS))
    assert sorted((one.speaker, one.start, one.end) for one in losses(log)) == [
        one[:3] for one in asked
    ]
    (end,) = [event for event in log if isinstance(event, CallEnded)]
    assert end.at <= call.turns[-1].end + TOO_LATE
    assert compare(log) is None


@pytest.mark.parametrize("speed", [0.25, 0.4])
def test_a_slow_machine_finds_a_level_at_which_it_keeps_up(speed: float) -> None:
    call = conversation(60)
    log = played(call, machine(speed), BLOCKS)
    assert finals(log) == finals(Run(call).fast(BLOCKS))
    changes = [event for event in log if isinstance(event, PaceChanged)]
    assert changes
    later = lags(log, 200)
    assert sorted(later)[len(later) // 2] < 6
    half = to_seconds(call.turns[-1].end) / 2
    assert len([one for one in changes if to_seconds(one.at) > half]) <= 6, "it does not flutter"
    assert compare(log) is None


def test_without_a_smaller_model_that_level_is_left_out() -> None:
    call = conversation(60)
    log = played(call, machine(0.2), BLOCKS, paces=ALL[:-1])
    assert Pace.QUICK_FINALS in paces(log)
    assert Pace.SMALL_MODEL not in paces(log)


WAITS = st.lists(st.sampled_from([0.0, 0.01, 0.05, 0.3, 1.0, 2.5, 9.0, 40.0]), max_size=80)


@settings(max_examples=20)
@given(
    cuts=st.one_of(
        st.lists(st.integers(1, 60 * RATE), max_size=60), st.integers(160, 2 * RATE).map(every)
    ),
    waits=WAITS,
    turns=st.integers(1, 9),
    small=st.booleans(),
)
def test_whatever_the_machine_does_every_final_word_is_there_once(
    cuts: list[int], waits: list[float], turns: int, *, small: bool
) -> None:
    """Arbitrary cuts and delays: answers of the two lanes overtake each other, partials drop."""
    call, left = conversation(turns), list(waits)

    def takes(question: Question, pace: Pace, at: Samples) -> Samples:
        return from_seconds(left.pop()) if left else machine()(question, pace, at)

    log = played(call, takes, cuts, paces=ALL if small else ALL[:-1])
    undisturbed = Run(call).fast(every(RATE))
    gone = {(one.speaker, one.start, one.end) for one in losses(log)}
    assert finals(log) == [one for one in finals(undisturbed) if one[:3] not in gone]
    assert len(set(words(log))) == len(words(log))
    assert all(one.reason == LATE and one.at - one.end >= TOO_LATE for one in losses(log))
    assert compare(log) is None
    assert isinstance(log[-3], CallEnded)


@settings(max_examples=12)
@given(waits=WAITS)
def test_a_call_is_judged_the_same_in_whatever_order_the_answers_come(waits: list[float]) -> None:
    """The agent's ask may be read before the customer's grief is; the call knows who was first."""
    left = list(waits)

    def takes(question: Question, pace: Pace, at: Samples) -> Samples:
        return from_seconds(left.pop()) if left else machine()(question, pace, at)

    log = played(bereavement(), takes, BLOCKS)
    undisturbed = Run(bereavement()).fast(every(RATE))
    if not losses(log):
        assert judged(log) == judged(undisturbed)


def judged(log: list[LogEvent]) -> list[object]:
    """What the call came to: the order check, the moods, the risk."""
    (order,) = [event for event in log if isinstance(event, OrderJudged)]
    (summary,) = [event for event in log if isinstance(event, CallSummarised)]
    return [
        order.value,
        order.because,
        summary.valence_lowest,
        summary.risk_highest,
        summary.customer_speech,
        summary.agent_speech,
    ]
