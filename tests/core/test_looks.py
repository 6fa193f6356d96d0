"""Looks at speech that still goes on, and the draft when a voice falls silent."""

from dataclasses import replace

import pytest

from coach.core.endpoint import SHORT
from coach.core.events import (
    CallStarted,
    ClockTicked,
    Heard,
    PaceChanged,
    SpeechEnded,
    SpeechPaused,
    SpeechStarted,
    Utterance,
    Word,
)
from coach.core.policy import DEFAULT_POLICY
from coach.core.requests import Expect, Question, ScoreCustomer, Transcribe
from coach.core.state import CallState
from coach.core.step import Stepped, begin, step, wake_at
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import Pace, Speaker

FOLLOWS = replace(DEFAULT_POLICY, follow_every=from_seconds(1))
LATE = {"reason": "behind", "lag": from_seconds(2)}
CUSTOMER = {"speaker": Speaker.CUSTOMER, "segment": 0}


def s(seconds: float) -> Samples:
    return from_seconds(seconds)


def call(policy: object = FOLLOWS) -> CallState:
    start = CallStarted(
        at=s(0), call_id="x", mode="script", recogniser="", understanding="", policy=policy
    )
    return begin(start)


def speaking(state: CallState) -> CallState:
    return step(state, SpeechStarted(at=s(1), start=s(0.8), **CUSTOMER)).state


def words(text: str, start: float) -> tuple[Word, ...]:
    return tuple(
        Word(start=s(start + n * 0.3), end=s(start + (n + 1) * 0.3), text=word)
        for n, word in enumerate(text.split())
    )


def heard(text: str, start: float, end: float, at: float, *, draft: bool = False) -> Heard:
    said = words(text, start)
    return Heard(
        at=s(at), start=s(start), end=s(end), text=text, words=said, draft=draft, **CUSTOMER
    )


def looks(done: Stepped) -> list[Transcribe]:
    return [r for r in done.requests if isinstance(r, Transcribe) and not r.final]


def test_what_the_customer_says_is_followed_when_the_policy_says_so() -> None:
    state = speaking(call())
    due = wake_at(state)
    assert due == s(1.8)
    (look,) = looks(step(state, ClockTicked(at=due)))
    assert (look.start, look.end, look.draft) == (s(0.8), s(1.8), False)


def test_without_a_policy_to_follow_nobody_looks() -> None:
    state = speaking(call(DEFAULT_POLICY))
    assert wake_at(state) is None
    assert looks(step(state, ClockTicked(at=s(3)))) == []


def test_the_next_look_begins_behind_what_two_looks_agreed_on() -> None:
    state = step(speaking(call()), ClockTicked(at=s(1.8))).state
    state = step(state, heard("ik ben", 0.8, 1.8, 1.9)).state
    state = step(state, ClockTicked(at=s(2.8))).state
    done = step(state, heard("ik ben heel boos", 0.8, 2.8, 2.9))
    (score,) = [r for r in done.requests if isinstance(r, ScoreCustomer)]
    assert score.said.partial
    assert score.said.text == "ik ben heel boos"
    (look,) = looks(step(done.state, ClockTicked(at=s(3.8))))
    assert look.start == s(0.8 + 2 * 0.3)
    done = step(done.state, heard("heel boos op jullie", 1.4, 3.8, 3.9))
    (score,) = [r for r in done.requests if isinstance(r, ScoreCustomer)]
    assert score.said.text == "ik ben heel boos op jullie"


def test_a_slow_machine_is_asked_less_often() -> None:
    state = step(speaking(call()), ClockTicked(at=s(1.8))).state
    assert wake_at(step(state, heard("ik ben", 0.8, 1.8, 1.9)).state) == s(2.8)
    assert wake_at(step(state, heard("ik ben", 0.8, 1.8, 3.3)).state) == s(1.8 + 2 * 1.5)


def test_a_machine_that_falls_behind_is_asked_for_fewer_looks_and_then_for_none() -> None:
    state = step(speaking(call()), PaceChanged(at=s(1.1), pace=Pace.FEWER_LOOKS, **LATE)).state
    assert wake_at(state) == s(0.8 + 3)
    state = step(state, PaceChanged(at=s(1.2), pace=Pace.FINALS_ONLY, **LATE)).state
    assert wake_at(state) is None
    assert looks(step(state, ClockTicked(at=s(9)))) == []
    paused = SpeechPaused(at=s(9.2), start=s(0.8), end=s(9.0), **CUSTOMER)
    assert step(state, paused).requests == (), "no draft either"
    (look,) = looks(step(state, PaceChanged(at=s(9.3), pace=Pace.FULL, **LATE)))
    assert look.end == s(9.3)


def test_a_voice_that_falls_silent_is_read_with_care() -> None:
    done = step(speaking(call()), SpeechPaused(at=s(3.2), start=s(0.8), end=s(3.0), **CUSTOMER))
    (draft,) = looks(done)
    assert draft.draft
    assert (draft.start, draft.end) == (s(0.8), s(3.0))
    assert wake_at(done.state) == s(4.2), "nothing new can be heard in silence"


@pytest.mark.parametrize(
    ("text", "pause"), [("Wanneer komt de monteur?", SHORT), ("Dat is alles.", None)]
)
def test_the_words_of_a_draft_say_how_long_to_wait(text: str, pause: Samples | None) -> None:
    state = step(
        speaking(call()), SpeechPaused(at=s(3.2), start=s(0.8), end=s(3), **CUSTOMER)
    ).state
    done = step(state, heard(text, 0.8, 3.0, 3.4, draft=True))
    assert Expect(pause=pause, **CUSTOMER) in done.requests
    assert [r.said.partial for r in done.requests if isinstance(r, ScoreCustomer)] == [True]


def test_who_goes_on_after_a_draft_is_heard_from_there() -> None:
    state = step(
        speaking(call()), SpeechPaused(at=s(3.2), start=s(0.8), end=s(3), **CUSTOMER)
    ).state
    state = step(state, heard("dat is zo en", 0.8, 3.0, 3.4, draft=True)).state
    (look,) = looks(step(state, ClockTicked(at=s(4.2))))
    assert look.start == s(0.8 + 4 * 0.3)


def test_a_draft_or_a_look_of_speech_that_is_over_changes_nothing() -> None:
    state = speaking(call())
    state = step(
        state, SpeechEnded(at=s(3), start=s(0.8), end=s(3), reason="pause", **CUSTOMER)
    ).state
    whole = Utterance(at=s(3.1), start=s(0.8), end=s(3), text="Het is zo.", **CUSTOMER)
    state = step(state, whole).state
    late = step(state, heard("het is", 0.8, 2.0, 3.2))
    assert late.requests == ()
    assert late.state.floor == state.floor
    paused = SpeechPaused(at=s(3.3), start=s(0.8), end=s(3), **CUSTOMER)
    assert step(state, paused).requests == ()


def test_questions_are_all_that_the_models_get() -> None:
    assert Expect not in Question.__args__
