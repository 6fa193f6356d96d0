"""Temperatures and thresholds from held-out turns: none was trained on, none is of `dev`."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from coach.core.vocabulary import EscalationKind, Modality
from models.training.examples import AGENT, CUSTOMER, Example
from models.training.loop import as_prompt, collate, targets
from models.understanding.encoder import (
    ACTS,
    EMOTIONS,
    SIGNS,
    Network,
    split,
)
from models.understanding.levels import Levels

CALL_WEIGHT = 3.0
"""A turn of a whole call counts more: how often a label occurs there is how it will be."""
_FEW = 12.0
_BATCH = 32
_GRID = np.arange(0.06, 0.92, 0.02)
_TEMPERATURES = np.arange(0.6, 2.6, 0.1)

Floats = NDArray[np.float64]


def logits_of(network: Network, tokenizer: object, examples: Sequence[Example]) -> torch.Tensor:
    """(n, outputs) of examples of one side, in order, without dropout."""
    network.eval()
    prompts = [as_prompt(tokenizer, e) for e in examples]  # type: ignore[arg-type]
    order = sorted(range(len(prompts)), key=lambda n: len(prompts[n].ids))
    rows: dict[int, torch.Tensor] = {}
    for start in range(0, len(order), _BATCH):
        part = order[start : start + _BATCH]
        batch = collate([examples[n] for n in part], [prompts[n] for n in part])
        with torch.inference_mode():
            found = network(batch.ids, batch.mask, batch.own, side=batch.side, why=False).logits
        rows.update(dict(zip(part, found, strict=True)))
    return torch.stack([rows[n] for n in range(len(prompts))])


def calibrate(
    customers: tuple[Sequence[Example], torch.Tensor],
    agents: tuple[Sequence[Example], torch.Tensor],
) -> Levels:
    """Levels from (examples, their logits) of both sides; only labelled examples count."""
    felt, felt_logits = customers
    told = [n for n, e in enumerate(felt) if e.emotions is not None]
    felt = [felt[n] for n in told]
    outputs = {name: _array(part) for name, part in split(felt_logits[told]).items()}
    goals = {
        name: _array(part)
        for name, part in split(torch.tensor([targets(e)[0] for e in felt])).items()
    }
    acts, act_logits = _array(torch.tensor([targets(e)[0] for e in agents[0]])), _array(agents[1])
    weights, act_weights = _weights(felt), _weights(agents[0])
    heat = {
        name: _temperature(outputs[name], goals[name], weights)
        for name in ("emotions", "intensity", "signs")
    }
    heat["acts"] = _temperature(act_logits, acts, act_weights)
    asserted = [n for n, (_, m) in enumerate(SIGNS) if m is Modality.ASSERTED]
    emotion = _thresholds(outputs["emotions"], goals["emotions"], weights, heat["emotions"])
    act = _thresholds(act_logits, acts, act_weights, heat["acts"])
    sign = _thresholds(
        outputs["signs"][:, asserted], goals["signs"][:, asserted], weights, heat["signs"]
    )
    level = _thresholds(outputs["intensity"], goals["intensity"], weights, heat["intensity"])
    valence, aim = outputs["valence"][:, 0], goals["valence"][:, 0]
    return Levels(
        temperatures=heat,
        emotions=dict(zip(EMOTIONS, emotion, strict=True)),
        acts=dict(zip(ACTS, act, strict=True)),
        signs=dict(zip(EscalationKind, sign, strict=True)),
        modality=0.4,
        intensity=tuple(level),
        valence_scale=round(
            float((weights * valence * aim).sum() / (weights * valence**2).sum()), 3
        ),
    )


def _array(values: torch.Tensor) -> Floats:
    return values.double().numpy()


def _weights(examples: Sequence[Example]) -> Floats:
    return np.array([CALL_WEIGHT if e.origin == "train" else 1.0 for e in examples])


def _chances(logits: Floats, heat: float) -> Floats:
    return np.asarray(1 / (1 + np.exp(-logits / heat)))


def _temperature(logits: Floats, goals: Floats, weights: Floats) -> float:
    """The temperature with the least weighted log loss."""

    def cost(heat: float) -> float:
        p = np.clip(_chances(logits, heat), 1e-6, 1 - 1e-6)
        losses = -(goals * np.log(p) + (1 - goals) * np.log(1 - p))
        return float((losses.mean(1) * weights).sum())

    return round(float(min(_TEMPERATURES, key=cost)), 2)


def _f1(goals: Floats, said: NDArray[np.bool_], weights: Floats) -> float:
    hits = float((weights * (goals * said).T).sum())
    return 2 * hits / max(1e-9, float((weights * (goals + said).T).sum()))


def _thresholds(logits: Floats, goals: Floats, weights: Floats, heat: float) -> list[float]:
    """Best F1 a label, drawn towards the threshold that is best for all: rare labels are noisy."""
    chances = _chances(logits, heat)
    common = float(max(_GRID, key=lambda t: _f1(goals, chances >= t, weights)))
    found = []
    for label in range(goals.shape[1]):
        truth, chance = goals[:, label], chances[:, label]
        scores = np.array([_f1(truth, chance >= t, weights) for t in _GRID])
        smooth = np.convolve(np.pad(scores, 2, mode="edge"), np.ones(5) / 5, mode="valid")
        own, positives = float(_GRID[int(smooth.argmax())]), float(truth.sum())
        trust = positives / (positives + _FEW)
        found.append(round(trust * own + (1 - trust) * common, 3))
    return found


def sides(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """(customers, agents)."""
    return [e for e in examples if e.side == CUSTOMER], [e for e in examples if e.side == AGENT]
