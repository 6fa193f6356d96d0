"""What every embedder promises: the scripted one and the encoder of the understanding model."""

from functools import cache

import numpy as np
import pytest

from coach.core.readings import AgentSpeechRefused, CustomerText
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Embedder
from models.scripted import ScriptedEmbedder


@cache
def real() -> Embedder:
    from models.understanding.embeddings import CustomerEmbedder

    return CustomerEmbedder()


@pytest.fixture(params=["scripted", "real"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return ScriptedEmbedder() if request.param == "scripted" else real()


def said(text: str) -> CustomerText:
    return CustomerText(channel=Speaker.CUSTOMER, text=text)


def test_every_text_has_a_row(embedder: Embedder) -> None:
    rows = embedder.embed([said("Mijn vader is overleden."), said(""), said("De stroom is weg.")])
    assert rows.dtype == np.float32
    assert rows.shape[0] == 3
    assert np.isfinite(rows).all()
    assert rows[0].any()
    assert not rows[1].any()


def test_alone_or_among_others_a_text_lies_in_the_same_place(embedder: Embedder) -> None:
    texts = [said("De factuur klopt niet."), said("Dank u."), said("Al de derde keer! " * 12)]
    together = embedder.embed(texts)
    for one, row in zip(texts, together, strict=True):
        alone = embedder.embed([one])[0]
        cosine = alone @ row / (np.linalg.norm(alone) * np.linalg.norm(row))
        assert cosine > 0.98


def test_what_is_alike_lies_nearer(embedder: Embedder) -> None:
    rows = embedder.embed(
        [
            said("Mijn moeder is vorige week overleden."),
            said("Mijn vader is vorige week overleden."),
            said("Het pakket is nog niet bezorgd."),
        ]
    )
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    assert rows[0] @ rows[1] > rows[0] @ rows[2]


def test_the_agents_words_have_no_way_in() -> None:
    with pytest.raises(AgentSpeechRefused):
        CustomerText(channel=Speaker.AGENT, text="Goedemiddag.")


def test_nothing_gives_no_rows(embedder: Embedder) -> None:
    assert len(embedder.embed([])) == 0
