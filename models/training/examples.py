"""Labelled turns from the data folder, in the form in which the product will meet them."""

import csv
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from coach.core.vocabulary import Act, Modality

CUSTOMER, AGENT = "customer", "agent"
CALL = "call"
"""The origin of a turn of a whole call; of other lines it is the name of their file."""
HELD_CALLS = 1 / 6
HELD_SHARE = 0.05
HELD_TEMPLATES = 0.25


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """One turn and what a listener should hear in it. `None`: not labelled, no loss."""

    side: str
    text: str
    origin: str
    group: str
    earlier: tuple[str, ...] = ()
    agent_acts: tuple[str, ...] = ()
    signs_before: tuple[str, ...] = ()
    emotions: frozenset[str] | None = None
    intensity: int = 0
    valence: float = 0.0
    signs: frozenset[tuple[str, str]] = frozenset()
    acts: frozenset[str] | None = None
    abuse: bool | None = None
    locale: str = "nl-NL"
    agent_words: str = ""
    """The agent's line before, kept only to find its acts; never part of a customer's prompt."""
    key: str = ""
    """The name of the labelled line, e.g. "train-003#7"; empty where nothing refers to it."""
    heard: bool = False
    """Whether `text` is what the recogniser made of the line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Split:
    """`fit` is trained on; `held` chooses thresholds and temperatures; nothing is in both."""

    fit: tuple[Example, ...]
    held: tuple[Example, ...]


def _signs(row: dict[str, Any]) -> frozenset[tuple[str, str]]:
    return frozenset((s["kind"], s["modality"]) for s in row.get("escalations", []))


def utterances(folder: Path) -> Iterator[Example]:
    """The single labelled utterances of `folder`/*.jsonl; their `group` is their own."""
    for path in sorted(folder.glob("*.jsonl")):
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            row = json.loads(line)
            where = _Place(path.stem, f"{path.stem}:{n}", row["locale"], f"{path.stem}:{n}")
            before = row.get("previous", "")
            if "acts" in row:
                yield _agent(row, (before,), where)
            else:
                signs = tuple(row.get("signs_before", ()))
                yield replace(_customer(row, (), (), where), agent_words=before, signs_before=signs)


@dataclass(frozen=True, slots=True)
class _Place:
    origin: str
    group: str
    locale: str
    key: str = ""


def _agent(row: dict[str, Any], earlier: tuple[str, ...], where: _Place) -> Example:
    return Example(
        side=AGENT,
        text=row["text"],
        origin=where.origin,
        group=where.group,
        locale=where.locale,
        earlier=earlier,
        acts=frozenset(row["acts"]),
        key=where.key,
    )


def _customer(
    row: dict[str, Any], earlier: tuple[str, ...], acts: tuple[str, ...], where: _Place
) -> Example:
    return Example(
        side=CUSTOMER,
        text=row["text"],
        origin=where.origin,
        group=where.group,
        locale=where.locale,
        earlier=earlier,
        agent_acts=acts,
        emotions=frozenset(row["emotions"]),
        intensity=row["intensity"],
        valence=float(row["valence"]),
        signs=_signs(row),
        key=where.key,
    )


def calls(path: Path, origin: str = CALL) -> Iterator[Example]:
    """Every turn of the calls in `path`, with what came before it. `group` is the call."""
    for line in path.read_text(encoding="utf-8").splitlines():
        call = json.loads(line)
        where = _Place(origin, call["id"], call["locale"])
        said: list[str] = []
        acts: tuple[str, ...] = ()
        signs: tuple[str, ...] = ()
        for turn in call["turns"]:
            where = replace(where, key=f"{call['id']}#{turn['n']}")
            if turn["speaker"] == "customer":
                yield replace(_customer(turn, tuple(said[-2:]), acts, where), signs_before=signs)
                said.append(turn["text"])
                asserted = [k for k, m in sorted(_signs(turn)) if m == Modality.ASSERTED]
                signs = tuple(dict.fromkeys((*signs, *asserted)))
            else:
                acts = tuple(a.value for a in Act if a.value in turn["acts"])
                yield _agent(turn, tuple(said[-1:]), where)


def own_calls(own: Path) -> Iterator[Example]:
    """Every turn of the project's own calls that are trained on."""
    for path in sorted((own / "calls").glob("*.jsonl")):
        yield from calls(path)


def hatecheck(path: Path) -> Iterator[Example]:
    """HateCheck-NL: abuse or a look-alike of it; `group` is the template."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Example(
                side=CUSTOMER,
                text=row["text"],
                origin=row["functionality"],
                group=f"template:{row['template_id']}",
                abuse=row["label_gold"] == "hateful",
            )


def background(path: Path, count: int, seed: int) -> Iterator[Example]:
    """`count` read-aloud sentences about nothing: no escalation, nothing felt."""
    lines = [line.split("\t")[1] for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    chosen = random.Random(seed).sample(lines, count)  # noqa: S311  (reproducible, not secret)
    for n, text in enumerate(chosen):
        yield Example(
            side=CUSTOMER,
            text=text,
            origin="background",
            group=f"background:{n}",
            emotions=frozenset(),
        )


def held_out(
    examples: list[Example], rng: random.Random, share: float
) -> tuple[list[Example], list[Example]]:
    """(fit, held) by group, so that turns of one call or template stay together."""
    groups = sorted({e.group for e in examples})
    rng.shuffle(groups)
    held = set(groups[: round(share * len(groups))])
    return [e for e in examples if e.group not in held], [e for e in examples if e.group in held]


def load(shared: Path, own: Path, seed: int) -> Split:
    """All that is trained on, split with `seed`. `own` holds the project's own lines and calls.

    A line and what the recogniser made of it are always on the same side of the split.
    """
    rng = random.Random(seed)  # noqa: S311  (reproducible, not secret)
    fit: list[Example] = []
    held: list[Example] = []
    rows = tuple(read_heard(own / "heard" / "lines.jsonl"))
    lines = tuple(utterances(shared / "data" / "utterances"))
    ours = tuple(utterances(own))
    theirs = tuple(calls(shared / "calls" / "train.jsonl"))
    our_calls = tuple(own_calls(own))
    parts = (
        ([*lines, *misheard(lines, rows)], HELD_SHARE),
        ([*theirs, *misheard(theirs, rows)], HELD_CALLS),
        (
            list(hatecheck(shared / "data" / "multilingual_hatecheck_nl" / "mhc_nl.tsv")),
            HELD_TEMPLATES,
        ),
        ([*ours, *misheard(ours, rows)], 0.0),
        ([*our_calls, *misheard(our_calls, rows)], HELD_CALLS),
    )
    for part, share in parts:
        some, rest = held_out(part, rng, share)
        fit += some
        held += rest
    return Split(fit=tuple(fit), held=tuple(held))


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """`text`: what the recogniser made of the line with the key `line`; empty: nothing."""

    line: str
    text: str


def read_heard(path: Path) -> Iterator[Heard]:
    """The rows that `python -m models.training heard` wrote; nothing when there is no file."""
    if path.is_file():
        for row in path.read_text(encoding="utf-8").splitlines():
            content = json.loads(row)
            yield Heard(line=content["line"], text=content["text"])


def misheard(examples: Sequence[Example], rows: Sequence[Heard]) -> Iterator[Example]:
    """A second example of each line that was heard, its words and its context as heard."""
    texts = {row.line: row.text for row in rows if row.text}
    spoken = {(e.group, e.text): texts[e.key] for e in examples if e.key in texts}
    for example in examples:
        if example.key in texts:
            yield replace(
                example,
                text=texts[example.key],
                earlier=tuple(spoken.get((example.group, t), t) for t in example.earlier),
                heard=True,
            )


def with_acts(example: Example, acts: tuple[str, ...]) -> Example:
    """`example` with the acts of the agent's line before it; the line itself is dropped."""
    return replace(example, agent_acts=acts, agent_words="")
