"""From the network's outputs to decisions: temperatures and thresholds, chosen on held-out data."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coach.core.vocabulary import Act, Emotion, EscalationKind, Modality
from models.understanding.encoder import ACTS, EMOTIONS, HEADS, SIGNS, STRONGEST, WIDEST


def sigmoid(logit: float) -> float:
    """1 / (1 + e^-x), safe for any finite x."""
    if logit >= 0:
        return 1 / (1 + math.exp(-logit))
    grown = math.exp(logit)
    return grown / (1 + grown)


@dataclass(frozen=True, kw_only=True, slots=True)
class Levels:
    """Temperatures by head and thresholds by label, as they stand in `config.json`.

    The chance of a label is sigmoid(logit / temperature + shift), by head; it is given when that
    reaches its threshold. `intensity` holds
    the thresholds of "at least 1, 2, 3". `modality`: the threshold of a sign that is not meant.
    `second_opinion`: the weight, 0..1, of the n-gram model in the mean of the logits.
    """

    temperatures: dict[str, float]
    shifts: dict[str, float]
    emotions: dict[Emotion, float]
    acts: dict[Act, float]
    signs: dict[EscalationKind, float]
    modality: float
    intensity: tuple[float, ...]
    valence_scale: float
    second_opinion: float

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> "Levels":
        """Raises `KeyError` or `ValueError` when a label is missing or unknown."""
        return cls(
            temperatures={name: float(t) for name, t in content["temperatures"].items()},
            shifts={name: float(s) for name, s in content["shifts"].items()},
            emotions={Emotion(name): float(t) for name, t in content["emotions"].items()},
            acts={Act(name): float(t) for name, t in content["acts"].items()},
            signs={EscalationKind(name): float(t) for name, t in content["signs"].items()},
            modality=float(content["modality"]),
            intensity=tuple(float(t) for t in content["intensity"]),
            valence_scale=float(content["valence_scale"]),
            second_opinion=float(content["second_opinion"]),
        )

    def chance(self, head: str, logit: float) -> float:
        """The calibrated chance, 0..1, of an output of `head`."""
        return sigmoid(logit / self.temperatures[head] + self.shifts[head])

    def to_json(self) -> dict[str, Any]:
        """The inverse of `from_json`."""
        return {
            "temperatures": self.temperatures,
            "shifts": self.shifts,
            "emotions": {e.value: t for e, t in self.emotions.items()},
            "acts": {a.value: t for a, t in self.acts.items()},
            "signs": {k.value: t for k, t in self.signs.items()},
            "modality": self.modality,
            "intensity": list(self.intensity),
            "valence_scale": self.valence_scale,
            "second_opinion": self.second_opinion,
        }


@dataclass(frozen=True, slots=True)
class Found:
    """A label that was given, the number of its output and its calibrated chance, 0..1."""

    label: str
    output: int
    chance: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Felt:
    """What was decided about a customer's turn.

    `signs`: each with its meaning. A feeling has at least the lightest intensity.
    """

    emotions: tuple[Found, ...]
    intensity: int
    valence: float
    signs: tuple[tuple[Found, Modality], ...]


def felt(logits: Sequence[float], levels: Levels) -> Felt:
    """Decide about one customer's turn; `logits` in the order of `HEADS`."""
    start = _starts()
    emotions = tuple(
        Found(emotion, n, chance)
        for n, emotion in enumerate(EMOTIONS)
        if (chance := levels.chance("emotions", logits[n])) >= levels.emotions[emotion]
    )
    intensity = 0
    for level in range(STRONGEST):
        chance = levels.chance("intensity", logits[start["intensity"] + level])
        if chance < levels.intensity[level]:
            break
        intensity = level + 1
    valence = logits[start["valence"]] * levels.valence_scale
    return Felt(
        emotions=emotions,
        intensity=max(intensity, int(bool(emotions))),
        valence=max(-WIDEST, min(WIDEST, valence)),
        signs=_signs(logits, start["signs"], levels),
    )


def done(logits: Sequence[float], levels: Levels) -> tuple[Found, ...]:
    """The acts of one agent's turn."""
    return tuple(
        Found(act, n, chance)
        for n, act in enumerate(ACTS)
        if (chance := levels.chance("acts", logits[n])) >= levels.acts[act]
    )


def _starts() -> dict[str, int]:
    starts, at = {}, 0
    for name, outputs in HEADS.items():
        starts[name] = at
        at += outputs
    return starts


def _signs(
    logits: Sequence[float], start: int, levels: Levels
) -> tuple[tuple[Found, Modality], ...]:
    """Asserted above its own threshold; else the likeliest other meaning above the common one."""
    chance = {sign: levels.chance("signs", logits[start + n]) for n, sign in enumerate(SIGNS)}
    found = []
    for kind in EscalationKind:
        best = max(Modality, key=lambda m, k=kind: chance[(k, m)])  # type: ignore[misc]
        if chance[(kind, Modality.ASSERTED)] >= levels.signs[kind]:
            best = Modality.ASSERTED
        elif best is Modality.ASSERTED or chance[(kind, best)] < levels.modality:
            continue
        output = start + SIGNS.index((kind, best))
        found.append((Found(kind, output, chance[(kind, best)]), best))
    return tuple(found)
