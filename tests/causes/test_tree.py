"""The tree that the product brings, and what an organisation's own may look like."""

from pathlib import Path

import pytest

from coach.causes import load_tree
from coach.causes.likeness import Likenesses, points, unit
from coach.core.causes import Complaint, Told
from coach.core.units import Samples
from coach.errors import UserError
from models.scripted import ScriptedEmbedder


def told(*texts: str) -> Complaint:
    turns = [
        Told(turn=n, start=Samples(n), text=text, weight=1 / (n + 1))
        for n, text in enumerate(texts)
    ]
    return Complaint(turns=tuple(turns), signs=())


def test_the_products_tree_is_whole() -> None:
    tree = load_tree()
    assert len(tree.causes) >= 15
    for cause in tree.causes:
        assert cause.cues, cause.id
        assert len(cause.examples) >= 2, cause.id
        assert cause.nl != cause.en
    assert {"repeated_contact", "promise_not_kept", "treatment", "billing", "outage"} <= {
        cause.id for cause in tree.causes
    }


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[one]\nnl = 'x'\n", "insight.bad_tree"),
        ("[one\n", "insight.bad_toml"),
        (None, "insight.cannot_read"),
    ],
)
def test_a_tree_that_will_not_do_is_told(tmp_path: Path, text: str | None, key: str) -> None:
    path = tmp_path / "tree.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as refused:
        load_tree(path)
    assert refused.value.key == key
    assert str(path) in str(refused.value)


def test_what_is_said_like_the_examples_is_near_them() -> None:
    tree = load_tree()
    alike = Likenesses(ScriptedEmbedder(), tree)
    outage = tree.by_id["outage"].examples
    near = alike.of(told(outage[0], outage[1]))
    assert max(near, key=lambda cause: near[cause]) == "outage"
    assert all(-1.001 <= likeness <= 1.001 for likeness in near.values())


def test_a_complaint_without_words_has_no_direction() -> None:
    (row,) = points(ScriptedEmbedder(), [told("...")])
    assert not row.any()
    assert not unit(row).any()
