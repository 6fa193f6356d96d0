"""Playing a call: what a player does, and one for calls whose sound was not kept. No Qt."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from coach.core.units import Samples, from_seconds

PACES = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
"""How fast a call may be played; the pitch of the voices stays."""


class Sides(StrEnum):
    """Who is heard."""

    BOTH = "both"
    CUSTOMER = "customer"
    AGENT = "agent"


@dataclass(frozen=True, kw_only=True, slots=True)
class Peaks:
    """The loudest moment in every `1 / per_s` seconds of each side: float32, (n,), 0..1."""

    per_s: int
    agent: NDArray[np.float32]
    customer: NDArray[np.float32]


class Player(Protocol):
    """Plays one call. Every method returns at once."""

    @property
    def position(self) -> Samples:
        """Where in the call it is."""
        ...

    @property
    def playing(self) -> bool:
        """Whether it goes on."""
        ...

    @property
    def failure(self) -> str:
        """Why nothing is heard, for the user to read; empty: all is well."""
        ...

    def play(self) -> None:
        """Go on from where it is; at the end, from the beginning."""
        ...

    def pause(self) -> None:
        """Stay where it is."""
        ...

    def seek(self, at: Samples) -> None:
        """Go to `at`."""
        ...

    def set_pace(self, pace: float) -> None:
        """Play `pace` times as fast."""
        ...

    def hear(self, sides: Sides) -> None:
        """Let these sides be heard."""
        ...

    def close(self) -> None:
        """Play no more. Closing twice is no error."""
        ...


class Sound(Protocol):
    """The kept sound of one call."""

    def peaks(self) -> Peaks:
        """How loud each side was over time. Takes a while; raises `CoachError`."""
        ...

    def player(self) -> Player:
        """A player for it."""
        ...


OpenSound = Callable[[Path, bool], Sound]
"""Gives the sound in a file; told whether the agent is on its left channel."""


class SilentPlayer:
    """Moves through a call of which no sound was kept, so that all the rest can follow."""

    def __init__(self, length: Samples, now: Callable[[], float] = time.monotonic) -> None:
        self._length, self._now = length, now
        self._at, self._pace = Samples(0), 1.0
        self._since: float | None = None

    @property
    def position(self) -> Samples:
        """Where in the call it is."""
        if self._since is None:
            return self._at
        moved = from_seconds((self._now() - self._since) * self._pace)
        return Samples(min(self._length, self._at + moved))

    @property
    def playing(self) -> bool:
        """Whether it goes on; not at the end."""
        return self._since is not None and self.position < self._length

    @property
    def failure(self) -> str:
        """Nothing can fail."""
        return ""

    def play(self) -> None:
        """Go on; at the end, from the beginning."""
        self._at = Samples(0) if self.position >= self._length else self.position
        self._since = self._now()

    def pause(self) -> None:
        """Stay."""
        self._at, self._since = self.position, None

    def seek(self, at: Samples) -> None:
        """Go to `at`."""
        self._at = Samples(max(0, min(at, self._length)))
        self._since = None if self._since is None else self._now()

    def set_pace(self, pace: float) -> None:
        """Move `pace` times as fast."""
        self.seek(self.position)
        self._pace = pace

    def hear(self, sides: Sides) -> None:
        """There is nobody to hear."""

    def close(self) -> None:
        """Stay for good."""
        self.pause()
