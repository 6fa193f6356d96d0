"""The live window beside the work: one line, keys, hold and objection, the note pad."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coach.core.units import Samples
from tests.ui.test_live_window import VIEWS, WITH_NUDGE, Said, settle, words_on
from tests.ui.walk import cut_off
from ui import coach_place
from ui.appearance import Appearance, Wardrobe, dress, glide_ms
from ui.controls import NoCall
from ui.live_menu import Question
from ui.live_window import USUAL, LiveWindow
from ui.saying import speak
from ui.theme import LIGHT


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.fixture
def window(qtbot: QtBot, said: Said) -> LiveWindow:
    shown = LiveWindow(answer=said)
    qtbot.addWidget(shown)
    dress(shown, LIGHT, still=True)
    shown.show()
    return shown


def test_a_nudge_glides_in_quickly_and_not_at_all_where_nothing_shall_move(qtbot: QtBot) -> None:
    window = LiveWindow(answer=Said())
    qtbot.addWidget(window)
    dress(window, LIGHT)
    window.show()
    window.set_view(WITH_NUDGE)
    assert window.coach.maximumHeight() < 200
    assert 0 < glide_ms(window) <= 150
    qtbot.waitUntil(lambda: window.coach.maximumHeight() > 1_000)
    dress(window, LIGHT, still=True)
    window.set_view(VIEWS["listening"])
    window.set_view(WITH_NUDGE)
    assert window.coach.maximumHeight() > 1_000


def test_one_line_holds_the_nudge_and_the_window_comes_back(
    window: LiveWindow, qtbot: QtBot
) -> None:
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_M)
    window.set_view(WITH_NUDGE)
    assert window.height() < 60
    assert window.line.words.whole() == "Noem eerst wat u hoort"
    assert not window.coach.card.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_M)
    assert window.size() == USUAL
    assert window.coach.card.isVisible()


def test_in_one_line_a_nudge_can_be_answered_too(
    window: LiveWindow, qtbot: QtBot, said: Said
) -> None:
    window.activateWindow()
    window.set_mini(True)
    window.set_view(WITH_NUDGE)
    qtbot.keyClick(window, Qt.Key.Key_2)
    assert said == [(0, "not_now")]


class Wishes(NoCall):
    """A call that remembers what the agent wanted."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def hold(self) -> None:
        self.heard.append("hold")

    def pause(self) -> None:
        self.heard.append("pause")

    def resume(self) -> None:
        self.heard.append("resume")

    def object(self) -> None:
        self.heard.append("object")

    def note(self, field: str, words: str) -> None:
        self.heard.append(f"{field}: {words}")


@pytest.fixture
def wishes() -> Wishes:
    return Wishes()


@pytest.fixture
def steered(qtbot: QtBot, wishes: Wishes) -> LiveWindow:
    shown = LiveWindow(controls=wishes)
    qtbot.addWidget(shown)
    dress(shown, LIGHT, still=True)
    shown.show()
    shown.activateWindow()
    shown.set_view(VIEWS["listening"])
    return shown


def test_hold_and_pause_are_one_key_and_the_same_key_goes_on(
    steered: LiveWindow, qtbot: QtBot, wishes: Wishes
) -> None:
    qtbot.keyClick(steered, Qt.Key.Key_W)
    steered.set_view(VIEWS["on hold"])
    qtbot.keyClick(steered, Qt.Key.Key_W)
    steered.set_view(VIEWS["listening"])
    qtbot.keyClick(steered, Qt.Key.Key_P)
    assert wishes.heard == ["hold", "resume", "pause"]


@pytest.mark.parametrize(("sure", "heard"), [(True, ["object"]), (False, [])])
def test_an_objection_is_asked_once_more_and_says_what_it_removes(
    steered: LiveWindow, qtbot: QtBot, wishes: Wishes, sure: bool, heard: list[str]
) -> None:
    seen: list[str] = []

    def decide() -> None:
        question = QApplication.activeModalWidget()
        assert isinstance(question, Question)
        seen.append(words_on(question))
        (question.do if sure else question.leave).click()

    QTimer.singleShot(0, decide)
    qtbot.keyClick(steered, Qt.Key.Key_X)
    assert "wordt verwijderd en komt niet terug" in seen[0]
    assert wishes.heard == heard


def test_after_an_objection_it_says_that_all_was_removed(window: LiveWindow) -> None:
    window.set_view(VIEWS["objected"])
    assert "is verwijderd" in words_on(window)
    assert window.transcript.toPlainText() == ""


def test_the_note_pad_is_filled_from_what_was_heard_and_keeps_what_was_typed(
    steered: LiveWindow, qtbot: QtBot, wishes: Wishes
) -> None:
    qtbot.keyClick(steered, Qt.Key.Key_N)
    steered.notes.set_heard({"name": "mevrouw Jansen", "number": "06 12345678"})
    lines = steered.notes.lines
    assert lines["name"].text() == "mevrouw Jansen"
    lines["name"].clear()
    qtbot.keyClicks(lines["name"], "mw. J.")
    qtbot.keyClick(lines["name"], Qt.Key.Key_Return)
    steered.notes.set_heard({"name": "mevrouw Jansens", "number": "06 87654321"})
    assert lines["name"].text() == "mw. J."
    assert lines["number"].text() == "06 87654321"
    assert wishes.heard == ["name: mw. J."]
    assert steered.notes.words() == "Naam: mw. J.\nNummer: 06 87654321"


def test_figures_are_there_when_they_are_asked_for(steered: LiveWindow, qtbot: QtBot) -> None:
    assert not steered.figures.isVisible()
    qtbot.keyClick(steered, Qt.Key.Key_F)
    assert steered.figures.isVisible()


def test_the_window_speaks_another_language_at_once(steered: LiveWindow) -> None:
    steered.set_view(WITH_NUDGE)
    speak("en")
    words = words_on(steered)
    assert "First name what you hear" in words
    assert "Listening" in words
    assert "sad" in steered.band.feelings.feeling.whole()
    assert "Customer" in steered.transcript.toPlainText()


def test_text_may_be_twice_as_large(qtbot: QtBot) -> None:
    wardrobe = Wardrobe(Appearance(text_percent=200, still=True))
    try:
        window = LiveWindow(answer=Said())
        qtbot.addWidget(window)
        wardrobe.dress(window)
        window.show()
        window.set_view(WITH_NUDGE)
        settle(window)
        assert window.width() > 1.5 * USUAL.width()
        assert cut_off(window) == []
    finally:
        wardrobe.close()


def test_a_nudge_is_told_to_screen_readers_politely_and_once(
    window: LiveWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[QAccessibleAnnouncementEvent] = []
    monkeypatch.setattr(coach_place.QAccessible, "updateAccessibility", told.append)
    for seconds in (0, 1, 2):
        window.set_view(replace(WITH_NUDGE, now=Samples(WITH_NUDGE.now + seconds)))
    (spoken,) = told
    assert spoken.message().startswith("Seintje: Noem eerst wat u hoort.")
    assert spoken.politeness() is QAccessible.AnnouncementPoliteness.Polite
