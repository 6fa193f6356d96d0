"""The training loop: layer-wise learning rates, batches of one side sorted by length, resumable."""

import copy
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import nn

from coach.core.readings import AgentText, CustomerText
from coach.core.vocabulary import Act, EscalationKind, Speaker
from models.training.epoch import ear_of, epoch_examples
from models.training.examples import AGENT, CUSTOMER, Example
from models.training.recipe import Recipe
from models.understanding.encoder import ACTS, EMOTIONS, SIGNS, STRONGEST, Network, split
from models.understanding.prompt import Prompt, agent_context, customer_context, prompt

PAD = 1
POOL_BATCHES = 40
_TELL_STEPS = 50
_SNAPSHOT = "snapshot_{}.safetensors"


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """Token tensors (n, tokens) and targets (n, outputs); `known`: which outputs count."""

    side: str
    ids: torch.Tensor
    mask: torch.Tensor
    own: torch.Tensor
    target: torch.Tensor
    known: torch.Tensor


def as_prompt(tokenizer: Tokenizer, example: Example) -> Prompt:
    """The prompt of an example, built through the product's own input types."""
    if example.side == AGENT:
        line = AgentText(text=example.text, previous=" ".join(example.earlier))
        return prompt(tokenizer, "agent", agent_context(line), line.text)
    said = CustomerText(
        channel=Speaker.CUSTOMER,
        text=example.text,
        earlier=example.earlier,
        agent_acts=tuple(Act(a) for a in example.agent_acts),
        signs=tuple(EscalationKind(s) for s in example.signs_before),
    )
    return prompt(tokenizer, "klant", customer_context(said), said.text)


def targets(example: Example) -> tuple[list[float], list[float]]:
    """(target, known) in the order of the heads' outputs."""
    if example.side == AGENT:
        acts = example.acts or frozenset()
        return [float(a in acts) for a in ACTS], [1.0] * len(ACTS)
    felt = example.emotions or frozenset()
    labelled = float(example.emotions is not None)
    values = [float(e in felt) for e in EMOTIONS]
    values += [float(example.intensity > level) for level in range(STRONGEST)]
    values += [example.valence]
    values += [float((k.value, m.value) in example.signs) for k, m in SIGNS]
    values += [float(bool(example.abuse))]
    known = [labelled] * (len(values) - 1) + [float(example.abuse is not None)]
    return values, known


def collate(examples: list[Example], prompts: list[Prompt]) -> Batch:
    """Pad to the longest prompt of the batch."""
    width = max(len(p.ids) for p in prompts)
    ids = torch.full((len(prompts), width), PAD)
    own, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    for row, p in enumerate(prompts):
        ids[row, : len(p.ids)] = torch.tensor(p.ids)
        own[row, : len(p.ids)] = torch.tensor(p.own)
        mask[row, : len(p.ids)] = 1
    pairs = [targets(e) for e in examples]
    return Batch(
        side=examples[0].side,
        ids=ids,
        mask=mask,
        own=own,
        target=torch.tensor([t for t, _ in pairs]),
        known=torch.tensor([k for _, k in pairs]),
    )


def batches(
    examples: list[Example], tokenizer: Tokenizer, size: int, rng: random.Random
) -> Iterator[Batch]:
    """Batches of one side each, of about equal length, in random order."""
    ready: list[list[tuple[Example, Prompt]]] = []
    for side in (CUSTOMER, AGENT):
        chosen = [(e, as_prompt(tokenizer, e)) for e in examples if e.side == side]
        rng.shuffle(chosen)
        for start in range(0, len(chosen), size * POOL_BATCHES):
            pool = sorted(chosen[start : start + size * POOL_BATCHES], key=lambda c: len(c[1].ids))
            ready += [pool[n : n + size] for n in range(0, len(pool), size)]
    ready = [part for part in ready if len(part) > 1]
    rng.shuffle(ready)
    for part in ready:
        yield collate([e for e, _ in part], [p for _, p in part])


def loss_of(batch: Batch, logits: torch.Tensor) -> torch.Tensor:
    """Weighted sum of the heads' losses; outputs that are not labelled count for nothing."""
    bce = nn.functional.binary_cross_entropy_with_logits
    if batch.side == AGENT:
        return bce(logits, batch.target, reduction="none").sum(1).mean()
    terms = bce(logits, batch.target.clamp(0, 1), reduction="none") * batch.known
    parts = split(terms)
    valence = (split(logits)["valence"] - split(batch.target)["valence"]) ** 2
    total = (
        parts["emotions"].sum(1)
        + 0.7 * parts["intensity"].sum(1)
        + parts["signs"].sum(1)
        + 0.5 * (valence * split(batch.known)["valence"]).sum(1)
        + parts["abuse"].sum(1)
    )
    return total.mean()


def parameter_groups(network: Network, recipe: Recipe) -> list[dict[str, object]]:
    """Layer-wise rates; word embeddings stay frozen (their 34,000 rows hold what Dutch means)."""
    network.bert.embeddings.word_embeddings.weight.requires_grad_(False)
    layers = len(network.bert.encoder.layer)
    groups: dict[float, list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        if not name.startswith("bert."):
            rate = recipe.head_rate
        elif name.startswith("bert.encoder.layer."):
            rate = recipe.top_rate * recipe.decay ** (layers - 1 - int(name.split(".")[3]))
        else:
            rate = recipe.top_rate * recipe.decay**layers
        groups.setdefault(rate, []).append(parameter)
    return [{"params": ps, "lr": rate} for rate, ps in groups.items()]


def start_from_priors(network: Network, fit: tuple[Example, ...]) -> None:
    """Biases begin at the labels' log-odds: rare labels would take an epoch to get there."""
    for side, head in ((CUSTOMER, network.customer), (AGENT, network.agent)):
        pairs = [targets(e) for e in fit if e.side == side]
        known = torch.tensor([k for _, k in pairs])
        share = (torch.tensor([t for t, _ in pairs]) * known).sum(0) + 0.5
        rate = (share / (known.sum(0) + 1)).clamp(0.002, 0.998)
        with torch.no_grad():
            head.linear.bias.copy_(torch.log(rate / (1 - rate)))
            head.linear.weight.mul_(0.3)
    with torch.no_grad():
        split(network.customer.linear.bias)["valence"].zero_()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Run:
    """What the epochs of one run share."""

    network: Network
    average: Network
    tokenizer: Tokenizer
    recipe: Recipe
    optimiser: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LambdaLR
    rng: random.Random
    tell: Callable[[str], None]


def train(
    network: Network,
    tokenizer: Tokenizer,
    fit: tuple[Example, ...],
    recipe: Recipe,
    *,
    checkpoint: Path,
    tell: Callable[[str], None],
) -> Network:
    """Train in place; returns the mean of the running averages before and after each finish.

    A checkpoint after each epoch; an interrupted run goes on behind the last.
    """
    ear = ear_of(fit)
    network.train()
    optimiser = torch.optim.AdamW(
        parameter_groups(network, recipe), weight_decay=recipe.weight_decay, betas=(0.9, 0.98)
    )
    rng = random.Random(recipe.seed)  # noqa: S311  (reproducible, not secret)
    first = epoch_examples(fit, recipe, ear, random.Random(0))  # noqa: S311
    steps = len(first) // recipe.batch
    run = _Run(
        network=network,
        average=copy.deepcopy(network),
        tokenizer=tokenizer,
        recipe=recipe,
        optimiser=optimiser,
        schedule=_schedule(optimiser, recipe, steps),
        rng=rng,
        tell=tell,
    )
    began = _resume(run, checkpoint)
    for epoch in range(recipe.epochs + recipe.finish_epochs):
        torch.manual_seed(recipe.seed + epoch)
        examples = epoch_examples(fit, recipe, ear, rng, whole=epoch >= recipe.epochs)
        if epoch < began:
            # the batches of an epoch draw from the same dice: they roll on a resumed run too
            for _ in batches(examples, tokenizer, recipe.batch, rng):
                pass
            continue
        _epoch(run, examples, epoch)
        _save(run, checkpoint, epoch + 1)
        if epoch >= recipe.epochs - 1:
            save_file(_weights(run.average), checkpoint / _SNAPSHOT.format(epoch + 1))
    last = range(recipe.epochs, recipe.epochs + recipe.finish_epochs + 1)
    return _mean(run.average, [load_file(checkpoint / _SNAPSHOT.format(n)) for n in last])


def _mean(network: Network, states: list[dict[str, torch.Tensor]]) -> Network:
    """`network` with the mean of `states` as its weights."""
    with torch.no_grad():
        for name, value in network.state_dict().items():
            if value.is_floating_point():
                value.copy_(torch.stack([state[name] for state in states]).mean(0))
    return network


def _schedule(
    optimiser: torch.optim.Optimizer, recipe: Recipe, an_epoch: int
) -> torch.optim.lr_scheduler.LambdaLR:
    """Up over the warm-up, down in a straight line; then the same, smaller, for each finish."""
    long, short = an_epoch * recipe.epochs, max(2, an_epoch)

    def share(step: int) -> float:
        if step < long:
            return _slope(step, long, recipe.warmup)
        return recipe.finish_rate * _slope((step - long) % short, short, recipe.warmup)

    return torch.optim.lr_scheduler.LambdaLR(optimiser, share)


def _slope(step: int, steps: int, warmup: float) -> float:
    warm = max(1, round(warmup * steps))
    return min((step + 1) / warm, max(0.02, (steps - step) / (steps - warm)))


def has_fast_bfloat16() -> bool:
    """Whether this processor multiplies bfloat16 matrices in hardware: training twice as fast."""
    return bool(torch.cpu._is_amx_tile_supported())


def _epoch(run: _Run, examples: list[Example], epoch: int) -> None:
    network = run.network
    parameters = [p for p in network.parameters() if p.requires_grad]
    narrow = has_fast_bfloat16()
    started, running = time.monotonic(), 0.0
    for step, batch in enumerate(batches(examples, run.tokenizer, run.recipe.batch, run.rng)):
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=narrow):
            scores = network(batch.ids, batch.mask, batch.own, side=batch.side, why=False)
        loss = loss_of(batch, scores.logits.float())
        run.optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(parameters, 1.0)
        run.optimiser.step()
        run.schedule.step()
        _average(run)
        running += loss.item()
        if step % _TELL_STEPS == _TELL_STEPS - 1:
            mean, took = running / _TELL_STEPS, time.monotonic() - started
            run.tell(f"epoch {epoch + 1} step {step + 1} loss {mean:.3f} {took:.0f} s")
            running = 0.0


def _average(run: _Run) -> None:
    """Let the average follow: weights slowly, slower still at first than a mean of all steps."""
    done = run.schedule.last_epoch
    decay = min(run.recipe.averaging, done / (done + 10))
    with torch.no_grad():
        for mean, now in zip(run.average.parameters(), run.network.parameters(), strict=True):
            if now.requires_grad:
                mean.lerp_(now, 1 - decay)
        for kept, new in zip(run.average.buffers(), run.network.buffers(), strict=True):
            if kept.is_floating_point():
                kept.lerp_(new, 1 - decay)
            else:
                kept.copy_(new)


def _save(run: _Run, folder: Path, epochs: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    moments = {}
    for n, parameter in enumerate(_parameters(run.optimiser)):
        state = run.optimiser.state[parameter]
        moments.update({f"{n}.{name}": value for name, value in state.items()})
    save_file(moments, folder / "optimiser.safetensors")
    save_file(_weights(run.average), folder / "average.safetensors")
    progress = {"epochs": str(epochs), "steps": str(run.schedule.last_epoch)}
    save_file(_weights(run.network), folder / "network.safetensors", metadata=progress)


def _parameters(optimiser: torch.optim.Optimizer) -> list[nn.Parameter]:
    """In the order of the groups: the optimiser's own state is in the order of first use."""
    return [p for group in optimiser.param_groups for p in group["params"]]


def _weights(network: Network) -> dict[str, torch.Tensor]:
    return {name: value.contiguous() for name, value in network.state_dict().items()}


def _resume(run: _Run, folder: Path) -> int:
    """Epochs already done in `folder`."""
    from safetensors import safe_open

    path = folder / "network.safetensors"
    if not path.is_file():
        return 0
    run.network.load_state_dict(load_file(path))
    run.average.load_state_dict(load_file(folder / "average.safetensors"))
    with safe_open(path, framework="pt") as file:
        progress = file.metadata()
    moments = load_file(folder / "optimiser.safetensors")
    for n, parameter in enumerate(_parameters(run.optimiser)):
        run.optimiser.state[parameter] = {
            name: moments[f"{n}.{name}"] for name in ("step", "exp_avg", "exp_avg_sq")
        }
    steps = run.schedule.last_epoch = int(progress["steps"])
    pairs = zip(run.optimiser.param_groups, run.schedule.base_lrs, strict=True)
    for (group, rate), share in zip(pairs, run.schedule.lr_lambdas, strict=True):
        group["lr"] = rate * share(steps)
    return int(progress["epochs"])
