"""The live window is closed and opened again, also within a call."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coach.runtime.mailbox import Mailbox
from tests.store.calls import call
from tests.ui.archives import Told
from ui.controls import CallIs
from ui.live_session import LiveSession
from ui.messages import Message, Stopped
from ui.places import Places
from ui.viewmodel import Light

_FRAME = 10
"""Pixels: a window without a window manager moves by the frame that it does not have."""


@dataclass
class Calls:
    """Calls on their way to a window, that come to an end when they are told to."""

    to_screen: Mailbox[Message] = field(default_factory=Mailbox)
    length: None = None
    asked: list[str] = field(default_factory=list)

    def begin(self, background: ThreadPoolExecutor) -> None:
        self.asked.append("begin")
        for event in call("one")[:3]:
            background.submit(self.to_screen.put, event).result()

    def answer(self, nudge: int, answer: str) -> None:
        raise AssertionError(f"nobody answered {nudge} with {answer}")

    def close(self) -> None:
        if "close" not in self.asked:
            self.to_screen.put(Stopped())
        self.asked.append("close")

    def finish(self) -> None:
        self.asked.append("finish")


def opened(qtbot: QtBot, calls: Calls, over: Told, places: Places) -> LiveSession:
    session = LiveSession(calls, over=over, places=places)
    session.open()
    qtbot.waitUntil(lambda: session.window.view.light is Light.LISTENING)
    return session


def test_closed_within_a_call_it_can_be_opened_again_where_it_stood(
    qtbot: QtBot, tmp_path: Path
) -> None:
    places, over = Places(tmp_path / "screen.ini"), Told()
    first = opened(qtbot, calls := Calls(), over, places)
    first.window.resize(QSize(420, 260))
    first.window.move(QPoint(90, 70))
    first.window._placed.settle()
    stood = first.window.geometry()
    first.window.close()
    qtbot.waitUntil(lambda: over == [""])
    assert calls.asked == ["begin", "close", "finish"]
    second = opened(qtbot, again := Calls(), over, places)
    stands = second.window.geometry()
    assert stands.size() == stood.size()
    assert (stands.topLeft() - stood.topLeft()).manhattanLength() < _FRAME
    assert again.asked == ["begin"]
    second.finish()
    assert over == ["", ""]
    assert again.asked == ["begin", "close", "finish"]


def test_it_tells_whether_there_may_be_a_customer_on_the_line(qtbot: QtBot, tmp_path: Path) -> None:
    places, told, calls = Places(tmp_path / "screen.ini"), list[bool](), Calls()
    session = LiveSession(calls, over=Told(), places=places, in_call=told.append)
    session.open()
    qtbot.waitUntil(lambda: True in told)
    for standing, may_be in (("paused", True), ("in_call", True), ("objected", True)):
        told.clear()
        calls.to_screen.put(CallIs(standing=standing))  # type: ignore[arg-type]
        qtbot.waitUntil(lambda: bool(told))
        assert set(told) == {may_be}
    for event in call("two"):
        calls.to_screen.put(event)
    qtbot.waitUntil(lambda: session.window.view.light is Light.ENDED)
    assert told[-1] is False
    calls.to_screen.put(CallIs(standing="in_call"))
    qtbot.waitUntil(lambda: told[-1])
    session.finish()
    assert told[-1] is False


def test_closed_before_it_was_seen_nothing_has_begun(tmp_path: Path, qapp: QApplication) -> None:  # noqa: ARG001 - Qt must be there
    over, calls = Told(), Calls()
    session = LiveSession(calls, over=over, places=Places(tmp_path / "screen.ini"))
    session.window.close()
    session.finish()
    assert (calls.asked.count("begin"), calls.asked.count("finish"), over) == (0, 0, [""])
