"""What waits for a model: in which order it is taken, what replaces what, what is given up."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.readings import AgentText, CustomerText
from coach.core.requests import Question, ScoreAgent, ScoreCustomer, Transcribe
from coach.core.units import Samples
from coach.core.vocabulary import Speaker
from coach.runtime.line import Job, Line

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER


def hears(speaker: Speaker, kind: str) -> Transcribe:
    return Transcribe(
        speaker=speaker,
        segment=0,
        start=Samples(0),
        end=Samples(1),
        final=kind == "whole",
        draft=kind == "draft",
    )


def reads(speaker: Speaker, *, partial: bool) -> Question:
    where = {"turn": 0, "start": Samples(0), "end": Samples(1)}
    if speaker is AGENT:
        return ScoreAgent(**where, said=AgentText(text="ja", partial=partial))  # type: ignore[arg-type]
    said = CustomerText(channel=CUSTOMER, text="ja", partial=partial)
    return ScoreCustomer(**where, said=said)  # type: ignore[arg-type]


def job(request: Question, number: int = 0, asked: int = 0) -> Job:
    return Job(request, lambda: pytest.fail("nobody works here"), Samples(asked), number)


def drained(line: Line) -> list[int]:
    numbers = []
    while (taken := line.take()) is not None:
        numbers.append(taken.number)
    return numbers


def test_an_empty_line_has_nothing_to_do() -> None:
    assert Line().take() is None


def test_the_order_is_the_whole_then_drafts_then_looks_and_the_customer_first() -> None:
    line = Line()
    wanted = [
        hears(CUSTOMER, "whole"),
        hears(CUSTOMER, "whole"),
        hears(AGENT, "whole"),
        hears(CUSTOMER, "look"),
        hears(AGENT, "look"),
    ]
    for number in (2, 1, 0, 4, 3):
        line.put(job(wanted[number], number))
    assert drained(line) == [0, 1, 2, 3, 4]
    line.put(job(hears(AGENT, "draft"), 1))
    line.put(job(hears(CUSTOMER, "look"), 2))
    assert drained(line) == [1, 2], "a draft is worth more than a look"


@pytest.mark.parametrize("newer", ["whole", "draft", "look"])
@pytest.mark.parametrize("older", ["draft", "look"])
@pytest.mark.parametrize("other", [False, True])
def test_what_is_not_final_gives_way_to_anything_newer_of_its_side(
    older: str, newer: str, *, other: bool
) -> None:
    line = Line()
    line.put(job(hears(AGENT, older), 0))
    replaced = line.put(job(hears(CUSTOMER if other else AGENT, newer), 1))
    assert [one.number for one in replaced] == ([] if other else [0])
    assert sorted(drained(line)) == ([0, 1] if other else [1])


def test_readings_stay_in_order_and_a_part_gives_way_to_a_newer_one() -> None:
    line = Line()
    line.put(job(reads(AGENT, partial=True), 0))
    line.put(job(reads(CUSTOMER, partial=False), 1))
    assert [one.number for one in line.put(job(reads(AGENT, partial=True), 2))] == [0]
    line.put(job(reads(AGENT, partial=False), 3))
    assert drained(line) == [1, 3]


def test_what_was_asked_too_long_ago_is_given_up() -> None:
    line = Line()
    for number in range(4):
        line.put(job(hears(AGENT, "whole"), number, asked=100 * number))
    assert [one.number for one in line.give_up(Samples(200))] == [0, 1]
    assert drained(line) == [2, 3]


KINDS = st.sampled_from(["whole", "draft", "look"])


@given(st.lists(st.tuples(st.sampled_from(Speaker), KINDS, st.booleans()), max_size=40))
def test_nothing_is_lost_or_done_twice_and_no_more_than_one_partial_a_side_waits(
    asked: list[tuple[Speaker, str, bool]],
) -> None:
    line, out = Line(), []
    for number, (speaker, kind, take) in enumerate(asked):
        out += line.put(job(hears(speaker, kind), number))
        waiting = Counter(one.speaker for one in line._jobs if not one.final)
        assert all(count == 1 for count in waiting.values())
        if take and (taken := line.take()) is not None:
            out.append(taken)
    finals = {n for n, (_, kind, _) in enumerate(asked) if kind == "whole"}
    rest = drained(line)
    assert sorted([one.number for one in out] + rest) == list(range(len(asked)))
    assert finals <= {*rest, *(one.number for one in out)}
