"""Where a call begins and ends, by who speaks."""

import pytest

from coach.boundaries import OVER_AFTER_S, CallBeginning, CallEnding
from coach.core.units import RATE, Samples, to_seconds

STEP = 800


def beginning(agent: str, customer: str) -> float | None:
    """Where a call begins when sides speak where there is a letter; one letter is 0.5 s."""
    calls = CallBeginning()
    for number in range(len(agent) * 10):
        letter = number // 10
        found = calls.hear(
            Samples(number * STEP),
            STEP,
            agent=agent[letter] != ".",
            customer=customer[letter] != ".",
        )
        if found is not None:
            return to_seconds(found)
    return None


@pytest.mark.parametrize(
    ("agent", "customer", "begins"),
    [
        ("....hello.......", "..........yes...", 1.5),
        ("..........yes...", "....hello.......", 1.5),
        ("a.....", ".b....", 0.0),
        ("hello" + "." * 40, "." * 45, None),
        ("." * 45, "music" * 9, None),
        ("a" + "." * 32 + "..", "." * 33 + "bb", None),  # too far apart
        ("." * 20, "." * 20, None),
    ],
    ids=[
        "greeting and answer",
        "the customer first",
        "at once",
        "one side only",
        "hold music",
        "too far apart",
        "silence",
    ],
)
def test_a_call_begins_with_the_greeting_once_both_sides_have_spoken(
    agent: str, customer: str, begins: float | None
) -> None:
    assert beginning(agent, customer) == begins


def test_a_cough_is_no_speech() -> None:
    calls = CallBeginning()
    for number in range(100):
        cough = number in (20, 21, 60, 61)
        assert calls.hear(Samples(number * STEP), STEP, agent=cough, customer=cough) is None


def test_a_call_is_over_after_a_long_silence_and_not_before() -> None:
    ending = CallEnding()
    for second in range(1, 31):
        assert not ending.hear(Samples(second * RATE), speaking=second < 10)
    last = 9
    for second in range(31, last + int(OVER_AFTER_S)):
        assert not ending.hear(Samples(second * RATE), speaking=False)
    assert ending.hear(Samples((last + int(OVER_AFTER_S)) * RATE), speaking=False)
