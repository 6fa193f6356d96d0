import pytest

from coach.core.events import CallSummarised
from coach.core.units import Samples
from coach.core.vocabulary import Emotion, NudgeKind, OrderValue, RiskLevel
from coach.phrases import LANGUAGES, choose_language
from tests.ui.events import CUSTOMER, STARTED, answered, feels, loses, nudge, s, says, withdrawn
from tests.ui.test_viewmodel import after
from ui import wording
from ui.viewmodel import Light, LiveView, Mood, Nudge, Stopped


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
    ("seconds", "words"), [(0, "0:00"), (7.9, "0:07"), (61, "1:01"), (3_725, "62:05")]
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
        (LiveView(), "De coach haalt"),
        (after(STARTED), "Ik luister mee"),
        (after(STARTED, nudge(), withdrawn(reason="done")), "Goed zo"),
        (after(STARTED, nudge(), withdrawn(reason="expired")), "Ik luister mee"),
        (after(STARTED, nudge(), answered(answer="wrong")), "Genoteerd: klopt niet"),
        (after(Stopped(why="geen model")), "geen model"),
    ],
)
def test_the_quiet_line_says_what_the_moment_asks(view: LiveView, words: str) -> None:
    assert words in wording.quiet(view)


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (after(STARTED), ""),
        (after(STARTED, says(CUSTOMER, 0, 1, "ja", delay=4)), "4 s achter"),
        (after(STARTED, loses(CUSTOMER, 1)), "niet gehoord"),
    ],
)
def test_what_is_missing_or_late_is_told(view: LiveView, words: str) -> None:
    assert wording.trouble(view) == words or (words and words in wording.trouble(view))


def summary(start: float | None, end: float | None, *events: object) -> LiveView:
    told = CallSummarised(
        at=s(90),
        customer_turns=2,
        agent_turns=2,
        customer_speech=s(10),
        agent_speech=s(10),
        valence_start=start,
        valence_lowest=start,
        valence_end=end,
        risk_highest=RiskLevel.NONE,
        nudges_shown=0,
        losses=0,
    )
    return after(STARTED, *events, told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "end", "praised"), [(-2, 1, True), (-1, -1, False), (None, 1, False), (1, -2, False)]
)
def test_only_a_call_that_ended_better_is_said_to_have_done_so(
    start: float | None, end: float | None, praised: bool
) -> None:
    told = summary(start, end).summary
    assert told is not None
    assert ("beter" in wording.praise(told)) is praised


def test_a_silent_coach_says_that_there_was_nothing_to_say() -> None:
    told = summary(0, 0).summary
    assert told is not None
    assert "er was niets te zeggen" in dict(wording.rows(told))["Seintjes"]


def test_the_summary_says_what_the_agent_thought_of_each_nudge() -> None:
    told = summary(0, 0, nudge(at=65), answered()).summary
    assert told is not None
    assert dict(wording.rows(told))["Seintjes"] == "1:05  Noem eerst wat u hoort (nuttig)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_can_be_shown_has_words_in_both_languages(language: str) -> None:
    choose_language(language)
    assert all(wording.order(value) for value in OrderValue)
    assert all(wording.risk(level) for level in RiskLevel)
    assert all(wording.state(LiveView(light=light)) for light in Light)
    for kind in NudgeKind:
        shown = Nudge(number=0, kind=kind, at=Samples(0), because="")
        assert wording.title(shown)
        assert wording.example(shown)
    assert feels(1, *Emotion).emotions == tuple(Emotion)
    assert all(wording.feeling(mood(one)) for one in Emotion)
