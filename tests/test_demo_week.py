"""The invented weeks: whole calls, decided by the real core, the same every time."""

from collections import Counter
from datetime import date

from coach.core.events import CallEnded, CallStarted, NudgeShown
from coach.core.replay import compare
from coach.core.vocabulary import Speaker
from coach.demo.week import weeks
from coach.store.codec import from_json, to_json

FIRST = date(2026, 11, 9)
WEEK = tuple(weeks(FIRST, calls=150))


def test_the_same_number_gives_the_same_weeks() -> None:
    again = tuple(weeks(FIRST, calls=150))
    assert [one.events for one in again] == [one.events for one in WEEK]
    assert [one.events for one in weeks(FIRST, calls=150, seed=8)] != [one.events for one in WEEK]


def test_every_call_is_whole_and_can_be_decided_again() -> None:
    for one in WEEK:
        assert isinstance(one.events[0], CallStarted)
        assert any(isinstance(event, CallEnded) for event in one.events)
        assert compare(one.events) is None
        assert one.events[0].emotion_from is Speaker.CUSTOMER


def test_every_call_survives_writing_and_reading() -> None:
    for event in WEEK[0].events:
        assert from_json(to_json(event)) == event


def test_calls_have_their_own_name_and_lie_in_the_period() -> None:
    starts = [one.events[0] for one in WEEK]
    assert all(isinstance(start, CallStarted) for start in starts)
    assert len({start.call_id for start in starts}) == len(WEEK)  # type: ignore[union-attr]
    days = {date.fromisoformat((start.began or "")[:10]) for start in starts}  # type: ignore[union-attr]
    assert min(days) >= FIRST
    assert len(days) >= 5


def test_most_calls_have_no_nudge_or_one() -> None:
    nudges = Counter(sum(isinstance(e, NudgeShown) for e in one.events) for one in WEEK)
    assert nudges[0] + nudges[1] > 0.8 * len(WEEK)
    assert max(nudges) <= 3
