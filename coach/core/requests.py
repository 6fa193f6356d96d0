"""What the core asks of the shell. Not logged: the answers are, as events of the world."""

from dataclasses import dataclass

from coach.core.readings import AgentText, CustomerText
from coach.core.units import Samples
from coach.core.vocabulary import Speaker


@dataclass(frozen=True, kw_only=True, slots=True)
class Transcribe:
    """Say what was said from `start` to `end`. Final ones are never dropped; a look may be.

    `draft`: with care although it is not final; the same stretch will be asked for again if the
    voice stays silent, and is then ready.
    """

    speaker: Speaker
    segment: int
    start: Samples
    end: Samples
    final: bool
    draft: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ScoreCustomer:
    """Read the customer's turn `turn`. `text` is `CustomerText`, so never the agent's words."""

    turn: int
    start: Samples
    end: Samples
    said: CustomerText


@dataclass(frozen=True, kw_only=True, slots=True)
class ScoreAgent:
    """Find the dialogue acts in the agent's turn `turn`."""

    turn: int
    start: Samples
    end: Samples
    said: AgentText


@dataclass(frozen=True, kw_only=True, slots=True)
class Expect:
    """Let `pause` of silence end stretch `segment` of `speaker`; `None`: as usual."""

    speaker: Speaker
    segment: int
    pause: Samples | None


Question = Transcribe | ScoreCustomer | ScoreAgent
"""What a model has to answer."""

Request = Question | Expect
