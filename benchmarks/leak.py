"""The customer's voice in the agent's microphone: whose words does it become?

Speaks labelled calls with the calls' own tool at several echo levels (`synth_call.py --echo-db`),
hears them with and without the guard through the real ears and recogniser, and counts. "At once":
the same calls with the customer moved over the agent's turns, so that both speak most of the time.
Prints a table and JSON; skips without the labelled calls or their voices:

    python -m benchmarks.leak [--calls ID,ID,...]
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from audio.callfile import inspect
from audio.ear import StreamingEar
from benchmarks import machine
from benchmarks.shared import shared_folder
from coach import app
from coach.core.events import AgentScored, CallStarted, LogEvent, Utterance
from coach.core.policy import DEFAULT_POLICY
from coach.core.units import RATE, Samples
from coach.core.vocabulary import Speaker
from coach.echo import HearingWithoutEcho, Leaks
from coach.runtime.desk import AudioHearing, Desk
from coach.runtime.engine import run_fast
from coach.runtime.ports import Audio, Block, Recogniser, Transcript
from coach.runtime.sequencer import Sequencer
from coach.settings import load_settings
from models.understanding.rules import RuleUnderstanding
from models.vad import SileroDetector

CALLS = ("dev-005", "dev-012", "dev-016", "dev-024")
LEVELS = (None, -6.0, -12.0, -20.0)
_BLOCK = 800
_DELAY = round(0.04 * RATE)
_MOVED_S = 4.0
_NEEDED = ("espeak-ng", "sox", "mbrola")


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """What a speaker says from `start` to `end`, in seconds."""

    speaker: Speaker
    start: float
    end: float
    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """A spoken call: both channels, and who says what when."""

    name: str
    agent: Audio
    customer: Audio
    turns: tuple[Turn, ...]

    def side(self, speaker: Speaker) -> list[Turn]:
        """The turns of a speaker."""
        return [turn for turn in self.turns if turn.speaker is speaker]


@dataclass(kw_only=True, slots=True)
class Count:
    """What a condition came to over its calls. Words are those of the scripts."""

    how: str
    db: float | None
    guard: bool
    customer_words: int = 0
    leaked: int = 0
    scored: int = 0
    agent_words: int = 0
    recognised: int = 0
    at_once: int = 0
    at_once_suppressed: int = 0
    suppressed: int = 0
    rejected: int = 0

    def add(self, other: "Count") -> None:
        """Add the figures of another call."""
        for name in Count.__dataclass_fields__:
            if name not in ("how", "db", "guard"):
                setattr(self, name, getattr(self, name) + getattr(other, name))


class Remembering:
    """A recogniser that hears the same sound once: the customer's side is alike in every run."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self._known: dict[tuple[bytes, bool], Transcript] = {}
        self.name = recogniser.name

    def transcribe(self, audio: Audio, *, final: bool) -> Transcript:
        """As the other one does."""
        key = audio.tobytes(), final
        if key not in self._known:
            self._known[key] = self._recogniser.transcribe(audio, final=final)
        return self._known[key]


# ---- the calls -----------------------------------------------------------------------------------


def spoken(shared: Path, folder: Path, name: str, db: float | None) -> Call:
    """A labelled call as sound, with the customer's voice in the agent's channel at `db`."""
    level = "none" if db is None else str(db)
    out = folder / level
    tool, calls = shared / "tools" / "synth_call.py", shared / "calls" / "dev.jsonl"
    options = ("--only", name, "--echo-db", level)
    subprocess.run([sys.executable, tool, calls, out, *options], check=True, capture_output=True)
    blocks = list(inspect(out / f"{name}.flac").blocks("left"))
    agent, customer = (
        np.concatenate([getattr(block, side.value) for block in blocks]) for side in Speaker
    )
    whole = len(agent) // _BLOCK * _BLOCK
    told = json.loads((out / f"{name}.turns.json").read_text(encoding="utf-8"))
    return Call(
        name=name, agent=agent[:whole], customer=customer[:whole], turns=tuple(map(_turn, told))
    )


def _turn(told: dict[str, Any]) -> Turn:
    words = tuple(plain(told["text"]))
    speaker = Speaker(told["speaker"])
    return Turn(speaker=speaker, start=told["start_s"], end=told["end_s"], words=words)


def at_once(call: Call, db: float | None) -> Call:
    """The same call with the customer some seconds earlier, so that both speak at once."""
    moved = np.roll(call.customer, -round(_MOVED_S * RATE))
    agent = call.agent.copy()
    if db is not None:
        agent[_DELAY:] += np.float32(10 ** (db / 20)) * moved[:-_DELAY]
    turns = tuple(
        Turn(
            speaker=turn.speaker,
            start=turn.start - _MOVED_S * (turn.speaker is Speaker.CUSTOMER),
            end=turn.end - _MOVED_S * (turn.speaker is Speaker.CUSTOMER),
            words=turn.words,
        )
        for turn in call.turns
    )
    return Call(name=call.name, agent=agent, customer=moved, turns=turns)


# ---- one run -------------------------------------------------------------------------------------


def run(call: Call, recogniser: Recogniser, *, guard: bool) -> tuple[list[LogEvent], Audio]:
    """The log of a call, and what was left of the agent's channel."""
    ears = {speaker: StreamingEar(speaker, SileroDetector()) for speaker in Speaker}
    plain_hearing = AudioHearing(ears, recogniser)
    hearing = HearingWithoutEcho(plain_hearing, ears) if guard else plain_hearing
    start = CallStarted(
        at=Samples(0),
        call_id=call.name,
        mode="fast",
        recogniser=recogniser.name,
        understanding="rules",
        policy=DEFAULT_POLICY,
    )
    log: list[LogEvent] = []
    kept: list[Audio] = []
    leaks = Leaks()

    class Guarded:
        def blocks(self) -> Iterator[Block]:
            blocks = _blocks(call)
            for block in leaks.guarded(blocks) if guard else blocks:
                kept.append(block.agent)
                yield block

    desk = Desk(hearing, RuleUnderstanding())
    run_fast(Guarded(), ears, desk, Sequencer(start, [log.append]))
    return log, np.concatenate(kept)


def _blocks(call: Call) -> Iterator[Block]:
    for at in range(0, len(call.agent), _BLOCK):
        piece = slice(at, at + _BLOCK)
        yield Block(start=Samples(at), agent=call.agent[piece], customer=call.customer[piece])


# ---- what came of it -----------------------------------------------------------------------------


def plain(text: str) -> list[str]:
    """The words of a text, in small letters, without signs."""
    signs = "".join(letter if letter.isalnum() else " " for letter in text.casefold())
    return signs.split()


def judged(call: Call, log: Sequence[LogEvent], kept: Audio, clean: Audio, count: Count) -> Count:
    """The figures of one run. `clean`: the agent's channel without any echo."""
    said = [e for e in log if isinstance(e, Utterance) and e.speaker is Speaker.AGENT]
    scored = [e for e in log if isinstance(e, AgentScored) and not e.partial]
    for utterance in said:
        count.rejected += utterance.rejected in ("echo", "same_sound")
        theirs = _customers(call, utterance)
        count.leaked += theirs
        overlaps = any(e.start < utterance.end and utterance.start < e.end for e in scored)
        count.scored += theirs if overlaps else 0
    texts = [word for utterance in said for word in plain(utterance.text)]
    script = [word for turn in call.side(Speaker.AGENT) for word in turn.words]
    count.customer_words = sum(len(turn.words) for turn in call.side(Speaker.CUSTOMER))
    count.agent_words, count.recognised = len(script), in_common(texts, script)
    away = [(u.start, u.end) for u in said if u.rejected in ("echo", "same_sound")]
    for start, end, over in _agent_words(call):
        own, left = np.square(clean[start:end]), kept[start:end]
        gone = float(own[left == 0].sum()) > 1 / 2 * float(own.sum())
        gone = gone or any(first <= start and end <= last for first, last in away)
        count.suppressed += gone
        count.at_once += over
        count.at_once_suppressed += over and gone
    return count


def _customers(call: Call, utterance: Utterance) -> int:
    """How many words of an agent's utterance are the customer's, said at that time."""
    start, end = utterance.start / RATE - 1, utterance.end / RATE + 1
    near = [turn for turn in call.turns if turn.start < end and start < turn.end]
    heard = plain(utterance.text)
    mine = [w for turn in near if turn.speaker is Speaker.AGENT for w in turn.words]
    theirs = [w for turn in near if turn.speaker is Speaker.CUSTOMER for w in turn.words]
    return max(0, in_common(heard, mine + theirs, theirs + mine) - in_common(heard, mine))


def _agent_words(call: Call) -> Iterator[tuple[int, int, bool]]:
    """Where each word of the agent is, spread evenly over its turn; whether both speak there."""
    others = call.side(Speaker.CUSTOMER)
    for turn in call.side(Speaker.AGENT):
        long = (turn.end - turn.start) / max(1, len(turn.words))
        for number in range(len(turn.words)):
            start, end = turn.start + number * long, turn.start + (number + 1) * long
            middle = (start + end) / 2
            over = any(other.start <= middle <= other.end for other in others)
            yield round(start * RATE), round(end * RATE), over


def in_common(words: Sequence[str], *texts: Sequence[str]) -> int:
    """How many of `words` stand in one of `texts` in the same order; the best of them."""
    best = 0
    for text in texts:
        row = [0] * (len(text) + 1)
        for word in words:
            before = list(row)
            for at, other in enumerate(text, start=1):
                row[at] = before[at - 1] + 1 if word == other else max(before[at], row[at - 1])
        best = max(best, row[-1])
    return best


def table(rows: Sequence[dict[str, Any]]) -> str:
    """The figures as Markdown."""
    head = "| speaking | echo | guard | customer's words that became the agent's | scored | "
    head += "agent's words recognised | agent's words suppressed | of those said at once |"
    lines = [head, "|" + "---|" * 8]
    for row in rows:
        level = "none" if row["db"] is None else f"{row['db']:.0f} dB"
        guard = "yes" if row["guard"] else "no"
        cells = (
            row["how"],
            level,
            guard,
            _share(row["leaked"], row["customer_words"]),
            str(row["scored"]),
            _share(row["recognised"], row["agent_words"]),
            _share(row["suppressed"], row["agent_words"]),
            _share(row["at_once_suppressed"], row["at_once"]),
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.1f} %)" if whole else "–"


def measure(shared: Path, names: Sequence[str]) -> list[Count]:
    """Every condition over the calls `names`."""
    recogniser = app.load_recogniser(load_settings())
    counts: dict[tuple[str, float | None, bool], Count] = {}

    def note(call: Call, how: str, db: float | None, guard: bool) -> None:
        log, kept = run(call, memory, guard=guard)
        one = judged(call, log, kept, clean.agent, Count(how=how, db=db, guard=guard))
        counts.setdefault((how, db, guard), Count(how=how, db=db, guard=guard)).add(one)
        print(json.dumps({"call": call.name, **asdict(one)}), file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            memory = Remembering(recogniser)
            clean = spoken(shared, Path(folder), name, None)
            for db in LEVELS:
                call = spoken(shared, Path(folder), name, db)
                for guard in (True,) if db is None else (True, False):
                    note(call, "by turns", db, guard)
                    note(at_once(clean, db), "at once", db, guard)
    return sorted(counts.values(), key=lambda c: (c.how != "by turns", not c.guard, -(c.db or 0)))


def main() -> None:
    """Measure, keep and print."""
    parser = argparse.ArgumentParser(description="Whose words does an echo become?")
    parser.add_argument("--calls", default=",".join(CALLS))
    names = parser.parse_args().calls.split(",")
    shared = shared_folder()
    missing = [program for program in _NEEDED if shutil.which(program) is None]
    if missing:
        sys.exit(f"skipped: not installed: {', '.join(missing)}")
    rows = [asdict(count) for count in measure(shared, names)]
    machine.keep("leak", {"calls": names, "rows": rows})
    print(table(rows))


if __name__ == "__main__":
    main()
