"""One side of a live call on the call clock: placed by device time, without holes, without drift.

A device's clock is never quite the computer's. When samples arrive says where they belong, but
arrivals jitter: each may be late, none can be early. So the earliest arrival of the last seconds
counts, and a slow controller resamples the side until it stands where that arrival says.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np
import soxr

from coach.core.units import RATE, Samples
from coach.runtime.ports import Audio

SETTLE_S = 0.15
"""How long a device is listened to before its first sample is placed."""

_BUCKET_S = 1.0
_BUCKETS = 8
_SOFT_S = 20.0
"""The controller's time constant: an error of 1 ms is taken back at 50 ppm, inaudibly."""
_GENTLE, _FIRM = 1e-3, 5e-3
"""The most that the speed is bent for small errors, and for those above `_FIRM_ABOVE_S`."""
_FIRM_ABOVE_S = 0.04
_LOST_S = 0.1
"""Samples that come this much later than the earlier ones promised: some between were lost."""
_TELL_FIRST_S, _TELL_AGAIN_S = 1.0, 5.0


class DeviceClock:
    """Where the samples of one device stand on the call clock, by when they arrived."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._count = 0
        self._earliest: deque[float] = deque(maxlen=_BUCKETS)
        self._bucket_ends = 0.0

    def observe(self, count: int, now_s: float) -> None:
        """`count` more samples were there at `now_s`; all that had come by then, taken at once."""
        self._count += count
        lag = now_s - self._count / self._rate
        if now_s >= self._bucket_ends:
            self._earliest.append(lag)
            self._bucket_ends = now_s + _BUCKET_S
        else:
            self._earliest[-1] = min(self._earliest[-1], lag)

    @property
    def zero_s(self) -> float:
        """When the device's first sample was there, in seconds on the call clock."""
        return min(self._earliest)

    @property
    def end_s(self) -> float:
        """Where the last sample that was observed ends, in seconds on the call clock."""
        return self.zero_s + self._count / self._rate


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """A stretch in which nothing was heard of a side. `reason` is a word of the call log."""

    start: Samples
    end: Samples
    reason: str


class _Stretch:
    """What came from a device between two interruptions, on its way to 16 kHz."""

    def __init__(self, rate: int, now_s: float) -> None:
        self._rate = rate
        self._clock = DeviceClock(rate)
        self._settled_at_s = now_s + SETTLE_S
        self._waiting: list[Audio] = []
        self._resampler = soxr.ResampleStream(rate * (1 + 2 * _FIRM), RATE, 1, "float32", vr=True)
        self._resampler.set_io_ratio(rate, RATE)
        self._position: float | None = None
        self._steer_at_s = 0.0
        self.bend = 0.0

    @property
    def start(self) -> Samples | None:
        """Where the first sample belongs; `None` while that is not known yet."""
        return None if self._position is None else self._start

    @property
    def lost(self) -> bool:
        """Whether samples are missing inside: what comes now belongs much later."""
        return self._position is not None and self._error_s() > _LOST_S

    def push(self, audio: Audio, now_s: float) -> Audio:
        """What is ready at 16 kHz, nothing while the place is not known."""
        self._clock.observe(len(audio), now_s)
        if self._position is None:
            self._waiting.append(audio)
            if now_s < self._settled_at_s:
                return np.empty(0, np.float32)
            self._start = Samples(max(0, round(self._clock.zero_s * RATE)))
            self._position = float(self._start)
            audio, self._waiting = np.concatenate(self._waiting), []
        self._position += len(audio) * RATE / self._rate * (1 + self.bend)
        if now_s >= self._steer_at_s:
            self._steer_at_s = now_s + _BUCKET_S
            self._steer()
        ready: Audio = self._resampler.resample_chunk(np.ascontiguousarray(audio, np.float32))
        return ready

    def flush(self) -> Audio:
        """The rest, when the device has gone."""
        rest: Audio = self._resampler.resample_chunk(np.empty(0, np.float32), last=True)
        return rest

    def _error_s(self) -> float:
        """How much later the side should stand than it does."""
        return self._clock.end_s - (self._position or 0.0) / RATE

    def _steer(self) -> None:
        error = self._error_s()
        most = _FIRM if abs(error) > _FIRM_ABOVE_S else _GENTLE
        self.bend = float(np.clip(error / _SOFT_S, -most, most))
        self._resampler.set_io_ratio(self._rate, RATE * (1 + self.bend), self._rate // 100)


class Side:
    """One side of the call at 16 kHz: sound where a device gave it, silence and a `Gap` elsewhere.

    Belongs to one thread. All times are on the call clock.
    """

    def __init__(self) -> None:
        self._ready: deque[Audio] = deque()
        self._until = 0
        self._stretch: _Stretch | None = None
        self._skip = 0
        self._gap_from: int | None = None
        self._told = False
        self._gaps: list[Gap] = []
        self.reason = "starting"
        self.when_nothing_comes = "no_data"

    @property
    def until(self) -> Samples:
        """Up to where this side is known."""
        return Samples(self._until)

    @property
    def present(self) -> bool:
        """Whether a device gives sound now: worth waiting for."""
        return self._stretch is not None

    @property
    def drift_ppm(self) -> float | None:
        """How much the device's clock is being corrected by, in millionths; `None`: no device."""
        return None if self._stretch is None else self._stretch.bend * 1e6

    def hear(self, audio: Audio, rate: int, now_s: float) -> None:
        """Place what a device gave; `now_s` is when it was there."""
        if self._stretch is not None and self._stretch.lost:
            self.interrupt("lost")
        if self._stretch is None:
            self._stretch = _Stretch(rate, now_s)
        known = self._stretch.start is not None
        ready = self._stretch.push(audio, now_s)
        if not known and self._stretch.start is not None:
            self._begin(self._stretch.start)
        self._append(ready)

    def interrupt(self, reason: str) -> None:
        """The device has gone: its last samples are placed, what follows is a gap."""
        if self._stretch is not None and self._stretch.start is not None:
            self._append(self._stretch.flush())
        self._stretch = None
        self.reason = reason

    def mark(self, reason: str) -> None:
        """Put on record that something happened here, whether or not any sound is missing."""
        here = Samples(self._until)
        self._gaps.append(Gap(start=here, end=here, reason=reason))

    def fill(self, until: Samples) -> None:
        """Nothing came before `until`: silence, on record."""
        if until > self._until and self._stretch is not None and self._stretch.start is not None:
            self.interrupt(self.when_nothing_comes)
        if until <= self._until:
            return
        if self._gap_from is None:
            self._gap_from, self._told = self._until, False
        self._silence(until)
        patience = _TELL_AGAIN_S if self._told else _TELL_FIRST_S
        if self._until - self._gap_from >= patience * RATE:
            self._tell_gap()
            self._gap_from, self._told = self._until, True

    def take(self, count: int) -> Audio:
        """The next `count` samples, which must be known."""
        parts = []
        while count:
            part = self._ready.popleft()
            if len(part) > count:
                self._ready.appendleft(part[count:])
                part = part[:count]
            parts.append(part)
            count -= len(part)
        return np.concatenate(parts) if parts else np.empty(0, np.float32)

    def take_gaps(self) -> list[Gap]:
        """What was missing since the last time; a long gap comes in pieces while it lasts."""
        gaps, self._gaps = self._gaps, []
        return gaps

    def _begin(self, start: Samples) -> None:
        """A device is back: its sound begins at `start`, or after what is silence already."""
        if start > self._until:
            if self._gap_from is None:
                self._gap_from = self._until
            self._silence(start)
        self._skip = self._until - start
        if self._gap_from is not None:
            self._tell_gap()
        self._gap_from = None

    def _tell_gap(self) -> None:
        if self._gap_from is not None and self._until > self._gap_from:
            start, end = Samples(self._gap_from), Samples(self._until)
            self._gaps.append(Gap(start=start, end=end, reason=self.reason))

    def _append(self, audio: Audio) -> None:
        audio, self._skip = audio[self._skip :], max(0, self._skip - len(audio))
        if len(audio):
            self._ready.append(audio)
            self._until += len(audio)

    def _silence(self, until: int) -> None:
        self._ready.append(np.zeros(until - self._until, np.float32))
        self._until = until
