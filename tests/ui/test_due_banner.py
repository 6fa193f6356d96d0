"""One calm line when a promise or a deadline is due: at the start, and while the program runs."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coach.own_record import OwnRecord
from coach.settings import Settings
from coach.store.people import add_callback
from ui.due_banner import AGAIN_AFTER, DueBanner
from ui.errands import Errands
from ui.home_page import HomePage, ToKeep
from ui.saying import speak
from ui.shell import Section, Shell

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass
class Agent:
    """Promises by their number and moment, and the clock on the wall."""

    due: dict[str, datetime] = field(default_factory=dict)
    now: datetime = NINE
    shown: int = 0

    def clock(self) -> datetime:
        return self.now

    def open(self) -> Sequence[ToKeep]:
        ordered = sorted(self.due.items(), key=lambda one: one[1])
        return [ToKeep(number=n, words=f"Bel {n}", late=at <= self.now) for n, at in ordered]

    def keep(self, number: str) -> None:
        del self.due[number]

    def show(self) -> None:
        self.shown += 1


@pytest.fixture
def agent() -> Agent:
    return Agent(due={"een": NINE + timedelta(minutes=5), "twee": NINE + timedelta(hours=1)})


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    told: list[str] = []

    def tell(event: QAccessibleAnnouncementEvent) -> None:
        assert event.politeness() is QAccessible.AnnouncementPoliteness.Polite
        told.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", tell)
    return told


@dataclass
class Opened:
    """A banner over a main window with a field that somebody types in."""

    banner: DueBanner
    shell: Shell
    errands: Errands
    field: QPushButton

    def look(self) -> None:
        self.banner.look()
        while self.errands.busy:
            self.errands.wait()

    @property
    def words(self) -> str:
        return self.banner.words.text() if self.banner.isVisible() else ""


@pytest.fixture
def open_(qtbot: QtBot, agent: Agent) -> Iterator[Callable[[], Opened]]:
    errands, all_ = Errands(), list[Opened]()

    def opened() -> Opened:
        banner = DueBanner(agent, errands=errands, show=agent.show, clock=agent.clock)
        page = QWidget()
        typed = QPushButton("x", page)
        section = Section(name="live", title="shell.live", sign="live", page=lambda: page)
        shell = Shell([section], banner=banner)
        qtbot.addWidget(shell)
        with qtbot.waitActive(shell):
            shell.show()
            shell.activateWindow()
        typed.setFocus()
        made = Opened(banner, shell, errands, typed)
        all_.append(made)
        made.look()
        return made

    yield opened
    for one in all_:
        one.banner.stop()
    errands.close()


def test_nothing_is_said_as_long_as_nothing_is_due(
    open_: Callable[[], Opened], announced: list[str]
) -> None:
    opened = open_()
    assert (opened.words, announced) == ("", [])


def test_what_fell_due_while_the_program_was_closed_is_said_at_the_start(
    open_: Callable[[], Opened], agent: Agent, announced: list[str]
) -> None:
    agent.now = NINE + timedelta(days=1)
    opened = open_()
    assert opened.words == "2 afspraken zijn aan de beurt. De langst wachtende: Bel een"
    assert announced == [opened.words]


def test_what_falls_due_is_said_once_without_taking_the_focus(
    open_: Callable[[], Opened], agent: Agent, announced: list[str]
) -> None:
    opened = open_()
    agent.now += timedelta(minutes=6)
    for _ in range(3):
        opened.look()
    assert opened.words == "Nu aan de beurt: Bel een"
    assert announced == [opened.words]
    assert QApplication.focusWidget() is opened.field
    assert QApplication.activeModalWidget() is None
    agent.now += timedelta(hours=1)
    opened.look()
    assert len(announced) == 2
    agent.keep("een")
    agent.keep("twee")
    opened.look()
    assert (opened.words, len(announced)) == ("", 2)


def test_it_looks_by_itself(qtbot: QtBot, agent: Agent) -> None:
    with closing(Errands()) as errands:
        banner = DueBanner(agent, errands=errands, show=agent.show, clock=agent.clock, every_ms=5)
        qtbot.addWidget(banner)
        agent.now += timedelta(minutes=6)
        qtbot.waitUntil(lambda: not banner.isHidden())
        banner.stop()


def test_later_is_half_an_hour_later_and_something_else_is_said_meanwhile(
    open_: Callable[[], Opened], agent: Agent, announced: list[str]
) -> None:
    agent.now += timedelta(minutes=50)
    opened = open_()
    opened.banner.later.click()
    assert opened.words == ""
    agent.now += AGAIN_AFTER - timedelta(seconds=1)
    opened.look()
    assert opened.words == "Nu aan de beurt: Bel twee"
    agent.now += timedelta(seconds=1)
    opened.look()
    assert opened.words.startswith("2 afspraken")
    assert len(announced) == 3


def test_showing_opens_the_list_and_what_was_shown_is_not_said_again(
    open_: Callable[[], Opened], agent: Agent
) -> None:
    agent.now += timedelta(minutes=6)
    opened = open_()
    opened.banner.open.click()
    assert (agent.shown, opened.words) == (1, "")
    agent.now += timedelta(minutes=40)
    opened.look()
    assert opened.words == ""
    again = open_()  # the next start
    assert again.words == "Nu aan de beurt: Bel een"


def test_nothing_is_said_in_a_call_but_afterwards(
    open_: Callable[[], Opened], agent: Agent, announced: list[str]
) -> None:
    opened = open_()
    opened.banner.set_in_call(True)
    agent.now += timedelta(minutes=6)
    opened.look()
    assert (opened.words, announced) == ("", [])
    opened.banner.set_in_call(False)
    opened.look()
    assert announced == ["Nu aan de beurt: Bel een"] == [opened.words]
    opened.banner.set_in_call(True)
    assert opened.words == ""
    opened.banner.set_in_call(False)
    opened.look()
    assert (opened.words, len(announced)) == (announced[0], 1)


def test_a_call_that_begins_while_it_looks_is_not_disturbed(
    open_: Callable[[], Opened], agent: Agent, announced: list[str]
) -> None:
    opened = open_()
    agent.now += timedelta(minutes=6)
    opened.banner.look()
    opened.banner.set_in_call(True)
    opened.errands.wait()
    assert (opened.words, announced) == ("", [])


def test_it_speaks_the_language_of_the_moment_and_names_its_buttons(
    open_: Callable[[], Opened], agent: Agent
) -> None:
    agent.now += timedelta(minutes=6)
    opened = open_()
    speak("en")
    assert opened.words == "Due now: Bel een"
    assert opened.banner.later.text() == "Later"
    assert opened.banner.later.accessibleName() == "Later: again in half an hour"
    assert opened.banner.open.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_list_is_shown_where_the_person_can_go_on(qtbot: QtBot, agent: Agent) -> None:
    def nothing() -> None:
        pass

    page = HomePage(listen=nothing, demo=nothing, first_run=nothing, promises=agent)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    with qtbot.waitSignal(page.changed):
        page.show_to_keep()
    qtbot.waitUntil(lambda: page.to_keep.isAncestorOf(QApplication.focusWidget()))
    done = QApplication.focusWidget()
    assert isinstance(done, QPushButton)
    assert done.accessibleName() == "Gedaan: Bel een"
    with qtbot.waitSignal(page.changed):
        done.click()


def test_the_record_remembers_over_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("COACH_RECORD", str(tmp_path / "record"))
    settings = Settings(key_store="file", agent="a1")
    with closing(OwnRecord(settings)) as record:
        add_callback(record._record.store(), "a1", NINE, "Mevrouw terugbellen")
    with closing(OwnRecord(settings)) as record, closing(Errands()) as errands:
        record._record.store().clock = lambda: NINE + timedelta(minutes=1)
        banner = DueBanner(record, errands=errands, show=lambda: None, clock=lambda: NINE)
        qtbot.addWidget(banner)
        banner.look()
        while errands.busy:
            errands.wait()
        banner.stop()
        assert banner.words.text().endswith("Mevrouw terugbellen")
