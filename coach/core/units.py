"""Time inside the core: an integer count of samples since the call began.

Seconds exist only at the edges (log, screen). Counting truncated milliseconds per block
drifts by half a minute an hour; a sample count does not drift.
"""

from typing import Final, NewType

Samples = NewType("Samples", int)
"""A moment or a length on the call clock, in samples at `RATE`."""

RATE: Final = 16_000
"""Samples a second, everywhere behind the resampler."""


def from_seconds(seconds: float) -> Samples:
    """The sample nearest to `seconds`; inverse of `to_seconds` for every sample number."""
    return Samples(round(seconds * RATE))


def to_seconds(samples: Samples) -> float:
    """Seconds on the call clock. 1/16000 s has a finite decimal form, so nothing is rounded off."""
    return samples / RATE
