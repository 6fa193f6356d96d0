"""Whole stories in the real program: a call found, replayed, a note left; figures exported."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from coach.core.events import CallStarted, Utterance
from coach.core.redaction import redact_events
from coach.demo.week import weeks
from coach.store.database import Origin
from coach.store.home import Record, open_record
from coach.store.people import access_log, notes_of
from tests.conftest import ROOT
from tests.e2e.screen import IMPORT, PATIENCE_S, XDOTOOL, display, needs_a_screen
from ui.theme import LIGHT

__all__ = ["display"]

pytestmark = needs_a_screen
CALLS = 20


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """This week's calls, as the coach would have kept them."""
    made = open_record(tmp_path_factory.mktemp("kept") / "record", file_keys=True)
    monday = date.today() - timedelta(days=date.today().weekday())
    for one in weeks(monday, calls=CALLS):
        started = one.events[0]
        assert isinstance(started, CallStarted)
        origin = Origin(agent=started.agent, team=one.team, shared=True)
        made.store().append(started.call_id, 0, redact_events(one.events), origin)
    yield made
    made.close()


class Lead:
    """A team lead in front of the screen, with a keyboard and no mouse."""

    def __init__(self, display: str, record: Path, folder: Path, page: str) -> None:
        (folder / "settings.toml").write_text(
            'key_store = "file"\nrole = "lead"\nagent = "lead-7"\nscheme = "light"\n'
        )
        (folder / "screen.ini").write_text("[first_run]\ndone=true\n")
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("QT_")},
            "DISPLAY": display,
            "COACH_LANGUAGE": "nl",
            "COACH_RECORD": str(record),
            "COACH_SETTINGS": str(folder / "settings.toml"),
            "COACH_SCREEN": str(folder / "screen.ini"),
            "COACH_DIARY": str(folder / "faults.jsonl"),
        }
        self._picture = folder / "screen.png"
        self.coach = subprocess.Popen(
            [sys.executable, "-m", "coach", "open", "--page", page],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.focuses("Eerst Begrip$")

    def xdotool(self, *words: str) -> str:
        done = subprocess.run(
            [XDOTOOL, *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=True,
        )
        return done.stdout.strip()

    def focuses(self, name: str) -> None:
        """Wait for the window of that name, and type into it from now on."""
        found = self.xdotool("search", "--sync", "--onlyvisible", "--name", name)
        self.xdotool("windowfocus", "--sync", found.splitlines()[0])

    def sees(self, *colours: str) -> None:
        """Look at the screen until these colours are on it."""

        def seen() -> bool:
            command = [IMPORT, "-window", "root", str(self._picture)]
            subprocess.run(command, env=self.environment, timeout=PATIENCE_S, check=True)
            image = QImage(str(self._picture))
            across, down = range(0, image.width(), 2), range(0, image.height(), 2)
            found = {image.pixelColor(x, y).name() for x in across for y in down}
            return found >= set(colours)

        self.waits(seen, f"{colours} on the screen")

    def waits(self, condition: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            gone = self.coach.poll() is not None
            assert not gone, self.coach.stdout and self.coach.stdout.read()
            assert time.monotonic() < deadline, f"not within {PATIENCE_S} s: {what}"

    def leaves(self) -> None:
        if self.coach.poll() is None:
            self.coach.terminate()
        self.coach.communicate(timeout=PATIENCE_S)


@pytest.fixture
def lead(display: str, record: Record, tmp_path: Path) -> Iterator[Callable[[str], Lead]]:
    there: list[Lead] = []

    def start(page: str) -> Lead:
        there.append(Lead(display, record.folder, tmp_path, page))
        return there[-1]

    yield start
    for one in there:
        one.leaves()


def test_a_call_is_found_replayed_and_gets_a_note(
    lead: Callable[[str], Lead], record: Record
) -> None:
    store = record.store()
    person = lead("calls")
    person.sees(LIGHT.low, LIGHT.high)
    person.xdotool("key", "ctrl+f")
    person.xdotool("type", "storing")
    person.xdotool("key", "Return")

    def opened() -> bool:
        person.xdotool("key", "Down", "Return")
        return bool(access_log(store))

    person.waits(opened, "the call stands in the access log")
    (first, *_) = access_log(store)
    assert (first.who, first.role, first.what) == ("lead-7", "lead", "call")
    said = [e.text.lower() for e in store.events(first.call_id) if isinstance(e, Utterance)]
    assert any("storing" in text for text in said)
    person.sees(LIGHT.customer, LIGHT.agent)
    person.xdotool("key", "Right", "Right", "m")
    person.xdotool("type", "Rustig gebleven.")
    person.xdotool("key", "ctrl+Return")
    person.waits(lambda: bool(notes_of(store, first.call_id)), "the note is kept")
    (note,) = notes_of(store, first.call_id)
    assert note.author == "lead-7"
    assert note.text == "[10.0 s] + Rustig gebleven."


def test_the_dashboard_is_filtered_and_exported(
    lead: Callable[[str], Lead], tmp_path: Path
) -> None:
    person = lead("dashboard")
    person.sees(LIGHT.accent)
    table = tmp_path / "cijfers.csv"
    person.xdotool("key", "ctrl+f", "Tab", "Down", "ctrl+e")
    person.focuses("Exporteren")
    person.xdotool("type", str(table))
    person.xdotool("key", "Return")
    person.waits(table.exists, "the table is written")
    person.waits(lambda: "Team:" in table.read_text("utf-8-sig"), "the table is whole")
    rows = table.read_text("utf-8-sig")
    assert "Team: Amersfoort." in rows
    assert "Erkend vóór gegevens" in rows
    assert "minder dan 5: niet getoond" in rows
