"""Every window, walked through by somebody without a mouse, without eyes, or with large text."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.test_after_card import ABUSED
from tests.ui.test_live_window import VIEWS, Said
from tests.ui.walk import cut_off, nameless, settle, unreachable, untold
from ui.appearance import Appearance, Wardrobe
from ui.controls import NoCall
from ui.first_run import FirstRun
from ui.help_window import HelpWindow
from ui.home_page import HomePage
from ui.incident_form import IncidentForm
from ui.live_menu import Question
from ui.live_window import LiveWindow
from ui.privacy_page import PrivacyPage
from ui.samples import (
    SampleIncidents,
    SamplePrivacy,
    SamplePromises,
    SampleSettings,
    SampleSound,
)
from ui.saying import speak
from ui.settings_groups import GROUPS
from ui.settings_page import SettingsPage
from ui.shell import Section, Shell


def nothing(*_: object) -> None:
    """Nobody listens."""


def live(name: str) -> Callable[[], QWidget]:
    def make() -> QWidget:
        window = LiveWindow(answer=Said(), controls=NoCall(), report=nothing)
        window.set_view(VIEWS[name])
        return window

    return make


def in_one_line() -> QWidget:
    window = LiveWindow(answer=Said(), controls=NoCall())
    window.set_view(VIEWS["nudge"])
    window.set_mini(True)
    return window


def with_notes() -> QWidget:
    window = LiveWindow(answer=Said(), controls=NoCall())
    window.set_view(VIEWS["listening"])
    window.footer.note.click()
    window.footer.figures.click()
    return window


def abused() -> QWidget:
    window = LiveWindow(answer=Said(), controls=NoCall(), report=nothing)
    window.set_view(ABUSED)
    return window


def home() -> QWidget:
    page = HomePage(listen=nothing, demo=nothing, first_run=nothing, promises=SamplePromises())
    return Shell([Section(name="live", title="shell.live", sign="live", page=lambda: page)])


def settings(group: str) -> Callable[[], QWidget]:
    def make() -> QWidget:
        page = SettingsPage(SampleSettings(), SampleSound())
        page.open(group)
        section = Section(
            name="settings", title="shell.settings", sign="settings", page=lambda: page
        )
        return Shell([section])

    return make


def privacy() -> QWidget:
    page = PrivacyPage(SamplePrivacy())
    return Shell(
        [Section(name="privacy", title="shell.privacy", sign="privacy", page=lambda: page)]
    )


def first_run(step: int) -> Callable[[], QWidget]:
    def make() -> QWidget:
        window = FirstRun(
            SampleSound(), demo=nothing, done=nothing, language=nothing, device=nothing
        )
        window.go_to(step)
        return window

    return make


def objection() -> QWidget:
    return Question(
        None,
        ask="screen.object_ask",
        means="screen.object_means",
        do="screen.object_do",
        leave="screen.object_not",
    )


def incident() -> QWidget:
    assert ABUSED.review is not None
    return IncidentForm(None, ABUSED.review, SampleIncidents())


WINDOWS: dict[str, Callable[[], QWidget]] = {
    **{f"live, {name}": live(name) for name in VIEWS},
    "live, one line": in_one_line,
    "live, notes": with_notes,
    "live, after abuse": abused,
    "objection": objection,
    "help": HelpWindow,
    "incident": incident,
    "home": home,
    "privacy": privacy,
    **{f"settings, {group.name}": settings(group.name) for group in GROUPS},
    **{f"first run, step {step + 1}": first_run(step) for step in range(3)},
}
EVERY_WINDOW = pytest.mark.parametrize("name", WINDOWS)


@pytest.fixture
def wardrobe(qapp: QApplication) -> Iterator[Wardrobe]:  # noqa: ARG001 - Qt must be there
    made = Wardrobe(Appearance(scheme="light", still=True))
    yield made
    made.close()


@pytest.fixture
def shows(qtbot: QtBot, wardrobe: Wardrobe) -> Iterator[Callable[[str], QWidget]]:
    opened: list[QWidget] = []

    def show(name: str) -> QWidget:
        window = WINDOWS[name]()
        qtbot.addWidget(window)
        opened.append(window)
        wardrobe.dress(window)
        window.show()
        settle()
        return window

    yield show
    for window in opened:
        for part in (window, *window.findChildren(QWidget)):
            if callable(close := getattr(part, "close_errands", None)):
                close()
    speak("nl")


def texts(window: QWidget) -> set[str]:
    found = set()
    for widget in window.findChildren(QWidget):
        text = getattr(widget, "whole", getattr(widget, "text", None))
        if widget.isVisibleTo(window) and callable(text) and isinstance(text(), str):
            found.add(text())
    return {words for words in found if len(words) > 3}


@EVERY_WINDOW
def test_it_can_be_used_by_everybody(
    name: str, shows: Callable[[str], QWidget], wardrobe: Wardrobe
) -> None:
    window = shows(name)
    assert nameless(window) == []
    assert untold(window) == []
    assert cut_off(window) == []
    assert unreachable(window) == []
    small = window.size()
    wardrobe.wear(Appearance(scheme="dark", text_percent=200, still=True))
    window.resize(small * 2)
    speak("en")
    settle()
    assert cut_off(window) == []
    assert texts(window) == texts(shows(name))
