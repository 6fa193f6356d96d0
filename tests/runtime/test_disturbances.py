"""Whatever is dropped, late, slow or out of order: the call comes to what it comes to undisturbed.

Answers of one lane cannot overtake each other (one model, one thread, one piece of work at a time);
which side's work is next is free, and so are looks and drafts: they may come late or never.
"""

import threading
from itertools import chain, repeat

from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.core.events import (
    AgentScored,
    CallEnded,
    CallSummarised,
    CustomerScored,
    LogEvent,
    NudgeShown,
    NudgeSpared,
    OrderJudged,
    PaceChanged,
    Utterance,
    WorkLost,
)
from coach.core.readings import AgentText, CustomerText
from coach.core.replay import compare
from coach.core.requests import Question, ScoreAgent, ScoreCustomer, Transcribe
from coach.core.units import RATE, Samples
from coach.core.vocabulary import Speaker
from coach.runtime.desk import Answer
from coach.runtime.lanes import Lanes
from coach.runtime.line import Job, Line
from tests.harness import Story
from tests.runtime.sounding import Run, bereavement, every, said
from tests.runtime.test_lanes import AGENT, SOON, answer, drafted, final, look
from tests.runtime.timed import conversation, finals, machine, played, words

# ---- by construction: one piece of work at a time, each side's in the order of the call ----------


def reading(speaker: Speaker, turn: int, *, partial: bool) -> ScoreAgent | ScoreCustomer:
    where = {"turn": turn, "start": Samples(0), "end": Samples(1)}
    if speaker is AGENT:
        return ScoreAgent(said=AgentText(text="ja", partial=partial), **where)
    return ScoreCustomer(said=CustomerText(channel=speaker, text="ja", partial=partial), **where)


WORK = st.sampled_from([make(side) for make in (final, look, drafted) for side in Speaker])
READINGS = st.builds(reading, st.sampled_from(Speaker), st.integers(0, 3), partial=st.booleans())
SHIFTS = st.lists(st.one_of(st.none(), WORK), max_size=40)
"""Work that comes, and (`None`) the moments at which the thread takes the next."""


def worked_off(shifts: list[Question | None]) -> tuple[list[Job], list[Job]]:
    """What a line was asked and what it gave, with what is left at the end taken too."""
    line, asked, given_ = Line(), [], []
    for number, question in enumerate(shifts):
        if question is None:
            given_.append(line.take())
        else:
            asked.append(Job(question, lambda: answer(""), Samples(0), number))
            line.put(asked[-1])
    while (job := line.take()) is not None:
        given_.append(job)
    return asked, [job for job in given_ if job is not None]


@given(SHIFTS)
def test_final_words_of_one_side_leave_the_line_in_the_order_of_the_call(
    shifts: list[Question | None],
) -> None:
    asked, given_ = worked_off(shifts)
    for side in Speaker:
        whole = [job for job in asked if job.final and job.speaker is side]
        assert [job for job in given_ if job.final and job.speaker is side] == whole
    assert len({job.number for job in given_}) == len(given_), "nothing is done twice"


@given(st.lists(st.one_of(st.none(), READINGS), max_size=40))
def test_readings_leave_the_line_in_the_order_in_which_they_were_asked_for(
    shifts: list[Question | None],
) -> None:
    asked, given_ = worked_off(shifts)
    numbers = [job.number for job in given_]
    assert numbers == sorted(numbers)
    assert [job for job in given_ if job.final] == [job for job in asked if job.final]


@settings(max_examples=15)
@given(st.lists(WORK, min_size=1, max_size=8))
def test_a_lane_has_one_piece_of_work_in_hand_and_answers_in_the_order_of_its_work(
    asked: list[Transcribe],
) -> None:
    at_work, most, began = threading.Semaphore(1), [0], []
    answered = []
    with Lanes() as lanes:

        def begin(number: int) -> Answer:
            alone = at_work.acquire(blocking=False)
            most[0] = max(most[0], 1 if alone else 2)
            began.append(str(number))
            at_work.release()
            return answer(str(number))

        for number, request in enumerate(asked):
            lanes.submit(request, lambda number=number: begin(number), Samples(0))
        while lanes.busy:
            taken = lanes.take(SOON)
            assert isinstance(taken, Utterance)
            answered.append(taken.text)
    assert most == [1]
    assert answered == began


# ---- by experiment: whole calls ------------------------------------------------------------------

STALLS = st.lists(
    st.tuples(st.floats(0, 90), st.floats(0, 170)).map(lambda s: (round(s[0], 2), round(s[1], 2))),
    max_size=3,
)
FATES = st.lists(st.sampled_from([0, 0, 1, 2, 5, None]), max_size=60)
PICKS = st.lists(st.integers(0, 5), max_size=60)
CUTS = st.one_of(
    st.lists(st.integers(1, 60 * RATE), max_size=60), st.integers(160, 2 * RATE).map(every)
)


def disturbed(
    call: Story,
    cuts: list[int],
    stalls: list[tuple[float, float]],
    fates: list[int | None],
    picks: list[int],
) -> list[LogEvent]:
    left = iter(picks)
    return played(
        call,
        machine(stalls=stalls),
        cuts,
        fates=chain(fates, repeat(0)),
        picks=lambda many: next(left, 0) % many,
    )


def lost(log: list[LogEvent]) -> list[WorkLost]:
    return [event for event in log if isinstance(event, WorkLost)]


@settings(max_examples=15)
@given(turns=st.integers(1, 9), cuts=CUTS, stalls=STALLS, fates=FATES, picks=PICKS)
@example(turns=1, cuts=[], stalls=[(0.0, 71.0), (0.0, 8.0)], fates=[], picks=[])  # heard, not read
def test_no_final_word_is_lost_or_said_twice(
    turns: int,
    cuts: list[int],
    stalls: list[tuple[float, float]],
    fates: list[int | None],
    picks: list[int],
) -> None:
    call = conversation(turns)
    log = disturbed(call, cuts, stalls, fates, picks)
    unheard = [one for one in lost(log) if one.part == "recogniser"]
    gone = {(one.speaker, one.start, one.end) for one in unheard}
    undisturbed = Run(call).fast(every(RATE))
    assert finals(log) == [one for one in finals(undisturbed) if one[:3] not in gone]
    assert len(set(words(log))) == len(words(log))
    assert isinstance(log[-3], CallEnded), "it came to its end"
    assert compare(log) is None


@settings(max_examples=15)
@given(cuts=CUTS, stalls=STALLS, fates=FATES, picks=PICKS)
@example(cuts=every(RATE // 10), stalls=[(10, 60)], fates=[5, None, 1] * 20, picks=[3, 1, 2] * 20)
def test_the_record_of_a_call_is_that_of_the_undisturbed_one(
    cuts: list[int],
    stalls: list[tuple[float, float]],
    fates: list[int | None],
    picks: list[int],
) -> None:
    log = disturbed(bereavement(), cuts, stalls, fates, picks)
    undisturbed = Run(bereavement()).fast(every(RATE))
    assert compare(log) is None
    if lost(log):
        return
    assert on_record(log) == on_record(undisturbed)
    assert unexplained(undisturbed, log) == []


def on_record(log: list[LogEvent]) -> dict[str, object]:
    """The words of both sides, what was read in whole turns, and what the call came to."""
    (order,) = [event for event in log if isinstance(event, OrderJudged)]
    (summary,) = [event for event in log if isinstance(event, CallSummarised)]
    spoken = {side: " ".join(text for who, text in said(log) if who is side) for side in Speaker}
    read = [e for e in log if isinstance(e, CustomerScored | AgentScored) and not e.partial]
    last = {
        (e.speaker, e.turn): (e.emotions if isinstance(e, CustomerScored) else e.acts) for e in read
    }
    return {
        "words": spoken,
        "readings": sorted(last.items(), key=lambda item: (item[0][1], item[0][0])),
        "order": (order.value, order.because),
        "summary": (
            summary.customer_turns,
            summary.agent_turns,
            summary.valence_start,
            summary.valence_lowest,
            summary.valence_end,
            summary.risk_highest,
        ),
    }


def unexplained(undisturbed: list[LogEvent], log: list[LogEvent]) -> list[object]:
    """The nudges that were shown undisturbed and are neither shown here nor spared with a reason,
    though no change of pace says that words came too late for them."""
    if any(isinstance(event, PaceChanged) for event in log):
        return []
    shown = {event.kind for event in log if isinstance(event, NudgeShown)}
    spared = {event.kind for event in log if isinstance(event, NudgeSpared) and event.reason}
    wanted = {event.kind for event in undisturbed if isinstance(event, NudgeShown)}
    return sorted(wanted - shown - spared)


def test_a_machine_without_a_disturbance_leaves_nothing_to_explain() -> None:
    log = disturbed(bereavement(), [*every(RATE // 10)], [], [], [])
    undisturbed = Run(bereavement()).fast(every(RATE))
    assert on_record(log) == on_record(undisturbed)
    assert unexplained(undisturbed, log) == []
