"""A call in a window: the real chain behind it, with models that know the demo by heart."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from audio.callfile import CallFile, inspect
from coach import app, live
from coach.core.events import (
    LogEvent,
    NudgeAnswered,
    NudgeShown,
    NudgeWithdrawn,
    RunFinished,
    Utterance,
)
from coach.core.vocabulary import Speaker
from coach.errors import ProductError
from coach.runtime.mailbox import Mailbox
from coach.runtime.script import load_script
from coach.settings import Settings
from coach.store.calllog import log_path, read_log
from tests.ui import demo_models
from ui.live_window import LiveWindow
from ui.messages import Message, Played, Stopped

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(autouse=True)
def demo_by_heart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(app, "load_recogniser", demo_models.recogniser)
    monkeypatch.setattr(app, "load_understanding", demo_models.understanding)
    monkeypatch.setattr(app, "scratch_folder", lambda: tmp_path)
    monkeypatch.setattr(live, "LINGER_MS", 1)


@pytest.fixture(autouse=True)
def no_thread_stays() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= before


@pytest.fixture
def call() -> CallFile:
    return inspect(app.demo_call())


def log(folder: Path) -> list[LogEvent]:
    return list(read_log(log_path(folder, app.demo_call().stem)))


def when_state_is(words: str, act: Callable[[LiveWindow], object]) -> QTimer:
    """Do `act` on the window once its state light says `words`."""
    timer = QTimer()
    timer.setInterval(5)

    def look() -> None:
        for top in QApplication.topLevelWidgets():
            if (
                isinstance(top, LiveWindow)
                and top.isVisible()
                and top.band.state.state.text() == words
            ):
                timer.stop()
                act(top)

    timer.timeout.connect(look)
    timer.start()
    return timer


def test_the_demo_plays_to_its_end_and_closes_by_itself(call: CallFile, tmp_path: Path) -> None:
    assert live.show_demo(Settings(), call, realtime=False, close=True) == 0
    events = log(tmp_path)
    assert isinstance(events[-1], RunFinished)
    assert any(isinstance(event, NudgeShown) for event in events)


def test_each_side_of_the_log_says_what_that_side_said_in_the_demo(
    call: CallFile, tmp_path: Path
) -> None:
    live.Playing(settings=Settings(), call=call, realtime=False).play()
    script = load_script("demo", app.demo_call().with_suffix(".turns.json"))
    heard = [event for event in log(tmp_path) if isinstance(event, Utterance)]
    for speaker in Speaker:
        words = [w.text for turn in script.turns if turn.speaker is speaker for w in turn.words]
        said = [word for e in heard if e.speaker is speaker for word in e.text.split()]
        assert (
            SequenceMatcher(None, words, said).ratio() > 0.95
        )  # some lie in a pause by the script


def test_closing_the_window_stops_the_call(call: CallFile, tmp_path: Path) -> None:
    closer = when_state_is("Luistert", LiveWindow.close)
    assert live.show_demo(Settings(), call, realtime=True) == 0
    closer.stop()
    finished = log(tmp_path)[-1]
    assert isinstance(finished, RunFinished)
    assert finished.audio < call.duration_s * 16_000 / 2


def test_closing_the_window_stops_a_fast_call_too(call: CallFile, tmp_path: Path) -> None:
    closer = when_state_is("Luistert", LiveWindow.close)
    assert live.show_demo(Settings(), call, realtime=False) == 0
    closer.stop()
    finished = log(tmp_path)[-1]
    assert isinstance(finished, RunFinished)
    assert finished.audio < call.duration_s * 16_000 - 16_000


def test_closing_while_models_load_starts_no_call(
    call: CallFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = threading.Event()

    def slow(settings: Settings) -> object:
        assert closed.wait(10)
        return demo_models.recogniser(settings)

    def close(shown: LiveWindow) -> None:
        shown.close()
        closed.set()

    monkeypatch.setattr(app, "load_recogniser", slow)
    closer = when_state_is("Modellen laden…", close)
    assert live.show_demo(Settings(), call, realtime=False) == 0
    closer.stop()
    assert list(tmp_path.iterdir()) == []


def test_a_missing_model_is_said_in_the_window_and_raised_when_it_is_closed(
    call: CallFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_: Settings) -> object:
        raise ProductError("models.missing", name="base")

    said: list[str] = []

    def read_and_close(shown: LiveWindow) -> None:
        said.append(shown.coach.quiet.text())
        shown.close()

    monkeypatch.setattr(app, "load_recogniser", missing)
    closer = when_state_is("Gestopt", read_and_close)
    with pytest.raises(ProductError):
        live.show_demo(Settings(), call, realtime=False)
    closer.stop()
    assert "coach models fetch base" in said[0]


def test_a_bug_behind_the_window_is_not_swallowed(
    call: CallFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Settings) -> object:
        raise ZeroDivisionError("een fout in de coach")

    said: list[str] = []

    def read_and_close(shown: LiveWindow) -> None:
        said.append(shown.coach.quiet.text())
        shown.close()

    monkeypatch.setattr(app, "load_understanding", broken)
    closer = when_state_is("Gestopt", read_and_close)
    with pytest.raises(ZeroDivisionError):
        live.show_demo(Settings(), call, realtime=False)
    closer.stop()
    assert "ZeroDivisionError" in said[0]


def test_a_window_that_closes_by_itself_does_so_after_a_failure_too(
    call: CallFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_: Settings) -> object:
        raise ProductError("models.missing", name="base")

    monkeypatch.setattr(app, "load_recogniser", missing)
    with pytest.raises(ProductError):
        live.show_demo(Settings(), call, realtime=False, close=True)


def test_ctrl_c_closes_the_window(call: CallFile) -> None:
    before = signal.getsignal(signal.SIGINT)
    stopper = when_state_is("Luistert", lambda _: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        live.show_demo(Settings(), call, realtime=True)
    stopper.stop()
    assert signal.getsignal(signal.SIGINT) is before


class AnswersAtOnce(Mailbox[Message]):
    """A screen whose person answers every nudge the moment it appears."""

    def __init__(self, playing: live.Playing) -> None:
        super().__init__()
        self._playing = playing

    def put(self, message: Message) -> None:
        super().put(message)
        if isinstance(message, NudgeShown):
            self._playing.answer(message.nudge, "useful")


def test_an_answer_reaches_the_call_and_takes_the_nudge_down(
    call: CallFile, tmp_path: Path
) -> None:
    playing = live.Playing(settings=Settings(), call=call, realtime=False)
    playing.to_screen = AnswersAtOnce(playing)
    playing.play()
    events = log(tmp_path)
    shown = [event.nudge for event in events if isinstance(event, NudgeShown)]
    answered = [(e.nudge, e.answer) for e in events if isinstance(e, NudgeAnswered)]
    expired = [
        event.nudge
        for event in events
        if isinstance(event, NudgeWithdrawn) and event.reason == "expired"
    ]
    assert shown
    assert answered == [(number, "useful") for number in shown]
    assert expired == []


def test_the_screen_is_told_the_time_of_the_call_to_its_end(call: CallFile) -> None:
    playing = live.Playing(settings=Settings(), call=call, realtime=False)
    playing.play()
    played = [m.at for m in playing.to_screen.take(100_000) if isinstance(m, Played)]
    assert played == sorted(played)
    assert played[-1] == pytest.approx(playing.length, abs=16_000)


def test_the_end_of_the_work_is_the_last_message(call: CallFile) -> None:
    playing = live.Playing(settings=Settings(), call=call, realtime=False)
    with ThreadPoolExecutor(max_workers=1) as background:
        playing.begin(background)
    playing.finish()
    assert playing.to_screen.take(100_000)[-1] == Stopped()
