"""Both sides of live calls as one stream of blocks, from the start of the shift to its end.

The clock of the shift is a monotonic clock; both sides are placed on it by device time. A side
whose device is slow is waited for a moment; one whose device is missing is silence, with a gap on
record, and does not hold up the other.
"""

import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from audio.align import Gap
from audio.capture import Device
from audio.line import Line, one_thread
from coach.core.units import RATE, Samples, from_seconds
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Block

PATIENCE_S = 0.5
"""How long a side waits for the other whose samples are late."""
LONG_PATIENCE_S = 1.0
"""How long both are waited for together: then the machine is busy, and nobody is held up."""
STOOD_STILL_S = 20.0
"""When nothing was asked for so long, the machine slept or stood still: that is no part of a call,
and no pipe holds more."""
_LOOK_EVERY_S = 0.01
_LOOK_FOR_CHANGES_S = 0.2


class WallClock:
    """The time of a shift in seconds, from when it was made; never goes back."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self._never = threading.Event()

    def now(self) -> float:
        """Seconds since the shift began."""
        return time.monotonic() - self.began

    def leave_out(self, seconds: float) -> None:
        """Do not count the last `seconds`: nobody was awake in them."""
        self.began += seconds

    def wait(self, seconds: float) -> None:
        """Let `seconds` pass."""
        self._never.wait(seconds)


@dataclass(frozen=True, kw_only=True, slots=True)
class LineState:
    """How a side does. `device` `None`: nothing is recorded; `missing` says why, in one word."""

    speaker: Speaker
    device: str | None
    missing: str | None
    overruns: int
    drift_ppm: float | None


class LiveSource:
    """The devices of both sides as a `Source` that ends when it is closed.

    `blocks`, `gaps` and `states` belong to one thread; `hold`, `resume` and `close` may be called
    from any. `changed` says whether something about the devices changed since it was last asked.
    """

    def __init__(
        self,
        agent: Device,
        customer: Device,
        *,
        block_s: float = 0.05,
        clock: WallClock | None = None,
        changed: Callable[[], bool] = lambda: False,
        background: Callable[[], Executor] = one_thread,
    ) -> None:
        self._lines = {
            Speaker.AGENT: Line(Speaker.AGENT, agent, background),
            Speaker.CUSTOMER: Line(Speaker.CUSTOMER, customer, background),
        }
        self.clock = clock or WallClock()
        self._block = from_seconds(block_s)
        self._changed = changed
        self._look_at_s = 0.0
        self._awake_s = self.clock.now()
        self._at = 0
        self._held = threading.Event()
        self._closed = threading.Event()

    @property
    def held(self) -> bool:
        """Whether the call is on hold: nothing is captured."""
        return self._held.is_set()

    def hold(self) -> None:
        """Capture nothing until `resume`; the devices are closed within a block."""
        self._held.set()

    def resume(self) -> None:
        """Capture again."""
        self._held.clear()

    def close(self) -> None:
        """End the stream after the block that is under way."""
        self._closed.set()

    def blocks(self, *, at_every_look: bool = False) -> Generator[Block]:
        """Blocks of one length, each as soon as both sides of it are known. Ends at `close`.

        `at_every_look`: an empty block comes whenever there was nothing new, so that whoever reads
        can see to other things.
        """
        try:
            while not self._closed.is_set():
                self._pump()
                ready = min(line.side.until for line in self._lines.values())
                while ready - self._at >= self._block and not self._closed.is_set():
                    yield self._next()
                if at_every_look:
                    yield self._nothing()
                self.clock.wait(_LOOK_EVERY_S)
        finally:
            for line in self._lines.values():
                line.close()

    def gaps(self) -> list[tuple[Speaker, Gap]]:
        """What was missing since the last time, on the clock of the shift."""
        return [(s, gap) for s, line in self._lines.items() for gap in line.side.take_gaps()]

    def states(self) -> list[LineState]:
        """How both sides do now."""
        return [
            LineState(
                speaker=speaker,
                device=line.device_name,
                missing=None if line.side.present else line.side.reason,
                overruns=line.overruns,
                drift_ppm=line.side.drift_ppm,
            )
            for speaker, line in self._lines.items()
        ]

    def _pump(self) -> None:
        """Take what has come to both sides, and fill up what will not come."""
        now_s = self._awake()
        lines = list(self._lines.values())
        look = now_s >= self._look_at_s and self._changed()
        if now_s >= self._look_at_s:
            self._look_at_s = now_s + _LOOK_FOR_CHANGES_S
        for line in lines:
            if self._held.is_set():
                line.hold()
                continue
            if look:
                line.look()
            line.pump(now_s)
        self._fill(lines, now_s)

    def _awake(self) -> float:
        """The moment now; a stretch in which the machine slept does not count."""
        now_s = self.clock.now()
        if now_s - self._awake_s > STOOD_STILL_S:
            self.clock.leave_out(now_s - self._awake_s)
            now_s = self.clock.now()
            for line in self._lines.values():
                line.start_anew("stood_still")
                line.side.mark("stood_still")
        self._awake_s = now_s
        return now_s

    def _fill(self, lines: list[Line], now_s: float) -> None:
        present = [line.side.until for line in lines if line.side.present]
        if present:
            ahead_s = max(present) / RATE
            overdue_s = max(ahead_s - PATIENCE_S, now_s - LONG_PATIENCE_S)
        else:
            overdue_s = now_s - PATIENCE_S
        overdue = Samples(max(0, int(overdue_s * RATE)))
        known = max(min(present, default=overdue), overdue)
        for line in lines:
            line.side.fill(overdue if line.side.present else known)

    def _nothing(self) -> Block:
        nothing = np.empty(0, np.float32)
        return Block(start=Samples(self._at), agent=nothing, customer=nothing)

    def _next(self) -> Block:
        sides = {speaker: line.side.take(self._block) for speaker, line in self._lines.items()}
        start = Samples(self._at)
        self._at += self._block
        return Block(start=start, agent=sides[Speaker.AGENT], customer=sides[Speaker.CUSTOMER])
