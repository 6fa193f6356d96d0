"""Qt's application object: made once, with the product's name and the system's font."""

import gc
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

_TURN_S = 0.0005
"""How long another thread of Python may hold up the screen's. With the usual 5 ms, a screen that
takes turns with a thread that reads a call of four hours stands still for 160 ms."""

_COLLECTS_AT = (10_000, 10, 10)
"""How many new objects until Python looks for garbage, with every thread waiting. With the usual
700 it looks through all of a call of four hours several times while that is read: 85 ms each.
"""


def application() -> QApplication:
    """The application object; the same one however often it is asked for."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    sys.setswitchinterval(_TURN_S)
    gc.freeze()  # what is loaded by now stays: it need not be looked through
    gc.set_threshold(*_COLLECTS_AT)
    made = QApplication(["eerst-begrip"])
    made.setApplicationName("eerst-begrip")
    made.setApplicationDisplayName("Eerst Begrip")
    made.setDesktopFileName("eerst-begrip")
    made.setStyle("Fusion")  # drawn alike on every system, so that the theme's colours hold
    return made


def heartbeat(every_ms: int = 200) -> QTimer:
    """A timer that lets Python run now and then while nothing happens on the screen."""
    timer = QTimer()
    timer.timeout.connect(lambda: None)
    timer.start(every_ms)
    return timer
