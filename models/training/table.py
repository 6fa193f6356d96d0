"""The tables of `docs/understanding.md`: every system on the same turns, by the same measures."""

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from coach.runtime.ports import Understanding
from models.training import baselines, examples
from models.training.calibrate import sides
from models.training.examples import Example
from models.training.loop import Recipe
from models.training.measure import as_customer, measure
from models.training.noise import misheard, plain
from models.training.run import OWN
from models.understanding.rules import RuleUnderstanding
from models.understanding.transformer import FOLDER, TransformerUnderstanding

WORD_ERRORS = 0.25
_ABUSIVE = 0.5
Tell = Callable[[str], None]


def evaluate(chosen: argparse.Namespace, tell: Tell) -> None:
    """Print the tables that the command line asks for."""
    data = examples.load(chosen.shared, OWN, Recipe().seed)
    calls = chosen.calls or chosen.shared / "calls" / "dev.jsonl"
    turns = [replace(e, agent_acts=()) for e in examples.calls(calls)]
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
    _robustness(ours, turns, data.fit, tell)
    _hatecheck(ours, [e for e in data.held if e.abuse is not None], tell)
    _speed(ours, turns, tell)


def _row(name: str, system: Understanding, turns: Sequence[Example], tell: Tell) -> None:
    figures = measure(system, turns).summary()
    tell(f"| {name} | " + " | ".join(f"{v:.3f}" for v in figures.values()) + " |")


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
