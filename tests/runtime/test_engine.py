"""One call from its audio to its decisions: however it is cut, and whatever breaks."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.core.events import (
    AgentScored,
    CallEnded,
    CustomerScored,
    LogEvent,
    NudgeAnswered,
    NudgeShown,
    NudgeWithdrawn,
    Utterance,
    WorkLost,
)
from coach.core.replay import compare
from coach.core.segmenter import FRAME
from coach.core.units import RATE, Samples
from coach.core.vocabulary import NudgeKind, Speaker
from coach.runtime.engine import CallClock, run_beside_clock, run_fast
from coach.runtime.lanes import Lanes
from coach.runtime.ports import Block
from tests.harness import Cut, Story, VirtualClock, calm, tone
from tests.runtime.sounding import Run, bereavement, every, nudges, said


@pytest.fixture(scope="module")
def reference() -> list[LogEvent]:
    """The log of the bereavement call in blocks of a second."""
    return Run(bereavement()).fast(every(RATE))


# ---- as fast as possible -------------------------------------------------------------------------


def test_everything_that_was_said_is_heard_and_acted_upon(reference: list[LogEvent]) -> None:
    heard = " ".join(text for _, text in said(reference))
    for turn in bereavement().turns:
        for word in turn.words:
            assert word.text in heard
    assert NudgeKind.ACKNOWLEDGE_FIRST in nudges(reference)
    assert compare(reference) is None
    assert isinstance(reference[-3], CallEnded)


CUTS = st.one_of(
    st.lists(st.integers(1, 70 * RATE), max_size=60),
    st.integers(160, 3 * RATE).map(every),
    st.sets(st.integers(1, 1_000), max_size=200),
)


@settings(max_examples=25)
@given(cuts=CUTS)
@example(cuts=[])
@example(cuts=every(FRAME))
@example(cuts=every(FRAME + 1))
@example(cuts=every(16_384))
def test_the_answer_does_not_depend_on_how_the_audio_was_cut(cuts: Iterable[int]) -> None:
    assert Run(bereavement()).fast(cuts) == Run(bereavement()).fast(every(RATE))


def test_one_block_longer_than_any_memory_is_heard_whole() -> None:
    call = Story()
    for number in range(9):
        call.customer(f"Dit is zin nummer {number} van een heel lang verhaal.", calm(), gap=6)
    log = Run(call).fast([])
    assert not [event for event in log if isinstance(event, WorkLost)]
    assert len(said(log)) == 9


def test_a_fast_run_stops_when_it_is_told_to() -> None:
    heard: list[Samples] = []
    run = Run(bereavement())
    log = run.fast(every(RATE), progress=heard.append, stop=lambda: len(heard) == 5)
    assert heard[-1] == 5 * RATE
    (end,) = [event for event in log if isinstance(event, CallEnded)]
    assert 5 * RATE <= end.at < 5 * RATE + FRAME
    assert compare(log) is None


def test_an_empty_call_has_an_end() -> None:
    run = Run(Story().agent("Hallo?"))
    run.sound = tone(0), tone(0)
    log = run.fast([])
    assert [event.type for event in log] == ["started", "ended", "order", "summary"]


# ---- beside the clock ----------------------------------------------------------------------------


def test_beside_the_clock_frame_by_frame_the_log_is_the_same_bit_for_bit() -> None:
    call = bereavement()
    call.turns.pop()  # nothing is cut: a cut is an ending and a beginning at one moment
    assert Run(call).beside_clock(every(FRAME)) == Run(call).fast(every(FRAME))


@settings(max_examples=15)
@given(cuts=st.integers(FRAME, 8_000).map(every))
def test_beside_the_clock_the_same_is_said_and_advised(cuts: Iterable[int]) -> None:
    slow, fast = Run(bereavement()).beside_clock(cuts), Run(bereavement()).fast(every(RATE))
    assert sorted(said(slow)) == sorted(said(fast))
    assert nudges(slow) == nudges(fast)
    assert compare(slow) is None


@pytest.mark.parametrize("realtime", [False, True])
def test_the_last_word_before_the_line_drops_is_answered_before_the_end(*, realtime: bool) -> None:
    run = Run(bereavement())
    length = max(turn.end for turn in bereavement().turns)
    run.sound = tone(length), tone(length)
    log = (run.beside_clock if realtime else run.fast)(every(1_600))
    end = next(n for n, event in enumerate(log) if isinstance(event, CallEnded))
    assert isinstance(log[end - 1], CustomerScored)
    assert said(log)[-1][1].endswith(bereavement().turns[-1].words[-1].text)


class Live(Cut):
    """Audio that comes when it comes: each block is there just after it was spoken."""

    clock: VirtualClock

    def blocks(self) -> Iterator[Block]:
        for block in super().blocks():
            self.clock.time = Samples(block.start + len(block.agent) + 100)
            yield block


def test_live_audio_is_always_late_and_answers_come_all_the_same() -> None:
    run, clock = Run(bereavement()), VirtualClock()
    source = Live(*run.sound, every(1_600))
    object.__setattr__(source, "clock", clock)
    run_beside_clock(source, run.ears, run.desk, run.sequencer, clock=clock)
    for event in run.log:
        if isinstance(event, Utterance):
            assert event.at - event.end <= RATE
    assert NudgeKind.ACKNOWLEDGE_FIRST in nudges(run.log)
    assert sorted(said(run.log)) == sorted(said(Run(bereavement()).fast(every(RATE))))


def test_a_machine_that_falls_behind_still_takes_every_answer() -> None:
    """The clock runs twice as fast as blocks are heard: every block is late."""
    run, clock = Run(bereavement()), VirtualClock()

    def hurry(at: Samples) -> None:
        clock.time = max(clock.time, Samples(2 * at))

    log = run.beside_clock(every(1_600), clock, progress=hurry)
    assert sorted(said(log)) == sorted(said(Run(bereavement()).fast(every(RATE))))
    first = next(n for n, e in enumerate(log) if isinstance(e, Utterance))
    third = [n for n, e in enumerate(log) if e.type == "speech_started"][2]
    assert first < third, "answers come during the call, not after it"
    assert compare(log) is None


def test_stopping_ends_the_call_with_what_was_heard() -> None:
    heard: list[Samples] = []
    run = Run(bereavement())
    log = run.beside_clock(every(RATE), progress=heard.append, stop=lambda: len(heard) == 6)
    (end,) = [event for event in log if isinstance(event, CallEnded)]
    assert heard[-1] == 6 * RATE
    assert end.at < 7 * RATE
    assert compare(log) is None
    assert said(log)[0] == (Speaker.AGENT, "Goedemorgen, met Sanne.")


@pytest.mark.parametrize("realtime", [False, True])
def test_what_a_person_answers_reaches_the_call(*, realtime: bool) -> None:
    run = Run(bereavement())

    def answers() -> list[NudgeAnswered]:
        shown = [e for e in run.log if isinstance(e, NudgeShown)]
        told = [e for e in run.log if isinstance(e, NudgeAnswered)]
        down = [e for e in run.log if isinstance(e, NudgeWithdrawn)]
        if len(shown) > len(told) + len(down):
            return [NudgeAnswered(at=Samples(0), nudge=shown[-1].nudge, answer="useful")]
        return []

    log = (run.beside_clock if realtime else run.fast)(every(1_600), said=answers)
    answered = [event for event in log if isinstance(event, NudgeAnswered)]
    assert answered
    assert all(event.at > 0 for event in answered)
    assert compare(log) is None


# ---- whatever breaks -----------------------------------------------------------------------------


def broken(part: str, error: BaseException, times: int = 1) -> Callable[[str], None]:
    """Raise `error` the first `times` that `part` is asked."""
    left = [times]

    def breaks(asked: str) -> None:
        if asked == part and left[0]:
            left[0] -= 1
            raise error

    return breaks


@pytest.mark.parametrize("part", ["recogniser", "customer", "agent"])
@pytest.mark.parametrize("realtime", [False, True])
def test_a_model_that_fails_once_is_a_loss_and_the_call_goes_on(
    part: str, *, realtime: bool
) -> None:
    run = Run(bereavement(), broken(part, RuntimeError("out of memory")))
    log = (run.beside_clock if realtime else run.fast)(every(RATE // 10))
    (lost,) = [event for event in log if isinstance(event, WorkLost)]
    assert lost.part == ("recogniser" if part == "recogniser" else "understanding")
    assert lost.reason == "out of memory"
    assert log[-1].losses == 1  # type: ignore[union-attr]
    assert compare(log) is None
    last = " ".join(bereavement().turns[-1].words[-1].text.split())
    assert any(text.endswith(last) for _, text in said(log))


@pytest.mark.parametrize("realtime", [False, True])
def test_models_that_never_answer_leave_a_call_without_advice(*, realtime: bool) -> None:
    run = Run(bereavement(), broken("recogniser", OSError("no model"), times=10**6))
    log = (run.beside_clock if realtime else run.fast)(every(RATE // 10))
    assert said(log) == []
    assert nudges(log) == []
    assert isinstance(log[-3], CallEnded)


@pytest.mark.parametrize("part", ["recogniser", "customer", "agent"])
@pytest.mark.parametrize("error", [TypeError("bug"), KeyboardInterrupt()])
@pytest.mark.parametrize("realtime", [False, True])
def test_a_bug_in_a_model_surfaces_where_the_call_runs(
    part: str, error: BaseException, *, realtime: bool
) -> None:
    run = Run(bereavement(), broken(part, error))
    with pytest.raises(type(error)):
        (run.beside_clock if realtime else run.fast)(every(RATE // 10))


@pytest.mark.parametrize("realtime", [False, True])
def test_a_source_that_breaks_off_surfaces(*, realtime: bool) -> None:
    class Unplugged(Cut):
        def blocks(self) -> Iterator[Block]:
            for block in super().blocks():
                if block.start > 3 * RATE:
                    raise OSError("unplugged")
                yield block

    run = Run(bereavement())
    source = Unplugged(*run.sound, every(RATE))
    go = partial(run_beside_clock, clock=VirtualClock()) if realtime else run_fast
    with pytest.raises(OSError, match="unplugged"):
        go(source, run.ears, run.desk, run.sequencer)


def test_the_words_of_the_agent_are_never_given_to_an_emotion_model() -> None:
    run = Run(bereavement())
    run.beside_clock(every(RATE // 10))
    agents = {w.text for t in bereavement().turns if t.speaker is Speaker.AGENT for w in t.words}
    customers = {
        w.text for t in bereavement().turns if t.speaker is Speaker.CUSTOMER for w in t.words
    }
    assert run.told.asked_of_customer
    for asked in run.told.asked_of_customer:
        given_ = set(" ".join([asked.text, *asked.earlier]).split())
        assert not given_ & (agents - customers)
        assert asked.channel is Speaker.CUSTOMER


def test_readings_go_to_the_side_that_spoke(reference: list[LogEvent]) -> None:
    for event in reference:
        if isinstance(event, CustomerScored):
            assert event.speaker is Speaker.CUSTOMER
        if isinstance(event, AgentScored):
            assert event.speaker is Speaker.AGENT


def test_the_clock_of_life_goes_on_by_itself() -> None:
    run = Run(Story().agent("Hallo?"))
    run.sound = tone(RATE // 10), tone(RATE // 10)
    heard = run_beside_clock(run.source(every(800)), run.ears, run.desk, run.sequencer)
    assert heard == RATE // 10
    assert run.log[-1].at >= heard
    clock = CallClock()
    with Lanes() as lanes:
        assert clock.wait(lanes, Samples(0)) is None
    assert clock.now() >= 0
