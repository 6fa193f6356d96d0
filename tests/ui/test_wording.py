from dataclasses import replace

import pytest

from coach.core.metrics.mood import Moment
from coach.core.readings import Escalation
from coach.core.summary import AfterCall, Point
from coach.core.units import Samples
from coach.core.vocabulary import (
    Emotion,
    EscalationKind,
    Modality,
    NudgeKind,
    OrderValue,
    RiskLevel,
)
from coach.phrases import LANGUAGES, choose_language
from tests.ui.events import (
    CUSTOMER,
    STARTED,
    answered,
    feels,
    loses,
    nudge,
    risk,
    s,
    says,
    withdrawn,
)
from tests.ui.test_viewmodel import after
from ui import wording
from ui.controls import CallIs, Erased, SideIs
from ui.live_figures import LiveFigures
from ui.messages import Played, Stopped
from ui.viewmodel import Light, LiveView, Mood, Nudge

GONE = SideIs(speaker=CUSTOMER, missing="het apparaat is weg")


def mood(*emotions: Emotion, intensity: int | None = 2, valence: float | None = -1.0) -> Mood:
    return Mood(
        turn=1,
        start=s(1),
        end=s(2),
        emotions=emotions,
        intensity=intensity,
        valence=valence,
        because="",
    )


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0:00"), (7.9, "0:07"), (61, "1:01"), (3_725, "1:02:05")]
)
def test_the_clock_counts_minutes_and_seconds(seconds: float, words: str) -> None:
    assert wording.clock(s(seconds)) == words


@pytest.mark.parametrize(
    ("valence", "words"),
    [
        (None, "onbekend"),
        (-2, "heel negatief"),
        (-1.5, "heel negatief"),
        (-1, "negatief"),
        (-0.4, "neutraal"),
        (0, "neutraal"),
        (1, "positief"),
        (2, "heel positief"),
    ],
)
def test_a_valence_is_said_in_words_and_the_unknown_is_not_neutral(
    valence: float | None, words: str
) -> None:
    assert wording.valence(valence) == words


@pytest.mark.parametrize(
    ("heard", "words"),
    [
        (None, "nog niets gehoord"),
        (mood(Emotion.SADNESS), "verdrietig"),
        (mood(Emotion.ANGER, Emotion.FEAR, Emotion.STRESS), "boos, ongerust"),
        (mood(intensity=0, valence=0), "rustig"),
        (mood(intensity=None, valence=None), "onbekend"),
    ],
)
def test_a_feeling_is_a_word_or_two(heard: Mood | None, words: str) -> None:
    assert wording.feeling(heard) == words


def test_a_screen_reader_hears_how_strong_a_feeling_is() -> None:
    assert wording.feeling_spoken(mood(Emotion.ANGER)) == (
        "Klant, naar de woorden: boos, sterkte 2 van 3"
    )


def test_calm_has_no_strength() -> None:
    assert wording.feeling_spoken(mood(intensity=2)) == "Klant, naar de woorden: rustig"


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (after(STARTED), ""),
        (after(STARTED, nudge(), withdrawn(reason="done")), "Goed zo"),
        (after(STARTED, nudge(), withdrawn(reason="done"), Played(at=s(60))), ""),
        (after(STARTED, nudge(), withdrawn(reason="expired")), ""),
        (after(STARTED, CallIs(standing="on_hold")), "er wordt niets opgenomen"),
        (after(STARTED, CallIs(standing="paused")), "Niemand krijgt dit te zien"),
        (after(STARTED, CallIs(standing="objected")), "wordt verwijderd"),
        (after(STARTED, CallIs(standing="objected"), Erased()), "is verwijderd"),
        (after(STARTED, nudge(), answered(answer="wrong")), "Genoteerd: klopt niet"),
        (after(Stopped(why="geen model")), "geen model"),
    ],
)
def test_the_coach_says_what_the_moment_asks_and_else_nothing(view: LiveView, words: str) -> None:
    assert words in wording.message(view)
    assert bool(words) is bool(wording.message(view))


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (LiveView(), "De coach haalt"),
        (after(CallIs(standing="idle")), "Zodra er een gesprek is"),
        (after(STARTED), "Ik luister mee"),
    ],
)
def test_where_words_will_come_it_says_what_is_waited_for(view: LiveView, words: str) -> None:
    assert words in wording.waiting(view)


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (after(STARTED), ""),
        (after(STARTED, says(CUSTOMER, 0, 1, "ja", delay=4)), "4 s achter"),
        (after(STARTED, loses(CUSTOMER, 1)), "niet gehoord"),
        (after(SideIs(speaker=CUSTOMER, missing="het apparaat is weg")), "Klant niet te horen"),
        (after(GONE, SideIs(speaker=CUSTOMER, missing=None)), ""),
    ],
)
def test_what_is_missing_or_late_is_told(view: LiveView, words: str) -> None:
    assert wording.trouble(view) == words or (words and words in wording.trouble(view))


def moment(valence: float | None) -> Moment:
    return Moment(
        turn=0,
        start=s(1),
        end=s(2),
        valence=valence,
        intensity=None,
        emotions=(),
        negative=False,
        because="",
    )


REVIEW = AfterCall(
    call_id="klein",
    well=(Point(key="summary.well_done", at=s(65)),),
    grow=(),
    order=OrderValue.ASKED_FIRST,
    start=moment(-2),
    lowest=moment(-2),
    end=moment(1),
    promises=(),
    pause=None,
    abuse=(),
)


def test_after_the_call_the_way_of_the_mood_is_told() -> None:
    told = wording.course_of(REVIEW)
    assert told == "begin heel negatief, laagste heel negatief, einde positief"
    assert "onbekend" in wording.course_of(replace(REVIEW, start=None))


def test_a_remark_is_told_with_its_moment() -> None:
    assert wording.point(REVIEW.well[0]).endswith("(1:05)")


def test_a_silent_coach_says_that_there_was_nothing_to_say() -> None:
    assert "er was niets te zeggen" in dict(wording.rows(REVIEW, ()))["Seintjes"]


def test_the_summary_says_what_the_agent_thought_of_each_nudge() -> None:
    nudges = after(STARTED, nudge(at=65), answered()).nudges
    told = dict(wording.rows(REVIEW, nudges))["Seintjes"]
    assert told == "1:05  Noem eerst wat u hoort (nuttig)"


def bereaved() -> LiveView:
    kind = EscalationKind.BEREAVEMENT
    words = "is overleden"
    sign = Escalation(kind=kind, modality=Modality.ASSERTED, because=words)
    told = replace(feels(0, Emotion.SADNESS), escalations=(sign,))
    return after(STARTED, told, risk(RiskLevel.WATCH, words))


def test_a_loss_asks_for_care_and_is_no_danger() -> None:
    assert wording.asks_for_care(bereaved())
    assert wording.risk_now(bereaved()) == "met zorg · verlies"
    assert wording.risk_spoken(bereaved()).startswith("Risico: met zorg · verlies, om:")


def test_a_call_that_may_grow_is_named_by_its_kind() -> None:
    shown = replace(bereaved(), risk_kinds=(EscalationKind.CANCEL,))
    assert wording.risk_now(shown) == "let op · opzeggen"


def test_figures_are_told_when_they_are_known() -> None:
    known = LiveFigures(
        agent_speech=s(30),
        customer_speech=s(60),
        agent_words=75,
        agent_worded=s(30),
        silences=2,
        longest_silence=s(5),
    )
    told = wording.figures(LiveView(figures=known))
    assert told == ["U praat 33\u00a0%", "150 woorden/min", "2 stiltes, langste 5 s"]
    assert wording.figures(LiveView()) == ["U praat –", "– woorden/min", "geen stiltes"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_can_be_shown_has_words_in_both_languages(language: str) -> None:
    choose_language(language)
    assert all(wording.order(value) for value in OrderValue)
    assert all(wording.risk(level) for level in RiskLevel)
    for kind in EscalationKind:
        assert wording.risk_now(LiveView(risk=RiskLevel.HIGH, risk_kinds=(kind,)))
    assert all(wording.state(LiveView(light=light)) for light in Light)
    for kind in NudgeKind:
        shown = Nudge(number=0, kind=kind, at=Samples(0), because="")
        assert wording.title(shown)
        assert wording.example(shown)
    assert feels(1, *Emotion).emotions == tuple(Emotion)
    assert all(wording.feeling(mood(one)) for one in Emotion)
