"""Decisions, reasons and prompts, without the network."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.readings import CustomerText
from coach.core.vocabulary import Act, Emotion, EscalationKind, Modality, Speaker
from models.understanding.encoder import ACTS, EMOTIONS, HEADS, SIGNS
from models.understanding.levels import Levels, done, felt, sigmoid
from models.understanding.prompt import ACT_WORDS, customer_context
from models.understanding.reasons import MOST_WORDS, best_words

LEVELS = Levels(
    temperatures={"emotions": 1.0, "intensity": 1.0, "signs": 1.0, "acts": 2.0},
    emotions=dict.fromkeys(Emotion, 0.5),
    acts=dict.fromkeys(Act, 0.6),
    signs=dict.fromkeys(EscalationKind, 0.3),
    modality=0.4,
    intensity=(0.5, 0.5, 0.5),
    valence_scale=1.0,
)
OUTPUTS = sum(HEADS.values())
INTENSITY = HEADS["emotions"]
VALENCE = INTENSITY + HEADS["intensity"]
FIRST_SIGN = VALENCE + HEADS["valence"]


def logits(**at: float) -> list[float]:
    row = [-9.0] * OUTPUTS
    row[VALENCE] = 0.0
    for place, value in at.items():
        row[int(place[1:])] = value
    return row


def test_levels_survive_writing_and_reading() -> None:
    assert Levels.from_json(json.loads(json.dumps(LEVELS.to_json()))) == LEVELS


def test_an_unknown_label_is_an_error() -> None:
    content = LEVELS.to_json()
    content["emotions"]["boredom"] = 0.5
    with pytest.raises(ValueError, match="boredom"):
        Levels.from_json(content)


@given(st.floats(-1e6, 1e6))
def test_sigmoid_is_a_chance(logit: float) -> None:
    assert 0 <= sigmoid(logit) <= 1
    assert sigmoid(logit) + sigmoid(-logit) == pytest.approx(1)


def test_a_label_needs_its_threshold() -> None:
    anger = EMOTIONS.index(Emotion.ANGER)
    assert felt(logits(**{f"n{anger}": 0.1}), LEVELS).emotions == ((Emotion.ANGER, anger),)
    assert felt(logits(**{f"n{anger}": -0.1}), LEVELS).emotions == ()


def test_intensity_counts_steps_without_gaps() -> None:
    assert felt(logits(**{f"n{INTENSITY + 1}": 5.0}), LEVELS).intensity == 0
    two = {f"n{INTENSITY}": 5.0, f"n{INTENSITY + 1}": 5.0}
    assert felt(logits(**two), LEVELS).intensity == 2


def test_valence_stays_in_its_range() -> None:
    assert felt(logits(**{f"n{VALENCE}": -7.0}), LEVELS).valence == -2.0


def test_a_negated_sign_is_not_a_risk_and_an_asserted_one_is() -> None:
    negated = FIRST_SIGN + SIGNS.index((EscalationKind.LEGAL, Modality.NEGATED))
    asserted = FIRST_SIGN + SIGNS.index((EscalationKind.LEGAL, Modality.ASSERTED))
    only = felt(logits(**{f"n{negated}": 2.0}), LEVELS).signs
    assert only == ((EscalationKind.LEGAL, Modality.NEGATED, negated),)
    both = felt(logits(**{f"n{negated}": 2.0, f"n{asserted}": 0.0}), LEVELS).signs
    assert [modality for _, modality, _ in both] == [Modality.ASSERTED]


def test_temperature_flattens_acts() -> None:
    row = [-9.0] * len(ACTS)
    row[ACTS.index(Act.CLOSE)] = 0.7
    assert done(row, LEVELS) == ()
    row[ACTS.index(Act.CLOSE)] = 0.9
    assert [act for act, _ in done(row, LEVELS)] == [Act.CLOSE]


def test_the_words_that_added_most_are_the_reason() -> None:
    text = "goedemorgen ik ben echt boos op u"
    spans, shares, at = [], [], 0
    for word in text.split():
        spans.append((at, at + len(word)))
        shares.append(1.0 if word in {"echt", "boos"} else -0.1)
        at += len(word) + 1
    found = best_words(text, tuple(spans), shares)
    assert found.words == "echt boos"
    assert found.start == text.index("echt")


@given(st.text(max_size=60), st.lists(st.floats(-5, 5), min_size=1, max_size=8))
def test_reasons_are_verbatim_and_short(text: str, shares: list[float]) -> None:
    step = max(1, len(text) // len(shares))
    spans = tuple((n * step, (n + 1) * step) for n in range(len(shares)))
    words = best_words(text, spans, shares).words
    assert words in text
    assert len(words.split()) <= MOST_WORDS


def test_a_customers_context_holds_own_words_and_act_labels_only() -> None:
    said = CustomerText(
        channel=Speaker.CUSTOMER,
        text="Ja.",
        earlier=("een", "twee", "drie"),
        agent_acts=(Act.MINIMISE,),
    )
    assert customer_context(said) == "twee … drie ; bagatelliseren"


def test_every_act_has_its_word() -> None:
    assert set(ACT_WORDS) == set(Act)
    assert len(set(ACT_WORDS.values())) == len(Act)
