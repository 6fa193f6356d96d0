"""The window of `coach listen` when a call is over: the report and the list are there too."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from coach import listen
from coach.coaching import Plan
from coach.core.events import CallEnded
from coach.own_record import OwnRecord
from coach.runtime.mailbox import Mailbox
from coach.settings import load_settings
from coach.store.people import incidents, open_callbacks
from tests.ui.events import STARTED, s
from tests.ui.test_after_card import REVIEW
from ui.controls import NoCall
from ui.incident_form import IncidentForm
from ui.live_window import LiveWindow
from ui.messages import Message

pytestmark = pytest.mark.usefixtures("qapp")


class Abused(NoCall):
    """In the place of a shift: a call is over in which the customer was abusive."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.to_screen: Mailbox[Message] = Mailbox()
        self.length = None

    def begin(self, _: ThreadPoolExecutor) -> None:
        for message in (STARTED, CallEnded(at=s(90)), REVIEW):
            self.to_screen.put(message)

    def close(self) -> None:
        """It is over already."""

    def finish(self) -> None:
        """It is over already."""


@pytest.fixture
def closer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[Callable[[], bool]]]:
    """Steps that are done one after the other, each until it says that it is done."""
    monkeypatch.setenv("COACH_RECORD", str(tmp_path / "record"))
    monkeypatch.setattr(listen, "Coaching", Abused)
    before = set(threading.enumerate())
    steps: list[Callable[[], bool]] = []
    timer = QTimer()
    timer.timeout.connect(lambda: steps.pop(0) if steps and steps[0]() else None)
    timer.start(5)
    yield steps
    timer.stop()
    assert set(threading.enumerate()) <= before


def window() -> LiveWindow:
    shown = (top for top in QApplication.topLevelWidgets() if isinstance(top, LiveWindow))
    return next(one for one in shown if one.isVisible())


def test_the_agent_reports_and_ticks_in_the_window_of_listen(
    closer: list[Callable[[], bool]],
) -> None:
    def over() -> bool:
        return any(
            isinstance(top, LiveWindow) and top.view.review is not None
            for top in QApplication.topLevelWidgets()
        )

    def opens_the_form() -> bool:
        (button,) = (b for b in window().after.findChildren(QPushButton) if "Incident" in b.text())
        button.click()
        return True

    def sends_it() -> bool:
        form = window().findChild(IncidentForm)
        assert form is not None
        form.send.click()
        return True

    def ticks() -> bool:
        promises = window().after.promises
        assert promises is not None
        promises.rows[0].tick.click()
        return True

    def leaves() -> bool:
        return bool(window().close())

    closer += [over, opens_the_form, sends_it, ticks, leaves]
    plan = Plan(settings=load_settings(agent="a1", key_store="file"), both=None)  # type: ignore[arg-type]
    assert listen._in_a_window(plan) == 0
    record = OwnRecord(plan.settings)
    store = record._record.store()
    assert [one.submitted_by for one in incidents(store)] == ["a1"]
    assert [one.text for one in open_callbacks(store, "a1")] == [REVIEW.promises[0].words]
    record.close()


def test_without_a_record_there_is_nothing_to_send_to(closer: list[Callable[[], bool]]) -> None:
    def over() -> bool:
        shown = [t for t in QApplication.topLevelWidgets() if isinstance(t, LiveWindow)]
        if not shown or shown[-1].view.review is None:
            return False
        after = window().after
        assert not any("Incident" in b.text() for b in after.findChildren(QPushButton))
        assert after.promises is not None
        assert not after.promises.rows[0].tick.isVisible()
        return bool(window().close())

    closer += [over]
    plan = Plan(settings=load_settings(keep_calls=False), both=None)  # type: ignore[arg-type]
    assert listen._in_a_window(plan) == 0
