"""The order check: was the feeling taken up before the data were asked for?

Judged once, at the agent's first ask for identification.
"""

from dataclasses import dataclass

from coach.core.events import AgentScored
from coach.core.feelings import TAKES_UP, Feelings
from coach.core.vocabulary import Act, OrderValue


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """`value` is `NO_ASK` until the first ask; `turn` is the turn that asked.

    `taken_up_before`: the feeling had been taken up before that turn began.
    """

    value: OrderValue = OrderValue.NO_ASK
    turn: int | None = None
    because: str | None = None
    taken_up_before: bool = False


def judge(order: Order, feelings: Feelings, scored: AgentScored) -> Order:
    """Take in a final reading of an agent's turn, with the feelings as they were before it.

    A turn that goes on after a pause is read again; until another turn follows, the judgement of
    the asking turn is replaced by the newer one.
    """
    if order.turn is not None and order.turn != scored.turn:
        return order
    if Act.ASK_IDENTIFICATION not in scored.acts:
        return order
    words = next((b.words for b in scored.because if b.label == Act.ASK_IDENTIFICATION), None)
    taken_up = feelings.taken_up_in_turn
    before = order.taken_up_before or (taken_up is not None and taken_up < scored.turn)
    value = _value(feelings, scored, taken_up_before=before)
    return Order(value=value, turn=scored.turn, because=words, taken_up_before=before)


def takes_up_before_ask(scored: AgentScored) -> bool:
    """Whether the turn itself names the feeling before it asks."""
    for act in scored.acts:
        if act in TAKES_UP:
            return True
        if act is Act.ASK_IDENTIFICATION:
            return False
    return False


def _value(feelings: Feelings, scored: AgentScored, *, taken_up_before: bool) -> OrderValue:
    if feelings.negative is None or feelings.negative.turn > scored.turn:
        explained = Act.EXPLAIN_ASK in scored.acts
        return OrderValue.EXPLAINED_ASK if explained else OrderValue.NO_EMOTION
    if taken_up_before or takes_up_before_ask(scored):
        return OrderValue.ACKNOWLEDGED_FIRST
    return OrderValue.ASKED_FIRST
