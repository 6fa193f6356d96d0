"""Does the coach know who is the agent, from the first words of both sides?

Reads labelled calls as text, as the product would hear them: turn by turn, at most the first four
of each side, until there is a clue. Each call is read with the agent left and with the agent right:

    python -m benchmarks.roles CALLS.jsonl [CALLS.jsonl ...]
"""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import machine
from models.understanding.roles import Channel, first_clue

FIRST_TURNS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdicts:
    """How many calls got the right side, none, or the wrong one (`wrong` names them)."""

    right: int
    unsure: tuple[str, ...]
    wrong: tuple[str, ...]


def first_words(call: dict[str, Any], agent: Channel) -> Iterator[tuple[Channel, str]]:
    """The first turns of both sides of a labelled call, in order, with their channel."""
    customer: Channel = "right" if agent == "left" else "left"
    channels: dict[str, Channel] = {"agent": agent, "customer": customer}
    heard = dict.fromkeys(channels, 0)
    for turn in call["turns"]:
        heard[turn["speaker"]] += 1
        if heard[turn["speaker"]] <= FIRST_TURNS:
            yield channels[turn["speaker"]], turn["text"]


def judge(calls: Iterable[dict[str, Any]], *, agent: Channel) -> Verdicts:
    """Read each call with the agent on the channel `agent`."""
    right, unsure, wrong = 0, [], []
    for call in calls:
        clue = first_clue(first_words(call, agent))
        if clue is None:
            unsure.append(call["id"])
        elif clue.channel == agent:
            right += 1
        else:
            wrong.append(call["id"])
    return Verdicts(right=right, unsure=tuple(unsure), wrong=tuple(wrong))


def load(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """The calls of labelled files."""
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    return [json.loads(line) for line in lines if line.strip()]


def main(paths: list[Path]) -> None:
    """Print a table."""
    calls = load(paths)
    figures: dict[str, dict[str, int]] = {}
    rows = ["| agent on | calls | right | not sure | wrong |", "|---|---|---|---|---|"]
    sides: tuple[Channel, ...] = ("left", "right")
    for side in sides:
        found = judge(calls, agent=side)
        unsure, wrong = len(found.unsure), " ".join(found.wrong) or "0"
        figures[side] = {"right": found.right, "unsure": unsure, "wrong": len(found.wrong)}
        rows.append(f"| {side} | {len(calls)} | {found.right} | {unsure} | {wrong} |")
    machine.keep("roles", {"calls": len(calls), **figures})
    print("\n".join(rows))


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
