"""How well turns are understood, turn by turn, by the definitions of the calls' own score tool."""

import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from coach.core.readings import AgentReading, AgentText, CustomerReading, CustomerText
from coach.core.vocabulary import Act, Emotion, EscalationKind, Modality, Speaker
from coach.runtime.ports import Understanding
from models.training.examples import AGENT, Example

STRONG = 2
_ENOUGH_PAIRS = 3


@dataclass(slots=True)
class Tally:
    """Counts of true and false positives and false negatives of one label."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def add(self, truth: bool, said: bool) -> None:
        """Count one turn."""
        self.hits += truth and said
        self.false += said and not truth
        self.missed += truth and not said

    @property
    def f1(self) -> float:
        """0 when nothing was hit."""
        return 2 * self.hits / (2 * self.hits + self.false + self.missed) if self.hits else 0.0

    @property
    def seen(self) -> bool:
        """Whether the label occurs."""
        return self.hits + self.missed > 0


@dataclass(frozen=True, slots=True)
class Figures:
    """The tallies of a run over labelled turns."""

    emotions: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    acts: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    signs: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    strong: Tally = field(default_factory=Tally)
    valence: list[tuple[float, float]] = field(default_factory=list)

    def customer(self, truth: Example, said: CustomerReading) -> None:
        """Count a customer's turn."""
        for emotion in Emotion:
            self.emotions[emotion].add(
                emotion.value in (truth.emotions or ()), emotion in said.emotions
            )
        felt = truth.valence < 0 and truth.intensity >= STRONG
        self.strong.add(felt, (said.valence or 0) < 0 and (said.intensity or 0) >= STRONG)
        if said.valence is not None:
            self.valence.append((truth.valence, said.valence))
        meant = {e.kind for e in said.escalations if e.modality is Modality.ASSERTED}
        for kind in EscalationKind:
            asserted = (kind.value, Modality.ASSERTED.value) in truth.signs
            self.signs[kind].add(asserted, kind in meant)

    def agent(self, truth: Example, said: AgentReading) -> None:
        """Count an agent's turn."""
        for act in Act:
            self.acts[act].add(act.value in (truth.acts or ()), act in said.acts)

    def add(self, examples: Sequence[Example], understanding: Understanding) -> None:
        """Put more examples through `understanding` and count them too."""
        for example in examples:
            if example.side == AGENT:
                self.agent(example, understanding.agent(as_agent(example)))
            else:
                self.customer(example, understanding.customer(as_customer(example)))

    def summary(self) -> dict[str, float]:
        """The figures of the table, 0..1."""
        pooled = Tally()
        for tally in self.signs.values():
            pooled.hits += tally.hits
            pooled.false += tally.false
            pooled.missed += tally.missed
        return {
            "emotion_macro_f1": _macro(self.emotions),
            "strong_negative_f1": self.strong.f1,
            "valence_correlation": _correlation(self.valence),
            "escalation_micro_f1": pooled.f1,
            "acts_macro_f1": _macro(self.acts),
            "acknowledge_f1": self.acts[Act.ACKNOWLEDGE_EMOTION].f1,
            "ask_f1": self.acts[Act.ASK_IDENTIFICATION].f1,
        }


def measure(understanding: Understanding, examples: Sequence[Example]) -> Figures:
    """Put every example through `understanding` as the product does, and count."""
    figures = Figures()
    figures.add(examples, understanding)
    return figures


def as_agent(example: Example) -> AgentText:
    """The product's own input for an agent's example."""
    return AgentText(text=example.text, previous=" ".join(example.earlier))


def as_customer(example: Example) -> CustomerText:
    """The product's own input for a customer's example."""
    return CustomerText(
        channel=Speaker.CUSTOMER,
        text=example.text,
        earlier=example.earlier,
        agent_acts=tuple(Act(a) for a in example.agent_acts),
        signs=tuple(EscalationKind(s) for s in example.signs_before),
    )


def _macro(tallies: dict[str, Tally]) -> float:
    seen = [t.f1 for t in tallies.values() if t.seen]
    return statistics.mean(seen) if seen else 0.0


def _correlation(pairs: list[tuple[float, float]]) -> float:
    if len(pairs) < _ENOUGH_PAIRS or len({a for a, _ in pairs}) < 2:  # noqa: PLR2004
        return 0.0
    if len({b for _, b in pairs}) < 2:  # noqa: PLR2004  (a constant correlates with nothing)
        return 0.0
    return statistics.correlation([a for a, _ in pairs], [b for _, b in pairs])
