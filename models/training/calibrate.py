"""Temperatures, shifts and thresholds, from turns that were not trained on."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from coach.core.vocabulary import EscalationKind, Modality
from models.training.examples import AGENT, CALL, CUSTOMER, Example
from models.training.loop import as_prompt, collate, targets
from models.understanding.eightbit import measured_ease
from models.understanding.encoder import (
    ACTS,
    EMOTIONS,
    SIGNS,
    Network,
    split,
)
from models.understanding.levels import Levels
from models.understanding.ngrams import NGramModel

CALL_WEIGHT = 3.0
"""A turn of a whole call counts more: how often a label occurs there is how it will be."""
_FEW = 12.0
_BATCH = 32
_TYPICAL = 300
_GRID = np.arange(0.06, 0.92, 0.02)
_TEMPERATURES = np.arange(0.6, 2.6, 0.2)
_SHIFTS = np.arange(-1.0, 2.1, 0.2)

Floats = NDArray[np.float64]


SECOND_OPINION = 0.3
"""The n-gram model's weight in the mean of the logits; .2 to .5 are alike."""


def logits_of(
    network: Network, tokenizer: Tokenizer, examples: Sequence[Example], partner: NGramModel
) -> torch.Tensor:
    """(n, outputs) of examples of one side, in order: both models' mean, as the product has it."""
    own = network_logits(network, tokenizer, examples)
    second = torch.from_numpy(np.stack([partner.read(e.text).logits for e in examples]))
    share = torch.from_numpy(np.where(partner.scales > 0, SECOND_OPINION, 0.0)).float()
    return (1 - share) * own + share * second


def network_logits(
    network: Network, tokenizer: Tokenizer, examples: Sequence[Example]
) -> torch.Tensor:
    """(n, outputs) of the network alone, without dropout."""
    network.eval()
    prompts = [as_prompt(tokenizer, e) for e in examples]
    order = sorted(range(len(prompts)), key=lambda n: len(prompts[n].ids))
    rows: dict[int, torch.Tensor] = {}
    for start in range(0, len(order), _BATCH):
        part = order[start : start + _BATCH]
        batch = collate([examples[n] for n in part], [prompts[n] for n in part])
        with torch.inference_mode():
            found = network(batch.ids, batch.mask, batch.own, side=batch.side, why=False).logits
        rows.update(dict(zip(part, found, strict=True)))
    return torch.stack([rows[n] for n in range(len(prompts))])


def ease(
    network: Network, tokenizer: Tokenizer, examples: Sequence[Example]
) -> dict[str, torch.Tensor]:
    """The constants of the 8-bit encoder, from a few hundred of `examples`."""
    some = examples[:: max(1, len(examples) // _TYPICAL)]
    batches = (collate([e], [as_prompt(tokenizer, e)]) for e in some)
    return measured_ease(network, ((b.ids, b.mask, b.own) for b in batches))


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
    asserted = [n for n, (_, m) in enumerate(SIGNS) if m is Modality.ASSERTED]
    outputs["signs"], goals["signs"] = outputs["signs"][:, asserted], goals["signs"][:, asserted]
    heads = {
        name: (outputs[name], goals[name], weights) for name in ("emotions", "intensity", "signs")
    }
    heads["acts"] = (act_logits, acts, act_weights)
    scales = {name: _scale(*head) for name, head in heads.items()}
    chosen = {name: _thresholds(*head, scales[name]) for name, head in heads.items()}
    valence, aim = outputs["valence"][:, 0], goals["valence"][:, 0]
    return Levels(
        temperatures={name: heat for name, (heat, _) in scales.items()},
        shifts={name: shift for name, (_, shift) in scales.items()},
        emotions=dict(zip(EMOTIONS, chosen["emotions"], strict=True)),
        acts=dict(zip(ACTS, chosen["acts"], strict=True)),
        signs=dict(zip(EscalationKind, chosen["signs"], strict=True)),
        modality=0.4,
        intensity=tuple(chosen["intensity"]),
        valence_scale=round(
            float((weights * valence * aim).sum() / (weights * valence**2).sum()), 3
        ),
        second_opinion=SECOND_OPINION,
    )


def _array(values: torch.Tensor) -> Floats:
    return values.double().numpy()


def _weights(examples: Sequence[Example]) -> Floats:
    return np.array([CALL_WEIGHT if e.origin == CALL else 1.0 for e in examples])


def _chances(logits: Floats, scale: tuple[float, float]) -> Floats:
    heat, shift = scale
    return np.asarray(1 / (1 + np.exp(-(logits / heat + shift))))


def _scale(logits: Floats, goals: Floats, weights: Floats) -> tuple[float, float]:
    """The temperature and shift with the least weighted log loss."""

    def cost(scale: tuple[float, float]) -> float:
        p = np.clip(_chances(logits, scale), 1e-6, 1 - 1e-6)
        losses = -(goals * np.log(p) + (1 - goals) * np.log(1 - p))
        return float((losses.mean(1) * weights).sum())

    every = ((float(heat), float(shift)) for heat in _TEMPERATURES for shift in _SHIFTS)
    heat, shift = min(every, key=cost)
    return round(heat, 2), round(shift, 2)


def _f1(goals: Floats, said: NDArray[np.bool_], weights: Floats) -> float:
    hits = float((weights * (goals * said).T).sum())
    return 2 * hits / max(1e-9, float((weights * (goals + said).T).sum()))


def _thresholds(
    logits: Floats, goals: Floats, weights: Floats, scale: tuple[float, float]
) -> list[float]:
    """Best F1 a label, drawn towards the threshold that is best for all: rare labels are noisy."""
    chances = _chances(logits, scale)
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
