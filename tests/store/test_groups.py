"""Figures are about groups: who asks as cleverly as they like finds nobody."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from sqlalchemy import insert, text

from coach.core.vocabulary import EscalationKind, RiskLevel
from coach.errors import ProductError, UserError
from coach.store import groups
from coach.store import tables as t
from coach.store.database import Origin, Store
from tests.store.calls import MONDAY, call

WEEK = MONDAY.date()
NEXT = WEEK + timedelta(days=7)
CELL = {"week": WEEK, "team": "blue", "channel": "phone"}
BLUE = groups.Where(team="blue")


def week_of(
    team: str, agent: str, week: date = WEEK, calls: int = 4, **more: float
) -> dict[str, object]:
    """An agent's week, as the read table has it."""
    row: dict[str, object] = {c.name: 0 for c in t.weeks.c}
    return row | {
        "week": week,
        "team": team,
        "channel": "phone",
        "agent": agent,
        "calls": calls,
        "known": calls,
        "duration_s": 60.0 * calls,
        **more,
    }


def fill(store: Store, rows: list[dict[str, object]]) -> None:
    with store.writing() as connection:
        connection.execute(insert(t.weeks), rows)


def kinds(store: Store, counts: dict[str, dict[str, int]]) -> None:
    """How many calls of each agent had a kind."""
    rows = [
        {**CELL, "agent": agent, "what": "cause", "kind": kind, "calls": n}
        for kind, by_agent in counts.items()
        for agent, n in by_agent.items()
    ]
    with store.writing() as connection:
        connection.execute(insert(t.week_kinds), rows)


def agents(count: int) -> list[str]:
    return [f"a{n}" for n in range(count)]


def test_figures_come_from_the_calls_themselves(store: Store) -> None:
    for agent in agents(5):
        for n, valence in enumerate(((-1.0, 1.0), (-2.0, -1.0), (1.0, 1.0), (None, None))):
            log = call(f"{agent}-{n}", agent=agent, valence=valence, sign=EscalationKind.MEDIA)
            store.append(f"{agent}-{n}", 0, log, Origin(team="blue"))
    found = groups.aggregate(store, WEEK, NEXT, BLUE)
    assert found is not None
    assert (found.calls, found.weeks) == (20, 1)
    assert found.upset == pytest.approx(2 / 3)
    assert found.turned == pytest.approx(1 / 3)
    assert found.valence_lowest == pytest.approx((-1 - 2 + 1) / 3)
    assert found.risk == {RiskLevel.NONE: 1.0, RiskLevel.WATCH: 0.0, RiskLevel.HIGH: 0.0}
    assert (found.acknowledged, found.mean_duration_s) == (1.0, 60.0)
    assert (found.nudges_shown, found.customer_share) == (20, 0.75)
    assert groups.kinds(store, "risk", WEEK, NEXT, BLUE) == {"media": 20}
    assert [one.since for one in groups.by_week(store, WEEK, NEXT)] == [WEEK]


@pytest.mark.parametrize(
    ("team_of", "calls", "shown"), [(4, 100, False), (5, 1, True), (6, 4, True), (1, 100, False)]
)
def test_too_small_a_group_is_withheld(store: Store, team_of: int, calls: int, shown: bool) -> None:
    fill(store, [week_of("blue", agent, calls=calls) for agent in agents(team_of)])
    assert (groups.aggregate(store, WEEK, NEXT, BLUE) is not None) == shown


def test_calls_of_nobody_make_no_group(store: Store) -> None:
    fill(store, [week_of("blue", agent) for agent in ["", *agents(4)]])
    assert groups.aggregate(store, WEEK, NEXT) is None


def test_a_week_that_is_not_over_is_withheld(store: Store) -> None:
    today = store.clock().date()
    this_week = today - timedelta(days=today.weekday())
    fill(store, [week_of("blue", agent, this_week) for agent in agents(9)])
    assert groups.aggregate(store, this_week, this_week + timedelta(days=7)) is None


def test_a_part_with_too_few_behind_it_is_unknown(store: Store) -> None:
    few = {"known": 0, "asks": 0}
    fill(store, [week_of("blue", agent, **few) for agent in agents(6)])
    fill(store, [week_of("blue", "b", known=4, upset=4, asks=4, acknowledged=0)])
    found = groups.aggregate(store, WEEK, NEXT)
    assert found is not None
    assert (found.calls, found.upset, found.acknowledged) == (28, None, None)


def test_only_whole_weeks_can_be_asked_for(store: Store) -> None:
    for day in (WEEK + timedelta(days=n) for n in range(1, 7)):
        with pytest.raises(UserError):
            groups.aggregate(store, WEEK, day)


def test_no_sum_or_difference_of_figures_is_about_few_people(store: Store) -> None:
    """The attack: ask for everything that can be asked, and add and subtract the answers.

    Every agent's week carries a number that shows in which answers it is. If all weeks of a cell
    (a team's week) are in the same answers, then every sum and difference holds the whole cell or
    nothing of it.
    """
    weeks = [WEEK + timedelta(days=7 * n) for n in range(4)]
    sizes = {"blue": (6, 4, 7, 1), "red": (5, 5, 2, 8), "green": (1, 3, 0, 4)}
    atoms = [
        (team, week, agent)
        for team, counts in sizes.items()
        for week, count in zip(weeks, counts, strict=True)
        for agent in agents(count)
    ]
    for n, (team, week, agent) in enumerate(atoms):
        mark = {("nudges_shown", "nudges_useful")[n // 25]: 1 << n % 25}
        fill(store, [week_of(team, agent, week, **mark)])
    ends = [*weeks, weeks[-1] + timedelta(days=7)]
    answers = [
        groups.aggregate(store, *span, groups.Where(team=team))
        for team in (*sizes, None)
        for span in combinations(ends, 2)
    ]
    inside = [
        frozenset(
            atom
            for n, atom in enumerate(atoms)
            if (found.nudges_shown, found.nudges_useful)[n // 25] >> n % 25 & 1
        )
        for found in answers
        if found is not None
    ]
    assert len(set(inside)) > 10
    for team, week, agent in frozenset().union(*inside):
        cell = {atom for atom in atoms if atom[:2] == (team, week)}
        assert len(cell) >= 5
        assert all(cell <= one or cell.isdisjoint(one) for one in inside), agent


def test_a_rare_kind_is_not_found_by_taking_away_the_others(store: Store) -> None:
    fill(store, [week_of("blue", agent, calls=20) for agent in agents(6)])
    kinds(store, {"bill": {"a0": 30, "a1": 10}, "delay": {"a2": 12}, "rare": {"a3": 2}})
    assert groups.kinds(store, "cause", WEEK, NEXT) == {"bill": 40}
    kinds(store, {"odd": {"a4": 4}})
    assert groups.kinds(store, "cause", WEEK, NEXT) == {"bill": 40, "delay": 12}


def test_a_channel_is_a_cell_of_its_own(store: Store) -> None:
    fill(store, [week_of("blue", agent) for agent in agents(6)])
    fill(store, [week_of("blue", agent, channel="chat") for agent in agents(3)])
    fill(store, [week_of("blue", agent, channel="video") for agent in agents(5)])
    calls = {
        channel: found.calls if found is not None else None
        for channel in (None, "phone", "chat", "video")
        for found in [groups.aggregate(store, WEEK, NEXT, groups.Where(channel=channel))]
    }
    assert calls == {None: 44, "phone": 24, "chat": None, "video": 20}
    assert groups.occurring(store) == (["blue"], ["phone", "video"])


def answered(store: Store, counts: dict[str, tuple[int, int, int, int]]) -> None:
    """How often each kind of nudge was shown in the cell, and its answers."""
    names = ("shown", "useful", "not_now", "wrong")
    rows = [
        {**CELL, "agent": "a0", "kind": kind, **dict(zip(names, found, strict=True))}
        for kind, found in counts.items()
    ]
    with store.writing() as connection:
        connection.execute(insert(t.week_nudges), rows)


def test_nudges_are_told_by_kind_once_enough_answers_stand_behind_them(store: Store) -> None:
    fill(store, [week_of("blue", agent, calls=20) for agent in agents(6)])
    answered(store, {"paraphrase": (40, 9, 5, 1), "let_finish": (30, 4, 9, 2)})
    found = groups.nudges(store, WEEK, NEXT, BLUE)
    assert found == {
        "paraphrase": groups.Answers(shown=40, useful=9, not_now=5, wrong=1),
        "let_finish": groups.Answers(shown=30, useful=4, not_now=9, wrong=2),
    }
    assert found["paraphrase"].precision == 0.9
    answered(store, {"refer_press": (6, 2, 0, 1)})  # and the rest would give it away
    assert list(groups.nudges(store, WEEK, NEXT, BLUE)) == ["paraphrase"]
    answered(store, {"end_call": (2, 1, 0, 1)})  # together they are enough to hide among
    assert list(groups.nudges(store, WEEK, NEXT, BLUE)) == ["paraphrase", "let_finish"]


def test_a_nudge_that_nobody_judged_hides_with_the_next_one(store: Store) -> None:
    fill(store, [week_of("blue", agent, calls=20) for agent in agents(6)])
    answered(
        store,
        {"paraphrase": (40, 9, 5, 1), "let_finish": (30, 4, 9, 2), "end_call": (3,) + (0,) * 3},
    )
    assert list(groups.nudges(store, WEEK, NEXT)) == ["paraphrase"]


def test_aggression_and_answers_come_from_the_calls_themselves(store: Store) -> None:
    causes = (("bill", "delay"), (), ("delay",))
    for n, agent in enumerate(agents(15)):
        sign = EscalationKind.THREAT if n % 3 < 2 else EscalationKind.MEDIA
        log = call(agent, agent=agent, sign=sign, answer=("useful", "wrong", None)[n % 3])
        store.append(agent, 0, log, Origin(team="blue", causes=causes[n % 3]))
    by_week = groups.kinds_by_week(store, "aggression", WEEK, NEXT, BLUE)
    assert by_week == {WEEK: {"bill": 5, t.OTHER: 5}}
    (found,) = groups.nudges(store, WEEK, NEXT).values()
    assert found == groups.Answers(shown=15, useful=5, not_now=0, wrong=5)
    assert groups.upset(store, WEEK, NEXT) == [
        groups.Upset(week=WEEK, where=groups.Where(team="blue", channel="phone"), calls=15)
    ]


def test_kinds_of_a_small_group_are_withheld(store: Store) -> None:
    fill(store, [week_of("blue", agent, calls=20) for agent in agents(4)])
    kinds(store, {"bill": {"a0": 30, "a1": 10}})
    assert groups.kinds(store, "cause", WEEK, NEXT) == {}


def test_the_smallest_group_only_grows(own_store: Store) -> None:
    store = own_store
    assert groups.smallest_group(store) == 5
    groups.raise_smallest_group(store, 8)
    with pytest.raises(UserError):
        groups.raise_smallest_group(store, 7)
    for statement in (
        "UPDATE house SET smallest_group = 7",
        "UPDATE house SET smallest_group = 1",
        "DELETE FROM house",
        "INSERT INTO house VALUES (2, 5)",
        "INSERT INTO house VALUES (1, 5)",
    ):
        with pytest.raises(ProductError), store.writing() as connection:
            connection.execute(text(statement))
    assert groups.smallest_group(store) == 8
    fill(store, [week_of("blue", agent) for agent in agents(7)])
    assert groups.aggregate(store, WEEK, NEXT) is None


def test_an_agent_sees_own_figures(store: Store) -> None:
    fill(store, [week_of("blue", "a1", upset=2), week_of("blue", "a2")])
    found = groups.own_figures(store, "a1", WEEK, NEXT)
    assert found is not None
    assert (found.calls, found.upset) == (4, 0.5)
    assert groups.own_figures(store, "a3", WEEK, NEXT) is None
