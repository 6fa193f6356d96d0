"""A training that was interrupted ends where it would have ended."""

from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers

from models.training import loop
from models.training.examples import AGENT, CUSTOMER, Example
from models.training.recipe import Recipe
from models.understanding.encoder import Network
from tests.models.test_transformer_eightbit import SIZES

WORDS = "ik ben boos blij bang op u de bel kast fiets en dan ook nog eens weer".split()
RECIPE = Recipe(epochs=1, finish_epochs=1, batch=4, dropout=0.0, top_rate=1e-2)


class Interrupted(Exception):
    pass


def tokenizer() -> Tokenizer:
    names = ["<s>", "<pad>", "</s>", "<unk>", *WORDS]
    made = Tokenizer(models.WordLevel({w: n for n, w in enumerate(names)}, unk_token="<unk>"))  # noqa: S106  (a token of text)
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    return made


def lines() -> tuple[Example, ...]:
    made = []
    for n in range(24):
        text = " ".join(WORDS[(n + k) % len(WORDS)] for k in range(4))
        if n % 3:
            felt = frozenset({"anger"} if n % 2 else ())
            made.append(Example(side=CUSTOMER, text=text, origin="x", group=str(n), emotions=felt))
        else:
            made.append(
                Example(side=AGENT, text=text, origin="x", group=str(n), acts=frozenset({"close"}))
            )
    return tuple(made)


def trained(folder: Path) -> Network:
    torch.manual_seed(1)
    network = Network({**SIZES, "max_position_embeddings": 64}, dropout=0.0)
    return loop.train(network, tokenizer(), lines(), RECIPE, checkpoint=folder, tell=lambda _: None)


def test_a_resumed_run_ends_as_one_in_one_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = trained(tmp_path / "whole")
    real = loop._epoch

    def only_the_first(run: loop._Run, examples: list[Example], epoch: int) -> None:
        if epoch:
            raise Interrupted
        real(run, examples, epoch)

    with monkeypatch.context() as patched:
        patched.setattr(loop, "_epoch", only_the_first)
        with pytest.raises(Interrupted):
            trained(tmp_path / "parts")
    resumed = trained(tmp_path / "parts")
    for name, value in whole.state_dict().items():
        torch.testing.assert_close(resumed.state_dict()[name], value, msg=name)


def test_the_rates_come_down_and_rise_again_for_each_finish() -> None:
    network = Network(SIZES, dropout=0.0)
    optimiser = torch.optim.AdamW(loop.parameter_groups(network, RECIPE))
    schedule = loop._schedule(optimiser, Recipe(epochs=3, finish_epochs=2), 100)
    share = schedule.lr_lambdas[0]
    assert max(share(n) for n in range(300)) == 1
    assert share(299) < 0.05
    for began in (300, 400):
        assert max(share(n) for n in range(began, began + 100)) == pytest.approx(0.4)
        assert share(began + 99) < 0.05


def test_what_ships_is_the_mean_of_the_averages_before_and_after_each_finish() -> None:
    network = Network(SIZES, dropout=0.0)
    state = {name: value.clone() for name, value in network.state_dict().items()}
    higher = {n: v + 3 if v.is_floating_point() else v for n, v in state.items()}
    mean = loop._mean(network, [state, state, higher])
    for name, value in mean.state_dict().items():
        expected = state[name] + 1 if value.is_floating_point() else state[name]
        torch.testing.assert_close(value, expected)
