"""The coach uses no more than its share of the machine: with a clock and a meter of the test."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.runtime.budget import SAVED_S, Budget


class Machine:
    """Time and processor time that pass when the test says so."""

    def __init__(self) -> None:
        self.now = self.used = 0.0
        self.rests: list[float] = []

    def work(self, seconds: float, threads: float = 1.0) -> None:
        self.now += seconds
        self.used += seconds * threads

    def sleep(self, seconds: float) -> None:
        self.rests.append(seconds)
        self.now += seconds

    def budget(self, share: float, cores: int) -> Budget:
        return Budget(share, cores, now=lambda: self.now, used=lambda: self.used, sleep=self.sleep)


@pytest.mark.parametrize(("share", "cores", "threads"), [(0.5, 2, 2), (0.25, 4, 2), (0.5, 2, 1.5)])
def test_somebody_who_always_has_work_gets_the_share_and_no_more(
    share: float, cores: int, threads: float
) -> None:
    machine = Machine()
    budget = machine.budget(share, cores)
    for _ in range(500):
        budget.rest()
        machine.work(0.6, threads)
    allowed = share * cores
    assert machine.used / machine.now == pytest.approx(min(allowed, threads), rel=0.02)


def test_who_uses_less_never_rests() -> None:
    machine = Machine()
    budget = machine.budget(0.5, 2)
    for _ in range(100):
        budget.rest()
        machine.work(0.4, 2)
        machine.now += 0.6
    assert machine.rests == []


def test_what_was_saved_up_is_there_for_a_moment_that_needs_it() -> None:
    machine = Machine()
    budget = machine.budget(0.5, 2)
    machine.now += 600
    budget.rest()
    machine.work(0.9 * SAVED_S, 2)
    budget.rest()
    assert machine.rests == []
    machine.work(SAVED_S, 2)
    budget.rest()
    assert len(machine.rests) == 1


@given(
    share=st.floats(0.1, 1),
    pieces=st.lists(st.tuples(st.floats(0, 8), st.floats(0, 8)), max_size=60),
)
def test_over_any_stretch_of_work_the_share_is_respected(
    share: float, pieces: list[tuple[float, float]]
) -> None:
    machine = Machine()
    budget = machine.budget(share, 2)
    for idle, work in pieces:
        machine.now += idle
        budget.rest()
        assert machine.used <= share * 2 * machine.now + SAVED_S + 1e-6
        machine.work(work, 2)
    assert all(rest > 0 for rest in machine.rests)
