"""A device that changes while it is being opened or looked at: no change is missed."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

import numpy as np
import pytest

from audio.capture import Capture
from audio.line import Line
from coach.core.units import RATE
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Audio


class ByHand(Executor):
    """Does what is beside when the test says so."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Future[Any], Callable[[], Any]]] = []

    def submit(self, work: Callable[..., Any], /, *args: Any, **more: Any) -> "Future[Any]":
        done: Future[Any] = Future()
        self._waiting.append((done, lambda: work(*args, **more)))
        return done

    def catch_up(self) -> None:
        waiting, self._waiting = self._waiting, []
        for done, work in waiting:
            done.set_result(work())


class Recording:
    """An open device that gives a little at every look."""

    rate = RATE
    overruns = 0
    alive = True
    silent_when_idle = False

    def __init__(self, device: str) -> None:
        self.device = device

    def read(self) -> Audio:
        return np.zeros(RATE // 100, np.float32)

    def close(self) -> None:
        pass


class Default:
    """The system's own choice, which is another device now and then."""

    name = "default"

    def __init__(self) -> None:
        self.now = "dongle"

    def open(self) -> Capture:
        return Recording(self.now)

    def moved(self, capture: Capture) -> bool:
        return capture.device != self.now


@pytest.mark.parametrize("when", ["opened", "looked at"])
def test_a_default_that_moves_meanwhile_is_followed(when: str) -> None:
    beside, default = ByHand(), Default()
    line = Line(Speaker.CUSTOMER, default, lambda: beside)
    at = 0.0

    def pump() -> None:
        nonlocal at
        at += 0.01
        line.pump(at)

    pump()
    beside.catch_up()  # it is open, and nobody has taken it yet
    if when == "looked at":
        pump()
        line.look()
        pump()
        beside.catch_up()  # it has been looked at, and all was well
    default.now = "headset"
    line.look()
    for _ in range(10):
        pump()
        beside.catch_up()
    assert line.device_name == "headset"
    line.close()
    beside.catch_up()
