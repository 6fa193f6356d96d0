"""Of what tells who somebody is, how much is taken out, and how much else?

    python -m benchmarks.redaction [dev|dev2|dev3|dev4|dev5|dev6|fresh|first|nothing]

Written patterns are filled with invented details: as text (in a letter, as it is said, as a plain
recogniser writes it) and as the product's recogniser hears it off a telephone line. The rules were
developed on "dev" to "dev6"; of "test" (first) and "test2" (fresh, with people of its own), only
the figures are read, and kept.
Open sentences and neutral lines show what is taken out for nothing. What was heard stays in
`.cache/redaction`. Needs espeak-ng, sox and the Dutch MBROLA voices, as `models.training.heard`
does.
"""

import json
import random
import sys
import time
from pathlib import Path
from typing import Any
from zlib import crc32

from benchmarks import machine
from benchmarks.redaction.lines import Detail, Line, background, labelled, neutral, plain_line
from benchmarks.redaction.score import Heard, Tally, score_heard, score_neutral, score_text
from benchmarks.shared import shared_folder
from coach import app
from coach.core.redaction import asked_for, find
from coach.settings import Settings
from models.training.examples import load, read_heard
from models.training.heard import spoken

ROUNDS, SEED = 20, 2026
HEARD_ROUNDS = {"dev": 3, "dev2": 6, "dev3": 6, "dev4": 3, "dev5": 3, "dev6": 3}
HEARD_ROUNDS |= {"test": 6, "test2": 8}
FIRST, FRESH = "test", "test2"
"""What the figures are of: nobody reads their lines. The first one's total was seen before the last
rules were written; the fresh one's was not."""
WITH_NEUTRAL = (FIRST, FRESH, "dev6")
"""Of these, lines that tell nothing are spoken too."""
PARTS = {"fresh": FRESH, "first": FIRST, "nothing": ""}
"""What is kept: the figures of both tests, and of lines in which there is hardly anything."""
CACHE = machine.ROOT / ".cache" / "redaction"
HEARD_OF_CALLS = machine.ROOT / "models" / "training" / "data" / "heard" / "lines.jsonl"


def heard_lines(split: str) -> list[Heard]:
    """Spoken lines of a split, neutral ones too, with what the recogniser made of them, once."""
    lines = labelled(split, HEARD_ROUNDS[split], SEED + 1, ("spoken",))
    lines += [plain_line(text) for text in neutral(split)] if split in WITH_NEUTRAL else []
    path = CACHE / f"{split}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    known = _known(path)
    recogniser = None
    with path.open("a", encoding="utf-8") as file:
        for line in lines:
            if line.text in known:
                continue
            recogniser = recogniser or app.load_recogniser(Settings())
            audio = spoken(line.text, random.Random(line.text))  # noqa: S311  (reproducible)
            said = recogniser.transcribe(audio, final=True)
            known[line.text] = said.text, said.confidence
            words = [(word.text, word.probability) for word in said.words]
            row = {
                "text": line.text,
                "heard": said.text,
                "confidence": said.confidence,
                "words": words,
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            file.flush()
    return [Heard(line, *known[line.text]) for line in lines]


def ordinary_lines(shared: Path) -> list[Heard]:
    """Lines of calls as heard (`models.training.heard`), with details as the rules find them in
    what was really said: most have none. Half of them: the others served development.
    """
    rows = {row.line: row.text for row in read_heard(HEARD_OF_CALLS) if row.text}
    split = load(shared, HEARD_OF_CALLS.parent.parent, SEED)
    lines = (e for e in (*split.fit, *split.held) if e.key in rows and not e.heard)
    said = {e.key: e.text for e in lines if crc32(e.key.encode()) % 2}
    return [Heard(_silver(text), rows[key], None) for key, text in sorted(said.items())]


def _silver(text: str) -> Line:
    found = find(text)
    details = tuple(Detail(kind=s.kind.value, start=s.start, end=s.end) for s in found)
    return Line(text=text, ask="", details=details, style="spoken", pattern=text)


def _known(path: Path) -> dict[str, tuple[str, float | None]]:
    rows = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return {row["text"]: (row["heard"], row.get("confidence")) for row in map(json.loads, rows)}


def figures(tally: Tally) -> dict[str, Any]:
    """The counts of a run."""
    return {
        "details": sum(tally.there.values()),
        "recall": round(tally.recall, 4),
        "spans": tally.taken,
        "precision": round(tally.precision, 4),
        "right_kind": round(tally.typed / max(1, sum(tally.there.values())), 4),
        "kinds": {
            kind: {"details": n, "recall": round(tally.found[kind] / n, 4)}
            for kind, n in sorted(tally.there.items())
        },
    }


def measure(split: str) -> tuple[dict[str, Any], list[Tally]]:
    """The figures of a split, as text and as heard, and what lies behind them."""
    text, heard = Tally(), Tally()
    lines = labelled(split, ROUNDS, SEED)
    score_text(lines, text)
    alone = score_neutral(neutral(split), text)
    pairs = heard_lines(split)
    score_heard(pairs, heard)
    found = {
        "text": {"lines": len(lines) + alone, **figures(text)},
        "heard": {"lines": len(pairs), "split": split, **figures(heard)},
        "took": took(pairs),
    }
    return found, [text, heard]


def for_nothing(shared: Path) -> dict[str, Any]:
    """What is taken out of lines in which hardly anything is to be found."""
    mixed, open_ = Tally(), Tally()
    every = ordinary_lines(shared)
    score_heard(every, mixed)
    sentences = score_neutral(background(shared), open_)
    return {
        "ordinary": {"lines": len(every), **figures(mixed)},
        "open_sentences": {"lines": sentences, "spans": open_.taken},
    }


def took(lines: list[Heard]) -> dict[str, float]:
    """Milliseconds of processor time that a line takes of which the recogniser was unsure."""
    each = []
    for one in lines:
        began = time.process_time()
        find(one.text, asked=asked_for(one.line.ask), unsure=True)
        each.append((time.process_time() - began) * 1000)
    each.sort()
    shares = {"p50_ms": 0.5, "p99_ms": 0.99}
    return {name: round(each[int(share * (len(each) - 1))], 3) for name, share in shares.items()}


def main(what: str | None) -> None:
    """Print the figures of a split of development and what was missed; else those of the parts
    named (none: all), each of which is kept as soon as it is known.
    """
    if what is not None and what not in PARTS:
        found, tallies = measure(what)
        for tally in tallies:
            print("\n".join([*tally.missed[:60], *tally.wrong[:30]]))
        print(json.dumps(found, indent=1))
        return
    for part in PARTS if what is None else [what]:
        found = for_nothing(shared_folder()) if part == "nothing" else measure(PARTS[part])[0]
        keep(part, found)
        print(json.dumps({part: found}, indent=1), flush=True)


def keep(part: str, found: dict[str, Any]) -> None:
    """Write the figures of a part, with the machine, beside those of the other parts."""
    path = machine.RESULTS / "redaction.json"
    kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    rest = {name: kept[name] for name in PARTS if name in kept}
    machine.keep("redaction", rest | {part: {"machine": machine.describe(), **found}})


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
