"""Whole stories in the desktop program on a real X server, by keyboard, as a person would.

The models know the demo by heart, so that the story is the same on every machine.
"""

import os
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from coach.core.events import NudgeAnswered, NudgeShown
from coach.store.calllog import log_path, read_log
from coach.store.home import open_record
from coach.store.people import incidents
from tests.conftest import ROOT
from tests.e2e.screen import IMPORT, PATIENCE_S, XDOTOOL, display, needs_a_screen
from tests.e2e.test_window import colours
from ui.theme import DARK, LIGHT

__all__ = ["display"]

pytestmark = needs_a_screen
FIRST, MAIN, LIVE = "Welkom – Eerst Begrip", "Vandaag – Eerst Begrip", "^Eerst Begrip$"


@dataclass(kw_only=True)
class Person:
    """Somebody who has opened the desktop program."""

    display: str
    folder: Path
    page: str = ""
    program: tuple[str, ...] = ("tests.ui.demo_models", "open")
    coach: "subprocess.Popen[str]" = field(init=False)

    def __post_init__(self) -> None:
        page = ["--page", self.page] if self.page else []
        self.coach = subprocess.Popen(
            [sys.executable, "-m", *self.program, *page],
            cwd=ROOT,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
        own = {
            f"COACH_{name}": str(self.folder / file)
            for name, file in (
                ("LOGS", "logs"),
                ("RECORD", "record"),
                ("SETTINGS", "settings.toml"),
                ("NUDGES", "nudges.toml"),
                ("PROTOCOL", "protocol.toml"),
                ("SCREEN", "screen.ini"),
                ("DIARY", "faults.jsonl"),
                ("CONTROL", "control.json"),
            )
        }
        return {**kept, **own, "DISPLAY": self.display, "LANG": "nl_NL.UTF-8", "LC_ALL": ""}

    def xdotool(self, *words: str, there: bool = True) -> str:
        """What the tool says. Without `there` it may find nothing: windows come and go."""
        done = subprocess.run(
            [XDOTOOL, *words],
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=there,
        )
        return done.stdout.strip()

    def turns_to(self, title: str) -> str:
        """Wait for the window of that title, and give it the keyboard; its number."""
        found = self.xdotool("search", "--sync", "--onlyvisible", "--name", title).splitlines()[0]
        self.xdotool("windowfocus", "--sync", found)
        return found

    def presses(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.xdotool("key", "--delay", "60", key)

    def waits_until(self, so: Callable[[], bool]) -> None:
        """Wait until it is so, while the program runs."""
        deadline = time.monotonic() + PATIENCE_S
        while not so():
            if self.coach.poll() is not None:
                raise AssertionError(self.coach.stdout and self.coach.stdout.read())
            assert time.monotonic() < deadline, "it did not come to that"
            self.coach_breathes()

    def coach_breathes(self) -> None:
        """Let the program run for a moment."""
        try:
            self.coach.wait(0.1)
        except subprocess.TimeoutExpired:
            return

    def sees(self, colour: str) -> bool:
        """Whether that colour is on the screen."""
        picture = self.folder / "screen.png"
        subprocess.run(
            [IMPORT, "-window", "root", str(picture)],
            env=self.environment(),
            timeout=PATIENCE_S,
            check=True,
        )
        return colour in colours(QImage(str(picture)))

    def titles(self) -> str:
        """The titles of the windows that are there."""
        found = self.xdotool("search", "--onlyvisible", "--name", ".", there=False).splitlines()
        return "\n".join(self.xdotool("getwindowname", one, there=False) for one in found)

    def leaves(self) -> int:
        """Wait for the end of the program; its exit code."""
        self.coach.communicate(timeout=PATIENCE_S)
        return self.coach.returncode


@pytest.fixture
def opens(display: str, tmp_path: Path) -> Iterator[Callable[..., Person]]:
    people: list[Person] = []

    def start(page: str = "", **options: Any) -> Person:
        people.append(Person(display=display, folder=tmp_path, page=page, **options))
        return people[-1]

    yield start
    for person in people:
        if person.coach.poll() is None:
            person.coach.kill()
        person.coach.communicate(timeout=PATIENCE_S)


def test_from_the_first_run_to_a_nudge_that_is_answered_by_keyboard(
    opens: Callable[..., Person], tmp_path: Path
) -> None:
    person = opens()
    person.turns_to(FIRST)
    person.presses("Return", "Return", "Return")
    person.turns_to(LIVE)
    log = log_path(tmp_path / "logs" / "demo", "demo")
    person.waits_until(
        lambda: log.exists() and any(isinstance(e, NudgeShown) for e in read_log(log))
    )
    person.waits_until(lambda: person.sees(LIGHT.accent_ground))
    person.presses("1")
    person.waits_until(lambda: any(isinstance(e, NudgeAnswered) for e in read_log(log)))
    person.presses("ctrl+w")
    assert "first_run" in (tmp_path / "screen.ini").read_text("utf-8")
    person.turns_to(MAIN)
    person.presses("ctrl+w")
    assert person.leaves() == 0


def test_language_and_theme_change_while_the_window_is_open(
    opens: Callable[..., Person], tmp_path: Path
) -> None:
    (tmp_path / "screen.ini").write_text("[first_run]\ndone=true\n", "utf-8")
    person = opens("settings")
    window = person.turns_to("Instellingen – Eerst Begrip")
    settings = tmp_path / "settings.toml"
    # the list of pages; "Uiterlijk en taal"; into the page: language to English, colours to dark
    person.presses(*["Tab"] * 1, "End", "Up", "Up", "Tab", "End", "Tab", "End", "ctrl+s")
    person.waits_until(lambda: settings.exists() and "language" in settings.read_text("utf-8"))
    kept = tomllib.loads(settings.read_text("utf-8"))
    assert kept == {"language": "en", "scheme": "dark"}
    person.waits_until(lambda: person.xdotool("getwindowname", window) == "Settings – Eerst Begrip")
    person.waits_until(lambda: person.sees(DARK.ground))
    assert not person.sees(LIGHT.ground)


def test_an_incident_is_reported_by_the_agent_and_by_nobody_else(
    opens: Callable[..., Person], tmp_path: Path
) -> None:
    person = opens(program=("tests.ui.abused",))
    window = person.turns_to(LIVE)
    person.presses("i")
    person.turns_to("Incident melden")
    person.presses("Tab", "Tab")
    person.xdotool("type", "--delay", "20", "Belde al eens zo.")
    person.presses("ctrl+Return")
    person.waits_until(lambda: "Incident melden" not in person.titles())
    person.xdotool("windowfocus", "--sync", window, "key", "ctrl+w")
    assert person.leaves() == 0
    record = open_record(tmp_path / "record", file_keys=True)
    (reported,) = incidents(record.store())
    record.close()
    assert reported.submitted_by == "A-7"
    assert reported.kind == "threat"
    assert "Belde al eens zo." in reported.text
    assert "ik weet je te vinden" in reported.text
