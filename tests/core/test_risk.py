"""The risk ladder: up at once, down by what follows."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.events import CallSummarised, CustomerScored, RiskChanged
from coach.core.policy import DEFAULT_POLICY
from coach.core.readings import Escalation
from coach.core.risk import HIGH, Risk, level_of, weigh
from coach.core.units import RATE, Samples
from coach.core.vocabulary import Act, Emotion, EscalationKind, Modality, RiskLevel
from tests.harness import Story, calm, feels, sign
from tests.strategies import escalations

MEDIA = EscalationKind.MEDIA
GLAD = feels(Emotion.RELIEF, 2, 2)
NONE, WATCH, SEVERE = RiskLevel.NONE, RiskLevel.WATCH, RiskLevel.HIGH
LATER = 10 * RATE
assert DEFAULT_POLICY.risk_holds < LATER


def said(
    at: int,
    *signs: Escalation,
    turn: int | None = None,
    valence: float | None = 0,
    emotions: tuple[Emotion, ...] = (),
) -> CustomerScored:
    return CustomerScored(
        at=Samples(at),
        turn=at if turn is None else turn,
        start=Samples(at),
        end=Samples(at),
        partial=False,
        emotions=emotions,
        intensity=1,
        valence=valence,
        escalations=signs,
    )


def after(*scored: CustomerScored, warned: bool = False) -> Risk:
    risk = Risk()
    for one in scored:
        risk = weigh(risk, one, DEFAULT_POLICY, warned=warned)
    return risk


@pytest.mark.parametrize("kind", EscalationKind)
def test_every_kind_has_its_level(kind: EscalationKind) -> None:
    assert level_of((kind,), warned=False) is (SEVERE if kind in HIGH else WATCH)


def test_the_worst_kind_counts_and_abuse_after_a_warning_is_severe() -> None:
    assert level_of((EscalationKind.CANCEL, MEDIA), warned=False) is SEVERE
    assert level_of((EscalationKind.VERBAL_ABUSE,), warned=True) is SEVERE
    assert level_of((EscalationKind.CANCEL,), warned=True) is WATCH
    assert level_of((), warned=True) is NONE


@pytest.mark.parametrize("modality", Modality)
def test_only_what_is_asserted_counts(modality: Modality) -> None:
    risk = after(said(0, sign(MEDIA, modality)))
    assert risk.level is (SEVERE if modality is Modality.ASSERTED else NONE)


def test_it_goes_up_at_once_and_says_by_which_words() -> None:
    words = Escalation(kind=MEDIA, modality=Modality.ASSERTED, because="naar de krant")
    aside = Escalation(kind=MEDIA, modality=Modality.CASUAL, because="krantje")
    risk = after(said(5, sign(EscalationKind.CANCEL)), said(9, aside, words, words))
    assert (risk.level, risk.since, risk.because) == (SEVERE, 9, "naar de krant")


def test_a_lesser_sign_does_not_lower_the_level() -> None:
    risk = after(said(0, sign(MEDIA)), said(LATER, sign(EscalationKind.CANCEL)))
    assert risk.level is SEVERE
    assert risk.because == "media"


@pytest.mark.parametrize(
    ("name", "turns", "level"),
    [
        ("one calm turn", [said(LATER)], SEVERE),
        ("two calm turns", [said(LATER), said(LATER + 1)], WATCH),
        ("two calm turns too soon", [said(1), said(2)], SEVERE),
        ("the same turn read twice", [said(LATER, turn=4), said(LATER + 1, turn=4)], SEVERE),
        (
            "a negative turn between",
            [said(LATER), said(LATER + 1, valence=-1), said(LATER + 2)],
            SEVERE,
        ),
        ("unknown says nothing", [said(LATER), said(LATER + 1, valence=None)], SEVERE),
        ("glad", [said(LATER, valence=1, emotions=(Emotion.RELIEF,))], WATCH),
        ("glad too soon", [said(1, valence=1, emotions=(Emotion.RELIEF,))], SEVERE),
        ("warm words but sad", [said(LATER, valence=-1, emotions=(Emotion.GRATITUDE,))], SEVERE),
        (
            "one step at a time",
            [said(LATER), said(LATER + 1), said(LATER + 2), said(LATER + 3)],
            WATCH,
        ),
        ("all the way down", [said(n * LATER) for n in (1, 2, 3, 4)], NONE),
        ("up again", [said(LATER), said(LATER + 1), said(LATER + 2, sign(MEDIA))], SEVERE),
        (
            "the sign's own turn read again as glad",
            [said(LATER, turn=0, valence=1, emotions=(Emotion.RELIEF,))],
            SEVERE,
        ),
        ("the sign's own turn read again", [said(LATER, turn=0), said(LATER + 1, turn=0)], SEVERE),
    ],
)
def test_it_goes_down_by_what_follows(
    name: str, turns: Sequence[CustomerScored], level: RiskLevel
) -> None:
    risk = after(said(0, sign(MEDIA), turn=0), *turns)
    assert risk.level is level, name
    assert risk.highest is SEVERE


_TURNS = st.lists(
    st.builds(
        said,
        st.integers(0, 10**7),
        turn=st.integers(0, 9),
        valence=st.none() | st.sampled_from([-2.0, -1.0, 0.0, 1.0, 2.0]),
    ).flatmap(lambda one: escalations.map(lambda signs: (one, signs)))
)


@given(_TURNS, st.booleans())
def test_the_highest_is_the_highest_and_steps_down_are_single(
    turns: list[tuple[CustomerScored, tuple[Escalation, ...]]], warned: bool
) -> None:
    risk, levels = Risk(), [NONE]
    for one, signs in turns:
        risk = weigh(risk, replace(one, escalations=signs), DEFAULT_POLICY, warned=warned)
        assert risk.level.rank >= levels[-1].rank - 1
        levels.append(risk.level)
    assert risk.highest is max(levels, key=lambda level: level.rank)


def test_a_call_tells_each_change_once_and_its_highest_at_the_end() -> None:
    call = Story().customer("Ik zeg het abonnement op.", calm(sign(EscalationKind.CANCEL)))
    call.agent("Wat jammer.", Act.ACKNOWLEDGE_EMOTION)
    call.customer("En ik stap naar de krant.", calm(sign(MEDIA)))
    call.agent("Ik zet dat meteen recht voor u, een moment.", Act.OFFER_SOLUTION)
    call.customer("Nou, dat is fijn zeg, dank u wel.", GLAD, gap=9)
    assert call.risks() == [WATCH, SEVERE, WATCH]
    changes = [event for event in call.run() if isinstance(event, RiskChanged)]
    assert [change.because for change in changes] == ["cancel", "media", ""]
    (summary,) = [event for event in call.run() if isinstance(event, CallSummarised)]
    assert summary.risk_highest is SEVERE


def test_a_sign_on_half_a_sentence_waits_for_the_whole() -> None:
    call = Story().customer("Ik ga niet naar de krant.", calm(sign(MEDIA, Modality.NEGATED)))
    assert call.risks() == []


@pytest.mark.parametrize("kind", [MEDIA, EscalationKind.LEGAL, EscalationKind.REGULATOR])
@pytest.mark.parametrize(
    ("chance", "emotions", "level"),
    [
        (0.6, (), NONE),
        (0.6, (Emotion.ANGER,), SEVERE),
        (0.8, (), SEVERE),
        (None, (), SEVERE),
        (0.4, (Emotion.ANGER,), NONE),
    ],
)
def test_help_from_outside_is_called_in_by_people_who_are_hurt(
    kind: EscalationKind, chance: float | None, emotions: tuple[Emotion, ...], level: RiskLevel
) -> None:
    """A lawyer who says when he is at court threatens nobody, however half sure the model is."""
    words = Escalation(kind=kind, modality=Modality.ASSERTED, because="x", chance=chance)
    assert after(said(1, words, emotions=emotions)).level is level
