"""What makes a nudge needless, what overtakes it, and what waits its turn; told as calls."""

import pytest

from coach.core.policy import DEFAULT_POLICY
from tests.harness import Act, Emotion, EscalationKind, NudgeKind, Story, calm, feels, sign

BEREAVED = "Mijn man is vorige week overleden en nu wil ik zijn nummer opzeggen."
GRIEF = feels(Emotion.SADNESS, 2, -2, EscalationKind.BEREAVEMENT)
ASK = Act.ASK_IDENTIFICATION


def test_a_number_that_is_needed_is_a_clumsy_ask_and_no_brush_off() -> None:
    call = Story().customer("Er zat alweer een gat in.", feels(Emotion.DISAPPOINTMENT, 1, -1))
    call.agent("Zonder bestelnummer kan ik niets zien.", Act.HIDE_BEHIND_RULES, ASK)
    assert NudgeKind.TAKE_SERIOUSLY not in call.nudges()


@pytest.mark.parametrize("act", [Act.PARAPHRASE, Act.OFFER_SOLUTION, Act.EXPLAIN_ASK])
def test_a_journalist_who_gets_no_answer_needs_no_referral_yet(act: Act) -> None:
    press = calm(sign(EscalationKind.PRESS_CALLER))
    call = Story().customer("Ik schrijf voor de courant, klopt het van die brand?", press)
    call.agent("U wilt weten wat er gebeurd is, ik geef het door.", act)
    assert call.nudges() == []


def test_who_draws_a_line_has_answered_a_slur() -> None:
    call = Story().customer("Iemand van hier graag.", calm(sign(EscalationKind.DISCRIMINATION)))
    call.agent("Zo wil ik niet aangesproken worden.", Act.BOUNDARY_WARNING)
    assert call.nudges() == []


def test_who_has_asked_can_no_longer_acknowledge_first() -> None:
    call = Story().customer(BEREAVED, GRIEF)
    call.agent("Wat is uw postcode en huisnummer?", ASK)
    call.customer("Eh, dat is twaalf vierendertig.", calm())
    call.agent("Even kijken hoor, dat duurt een tel.", gap=12)
    after = call.nudges()
    assert NudgeKind.ACKNOWLEDGE_FIRST not in after[after.index(NudgeKind.REPAIR_ACKNOWLEDGEMENT) :]


def test_what_lost_to_advice_about_another_turn_is_said_when_that_has_been_read() -> None:
    call = Story().customer("Er zat alweer een gat in.", feels(Emotion.DISAPPOINTMENT, 1, -1))
    call.agent("Zo is het beleid nu eenmaal bij ons.", Act.HIDE_BEHIND_RULES)
    call.customer("Nou zeg.", feels(Emotion.DISAPPOINTMENT, 1, -1), gap=0.1)
    call.agent("Ik verbind u door.", Act.ANNOUNCE_TRANSFER, gap=0.1)
    assert call.nudges() == [NudgeKind.TAKE_SERIOUSLY, NudgeKind.WARM_TRANSFER]
    shown = [call.shown_s(kind) for kind in call.nudges()]
    assert shown[1] - shown[0] >= DEFAULT_POLICY.at_least / 16_000 - 0.01


def test_who_was_interrupted_speaks_again_and_the_agent_is_told_while_they_do() -> None:
    call = Story().customer("Ik sta hier al een uur in de kou en niemand die iets zegt.", calm())
    call.agent("Maar dan moet u wel eerst even.", gap=-1.5)
    call.customer(
        "Mag ik even uitspreken, ik was nog lang niet klaar met mijn verhaal.", calm(), gap=-0.2
    )
    assert call.nudges() == [NudgeKind.LET_FINISH]
    assert call.shown_s(NudgeKind.LET_FINISH) < call.end_s(2) - 2
