from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.core.events import CallEnded, Event, LogEvent, OrderJudged
from coach.core.summary import after_call
from coach.core.units import Samples
from coach.core.vocabulary import (
    Act,
    Emotion,
    EscalationKind,
    NudgeKind,
    OrderValue,
    RiskLevel,
)
from tests.harness import Story, calm
from tests.harness import feels as reads
from tests.ui.events import (
    AGENT,
    CUSTOMER,
    SAD_WORDS,
    STARTED,
    answered,
    begins,
    does,
    feels,
    looks,
    loses,
    nudge,
    risk,
    s,
    says,
    withdrawn,
)
from ui.controls import CallIs
from ui.messages import Message, Played, Stopped
from ui.viewmodel import LINES_KEPT, Light, LiveView, LiveViewModel


def after(*messages: Message) -> LiveView:
    """The picture after `messages`, events stamped in order as the sequencer does."""
    model = LiveViewModel(LiveView(length=s(100)))
    latest = s(0)
    for message in messages:
        if isinstance(message, Event):
            latest = max(latest, message.at)
            model.take(replace(message, at=latest))
        else:
            model.take(message)
    return model.view


def texts(view: LiveView) -> list[tuple[str, str, str]]:
    """Who, the words that will stay, the words that may change."""
    return [(line.speaker.value, line.text, line.tail) for line in view.lines]


# ---- the state light ----


@pytest.mark.parametrize(
    ("messages", "light", "over"),
    [
        ([], Light.LOADING, False),
        ([STARTED], Light.LISTENING, False),
        ([STARTED, CallEnded(at=s(9))], Light.ENDED, False),
        ([STARTED, CallEnded(at=s(9)), Stopped()], Light.ENDED, True),
        ([Stopped(why="geen model")], Light.FAILED, True),
        ([STARTED, Stopped(why="schijf vol")], Light.FAILED, True),
        ([Stopped()], Light.ENDED, True),
    ],
)
def test_the_light_follows_the_call(messages: list[Message], light: Light, over: bool) -> None:
    view = after(*messages)
    assert (view.light, view.over) == (light, over)


def test_the_reason_of_a_failure_is_kept() -> None:
    assert after(STARTED, Stopped(why="schijf vol")).failure == "schijf vol"


def test_the_length_of_the_call_outlives_its_start() -> None:
    assert after(STARTED).length == s(100)


def test_the_clock_only_goes_forward() -> None:
    view = after(STARTED, Played(at=s(5)), Played(at=s(4)), begins(AGENT, 0, 3))
    assert view.now == s(5)


# ---- what is said ----


def test_speech_shows_before_its_words_are_known() -> None:
    view = after(STARTED, begins(CUSTOMER, 0, 1))
    assert texts(view) == [("customer", "", "")]
    assert view.lines[0].open


def test_a_look_shows_loose_words_and_the_utterance_settles_them() -> None:
    first: list[Message] = [STARTED, begins(AGENT, 0, 1), looks(AGENT, 0, 1, "wat is")]
    assert texts(after(*first)) == [("agent", "", "wat is")]
    final = says(AGENT, 0, 1, "Wat is uw postcode?")
    assert texts(after(*first, final)) == [("agent", "Wat is uw postcode?", "")]


def test_words_that_two_looks_agree_on_are_settled_while_the_speech_goes_on() -> None:
    view = after(
        STARTED,
        begins(CUSTOMER, 0, 1),
        looks(CUSTOMER, 0, 1, "mijn zus is"),
        looks(CUSTOMER, 0, 1, "mijn zus ik overleed"),
    )
    assert texts(view) == [("customer", "mijn zus", "ik overleed")]


def test_a_look_at_the_rest_of_long_speech_keeps_the_words_before_it() -> None:
    view = after(
        STARTED,
        begins(CUSTOMER, 0, 1),
        looks(CUSTOMER, 0, 1, "mijn zus is"),
        looks(CUSTOMER, 0, 1, "mijn zus is"),
        looks(CUSTOMER, 0, 1.8, "is overleden"),
    )
    assert [line.start for line in view.lines] == [s(1)]
    assert texts(view) == [("customer", "mijn zus is", "overleden")]


def test_a_look_that_hears_nothing_takes_no_words_away() -> None:
    first: list[Message] = [STARTED, begins(CUSTOMER, 0, 1), looks(CUSTOMER, 0, 1, "mijn zus")]
    assert after(*first, looks(CUSTOMER, 0, 2, "")).lines == after(*first).lines


def test_a_look_that_comes_after_the_final_words_changes_nothing() -> None:
    view = after(STARTED, says(AGENT, 0, 1, "Wat is uw postcode?"), looks(AGENT, 0, 1, "wat is"))
    assert texts(view) == [("agent", "Wat is uw postcode?", "")]


def test_speech_without_words_leaves_no_line() -> None:
    assert after(STARTED, begins(AGENT, 0, 1), says(AGENT, 0, 1, "")).lines == ()


def test_lines_stand_in_the_order_in_which_they_were_begun() -> None:
    view = after(STARTED, says(AGENT, 0, 3, "later"), says(CUSTOMER, 0, 1, "eerder"))
    assert [line.text for line in view.lines] == ["eerder", "later"]


def test_speech_that_could_not_be_heard_says_so() -> None:
    view = after(STARTED, begins(CUSTOMER, 0, 1), loses(CUSTOMER, 1))
    (line,) = view.lines
    assert line.lost
    assert not line.open
    assert view.loss is not None


def test_a_loss_on_one_side_does_not_touch_the_other() -> None:
    view = after(STARTED, begins(AGENT, 0, 1), loses(CUSTOMER, 1))
    assert not view.lines[0].lost


def test_the_transcript_of_a_long_call_stays_short() -> None:
    call = [says(AGENT, number, number * 3, f"zin {number}") for number in range(LINES_KEPT + 20)]
    view = after(STARTED, *call)
    assert len(view.lines) == LINES_KEPT
    assert view.lines[-1].text == f"zin {LINES_KEPT + 19}"


def test_nobody_goes_on_speaking_after_the_end() -> None:
    assert after(STARTED, begins(AGENT, 0, 1), CallEnded(at=s(3))).lines == ()


@pytest.mark.parametrize(("delay", "behind"), [(0.5, 0.0), (1.9, 0.0), (2.0, 2.0), (7.0, 7.0)])
def test_a_late_answer_is_told_from_two_seconds(delay: float, behind: float) -> None:
    assert after(STARTED, says(AGENT, 0, 1, "ja", delay=delay)).behind == s(behind)


def test_the_coach_that_has_caught_up_is_not_behind() -> None:
    view = after(STARTED, says(AGENT, 0, 1, "ja", delay=5), says(AGENT, 1, 9, "nee"))
    assert view.behind == 0


# ---- what it tells ----


def test_a_later_reading_of_a_turn_replaces_the_earlier_one() -> None:
    view = after(STARTED, feels(1, Emotion.ANGER), feels(1, Emotion.SADNESS), feels(3))
    assert [mood.emotions for mood in view.moods] == [(Emotion.SADNESS,), ()]
    assert view.mood == view.moods[-1]


def test_a_mood_keeps_the_words_that_caused_it() -> None:
    mood = after(STARTED, feels(1, Emotion.SADNESS)).mood
    assert mood is not None
    assert mood.because == SAD_WORDS


def test_half_a_sentence_may_show_a_feeling_but_not_that_there_is_none() -> None:
    begun = [STARTED, feels(1, Emotion.SADNESS)]
    early = replace(feels(3, Emotion.ANGER), partial=True)
    calm_so_far = replace(feels(3, valence=0, intensity=0), partial=True)
    for message, emotion in ((early, Emotion.ANGER), (calm_so_far, Emotion.SADNESS)):
        mood = after(*begun, message).mood
        assert mood is not None
        assert mood.emotions == (emotion,)


def test_the_whole_sentence_may_take_an_early_feeling_back() -> None:
    early = replace(feels(3, Emotion.ANGER), partial=True)
    mood = after(STARTED, early, feels(3, valence=0, intensity=0)).mood
    assert mood is not None
    assert mood.emotions == ()


def test_what_the_agent_says_never_becomes_a_mood() -> None:
    view = after(STARTED, says(AGENT, 0, 1, "Ik ben woedend"), does(0, Act.GREET))
    assert view.moods == ()


def test_the_risk_is_shown_with_its_words_and_can_come_down() -> None:
    view = after(STARTED, risk(RiskLevel.HIGH))
    assert (view.risk, view.risk_because) == (RiskLevel.HIGH, "advocaat")
    assert after(STARTED, risk(RiskLevel.HIGH), risk(RiskLevel.WATCH, "dank")).risk is (
        RiskLevel.WATCH
    )


# ---- nudges ----


def test_a_nudge_stands_with_its_reason() -> None:
    card = after(STARTED, nudge()).card
    assert card is not None
    assert (card.kind, card.because) == (NudgeKind.ACKNOWLEDGE_FIRST, SAD_WORDS)


@pytest.mark.parametrize("reason", ["done", "expired", "replaced"])
def test_a_withdrawn_nudge_goes_and_says_how(reason: str) -> None:
    view = after(STARTED, nudge(), withdrawn(reason=reason))
    assert (view.card, view.after) == (None, reason)


@pytest.mark.parametrize("answer", ["useful", "not_now", "wrong"])
def test_an_answered_nudge_goes_and_remembers_the_answer(answer: str) -> None:
    view = after(STARTED, nudge(), answered(answer=answer))
    assert (view.card, view.after) == (None, answer)
    assert view.nudges[0].answer == answer


def test_what_happens_to_another_nudge_leaves_this_one_standing() -> None:
    both = [STARTED, nudge(0), nudge(1, NudgeKind.TAKE_SERIOUSLY, at=7)]
    for event in (withdrawn(0), answered(0)):
        card = after(*both, event).card
        assert card is not None
        assert card.number == 1


def test_a_new_nudge_ends_the_thanks_for_the_last_one() -> None:
    assert after(STARTED, nudge(0), answered(0), nudge(1)).after is None


def test_no_nudge_stands_when_the_call_is_over() -> None:
    assert after(STARTED, nudge(), CallEnded(at=s(9))).card is None


# ---- a whole call through the real core ----


def grieving() -> Story:
    story = Story()
    story.agent("Goedemiddag, u spreekt met Lotte.", Act.GREET)
    story.customer("Mijn zus is overleden en ik regel haar zaken.", reads(Emotion.SADNESS, 2, -2))
    story.agent("Wat is uw postcode?", Act.ASK_IDENTIFICATION)
    story.customer("Eh ja, dat is negen acht twee zes.", calm())
    story.agent("Gecondoleerd, wat naar voor u.", Act.CONDOLE, Act.ACKNOWLEDGE_EMOTION)
    return story.customer("Dank u wel, dat doet me goed.", reads(Emotion.GRATITUDE, 1, 1))


def threatening() -> Story:
    story = Story()
    story.agent("Goedemiddag, waarmee kan ik u helpen?", Act.GREET)
    story.customer(
        "Voor de derde keer een fout, ik neem een advocaat.",
        reads(Emotion.ANGER, 3, -2, EscalationKind.LEGAL),
    )
    story.agent(
        "Wat vervelend. | Wat is uw klantnummer?", Act.ACKNOWLEDGE_EMOTION, Act.ASK_IDENTIFICATION
    )
    return story.customer("Vier vier twee.", calm())


def plain() -> Story:
    story = Story()
    story.customer("Ik wil graag mijn adres wijzigen.", calm())
    return story.agent("Dat kan, welk adres wordt het?", Act.OPEN_QUESTION)


CALLS = {story.__name__: story().run() for story in (grieving, threatening, plain)}


@pytest.mark.parametrize("name", CALLS)
def test_the_order_check_shown_live_is_the_one_judged_at_the_end(name: str) -> None:
    log = CALLS[name]
    (judged,) = [event for event in log if isinstance(event, OrderJudged)]
    assert after(*log).order is judged.value


def test_the_order_check_is_known_before_the_call_ends() -> None:
    log = CALLS["grieving"]
    before_the_end = log[: next(n for n, e in enumerate(log) if isinstance(e, CallEnded))]
    assert after(*before_the_end).order is OrderValue.ASKED_FIRST


def test_the_review_of_the_call_stands_until_the_next_call_begins() -> None:
    log = CALLS["grieving"]
    review = after_call(log)
    shown = after(*log, review)
    assert shown.review == review
    assert shown.light is Light.ENDED
    assert after(*log, review, CallIs(standing="idle")).review == review
    assert after(*log, review, STARTED).review is None


@settings(deadline=None)
@given(name=st.sampled_from(sorted(CALLS)), data=st.data())
def test_at_every_moment_at_most_one_nudge_stands_and_it_is_on_record(
    name: str, data: st.DataObject
) -> None:
    log = CALLS[name]
    view = after(*log[: data.draw(st.integers(1, len(log)))])
    assert view.card is None or view.card in view.nudges
    assert list(view.lines) == sorted(view.lines, key=lambda line: line.start)
    assert view.now == max(times(log[: 1 + last_place(log, view.now)]))


def times(log: Iterable[LogEvent]) -> list[Samples]:
    return [event.at for event in log]


def last_place(log: list[LogEvent], now: Samples) -> int:
    return max(n for n, event in enumerate(log) if event.at <= now)
