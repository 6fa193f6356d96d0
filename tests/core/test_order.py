"""The order check: was the feeling taken up before the data were asked for?"""

from collections.abc import Sequence

import pytest

from coach.core.events import AgentScored, CustomerScored
from coach.core.feelings import TAKES_UP, Feelings, feel, take_up
from coach.core.order import Order, judge, takes_up_before_ask
from coach.core.readings import Because
from coach.core.units import Samples
from coach.core.vocabulary import Act, Emotion, OrderValue
from tests.harness import Story, calm, feels

ASK, ACK, WHY = Act.ASK_IDENTIFICATION, Act.ACKNOWLEDGE_EMOTION, Act.EXPLAIN_ASK
SAD = feels(Emotion.SADNESS, 2, -2)
HAPPY = feels(Emotion.JOY, 2, 2)


def did(turn: int, *acts: Act, because: tuple[Because, ...] = ()) -> AgentScored:
    at = Samples(turn)
    return AgentScored(
        at=at, turn=turn, start=at, end=at, partial=False, acts=acts, because=because
    )


def felt(turn: int, valence: float = -2, intensity: int = 2) -> CustomerScored:
    at = Samples(turn)
    return CustomerScored(
        at=at,
        turn=turn,
        start=at,
        end=at,
        partial=False,
        emotions=(Emotion.ANGER,),
        intensity=intensity,
        valence=valence,
        escalations=(),
    )


@pytest.mark.parametrize(
    ("acts", "feeling", "value"),
    [
        ((ASK,), SAD, OrderValue.ASKED_FIRST),
        ((ASK, WHY), SAD, OrderValue.ASKED_FIRST),
        ((ACK, ASK), SAD, OrderValue.ACKNOWLEDGED_FIRST),
        ((Act.CONDOLE, ASK), SAD, OrderValue.ACKNOWLEDGED_FIRST),
        ((ASK, ACK), SAD, OrderValue.ASKED_FIRST),
        ((Act.APOLOGISE, ASK), SAD, OrderValue.ASKED_FIRST),
        ((ASK,), calm(), OrderValue.NO_EMOTION),
        ((WHY, ASK), calm(), OrderValue.EXPLAINED_ASK),
        ((ASK, WHY), calm(), OrderValue.EXPLAINED_ASK),
        ((ASK,), HAPPY, OrderValue.NO_EMOTION),
        ((ASK,), feels(Emotion.FRUSTRATION, 1, -1), OrderValue.ASKED_FIRST),
        ((ASK,), feels(Emotion.FRUSTRATION, 0, -1), OrderValue.NO_EMOTION),
        ((ACK,), SAD, OrderValue.NO_ASK),
        ((Act.ASK_CONTACT_DETAILS,), SAD, OrderValue.NO_ASK),
        ((), calm(), OrderValue.NO_ASK),
    ],
)
def test_the_first_reply_decides(acts: Sequence[Act], feeling: object, value: OrderValue) -> None:
    call = Story().customer("Dit is wat ik te zeggen heb.", feeling)  # type: ignore[arg-type]
    words = " | ".join(f"woorden bij {act.replace('_', ' ')}" for act in acts)
    assert call.agent(words or "tja dan", *acts).order() is value


def test_a_feeling_may_be_taken_up_in_an_earlier_turn() -> None:
    call = Story().customer("Mijn man is overleden.", SAD).agent("Gecondoleerd.", ACK)
    call.customer("Dank u.", calm())
    assert call.agent("Wat is uw postcode?", ASK).order() is OrderValue.ACKNOWLEDGED_FIRST


def test_a_feeling_after_the_ask_does_not_count_against_it() -> None:
    call = Story().customer("Ik heb een vraag.", calm()).agent("Uw postcode?", ASK)
    assert call.customer("Wat een gedoe zeg.", SAD).order() is OrderValue.NO_EMOTION


def test_only_the_first_ask_is_judged() -> None:
    call = Story().customer("Mijn man is overleden.", SAD).agent("Uw postcode?", ASK)
    call.customer("Eén twee.", calm()).agent("Gecondoleerd. | Uw naam?", ACK, ASK)
    assert call.order() is OrderValue.ASKED_FIRST


def test_a_call_without_a_customer_has_an_order_too() -> None:
    assert Story().agent("Hallo? Is daar iemand?").order() is OrderValue.NO_ASK


def test_the_words_of_the_ask_are_given() -> None:
    because = (Because(label="explain_ask", words="daarvoor"), Because(label=ASK, words="postcode"))
    assert judge(Order(), Feelings(), did(1, ASK, because=because)).because == "postcode"
    assert judge(Order(), Feelings(), did(1, ASK)).because is None


@pytest.mark.parametrize(
    ("acts", "taken_up"),
    [((ASK,), False), ((ACK, ASK), True), ((ASK, ACK), False), ((ACK,), True), ((), False)],
)
def test_a_turn_takes_up_before_it_asks(acts: Sequence[Act], *, taken_up: bool) -> None:
    assert takes_up_before_ask(did(1, *acts)) is taken_up


# ---- the asking turn goes on and is read again ---------------------------------------------------


def test_a_reason_in_the_second_half_of_the_asking_turn_counts() -> None:
    order = judge(Order(), Feelings(), did(1, ASK))
    assert judge(order, Feelings(), did(1, ASK, WHY)).value is OrderValue.EXPLAINED_ASK


def test_a_later_turn_does_not_change_the_judgement() -> None:
    order = judge(Order(), Feelings(), did(1, ASK))
    assert judge(order, Feelings(), did(3, WHY, ASK)) == order


def test_a_feeling_that_was_taken_up_before_stays_taken_up_when_the_turn_is_read_again() -> None:
    """Acknowledged in turn 1; turn 3 asks, then says again how sad it is, then goes on."""
    feelings = take_up(feel(Feelings(), felt(0), "woorden"), 1)
    first = did(3, ASK, ACK)
    order = judge(Order(), feelings, first)
    assert order.value is OrderValue.ACKNOWLEDGED_FIRST
    feelings = take_up(feelings, first.turn)
    again = judge(order, feelings, did(3, ASK, ACK, Act.CLOSED_QUESTION))
    assert again.value is OrderValue.ACKNOWLEDGED_FIRST


def test_taking_the_feeling_up_after_the_ask_is_still_too_late_when_read_again() -> None:
    feelings = feel(Feelings(), felt(0), "woorden")
    order = judge(Order(), feelings, did(1, ASK, ACK))
    feelings = take_up(feelings, 1)
    assert judge(order, feelings, did(1, ASK, ACK, WHY)).value is OrderValue.ASKED_FIRST


def test_a_feeling_that_came_after_the_ask_does_not_change_its_second_reading() -> None:
    """The customer groans while the agent asks; the agent's turn goes on and is read again."""
    order = judge(Order(), Feelings(), did(1, ASK))
    feelings = feel(Feelings(), felt(2), "nee hè")
    assert judge(order, feelings, did(1, ASK, WHY)).value is OrderValue.EXPLAINED_ASK


def test_what_takes_up_a_feeling_is_more_than_an_apology() -> None:
    assert {ACK, Act.CONDOLE} == TAKES_UP
