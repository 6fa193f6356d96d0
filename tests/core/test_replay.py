"""Decision replay: the same events give the same decisions, bit for bit; a forgery is found."""

from dataclasses import fields, replace
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coach.core.events import (
    CallStarted,
    ClockTicked,
    Decision,
    LogEvent,
    NudgeShown,
    RunFinished,
    SpeechStarted,
    Utterance,
    WorldEvent,
)
from coach.core.policy import DEFAULT_POLICY, Policy
from coach.core.replay import compare, decide_again
from coach.core.units import Samples
from coach.core.vocabulary import Act, Emotion, NudgeKind, Speaker
from tests.harness import Story, feels
from tests.strategies import instances, logged, logs, policies, start, values

DECISIONS = get_args(Decision)
GRIEF = feels(Emotion.SADNESS, 2, -2)


def story() -> list[LogEvent]:
    """A call with a hold, a nudge, an expiry and a summary."""
    call = Story().customer("Mijn man is overleden.", GRIEF)
    call.agent("Ik ga het even voor u opzoeken hoor.", gap=6)
    return call.agent("Wat is uw postcode?", Act.ASK_IDENTIFICATION, gap=1).run()


def decisions(log: list[LogEvent]) -> list[LogEvent]:
    return [event for event in log if isinstance(event, DECISIONS)]


@given(logs)
def test_every_log_gives_its_own_decisions_again(log: list[LogEvent]) -> None:
    assert compare(log) is None
    assert decide_again(log) == decisions(log)


@given(logs, st.data())
def test_a_changed_decision_is_found(log: list[LogEvent], data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([n for n, e in enumerate(log) if isinstance(e, DECISIONS)]))
    true = log[place]
    field = data.draw(st.sampled_from([field.name for field in fields(true)]))
    value = data.draw(values(get_type_hints(type(true))[field]))
    assume(value != getattr(true, field))
    changed: Any = replace(true, **{field: value})
    difference = compare([*log[:place], changed, *log[place + 1 :]])
    assert difference is not None
    assert difference.recorded == changed
    assert difference.replayed == true
    assert difference.position == len(decisions(log[:place]))


@given(logs, st.data())
def test_a_decision_that_nobody_took_is_found(log: list[LogEvent], data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(log)))
    false = data.draw(st.one_of(*(instances(kind) for kind in DECISIONS)))
    assume(place == len(log) or false != log[place])
    assert compare([*log[:place], false, *log[place:]]) is not None


@given(logs, st.data())
def test_a_decision_that_was_taken_out_is_found(log: list[LogEvent], data: st.DataObject) -> None:
    """Even from a log without an end, unless nothing follows: that is where a process died."""
    last = len(log) - 1
    places = [n for n, e in enumerate(log) if isinstance(e, DECISIONS) and n < last]
    place = data.draw(st.sampled_from(places))
    shortened = log[: data.draw(st.integers(place + 2, len(log)))]
    difference = compare([*shortened[:place], *shortened[place + 1 :]])
    assert difference is not None
    assert difference.replayed == shortened[place]


@given(logs, st.integers(0, 200))
def test_every_beginning_of_a_log_is_sound(log: list[LogEvent], length: int) -> None:
    assert compare(log[:length]) is None


def test_a_finished_run_lacks_no_decision() -> None:
    log = story()
    done = RunFinished(at=log[-1].at, audio=log[-1].at, wall_s=1, cpu_s=1, model="m")
    assert compare([*log, done]) is None
    difference = compare([*log[:-1], done])
    assert difference is not None
    assert difference.replayed == log[-1]


def test_decisions_belong_where_they_were_taken() -> None:
    log = story()
    place = next(n for n, event in enumerate(log) if isinstance(event, NudgeShown))
    later = [*log[:place], log[place + 1], log[place], *log[place + 2 :]]
    assert compare(later) is not None


def test_the_clock_is_in_the_log() -> None:
    """The hold of a nudge ends when nothing else happens: a tick says so."""
    log = story()
    place = next(n for n, event in enumerate(log) if isinstance(event, NudgeShown))
    assert log[place - 1] == ClockTicked(at=log[place].at)
    without = [event for event in log if not isinstance(event, ClockTicked)]
    assert compare(without) is not None


@pytest.mark.parametrize("log", [[], [start()]])
def test_hardly_a_log_is_no_difference(log: list[LogEvent]) -> None:
    assert compare(log) is None
    assert decide_again(log) == []


def test_a_log_without_its_start_is_no_log() -> None:
    for log in (story()[1:], [ClockTicked(at=Samples(0))]):
        with pytest.raises(ValueError, match="begins with its start"):
            compare(log)
        with pytest.raises(ValueError, match="begins with its start"):
            decide_again(log)


def test_a_log_whose_time_goes_back_is_no_log() -> None:
    first, *rest = story()
    with pytest.raises(ValueError, match="lies before"):
        decide_again([first, *reversed(rest)])
    with pytest.raises(ValueError, match="lies before"):
        compare([first, ClockTicked(at=Samples(9)), ClockTicked(at=Samples(8))])


# ---- what if this rule had been different --------------------------------------------------------


@given(logs)
def test_the_same_policy_makes_the_same_ticks_anew(log: list[LogEvent]) -> None:
    assert isinstance(log[0], CallStarted)
    assert decide_again(log, log[0].policy) == decisions(log)


def test_who_begins_to_speak_at_the_very_moment_of_a_nudge_comes_first_here_too() -> None:
    """What happens at a moment goes before the clock that reaches it, in a call and anew."""
    log = story()
    place = next(n for n, event in enumerate(log) if isinstance(event, NudgeShown))
    moment = log[place].at
    world = [e for e in log[1 : place - 1] if isinstance(e, WorldEvent)]
    speech = SpeechStarted(at=moment, speaker=Speaker.AGENT, segment=9, start=moment)
    again = logged([*world, speech])
    assert compare(again) is None
    assert not [e for e in again if isinstance(e, ClockTicked) and e.at == moment]
    assert decide_again(again, DEFAULT_POLICY) == decisions(again)


@given(logs, policies)
def test_any_other_policy_decides_without_error(log: list[LogEvent], policy: Policy) -> None:
    assert decide_again(log, policy)[-1].type == "summary"


def test_another_policy_gives_other_decisions() -> None:
    log = story()
    kinds = [d.kind for d in decide_again(log) if isinstance(d, NudgeShown)]
    assert NudgeKind.ACKNOWLEDGE_FIRST in kinds
    silent = DEFAULT_POLICY.with_nudge(NudgeKind.ACKNOWLEDGE_FIRST, enabled=False)
    kinds = [d.kind for d in decide_again(log, silent) if isinstance(d, NudgeShown)]
    assert NudgeKind.ACKNOWLEDGE_FIRST not in kinds


def test_a_changed_word_of_the_world_may_change_the_decisions_and_is_then_found() -> None:
    log = story()
    place = next(n for n, e in enumerate(log) if isinstance(e, Utterance))
    said = log[place]
    assert isinstance(said, Utterance)
    other = replace(said, speaker=Speaker.AGENT)
    assert compare([*log[:place], other, *log[place + 1 :]]) is not None
