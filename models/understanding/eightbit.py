"""Linear layers in 8 bits: weights once, activations for each call."""

import warnings
from typing import Any

import torch
from torch import nn


class EightBitLinear(nn.Module):
    """A linear layer with int8 weights (one scale a row) and activations scaled as they come."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        weight = linear.weight.detach()
        scales = (weight.abs().amax(1).double() / 127).clamp(min=1e-12)
        zeros = torch.zeros(weight.shape[0], dtype=torch.int64)
        with warnings.catch_warnings():
            # torch announces the end of quantised tensors; its CPU kernels take no other yet
            warnings.simplefilter("ignore", UserWarning)
            packed = torch.quantize_per_channel(weight, scales, zeros, 0, torch.qint8)
        self._packed: Any = torch.ops.quantized.linear_prepack(packed, linear.bias.detach())

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        """float32 (..., in) to float32 (..., out)."""
        out: torch.Tensor = torch.ops.quantized.linear_dynamic(values, self._packed)
        return out


def quantised(network: nn.Module) -> nn.Module:
    """`network` with most of the encoder's linear layers in 8 bits, in place.

    The heads and the second layer of each feed-forward block stay float32: what comes out of GELU
    has a few very large channels, and one scale for all of them cost up to 5 points of F1.
    """
    bert = network.get_submodule("bert")
    for name, module in list(bert.named_modules()):
        if isinstance(module, nn.Linear) and not _after_gelu(name):
            parent, _, child = name.rpartition(".")
            setattr(bert.get_submodule(parent), child, EightBitLinear(module))
    return network


def _after_gelu(name: str) -> bool:
    return name.endswith("output.dense") and ".attention." not in name
