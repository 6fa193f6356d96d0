"""The tables of `docs/understanding.md`: every system on the same turns, by the same measures."""

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

import torch

from coach.runtime.ports import Understanding
from models.training import baselines, examples, teacher
from models.training.calibrate import calibrate, sides
from models.training.examples import Example
from models.training.measure import Figures, as_agent, as_customer, measure
from models.training.noise import misheard, plain
from models.training.recipe import Recipe
from models.training.run import OWN
from models.understanding.rules import RuleUnderstanding
from models.understanding.transformer import FOLDER, TransformerUnderstanding

WORD_ERRORS = 0.25
_ABUSIVE = 0.5
_PARTS = 6
Tell = Callable[[str], None]


def evaluate(chosen: argparse.Namespace, tell: Tell) -> None:
    """Print the tables that the command line asks for."""
    data = examples.load(chosen.shared, OWN, Recipe().split_seed)
    calls = chosen.calls or chosen.shared / "calls" / "dev.jsonl"
    turns = list(examples.calls(calls))
    ours = TransformerUnderstanding(chosen.weights or FOLDER)
    systems: list[Understanding] = [ours]
    if chosen.baselines:
        customers, agents = sides([e for e in data.fit if e.abuse is None])
        lexicon = chosen.shared / "data" / "pattern_nl" / "nl_sentiment_lexicon.tsv"
        systems += [
            RuleUnderstanding(),
            baselines.NGramUnderstanding(customers, agents),
            baselines.LexiconUnderstanding(lexicon),
        ]
    for system in systems:
        _row(system.name, system, turns, tell)
    held = [e for e in teacher.name_acts(data).held if e.abuse is None and not e.heard]
    _left_out(ours, held, turns, tell)
    _robustness(ours, turns, data.fit, tell)
    _hatecheck(ours, [e for e in data.held if e.abuse is not None], tell)
    _speed(ours, turns, tell)


def _row(name: str, system: Understanding, turns: Sequence[Example], tell: Tell) -> None:
    figures = measure(system, turns).summary()
    tell(f"| {name} | " + " | ".join(f"{v:.3f}" for v in figures.values()) + " |")


def _left_out(
    ours: TransformerUnderstanding, held: list[Example], turns: list[Example], tell: Tell
) -> None:
    """Figures with thresholds that have not seen the call: a sixth of the calls at a time."""
    groups = sorted({e.group for e in turns})
    random.Random(4).shuffle(groups)  # noqa: S311  (reproducible, not secret)
    known = _outputs(ours, [*held, *turns])
    figures = Figures()
    for part in range(_PARTS):
        out = set(groups[part::_PARTS])
        customers, agents = sides([e for e in (*held, *turns) if e.group not in out and e in known])
        scored = [(some, torch.tensor([known[e] for e in some])) for some in (customers, agents)]
        other = ours.deciding_by(calibrate(scored[0], scored[1]))
        figures.add([e for e in turns if e.group in out], other)
    row = " | ".join(f"{v:.3f}" for v in figures.summary().values())
    tell(f"| {ours.name}, thresholds from other calls | {row} |")


def _outputs(ours: TransformerUnderstanding, some: list[Example]) -> dict[Example, list[float]]:
    customers, agents = sides(some)
    found = dict(zip(customers, ours.logits([as_customer(e) for e in customers]), strict=True))
    found |= zip(agents, ours.logits([as_agent(e) for e in agents]), strict=True)
    return {example: row for example, row in found.items() if row}


def _robustness(
    ours: Understanding, turns: list[Example], fit: Sequence[Example], tell: Tell
) -> None:
    """The same turns without punctuation, misheard, and by country."""
    rng = random.Random(1)  # noqa: S311  (reproducible, not secret)
    words = tuple(sorted({w for e in fit for w in e.text.split()}))
    _row("no capitals, no punctuation", ours, [_said(e, plain) for e in turns], tell)
    heard = [_said(e, lambda t: misheard(plain(t), WORD_ERRORS, words, rng)) for e in turns]
    _row(f"{WORD_ERRORS:.0%} of the words misheard", ours, heard, tell)
    for locale in ("nl-NL", "nl-BE"):
        _row(locale, ours, [e for e in turns if e.locale == locale], tell)


def _said(example: Example, change: Callable[[str], str]) -> Example:
    earlier = tuple(change(text) for text in example.earlier)
    return replace(example, text=change(example.text), earlier=earlier)


def _hatecheck(ours: TransformerUnderstanding, rows: list[Example], tell: Tell) -> None:
    """Accuracy by functional test on templates that were not trained on."""
    right: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        said = ours.abuse(as_customer(row)) >= _ABUSIVE
        right[row.origin].append(said == row.abuse)
    every = [ok for oks in right.values() for ok in oks]
    tell(f"| HateCheck-NL, all tests | {len(every)} | {sum(every) / len(every):.3f} |")
    for test, oks in sorted(right.items()):
        tell(f"| {test} | {len(oks)} | {sum(oks) / len(oks):.3f} |")


def _speed(ours: TransformerUnderstanding, turns: list[Example], tell: Tell) -> None:
    took = []
    customers, _ = sides(turns)
    for turn in customers[:200]:
        began = time.perf_counter()
        ours.customer(as_customer(turn))
        took.append(1000 * (time.perf_counter() - began))
    took.sort()
    middle, late = took[len(took) // 2], took[int(len(took) * 0.95)]
    tell(f"one utterance: p50 {middle:.1f} ms, p95 {late:.1f} ms")
