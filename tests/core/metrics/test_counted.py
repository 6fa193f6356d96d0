"""Three calls counted by hand: what a person with a stopwatch gets, `measure` gets."""

import pytest

from coach.core.events import (
    AudioGap,
    LogEvent,
    NudgeAnswered,
    NudgeShown,
    NudgeWithdrawn,
    RiskChanged,
    RunFinished,
)
from coach.core.metrics import CallbackNote, figures, measure
from coach.core.vocabulary import Act, Emotion, NudgeKind, OrderValue, RiskLevel
from tests.core.metrics.written import AGENT, CUSTOMER, agent, begun, customer, ended, said, t

SAD, ANGRY, GLAD = Emotion.SADNESS, Emotion.ANGER, Emotion.GRATITUDE


def nudged(at: float, number: int, kind: NudgeKind) -> NudgeShown:
    return NudgeShown(at=t(at), nudge=number, kind=kind, decided=t(at), because="x")


def bereavement() -> list[LogEvent]:
    """A death is told; the data are asked for first, and it is put right after a nudge."""
    return [
        begun(began="2026-03-02T09:00:00+01:00", agent="a7", reference="R1"),
        *agent(0, 0, 2, "Goedemorgen met Bo, zegt u het maar.", Act.GREET),  # 7 words in 2 s
        *customer(1, 3, 9, "Dag mijn man is vorige week overleden.", -2.0, SAD),  # 7 words in 6 s
        *agent(2, 10, 12, "Wat is uw postcode?", Act.ASK_IDENTIFICATION),  # 4 words in 2 s
        nudged(12.5, 0, NudgeKind.REPAIR_ACKNOWLEDGEMENT),
        *customer(3, 13, 15, "Eh ja.", -1.0, SAD),  # 2 words in 2 s
        # 7 words in 4 s; begins 7 s after the turn that told it (9 -> 16), second reply
        *agent(4, 16, 20, "Sorry, eerst dit: gecondoleerd met uw man.", Act.CONDOLE),
        NudgeWithdrawn(at=t(18), nudge=0, kind=NudgeKind.REPAIR_ACKNOWLEDGEMENT, reason="done"),
        NudgeAnswered(at=t(21), nudge=0, answer="useful"),
        *customer(5, 25, 28, "Dank u wel.", 1.0, GLAD),  # 3 words in 3 s; silence 20-25
        *ended(30, OrderValue.ASKED_FIRST),
        RunFinished(at=t(30), audio=t(30), wall_s=1, cpu_s=1, model="hand"),
    ]


def test_a_bereavement_by_hand() -> None:
    got = figures(measure(bereavement()))
    assert got["duration_s"] == 30
    assert got["order"] == "asked_first"
    assert got["acknowledged_before_data"] is False
    assert got["acknowledged"] is True
    assert got["acknowledgement_wait_s"] == 7
    assert got["acknowledgement_replies"] == 2
    assert (got["asks"], got["asks_explained"]) == (1, 0)
    # agent 2 + 2 + 4 = 8 s, customer 6 + 2 + 3 = 11 s
    assert (got["talk_agent_s"], got["talk_customer_s"]) == (8, 11)
    assert got["talk_agent_share"] == pytest.approx(8 / 19)
    # agent 7 + 4 + 7 = 18 words in 8 s; customer 7 + 2 + 3 = 12 words in 11 s
    assert got["pace_agent"] == pytest.approx(18 / 8 * 60)
    assert got["pace_customer"] == pytest.approx(12 / 11 * 60)
    assert got["longest_agent_s"] == 4
    # one silence longer than 3 s: 20 to 25; the second before the end is after the last word
    assert got["non_talk_s"] == 5
    assert got["non_talk_share"] == pytest.approx(5 / 30)
    assert (got["interruptions_agent"], got["interruptions_customer"]) == (0, 0)
    assert (got["emotion_start"], got["emotion_lowest"], got["emotion_end"]) == (-2, -2, 1)
    assert got["emotion_recovery"] == 3
    assert (got["upset"], got["ended_better"]) == (True, True)
    # quarters of 0..28 are 7 s: turns begin at 3 (negative), 13 (negative), 25 (positive)
    quarters = [got[f"sentiment_q{n}"] for n in (1, 2, 3, 4)]
    assert quarters == [-5, -5, None, 5]
    assert got["sentiment"] == pytest.approx(-5 / 3)
    # graded: -2 is -5, -1 is -2.5, 1 is 2.5; turn 3-9 lies 4 s in the first quarter and 2 s in
    # the second, where 13-14 lies too; 14-15 is alone in the third
    graded = [got[f"sentiment_graded_q{n}"] for n in (1, 2, 3, 4)]
    assert graded == pytest.approx([-5, (2 * -5 + 1 * -2.5) / 3, -2.5, 2.5])
    assert got["sentiment_graded"] == pytest.approx((6 * -5 + 2 * -2.5 + 3 * 2.5) / 11)
    assert got["sentiment_agent"] is None
    assert (got["nudges"], got["nudges_acted_on"], got["nudges_useful"]) == (1, 1, 1)
    assert got["nudge_precision"] == 1
    assert (got["promises"], got["promises_noted"], got["promises_kept"]) == (0, None, None)
    assert (got["risk_highest"], got["risk_high_s"]) == ("none", 0)
    assert got["losses"] == 0


def quarrel() -> list[LogEvent]:
    """Both speak through each other; the newspaper; a hold; a promise."""
    events = [
        *customer(0, 1, 6, "Voor de derde keer geen water hier!", -2.0, ANGRY),  # 7 words, 5 s
        # begins 3 s into the customer's turn and goes on beside it for 2 s: an interruption
        *agent(1, 4, 7, "Ja maar dat is de regel.", Act.HIDE_BEHIND_RULES),  # 6 words, 3 s
        # begins 0.5 s after the agent did: both at once, nobody is interrupted; 2.5 s over
        *customer(2, 4.5 + 3, 12, "Dan bel ik nu de krant.", -2.0, ANGRY),  # 6 words, 4.5 s
        RiskChanged(at=t(12), level=RiskLevel.HIGH, because="de krant"),
        said(AGENT, 9, 11, "Ja, ja."),  # a listening sound of 2 s: no interruption
        *agent(3, 13, 17, "Ik zet u even in de wacht.", Act.ANNOUNCE_HOLD),  # 7 words, 4 s
        AudioGap(at=t(18), speaker=AGENT, start=t(18), end=t(38), reason="hold"),
        AudioGap(at=t(18), speaker=CUSTOMER, start=t(18), end=t(38), reason="hold"),
        *agent(4, 39, 45, "Ik bel u morgen voor twaalf uur terug.", Act.PROMISE_CALLBACK),
        # begins 4 s into the agent's turn, both speak for 2 s: the customer interrupts
        *customer(5, 43, 46, "Graag, dank u wel.", 1.0, GLAD),  # 4 words, 3 s
        RiskChanged(at=t(46), level=RiskLevel.WATCH, because="dank u wel"),
        nudged(12.5, 0, NudgeKind.FOLLOW_PROTOCOL),
        NudgeWithdrawn(at=t(24), nudge=0, kind=NudgeKind.FOLLOW_PROTOCOL, reason="expired"),
        nudged(25, 1, NudgeKind.LET_FINISH),
        NudgeAnswered(at=t(26), nudge=1, answer="wrong"),
    ]
    in_order = sorted(events, key=lambda event: event.at)
    return [begun(), *in_order, *ended(50, OrderValue.NO_ASK)]


def test_a_quarrel_by_hand() -> None:
    call = measure(quarrel(), callbacks=[CallbackNote(done=False)])
    got = figures(call)
    assert got["duration_s"] == 50
    assert got["order"] == "no_ask"
    assert got["acknowledged_before_data"] is None
    assert got["acknowledged"] is False
    assert got["acknowledgement_wait_s"] is None
    assert (got["asks"], got["asks_explained"]) == (0, 0)
    # agent 3 + 2 + 4 + 6 = 15 s, customer 5 + 4.5 + 3 = 12.5 s
    assert (got["talk_agent_s"], got["talk_customer_s"]) == (15, 12.5)
    # agent 6 + 2 + 7 + 8 = 23 words; customer 7 + 6 + 4 = 17
    assert got["pace_agent"] == pytest.approx(23 / 15 * 60)
    assert got["pace_customer"] == pytest.approx(17 / 12.5 * 60)
    # the agent at 4-6, the customer at 43-45
    assert (got["interruptions_agent"], got["interruptions_customer"]) == (1, 1)
    assert got["interruptions_s"] == 4
    # 4-6, 9-11 and 43-45
    assert got["overlap_s"] == 6
    # hold 18-38; no other silence of more than 3 s
    assert (got["hold_s"], got["non_talk_s"]) == (20, 20)
    # turns begin at 1, 7.5 and 43; quarters of 0..46 are 11.5 s
    quarters = [got[f"sentiment_q{n}"] for n in (1, 2, 3, 4)]
    assert quarters == [-5, None, None, 5]
    assert got["sentiment"] == 0
    assert (got["promises"], got["promises_noted"], got["promises_kept"]) == (1, 1, 0)
    assert call.handling.promises[0].words == "Ik bel u morgen voor twaalf uur terug."
    assert (got["nudges"], got["nudges_acted_on"], got["nudges_wrong"]) == (2, 0, 1)
    assert got["nudge_precision"] == 0
    # none 0-12, high 12-46, watch 46-50
    assert got["risk_highest"] == "high"
    assert (got["risk_high_s"], got["risk_watch_s"]) == (34, 4)
    assert got["losses"] == 0


def calm() -> list[LogEvent]:
    """A friendly question; a reason before the ask; nothing is felt; half of it was lost."""
    return [
        begun(),
        *agent(0, 0, 3, "Welkom, wat kan ik doen?", Act.GREET, Act.OPEN_QUESTION),  # 5 words
        *customer(1, 4, 8, "Ik wil mijn adres wijzigen.", 0.0),  # 5 words, 4 s
        *agent(2, 9, 12, "Om u te vinden vraag ik iets.", Act.EXPLAIN_ASK),  # 7 words, 3 s
        *agent(3, 15, 17, "Wat is uw klantnummer?", Act.ASK_IDENTIFICATION),  # 4 words, 2 s
        *customer(4, 18, 20, "Zeven zeven.", None),  # too thin to read
        AudioGap(at=t(21), speaker=CUSTOMER, start=t(21), end=t(26), reason="no_data"),
        *agent(5, 27, 29, "En uw postcode?", Act.ASK_IDENTIFICATION, Act.CLOSED_QUESTION),
        *customer(6, 30, 31, "Nul.", 0.2),
        *ended(31, OrderValue.EXPLAINED_ASK),
    ]


def test_a_calm_call_by_hand() -> None:
    got = figures(measure(calm()))
    assert (got["order"], got["acknowledged_before_data"]) == ("explained_ask", None)
    assert (got["upset"], got["acknowledged"], got["ended_better"]) == (False, None, None)
    assert (got["asks"], got["asks_explained"]) == (2, 2)
    assert (got["open_questions"], got["closed_questions"], got["paraphrases"]) == (1, 1, 0)
    # the turn without a valence counts nowhere; 0.2 is neutral
    assert (got["emotion_start"], got["emotion_lowest"], got["emotion_end"]) == (0, 0, 0.2)
    assert [got[f"sentiment_q{n}"] for n in (1, 2, 3, 4)] == [0, None, None, 0]
    # 12-15 is 3 s and no more; 20-27 nobody could hear: not known to be silent
    assert (got["non_talk_s"], got["hold_s"]) == (0, 0)
    assert got["losses"] == 1
    assert (got["nudges"], got["nudge_precision"]) == (0, None)
