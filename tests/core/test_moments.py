"""When what was promised is due."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.moments import due

TUESDAY = datetime(2026, 11, 24, 10, 30)


@pytest.mark.parametrize(
    ("words", "by", "exact"),
    [
        ("Ik bel u morgen voor vijf uur terug.", "2026-11-25T17:00", True),
        ("Ik bel u vandaag nog terug", "2026-11-24T17:00", False),
        ("vanmiddag om half drie", "2026-11-24T14:30", True),
        ("vanmiddag", "2026-11-24T17:00", False),
        ("vanavond bel ik u", "2026-11-24T21:00", False),
        ("u hoort overmorgen van mij", "2026-11-26T17:00", False),
        ("morgenochtend om kwart over negen", "2026-11-25T09:15", True),
        ("morgenmiddag", "2026-11-25T17:00", False),
        ("uiterlijk vrijdag", "2026-11-27T17:00", False),
        ("dinsdag bel ik", "2026-12-01T17:00", False),
        ("volgende week maandag", "2026-11-30T17:00", False),
        ("volgende week hoort u van ons", "2026-12-04T17:00", False),
        ("eind van de week", "2026-11-27T17:00", False),
        ("eind van de dag", "2026-11-24T17:00", False),
        ("binnen een kwartier", "2026-11-24T10:45", True),
        ("binnen twee uur", "2026-11-24T12:30", True),
        ("over tien minuten", "2026-11-24T10:40", True),
        ("binnen vier werkdagen", "2026-11-30T17:00", False),
        ("binnen 2 weken", "2026-12-08T17:00", False),
        ("op drie december", "2026-12-03T17:00", False),
        ("op 2 januari om 14:15", "2027-01-02T14:15", True),
        ("om elf uur", "2026-11-24T11:00", True),
        ("om tien uur", "2026-11-25T10:00", True),
        ("voor kwart voor vier", "2026-11-24T15:45", True),
    ],
)
def test_words_to_a_moment(words: str, by: str, exact: bool) -> None:
    found = due(words, TUESDAY)
    assert found is not None
    assert (found.by.isoformat(timespec="minutes"), found.exact) == (by, exact)


@pytest.mark.parametrize(
    "words", ["Ik bel u terug.", "Goedemorgen, met wie spreek ik?", "op dertig februari", ""]
)
def test_no_moment_no_guess(words: str) -> None:
    assert due(words, TUESDAY) is None


@given(
    words=st.lists(
        st.sampled_from(
            "morgen vandaag voor vijf uur binnen twee werkdagen om half vrijdag 31 mei 99:99 over "
            "nul weken volgende week kwart 24 duizend".split()
        ),
        max_size=8,
    ).map(" ".join),
    now=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),
)
def test_whatever_is_said_is_due_from_today_on(words: str, now: datetime) -> None:
    found = due(words, now)
    assert found is None or found.by >= now.replace(hour=0, minute=0, second=0, microsecond=0)
    assert found is None or found.by - now < timedelta(days=400_000)
