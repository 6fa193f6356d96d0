"""A whole call: nothing telling stays in any of its events, and the decisions are the same."""

from dataclasses import fields, replace
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.events import (
    CallEnded,
    CustomerScored,
    Heard,
    LogEvent,
    NudgeShown,
    Utterance,
    Word,
)
from coach.core.readings import Because, Escalation
from coach.core.redaction import Redactor, readable, redact_events
from coach.core.replay import compare
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import Act, Emotion, NudgeKind, Speaker
from tests.harness import Story, feels
from tests.strategies import logs

CUSTOMER = Speaker.CUSTOMER
POSTCODE = "Zes vijf twee vier ka el, nummer twaalf."
NAME = "Ja, goedemorgen, u spreekt met mevrouw Terpstra, mijn man is overleden."


def utterance(speaker: Speaker, at_s: float, text: str) -> Utterance:
    start, words = from_seconds(at_s), text.split()
    return Utterance(
        at=from_seconds(at_s + 2),
        speaker=speaker,
        segment=0,
        start=start,
        end=from_seconds(at_s + 2),
        text=text,
        words=tuple(
            Word(start=Samples(start + n * 100), end=Samples(start + n * 100 + 90), text=word)
            for n, word in enumerate(words)
        ),
    )


def told(events: list[LogEvent]) -> str:
    """Everything that stands in a log."""
    return " ".join(repr(event) for event in events)


# ---- nothing stays -------------------------------------------------------------------------------


def test_the_question_before_it_tells_what_a_number_is() -> None:
    redactor = Redactor()
    redactor.redact(utterance(Speaker.AGENT, 0, "Wat is uw postcode?"))
    redactor.redact(utterance(Speaker.CUSTOMER, 3, "Moment hoor."))
    kept = redactor.redact(utterance(Speaker.CUSTOMER, 6, "vierenveertig elf"))
    assert isinstance(kept, Utterance)
    assert readable(kept.text) == "‹postcode›"


def test_a_number_in_two_stretches_of_speech_is_one() -> None:
    redactor = Redactor()
    redactor.redact(utterance(Speaker.CUSTOMER, 0, "mijn klantnummer is"))
    kept = redactor.redact(utterance(Speaker.CUSTOMER, 3, "drie nul vier"))
    assert isinstance(kept, Utterance)
    assert readable(kept.text) == "‹nummer›"


def test_what_the_agent_says_back_goes_too() -> None:
    redactor = Redactor()
    redactor.redact(utterance(Speaker.AGENT, 0, "Mag ik uw klantnummer?"))
    redactor.redact(utterance(Speaker.CUSTOMER, 3, "vier acht nul negen"))
    kept = redactor.redact(utterance(Speaker.AGENT, 6, "Dus 4809, klopt dat?"))
    assert isinstance(kept, Utterance)
    assert readable(kept.text) == "Dus ‹nummer›, klopt dat?"


def test_a_name_that_is_told_late_goes_from_the_beginning_too() -> None:
    log: list[LogEvent] = [
        utterance(Speaker.CUSTOMER, 0, "Zeg maar gewoon dat Terpstra belt."),
        utterance(Speaker.CUSTOMER, 30, "Mijn naam is Terpstra."),
    ]
    assert "Terpstra" not in told(redact_events(log))


def test_every_word_keeps_its_moment() -> None:
    event = utterance(Speaker.CUSTOMER, 0, f"Eh, {POSTCODE}")
    (kept,) = redact_events([event])
    assert isinstance(kept, Utterance)
    assert [(w.start, w.end) for w in kept.words] == [(w.start, w.end) for w in event.words]
    assert " ".join(word.text for word in kept.words) == kept.text
    assert readable(kept.text) == "Eh, ‹postcode›, nummer ‹huisnummer›."


def test_a_look_shows_no_beginning_of_a_number() -> None:
    full = utterance(Speaker.CUSTOMER, 0, "mijn nummer is nul zes twaalf")
    look = Heard(
        **{f.name: getattr(full, f.name) for f in fields(Heard) if hasattr(full, f.name)},
    )
    (kept,) = redact_events([look])
    assert isinstance(kept, Heard)
    assert readable(kept.text) in ("mijn nummer is ‹telefoonnummer›", "mijn nummer is ‹nummer›")


def story() -> Story:
    """A caller who gives a name and a postcode, and an agent who asks without a word of comfort."""
    told = Story()
    told.customer(NAME, feels(Emotion.SADNESS, 2, -2))
    told.agent("Wat is uw postcode en huisnummer?", Act.ASK_IDENTIFICATION)
    told.customer(POSTCODE, feels(Emotion.SADNESS, 2, -2))
    told.agent("Dank u wel mevrouw Terpstra, ik kijk even.")
    return told


def test_words_behind_judgements_and_nudges_are_taken_out() -> None:
    because = (Because(label="sadness", words="met mevrouw Terpstra"),)
    log = [
        replace(event, because=because)
        if isinstance(event, CustomerScored)
        else replace(event, because="Terpstra ka el")
        if isinstance(event, NudgeShown)
        else event
        for event in story().run()
    ]
    kept = told(redact_events(log))
    assert any(isinstance(event, NudgeShown) for event in log)
    assert "Terpstra" not in kept
    assert "ka el" not in kept


# ---- the decisions are the same ------------------------------------------------------------------


def test_a_redacted_call_decides_the_same_again() -> None:
    log = story().run()
    kept = redact_events(log)
    assert NudgeKind.REPAIR_ACKNOWLEDGEMENT in [e.kind for e in kept if isinstance(e, NudgeShown)]
    assert compare(kept) is None


@given(log=logs)
def test_any_redacted_log_decides_the_same_again(log: list[LogEvent]) -> None:
    kept = redact_events(log)
    assert [type(event) for event in kept] == [type(event) for event in log]
    assert compare(kept) is None


@given(log=logs, cut=st.integers(0, 40))
def test_redacting_as_it_goes_gives_the_same_as_afterwards(log: list[LogEvent], cut: int) -> None:
    whole, part = Redactor(), Redactor()
    kept = [whole.redact(event) for event in log]
    assert [part.redact(event) for event in log[:cut]] == kept[:cut]
    assert compare(kept) is None


# ---- no field is forgotten -----------------------------------------------------------------------

HARMLESS = {
    "call_id",
    "mode",
    "recogniser",
    "understanding",
    "agent_channel",
    "began",
    "agent",
    "reference",
    "channel",
    "reason",
    "rejected",
    "part",
    "answer",
    "model",
    "label",
}
"""Words of the product, numbers of the organisation: nobody says them."""


def texts(kind: Any) -> set[str]:
    """The names of the fields of an event in which words can stand, nested ones too."""
    found = set()
    for name, hint in get_type_hints(kind).items():
        for one in (hint, *get_args(hint)):
            if one is str:
                found.add(name)
            elif one in (Because, Escalation, Word):
                found |= texts(one)
    return found - {"type"}


@pytest.mark.parametrize("kind", get_args(LogEvent), ids=lambda kind: kind.__name__)
def test_every_field_with_words_is_redacted_or_harmless(kind: type) -> None:
    assert texts(kind) - HARMLESS <= {"text", "because", "words"}


def test_events_without_words_stay_what_they_are() -> None:
    event = CallEnded(at=Samples(5))
    assert redact_events([event]) == [event]
