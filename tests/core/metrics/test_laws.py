"""What holds of the metrics of every call, and the table that defines them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core import feelings
from coach.core.events import LogEvent, SpeechEnded, Utterance, WorkLost
from coach.core.metrics import DEFINITIONS, figures, measure
from coach.core.metrics.mood import BEST
from coach.core.units import Samples
from coach.core.vocabulary import OrderValue, Speaker
from coach.phrases import area, say
from tests.core.metrics.test_counted import bereavement, calm, quarrel
from tests.core.metrics.written import AGENT, CUSTOMER, begun, ended, felt, said, t


def test_every_metric_has_a_name_and_a_definition_in_both_languages() -> None:
    known = area("metrics")
    for name, one in DEFINITIONS.items():
        assert {name, f"{name}_is", f"unit_{one.unit}"} <= known.keys(), name
    spare = {k.removesuffix("_is") for k in known if not k.startswith("unit_")} - DEFINITIONS.keys()
    assert spare == set()


@pytest.mark.parametrize("call", [bereavement, quarrel, calm])
def test_every_figure_is_of_its_unit(call: object) -> None:
    for name, figure in figures(measure(call())).items():  # type: ignore[operator]
        unit = DEFINITIONS[name].unit
        if figure is None:
            continue
        match unit:
            case "yes_no":
                assert isinstance(figure, bool), name
            case "word":
                assert isinstance(figure, str), name
            case "count":
                assert isinstance(figure, int), name
            case _:
                assert isinstance(figure, float), name


def test_an_empty_call_knows_nothing() -> None:
    """Nobody spoke: what would need words is unknown, not 0."""
    got = figures(measure([begun(), *ended(0, OrderValue.NO_ASK)]))
    unknown = {name for name, figure in got.items() if figure is None}
    assert {"upset", "emotion_start", "sentiment", "asks", "open_questions"} <= unknown
    assert {"talk_agent_share", "pace_agent", "non_talk_share", "promises"} <= unknown


def test_a_log_without_a_start_is_refused() -> None:
    with pytest.raises(ValueError, match="begins with its start"):
        measure([said(AGENT, 0, 1, "Hallo.")])


def test_only_the_last_judgement_of_a_turn_counts() -> None:
    events = [
        begun(),
        felt(0, 1, 2, -2.0, partial=True),
        felt(0, 1, 3, -2.0),
        felt(0, 1, 4, 1.0),
        felt(2, 5, 6, 0.0, partial=True),
    ]
    mood = measure([*events, *ended(9, OrderValue.NO_ASK)]).mood
    assert [one.valence for one in mood.curve] == [1]
    assert mood.upset is False


@pytest.mark.parametrize(("language", "comma"), [("nl", ","), ("en", ".")])
def test_the_definition_of_upset_names_the_limits_that_decide(language: str, comma: str) -> None:
    told = say("metrics.upset_is", language)
    for limit in (feelings._DARK, feelings._VERY_DARK):
        assert f"{limit}".replace(".", comma) in told


def test_speech_whose_words_were_lost_is_talk_without_words() -> None:
    lost = [
        SpeechEnded(at=t(4), speaker=CUSTOMER, segment=0, start=t(1), end=t(4), reason="pause"),
        WorkLost(at=t(4), speaker=CUSTOMER, part="recogniser", start=t(1), end=t(4), reason="x"),
    ]
    side = measure([begun(), *lost, *ended(5, OrderValue.NO_ASK)]).talk.customer
    assert (side.time, side.words, side.pace) == (t(3), None, None)


def test_a_sound_without_words_is_no_talk() -> None:
    noise = [
        SpeechEnded(at=t(4), speaker=CUSTOMER, segment=0, start=t(1), end=t(4), reason="pause"),
        Utterance(at=t(4), speaker=CUSTOMER, segment=0, start=t(1), end=t(4), text=""),
    ]
    assert measure([begun(), *noise, *ended(5, OrderValue.NO_ASK)]).talk.customer.time == 0


stretches = st.lists(
    st.tuples(st.sampled_from(Speaker), st.integers(0, 600), st.integers(1, 60)), max_size=12
)


def _apart(spoken: list[tuple[Speaker, int, int]]) -> list[LogEvent]:
    """The stretches in order, each side after its own earlier speech."""
    free = dict.fromkeys(Speaker, 0)
    events: list[LogEvent] = []
    for who, start, length in sorted(spoken, key=lambda one: one[1]):
        begins = max(start, free[who])
        free[who] = begins + length + 2
        events.append(said(who, begins / 10, (begins + length) / 10, "iets langs dit"))
    return events


@given(stretches)
def test_talk_and_silence_never_exceed_the_call(spoken: list[tuple[Speaker, int, int]]) -> None:
    events = _apart(spoken)
    end = max((event.at for event in events), default=Samples(0)) / 16_000
    talk = measure([begun(), *events, *ended(end, OrderValue.NO_ASK)]).talk
    both = talk.agent.time + talk.customer.time - talk.overlap
    assert 0 <= talk.overlap <= min(talk.agent.time, talk.customer.time)
    assert both + talk.non_talk <= end * 16_000 + 1
    assert talk.interrupted <= talk.overlap
    assert all(one.length > t(3) for one in talk.silences)


@given(st.lists(st.tuples(st.floats(-2, 2), st.integers(1, 100)), min_size=1, max_size=9))
def test_scores_stay_on_the_scale_of_contact_lens(turns: list[tuple[float, int]]) -> None:
    events: list[LogEvent] = [begun()]
    now = 0.0
    for number, (valence, length) in enumerate(turns):
        events.append(felt(number, now, now + length / 10, valence))
        now += length / 10 + 0.5
    mood = measure([*events, *ended(now, OrderValue.NO_ASK)]).mood
    scores = [q.score for q in (*mood.quarters, *mood.graded_quarters)]
    scores += [mood.overall, mood.graded]
    assert all(score is None or -BEST <= score <= BEST for score in scores)
    assert mood.lowest is not None
    assert mood.recovery is not None
    assert mood.recovery >= 0
