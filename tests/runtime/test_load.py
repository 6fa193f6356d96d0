"""How much is done on a machine that is slow or busy: down at once, up with patience."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import Pace
from coach.runtime.load import (
    BEHIND,
    CALM,
    FAR_BEHIND,
    MOST_PATIENCE,
    PATIENCE,
    ROOM,
    SETTLES,
    Change,
    Load,
    Observed,
    watch,
)

ALL = tuple(Pace)
WITHOUT_SMALLER = ALL[:-1]


def s(seconds: float) -> Samples:
    return from_seconds(seconds)


def told(
    *seen: tuple[float, float], busy: float = 0.0, paces: tuple[Pace, ...] = ALL
) -> tuple[Load, list[Change]]:
    """Observations: a moment and a lag, in seconds."""
    load, changes = Load(), []
    for at, lag in seen:
        load, change = watch(load, Observed(at=s(at), lag=s(lag), busy=busy), paces)
        changes += [] if change is None else [change]
    return load, changes


def test_a_machine_that_keeps_up_is_left_alone() -> None:
    assert told(*((at, 0.5) for at in range(600))) == (
        Load(late=Samples(0)),
        [],
    )


def test_less_is_done_as_soon_as_the_words_come_late() -> None:
    _, changes = told((3, 2.0))
    assert changes == [Change(pace=Pace.FEWER_LOOKS, reason="behind")]


def test_a_step_down_is_given_time_to_show_what_it_brings() -> None:
    _, changes = told((3, 2), (4, 3), (6, 4), (7, 4))
    assert [one.pace for one in changes] == [Pace.FEWER_LOOKS, Pace.FINALS_ONLY]


def test_far_behind_there_is_no_time_for_care() -> None:
    _, changes = told((3, 2), (4, 8))
    assert changes[-1] == Change(pace=Pace.QUICK_FINALS, reason="far_behind")


def test_less_than_the_least_cannot_be_done() -> None:
    load, changes = told(*((at, 60) for at in range(0, 100, 5)), paces=WITHOUT_SMALLER)
    assert load.pace is Pace.QUICK_FINALS
    assert len(changes) == 1


def test_more_is_done_after_a_stretch_of_calm() -> None:
    _, changes = told((3, 2), (10, 0.3), (17.9, 0.3), (18, 0.3))
    assert changes[1:] == [Change(pace=Pace.FULL, reason="caught_up")]


def test_a_lag_in_between_is_neither_late_nor_calm() -> None:
    _, changes = told((3, 2), *((at, 1.2) for at in range(4, 300)))
    assert len(changes) == 1


def test_more_is_not_asked_of_a_recogniser_that_has_no_time() -> None:
    load, _ = told((3, 2))
    for at in range(4, 300):
        load, change = watch(load, Observed(at=s(at), lag=s(0), busy=ROOM + 0.1))
        assert change is None


def test_a_mistake_makes_patient() -> None:
    load, changes = told((3, 2), (18, 0), (22, 2))
    assert [one.reason for one in changes] == ["behind", "caught_up", "behind"]
    assert load.patience == 2 * PATIENCE
    assert watch(load, Observed(at=s(22 + 29), lag=s(0)))[1] is None
    assert watch(load, Observed(at=s(22 + 30), lag=s(0)))[1] is not None


def test_a_step_up_that_lasted_was_no_mistake() -> None:
    load, _ = told((3, 2), (18, 0), (22, 2), (52, 0), (52 + 61, 2), (52 + 61 + 30, 0))
    assert load.patience == 2 * PATIENCE, "known to have lasted only when it is stepped up again"
    load, _ = watch(load, Observed(at=s(400), lag=s(2)))
    load, _ = watch(load, Observed(at=s(401), lag=s(0)))
    assert load.patience == 2 * PATIENCE
    assert load.pace is Pace.FEWER_LOOKS


@pytest.mark.parametrize("level", range(len(ALL)))
def test_a_machine_that_can_only_do_so_much_finds_its_level_and_stays_there(level: int) -> None:
    """At more than its level it falls behind by a second a second; at it, it keeps up."""
    load, lag, changes = Load(), 0.0, []
    for at in range(3_600):
        lag = max(0.0, lag + (1 if ALL.index(load.pace) < level else -1))
        load, change = watch(load, Observed(at=s(at), lag=s(lag)))
        changes += [] if change is None else [(at, change)]
    late = [change for at, change in changes if at > 1_800]
    assert len(late) <= 2 * (1_800 / 240 + 1)
    assert ALL.index(load.pace) in {level, level - 1} or level == 0


SEEN = st.lists(
    st.tuples(
        st.sampled_from([0.1, 1, 5, 20, 300]),
        st.sampled_from([0, 0, 0.7, 1, 2, 3, 9, 200]),
        st.floats(0, 1),
    ),
    max_size=60,
)


@given(seen=SEEN, small=st.booleans())
def test_whatever_is_seen(seen: list[tuple[float, float, float]], *, small: bool) -> None:
    paces = ALL if small else WITHOUT_SMALLER
    load, at, changes = Load(), 0.0, []
    for step, lag, busy in seen:
        at += step
        before = load
        load, change = watch(load, Observed(at=s(at), lag=s(lag), busy=busy), paces)
        assert load.pace in paces
        assert PATIENCE <= load.patience <= MOST_PATIENCE
        assert (change is None) == (load.pace is before.pace)
        if change is None:
            continue
        changes.append((s(at), change))
        assert change.pace is load.pace
        up = paces.index(load.pace) < paces.index(before.pace)
        if up:
            assert paces.index(load.pace) + 1 == paces.index(before.pace)
            assert s(lag) < CALM
        else:
            assert s(lag) >= BEHIND
        assert (change.reason == "caught_up") == up
    for (one, _), (other, change) in pairwise(changes):
        assert other - one >= SETTLES or change.reason == "far_behind"
    assert FAR_BEHIND > BEHIND > CALM
