"""The door between background and screen, and whether this Qt can be trusted with it."""

from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from coach.core.units import Samples
from coach.runtime.mailbox import Mailbox
from tests.ui.events import STARTED, nudge
from ui.bridge import AT_MOST, Bridge
from ui.live_window import LiveWindow
from ui.messages import Message, Played, Stopped
from ui.viewmodel import Light, LiveView, LiveViewModel


def test_this_qt_survives_signals_that_carry_a_bool() -> None:
    class Canary(QObject):
        sang = Signal(bool)

    canary = Canary()
    for _ in range(2_000):
        canary.sang.emit(True)


def test_the_bridge_shows_what_came_through_the_mailbox(qtbot: QtBot) -> None:
    window = LiveWindow(answer=lambda _number, _answer: None)
    qtbot.addWidget(window)
    window.show()
    mailbox: Mailbox[Message] = Mailbox()
    bridge = Bridge(mailbox, LiveViewModel(), window.set_view, window)
    bridge.open()
    mailbox.put(STARTED)
    mailbox.put(nudge())
    qtbot.waitUntil(window.coach.card.isVisible)
    bridge.close()


def test_a_burst_is_spread_over_several_pictures() -> None:
    mailbox: Mailbox[Message] = Mailbox()
    shown: list[LiveView] = []
    bridge = Bridge(mailbox, LiveViewModel(), shown.append)
    for number in range(AT_MOST + 1):
        mailbox.put(Played(at=Samples(number)))
    bridge.carry()
    bridge.carry()
    bridge.carry()
    assert [view.now for view in shown] == [AT_MOST - 1, AT_MOST]


def test_the_bridge_shows_nothing_when_nothing_came() -> None:
    shown: list[LiveView] = []
    mailbox: Mailbox[Message] = Mailbox()
    bridge = Bridge(mailbox, LiveViewModel(), shown.append)
    bridge.carry()
    mailbox.put(Stopped())
    bridge.carry()
    assert [view.light for view in shown] == [Light.ENDED]
