"""Devices and a clock that a test moves by hand: hours pass at once."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

import numpy as np

from audio.capture import Capture, DeviceMissing
from audio.live import WallClock
from coach.core.units import RATE
from coach.runtime.ports import Audio

Schedule = Callable[[float], bool]
"""Whether a device delivers at a moment of the shift."""


class HandClock(WallClock):
    """Moves only when somebody waits."""

    def __init__(self) -> None:
        super().__init__()
        self.at_s = 0.0
        self.pause = 0.0

    def now(self) -> float:
        return self.at_s

    def leave_out(self, seconds: float) -> None:
        self.at_s -= seconds

    def wait(self, seconds: float) -> None:
        self.at_s += seconds


class AtOnce(Executor):
    """Does in the moment what would be done beside: the hand-moved clock stands still meanwhile."""

    def submit(self, work: Callable[..., Any], /, *args: Any, **more: Any) -> "Future[Any]":
        done: Future[Any] = Future()
        try:
            done.set_result(work(*args, **more))
        except DeviceMissing as why:
            done.set_exception(why)
        return done


class SimulatedDevice:
    """Records a ramp of its own sample numbers, at a clock that is off by `ppm`.

    `plugged`: whether it can be opened and keeps its stream, and `why` not; `delivers`: whether
    samples come out of an open stream; what is recorded while they do not is lost, or `kept` and
    comes later.
    """

    name = "simulated"

    def __init__(
        self,
        clock: HandClock,
        *,
        rate: int = RATE,
        ppm: float = 0.0,
        plugged: Schedule = lambda _: True,
        why: str = "device_missing",
        delivers: Schedule = lambda _: True,
        kept: bool = False,
    ) -> None:
        self.clock = clock
        self.rate = rate
        self.true_rate = rate * (1 + ppm / 1e6)
        self.plugged, self.why = plugged, why
        self.delivers = delivers
        self.kept = kept
        self.opened = 0

    def open(self) -> Capture:
        if not self.plugged(self.clock.now()):
            raise DeviceMissing(self.name, self.why)
        self.opened += 1
        return SimulatedCapture(self)

    def moved(self, capture: Capture) -> bool:  # noqa: ARG002 - the protocol's
        return False


class SimulatedCapture:
    """An open simulated device. Its sound is the time at which it was heard, over 1000 s."""

    device = "simulated"
    overruns = 0
    silent_when_idle = False

    def __init__(self, device: SimulatedDevice) -> None:
        self._device = device
        self.rate = device.rate
        self._taken = self._recorded()
        self.closed = False

    @property
    def alive(self) -> bool:
        return self._device.plugged(self._device.clock.now())

    def read(self) -> Audio:
        until = self._recorded()
        if not self.alive or not self._device.delivers(self._device.clock.now()):
            if not self._device.kept:
                self._taken = until
            return np.empty(0, np.float32)
        numbers = np.arange(self._taken, until)
        self._taken = until
        return (numbers / self._device.true_rate / 1000).astype(np.float32)

    def close(self) -> None:
        self.closed = True

    def _recorded(self) -> int:
        return int(self._device.clock.now() * self._device.true_rate)
