"""Compatible with Contact Lens: the example that Amazon publishes, by its times and its figures."""

import pytest

from coach.core.events import LogEvent
from coach.core.metrics import measure
from coach.core.metrics.talk import joined
from coach.core.units import from_seconds
from coach.core.vocabulary import OrderValue, Speaker
from tests.core.metrics.written import AGENT, CUSTOMER, begun, ended, felt, said

# Begin, end (ms), words and sentiment of each turn in "Example Contact Lens output files".
TURNS = (
    (AGENT, 0, 90, 1, None),
    (CUSTOMER, 160, 4640, 8, 0.0),
    (AGENT, 4640, 6610, 7, None),
    (CUSTOMER, 7370, 11190, 11, -1.0),
    (AGENT, 11220, 15210, 16, None),
    (CUSTOMER, 15840, 18120, 6, 1.0),
    (AGENT, 18310, 21820, 14, None),
    (CUSTOMER, 22610, 24140, 5, 1.0),
    (AGENT, 24120, 29710, 22, None),
    (CUSTOMER, 30580, 32110, 7, 1.0),
)


def published() -> list[LogEvent]:
    events: list[LogEvent] = [begun()]
    for turn, (who, start, end, words, valence) in enumerate(TURNS):
        events.append(said(who, start / 1000, end / 1000, " ".join(["woord"] * words)))
        if valence is not None:
            events.append(felt(turn, start / 1000, end / 1000, valence))
    return [*events, *ended(32.11, OrderValue.NO_ASK)]


def test_the_scores_by_quarter_are_those_of_the_example() -> None:
    mood = measure(published()).mood
    assert [quarter.score for quarter in mood.quarters] == [-2.5, 5, 5, 5]
    assert mood.overall == pytest.approx(3.1, abs=0.05)
    ends = [round(quarter.end / 16) for quarter in mood.quarters]
    assert ends == pytest.approx([8027, 16055, 24082, 32110], abs=1)


def test_the_pace_is_that_of_the_example() -> None:
    """Published: 239 and 163 words a minute (its own talk times are a little shorter than ours)."""
    talk = measure(published()).talk
    assert talk.agent.pace == pytest.approx(239, rel=0.01)
    assert talk.customer.pace == pytest.approx(163, rel=0.01)


def test_nobody_interrupts_and_nobody_is_silent_in_the_example() -> None:
    talk = measure(published()).talk
    assert (talk.interruptions, talk.silences) == ((), ())


def test_cuts_in_long_speech_are_mended() -> None:
    cut = [
        said(CUSTOMER, 1, 20, "een"),
        said(CUSTOMER, 20, 25, "twee"),
        said(AGENT, 24, 27, "ik wil"),
    ]
    talk = measure([begun(), *cut, *ended(28, OrderValue.NO_ASK)]).talk
    assert talk.customer.longest == from_seconds(24)
    (only,) = talk.interruptions
    assert (only.by, only.start) == (Speaker.AGENT, from_seconds(24))
    assert joined([]) == []
