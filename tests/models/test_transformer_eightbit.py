"""The 8-bit encoder says nearly what the exact one says."""

import pytest
import torch

from models.understanding.eightbit import EASED, EightBitNetwork, ease_of, is_narrow, measured_ease
from models.understanding.encoder import HEADS, Network

SIZES = {
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 64,
    "vocab_size": 50,
    "max_position_embeddings": 16,
    "type_vocab_size": 2,
}


@pytest.fixture
def network() -> Network:
    torch.manual_seed(5)
    made = Network(SIZES, dropout=0.0)
    made.eval()
    return made


def prompt(rows: int = 1) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    dice = torch.Generator().manual_seed(7)
    ids = torch.randint(4, 50, (rows, 12), generator=dice)
    own = torch.zeros_like(ids)
    own[:, 4:11] = 1
    return ids, torch.ones_like(ids), own


def fast_of(network: Network) -> EightBitNetwork:
    return EightBitNetwork(network, measured_ease(network, [prompt()]))


@pytest.mark.parametrize("side", ["customer", "agent"])
def test_scores_are_nearly_the_exact_ones(network: Network, side: str) -> None:
    with torch.inference_mode():
        exact = network(*prompt(3), side=side, why=True)
        fast = fast_of(network)(*prompt(3), side=side, why=True)
    assert fast.logits.shape == exact.logits.shape
    spread = float(exact.logits.std())
    assert float((fast.logits - exact.logits).abs().mean()) < 0.1 * spread
    assert exact.shares is not None
    assert fast.shares is not None
    assert fast.shares.shape == exact.shares.shape


def test_padding_changes_nothing(network: Network) -> None:
    ids, mask, own = prompt()
    longer = [
        torch.cat([part, torch.full((1, 3), fill)], 1) for part, fill in ((ids, 1), (mask, 0))
    ]
    longer.append(torch.cat([own, torch.zeros(1, 3, dtype=torch.int64)], 1))
    fast = fast_of(network)
    with torch.inference_mode():
        short = fast(ids, mask, own, side="customer", why=False).logits
        padded = fast(*longer, side="customer", why=False).logits
    assert padded.shape == (1, sum(HEADS.values()))
    torch.testing.assert_close(padded, short, atol=0.1, rtol=0.1)


def test_easing_shares_the_range_between_values_and_weights() -> None:
    weight = torch.tensor([[1.0, 1.0], [0.5, -1.0]])
    ease = ease_of(torch.tensor([100.0, 1.0]), weight)
    assert ease[0] / ease[1] == pytest.approx(10.0)


def test_constants_are_measured_for_every_layer(network: Network) -> None:
    ease = measured_ease(network, [prompt()])
    assert set(ease) == {name.format(n) for n in range(2) for name in EASED}
    assert all(values.shape == (32,) and bool((values > 0).all()) for values in ease.values())


@pytest.mark.parametrize(
    ("name", "narrow"),
    [
        ("bert.embeddings.word_embeddings.weight", True),
        ("bert.embeddings.position_embeddings.weight", False),
        ("bert.encoder.layer.0.output.dense.weight", True),
        ("bert.encoder.layer.0.output.LayerNorm.weight", False),
        ("bert.encoder.layer.0.output.dense.bias", False),
        ("customer.linear.weight", False),
    ],
)
def test_matrices_ship_in_8_bits(name: str, narrow: bool) -> None:
    assert is_narrow(name) is narrow
