"""After a call, and looking back at it, one sees what the protocol asks for and copies the text."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from coach.core.events import LogEvent
from coach.core.vocabulary import EscalationKind
from coach.phrases.forms import moment
from coach.protocol import load_protocol
from coach.protocol.asked import asked_for
from tests.store.calls import MONDAY, call
from ui.archive import CallEntry, OpenedCall
from ui.replay_model import read
from ui.replay_sheets import FactsSheet
from ui.saying import speak

SAID = ("Morgen sta ik in de krant, dan stap ik naar de krant.", "Dat begrijp ik.")


def opened(sign: EscalationKind | None, *, why: str = "") -> OpenedCall:
    log: Sequence[LogEvent] = call("one", said=SAID, sign=sign, began=MONDAY)
    found = asked_for(log, load_protocol(), "billing")
    asked = replace(found, tasks=(), why_not=why) if why else found
    return OpenedCall(entry=CallEntry(call_id="one"), events=tuple(log), asked=asked)


@pytest.fixture
def sheet(qtbot: QtBot) -> Iterator[FactsSheet]:
    made = FactsSheet()
    qtbot.addWidget(made)
    made.show()
    yield made
    speak("nl")


def shown(sheet: FactsSheet, one: OpenedCall) -> str:
    sheet.put(read(one), one)
    return "\n".join(label.text() for label in sheet.page.findChildren(QLabel))


def test_the_text_the_owner_and_the_deadline_are_shown(sheet: FactsSheet) -> None:
    one = opened(EscalationKind.MEDIA)
    told = shown(sheet, one)
    assert one.asked is not None
    (task,) = one.asked.tasks
    assert task.due is not None
    assert moment(task.due) in told
    assert task.entry.owner["nl"] in told
    assert all(step in told for step in task.entry.steps["nl"])
    (card,) = sheet.asked
    assert "dan stap ik naar de krant" in card.text.text()
    assert task.due - MONDAY > timedelta(0)
    speak("en")
    (card,) = sheet.asked
    assert task.entry.owner["en"] in card.text.text()


def test_the_text_is_copied_and_that_is_told(
    sheet: FactsSheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[QAccessibleAnnouncementEvent] = []
    shown(sheet, opened(EscalationKind.MEDIA))
    (card,) = sheet.asked
    assert card.state.isHidden()
    monkeypatch.setattr(QAccessible, "updateAccessibility", spoken.append)
    card.copy.click()
    assert QGuiApplication.clipboard().text() == card.text.text() != ""
    assert not card.state.isHidden()
    assert [one.message() for one in spoken] == ["De tekst staat op het klembord."]
    assert card.copy.accessibleName().startswith("Kopieer de tekst om over te dragen: ")


def test_a_quiet_call_asks_for_nothing(sheet: FactsSheet) -> None:
    assert "Overdragen" not in shown(sheet, opened(None))
    assert sheet.asked == []


def test_why_nobody_knows_what_is_asked_for_is_told(sheet: FactsSheet) -> None:
    told = shown(sheet, opened(EscalationKind.MEDIA, why="protocol.toml, regel 3: kapot"))
    assert "Overdragen" in told
    assert "regel 3: kapot" in told
    assert sheet.asked == []
