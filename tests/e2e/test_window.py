"""Real windows on a real X server: `coach demo` as a person would see it.

The models know the demo by heart, so that the story is the same on every machine.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from coach.core.events import LogEvent, NudgeAnswered, NudgeShown, RunFinished
from coach.store.calllog import log_path, read_log
from tests.conftest import ROOT
from tests.e2e.screen import IMPORT, PATIENCE_S, XDOTOOL, display, needs_a_screen
from tests.ui import disturbed
from ui.theme import LIGHT

__all__ = ["display"]

pytestmark = needs_a_screen


@dataclass(kw_only=True)
class Person:
    """Somebody in front of the screen who has started `coach demo`."""

    display: str
    folder: Path
    options: tuple[str, ...]
    coach: "subprocess.Popen[str]" = field(init=False)

    def __post_init__(self) -> None:
        self.coach = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.demo_models", "demo", *self.options],
            cwd=ROOT,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
        return {
            **kept,
            "DISPLAY": self.display,
            "COACH_LOGS": str(self.folder),
            "COACH_SCREEN": str(self.folder / "screen.ini"),
            "COACH_LANGUAGE": "nl",
        }

    def xdotool(self, *words: str) -> str:
        done = subprocess.run(
            [XDOTOOL, *words],
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=True,
        )
        return done.stdout.strip()

    def sees_window(self) -> str:
        """Wait for the window; its number."""
        found = self.xdotool("search", "--sync", "--onlyvisible", "--name", "^Eerst Begrip$")
        return found.splitlines()[0]

    def waits_for(self, kind: type[LogEvent]) -> list[LogEvent]:
        """Wait until an event of `kind` is in the log; the log so far."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            events = self.log()
            if any(isinstance(event, kind) for event in events):
                return events
            with suppress(subprocess.TimeoutExpired):
                self.coach.wait(0.05)
                raise AssertionError(self.coach.stdout and self.coach.stdout.read())
        raise AssertionError(f"no {kind.__name__} within {PATIENCE_S} s")

    def log(self) -> list[LogEvent]:
        path = log_path(self.folder / "demo", "demo")
        return list(read_log(path)) if path.exists() else []

    def looks(self, picture: Path, until: Callable[[set[str]], bool]) -> set[str]:
        """Take pictures of the screen until its colours are as expected; the colours."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            subprocess.run(
                [IMPORT, "-window", "root", str(picture)],
                env=self.environment(),
                timeout=PATIENCE_S,
                check=True,
            )
            seen = colours(QImage(str(picture)))
            if until(seen) or time.monotonic() > deadline:
                return seen

    def leaves(self) -> tuple[int, str]:
        """Wait for the end of the program; exit code and what it printed."""
        printed, _ = self.coach.communicate(timeout=PATIENCE_S)
        return self.coach.returncode, printed


def colours(image: QImage) -> set[str]:
    """The colours of every third pixel, as "#rrggbb"."""
    across, down = range(0, image.width(), 3), range(0, image.height(), 3)
    return {image.pixelColor(x, y).name() for x in across for y in down}


@pytest.fixture
def starts_demo(display: str, tmp_path: Path) -> Iterator[Callable[..., Person]]:
    people: list[Person] = []

    def start(*options: str) -> Person:
        people.append(Person(display=display, folder=tmp_path, options=options))
        return people[-1]

    yield start
    for person in people:
        if person.coach.poll() is None:
            person.coach.kill()
        person.coach.communicate(timeout=PATIENCE_S)


def test_the_demo_plays_in_a_window_and_closes_by_itself_where_nobody_watches(
    starts_demo: Callable[..., Person], tmp_path: Path
) -> None:
    person = starts_demo("--fast")
    person.sees_window()
    person.waits_for(RunFinished)
    wanted = {LIGHT.ground, LIGHT.low, LIGHT.high}
    assert wanted <= person.looks(tmp_path / "end.png", lambda colours: wanted <= colours)
    assert person.leaves() == (0, "")


def test_a_nudge_is_answered_by_keyboard_and_closing_ends_the_call(
    starts_demo: Callable[..., Person], tmp_path: Path
) -> None:
    person = starts_demo("--realtime")
    window = person.sees_window()
    person.waits_for(NudgeShown)
    seen = person.looks(tmp_path / "nudge.png", lambda colours: LIGHT.accent_ground in colours)
    assert LIGHT.accent_ground in seen
    person.xdotool("windowfocus", "--sync", window, "key", "1")
    events = person.waits_for(NudgeAnswered)
    shown = [event.nudge for event in events if isinstance(event, NudgeShown)]
    answers = [(e.nudge, e.answer) for e in events if isinstance(e, NudgeAnswered)]
    assert answers in [[(number, "useful")] for number in shown]
    person.xdotool("key", "ctrl+w")
    assert person.leaves() == (0, "")
    finished = person.log()[-1]
    assert isinstance(finished, RunFinished)


def test_what_is_done_with_a_real_window_is_not_in_the_log(display: str, tmp_path: Path) -> None:
    for act in disturbed.ACTS:
        folder = tmp_path / act
        folder.mkdir()
        kept = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
        done = subprocess.run(
            [sys.executable, "-m", "tests.ui.disturbed", str(folder), act],
            cwd=ROOT,
            env={**kept, "DISPLAY": display, "COACH_SCREEN": str(folder / "screen.ini")},
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    logs = {act: disturbed.read(tmp_path / act) for act in disturbed.ACTS}
    assert logs["fiddling"] == logs["nothing"]
    assert len(logs["closing"]) < len(logs["nothing"])
    begun = logs["closing"][: len(logs["closing"]) // 2]
    assert begun == logs["nothing"][: len(begun)]
