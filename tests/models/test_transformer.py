"""The model that ships: robust, exact about its reasons, verified before it is loaded."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.core.readings import AgentSpeechRefused, AgentText, CustomerReading, CustomerText
from coach.core.vocabulary import Act, Emotion, EscalationKind, Modality, Speaker
from coach.errors import ProductError
from models.understanding.transformer import (
    CONFIG,
    FOLDER,
    NGRAMS,
    SHIPPED,
    TOKENIZER,
    WEIGHTS,
    TransformerUnderstanding,
    verified,
)

MOST_BYTES = 60_000_000


@pytest.fixture(scope="module")
def model() -> TransformerUnderstanding:
    return TransformerUnderstanding()


def said(text: str, *earlier: str) -> CustomerText:
    return CustomerText(channel=Speaker.CUSTOMER, text=text, earlier=earlier)


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "Ja.",
        "woord " * 2000,
        "😀😡🎉",
        "I want to speak to your manager right now",
        "أريد أن أتحدث مع المدير",
        "12345 67 890",
        "zonderspaties" * 300,
        "\x00\u200b\ufeff",
        "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    ],
)
def test_any_text_gives_a_reading(model: TransformerUnderstanding, text: str) -> None:
    reading = model.customer(said(text))
    assert reading.valence is None or -2 <= reading.valence <= 2
    assert reading.intensity in {None, 0, 1, 2, 3}
    assert isinstance(model.agent(AgentText(text=text)).acts, tuple)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(max_size=80))
def test_no_text_raises(model: TransformerUnderstanding, text: str) -> None:
    reading = model.customer(said(text))
    assert all(found.words in text for found in reading.because)


@pytest.mark.parametrize("text", ["", "   ", "12 34", "...", "😀"])
def test_nothing_to_read_is_unknown_and_not_neutral(
    model: TransformerUnderstanding, text: str
) -> None:
    assert model.customer(said(text)) == CustomerReading()


def test_a_guessing_recogniser_is_unknown(model: TransformerUnderstanding) -> None:
    text = CustomerText(channel=Speaker.CUSTOMER, text="Ik ben woedend.", confidence=0.1)
    assert model.customer(text).intensity is None


def test_the_agents_words_never_meet_an_emotion() -> None:
    with pytest.raises(AgentSpeechRefused):
        CustomerText(channel=Speaker.AGENT, text="Ik word hier zo moe van.")


def test_grief_and_anger_deserve_acknowledgement(model: TransformerUnderstanding) -> None:
    grief = model.customer(said("Mijn man is vorige week overleden en nu krijg ik deze brief."))
    anger = model.customer(said("Ik ben heel erg boos op jullie."))
    assert Emotion.SADNESS in grief.emotions
    assert Emotion.ANGER in anger.emotions
    for reading, least in ((grief, 1), (anger, 2)):  # calm grief counts from intensity 1
        assert reading.valence is not None
        assert reading.valence < 0
        assert reading.intensity is not None
        assert reading.intensity >= least


def test_fury_in_one_plain_word_is_anger(model: TransformerUnderstanding) -> None:
    fury = model.customer(said("Ik ben woedend, dit is echt een schande wat jullie doen!"))
    assert Emotion.ANGER in fury.emotions


def test_bereavement_is_found_with_its_words(model: TransformerUnderstanding) -> None:
    text = "Goedemiddag, mijn moeder is overleden en ik wil haar abonnement stopzetten."
    found = [e for e in model.customer(said(text)).escalations if e.modality is Modality.ASSERTED]
    assert EscalationKind.BEREAVEMENT in {e.kind for e in found}
    assert all(e.because and e.because in text for e in found)


def test_a_plain_answer_is_neutral(model: TransformerUnderstanding) -> None:
    reading = model.customer(said("Mijn postcode is zeven vijf twee één AB."))
    assert reading.emotions == ()
    assert reading.intensity == 0


def test_acts_come_in_spoken_order(model: TransformerUnderstanding) -> None:
    line = AgentText(
        text="Wat verschrikkelijk vervelend voor u. Mag ik uw postcode en huisnummer?",
        previous="Ik zit al drie dagen zonder verwarming.",
    )
    acts = model.agent(line).acts
    assert acts.index(Act.ACKNOWLEDGE_EMOTION) < acts.index(Act.ASK_IDENTIFICATION)


def test_many_turns_at_once_read_as_one_by_one(model: TransformerUnderstanding) -> None:
    turns = [said("Ik ben woedend."), said(""), said("Dank u wel, wat fijn zeg!", "Het lukt niet.")]
    together = model.customers(turns)
    for one, turn in zip(together, turns, strict=True):
        alone = model.customer(turn)
        assert one.emotions == alone.emotions
        assert one.valence == pytest.approx(alone.valence, abs=0.15)


def test_what_ships_is_small_and_named(model: TransformerUnderstanding) -> None:
    assert sum((FOLDER / f).stat().st_size for f in (CONFIG, *SHIPPED)) <= MOST_BYTES
    assert model.name.startswith("transformer ")


def folder_with(tmp_path: Path, weights: bytes, named: bytes) -> Path:
    (tmp_path / WEIGHTS).write_bytes(weights)
    for name in (TOKENIZER, NGRAMS):
        (tmp_path / name).write_text("{}")
    sha = dict.fromkeys(SHIPPED, hashlib.sha256(b"{}").hexdigest())
    sha[WEIGHTS] = hashlib.sha256(named).hexdigest()
    (tmp_path / CONFIG).write_text(json.dumps({"sha256": sha}))
    return tmp_path


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    assert verified(folder_with(tmp_path, b"right", b"right"))
    with pytest.raises(ProductError) as refused:
        verified(folder_with(tmp_path, b"wrong", b"right"))
    assert refused.value.key == "understanding.wrong_sha256"


def test_missing_weights_are_said_so(tmp_path: Path) -> None:
    with pytest.raises(ProductError) as refused:
        TransformerUnderstanding(tmp_path)
    assert refused.value.key == "understanding.missing"


def test_a_broken_configuration_is_said_so(tmp_path: Path) -> None:
    (tmp_path / CONFIG).write_text("{")
    with pytest.raises(ProductError) as refused:
        verified(tmp_path)
    assert refused.value.key == "understanding.broken"
