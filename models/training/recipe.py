"""The figures of a training run."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipe:
    """The figures of a run. Rates: AdamW, top layer × `decay` a layer down, heads apart."""

    epochs: int = 2
    finish_epochs: int = 1
    finish_rate: float = 0.4
    """The rates rise once more, to this share of their top, for each of the finishing epochs."""
    batch: int = 24
    top_rate: float = 3e-4
    decay: float = 0.88
    head_rate: float = 2e-3
    warmup: float = 0.06
    weight_decay: float = 0.01
    dropout: float = 0.1
    call_copies: int = 2
    keep_context: float = 0.7
    split_seed: int = 20
    """Decides what is held out, and where the heads begin: the same in every run."""
    seed: int = 21
    """Of the run: its noise, its dropout, the order of its batches."""
    dialect: float = 0.12
    """Share of the lines from the Netherlands that are shown with a Fleming's words."""
    abuse_share: float = 0.25
    averaging: float = 0.998
    """Decay of the running average of the weights, a step; the average is what ships."""
    beginnings: float = 0.0
    """Share of the agent's lines cut to their first words: the core looks at unfinished ones."""
