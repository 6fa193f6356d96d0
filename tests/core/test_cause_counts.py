"""The top three and the trend: small groups are withheld, and a rare cause is not shown."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.cause_counts import CallCauses, rank, trend
from coach.core.groups import SMALLEST, Guard, Withheld, smallest

DAY = date(2026, 3, 2)


def call(n: int, *causes: str, agent: str | None = None, day: date | None = DAY) -> CallCauses:
    return CallCauses(
        call_id=f"c{n}",
        day=day,
        agent=agent,
        causes=causes,
        words=tuple(f"zo was {c}" for c in causes),
    )


def test_the_causes_of_most_calls_come_first() -> None:
    calls = [call(n, "a", "wide") for n in range(6)] + [call(9 + n, "b") for n in range(5)]
    top = rank(calls)
    assert not isinstance(top, Withheld)
    assert [(one.cause, one.calls) for one in top] == [("a", 6), ("wide", 6), ("b", 5)]
    assert top[0].share == pytest.approx(6 / 11)
    assert len(top[0].examples) == 3


def test_a_cause_of_few_calls_points_at_people_and_is_left_out() -> None:
    calls = [call(n, "a") for n in range(5)] + [call(9 + n, "rare") for n in range(4)]
    top = rank(calls)
    assert not isinstance(top, Withheld)
    assert [one.cause for one in top] == ["a"]


@pytest.mark.parametrize(
    ("calls", "shown"),
    [
        ([call(n, "a") for n in range(4)], False),
        ([call(n, "a") for n in range(5)], True),
        ([call(n, "a", agent="x") for n in range(5)], True),
        ([call(n, "a", agent=str(n % 2)) for n in range(9)], False),
        ([call(n, "a", agent=str(n)) for n in range(5)], True),
    ],
)
def test_five_calls_and_five_agents_unless_they_are_ones_own(
    calls: list[CallCauses], shown: bool
) -> None:
    assert Guard.over(calls).enough(calls) is shown
    assert (rank(calls) != Withheld(len(calls))) is shown


def test_the_trend_around_a_change() -> None:
    before = [call(n, *(["a"] if n < 4 else []), day=DAY) for n in range(8)]
    after = [call(20 + n, *(["a"] if n < 1 else []), day=DAY + timedelta(7)) for n in range(10)]
    turn = trend([*before, *after, call(99, "a", day=None)], "a", DAY + timedelta(1))
    assert (turn.before, turn.after) == (0.5, 0.1)
    early = trend([*before, *after[:4]], "a", DAY + timedelta(1))
    assert early.after == Withheld(4)


def test_a_figure_that_is_known_of_one_agent_only_is_withheld_in_a_group() -> None:
    """Of two agents' calls, only those of one have the figure: it would be that agent's."""
    calls = [(call(n, agent=str(n % 2)), 1.0 if n % 2 else None) for n in range(20)]
    assert Guard.over([one for one, _ in calls]).mean(calls) == Withheld(10)


def test_the_minimum_can_only_be_raised() -> None:
    assert smallest(None) == SMALLEST
    assert smallest(12) == 12
    with pytest.raises(ValueError, match="too small"):
        smallest(SMALLEST - 1)


@given(st.lists(st.tuples(st.sampled_from("abcdefg"), st.one_of(st.none(), st.floats(0, 1)))))
def test_no_mean_of_few_known_figures(figures: list[tuple[str, float | None]]) -> None:
    calls = [(call(n, agent=agent), value) for n, (agent, value) in enumerate(figures)]
    known = [agent for agent, value in figures if value is not None]
    guard = Guard.over([call for call, _ in calls])
    found = guard.mean(calls)
    small = len(known) < SMALLEST or (not guard.own and len(set(known)) < SMALLEST)
    if not known:
        assert found is None
    else:
        assert isinstance(found, Withheld) is small
