"""The calls, the replay and the dashboard without a mouse, without eyes, with large text."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.archives import TODAY, archive, done, entry_with, errand_boy, facts
from tests.ui.walk import cut_off, nameless, settle, unreachable, untold
from ui.appearance import Appearance, Wardrobe
from ui.archive_memory import MemoryArchive
from ui.calls_page import CallsPage
from ui.dashboard_page import DashboardPage
from ui.errands import Errands
from ui.record_scenes import SharedArchive
from ui.replay_page import ReplayPage
from ui.saying import speak

CALL = entry_with("outage", nudges=1)


def calls(errands: Errands) -> QWidget:
    return CallsPage(archive(), errands, lambda _: None, today=lambda: TODAY)


def no_calls(errands: Errands) -> QWidget:
    return CallsPage(MemoryArchive(facts=(), load=lambda _: ()), errands, lambda _: None)


def calls_of_others(errands: Errands) -> QWidget:
    team = SharedArchive(facts=facts(), load=lambda _: ())
    return CallsPage(team, errands, lambda _: None, today=lambda: TODAY)


def shared_dashboard(errands: Errands) -> QWidget:
    team = SharedArchive(facts=facts(), load=lambda _: ())
    return DashboardPage(team, errands, today=lambda: TODAY)


def replay(tab: int) -> Callable[[Errands], QWidget]:
    def make(errands: Errands) -> QWidget:
        page = ReplayPage(archive(), errands, errands)
        page.open_call(CALL.call_id)
        done(errands)
        page.parts.tabs.setCurrentIndex(tab)
        return page

    return make


def practising(errands: Errands) -> QWidget:
    page = replay(3)(errands)
    assert isinstance(page, ReplayPage)
    page.parts.practice.start.click()
    page.parts.practice.words.setPlainText("Wat vervelend voor u.")
    page.parts.practice.compare.click()
    return page


def dashboard(errands: Errands) -> QWidget:
    return DashboardPage(archive(), errands, today=lambda: TODAY)


WINDOWS: dict[str, Callable[[Errands], QWidget]] = {
    "calls": calls,
    "no calls": no_calls,
    **{f"replay {tab}": replay(tab) for tab in range(5)},
    "practising": practising,
    "dashboard": dashboard,
    "dashboard of a team's database": shared_dashboard,
    "calls of a team's database, for a coach": calls_of_others,
}


@pytest.fixture
def errands() -> Iterator[Errands]:
    with errand_boy() as made:
        yield made


@pytest.fixture
def wardrobe(qapp: QApplication) -> Iterator[Wardrobe]:
    made = Wardrobe(parent=qapp)
    yield made
    made.close()


def shown(qtbot: QtBot, wardrobe: Wardrobe, errands: Errands, name: str) -> QWidget:
    window = WINDOWS[name](errands)
    qtbot.addWidget(window)
    wardrobe.dress(window)
    window.resize(1160, 760)
    window.show()
    done(errands)
    settle()
    return window


@pytest.mark.parametrize("name", WINDOWS)
def test_everything_has_a_name_and_tab_comes_to_it(
    qtbot: QtBot, wardrobe: Wardrobe, errands: Errands, name: str
) -> None:
    window = shown(qtbot, wardrobe, errands, name)
    assert nameless(window) == []
    assert untold(window) == []
    assert unreachable(window) == []


@pytest.mark.parametrize(("language", "percent"), [("nl", 100), ("en", 200)])
@pytest.mark.parametrize("name", WINDOWS)
def test_no_text_is_cut_off(  # noqa: PLR0917 - two fixtures, three questions
    qtbot: QtBot, wardrobe: Wardrobe, errands: Errands, name: str, percent: int, language: str
) -> None:
    speak(language)
    wardrobe.wear(Appearance(text_percent=percent))
    window = shown(qtbot, wardrobe, errands, name)
    window.resize(1160 * (1 + (percent > 100)), 760 * (1 + (percent > 100)))
    settle()
    assert cut_off(window) == []
