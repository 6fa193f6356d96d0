"""Decisions, reasons and prompts, without the network."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.readings import CustomerText
from coach.core.vocabulary import Act, Emotion, EscalationKind, Modality, Speaker
from models.understanding.encoder import ACTS, EMOTIONS, HEADS, SIGNS
from models.understanding.levels import Levels, done, felt, sigmoid
from models.understanding.ngrams import NGramModel, ngrams, save
from models.understanding.prompt import ACT_WORDS, SIGN_WORDS, customer_context
from models.understanding.reasons import MOST_WORDS, best_words, word_gains

LEVELS = Levels(
    temperatures={"emotions": 1.0, "intensity": 1.0, "signs": 1.0, "acts": 2.0},
    shifts={"emotions": 0.0, "intensity": 0.0, "signs": 0.0, "acts": 0.0},
    emotions=dict.fromkeys(Emotion, 0.5),
    acts=dict.fromkeys(Act, 0.6),
    signs=dict.fromkeys(EscalationKind, 0.3),
    modality=0.4,
    intensity=(0.5, 0.5, 0.5),
    valence_scale=1.0,
    second_opinion=0.3,
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
    (found,) = felt(logits(**{f"n{anger}": 0.1}), LEVELS).emotions
    assert (found.label, found.output) == (Emotion.ANGER, anger)
    assert found.chance == pytest.approx(0.525, abs=0.001)
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
    ((only, modality),) = felt(logits(**{f"n{negated}": 2.0}), LEVELS).signs
    assert (only.label, only.output, modality) == (EscalationKind.LEGAL, negated, Modality.NEGATED)
    both = felt(logits(**{f"n{negated}": 2.0, f"n{asserted}": 0.0}), LEVELS).signs
    assert [modality for _, modality in both] == [Modality.ASSERTED]


def test_a_feeling_is_never_without_strength() -> None:
    anger = EMOTIONS.index(Emotion.ANGER)
    assert felt(logits(**{f"n{anger}": 3.0, f"n{INTENSITY}": -9.0}), LEVELS).intensity == 1


def test_a_shift_makes_a_head_bolder() -> None:
    bolder = replace(LEVELS, shifts={**LEVELS.shifts, "acts": 1.0})
    assert bolder.chance("acts", 0.0) == pytest.approx(sigmoid(1.0))
    assert bolder.chance("signs", 0.0) == 0.5


def test_temperature_flattens_acts() -> None:
    row = [-9.0] * len(ACTS)
    row[ACTS.index(Act.CLOSE)] = 0.7
    assert done(row, LEVELS) == ()
    row[ACTS.index(Act.CLOSE)] = 0.9
    assert [one.label for one in done(row, LEVELS)] == [Act.CLOSE]


def test_the_words_that_added_most_are_the_reason() -> None:
    text = "goedemorgen, ik ben echt boos. op u"
    gains = [1.0 if word in {"echt", "boos."} else -0.1 for word in text.split()]
    found = best_words(text, np.array(gains, np.float32))
    assert found.words == "echt boos"
    assert found.start == text.index("echt")


@given(st.text(max_size=60), st.lists(st.floats(-5, 5), min_size=1, max_size=8))
def test_reasons_are_verbatim_and_short(text: str, shares: list[float]) -> None:
    step = max(1, len(text) // len(shares))
    spans = tuple((n * step, (n + 1) * step) for n in range(len(shares)))
    gains = word_gains(text, spans, np.array(shares, np.float32)[:, None])
    assert len(gains) == len(text.split())
    found = best_words(text, gains[:, 0])
    assert text[found.start : found.start + len(found.words)] == found.words
    assert len(found.words.split()) <= MOST_WORDS
    assert bool(found.words) == bool(text.split())


def tiny_ngrams() -> NGramModel:
    grams = sorted(set(ngrams("ik ben boos boos")))
    dice = np.random.default_rng(3)
    return NGramModel(
        known={gram: n for n, gram in enumerate(grams)},
        rarity=np.linspace(1, 3, len(grams), dtype=np.float32),
        weights=dice.integers(-127, 127, (len(grams), 2)).astype(np.int8),
        scales=np.array([0.01, 0.0], np.float32),
        bias=np.array([-1.0, 2.0], np.float32),
    )


@given(st.text(max_size=60))
def test_the_words_of_a_second_opinion_add_up_to_it(text: str) -> None:
    model = tiny_ngrams()
    opinion = model.read("Ik ben " + text)
    assert len(opinion.gains) == len(("Ik ben " + text).split())
    assert opinion.gains.sum(0) + model.bias == pytest.approx(opinion.logits, abs=1e-4)
    assert opinion.logits[1] == 2.0, "no opinion where the scale is 0"


def test_a_second_opinion_survives_writing_and_reading(tmp_path: Path) -> None:
    model = tiny_ngrams()
    save({"customer": model}, tmp_path / "n.safetensors")
    read = NGramModel.load(tmp_path / "n.safetensors", "customer")
    assert read.known == model.known
    assert read.read("ben ik boos").logits == pytest.approx(model.read("ben ik boos").logits, 1e-3)


def test_ngrams_stay_inside_their_words() -> None:
    assert list(ngrams("A")) == [" a", "a ", " a "]
    assert all(gram.strip().count(" ") == 0 for gram in ngrams("Ja, dat is zo"))


def test_a_customers_context_holds_own_words_and_act_labels_only() -> None:
    said = CustomerText(
        channel=Speaker.CUSTOMER,
        text="Ja.",
        earlier=("een", "twee", "drie"),
        agent_acts=(Act.MINIMISE,),
    )
    assert customer_context(said) == "twee … drie ; bagatelliseren"
    signs = (EscalationKind.PRESS_CALLER, EscalationKind.MEDIA)
    assert customer_context(replace(said, signs=signs)) == (
        "twee … drie ; bagatelliseren ; eerder: krant of televisie, journalist"
    )


def test_every_act_has_its_word() -> None:
    assert set(ACT_WORDS) == set(Act)
    assert len(set(ACT_WORDS.values())) == len(Act)


def test_every_sign_has_its_word() -> None:
    assert set(SIGN_WORDS) == set(EscalationKind)
    assert len(set(SIGN_WORDS.values())) == len(EscalationKind)
