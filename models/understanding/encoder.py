"""The network: one shared BERT encoder and linear heads on the mean of the turn's own tokens.

A head is linear in the mean of the token vectors, so what each token adds to a label is exact
arithmetic, not an estimate: that is where `because` comes from, without a second pass.
"""

from dataclasses import dataclass
from typing import Any, Final

import torch
from torch import nn

from coach.core.vocabulary import Act, Emotion, EscalationKind, Modality

EMOTIONS: Final = tuple(Emotion)
ACTS: Final = tuple(Act)
SIGNS: Final = tuple((kind, modality) for kind in EscalationKind for modality in Modality)
STRONGEST: Final = 3
"""Intensity has `STRONGEST` ordinal outputs: at least 1, at least 2, at least 3."""
WIDEST: Final = 2.0
"""Valence lies in -`WIDEST` .. `WIDEST`."""

HEADS: Final[dict[str, int]] = {
    "emotions": len(EMOTIONS),
    "intensity": STRONGEST,
    "valence": 1,
    "signs": len(SIGNS),
    "abuse": 1,
}
"""Outputs of the customer's side, in this order. `abuse` exists for training and its test only."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scores:
    """`logits`: (n, outputs). `shares`: (n, tokens, outputs), what each token adds to them."""

    logits: torch.Tensor
    shares: torch.Tensor | None = None


class Head(nn.Module):
    """Standardises the pooled vector (e5 vectors are narrow), then one linear layer."""

    def __init__(self, width: int, outputs: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.norm = nn.BatchNorm1d(width, affine=False, momentum=0.02)
        self.dropout = nn.Dropout(dropout)
        self.linear = nn.Linear(width, outputs)

    def forward(self, pooled: torch.Tensor) -> torch.Tensor:
        """(n, width) to (n, outputs)."""
        logits: torch.Tensor = self.linear(self.dropout(self.norm(pooled)))
        return logits

    def shares(self, hidden: torch.Tensor, own: torch.Tensor) -> torch.Tensor:
        """(n, tokens, outputs): their sum over tokens is the logits without the bias."""
        mean, variance = self.norm.running_mean, self.norm.running_var
        assert mean is not None  # noqa: S101  (a norm that tracks its statistics has them)
        assert variance is not None  # noqa: S101
        weight = self.linear.weight / torch.sqrt(variance + self.norm.eps)
        count = own.sum(1, keepdim=True).clamp(min=1).unsqueeze(-1)
        return ((hidden - mean) * own.unsqueeze(-1) / count) @ weight.T


class Network(nn.Module):
    """Two doors, as in the protocol: customers get feelings and signs, agents get acts."""

    def __init__(self, sizes: dict[str, Any], dropout: float = 0.1) -> None:
        super().__init__()
        from transformers import BertConfig, BertModel

        config = BertConfig(
            **sizes, hidden_dropout_prob=dropout, attention_probs_dropout_prob=dropout
        )
        self.bert = BertModel(config, add_pooling_layer=False)
        self.customer = Head(config.hidden_size, sum(HEADS.values()))
        self.agent = Head(config.hidden_size, len(ACTS))

    def forward(
        self, ids: torch.Tensor, mask: torch.Tensor, own: torch.Tensor, *, side: str, why: bool
    ) -> Scores:
        """Scores of `side` ("customer" or "agent").

        `ids`, `mask`: (n, tokens) int64. `own`: (n, tokens) int64, 1 on the tokens of the turn
        itself, 0 on context. With `why`, the share of each token comes along.
        """
        hidden = self.encode(ids, mask, own)
        weights = own.to(hidden.dtype)
        head = self.customer if side == "customer" else self.agent
        shares = head.shares(hidden, weights) if why else None
        return Scores(logits=head(pooled(hidden, own)), shares=shares)

    def encode(self, ids: torch.Tensor, mask: torch.Tensor, own: torch.Tensor) -> torch.Tensor:
        """(n, tokens, width), what the encoder makes of every token."""
        output = self.bert(input_ids=ids, attention_mask=mask, token_type_ids=own)
        hidden: torch.Tensor = output.last_hidden_state
        return hidden


def pooled(hidden: torch.Tensor, own: torch.Tensor) -> torch.Tensor:
    """(n, width), the mean of the turn's own tokens."""
    weights = own.to(hidden.dtype)
    count = weights.sum(1, keepdim=True).clamp(min=1)
    mean: torch.Tensor = (hidden * weights.unsqueeze(-1)).sum(1) / count
    return mean


def split(logits: torch.Tensor) -> dict[str, torch.Tensor]:
    """The customer's outputs by head: (n, outputs) each."""
    return dict(zip(HEADS, torch.split(logits, list(HEADS.values()), dim=-1), strict=True))
