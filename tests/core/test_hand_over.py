"""What the next person gets: the protocol's text, filled from the call, without personal data."""

import pytest

from coach.core.events import LogEvent
from coach.core.hand_over import Wording, hand_over, tasks
from coach.core.metrics import measure
from coach.core.protocol import read_protocol
from coach.core.quotes import sentence_around
from coach.core.vocabulary import Act, Emotion, EscalationKind, OrderValue
from tests.core.metrics.written import CUSTOMER, agent, begun, ended, felt, said

ALL_GAPS = "{when}|{reference}|{agent}|{words}|{cause}|{mood}|{promise}|{deadline}"
PROTOCOL = read_protocol(
    "\n".join(
        f"""[{kind}]
owner.nl = "Anne"
owner.en = "Anne"
channel = "mail"
deadline = "{deadline}"
call_back = true
steps.nl = ["Noteer"]
steps.en = ["Note"]
hand_over.nl = "{ALL_GAPS}"
hand_over.en = "x"
"""
        for kind, deadline in (("legal", "2 hours"), ("media", "1 working day"))
    )
)
WORDING = Wording(
    language="nl",
    unknown="onbekend",
    somebody="een medewerker",
    nothing="niets",
    moment="%d-%m %H:%M",
    mood={"anger": "boos", "neutral": "rustig", "from_to": "{start} > {lowest} > {end}"},
)


def call(*, began: str | None = "2026-03-06T15:00:00+01:00") -> list[LogEvent]:
    known = {} if began is None else {"began": began, "agent": "a7", "reference": "R-9"}
    return [
        begun(**known),
        said(CUSTOMER, 60, 66, "Luister. Dan bel ik said media op 0612345678! Ja."),
        felt(0, 60, 66, -2.0, Emotion.ANGER, signs=[EscalationKind.MEDIA]),
        *agent(1, 67, 70, "Ik bel u morgen terug.", Act.PROMISE_CALLBACK),
        felt(2, 71, 72, 0.0),
        *ended(80, OrderValue.NO_ASK),
    ]


def test_the_gaps_are_filled_from_the_call() -> None:
    events = call()
    (task,) = tasks(events, PROTOCOL)
    text = hand_over(task, measure(events), WORDING, "Storing")
    when, reference, who, words, cause, mood, promise, deadline = text.split("|")
    assert (when, reference, who) == ("06-03 15:01", "R-9", "a7")
    assert words.startswith("Dan bel ik said media op")
    assert "0612345678" not in words
    assert (cause, mood) == ("Storing", "boos > boos > rustig")
    assert promise == "Ik bel u morgen terug."
    assert deadline == "09-03 17:00"  # Friday afternoon, one working day: Monday at closing time


def test_what_is_not_known_is_said_to_be_unknown() -> None:
    events = call(began=None)
    (task,) = tasks(events, PROTOCOL)
    text = hand_over(task, measure(events), WORDING)
    assert task.due is None
    assert text.split("|")[:3] == ["onbekend", "written", "een medewerker"]
    assert text.split("|")[4] == "onbekend"


def test_a_call_without_signs_asks_for_nothing() -> None:
    assert tasks([begun(), *ended(1, OrderValue.NO_ASK)], PROTOCOL) == ()


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("Een. Twee drie! Vier?", "drie", "Twee drie!"),
        ("Een. Twee drie! Vier?", "drie! Vier", "Twee drie! Vier?"),
        ("Een", "Een", "Een"),
        ("Een. Twee", "drie", "Een. Twee"),
        ("", "drie", "drie"),
        ("", "", ""),
    ],
)
def test_the_sentence_around_words(text: str, words: str, sentence: str) -> None:
    assert sentence_around(text, words) == sentence
