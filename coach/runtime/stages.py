"""Where the time of the machine goes: how often each stage of the work is done, how long it takes.

Kept as counts in bins that grow by a tenth, so that a call of hours takes no more room than one of
minutes; a percentile is right to within five per cent.
"""

import math
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from coach.core.events import Stage
from coach.runtime.ports import Audio, SpeechDetector

ORDER: Final = (
    *("vad", "features", "encode", "decode", "align"),
    *("understanding", "core", "log"),
)
"""The stages from the sound to the log."""

_GROWTH: Final = math.log(1.1)
_SMALLEST_S: Final = 1e-7


@dataclass(slots=True)
class _Took:
    total_s: float = 0.0
    bins: Counter[int] = field(default_factory=Counter)

    def percentile_ms(self, share: float) -> float:
        """The middle of the bin in which it lies."""
        rank, seen = share * self.bins.total(), 0
        for place in sorted(self.bins):
            seen += self.bins[place]
            if seen >= rank:
                return math.exp((place + 0.5) * _GROWTH) * _SMALLEST_S * 1_000
        return 0.0


class Stages:
    """The stages of one call. Each stage belongs to one thread."""

    def __init__(self) -> None:
        self._took: dict[str, _Took] = {name: _Took() for name in ORDER}

    def add(self, name: str, seconds: float) -> None:
        """A stage of `ORDER` was done once, in so many seconds of the machine's clock."""
        took = self._took[name]
        took.total_s += seconds
        took.bins[int(math.log(max(seconds, _SMALLEST_S) / _SMALLEST_S) / _GROWTH)] += 1

    @contextmanager
    def time(self, name: str) -> Iterator[None]:
        """Time what is done within, also when it fails."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.add(name, time.perf_counter() - began)

    def told(self) -> tuple[Stage, ...]:
        """The stages that were done, from the sound to the log."""
        return tuple(
            Stage(
                name=name,
                count=took.bins.total(),
                total_s=round(took.total_s, 3),
                p50_ms=round(took.percentile_ms(0.5), 3),
                p95_ms=round(took.percentile_ms(0.95), 3),
            )
            for name, took in self._took.items()
            if took.bins
        )


class TimedDetector:
    """Another speech detector, with its time taken."""

    def __init__(self, detector: SpeechDetector, stages: Stages) -> None:
        self._detector = detector
        self._stages = stages

    def probability(self, frame: Audio) -> float:
        """What the detector says."""
        began = time.perf_counter()
        heard = self._detector.probability(frame)
        self._stages.add("vad", time.perf_counter() - began)
        return heard

    def reset(self) -> None:
        """Forget the past."""
        self._detector.reset()
