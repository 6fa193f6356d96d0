"""What the live window says before the first call: the sound check, and what it found."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coach.control import State
from coach.core.vocabulary import Speaker
from coach.settings import Settings
from tests.strategies import start as started
from tests.ui.test_coaching import Agent, agent
from ui import wording
from ui.controls import CallIs, SideIs, SoundCheckIs
from ui.live_window import LiveWindow
from ui.messages import Message
from ui.viewmodel import LiveViewModel

__all__ = ["agent"]


def after(*messages: Message) -> LiveViewModel:
    """The picture after `messages`."""
    model = LiveViewModel()
    for message in messages:
        model.take(message)
    return model


def stands(state: State) -> CallIs:
    return CallIs(standing=state)


def test_a_check_is_read_in_the_window_until_a_call_begins(qtbot: QtBot) -> None:
    window = LiveWindow()
    qtbot.addWidget(window)
    ready = stands("idle")
    for words in (("Geluidscontrole: zeg iets.",), ("✗ De microfoon is stil.", "– Zacht."), ()):
        window.set_view(after(ready, SoundCheckIs(words=words)).view)
        assert window.transcript.toPlainText() == "\n".join(words)
    window.set_view(after(ready, SoundCheckIs(words=("✓ Goed.",)), started()).view)
    assert window.transcript.toPlainText() == ""


def test_the_first_shift_of_a_day_is_checked_behind_the_window_too(
    agent: Agent, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COACH_CHECKED", str(tmp_path / "checked"))
    monkeypatch.setattr("coach.soundcheck.devices.known", list)
    daily = Settings(hotkey_call="", hotkey_hold="", sound_check="daily")
    object.__setattr__(agent.coaching.plan, "settings", daily)
    agent.does[19.0] = agent.coaching.stop
    agent.coaching.run()
    told = [one.words for one in agent.told() if isinstance(one, SoundCheckIs)]
    assert len(told) == 2  # it listens, and is broken off by the call
    assert "zeg iets" in told[0][0]
    assert told[1] == ()


def test_overruns_are_shown_beside_the_call_and_gone_with_it() -> None:
    lost = SideIs(speaker=Speaker.AGENT, missing=None, device="mic", overruns=3)
    view = after(started(), lost).view
    assert "3 keer ging geluid verloren" in wording.trouble(view)
    assert wording.trouble(after(started(), lost, started()).view) == ""


def test_overruns_of_a_device_reach_the_window_counted_from_the_beginning_of_the_call(
    agent: Agent,
) -> None:
    def lose(count: int) -> None:
        shift = agent.coaching._shift
        assert shift is not None
        capture = shift.source._lines[Speaker.AGENT]._capture
        assert capture is not None
        capture.overruns = count  # type: ignore[misc]

    agent.does |= {2.0: lambda: lose(2), 15.0: lambda: lose(5), 19.0: agent.coaching.stop}
    agent.coaching.run()
    sides = [one for one in agent.told() if isinstance(one, SideIs)]
    assert [one.overruns for one in sides if one.speaker is Speaker.AGENT][-1] == 3
