"""Writes what ships: float16 weights, 8-bit word rows, tokenizer, configuration with SHA-256."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file

from models.understanding.encoder import Network
from models.understanding.levels import Levels
from models.understanding.transformer import CONFIG, TOKENIZER, WEIGHTS

_WORDS = "bert.embeddings.word_embeddings.weight"
_SCALES = "bert.embeddings.word_embeddings.scale"
_HEADS = ("customer.", "agent.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Shipment:
    """What goes with the weights."""

    sizes: dict[str, Any]
    tokenizer: str
    levels: Levels
    version: str


def export(network: Network, shipment: Shipment, folder: Path) -> None:
    """Write the weights of `network` and what goes with them into `folder`: about 57 MB."""
    folder.mkdir(parents=True, exist_ok=True)
    state = {}
    for name, value in network.state_dict().items():
        narrow = value.is_floating_point() and not name.startswith(_HEADS)
        state[name] = (value.half() if narrow else value).contiguous()
    words = network.state_dict()[_WORDS]
    scales = words.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
    state[_WORDS] = torch.round(words / scales).to(torch.int8)
    state[_SCALES] = scales.half()
    save_file(state, folder / WEIGHTS)
    (folder / TOKENIZER).write_text(shipment.tokenizer, encoding="utf-8")
    content = {
        "version": shipment.version,
        "sizes": shipment.sizes,
        "levels": shipment.levels.to_json(),
        "sha256": {
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
            for name in (WEIGHTS, TOKENIZER)
        },
    }
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    (folder / CONFIG).write_text(text, encoding="utf-8")
