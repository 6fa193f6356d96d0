"""What the note pad has heard, and what it makes of it."""

from datetime import datetime

import pytest

from coach.core.events import Utterance
from coach.core.notepad import Pad, listen
from coach.core.units import from_seconds
from coach.core.vocabulary import Speaker

BEGAN = datetime(2026, 11, 24, 10, 30)
AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER


def heard(*turns: tuple[Speaker, str], began: datetime | None = BEGAN) -> Pad:
    return listen(
        (
            Utterance(
                at=from_seconds(10 * n + 5),
                speaker=speaker,
                segment=n,
                start=from_seconds(10 * n),
                end=from_seconds(10 * n + 5),
                text=text,
            )
            for n, (speaker, text) in enumerate(turns)
        ),
        began,
    )


CALL = (
    (AGENT, "Goedemorgen, u spreekt met Sanne. Met wie spreek ik?"),
    (CUSTOMER, "Met mevrouw van der Meer. Mijn internet ligt er al weer uit."),
    (AGENT, "Wat vervelend. Op welk nummer kan ik u bereiken?"),
    (CUSTOMER, "nul zes, twaalf vierendertig zesenvijftig achtenzeventig"),
    (AGENT, "Dank u. Ik bel u morgen voor vijf uur terug."),
)


def test_a_call_fills_the_four_lines() -> None:
    assert heard(*CALL).lines() == {
        "name": "van der Meer",
        "number": "0612345678",
        "product": "internet",
        "promise": "Ik bel u morgen voor vijf uur terug.",
    }


def test_a_promise_has_a_moment_by_the_calls_own_clock() -> None:
    (promise,) = heard(*CALL).promises()
    assert promise.due == datetime(2026, 11, 25, 17, 0)
    assert promise.exact
    (unknown,) = heard(*CALL, began=None).promises()
    assert unknown.due is None


def test_a_call_back_without_a_moment_is_a_promise_too() -> None:
    (promise,) = heard((AGENT, "Dan bel ik u terug.")).promises()
    assert promise.due is None
    assert not promise.exact


@pytest.mark.parametrize(
    "text",
    ["Kan ik u morgen terugbellen?", "Ik stuur u even door.", "Ik zie het.", "Belt u ons dan?"],
)
def test_what_binds_nobody_is_no_promise(text: str) -> None:
    assert heard((AGENT, text)).promises() == ()


def test_the_agents_name_is_not_the_callers() -> None:
    assert heard((AGENT, "Goedemorgen, u spreekt met Sanne.")).lines() == {}


def test_a_later_number_replaces_an_earlier_one_and_both_are_known() -> None:
    pad = heard(
        (CUSTOMER, "mijn klantnummer is 304958"), (CUSTOMER, "en mijn nummer is 0612345678")
    )
    assert pad.lines()["number"] == "0612345678"
    assert [fact.text for fact in pad.facts] == ["304958", "0612345678"]


def test_a_name_in_small_letters_gets_its_capitals() -> None:
    assert heard((CUSTOMER, "u spreekt met van den berg")).lines()["name"] == "van den Berg"


def test_hearing_the_same_again_adds_nothing() -> None:
    twice = (CUSTOMER, "mijn naam is Vos")
    assert len(heard(twice, twice).facts) == 1
