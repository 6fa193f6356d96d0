"""What the customer feels over the call, and whether somebody took it up."""

from dataclasses import replace

import pytest

from coach.core.events import AgentScored, CustomerScored
from coach.core.feelings import Feelings, because_of, feel, is_negative, is_strong, take_up
from coach.core.readings import Because
from coach.core.units import Samples
from coach.core.vocabulary import Emotion


def felt(
    turn: int,
    emotion: Emotion | None,
    intensity: int | None,
    valence: float | None,
    *because: Because,
) -> CustomerScored:
    return CustomerScored(
        at=Samples(turn),
        turn=turn,
        start=Samples(turn),
        end=Samples(turn),
        partial=False,
        emotions=() if emotion is None else (emotion,),
        intensity=intensity,
        valence=valence,
        escalations=(),
        because=because,
    )


def over(*scored: CustomerScored) -> Feelings:
    feelings = Feelings()
    for one in scored:
        feelings = feel(feelings, one, "alle woorden")
    return feelings


@pytest.mark.parametrize(
    ("emotion", "intensity", "valence", "negative", "strong"),
    [
        (Emotion.ANGER, 3, -2, True, True),
        (Emotion.ANGER, 2, -1, True, True),
        (Emotion.ANGER, 1, -1, True, False),
        (Emotion.SADNESS, 1, -1, True, True),
        (Emotion.SADNESS, 0, -1, False, False),
        (Emotion.ANGER, 2, 0, False, False),
        (Emotion.JOY, 3, 2, False, False),
        (Emotion.FRUSTRATION, 1, -0.35, True, False),
        (Emotion.CONFUSION, 1, -0.35, False, False),
        (Emotion.CONFUSION, 1, -1, True, False),
        (None, None, None, False, False),
        (None, None, -2, False, False),
        (Emotion.ANGER, 3, None, False, False),
    ],
)
def test_what_counts_as_a_feeling_that_deserves_a_word(
    emotion: Emotion | None,
    intensity: int | None,
    valence: float | None,
    *,
    negative: bool,
    strong: bool,
) -> None:
    scored = felt(0, emotion, intensity, valence)
    assert is_negative(scored) is negative
    assert is_strong(scored) is strong


@pytest.mark.parametrize(
    ("anger", "frustration", "strong"),
    [(0.3, 0.3, True), (0.25, 0.3, False), (0.5, 0.0, True), (0.45, 0.0, False)],
)
def test_it_need_not_be_clear_which_emotion_hurts(
    anger: float, frustration: float, *, strong: bool
) -> None:
    """.3 and .3 make .51: more likely than not that it is one or the other."""
    chances = (
        Because(label=Emotion.ANGER.value, words="", chance=anger),
        Because(label=Emotion.FRUSTRATION.value, words="", chance=frustration),
    )
    scored = felt(0, Emotion.ANGER, 2, -2, *chances)
    scored = replace(scored, emotions=(Emotion.ANGER, Emotion.FRUSTRATION, Emotion.JOY))
    assert is_strong(scored) is strong


def test_who_is_glad_again_has_put_the_feeling_behind_them() -> None:
    angry = felt(0, Emotion.ANGER, 2, -2)
    assert over(angry, felt(2, Emotion.JOY, 1, 1)).open is None
    assert over(angry, felt(2, Emotion.JOY, 1, -0.1)).open is not None
    assert over(angry, felt(2, None, 0, 1)).open is not None
    assert over(angry, felt(2, Emotion.JOY, 1, 1)).negative is not None


def test_a_strong_feeling_stays_open_until_it_is_taken_up() -> None:
    feelings = over(felt(0, Emotion.ANGER, 2, -2), felt(2, None, 0, 0))
    assert feelings.open is not None
    assert feelings.open.turn == 0
    taken = take_up(feelings, 3)
    assert taken.open is None
    assert taken.taken_up_in_turn == 3
    assert taken.negative == feelings.negative


def test_a_turn_that_is_read_again_may_take_its_feeling_back() -> None:
    feelings = over(felt(0, Emotion.ANGER, 2, -2), felt(0, None, 0, 0))
    assert feelings.open is None


def test_the_first_negative_feeling_is_remembered_and_the_strongest_measured() -> None:
    feelings = over(
        felt(0, Emotion.FRUSTRATION, 1, -1),
        felt(2, Emotion.ANGER, 3, -2),
        felt(4, Emotion.ANGER, 2, -1),
    )
    assert feelings.negative is not None
    assert feelings.negative.turn == 0
    assert feelings.strongest == 3
    assert feelings.open is not None
    assert feelings.open.turn == 4


def test_unknown_is_never_neutral() -> None:
    unknown = over(felt(0, None, None, None))
    assert (unknown.valence_start, unknown.valence_lowest, unknown.valence_end) == (None,) * 3
    neutral = over(felt(0, None, 0, 0))
    assert (neutral.valence_start, neutral.valence_lowest, neutral.valence_end) == (0, 0, 0)


def test_the_course_of_the_mood() -> None:
    course = [None, 1.0, -2.0, None, 0.0, None]
    feelings = over(*(felt(n, None, 0, valence) for n, valence in enumerate(course)))
    assert feelings.valence_start == 1.0
    assert feelings.valence_lowest == -2.0
    assert feelings.valence_end == 0.0


def test_the_words_are_those_of_the_feeling_each_once() -> None:
    because = [
        Because(label="cancel", words="opzeggen"),
        Because(label="anger", words="woedend"),
        Because(label="intensity", words="woedend"),
        Because(label="valence", words="nooit meer"),
    ]
    scored = felt(0, Emotion.ANGER, 2, -2, *because)
    assert because_of(scored) == "woedend … nooit meer"
    feelings = over(scored)
    assert feelings.open is not None
    assert feelings.open.because == "woedend … nooit meer"


def test_without_reasons_the_whole_turn_is_the_reason() -> None:
    feelings = over(felt(0, Emotion.ANGER, 2, -2))
    assert feelings.open is not None
    assert feelings.open.because == "alle woorden"


def test_an_agent_has_no_feelings_here() -> None:
    agent = AgentScored(
        at=Samples(0), turn=0, start=Samples(0), end=Samples(0), partial=False, acts=()
    )
    with pytest.raises(TypeError):
        feel(Feelings(), agent, "woorden")  # type: ignore[arg-type]


def test_feelings_are_a_value() -> None:
    feelings = Feelings()
    over(felt(0, Emotion.ANGER, 2, -2))
    assert feelings == Feelings()
    assert replace(feelings, strongest=1) != feelings
