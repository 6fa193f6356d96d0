"""What the live window knows besides words: how the call stands, figures, the note pad."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from coach.core.events import SpeechEnded, Utterance
from coach.core.summary import after_call
from coach.core.vocabulary import Emotion, Speaker
from coach.protocol import load_protocol
from coach.protocol.asked import asked_for
from tests.ui.events import AGENT, CUSTOMER, SAD_WORDS, STARTED, begins, feels, nudge, s, says
from tests.ui.test_viewmodel import CALLS, after
from ui.controls import CallIs, Erased, SideIs, Standing
from ui.messages import Message
from ui.note_pad import Listener
from ui.viewmodel import Light

# ---- how the call stands ----


@pytest.mark.parametrize(
    ("standing", "light"),
    [
        ("idle", Light.READY),
        ("in_call", Light.LISTENING),
        ("on_hold", Light.ON_HOLD),
        ("paused", Light.PAUSED),
        ("objected", Light.OBJECTED),
    ],
)
def test_the_light_follows_what_the_agent_did(standing: Standing, light: Light) -> None:
    assert after(STARTED, CallIs(standing=standing)).light is light


def test_an_objection_leaves_nothing_on_the_screen_and_takes_nothing_in() -> None:
    heard = (STARTED, says(CUSTOMER, 0, 1, SAD_WORDS), feels(0, Emotion.SADNESS), nudge())
    later = says(CUSTOMER, 1, 9, "nog iets")
    over = (asked_for(CALLS["grieving"], load_protocol()), after_call(CALLS["grieving"]))
    view = after(*heard, CallIs(standing="objected"), later, *over)
    assert (view.lines, view.moods, view.nudges, view.card, view.review) == ((), (), (), None, None)
    assert view.asked is None
    assert not view.erased
    assert after(*heard, CallIs(standing="objected"), Erased(), later).erased
    assert after(*heard, CallIs(standing="objected"), Erased(), STARTED).light is Light.LISTENING


def test_a_nudge_does_not_stand_while_nobody_listens() -> None:
    assert after(STARTED, nudge(), CallIs(standing="on_hold")).card is None


def test_a_side_that_cannot_be_heard_is_known_until_it_can_again() -> None:
    gone = SideIs(speaker=CUSTOMER, missing="het apparaat is weg")
    other = SideIs(speaker=AGENT, missing="gedempt")
    assert after(gone, other, STARTED).missing == (gone, other)
    assert after(gone, other, replace(gone, missing=None)).missing == (other,)


# ---- figures ----


def test_talk_share_pace_and_silences_are_counted() -> None:
    def speech(speaker: Speaker, number: int, start: float, end: float) -> list[Message]:
        ended = SpeechEnded(
            at=s(end), speaker=speaker, segment=number, start=s(start), end=s(end), reason="pause"
        )
        words = "een twee drie vier vijf zes zeven acht negen tien"
        said = Utterance(
            at=s(end), speaker=speaker, segment=number, start=s(start), end=s(end), text=words
        )
        return [begins(speaker, number, start), ended, said]

    known = after(STARTED, *speech(AGENT, 0, 0, 10), *speech(CUSTOMER, 0, 14.5, 24.5)).figures
    assert (known.talk_share, known.pace) == (0.5, 60)
    assert (known.silences, known.longest_silence) == (1, s(4.5))
    few = after(STARTED, *speech(AGENT, 0, 0, 2)).figures
    assert (few.talk_share, few.pace) == (None, None)


# ---- the note pad ----


def test_what_was_heard_comes_to_the_note_pad_and_goes_with_the_call(qtbot: QtBot) -> None:
    lines: list[Mapping[str, str]] = []
    listener = Listener(lines.append)
    listener.hear(STARTED)
    listener.hear(says(AGENT, 0, 1, "Wat is uw telefoonnummer?"))
    listener.hear(says(CUSTOMER, 0, 4, "Dat is 06 12 34 56 78."))
    qtbot.waitUntil(lambda: bool(lines))
    assert "12" in lines[-1]["number"]
    lines.clear()
    listener.hear(says(CUSTOMER, 1, 9, "Bel op 06 98 76 54 32."))
    listener.hear(replace(STARTED, call_id="volgende"))
    listener.hear(says(CUSTOMER, 0, 4, "Mijn internet doet het niet."))
    qtbot.waitUntil(lambda: bool(lines))
    assert "number" not in lines[-1]
    listener.close()
