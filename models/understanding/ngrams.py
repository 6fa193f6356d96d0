"""A second opinion: character n-grams, weighed by a linear model. Knows no order and no context.

It errs elsewhere than the transformer does, and the mean of both is better than either
(docs/understanding.md). Costs well under a millisecond.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SHORTEST, LONGEST = 2, 5
_GRAMS, _RARITY, _WEIGHTS, _SCALES, _BIAS = "grams", "rarity", "weights", "scales", "bias"

Floats = NDArray[np.float32]


def ngrams(text: str) -> Iterator[str]:
    """The runs of `SHORTEST` to `LONGEST` characters of each word, a space at either end."""
    for word in text.split():
        yield from _of_word(word)


def _of_word(word: str) -> Iterator[str]:
    padded = f" {word.lower()} "
    for size in range(SHORTEST, LONGEST + 1):
        if len(padded) <= size:
            yield padded
            return
        for start in range(len(padded) - size + 1):
            yield padded[start : start + size]


@dataclass(frozen=True, kw_only=True, slots=True)
class Opinion:
    """`logits`: (outputs,). `gains`: (words, outputs), what each word of the text added to them."""

    logits: Floats
    gains: Floats


@dataclass(frozen=True, kw_only=True, slots=True)
class NGramModel:
    """One linear model an output over the n-grams of `known` (n-gram to row).

    `rarity`: (n-grams,) inverse document frequency. `weights`: (n-grams, outputs) int8, times
    `scales` (outputs,); a scale of 0 means: no opinion on this output. `bias`: (outputs,).
    """

    known: dict[str, int]
    rarity: Floats
    weights: NDArray[np.int8]
    scales: Floats
    bias: Floats

    def read(self, text: str) -> Opinion:
        """The opinion on `text`, before any temperature; the bias alone where nothing is known."""
        words = text.split()
        rows, owners = [], []
        for owner, word in enumerate(words):
            for gram in _of_word(word):
                row = self.known.get(gram)
                if row is not None:
                    rows.append(row)
                    owners.append(owner)
        gains = np.zeros((len(words), len(self.bias)), np.float32)
        if not rows:
            return Opinion(logits=self.bias, gains=gains)
        counts = Counter(rows)
        seen = np.fromiter((counts[row] for row in rows), np.float32, len(rows))
        # the first count of a gram weighs 1, the next less; each occurrence gets its share
        values = (1 + np.log(seen)) * self.rarity[rows] / seen
        values /= np.sqrt((values**2 * seen).sum())
        np.add.at(gains, owners, values[:, None] * self.weights[rows] * self.scales)
        return Opinion(logits=gains.sum(0) + self.bias, gains=gains)

    @classmethod
    def load(cls, path: Path, side: str) -> "NGramModel":
        """The model of `side` in a file that `save` wrote."""
        from safetensors.numpy import load_file

        held = {n.removeprefix(f"{side}."): v for n, v in load_file(path).items()}
        grams = held[_GRAMS].tobytes().decode("utf-8").split("\n")
        return cls(
            known={gram: row for row, gram in enumerate(grams)},
            rarity=held[_RARITY].astype(np.float32),
            weights=held[_WEIGHTS],
            scales=held[_SCALES],
            bias=held[_BIAS],
        )


def save(models: dict[str, NGramModel], path: Path) -> None:
    """Write the models of all sides into one safetensors file."""
    from safetensors.numpy import save_file

    held: dict[str, NDArray[Any]] = {}
    for side, model in models.items():
        grams = "\n".join(sorted(model.known, key=model.known.__getitem__)).encode("utf-8")
        held[f"{side}.{_GRAMS}"] = np.frombuffer(grams, np.uint8)
        held[f"{side}.{_RARITY}"] = model.rarity.astype(np.float16)
        held[f"{side}.{_WEIGHTS}"] = model.weights
        held[f"{side}.{_SCALES}"] = model.scales
        held[f"{side}.{_BIAS}"] = model.bias
    save_file(held, path)
