"""The sample call in a window that somebody fiddles with in the middle of it.

The recogniser halts at one word until the fiddling is done, so that it falls into the same moment
of every run. As a script: python -m tests.ui.disturbed FOLDER nothing|fiddling|closing
"""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from audio.callfile import inspect
from coach import app, live
from coach.core.events import LogEvent, RunFinished
from coach.runtime.ports import Audio, Transcript
from coach.settings import Settings
from coach.store.calllog import log_path, read_log
from tests.ui import demo_models
from ui.application import application
from ui.live_window import LiveWindow

_HALTS_AT = 12
"""At which look of the recogniser: the call is on for a while, and a nudge has been shown."""
_PATIENCE_S = 60


@dataclass(kw_only=True)
class Halting(demo_models.ByHeart):
    """Knows the demo by heart, and waits once in the middle until it may go on."""

    reached: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    _looks: int = 0

    def transcribe(self, audio: Audio, *, final: bool) -> Transcript:
        """The words, after the halt."""
        self._looks += 1
        if self._looks == _HALTS_AT:
            self.reached.set()
            assert self.go_on.wait(_PATIENCE_S)
        return super().transcribe(audio, final=final)


def nothing(_: LiveWindow) -> None:
    """The undisturbed run."""


def fiddling(window: LiveWindow) -> None:
    """Everything that can be done with a window but to close it."""
    acts: tuple[Callable[[], object], ...] = (
        lambda: window.move(40, 60),
        lambda: window.resize(600, 400),
        window.showMinimized,
        window.showNormal,
        lambda: window.set_mini(True),
        lambda: window.set_mini(False),
        window.hide,
        window.show,
        lambda: window.dock(left=True),
        window.menu.on_top.toggle,
        window.footer.note.click,
        window.footer.figures.click,
        window.showMaximized,
        window.showNormal,
    )
    for act in acts:
        act()
        QTest.qWait(5)


def closing(window: LiveWindow) -> None:
    """The window is closed in the middle of the call."""
    window.close()


ACTS = {one.__name__: one for one in (nothing, fiddling, closing)}


def in_a_window(folder: Path, act: Callable[[LiveWindow], None]) -> list[LogEvent]:
    """The log of the call in a window with which `act` is done."""
    application()
    halting, looking = Halting(), QTimer()

    def look() -> None:
        shown = [top for top in QApplication.topLevelWidgets() if isinstance(top, LiveWindow)]
        if halting.reached.is_set() and not halting.go_on.is_set():
            looking.stop()
            act(next(one for one in shown if one.isVisible()))
            halting.go_on.set()

    looking.timeout.connect(look)
    looking.start(5)
    with _by_heart(folder, halting):
        assert live.show_demo(Settings(), inspect(app.demo_call()), realtime=False, close=True) == 0
    return read(folder)


def without_a_window(folder: Path) -> list[LogEvent]:
    """The log of the call that is stopped at the same moment, with no window anywhere."""
    halting = Halting()
    with _by_heart(folder, halting):
        playing = live.Playing(settings=Settings(), call=inspect(app.demo_call()), realtime=False)
        work = threading.Thread(target=playing.play)
        work.start()
        assert halting.reached.wait(_PATIENCE_S)
        playing.close()
        halting.go_on.set()
        work.join()
    return read(folder)


def read(folder: Path) -> list[LogEvent]:
    """What was logged, without how long the machine took for it."""
    found = read_log(log_path(folder, app.demo_call().stem))
    return [event for event in found if not isinstance(event, RunFinished)]


@contextmanager
def _by_heart(folder: Path, recogniser: Halting) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        folder.mkdir(parents=True, exist_ok=True)
        patch.setattr(app, "load_recogniser", lambda _: recogniser)
        patch.setattr(app, "load_understanding", demo_models.understanding)
        patch.setattr(app, "scratch_folder", lambda: folder)
        patch.setattr(live, "LINGER_MS", 1)
        yield


if __name__ == "__main__":
    in_a_window(Path(sys.argv[1]), ACTS[sys.argv[2]])
