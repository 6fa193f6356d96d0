"""What is given to an understanding model, and what comes back.

The European AI Act (Art. 5(1)(f)) forbids inferring the emotions of people at work. The types
here make that impossible rather than forbidden: emotion models take `CustomerText`, which
cannot be made from the agent's channel, and an `AgentReading` has no place for an emotion.
"""

from dataclasses import dataclass

from coach.core.vocabulary import Act, Emotion, EscalationKind, Modality, Speaker

SURE = 0.6
"""The chance from which on a label is clearly more likely than not, and may carry a decision."""


class AgentSpeechRefused(TypeError):
    """Somebody tried to hand the agent's words to an emotion model. A bug, never a setting."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerText:
    """Words of the customer's channel: the only input an emotion model accepts.

    `earlier` are the customer's own previous turns, oldest first. `agent_acts` are the dialogue
    acts of the agent's last turn (labels, not words), so that "Ja. De procedure. Ja." can be
    judged in its place without the agent's speech. `signs` are the kinds that the customer
    asserted earlier in the call: who called as a journalist still is one when he just asks
    "En hoeveel zijn dat er?". `partial` is true while the turn goes on.
    """

    channel: Speaker
    text: str
    earlier: tuple[str, ...] = ()
    agent_acts: tuple[Act, ...] = ()
    signs: tuple[EscalationKind, ...] = ()
    partial: bool = False
    confidence: float | None = None

    def __post_init__(self) -> None:
        if self.channel is not Speaker.CUSTOMER:
            raise AgentSpeechRefused("emotion is only ever computed from the customer's words")


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentText:
    """Words of the agent's channel, for dialogue acts only.

    `previous` is the customer's last turn: whether "De vierde keer, ja" acknowledges or
    paraphrases shows only beside what was said.
    """

    text: str
    previous: str = ""
    partial: bool = False
    confidence: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Escalation:
    """One escalation sign, how it is meant, and the words that carry it.

    `chance` is how sure the model is, 0..1, calibrated; `None` where it cannot say.
    """

    kind: EscalationKind
    modality: Modality
    because: str
    chance: float | None = None

    @property
    def sure(self) -> bool:
        """Whether it is more than a guess. A model that gives no chances is sure."""
        return self.chance is None or self.chance >= SURE


@dataclass(frozen=True, kw_only=True, slots=True)
class Because:
    """The words (verbatim from the scored text) that made a model say `label`.

    `chance` is how sure the model is, 0..1, calibrated; `None` where it cannot say.
    """

    label: str
    words: str
    chance: float | None = None

    @property
    def sure(self) -> bool:
        """Whether it is more than a guess. A model that gives no chances is sure."""
        return self.chance is None or self.chance >= SURE


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerReading:
    """What the customer's words tell. `None` means unknown, never neutral.

    `intensity` is 0 (neutral) to 3 (strong), `valence` -2 (very negative) to 2 (very positive).
    """

    emotions: tuple[Emotion, ...] = ()
    intensity: int | None = None
    valence: float | None = None
    escalations: tuple[Escalation, ...] = ()
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentReading:
    """What the agent did, in the order in which it was said. No emotion, by construction."""

    acts: tuple[Act, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    because: tuple[Because, ...] = ()
