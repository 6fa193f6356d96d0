"""The encoder in 8 bits, for one core of an ordinary processor.

Weights are int8 with one scale a row; activations get a scale as they come. A few channels are far
larger than the rest, and one scale for all would round the rest away. What comes out of a norm is
therefore eased: each channel is divided by a constant by which the next weights are multiplied.
What comes out of GELU is large in some tokens only: there every token has a scale of its own.
"""

import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import torch
from torch import nn
from torch.nn import functional

from models.understanding.encoder import Head, Network, Scores, pooled

EASED = ("bert.encoder.layer.{}.attention.ease", "bert.encoder.layer.{}.intermediate.ease")
"""Where a layer's constants stand among the weights: (width,) before attention, before GELU."""

_Tensor = torch.Tensor


class _Norm(NamedTuple):
    weight: _Tensor
    bias: _Tensor
    eps: float

    def __call__(self, values: _Tensor) -> _Tensor:
        shape = (values.shape[-1],)
        return functional.layer_norm(values, shape, self.weight, self.bias, self.eps)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Layer:
    """Packed matrices and norms of one layer. `eases_*`: 1 / ease."""

    eases_qkv: _Tensor
    qkv: Any
    mix: Any
    eases_up: _Tensor
    up: Any
    down: Any
    down_bias: _Tensor
    after_mix: _Norm
    after_down: _Norm


class EightBitNetwork:
    """Scores as `Network` does, faster and a little less exactly. Call it without gradients."""

    def __init__(self, network: Network, ease: dict[str, _Tensor]) -> None:
        bert: Any = network.bert
        inner = bert.embeddings
        self._words = inner.word_embeddings.weight.detach()
        self._places = inner.position_embeddings.weight.detach()
        self._types = inner.token_type_embeddings.weight.detach()
        self._norm = _norm(inner.LayerNorm)
        self._heads = int(bert.config.num_attention_heads)
        self._layers = [
            _layer(layer, *(ease[name.format(n)] for name in EASED))
            for n, layer in enumerate(bert.encoder.layer)
        ]
        self._head = {"customer": network.customer, "agent": network.agent}

    def __call__(
        self, ids: _Tensor, mask: _Tensor, own: _Tensor, *, side: str, why: bool
    ) -> Scores:
        """As `Network.forward`."""
        hidden = self.encode(ids, mask, own)
        weights = own.to(hidden.dtype)
        head = self._head[side]
        shares = head.shares(hidden, weights) if why else None
        return Scores(logits=head(pooled(hidden, own)), shares=shares)

    @property
    def customer(self) -> Head:
        """The head of the customer's side."""
        return self._head["customer"]

    def encode(self, ids: _Tensor, mask: _Tensor, own: _Tensor) -> _Tensor:
        """(n, tokens, width), what the encoder makes of every token."""
        hidden = self._words[ids] + self._places[: ids.shape[1]] + self._types[own]
        hidden = self._norm(hidden)
        whole = bool(mask.all())
        seen = None if whole else mask.bool()[:, None, None, :]
        for layer in self._layers:
            hidden = layer.after_mix(hidden + self._attend(layer, hidden, seen))
            up = functional.gelu(_times(hidden * layer.eases_up, layer.up))
            most = up.abs().amax(-1, keepdim=True).clamp(min=1e-6)
            down = _times(up / most, layer.down) * most + layer.down_bias
            hidden = layer.after_down(hidden + down)
        return hidden

    def _attend(self, layer: _Layer, hidden: _Tensor, seen: _Tensor | None) -> _Tensor:
        rows, length, width = hidden.shape
        eased = hidden * layer.eases_qkv
        three = _times(eased, layer.qkv).view(rows, length, 3, self._heads, width // self._heads)
        query, key, value = three.permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=seen)
        return _times(mixed.transpose(1, 2).reshape(rows, length, width), layer.mix)


def ease_of(largest: _Tensor, weight: _Tensor) -> _Tensor:
    """The constants that share the range between activations and weights (as SmoothQuant does).

    `largest`: (inputs,), the largest activation of each channel; `weight`: (outputs, inputs).
    """
    spread = weight.abs().amax(0).clamp(min=1e-5)
    ease: _Tensor = (largest.clamp(min=1e-5) / spread).sqrt()
    return ease / ease.mean()


def measured_ease(
    network: Network, prompts: Iterable[tuple[_Tensor, _Tensor, _Tensor]]
) -> dict[str, _Tensor]:
    """The constants for `network`, by their names, from (ids, mask, own) of typical prompts."""
    largest: dict[str, _Tensor] = {}
    matrices: dict[str, _Tensor] = {}
    hooks = []
    layers: Any = network.bert.encoder.layer
    for n, layer in enumerate(layers):
        own = layer.attention.self
        qkv = torch.cat([own.query.weight, own.key.weight, own.value.weight]).detach()
        places = ((own.query, qkv), (layer.intermediate.dense, layer.intermediate.dense.weight))
        for name, (module, weight) in zip(EASED, places, strict=True):
            key = name.format(n)
            matrices[key] = weight.detach()
            hooks.append(module.register_forward_pre_hook(_watch(largest, key)))
    with torch.inference_mode():
        for ids, mask, own_tokens in prompts:
            network(ids, mask, own_tokens, side="customer", why=False)
    for hook in hooks:
        hook.remove()
    return {key: ease_of(largest[key], matrices[key]) for key in matrices}


def _watch(largest: dict[str, _Tensor], key: str) -> Callable[[nn.Module, tuple[_Tensor]], None]:
    def seen(_: nn.Module, values: tuple[_Tensor]) -> None:
        most = values[0].abs().amax((0, 1))
        largest[key] = torch.maximum(largest[key], most) if key in largest else most

    return seen


def is_narrow(name: str) -> bool:
    """Whether a weight of the network ships in 8 bits: the word rows and the encoder's matrices."""
    if name == "bert.embeddings.word_embeddings.weight":
        return True
    return name.startswith("bert.encoder.") and name.endswith(".weight") and "Norm" not in name


def _norm(norm: nn.LayerNorm) -> _Norm:
    return _Norm(norm.weight.detach(), norm.bias.detach(), norm.eps)


def _layer(layer: Any, ease_qkv: _Tensor, ease_up: _Tensor) -> _Layer:
    own = layer.attention.self
    weights = torch.cat([own.query.weight, own.key.weight, own.value.weight]).detach()
    biases = torch.cat([own.query.bias, own.key.bias, own.value.bias]).detach()
    mix, up, down = layer.attention.output.dense, layer.intermediate.dense, layer.output.dense
    return _Layer(
        eases_qkv=1 / ease_qkv,
        qkv=_packed(weights * ease_qkv, biases),
        mix=_packed(mix.weight, mix.bias),
        eases_up=1 / ease_up,
        up=_packed(up.weight * ease_up, up.bias),
        down=_packed(down.weight, torch.zeros_like(down.bias)),
        down_bias=down.bias.detach(),
        after_mix=_norm(layer.attention.output.LayerNorm),
        after_down=_norm(layer.output.LayerNorm),
    )


def _packed(weight: _Tensor, bias: _Tensor) -> Any:
    weight = weight.detach()
    scales = (weight.abs().amax(1).double() / 127).clamp(min=1e-12)
    zeros = torch.zeros(weight.shape[0], dtype=torch.int64)
    with warnings.catch_warnings():
        # torch announces the end of quantised tensors; its CPU kernels take no other yet
        warnings.simplefilter("ignore", UserWarning)
        narrow = torch.quantize_per_channel(weight, scales, zeros, 0, torch.qint8)
    return torch.ops.quantized.linear_prepack(narrow, bias.detach())


def _times(values: _Tensor, packed: Any) -> _Tensor:
    """float32 (..., in) to float32 (..., out)."""
    out: _Tensor = torch.ops.quantized.linear_dynamic(values, packed)
    return out
