"""What reaches the live window from the background."""

from dataclasses import dataclass

from coach.core.events import LogEvent
from coach.core.summary import AfterCall
from coach.core.units import Samples
from coach.protocol.asked import Asked
from ui.controls import CallNews


@dataclass(frozen=True, kw_only=True, slots=True)
class Played:
    """The call clock of a recorded call stands at `at`."""

    at: Samples


@dataclass(frozen=True, kw_only=True, slots=True)
class Stopped:
    """The work behind the window is over. `why` says what went wrong; `None`: nothing did."""

    why: str | None = None


Message = LogEvent | Played | Stopped | CallNews | Asked | AfterCall
"""Everything that reaches the window from the background."""
