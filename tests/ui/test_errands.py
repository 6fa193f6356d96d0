"""Work behind the screen: results come back, whatever else is asked in the meantime."""

import time
from contextlib import closing

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from ui.errands import Errands


def test_results_come_back_while_more_work_keeps_coming(qtbot: QtBot) -> None:
    found: list[float] = []
    with closing(Errands()) as errands:
        asking = QTimer()
        asking.timeout.connect(lambda: errands.run(time.monotonic, found.append, print))
        asking.start(1)
        qtbot.waitUntil(lambda: bool(found))
        asking.stop()
