"""What the live window may ask of a call, and what it is told of the call's standing.

The window is given something that does this; it knows no devices, no shift and no log. Messages
come through the same mailbox as the events of the call.
"""

from dataclasses import dataclass
from typing import Literal, Protocol

from coach.core.vocabulary import Speaker

Standing = Literal["idle", "in_call", "on_hold", "paused", "objected"]
"""No call; a call; the customer is on hold; the agent paused the coach; the customer objected."""


class CallControls(Protocol):
    """One call after another, as a person at the window may steer it. Every method returns at once.

    What came of it is told back with `CallIs`; a wish that does not fit the moment is ignored.
    """

    def start(self) -> None:
        """A call begins now."""
        ...

    def stop(self) -> None:
        """The call is over."""
        ...

    def hold(self) -> None:
        """The customer is on hold: capture nothing."""
        ...

    def pause(self) -> None:
        """The agent wants to be alone: capture nothing until `resume`. Tells nobody."""
        ...

    def resume(self) -> None:
        """Go on after a hold or a pause."""
        ...

    def object(self) -> None:
        """The customer objects: stop the analysis of this call, remove what was gathered."""
        ...

    def answer(self, nudge: int, answer: str) -> None:
        """What the agent says of nudge number `nudge`: "useful", "not_now" or "wrong"."""
        ...

    def skip(self) -> None:
        """Nobody wants to wait for the measurement of the machine."""
        ...

    def note(self, field: str, words: str) -> None:
        """The agent wrote `words` on the note pad: "name", "number", "product" or "promise"."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class CallIs:
    """The call stands like this from now on."""

    standing: Standing


@dataclass(frozen=True, kw_only=True, slots=True)
class SideIs:
    """One side of the call cannot be heard, and why, in the user's words; `None`: it can again.

    `overruns`: how often sound of it was lost in this call, because nobody took it in time.
    """

    speaker: Speaker
    missing: str | None
    device: str | None = None
    overruns: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Erased:
    """What was gathered of the call has been removed, as the customer asked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SoundCheckIs:
    """What the sound check of the shift has to say, line by line; nothing: it was broken off."""

    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SoundIs:
    """The call is recorded, or why it is not, any more, though sound is to be kept."""

    why_not: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordIs:
    """What is wrong with keeping the calls, and what to do; `None`: nothing is, any more."""

    trouble: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasuringIs:
    """How far the measurement of the machine is, this once (0..1); `None`: there is none."""

    done: float | None = None


CallNews = SoundIs | CallIs | SideIs | Erased | SoundCheckIs | RecordIs | MeasuringIs
"""What the window is told besides the events of the call."""


class NoCall:
    """Controls where there is nothing to control, such as a recorded call."""

    def start(self) -> None:
        """Nothing."""

    def stop(self) -> None:
        """Nothing."""

    def hold(self) -> None:
        """Nothing."""

    def pause(self) -> None:
        """Nothing."""

    def resume(self) -> None:
        """Nothing."""

    def object(self) -> None:
        """Nothing."""

    def answer(self, nudge: int, answer: str) -> None:
        """Nothing."""

    def skip(self) -> None:
        """Nothing."""

    def note(self, field: str, words: str) -> None:
        """Nothing."""
