"""The settings dialog: drafted, taken back, refused in place, applied."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from coach.core.vocabulary import NudgeKind, Speaker
from coach.errors import UserError
from ui.appearance import dress
from ui.samples import SampleSettings, SampleSound
from ui.saying import speak
from ui.settings_model import Draft
from ui.settings_page import SettingsPage
from ui.settings_tables import nudge_field
from ui.sound_panel import LevelMeter, SoundPanel
from ui.theme import LIGHT

TITLE = nudge_field(NudgeKind.ACKNOWLEDGE_FIRST, "title")
ON = nudge_field(NudgeKind.ACKNOWLEDGE_FIRST, "on")


# ---- the draft ----


def test_several_changes_of_one_field_are_one_step_back() -> None:
    draft = Draft({"a": "", "b": 1})
    for text in ("e", "ee", "een"):
        draft.set("a", text)
    draft.set("b", 2)
    assert draft.changed == ["a", "b"]
    assert (draft.undo(), draft.now) == ("b", {"a": "een", "b": 1})
    assert (draft.undo(), draft.now) == ("a", {"a": "", "b": 1})
    assert draft.undo() is None


def test_what_was_cancelled_is_as_it_was_and_cannot_be_undone() -> None:
    draft = Draft({"a": 1})
    draft.set("a", 2)
    draft.cancel()
    assert (draft.now, draft.changed, draft.can_undo) == ({"a": 1}, [], False)


def test_a_new_value_from_outside_leaves_what_is_drafted_alone() -> None:
    draft = Draft({"a": "een", "b": "twee"})
    draft.set("a", "eigen")
    draft.refresh({"a": "one", "b": "two"})
    assert draft.now == {"a": "eigen", "b": "two"}
    assert draft.changed == ["a"]


# ---- the page ----


@pytest.fixture
def desk() -> SampleSettings:
    return SampleSettings()


@pytest.fixture
def page(qtbot: QtBot, desk: SampleSettings) -> Iterator[SettingsPage]:
    shown = SettingsPage(desk, SampleSound())
    qtbot.addWidget(shown)
    dress(shown, LIGHT, still=True)
    shown.show()
    yield shown
    assert shown.sound_panel is not None
    shown.sound_panel.close_errands()
    speak("nl")


def row(page: SettingsPage, name: str) -> QLineEdit | QCheckBox | QComboBox:
    control = page.rows[name].control
    assert isinstance(control, QLineEdit | QCheckBox | QComboBox)
    return control


def test_nothing_is_in_force_before_it_is_applied(
    page: SettingsPage, desk: SampleSettings, qtbot: QtBot
) -> None:
    page.open("roles")
    qtbot.keyClicks(row(page, "agent"), "7")
    assert desk.kept == []
    assert page.state.text() == "1 wijziging, nog niet toegepast"
    page.apply.click()
    assert desk.kept == ["agent"]
    assert desk.values["agent"] == "7A-1043"
    assert page.state.text() == "Toegepast."
    assert not page.apply.isEnabled()


def test_undo_goes_back_to_where_the_change_was(page: SettingsPage, qtbot: QtBot) -> None:
    page.open("roles")
    qtbot.keyClicks(row(page, "agent"), "7")
    page.open("appearance")
    page.undo.click()
    assert page.list.currentItem().text() == "Rollen"
    assert page.draft.changed == []


def test_cancel_shows_what_is_in_force(page: SettingsPage) -> None:
    still = row(page, "still")
    assert isinstance(still, QCheckBox)
    still.setChecked(True)
    page.cancel.click()
    assert not still.isChecked()
    assert not page.cancel.isEnabled()


def test_a_nudge_is_switched_off_in_the_list_and_its_words_are_the_organisations(
    page: SettingsPage, desk: SampleSettings, qtbot: QtBot
) -> None:
    page.open("nudge")
    table = page.tables["nudge"]
    table.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    title = table.rows["title"].control
    assert isinstance(title, QLineEdit)
    title.clear()
    qtbot.keyClicks(title, "Eerst begrip")
    page.apply.click()
    assert desk.values == {ON: False, TITLE: "Eerst begrip"}
    assert table.list.item(0).text() == "Eerst begrip"


def test_a_wrong_value_is_told_where_it_is_and_is_not_applied(
    page: SettingsPage, desk: SampleSettings
) -> None:
    page.open("nudge")
    page.change(TITLE, "")
    wrong = page.tables["nudge"].rows["title"].wrong
    assert wrong.text() == "Vul iets in."
    assert page.state.text() == "1 waarde klopt nog niet"
    page.open("sound")
    page.apply.click()
    assert desk.kept == []
    assert page.list.currentItem().text() == "Seintjes"


def test_what_could_not_be_kept_says_why_and_stays_drafted(
    page: SettingsPage, desk: SampleSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise UserError("settings.not_kept", path="x", why="schijf vol")

    monkeypatch.setattr(desk, "save", refuse)
    page.change("still", True)
    page.apply.click()
    assert "schijf vol" in page.state.text()
    assert page.draft.changed == ["still"]


def test_another_language_is_spoken_at_once_and_drafts_stay(page: SettingsPage) -> None:
    page.open("nudge")
    page.change(nudge_field(NudgeKind.LET_FINISH, "title"), "Eigen woorden")
    speak("en")
    names = [page.list.item(at).text() for at in range(page.list.count())]
    assert names[:3] == ["Sound", "Model and speed", "Nudges"]
    assert page.draft.now[TITLE] == "First name what you hear"
    assert page.draft.now[nudge_field(NudgeKind.LET_FINISH, "title")] == "Eigen woorden"


# ---- sound ----


def test_it_listens_only_while_somebody_looks(qtbot: QtBot) -> None:
    sound = SampleSound()
    panel = SoundPanel(sound, lambda _side, _device: None)
    qtbot.addWidget(panel)
    assert not sound.listening
    panel.show_values("laptop", "default")
    panel.show()
    assert sound.listening
    assert sound.chosen == ("laptop", "default")
    panel.hide()
    assert not sound.listening
    panel.close_errands()


def test_the_meters_move_and_say_how_loud_it_is(qtbot: QtBot) -> None:
    panel = SoundPanel(SampleSound(), lambda _side, _device: None)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(lambda: "dB" in panel.meters["microphone"].accessibleDescription())
    assert panel.meters["customer"].accessibleDescription() == "\N{MINUS SIGN}27 dB"
    panel.hide()
    panel.close_errands()


def test_a_side_that_gives_nothing_is_said_to_be_silent(qtbot: QtBot) -> None:
    meter = LevelMeter()
    qtbot.addWidget(meter)
    assert meter.accessibleDescription() == "stil"
    meter.set_level(-80.0)
    assert meter.accessibleDescription() == "stil"


def test_the_sound_check_tells_what_it_found(qtbot: QtBot) -> None:
    panel = SoundPanel(SampleSound(), lambda _side, _device: None)
    qtbot.addWidget(panel)
    panel.show()
    panel.check.click()
    assert not panel.check.isEnabled()
    qtbot.waitUntil(panel.check.isEnabled)
    words = [label.text() for label in panel.findChildren(QLabel)]
    assert any(text.startswith("✓  Beide kanten") for text in words)
    assert any(text.startswith("–  Klant: zacht") for text in words)
    panel.close_errands()


def test_a_device_that_is_not_there_any_more_is_still_shown_as_chosen(qtbot: QtBot) -> None:
    panel = SoundPanel(SampleSound(), lambda _side, _device: None)
    qtbot.addWidget(panel)
    panel.show_values("weg", "default")
    assert panel.boxes["microphone"].currentText() == "weg (niet aangesloten)"
    assert set(SampleSound().levels()) == set(Speaker)
    panel.close_errands()
