"""The rules of good advice, told as calls."""

import pytest

from coach.core.policy import DEFAULT_POLICY
from coach.core.readings import Escalation
from tests.harness import (
    Act,
    Emotion,
    EscalationKind,
    Modality,
    NudgeKind,
    Story,
    calm,
    feels,
    sign,
)

BEREAVED = "Mijn man is vorige week overleden en nu wil ik zijn nummer opzeggen."
GRIEF = feels(Emotion.SADNESS, 2, -2, EscalationKind.BEREAVEMENT)
ANGRY = feels(Emotion.ANGER, 2, -2)
ASK = Act.ASK_IDENTIFICATION
ACKNOWLEDGE = Act.ACKNOWLEDGE_EMOTION


def test_bereaved_customer_and_the_agent_asks_for_the_postcode_first() -> None:
    call = Story().customer(BEREAVED, GRIEF)
    call.agent("Wat is uw postcode en huisnummer?", ASK)
    call.customer("Eh, dat is twaalf vierendertig.", calm())
    assert NudgeKind.REPAIR_ACKNOWLEDGEMENT in call.nudges()
    answered = call.start_s(2)
    assert call.shown_s(NudgeKind.REPAIR_ACKNOWLEDGEMENT) <= answered


def test_bereaved_customer_and_the_agent_condoles_unasked() -> None:
    call = Story().customer(BEREAVED, GRIEF)
    call.agent("Gecondoleerd met uw man. | Mag ik uw postcode?", Act.CONDOLE, ASK)
    assert call.nudges() == []
    assert call.spared(NudgeKind.ACKNOWLEDGE_FIRST) == ["done"]


def test_a_silent_agent_is_left_a_moment_and_then_reminded() -> None:
    call = Story().customer(BEREAVED, GRIEF)
    call.agent("Ja.", gap=6)
    assert call.nudges() == [NudgeKind.ACKNOWLEDGE_FIRST]
    patience = DEFAULT_POLICY.of(NudgeKind.ACKNOWLEDGE_FIRST).patience / 16_000
    assert call.shown_s(NudgeKind.ACKNOWLEDGE_FIRST) == pytest.approx(
        call.end_s(0) + patience, abs=0.1
    )


def test_the_first_words_of_a_reply_already_show_that_it_begins_elsewhere() -> None:
    call = Story().customer(BEREAVED, GRIEF)
    call.agent(
        "Ik ga het even voor u opzoeken in het systeem dat duurt heel even en dan zie ik het."
    )
    assert call.nudges() == [NudgeKind.ACKNOWLEDGE_FIRST]
    assert call.shown_s(NudgeKind.ACKNOWLEDGE_FIRST) < call.end_s(1) - 0.8


def test_the_reminder_goes_away_when_the_agent_does_it() -> None:
    call = Story().customer(BEREAVED, GRIEF)
    call.agent("Wat verdrietig voor u.", ACKNOWLEDGE, gap=3)
    assert call.withdrawn(NudgeKind.ACKNOWLEDGE_FIRST) == ["done"]


def test_an_ask_that_is_repaired_in_the_same_breath_needs_no_repair() -> None:
    call = Story().customer(BEREAVED, GRIEF)
    call.agent(
        "Wat is uw postcode? | O sorry, gecondoleerd met uw verlies.", ASK, Act.CONDOLE, gap=0.3
    )
    assert NudgeKind.REPAIR_ACKNOWLEDGEMENT not in call.nudges()


def test_danger_that_lasts_comes_first_and_danger_that_is_over_does_not() -> None:
    afraid = feels(Emotion.FEAR, 2, -2, EscalationKind.HEALTH_SAFETY)
    call = Story().customer("De oplader staat hier te roken.", afraid)
    assert call.agent("Wat is het ordernummer?", ASK).nudges()[0] is NudgeKind.SAFETY_FIRST
    angry = feels(Emotion.ANGER, 2, -2, EscalationKind.HEALTH_SAFETY)
    call = Story().customer("De oplader heeft vorige week staan roken.", angry)
    assert NudgeKind.SAFETY_FIRST not in call.agent("Wat is het ordernummer?", ASK).nudges()


def test_a_calm_question_and_a_bare_ask_get_the_advice_to_explain() -> None:
    call = Story().customer("Hoeveel data heb ik nog deze maand?", calm())
    call.agent("Uw klantnummer?", ASK)
    assert call.nudges() == [NudgeKind.EXPLAIN_ASK]


def test_an_explained_ask_is_fine() -> None:
    call = Story().customer("Hoeveel data heb ik nog deze maand?", calm())
    call.agent("Dan kijk ik even mee, | mag ik uw klantnummer?", Act.EXPLAIN_ASK, ASK)
    assert call.nudges() == []


def test_only_the_first_ask_needs_a_reason() -> None:
    call = Story().customer("Hoeveel data heb ik nog deze maand?", calm())
    call.agent("Dan kijk ik even mee, | mag ik uw klantnummer?", Act.EXPLAIN_ASK, ASK)
    call.customer("Eén twee drie.", calm())
    call.agent("En uw geboortedatum?", ASK)
    assert call.nudges() == []


def test_who_speaks_through_the_customer_is_asked_to_let_finish() -> None:
    call = Story().customer("Dus ik sta daar in de regen en toen kwam er een man en", calm())
    call.agent("Welke straat was dat precies geweest?", Act.CLOSED_QUESTION, gap=-1.2)
    assert call.nudges() == [NudgeKind.LET_FINISH]


@pytest.mark.parametrize(
    ("reply", "gap"), [("Ja ja.", -1.5), ("Welke straat was dat precies geweest?", -0.3)]
)
def test_listening_sounds_and_quick_starts_are_no_interruptions(reply: str, gap: float) -> None:
    call = Story().customer("Dus ik sta daar in de regen en toen kwam er een man en", calm())
    assert call.agent(reply, gap=gap).nudges() == []


@pytest.mark.parametrize("act", [Act.MINIMISE, Act.BLAME_CUSTOMER, Act.HIDE_BEHIND_RULES])
def test_brushing_a_complaint_off(act: Act) -> None:
    call = Story().customer("Er zat alweer een gat in.", feels(Emotion.DISAPPOINTMENT, 1, -1))
    call.agent("Zo is het beleid nu eenmaal bij ons.", act)
    assert call.nudges() == [NudgeKind.TAKE_SERIOUSLY]


def test_a_rule_that_is_told_with_understanding_is_no_brush_off() -> None:
    call = Story().customer("Er zat alweer een gat in.", feels(Emotion.DISAPPOINTMENT, 1, -1))
    call.agent("Dat is echt balen. | Ik mag het helaas niet.", ACKNOWLEDGE, Act.HIDE_BEHIND_RULES)
    assert call.nudges() == []


def test_a_long_story_deserves_an_echo() -> None:
    story = " ".join(["en toen belde ik weer en niemand wist iets"] * 6)
    call = Story().customer(story, ANGRY)
    call.agent("Dat is erg. | En toen?", ACKNOWLEDGE, Act.OPEN_QUESTION)
    assert call.nudges() == []
    watching = DEFAULT_POLICY.with_nudge(NudgeKind.ACKNOWLEDGE_FIRST, enabled=False)
    call = Story(policy=watching).customer(story, ANGRY)
    call.agent("Heeft u het bonnetje?", Act.CLOSED_QUESTION)
    assert call.nudges() == [NudgeKind.PARAPHRASE]


def test_where_much_is_at_stake_contact_is_noted_before_a_transfer() -> None:
    threat = feels(Emotion.ANGER, 2, -2, EscalationKind.LEGAL)
    call = Story().customer("Dan neem ik een advocaat.", threat)
    call.agent("Wat vervelend. | Ik verbind u door.", ACKNOWLEDGE, Act.ANNOUNCE_TRANSFER)
    assert call.nudges() == [NudgeKind.NOTE_CONTACT_BEFORE_TRANSFER]


def test_a_story_is_not_told_twice_after_a_transfer() -> None:
    call = Story().customer("Ik heb een vraag over de levering.", calm())
    call.agent("Dan verbind ik u door.", Act.ANNOUNCE_TRANSFER)
    assert call.nudges() == [NudgeKind.WARM_TRANSFER]
    call = Story().customer("Ik heb een vraag over de levering.", calm())
    call.agent("Op welk nummer bereiken we u?", Act.ASK_CONTACT_DETAILS)
    call.customer("Nul zes.", calm())
    call.agent("Dan verbind ik u door.", Act.ANNOUNCE_TRANSFER)
    assert call.nudges() == [NudgeKind.WARM_TRANSFER]


def test_a_warm_transfer_with_contact_noted_needs_nothing() -> None:
    call = Story().customer("Ik heb een vraag over de levering.", calm())
    call.agent(
        "Uw nummer graag. |  Ik blijf aan de lijn.", Act.ASK_CONTACT_DETAILS, Act.WARM_TRANSFER
    )
    assert call.nudges() == []


def test_a_journalist_who_gets_an_answer_instead_of_a_referral() -> None:
    press = calm(sign(EscalationKind.PRESS_CALLER))
    call = Story().customer("Ik schrijf voor de courant, klopt het van die brand?", press)
    call.agent("Ja, het waren er volgens mij drie.", Act.PRESS_STATEMENT)
    assert call.nudges() == [NudgeKind.REFER_PRESS]


def test_a_journalist_who_is_referred() -> None:
    press = calm(sign(EscalationKind.PRESS_CALLER))
    call = Story().customer("Ik schrijf voor de courant, klopt het van die brand?", press)
    call.agent("Onze woordvoerder belt u, op welk nummer?", Act.PROMISE_CALLBACK)
    assert call.nudges() == []


def test_of_two_things_to_say_the_more_important_one_is_said() -> None:
    angry = feels(Emotion.ANGER, 2, -2, EscalationKind.MEDIA)
    call = Story().customer("Anders stap ik naar de krant.", angry)
    call.agent("Dat moet u zelf weten.")
    assert call.nudges() == [NudgeKind.ACKNOWLEDGE_FIRST]
    assert call.spared(NudgeKind.FOLLOW_PROTOCOL) == ["lower_priority"]


def test_media_without_a_strong_feeling_gets_the_protocol() -> None:
    call = Story().customer("Dit gaat naar de krant.", calm(sign(EscalationKind.MEDIA)))
    call.agent("Dat moet u zelf weten.")
    assert call.nudges() == [NudgeKind.FOLLOW_PROTOCOL]


@pytest.mark.parametrize("modality", [Modality.NEGATED, Modality.REPORTED, Modality.CASUAL])
def test_what_is_not_asserted_raises_nothing(modality: Modality) -> None:
    call = Story().customer(
        "Mijn buurman was bij de krant.", calm(sign(EscalationKind.MEDIA, modality))
    )
    call.agent("Dat moet u zelf weten.")
    assert call.nudges() == []
    assert call.risks() == []


def test_once_abused_one_warning_and_then_the_end() -> None:
    abuse = feels(Emotion.ANGER, 3, -2, EscalationKind.VERBAL_ABUSE)
    call = Story().customer("Wat ben jij een prutser.", abuse)
    call.agent("Ik kijk even verder.")
    assert call.nudges() == [NudgeKind.BOUNDARY_WARNING]
    call.customer("Schiet op.", abuse)
    call.agent("Als u blijft schelden stop ik het gesprek.", Act.BOUNDARY_WARNING)
    call.customer("Sukkel.", abuse)
    call.agent("Ik kijk even.")
    assert call.nudges()[-1] is NudgeKind.END_CALL


def test_an_agent_who_warns_unasked_is_left_alone() -> None:
    abuse = feels(Emotion.ANGER, 3, -2, EscalationKind.VERBAL_ABUSE)
    call = Story().customer("Wat ben jij een prutser.", abuse)
    call.agent("Als u blijft schelden stop ik het gesprek.", Act.BOUNDARY_WARNING)
    assert call.nudges() == []


def test_a_threat_is_taken_up_at_once() -> None:
    threat = feels(Emotion.ANGER, 3, -2, EscalationKind.THREAT)
    call = Story().customer("Ik weet waar je werkt, ik wacht je op.", threat)
    call.agent("Rustig nou maar meneer.")
    assert call.nudges() == [NudgeKind.END_CALL]


def test_who_ends_the_call_needs_no_advice_to_end_it() -> None:
    threat = feels(Emotion.ANGER, 3, -2, EscalationKind.THREAT)
    call = Story().customer("Ik weet waar je werkt, ik wacht je op.", threat)
    call.agent("Dit is een bedreiging, ik beëindig het gesprek.", Act.ANNOUNCE_END_OF_CALL)
    assert call.nudges() == []


def test_private_data_of_somebody_else() -> None:
    call = Story().customer("Is mijn buurvrouw al geweest?", calm())
    call.agent("Ja, die was hier om tien uur.", Act.DISCLOSE_PRIVATE_DATA)
    assert call.nudges() == [NudgeKind.PRIVACY_GUARD]


def test_a_safety_complaint_is_thanked_for() -> None:
    unsafe = feels(Emotion.FRUSTRATION, 1, -1, EscalationKind.HEALTH_SAFETY)
    call = Story().customer("Er zat een stuk glas in de pot.", unsafe)
    call.agent("Welke winkel was dat?", Act.CLOSED_QUESTION)
    assert call.nudges() == []
    call.customer("Op de markt in Assen.", calm())
    call.agent("En wanneer was dat?", Act.CLOSED_QUESTION)
    assert call.nudges() == [NudgeKind.THANK_FOR_REPORT]
    call = Story().customer("Er zat een stuk glas in de pot.", unsafe)
    call.agent("Goed dat u het meldt.", Act.THANK_FOR_REPORT)
    assert call.nudges() == []


def test_somebody_in_despair_comes_before_everything() -> None:
    despair = feels(Emotion.SADNESS, 3, -2, EscalationKind.SELF_HARM)
    call = Story().customer("Voor mij hoeft het allemaal niet meer.", despair)
    call.agent("Wilt u een formulier?", Act.CLOSED_QUESTION)
    assert call.nudges() == [NudgeKind.SAFETY_FIRST]


def test_a_kind_that_is_switched_off_stays_silent() -> None:
    policy = DEFAULT_POLICY.with_nudge(NudgeKind.EXPLAIN_ASK, enabled=False)
    call = Story(policy=policy).customer("Hoeveel data heb ik nog?", calm())
    assert call.agent("Uw klantnummer?", ASK).nudges() == []


def test_a_happy_call_is_silent() -> None:
    call = Story().agent("Goedemorgen, waarmee kan ik u helpen?", Act.GREET)
    call.customer("Ik wilde zeggen dat het prima werkt.", feels(Emotion.JOY, 2, 2))
    call.agent("Wat fijn om te horen.", Act.ACKNOWLEDGE_EMOTION)
    call.customer("Dag hoor.", feels(Emotion.GRATITUDE, 1, 1))
    assert call.nudges() == []
    assert call.risks() == []


def test_what_a_journalist_will_publish_needs_no_protocol_of_its_own() -> None:
    press = calm(sign(EscalationKind.PRESS_CALLER))
    call = Story().customer("Ik schrijf voor de courant, klopt het van die brand?", press)
    call.agent("Onze woordvoerder belt u, op welk nummer?", Act.PROMISE_CALLBACK)
    call.customer("Anders zet ik het zo in de krant.", calm(sign(EscalationKind.MEDIA)))
    call.agent("Dat is goed.")
    assert call.nudges() == []


def test_danger_that_the_agent_has_taken_up_is_not_pointed_at() -> None:
    danger = feels(Emotion.FEAR, 2, -2, EscalationKind.HEALTH_SAFETY)
    call = Story().customer("Er komt rook uit.", danger)
    call.agent("Wat een schrik, ga naar buiten.", ACKNOWLEDGE)
    call.customer("Het rookt nog steeds.", danger)
    call.agent("Bel nu honderdtwaalf.", Act.OFFER_SOLUTION)
    assert NudgeKind.SAFETY_FIRST not in call.nudges()


def test_who_explains_the_ask_is_not_told_to_repair_it() -> None:
    call = Story().customer("Wat een bende is het bij jullie.", ANGRY)
    call.agent("Dan zoek ik het op. | Wat is uw postcode?", Act.EXPLAIN_ASK, ASK)
    assert NudgeKind.REPAIR_ACKNOWLEDGEMENT not in call.nudges()


def test_a_brush_off_hurts_nobody_who_is_content() -> None:
    call = Story().customer("Prima hoor.", calm())
    call.agent("Zo is het beleid nu eenmaal bij ons.", Act.HIDE_BEHIND_RULES)
    assert call.nudges() == []


def test_a_guess_raises_nothing() -> None:
    guess = Escalation(
        kind=EscalationKind.SELF_HARM, modality=Modality.ASSERTED, because="x", chance=0.3
    )
    call = Story().customer("Daar zie ik tegenop.", calm(guess))
    call.agent("En de tweede vraag?")
    assert call.nudges() == []
    assert call.spared(NudgeKind.SAFETY_FIRST) == []


def test_the_same_advice_is_given_once_a_call() -> None:
    call = Story().customer("Wat een bende.", ANGRY)
    for _ in range(4):
        call.agent("Zo is het beleid nu eenmaal bij ons.", Act.HIDE_BEHIND_RULES, gap=30)
        call.customer("Ik word hier zo moe van.", ANGRY, gap=30)
    assert call.nudges().count(NudgeKind.TAKE_SERIOUSLY) == 1


def test_a_loss_that_is_told_calmly_deserves_a_word() -> None:
    told = feels(Emotion.SADNESS, 1, 0, EscalationKind.BEREAVEMENT)
    call = Story().customer(BEREAVED, told)
    call.agent("Wat is uw postcode en huisnummer?", ASK)
    call.customer("Eh, dat is twaalf vierendertig.", calm())
    assert NudgeKind.REPAIR_ACKNOWLEDGEMENT in call.nudges()


def test_a_reason_for_the_ask_is_not_what_a_hurt_customer_misses() -> None:
    call = Story().customer("Jammer dat het zo gelopen is.", feels(Emotion.DISAPPOINTMENT, 1, 0))
    call.agent("Wat is uw postcode en huisnummer?", ASK)
    assert NudgeKind.EXPLAIN_ASK not in call.nudges()


def test_handing_over_is_no_answer_to_a_claim() -> None:
    claim = calm(sign(EscalationKind.LEGAL))
    call = Story().customer("Dan neem ik een advocaat.", claim)
    call.agent("Ik zet u over.", Act.ANNOUNCE_TRANSFER)
    assert call.spared(NudgeKind.FOLLOW_PROTOCOL) != ["done"]
    call = Story().customer("Dan neem ik een advocaat.", claim)
    call.agent("Ik vat het samen en leg het vast.", Act.SUMMARISE)
    assert call.spared(NudgeKind.FOLLOW_PROTOCOL) == ["done"]


def test_who_draws_a_line_owes_no_comfort_first() -> None:
    call = Story().customer("Geef me een echte Nederlander.", ANGRY)
    call.agent("Zo wil ik niet aangesproken worden.", Act.BOUNDARY_WARNING)
    assert NudgeKind.ACKNOWLEDGE_FIRST not in call.nudges()


def test_a_kind_that_rests_does_not_silence_the_next_important_one() -> None:
    angry = feels(Emotion.ANGER, 2, -2, EscalationKind.MEDIA)
    call = Story().customer("Anders stap ik naar de krant.", angry)
    call.agent("Dat moet u zelf weten.")
    assert call.nudges() == [NudgeKind.ACKNOWLEDGE_FIRST]
    call.customer("Dan bel ik nu meteen met de televisie.", angry, gap=14)
    call.agent("Tja, dat kan natuurlijk altijd.")
    assert call.nudges() == [NudgeKind.ACKNOWLEDGE_FIRST, NudgeKind.FOLLOW_PROTOCOL]
