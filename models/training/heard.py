"""Labelled lines as the product's recogniser hears them: spoken, through a telephone, transcribed.

The words as heard are kept in `models/training/data/heard`; the label stays with the source line,
which each row names. Needs espeak-ng, sox and the Dutch MBROLA voices (Debian: espeak-ng, sox,
mbrola, mbrola-nl2, mbrola-nl3).
"""

import json
import random
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.core.units import RATE
from coach.core.vocabulary import Modality
from coach.runtime.ports import Recogniser
from models.training.examples import AGENT, CALL, CUSTOMER, Example, read_heard

VOICES = ("mb-nl2", "mb-nl3")
_TELLING = frozenset({"acknowledge_emotion", "condole", "ask_identification", "explain_ask"})
"""Acts on which most nudges and the order check hang."""
_LINE_RATE = 8000
_EDGE_S = 0.15
_QUIET = 0.01


def chosen(
    examples: Iterable[Example], *, customers: int, agents: int, telling: int, seed: int
) -> tuple[Example, ...]:
    """Every turn of the training calls, then that many single lines of each side, at random.

    Then `telling` more of each side that a nudge may hang on: a mishearing costs most there.
    """
    rng = random.Random(seed)  # noqa: S311  (reproducible, not secret)
    pool = [e for e in examples if e.key]
    turns = [e for e in pool if e.origin == CALL]
    rng.shuffle(turns)
    picked = list(turns)
    for side, count in ((CUSTOMER, customers), (AGENT, agents)):
        rest = [e for e in pool if e.origin != CALL and e.side == side]
        picked += rng.sample(rest, min(count, len(rest)))
    known = {e.key for e in picked}
    for side in (CUSTOMER, AGENT):
        rest = [e for e in pool if e.key not in known and e.side == side and _is_telling(e)]
        picked += rng.sample(rest, min(telling, len(rest)))
    return tuple(picked)


def _is_telling(example: Example) -> bool:
    if example.side == AGENT:
        return not _TELLING.isdisjoint(example.acts or ())
    return any(modality == Modality.ASSERTED for _, modality in example.signs)


def write(
    examples: tuple[Example, ...],
    path: Path,
    recogniser: Recogniser,
    tell: Callable[[str], None],
) -> None:
    """Speak and transcribe what `path` does not have yet; a row is written as soon as it is known.

    A line of which nothing was heard gets an empty text, so that it is not tried again.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    known = {row.line for row in read_heard(path)}
    with path.open("a", encoding="utf-8") as file:
        for n, example in enumerate(examples):
            if example.key in known:
                continue
            rng = random.Random(example.key)  # noqa: S311  (reproducible, not secret)
            words = recogniser.transcribe(spoken(example.text, rng), final=True).words
            text = " ".join(word.text for word in words)
            file.write(json.dumps({"line": example.key, "text": text}, ensure_ascii=False) + "\n")
            file.flush()
            if n % 50 == 0:
                tell(f"heard {n} of {len(examples)}")


def spoken(text: str, rng: random.Random) -> NDArray[np.float32]:
    """`text` in one of the voices, at a pace and pitch of its own, off a telephone line.

    Float32 at `RATE`, after 8 kHz G.711 A-law, with a little noise. Raises `CalledProcessError`
    when a program or a voice is missing.
    """
    voice, pace, pitch = rng.choice(VOICES), rng.randint(125, 175), rng.randint(38, 62)
    speech = _piped(
        ["espeak-ng", "-v", voice, "-s", str(pace), "-p", str(pitch), "--stdout"], text.encode()
    )
    narrow = ["-r", str(_LINE_RATE), "-c", "1", "-e", "a-law", "-t", "wav", "-"]
    line = _piped(["sox", "-G", "-t", "wav", "-", *narrow, "gain", "-3"], speech)
    wide = ["-r", str(RATE), "-e", "floating-point", "-b", "32", "-t", "raw", "-"]
    samples = np.frombuffer(_piped(["sox", "-t", "wav", "-", *wide], line), np.float32)
    loud = np.flatnonzero(np.abs(samples) > _QUIET)
    if loud.size:
        samples = samples[loud[0] : loud[-1] + 1]
    edge = np.zeros(round(_EDGE_S * RATE), np.float32)
    whole = np.concatenate([edge, samples, edge])
    level = 10 ** (rng.uniform(-60, -40) / 20)
    noise = np.random.default_rng(rng.getrandbits(32)).normal(0, level, len(whole))
    heard: NDArray[np.float32] = np.clip(whole + noise.astype(np.float32), -1, 1)
    return heard


def _piped(command: list[str], data: bytes) -> bytes:
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    return done.stdout
