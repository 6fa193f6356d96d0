"""The pages and windows around the calls: first steps, today, privacy, the shell, places."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coach.errors import ProductError
from coach.phrases import choose_language, counted
from coach.phrases.forms import day, lasting, moment, number, percent
from ui.appearance import Appearance, Wardrobe, dress, theme_of
from ui.first_run import FirstRun
from ui.home_page import HomePage
from ui.places import Places, docked, inside
from ui.privacy_page import PrivacyPage
from ui.samples import SamplePrivacy, SamplePromises, SampleSound
from ui.saying import speak, text
from ui.shell import Section, Shell
from ui.theme import DARK, LIGHT


@pytest.fixture(autouse=True)
def dutch_again() -> Iterator[None]:
    yield
    speak("nl")


def words_on(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


# ---- first steps ----


class Told(list[object]):
    """What the first steps asked for."""


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def first(qtbot: QtBot, told: Told) -> FirstRun:
    window = FirstRun(
        SampleSound(),
        demo=lambda: told.append("demo"),
        done=lambda: told.append("done"),
        language=told.append,
        device=lambda side, device: told.append((side, device)),
    )
    qtbot.addWidget(window)
    dress(window, LIGHT, still=True)
    window.show()
    window.activateWindow()
    return window


def test_three_times_enter_leads_to_the_sample_call(
    first: FirstRun, told: Told, qtbot: QtBot
) -> None:
    for step in range(3):
        assert first.step.text() == f"Stap {step + 1} van 3"
        qtbot.keyClick(first, Qt.Key.Key_Return)
    assert told == ["done", "demo"]
    assert not first.isVisible()


def test_later_is_an_answer_too(first: FirstRun, told: Told, qtbot: QtBot) -> None:
    qtbot.keyClick(first, Qt.Key.Key_Escape)
    assert told == ["done"]


def test_the_language_holds_at_once(first: FirstRun, told: Told) -> None:
    first.choice.setCurrentIndex(2)
    assert told == ["en"]


# ---- today ----


def test_a_promise_that_was_kept_is_gone(qtbot: QtBot) -> None:
    promises = SamplePromises()
    page = HomePage(
        listen=lambda: None, demo=lambda: None, first_run=lambda: None, promises=promises
    )
    qtbot.addWidget(page)
    assert "Mevrouw De Wit" in words_on(page.to_keep)
    page.to_keep.findChildren(QPushButton)[0].click()
    assert promises.kept == ["1"]
    qtbot.waitUntil(lambda: "Mevrouw De Wit" not in words_on(page.to_keep))


def test_why_it_cannot_listen_is_told(qtbot: QtBot) -> None:
    page = HomePage(listen=lambda: None, demo=lambda: None, first_run=lambda: None)
    qtbot.addWidget(page)
    page.set_listening(True)
    assert not page.listen.isEnabled()
    page.set_listening(False, "geen microfoon")
    assert page.listen.isEnabled()
    assert page.state.text() == "geen microfoon"


# ---- privacy ----


def test_the_page_tells_what_is_processed_and_what_a_check_found(qtbot: QtBot) -> None:
    page = PrivacyPage(SamplePrivacy())
    qtbot.addWidget(page)
    page.show()
    assert "Alleen uit de woorden van de klant" in words_on(page.facts)
    page.check.click()
    qtbot.waitUntil(page.check.isEnabled)
    signs = [label.accessibleName() for label in page.found.findChildren(QLabel)]
    assert signs.count("Klopt") == 2
    assert signs.count("Klopt niet") == 1
    page.close_errands()


def test_a_check_that_fails_says_why(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = SamplePrivacy()

    def refuse() -> None:
        raise ProductError("settings.not_kept", path="x", why="kapot")

    monkeypatch.setattr(desk, "check", refuse)
    page = PrivacyPage(desk)
    qtbot.addWidget(page)
    page.check.click()
    qtbot.waitUntil(page.check.isEnabled)
    assert "kapot" in page.state.text()
    page.close_errands()


# ---- the main window ----


def test_pages_are_made_when_they_are_opened(qtbot: QtBot) -> None:
    made: list[str] = []

    def section(name: str) -> Section:
        def page() -> QWidget:
            made.append(name)
            return QWidget()

        return Section(name=name, title=f"shell.{name}", sign=name, page=page)

    shell = Shell([section("live"), section("settings")])
    qtbot.addWidget(shell)
    with qtbot.waitActive(shell):
        shell.show()
        shell.activateWindow()
    assert made == ["live"]
    qtbot.keyClick(shell, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert made == ["live", "settings"]
    assert shell.opened == "settings"
    assert shell.windowTitle() == "Instellingen – Eerst Begrip"
    shell.open("live")
    shell.open("settings")
    assert made == ["live", "settings"]


# ---- places ----

SCREEN = QRect(0, 0, 1920, 1040)


@pytest.mark.parametrize(
    ("frame", "rests"),
    [
        (QRect(10, 300, 380, 240), QPoint(0, 300)),
        (QRect(1530, 300, 380, 240), QPoint(1540, 300)),
        (QRect(800, 5, 380, 240), QPoint(800, 0)),
        (QRect(1525, 790, 380, 240), QPoint(1540, 800)),
        (QRect(700, 400, 380, 240), QPoint(700, 400)),
    ],
)
def test_a_window_that_is_let_go_near_an_edge_settles_on_it(frame: QRect, rests: QPoint) -> None:
    assert docked(frame, SCREEN) == rests


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (QRect(100, 100, 380, 240), QRect(100, 100, 380, 240)),
        (QRect(3000, -50, 380, 240), QRect(1540, 0, 380, 240)),
        (QRect(0, 0, 4000, 3000), SCREEN),
    ],
)
def test_a_window_of_a_screen_that_is_gone_comes_back_onto_one_that_is_there(
    place: QRect, shown: QRect
) -> None:
    assert inside(place, SCREEN) == shown


def test_places_are_kept_per_screen_and_broken_ones_are_none(tmp_path: Path) -> None:
    file = tmp_path / "screen.ini"
    first, second = "DP-1 1920x1080", "eDP/1 =3840x2160"
    Places(file).put("live", first, QRect(1, 2, 300, 200))
    Places(file).put("live", second, QRect(-5, 6, 400, 300))
    kept = Places(file)
    assert kept.get("live", first) == QRect(1, 2, 300, 200)
    assert kept.get("live", second) == QRect(-5, 6, 400, 300)
    assert kept.get("shell", first) is None
    kept.keep("live/DP-1_1920x1080", "kapot")
    assert kept.get("live", first) is None


def test_nothing_is_kept_of_a_window_but_its_place(tmp_path: Path, qtbot: QtBot) -> None:
    """Minimising, moving and closing are nobody's business."""
    file = tmp_path / "screen.ini"
    shell = Shell([Section(name="live", title="shell.live", sign="live", page=QWidget)])
    qtbot.addWidget(shell)
    shell.show()
    shell.showMinimized()
    shell.showNormal()
    shell.close()
    assert not file.exists()
    Places(file).put("shell", "een 1x1", QRect(0, 0, 9, 9))
    lines = [line for line in file.read_text("utf-8").splitlines() if line]
    assert lines == ["[shell]", "een_1x1=0 0 9 9", "last=een_1x1"]


# ---- looks and words ----


def test_light_dark_and_text_size_change_at_once(qtbot: QtBot) -> None:
    wardrobe = Wardrobe(Appearance(scheme="light"))
    window = QWidget()
    qtbot.addWidget(window)
    small = text(QLabel(window), "screen.listening")
    wardrobe.dress(window)
    height = small.fontMetrics().height()
    wardrobe.wear(Appearance(scheme="dark", text_percent=200))
    assert theme_of(small) is DARK
    assert small.fontMetrics().height() >= 1.8 * height
    speak("en")
    assert small.text() == "Listening"
    wardrobe.close()
    assert QLabel().fontMetrics().height() == height


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", ["1.234,5", "−0,25", "67\u00a0%", "3 september 2026", "3 sep 2026, 14:05"]),
        ("en", ["1,234.5", "−0.25", "67%", "3 September 2026", "3 Sep 2026, 14:05"]),
    ],
)
def test_numbers_and_dates_are_written_as_people_do(language: str, words: list[str]) -> None:
    choose_language(language)
    when = datetime(2026, 9, 3, 14, 5, tzinfo=UTC)
    written = [
        number(1234.5, 1),
        number(-0.25, 2),
        percent(0.67),
        day(date(2026, 9, 3)),
        moment(when),
    ]
    assert written == words
    assert (lasting(67), lasting(3723)) == ("1:07", "1:02:03")


def test_one_and_more_are_said_differently() -> None:
    choose_language("nl")
    assert counted("settings.changed", 1) == "1 wijziging, nog niet toegepast"
    assert counted("settings.changed", 2) == "2 wijzigingen, nog niet toegepast"
