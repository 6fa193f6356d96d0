"""The promise of the AI Act, Art. 5(1)(f): no emotion of an agent, by construction.

Emotion is computed from the customer's words only. These tests try to break in.
"""

import copy
import pickle
from dataclasses import fields, replace
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.events import (
    AgentScored,
    CallStarted,
    CustomerScored,
    LogEvent,
)
from coach.core.feelings import Feelings, feel
from coach.core.readings import (
    AgentReading,
    AgentSpeechRefused,
    AgentText,
    CustomerReading,
    CustomerText,
)
from coach.core.requests import ScoreAgent, ScoreCustomer
from coach.core.step import begin, step
from coach.core.units import Samples
from coach.core.vocabulary import Act, Emotion, Speaker
from coach.runtime.desk import Desk
from coach.store.codec import BrokenLine, from_json, read_lines, to_json, to_line
from tests.harness import Story, calm, feels
from tests.strategies import acts, logs, readings, start, streams

CUSTOMERS = CustomerText(channel=Speaker.CUSTOMER, text="Ik ben boos.")
SCORED: dict[str, Any] = {
    "at": Samples(0),
    "turn": 0,
    "start": Samples(0),
    "end": Samples(0),
    "partial": False,
}
ANGRY = CustomerScored(**SCORED, emotions=(Emotion.ANGER,), intensity=2, valence=-2, escalations=())


# ---- the input of an emotion model ---------------------------------------------------------------


@pytest.mark.parametrize("channel", [Speaker.AGENT, "agent", "customer", None, "", 1])
def test_customer_text_is_made_from_the_customers_channel_only(channel: Any) -> None:
    with pytest.raises(AgentSpeechRefused):
        CustomerText(channel=channel, text="Ik ben boos.")


def test_customer_text_says_where_it_comes_from() -> None:
    with pytest.raises(TypeError):
        CustomerText(text="Ik ben boos.")  # type: ignore[call-arg]


def test_customer_text_cannot_be_turned_into_the_agents() -> None:
    with pytest.raises(AgentSpeechRefused):
        replace(CUSTOMERS, channel=Speaker.AGENT)
    with pytest.raises(AttributeError):
        CUSTOMERS.channel = Speaker.AGENT  # type: ignore[misc]


@pytest.mark.parametrize(
    "again",
    [copy.copy, copy.deepcopy, lambda said: pickle.loads(pickle.dumps(said)), replace],  # noqa: S301
)
def test_copies_stay_the_customers(again: Any) -> None:
    assert again(CUSTOMERS) == CUSTOMERS
    assert again(CUSTOMERS).channel is Speaker.CUSTOMER


def test_the_agents_words_have_a_type_of_their_own() -> None:
    assert not issubclass(AgentText, CustomerText)
    assert not issubclass(ScoreAgent, ScoreCustomer)
    assert get_type_hints(ScoreCustomer)["said"] is CustomerText
    assert get_type_hints(ScoreAgent)["said"] is AgentText


# ---- what is known about an agent ----------------------------------------------------------------

FEELING = {"emotion", "emotions", "intensity", "valence", "mood", "stress", "energy", "tone"}


@pytest.mark.parametrize("kind", [AgentReading, AgentScored, AgentText, ScoreAgent])
def test_nothing_about_an_agent_has_a_place_for_a_feeling(kind: type) -> None:
    assert not {field.name for field in fields(kind)} & FEELING
    assert not any("Emotion" in repr(hint) for hint in get_type_hints(kind).values())


def test_a_feeling_belongs_to_the_customer_even_when_somebody_says_otherwise() -> None:
    with pytest.raises(AgentSpeechRefused):
        replace(ANGRY, speaker=Speaker.AGENT)
    with pytest.raises(AgentSpeechRefused):
        CustomerScored(
            **SCORED,
            speaker=Speaker.AGENT,
            emotions=(),
            intensity=None,
            valence=None,
            escalations=(),
        )


def test_what_an_agent_did_is_not_told_of_a_customer() -> None:
    with pytest.raises(ValueError, match="customer"):
        AgentScored(**SCORED, speaker=Speaker.CUSTOMER, acts=())


def test_feelings_are_not_taken_from_an_agents_reading() -> None:
    with pytest.raises(TypeError):
        feel(Feelings(), AgentScored(**SCORED, acts=()), "woorden")  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["emotions", "intensity", "valence"])
def test_a_log_with_an_agents_feeling_in_it_is_refused(field: str) -> None:
    agents = to_json(AgentScored(**SCORED, acts=(Act.GREET,)))
    felt = {**agents, field: to_json(ANGRY)[field]}
    with pytest.raises(ValueError, match=field):
        from_json(felt)
    with pytest.raises(ValueError, match=r".+"):
        from_json({**to_json(ANGRY), "speaker": "agent"})


# ---- every call says it, and does it -------------------------------------------------------------


def test_every_call_states_whose_emotion_is_computed() -> None:
    first = Story().customer("Ik ben boos.", feels(Emotion.ANGER, 2, -2)).run()[0]
    assert to_json(first)["emotion_from"] == "customer"


def test_no_call_can_state_anything_else() -> None:
    with pytest.raises(AgentSpeechRefused):
        replace(start(), emotion_from=Speaker.AGENT)
    line = to_line(start()).replace('"emotion_from": "customer"', '"emotion_from": "agent"')
    with pytest.raises(BrokenLine, match="customer"):
        list(read_lines([line.encode()]))


@given(logs)
def test_the_first_line_of_every_log_states_it(log: list[LogEvent]) -> None:
    assert isinstance(log[0], CallStarted)
    assert log[0].emotion_from is Speaker.CUSTOMER


class Spy:
    """An understanding that remembers which words came to which door."""

    name = "spy"

    def __init__(self) -> None:
        self.customers: list[str] = []
        self.agents: list[str] = []

    def customer(self, said: CustomerText) -> CustomerReading:
        assert said.channel is Speaker.CUSTOMER
        self.customers += [said.text, *said.earlier]
        return CustomerReading(valence=-2, intensity=2, emotions=(Emotion.ANGER,))

    def agent(self, said: AgentText) -> AgentReading:
        self.agents.append(said.text)
        return AgentReading(acts=(Act.ASK_IDENTIFICATION,))


_SAID = st.lists(
    st.tuples(st.sampled_from(Speaker), st.sampled_from([-1.0, 0.1, 1.0, 4.0]), readings, acts),
    min_size=1,
    max_size=8,
)


@given(_SAID)
def test_no_word_of_an_agent_comes_to_the_emotion_model_in_any_call(
    turns: list[tuple[Speaker, float, CustomerReading, tuple[Act, ...]]],
) -> None:
    call = Story()
    for number, (speaker, gap, _, _) in enumerate(turns):
        side = "medewerkerwoord" if speaker is Speaker.AGENT else "klantwoord"
        text = " ".join(f"{side}{number}x{word}" for word in range(18))
        if speaker is Speaker.AGENT:
            call.agent(text, gap=max(0.0, gap))
        else:
            call.customer(text, calm(), gap=max(0.0, gap) if not number else gap)
    spy = Spy()
    call.run(understanding=spy)
    assert not [text for text in spy.customers if "medewerker" in text]
    assert not [text for text in spy.agents if "klant" in text]
    assert bool(spy.customers) is any(speaker is Speaker.CUSTOMER for speaker, *_ in turns)


@given(streams)
def test_requests_keep_the_sides_apart(events: list[Any]) -> None:
    """From any events: what is asked about a turn is asked at the door of who spoke it."""
    state = begin(start())
    for event in events:
        stepped = step(state, event)
        state = stepped.state
        for request in stepped.requests:
            if isinstance(request, (ScoreCustomer, ScoreAgent)):
                turn = state.floor.number(request.turn)
                assert turn is not None
                agents = isinstance(request, ScoreAgent)
                assert (turn.speaker is Speaker.AGENT) is agents


def test_the_desk_has_no_way_from_an_agents_request_to_an_emotion() -> None:
    spy = Spy()
    desk = Desk(hearing=None, understanding=spy)  # type: ignore[arg-type]
    asked = ScoreAgent(
        turn=0, start=Samples(0), end=Samples(1), said=AgentText(text="Ik word hier gek van.")
    )
    scored = desk.prepare(asked)()
    assert isinstance(scored, AgentScored)
    assert spy.customers == []


def test_the_desk_refuses_a_forged_request() -> None:
    """Python's back door: an object made without its constructor."""
    forged = object.__new__(CustomerText)
    for name, value in (("channel", Speaker.AGENT), ("text", "Ik word gek."), ("earlier", ())):
        object.__setattr__(forged, name, value)
    for name, value in (("agent_acts", ()), ("partial", False), ("confidence", None)):
        object.__setattr__(forged, name, value)
    spy = Spy()
    desk = Desk(hearing=None, understanding=spy)  # type: ignore[arg-type]
    asked = ScoreCustomer(turn=0, start=Samples(0), end=Samples(1), said=forged)
    with pytest.raises(AgentSpeechRefused):
        desk.prepare(asked)()
    assert spy.customers == []
