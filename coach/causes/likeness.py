"""How like the examples of each cause a complaint is, by the points of an embedder."""

from collections.abc import Sequence
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from coach.core.cause_tree import Tree
from coach.core.causes import Complaint, Likeness
from coach.core.readings import CustomerText
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Embedder

Points = NDArray[np.float32]
"""float32, (n, width): rows of length 1, or of zeros where nothing could be read."""


_NEAREST = 2
"""One example may be alike by a turn of phrase; two are so by what they say."""


class Likenesses:
    """Compares complaints with the examples of a tree."""

    def __init__(self, embedder: Embedder, tree: Tree) -> None:
        self._embedder = embedder
        examples = [(cause.id, text) for cause in tree.causes for text in cause.examples]
        self._causes = [cause for cause, _ in examples]
        self._examples = unit(embedder.embed([_said(text) for _, text in examples]))

    def point(self, told: Complaint) -> Points:
        """(width,): the direction of a complaint, its turns weighing as much as they count."""
        (row,) = points(self._embedder, [told])
        return np.asarray(row, dtype=np.float32)

    def of(self, told: Complaint) -> Likeness:
        """For every cause with examples: the likeness to the two nearest ones, -1..1."""
        return self.at(self.point(told))

    def at(self, point: Points) -> Likeness:
        """The same for a complaint whose point is known."""
        near: dict[str, list[float]] = {}
        for cause, likeness in zip(self._causes, self._examples @ point, strict=True):
            near.setdefault(cause, []).append(float(likeness))
        return {
            cause: fmean(sorted(all_of_them)[-_NEAREST:]) for cause, all_of_them in near.items()
        }


def points(embedder: Embedder, complaints: Sequence[Complaint]) -> Points:
    """(n, width): the directions of complaints, all of them read at once."""
    turns = [(n, turn) for n, told in enumerate(complaints) for turn in told.turns]
    read = embedder.embed([_said(turn.text) for _, turn in turns])
    sums = np.zeros((len(complaints), read.shape[1] if len(read) else 1), dtype=np.float32)
    for (n, turn), row in zip(turns, read, strict=True):
        sums[n] += turn.weight * row
    return unit(sums)


def unit(rows: Points) -> Points:
    """The rows at length 1; rows of zeros stay."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def _said(text: str) -> CustomerText:
    return CustomerText(channel=Speaker.CUSTOMER, text=text)
