"""Writes what ships: 8-bit and float16 weights, n-grams, tokenizer, configuration with SHA-256."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file

from models.understanding.eightbit import is_narrow
from models.understanding.encoder import Network
from models.understanding.levels import Levels
from models.understanding.ngrams import NGramModel
from models.understanding.ngrams import save as save_ngrams
from models.understanding.transformer import CONFIG, NGRAMS, SHIPPED, TOKENIZER, WEIGHTS

_HEADS = ("customer.", "agent.")
_SCALE = ".scale"


@dataclass(frozen=True, kw_only=True, slots=True)
class Shipment:
    """What goes with the weights."""

    sizes: dict[str, Any]
    tokenizer: str
    levels: Levels
    version: str
    partners: dict[str, NGramModel]
    ease: dict[str, torch.Tensor]


def export(network: Network, shipment: Shipment, folder: Path) -> None:
    """Write the weights of `network` and what goes with them into `folder`: under 50 MB."""
    folder.mkdir(parents=True, exist_ok=True)
    state = {}
    for name, value in network.state_dict().items():
        if is_narrow(name):
            matrix = name.removesuffix(".weight")
            scales = (value.abs().amax(1, keepdim=True) / 127).clamp(min=1e-6).half().float()
            state[name] = torch.round(value / scales).clamp(-127, 127).to(torch.int8)
            state[matrix + _SCALE] = scales.half()
        else:
            half = value.is_floating_point() and not name.startswith(_HEADS)
            state[name] = (value.half() if half else value).contiguous()
    for name, ease in shipment.ease.items():
        state[name] = ease.half()
    save_file(state, folder / WEIGHTS)
    save_ngrams(shipment.partners, folder / NGRAMS)
    (folder / TOKENIZER).write_text(shipment.tokenizer, encoding="utf-8")
    content = {
        "version": shipment.version,
        "sizes": shipment.sizes,
        "levels": shipment.levels.to_json(),
        "sha256": {
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in SHIPPED
        },
    }
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    (folder / CONFIG).write_text(text, encoding="utf-8")
