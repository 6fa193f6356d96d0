"""Fits the n-gram model that gives the second opinion. Needs scikit-learn."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.training.examples import Example
from models.training.loop import targets
from models.understanding.ngrams import NGramModel, ngrams

STRENGTH = 8.0
RAREST = 3
FEWEST = 12


def fit(examples: Sequence[Example], names: Sequence[str]) -> NGramModel:
    """One logistic regression for each output that is 0 or 1; `names` are the outputs' heads.

    An output with fewer than `FEWEST` positives gets no opinion, nor does a valence.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    told = [e for e in examples if e.abuse is None]
    goals = np.array([targets(e)[0] for e in told])
    features = TfidfVectorizer(analyzer=ngrams, min_df=RAREST, sublinear_tf=True)
    rows = features.fit_transform([e.text for e in told])
    weights = np.zeros((rows.shape[1], goals.shape[1]))
    bias = np.zeros(goals.shape[1])
    for n, name in enumerate(names):
        if name in {"valence", "abuse"} or goals[:, n].sum() < FEWEST:
            continue
        model = LogisticRegression(C=STRENGTH, solver="liblinear").fit(rows, goals[:, n])
        weights[:, n], bias[n] = model.coef_[0], model.intercept_[0]
    narrow, scales = _narrowed(weights)
    return NGramModel(
        known={gram: int(row) for gram, row in features.vocabulary_.items()},
        rarity=features.idf_.astype(np.float32),
        weights=narrow,
        scales=scales,
        bias=bias.astype(np.float32),
    )


def _narrowed(weights: NDArray[np.float64]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    scales = np.abs(weights).max(0) / 127
    whole = np.round(weights / np.where(scales > 0, scales, 1.0))
    return whole.astype(np.int8), scales.astype(np.float32)
