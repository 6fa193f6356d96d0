"""The one function: what it refuses, what it remembers, what it asks of the shell."""

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.events import (
    AgentScored,
    AudioGap,
    CallEnded,
    CallSummarised,
    ClockTicked,
    Heard,
    LogEvent,
    NudgeAnswered,
    NudgeShown,
    OrderJudged,
    RiskChanged,
    SpeechEnded,
    SpeechStarted,
    Utterance,
    WorkLost,
    WorldEvent,
)
from coach.core.policy import DEFAULT_POLICY
from coach.core.requests import Request, ScoreAgent, ScoreCustomer, Transcribe
from coach.core.state import CallState
from coach.core.step import _HANDLERS, begin, step, wake_at
from coach.core.units import RATE, Samples, from_seconds
from coach.core.vocabulary import Act, Emotion, NudgeKind, RiskLevel, Speaker
from tests.harness import Story, calm, feels
from tests.strategies import logs, start, streams

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER
GRIEF = feels(Emotion.SADNESS, 2, -2)


def began(speaker: Speaker, at: float, segment: int = 0) -> SpeechStarted:
    moment = from_seconds(at)
    return SpeechStarted(at=moment, speaker=speaker, segment=segment, start=moment)


def ended(
    speaker: Speaker, start: float, end: float, segment: int = 0, reason: str = "pause"
) -> SpeechEnded:
    return SpeechEnded(
        at=from_seconds(end),
        speaker=speaker,
        segment=segment,
        start=from_seconds(start),
        end=from_seconds(end),
        reason=reason,
    )


def words(
    speaker: Speaker, start: float, end: float, text: str, *, at: float | None = None
) -> Utterance:
    return Utterance(
        at=from_seconds(end if at is None else at),
        speaker=speaker,
        segment=0,
        start=from_seconds(start),
        end=from_seconds(end),
        text=text,
    )


def look(speaker: Speaker, start: float, end: float, text: str, *, at: float) -> Heard:
    return Heard(
        at=from_seconds(at),
        speaker=speaker,
        segment=0,
        start=from_seconds(start),
        end=from_seconds(end),
        text=text,
    )


def lost(speaker: Speaker, start: float, end: float, part: str = "recogniser") -> WorkLost:
    return WorkLost(
        at=from_seconds(end),
        speaker=speaker,
        part=part,
        start=from_seconds(start),
        end=from_seconds(end),
        reason="broken",
    )


def run(*events: WorldEvent) -> tuple[CallState, list[Request]]:
    state, requests = begin(start()), list[Request]()
    for event in events:
        stepped = step(state, event)
        state = stepped.state
        requests += stepped.requests
    return state, requests


# ---- time and the end ----------------------------------------------------------------------------


def test_every_world_event_has_a_handler() -> None:
    assert set(_HANDLERS) == set(get_args(WorldEvent))


def test_time_does_not_go_back() -> None:
    state, _ = run(ClockTicked(at=Samples(10)))
    with pytest.raises(ValueError, match="lies before"):
        step(state, ClockTicked(at=Samples(9)))
    assert step(state, ClockTicked(at=Samples(10))).state.now == 10


@given(streams)
def test_after_the_end_nothing_happens(events: list[WorldEvent]) -> None:
    state, _ = run(*events)
    state = step(state, CallEnded(at=state.now)).state
    assert wake_at(state) is None
    for event in [*events, CallEnded(at=Samples(0))]:
        stepped = step(state, replace(event, at=Samples(state.now + event.at)))
        assert stepped.decisions == ()
        assert stepped.requests == ()
        state = stepped.state
    assert state.ended


@given(streams)
def test_the_core_wants_to_be_woken_only_in_the_future(events: list[WorldEvent]) -> None:
    state = begin(start())
    for event in events:
        state = step(state, event).state
        moment = wake_at(state)
        assert moment is None or moment > state.now


@given(streams)
def test_a_call_that_falls_silent_is_left_alone_in_the_end(events: list[WorldEvent]) -> None:
    """Ticks run out unless somebody still speaks: nothing is waited for without end."""
    state, _ = run(*events)
    for speaker in Speaker:
        if state.speaking(speaker) is not None:
            quiet = ended(speaker, 0, 0)
            state = step(state, replace(quiet, at=state.now, end=state.now)).state
    for _ in range(200):
        moment = wake_at(state)
        if moment is None:
            return
        state = step(state, ClockTicked(at=moment)).state
    pytest.fail("the clock is asked for without end")


@given(logs)
def test_a_call_is_judged_and_summed_up_once_at_its_end(log: list[LogEvent]) -> None:
    assert isinstance(log[-1], CallSummarised)
    assert isinstance(log[-2], OrderJudged)
    assert sum(isinstance(event, (CallSummarised, OrderJudged)) for event in log) == 2
    levels = [event.level for event in log if isinstance(event, RiskChanged)]
    assert log[-1].risk_highest is max([RiskLevel.NONE, *levels], key=lambda level: level.rank)
    assert log[-1].nudges_shown == sum(isinstance(event, NudgeShown) for event in log)
    assert log[-1].losses == sum(isinstance(event, (WorkLost, AudioGap)) for event in log)


@given(logs)
def test_a_change_of_risk_is_a_change(log: list[LogEvent]) -> None:
    level = RiskLevel.NONE
    for event in log:
        if isinstance(event, RiskChanged):
            assert event.level is not level
            level = event.level


def test_the_summary_counts_speech_and_turns() -> None:
    call = Story().customer("Mijn man is overleden.", GRIEF).agent("Gecondoleerd.", Act.CONDOLE)
    call.customer("Dank u.", feels(Emotion.GRATITUDE, 1, 1)).customer("Ja.", calm(), gap=1)
    (summary,) = [event for event in call.run() if isinstance(event, CallSummarised)]
    assert (summary.customer_turns, summary.agent_turns) == (2, 1)
    spoken = [turn.end - turn.start for turn in call.turns if turn.speaker is CUSTOMER]
    assert summary.customer_speech == sum(spoken)
    assert (summary.valence_start, summary.valence_lowest, summary.valence_end) == (-2, -2, 1)


def test_a_call_in_which_nothing_was_said_is_unknown_not_neutral() -> None:
    state, _ = run()
    *_, summary = step(state, CallEnded(at=Samples(5))).decisions
    assert isinstance(summary, CallSummarised)
    assert summary.valence_start is None
    assert summary.valence_lowest is None
    assert summary.valence_end is None


# ---- what is asked of the shell ------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["pause", "cut", "end"])
@pytest.mark.parametrize("speaker", Speaker)
def test_finished_speech_is_transcribed_once_with_care(speaker: Speaker, reason: str) -> None:
    _, requests = run(began(speaker, 1), ended(speaker, 1, 3, reason=reason))
    assert requests == [
        Transcribe(
            speaker=speaker,
            segment=0,
            start=from_seconds(1),
            end=from_seconds(3),
            final=True,
        )
    ]


def test_the_customers_words_are_scored_with_the_customers_earlier_turns_only() -> None:
    said = [
        words(CUSTOMER, 0, 1, "klant een"),
        words(AGENT, 2, 3, "medewerker een"),
        words(CUSTOMER, 4, 5, "klant twee"),
    ]
    _, requests = run(*said)
    *_, last = requests
    assert isinstance(last, ScoreCustomer)
    assert last.said.text == "klant twee"
    assert last.said.earlier == ("klant een",)


def test_the_agents_words_are_scored_beside_the_customers_last_turn() -> None:
    _, requests = run(words(CUSTOMER, 0, 1, "klant een"), words(AGENT, 2, 3, "medewerker een"))
    last = requests[-1]
    assert isinstance(last, ScoreAgent)
    assert (last.said.text, last.said.previous) == ("medewerker een", "klant een")


@pytest.mark.parametrize("speaker", Speaker)
def test_words_that_are_nothing_are_not_scored(speaker: Speaker) -> None:
    _, requests = run(words(speaker, 0, 1, ""), look(speaker, 2, 3, "", at=3))
    assert requests == []


def looks(requests: Sequence[Request]) -> list[Transcribe]:
    return [r for r in requests if isinstance(r, Transcribe) and not r.final]


def test_the_agents_reply_is_looked_at_only_when_a_nudge_hangs_on_it() -> None:
    state, requests = run(began(AGENT, 0), ClockTicked(at=from_seconds(5)))
    assert looks(requests) == []
    assert wake_at(state) is None


# ---- looks and wholes, in whatever order they come -----------------------------------------------


def test_a_look_that_comes_after_the_whole_is_forgotten() -> None:
    state, requests = run(
        words(AGENT, 1, 3, "wat is uw postcode"), look(AGENT, 1, 2, "wat is", at=4)
    )
    assert [turn.said for turn in state.floor.turns] == ["wat is uw postcode"]
    assert len(requests) == 1, "and not scored"


@pytest.mark.parametrize("whole", [words(AGENT, 1, 3, ""), lost(AGENT, 1, 3)], ids=["", "lost"])
def test_a_look_at_speech_without_words_takes_no_part_in_later_turns(whole: WorldEvent) -> None:
    state, _ = run(
        look(AGENT, 1, 2, "ja", at=2),
        whole,
        words(CUSTOMER, 4, 6, "mijn man is overleden"),
        words(AGENT, 20, 22, "gecondoleerd"),
    )
    said = [(turn.speaker, turn.said) for turn in state.floor.turns]
    assert said == [(CUSTOMER, "mijn man is overleden"), (AGENT, "gecondoleerd")]
    numbers = [turn.number for turn in state.floor.turns]
    assert numbers == sorted(numbers)


def test_words_that_could_not_be_understood_are_still_words() -> None:
    state, _ = run(words(AGENT, 1, 3, "ja"), lost(AGENT, 1, 3, "understanding"))
    assert [turn.said for turn in state.floor.turns] == ["ja"]


@pytest.mark.parametrize("part", ["recogniser", "understanding"])
def test_a_loss_does_not_keep_the_coach_waiting_for_the_agents_words(part: str) -> None:
    state, _ = run(began(AGENT, 1), ended(AGENT, 1, 3))
    assert state.unread is not None
    assert step(state, lost(AGENT, 1, 3, part)).state.unread is None


# ---- long speech is cut, and goes on -------------------------------------------------------------


def cut(speaker: Speaker, start: float, at: float, segment: int = 0) -> list[WorldEvent]:
    return [ended(speaker, start, at, segment, "cut"), began(speaker, at, segment + 1)]


def test_an_agent_who_is_talked_through_and_goes_on_has_not_interrupted() -> None:
    """The customer begins while the agent speaks; the agent's long speech is then cut."""
    state, _ = run(began(AGENT, 0), began(CUSTOMER, 10), *cut(AGENT, 0, 14))
    assert state.facts.interrupted is None


def test_a_customer_whose_long_story_was_cut_can_be_interrupted_just_behind_the_cut() -> None:
    state, _ = run(began(CUSTOMER, 0), *cut(CUSTOMER, 0, 14), began(AGENT, 14.3))
    assert state.facts.interrupted == from_seconds(14.3)


def test_an_interruption_just_before_a_cut_stays_one_when_the_customer_speaks_on() -> None:
    state, _ = run(began(CUSTOMER, 0), began(AGENT, 13.8), *cut(CUSTOMER, 0, 14))
    assert state.facts.interrupted == from_seconds(13.8)
    stopped = step(state, ended(CUSTOMER, 14, 18, 1)).state
    assert stopped.facts.interrupted == from_seconds(13.8)


def test_a_quick_start_at_the_end_of_the_customers_sentence_is_no_interruption() -> None:
    state, _ = run(began(CUSTOMER, 0), began(AGENT, 13.8), ended(CUSTOMER, 0, 14))
    assert state.facts.interrupted is None


def test_somebody_whose_speech_is_cut_is_still_speaking() -> None:
    for speaker in Speaker:
        state, _ = run(began(speaker, 0), ended(speaker, 0, 14, reason="cut"))
        assert state.speaking(speaker) is not None
        state = step(state, began(speaker, 14, 1)).state
        speech = state.speaking(speaker)
        assert speech is not None
        assert (speech.segment, speech.start, speech.began) == (1, 14 * RATE, 0)
        state = step(state, ended(speaker, 14, 15, 1)).state
        assert state.speaking(speaker) is None


# ---- what people say to the coach ----------------------------------------------------------------


def shown(call: Story) -> tuple[CallState, NudgeShown]:
    """The state just after the first nudge of a call."""
    state = begin(start(call.policy))
    for event in call.run():
        if not isinstance(event, get_args(WorldEvent)):
            continue
        stepped = step(state, event)  # type: ignore[arg-type]
        state = stepped.state
        for decision in stepped.decisions:
            if isinstance(decision, NudgeShown):
                return state, decision
    raise AssertionError("no nudge")


@pytest.mark.parametrize(("other", "stays"), [(0, False), (1, True)])
def test_an_answer_takes_down_the_nudge_that_it_answers(other: int, *, stays: bool) -> None:
    call = Story().customer("Mijn man is overleden.", GRIEF).agent("Ja.", gap=6)
    state, nudge = shown(call)
    assert nudge.kind is NudgeKind.ACKNOWLEDGE_FIRST
    answer = NudgeAnswered(at=state.now, nudge=nudge.nudge + other, answer="useful")
    assert (step(state, answer).state.screen is not None) is stays


def test_a_reading_of_a_turn_that_nobody_remembers_changes_nothing() -> None:
    state, _ = run()
    reading = AgentScored(
        at=Samples(0),
        turn=7,
        start=Samples(0),
        end=Samples(0),
        partial=False,
        acts=(Act.ASK_IDENTIFICATION,),
    )
    assert step(state, reading) == step(state, ClockTicked(at=Samples(0)))


@given(streams, st.integers(0, 30))
def test_a_state_is_a_value(events: list[WorldEvent], again: int) -> None:
    """Stepping twice from the same state gives the same twice: nothing is kept elsewhere."""
    state, _ = run(*events[:again])
    for event in events[again : again + 1]:
        assert step(state, event) == step(state, event)
    assert state.policy == DEFAULT_POLICY
