"""What every understanding promises: the scripted one, the phrase rules and the trained model."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.core.readings import (
    AgentReading,
    AgentText,
    Because,
    CustomerReading,
    CustomerText,
    Escalation,
)
from coach.core.vocabulary import Act, Emotion, EscalationKind, Modality, Speaker
from coach.runtime.ports import Understanding
from models.scripted import ScriptedUnderstanding
from models.understanding.rules import RuleUnderstanding
from models.understanding.transformer import TransformerUnderstanding

ANGRY = "Ik ben woedend, dit is nu de derde monteur die niet komt opdagen."
ASKS = "Wat vervelend voor u. Mag ik uw postcode en huisnummer, dan zoek ik het op?"
LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
SPOKEN = st.lists(
    st.sampled_from(
        "ja nee niet geen boos verdrietig bang mijn man is overleden advocaat krant anders stap ik "
        "naar de wat is uw postcode en huisnummer sorry wat vervelend bedankt ? . , !".split()
    ),
    max_size=40,
).map(" ".join)


def scripted() -> Understanding:
    escalation = Escalation(
        kind=EscalationKind.REPEAT_CONTACT, modality=Modality.ASSERTED, because="de derde monteur"
    )
    angry = CustomerReading(
        emotions=(Emotion.ANGER,),
        intensity=3,
        valence=-2.0,
        escalations=(escalation,),
        because=(Because(label=Emotion.ANGER, words="woedend"),),
    )
    asks = AgentReading(
        acts=(Act.ACKNOWLEDGE_EMOTION, Act.ASK_IDENTIFICATION),
        because=(Because(label=Act.ASK_IDENTIFICATION, words="postcode en huisnummer"),),
    )
    return ScriptedUnderstanding(customers={ANGRY: angry}, agents={ASKS: asks})


MODELS = {"scripted": scripted, "rules": RuleUnderstanding, "transformer": TransformerUnderstanding}


@pytest.fixture(params=MODELS.values(), ids=MODELS.keys(), scope="module")
def understanding(request: pytest.FixtureRequest) -> Understanding:
    made: Understanding = request.param()
    return made


def customer(text: str, *, partial: bool = False) -> CustomerText:
    return CustomerText(channel=Speaker.CUSTOMER, text=text, partial=partial)


def check_customer(text: str, reading: CustomerReading) -> None:
    assert len(set(reading.emotions)) == len(reading.emotions)
    assert reading.intensity in {None, 0, 1, 2, 3}
    assert reading.valence is None or -2 <= reading.valence <= 2
    assert not reading.emotions or reading.intensity, "a feeling without any strength"
    assert {why.label for why in reading.because} <= set(reading.emotions)
    assert all(why.words in text for why in reading.because)
    kinds = [escalation.kind for escalation in reading.escalations]
    assert len(set(kinds)) == len(kinds)
    assert all(sign.because and sign.because in text for sign in reading.escalations)


def check_agent(text: str, reading: AgentReading) -> None:
    assert len(set(reading.acts)) == len(reading.acts)
    assert {why.label for why in reading.because} <= set(reading.acts)
    assert all(why.words in text for why in reading.because)
    assert all(sign.because and sign.because in text for sign in reading.escalations)


def test_it_has_a_name_for_the_log(understanding: Understanding) -> None:
    assert understanding.name.strip()


def test_a_feeling_is_found_with_its_words(understanding: Understanding) -> None:
    reading = understanding.customer(customer(ANGRY))
    assert not {Emotion.ANGER, Emotion.FRUSTRATION}.isdisjoint(reading.emotions)
    assert reading.valence is not None
    assert reading.valence < 0
    assert reading.because
    check_customer(ANGRY, reading)


def test_acts_come_in_the_order_in_which_they_were_said(understanding: Understanding) -> None:
    reading = understanding.agent(AgentText(text=ASKS, previous=ANGRY))
    assert reading.acts.index(Act.ACKNOWLEDGE_EMOTION) < reading.acts.index(Act.ASK_IDENTIFICATION)
    check_agent(ASKS, reading)


@pytest.mark.parametrize("text", ["", " ", "..."])
def test_nothing_said_is_nothing_felt(understanding: Understanding, text: str) -> None:
    reading = understanding.customer(customer(text))
    assert reading.emotions == ()
    assert reading.escalations == ()
    assert reading.intensity is None, "unknown is not neutral"
    assert understanding.agent(AgentText(text=text)).acts == ()


@settings(max_examples=60, deadline=None)
@given(text=LETTERS | SPOKEN, partial=st.booleans())
def test_any_text_gets_a_reading_that_can_be_explained(
    understanding: Understanding, text: str, partial: bool
) -> None:
    said = customer(text, partial=partial)
    reading = understanding.customer(said)
    check_customer(text, reading)
    assert understanding.customer(said) == reading, "the same words tell the same"
    heard = AgentText(text=text, previous=text, partial=partial)
    acts = understanding.agent(heard)
    check_agent(text, acts)
    assert understanding.agent(heard) == acts


def test_a_very_long_turn_is_read(understanding: Understanding) -> None:
    text = "En toen belde ik weer en toen werd ik weer doorverbonden. " * 300 + ANGRY
    check_customer(text, understanding.customer(customer(text)))
    check_agent(text, understanding.agent(AgentText(text=text)))
