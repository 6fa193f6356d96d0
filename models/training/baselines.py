"""What the transformer is measured against: character n-grams, and a sentiment lexicon."""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from coach.core.readings import (
    AgentReading,
    AgentText,
    CustomerReading,
    CustomerText,
    Escalation,
)
from coach.core.vocabulary import Emotion, EscalationKind, Modality
from models.training.examples import Example
from models.training.teacher import NGrams
from models.understanding.encoder import ACTS, EMOTIONS
from models.understanding.phrases import plain

_STRONG = 2
_CLEARLY_BAD = -0.4
_OVER = 0.5


class NGramUnderstanding:
    """TF-IDF and logistic regression on single turns, no context, one threshold (0.5)."""

    name = "tf-idf char 2-5-grams + logistic regression"

    def __init__(self, customers: Sequence[Example], agents: Sequence[Example]) -> None:
        self._agent = NGrams().fit(
            [e.text for e in agents],
            np.array([[int(a.value in (e.acts or ())) for a in ACTS] for e in agents]),
        )
        self._customer = NGrams().fit(
            [e.text for e in customers], np.array([_row(e) for e in customers])
        )

    def customer(self, said: CustomerText) -> CustomerReading:
        """Labels over the threshold; valence from the chances of a negative and positive turn."""
        row = self._customer.probabilities([said.text])[0]
        feelings, rest = row[: len(EMOTIONS)], row[len(EMOTIONS) :]
        strong, negative, positive = rest[:3]
        return CustomerReading(
            emotions=tuple(e for e, p in zip(EMOTIONS, feelings, strict=True) if p >= _OVER),
            intensity=_STRONG if strong >= _OVER else int(feelings.max() >= _OVER),
            valence=float(2 * (positive - negative)),
            escalations=tuple(
                Escalation(kind=kind, modality=Modality.ASSERTED, because="")
                for kind, p in zip(EscalationKind, rest[3:], strict=True)
                if p >= _OVER
            ),
        )

    def agent(self, said: AgentText) -> AgentReading:
        """Acts over the threshold, in the order of the vocabulary."""
        row = self._agent.probabilities([said.text])[0]
        return AgentReading(acts=tuple(a for a, p in zip(ACTS, row, strict=True) if p >= _OVER))


def _row(example: Example) -> list[int]:
    """Emotions, then strong negative, negative, positive, then asserted signs."""
    bad = example.valence < 0
    row = [int(e.value in (example.emotions or ())) for e in EMOTIONS]
    row += [int(bad and example.intensity >= _STRONG), int(bad), int(example.valence > 0)]
    return row + [int((k.value, Modality.ASSERTED.value) in example.signs) for k in EscalationKind]


class LexiconUnderstanding:
    """Pattern's Dutch polarity lexicon: the mean polarity of a turn, and nothing else."""

    name = "Pattern lexicon"

    def __init__(self, path: Path) -> None:
        found: dict[str, list[float]] = {}
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                found.setdefault(row["form"].lower(), []).append(float(row["polarity"]))
        self._polarity = {form: sum(ps) / len(ps) for form, ps in found.items()}

    def customer(self, said: CustomerText) -> CustomerReading:
        """Frustration when clearly negative, joy when clearly positive."""
        words = plain(said.text).lower().replace(".", " ").replace(",", " ").split()
        known = [self._polarity[w] for w in words if w in self._polarity]
        mean = sum(known) / len(known) if known else 0.0
        emotions: tuple[Emotion, ...] = ()
        if mean <= _CLEARLY_BAD:
            emotions = (Emotion.FRUSTRATION,)
        elif mean >= -_CLEARLY_BAD:
            emotions = (Emotion.JOY,)
        return CustomerReading(
            emotions=emotions, intensity=_STRONG if emotions else 0, valence=2 * mean
        )

    def agent(self, said: AgentText) -> AgentReading:  # noqa: ARG002  (the protocol's door)
        """A sentiment lexicon knows no acts."""
        return AgentReading()
