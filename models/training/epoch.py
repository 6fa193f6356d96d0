"""What one epoch shows the network: noisy words, contexts left out, calls more than once."""

import random
from dataclasses import replace

from coach.core.vocabulary import EscalationKind
from models.training.examples import AGENT, CALL, Example
from models.training.noise import Ear, confusions, flemish, noisy
from models.training.recipe import Recipe

_FORGOTTEN = 0.1
"""Share of the earlier signs that are left out of a context: the product misses some too."""
_IMAGINED = 0.03
"""Share of the contexts with a sign that was never given: the product sees some too many."""


def ear_of(fit: tuple[Example, ...]) -> Ear:
    """How lines are misheard: from what the recogniser made of those that were spoken to it."""
    said = {(e.side, e.key): e.text for e in fit if e.key and not e.heard}
    pairs = [(said[(e.side, e.key)], e.text) for e in fit if e.heard]
    return Ear(
        words=tuple(sorted({w for e in fit for w in e.text.split()})),
        confusions=confusions(pairs),
    )


def epoch_examples(
    fit: tuple[Example, ...],
    recipe: Recipe,
    ear: Ear,
    rng: random.Random,
    *,
    whole: bool = False,
) -> list[Example]:
    """One epoch's worth: noisy words, contexts now and then left out, written calls more than once.

    `whole`: without lines that are cut to their beginnings.
    """
    beginnings = 0.0 if whole else recipe.beginnings
    chosen = []
    for example in fit:
        if example.abuse is not None and rng.random() > recipe.abuse_share:
            continue
        often = example.origin == CALL and not example.heard
        copies = recipe.call_copies if often else 1
        for _ in range(copies):
            keep = rng.random() < recipe.keep_context
            text = _beginning(example, beginnings, rng)
            if example.locale == "nl-NL" and rng.random() < recipe.dialect:
                text = flemish(text)
            chosen.append(
                replace(
                    example,
                    text=_noisy(example, text, ear, rng),
                    earlier=tuple(_noisy(example, t, ear, rng) for t in example.earlier)
                    if keep
                    else (),
                    agent_acts=example.agent_acts if keep else (),
                    signs_before=_recalled(example.signs_before if keep else (), rng),
                )
            )
    return chosen


def _recalled(signs: tuple[str, ...], rng: random.Random) -> tuple[str, ...]:
    """Earlier signs as the product would know them: not all of them, and now and then a wrong one.

    A sign in the context alone must not be enough for the same sign again.
    """
    kept = tuple(sign for sign in signs if rng.random() >= _FORGOTTEN)
    if rng.random() < _IMAGINED:
        kept += (rng.choice(list(EscalationKind)).value,)
    return kept


def _beginning(example: Example, share: float, rng: random.Random) -> str:
    """The whole text, or of a share of the agent's lines the first three to eight words."""
    if example.side == AGENT and rng.random() < share:
        return " ".join(example.text.split()[: rng.randint(3, 8)])
    return example.text


def _noisy(example: Example, text: str, ear: Ear, rng: random.Random) -> str:
    """What a recogniser wrote is bad enough as it is."""
    return text if example.heard else noisy(text, ear, rng)
