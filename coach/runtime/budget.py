"""A share of the processors for the coach, so that the softphone beside it has room.

Time that was not used is saved up for a moment, so that the words that a nudge hangs on need not
wait; beyond that, the recogniser rests until the share is right again.
"""

import time
from collections.abc import Callable
from typing import Final

SAVED_S: Final = 2.0
"""Seconds of one processor that are saved up at most."""


class Budget:
    """`share` (0..1) of `cores` processors. One thread rests; the whole process counts."""

    def __init__(
        self,
        share: float,
        cores: int,
        *,
        now: Callable[[], float] = time.perf_counter,
        used: Callable[[], float] = time.process_time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._a_second = share * cores
        self._now, self._used, self._sleep = now, used, sleep
        self._saved = SAVED_S
        self._at, self._spent = now(), used()

    def rest(self) -> None:
        """Rest if more was used than the share; call it before each piece of work."""
        self._count()
        if self._saved < 0:
            self._sleep(-self._saved / self._a_second)

    def _count(self) -> None:
        now, used = self._now(), self._used()
        self._saved += (now - self._at) * self._a_second - (used - self._spent)
        self._saved = min(self._saved, SAVED_S)
        self._at, self._spent = now, used
