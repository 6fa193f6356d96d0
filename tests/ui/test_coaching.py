"""Live calls behind the window: what it is told, and what comes of the agent's wishes."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from rich.console import Console

from audio.devices import BothSides
from audio.live import LiveSource
from coach import app, live, tune
from coach.coaching import Coaching, Plan, by_key
from coach.control import CallState
from coach.core.events import (
    AudioGap,
    CallStarted,
    LeakMeasured,
    NudgeAnswered,
    RunFinished,
    Utterance,
)
from coach.core.replay import compare
from coach.core.summary import AfterCall
from coach.core.units import Samples
from coach.core.vocabulary import Speaker
from coach.errors import UserError
from coach.phrases import choose_language, say
from coach.protocol.asked import Asked
from coach.settings import Settings
from coach.store.calllog import SUFFIX, read_log
from coach.terminal import TerminalView
from models.scripted import ScriptedUnderstanding
from tests.audio.live.simulated import AtOnce, HandClock
from tests.e2e.command_line import LoudnessDetector
from tests.strategies import start as started
from tests.test_shift_story import Listens, PlayingDevice, voice
from ui import wording
from ui.controls import CallIs, Erased, MeasuringIs, SideIs
from ui.live_window import LiveWindow
from ui.messages import Stopped
from ui.viewmodel import LiveViewModel

LENGTH_S = 40.0


class Agent:
    """Somebody with a headset: a call from second 5 to 18, and what is done at which second."""

    def __init__(self, logs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.clock, self.logs = HandClock(), logs
        agent = voice(1, (5, 7), (12, 14), length=20)
        customer = voice(2, (8, 11), (15, 18), length=20)
        both = BothSides(
            agent=PlayingDevice(self.clock, agent),
            customer=PlayingDevice(self.clock, customer),
            changed=lambda: False,
            close=lambda: None,
        )
        settings = Settings(hotkey_call="", hotkey_hold="")
        self.coaching = Coaching(plan=Plan(settings=settings, both=both, out=logs))
        self.does: dict[float, Callable[[], object]] = {}
        source = partial(LiveSource, clock=self.clock, background=AtOnce)
        monkeypatch.setattr("coach.coaching.LiveSource", source)
        wait = self.clock.wait

        def pass_time(seconds: float) -> None:
            wait(seconds)
            for second in [at for at in self.does if at <= self.clock.at_s]:
                self.does.pop(second)()
            if self.clock.at_s >= LENGTH_S:
                self.coaching.close()

        self.clock.wait = pass_time  # type: ignore[method-assign]

    def told(self) -> list[Any]:
        """Everything that the window was told, in its order."""
        messages: list[Any] = []
        while more := self.coaching.to_screen.take():
            messages += more
        return messages

    def written(self) -> list[Path]:
        return sorted(self.logs.glob(f"*{SUFFIX}"))


@pytest.fixture
def agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Agent:
    monkeypatch.setenv("COACH_CONTROL", str(tmp_path / "control.json"))
    monkeypatch.setattr(app, "load_recogniser", lambda _: Listens())
    monkeypatch.setattr(app, "load_understanding", lambda _: ScriptedUnderstanding())
    monkeypatch.setattr("coach.coaching.SileroDetector", LoudnessDetector)
    return Agent(tmp_path / "calls", monkeypatch)


def test_the_window_shows_the_first_measurement_and_skips_it(
    agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []

    def measured(step: Callable[[float], None]) -> None:
        for done in (0.0, 0.5, 0.75):
            asked.append(done)
            try:
                step(done)
            except tune.Skipped:
                return
            agent.coaching.skip()

    monkeypatch.setattr("coach.tune.at_first_start", measured)
    agent.coaching.run()
    messages = agent.told()
    assert [m.done for m in messages if isinstance(m, MeasuringIs)] == [0.0, None]
    assert asked == [0.0, 0.5]
    model = LiveViewModel()
    model.take(MeasuringIs(done=0.5))
    assert "50" in wording.waiting(model.view)
    model.take(MeasuringIs())
    assert wording.waiting(model.view) == say("screen.loading_long")


def test_the_window_is_told_of_a_call_from_ready_to_the_summary(agent: Agent) -> None:
    agent.does[19.0] = agent.coaching.stop
    agent.coaching.run()
    messages = agent.told()
    stands = [message.standing for message in messages if isinstance(message, CallIs)]
    assert stands == ["idle", "in_call", "idle"]
    kinds = [type(message) for message in messages]
    assert kinds.index(CallStarted) < kinds.index(Utterance) < kinds.index(RunFinished)
    assert kinds[-2:] == [Asked, AfterCall]
    devices = {m.speaker: m.device for m in messages if isinstance(m, SideIs)}
    assert devices == dict.fromkeys(Speaker, "simulated")
    assert all(m.missing is None for m in messages if isinstance(m, SideIs))
    (log,) = agent.written()
    assert compare(list(read_log(log))) is None
    model = LiveViewModel()
    for message in messages:
        model.take(message)
    assert model.view.review is not None


def test_an_answer_at_the_window_is_in_the_log_and_one_to_the_last_call_is_not(
    agent: Agent,
) -> None:
    agent.coaching.answer(7, "wrong")  # nothing is on yet
    agent.does |= {10.0: lambda: agent.coaching.answer(0, "useful"), 19.0: agent.coaching.stop}
    agent.coaching.run()
    (log,) = agent.written()
    answers = [event for event in read_log(log) if isinstance(event, NudgeAnswered)]
    assert [(answer.nudge, answer.answer) for answer in answers] == [(0, "useful")]
    assert answers[0].at > 0


def test_an_objection_at_the_window_leaves_nothing(agent: Agent) -> None:
    agent.does |= {10.0: agent.coaching.object, 11.0: lambda: agent.coaching.note("name", "x")}
    agent.coaching.note("number", "06")
    agent.coaching.run()
    messages = agent.told()
    stands = [message.standing for message in messages if isinstance(message, CallIs)]
    assert stands == ["idle", "in_call", "objected"]
    assert [m for m in messages if isinstance(m, Erased | Asked | AfterCall)] == [Erased()]
    assert agent.written() == []
    model = LiveViewModel()
    for message in messages:
        model.take(message)
    assert model.view.erased
    assert model.view.lines == ()


def test_hold_and_pause_at_the_window_close_the_devices(agent: Agent) -> None:
    heard: list[bool] = []

    def held() -> None:
        heard.append(agent.coaching._shift is not None and agent.coaching._shift.source.held)

    agent.does |= {
        9.0: agent.coaching.hold,
        9.5: held,
        10.0: agent.coaching.resume,
        10.5: held,
        11.0: agent.coaching.pause,
        11.5: held,
        12.0: agent.coaching.resume,
        12.5: held,
        13.0: agent.coaching.start,  # does not fit the moment, and is ignored
        19.0: agent.coaching.stop,
    }
    agent.coaching.run()
    assert heard == [True, False, True, False]
    assert len(agent.written()) == 1


def test_keys_begin_and_end_and_hold_a_call() -> None:
    state = CallState()
    seen = []
    press = by_key(state)
    for key in ("hold", "call", "hold", "hold", "call", "call", "other"):
        press(key)
        seen.append(state.now)
    assert seen == ["idle", "in_call", "on_hold", "in_call", "idle", "in_call", "in_call"]


def on_the_window(
    act: Callable[[LiveWindow], object], when: Callable[[LiveWindow], bool]
) -> QTimer:
    """Do `act` on the window as soon as it is how it should be."""
    timer = QTimer()
    timer.setInterval(5)

    def look() -> None:
        for top in QApplication.topLevelWidgets():
            if isinstance(top, LiveWindow) and top.isVisible() and when(top):
                timer.stop()
                act(top)

    timer.timeout.connect(look)
    timer.start()
    return timer


def test_a_shift_runs_behind_a_window_and_ends_when_it_is_closed(
    qtbot: QtBot, agent: Agent
) -> None:
    agent.does[19.0] = agent.coaching.stop
    closer = on_the_window(LiveWindow.close, lambda window: window._view.review is not None)
    assert live.show(agent.coaching, controls=agent.coaching) is False
    closer.stop()
    agent.coaching.finish()
    (log,) = agent.written()
    events = list(read_log(log))
    assert isinstance(events[-1], RunFinished)
    assert [e for e in events if isinstance(e, Utterance) and e.text]
    assert qtbot


def test_what_goes_wrong_behind_the_window_is_said_in_it_and_raised_when_it_is_closed(
    qtbot: QtBot, agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: object) -> None:
        raise UserError("listen.not_running")

    monkeypatch.setattr(app, "load_recogniser", fails)
    closer = on_the_window(LiveWindow.close, lambda window: bool(window._view.failure))
    assert live.show(agent.coaching, controls=agent.coaching) is False
    closer.stop()
    assert any(isinstance(m, Stopped) for m in agent.told()) is False  # the window took it
    with pytest.raises(UserError):
        agent.coaching.finish()
    assert qtbot


def test_closed_before_the_models_are_there_nothing_begins(agent: Agent) -> None:
    agent.coaching.close()
    agent.coaching.run()
    assert agent.told() == []


@pytest.mark.parametrize(
    ("leak", "words"),
    [
        ((Speaker.AGENT, -12.0), "echo −12 dB: use the headset"),
        ((Speaker.CUSTOMER, -19.6), "echo −20 dB at the customer: switch off side-tone"),
        ((Speaker.AGENT, 0.0), "both sides are the same sound: choose two devices"),
    ],
    ids=["open speaker", "side-tone", "one device for both"],
)
def test_a_leak_is_said_in_the_window_and_in_the_terminal(
    leak: tuple[Speaker, float], words: str
) -> None:
    choose_language("en")
    event = LeakMeasured(at=Samples(0), speaker=leak[0], db=leak[1])
    model = LiveViewModel()
    for message in (started(), event):
        model.take(message)
    assert words in wording.trouble(model.view)
    console = Console(record=True, width=200)
    TerminalView(console).show(event)
    assert console.export_text().strip() != ""
    choose_language("auto")


@pytest.mark.parametrize(
    ("reason", "words"),
    [("device_busy", "another program"), ("stood_still", "slept"), ("hold", None)],
)
def test_a_gap_says_why_in_the_users_words_and_a_hold_is_none(
    reason: str, words: str | None
) -> None:
    choose_language("en")
    gap = AudioGap(
        at=Samples(0),
        speaker=Speaker.CUSTOMER,
        start=Samples(0),
        end=Samples(16_000),
        reason=reason,
    )
    model = LiveViewModel()
    for message in (started(), gap):
        model.take(message)
    told = wording.trouble(model.view)
    assert told == "" if words is None else words in told
    choose_language("auto")
