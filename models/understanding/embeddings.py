"""Customers' words as points, by the encoder of the understanding model: for finding causes.

The mean of a turn's token vectors, less the mean of all turns that the model was trained on (the
vectors of this encoder are narrow: without that, everything lies near everything).
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.core.readings import CustomerText
from models.understanding.prompt import Prompt, customer_context, prompt
from models.understanding.transformer import (
    FOLDER,
    _bounded,
    _network,
    _padded,
    _tokenizer,
    _usable,
    verified,
)

_BATCH = 16


class CustomerEmbedder:
    """Implements `coach.runtime.ports.Embedder`. The agent's words cannot be given to it.

    Loading takes about a second. Raises `ProductError` when a file is missing or damaged.
    """

    def __init__(self, folder: Path = FOLDER, *, threads: int = 1) -> None:
        import torch

        config = verified(folder)
        if threads:
            torch.set_num_threads(threads)
        self._tokenizer = _tokenizer(folder)
        self._network = _network(folder, config, "cpu")
        norm = self._network.customer.norm
        assert norm.running_mean is not None  # noqa: S101  (a norm that tracks its statistics)
        self._middle: NDArray[np.float32] = norm.running_mean.numpy()
        self._name = f"transformer {config['version']}"

    @property
    def name(self) -> str:
        """Model and version."""
        return self._name

    def embed(self, said: Sequence[CustomerText]) -> NDArray[np.float32]:
        """(n, width); a row of zeros where there are no words."""
        import torch

        from models.understanding.encoder import pooled

        points = np.zeros((len(said), len(self._middle)), dtype=np.float32)
        readable = [n for n, one in enumerate(said) if _usable(one.text, one.confidence)]
        readable.sort(key=lambda n: len(said[n].text))
        for start in range(0, len(readable), _BATCH):
            part = readable[start : start + _BATCH]
            prompts = [self._prompt(said[n]) for n in part]
            ids, mask, own = _padded(prompts, "cpu")
            with torch.inference_mode():
                hidden = self._network.encode(ids, mask, own)
                points[part] = pooled(hidden, own).numpy() - self._middle
        return points

    def _prompt(self, said: CustomerText) -> Prompt:
        context = customer_context(said)
        return prompt(self._tokenizer, "klant", context, _bounded(said.text))
