"""Help is a key away from every window, and knows every key."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.archives import TODAY, archive, errand_boy
from ui.dashboard_page import DashboardPage
from ui.help_window import KEYS, HelpWindow
from ui.home_page import HomePage
from ui.live_window import LiveWindow
from ui.replay_page import ReplayPage
from ui.samples import SampleSettings, SampleSound
from ui.settings_page import SettingsPage
from ui.shell import Section, Shell

KNOWN = {
    place: {QKeySequence(one).toString() for pressed, _ in keys for one in pressed.split()}
    for place, keys in KEYS
}


def keys_of(window: QWidget) -> set[str]:
    """The keys that a window takes by itself."""
    return {one.key().toString() for one in window.findChildren(QShortcut)}


def told(place: str) -> set[str]:
    return KNOWN[place] | KNOWN["help.everywhere"]


def test_every_key_of_every_window_stands_in_the_help(qtbot: QtBot) -> None:
    settings = SettingsPage(SampleSettings(), SampleSound())
    live = LiveWindow(answer=lambda *_: None)
    for window in (live, settings):
        qtbot.addWidget(window)
    with errand_boy() as errands:
        replay = ReplayPage(archive(), errands, errands)
        dashboard = DashboardPage(archive(), errands, today=lambda: TODAY)
        for page in (replay, dashboard):
            qtbot.addWidget(page)
        assert keys_of(live) <= told("help.live")
        assert {"Space", "N", "M", "Esc"} <= keys_of(replay) & told("help.replay")
        assert keys_of(dashboard) <= told("help.dashboard")
    assert keys_of(settings) <= told("help.everywhere")
    assert settings.sound_panel is not None
    settings.sound_panel.close_errands()


def main_window() -> QWidget:
    home = HomePage(listen=lambda: None, demo=lambda: None, first_run=lambda: None)
    return Shell([Section(name="live", title="shell.live", sign="live", page=lambda: home)])


@pytest.mark.parametrize("make", [main_window, lambda: LiveWindow(answer=lambda *_: None)])
def test_f1_opens_it_over_the_window(qtbot: QtBot, make: Callable[[], QWidget]) -> None:
    window = make()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    (shown,) = window.findChildren(HelpWindow)
    assert shown.isVisible()
    assert shown.windowTitle() == "Hulp"
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(HelpWindow))
    assert window.isVisible()
