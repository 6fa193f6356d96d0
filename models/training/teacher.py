"""Character n-grams with logistic regression: the baseline, and who names the acts of a line.

Needs scikit-learn, which only training uses.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coach.core.vocabulary import Act
from models.training.examples import AGENT, Example, Split, with_acts


class NGrams:
    """One logistic regression a label over character 2-5-grams and words, TF-IDF weighted."""

    def __init__(self, strength: float = 8.0) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.multiclass import OneVsRestClassifier

        self._features = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True, lowercase=True
        )
        self._model = OneVsRestClassifier(
            LogisticRegression(C=strength, solver="liblinear", class_weight="balanced")
        )

    def fit(self, texts: Sequence[str], labels: NDArray[np.int64]) -> "NGrams":
        """Learn (n, labels) 0/1 from `texts`."""
        self._model.fit(self._features.fit_transform(texts), labels)
        return self

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """(n, labels)."""
        found: NDArray[np.float64] = self._model.predict_proba(self._features.transform(texts))
        return found


def name_acts(split: Split) -> Split:
    """`split` with the acts of the agent's line before each example, found by n-grams.

    Some labelled customer lines come with what the agent said before. The product gives an
    emotion model the acts of that line and never its words; so does training.
    """
    lines = sorted({e.agent_words for e in (*split.fit, *split.held) if e.agent_words})
    if not lines:
        return split
    agents = [e for e in split.fit if e.side == AGENT and not e.heard]
    acts = list(Act)
    labels = np.array([[int(a.value in (e.acts or ())) for a in acts] for e in agents])
    model = NGrams().fit([e.text for e in agents], labels)
    found = {
        line: tuple(a.value for a, p in zip(acts, row, strict=True) if p > 0.5)  # noqa: PLR2004
        for line, row in zip(lines, model.probabilities(lines), strict=True)
    }

    def named(examples: tuple[Example, ...]) -> tuple[Example, ...]:
        return tuple(with_acts(e, found[e.agent_words]) if e.agent_words else e for e in examples)

    return Split(fit=named(split.fit), held=named(split.held))
