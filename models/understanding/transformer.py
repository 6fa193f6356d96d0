"""Understanding by a small Dutch transformer: one utterance in, what was felt or done out.

Weights are verified by SHA-256 before they are loaded; on a CPU the linear layers run in 8 bits.
"""

import copy
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from coach.core.readings import (
    AgentReading,
    AgentText,
    Because,
    CustomerReading,
    CustomerText,
    Escalation,
)
from coach.core.vocabulary import Act, Emotion, EscalationKind
from coach.errors import ProductError
from models.understanding.ngrams import NGramModel
from models.understanding.prompt import Prompt, agent_context, customer_context, prompt
from models.understanding.reasons import Gains, Stretch, best_words, word_gains

if TYPE_CHECKING:
    import torch

    from models.understanding.eightbit import EightBitNetwork
    from models.understanding.encoder import Network
    from models.understanding.levels import Found, Levels

FOLDER = Path(__file__).parent.parent / "weights" / "understanding"
CONFIG, WEIGHTS, TOKENIZER = "config.json", "model.safetensors", "tokenizer.json"
NGRAMS = "ngrams.safetensors"
SHIPPED = (WEIGHTS, TOKENIZER, NGRAMS)
UNSURE = 0.25
"""Below this mean word probability the recogniser was guessing: the reading is unknown."""

_ROLES = {"customer": "klant", "agent": "agent"}
_LETTER = re.compile(r"[^\W\d_]")
_PAD = 1
_SCALE, _EASE = ".scale", ".ease"
_MOST_CHARACTERS = 20_000
_BATCH = 16


class TransformerUnderstanding:
    """Implements `coach.runtime.ports.Understanding`.

    Loading takes about a second. Raises `ProductError` when a file is missing, damaged or not
    the one that was shipped. `threads` is set for the whole process (a setting of torch).
    `second_opinion` overrides the weight of the n-grams, to measure what they are worth.
    """

    def __init__(
        self,
        folder: Path = FOLDER,
        *,
        threads: int = 1,
        device: str = "auto",
        second_opinion: float | None = None,
    ) -> None:
        import torch

        config = verified(folder)
        if threads:
            torch.set_num_threads(threads)
        self._device = _device(device)
        self._levels = _levels(config)
        if second_opinion is not None:
            self._levels = replace(self._levels, second_opinion=second_opinion)
        self._tokenizer = _tokenizer(folder)
        self._partners = {side: NGramModel.load(folder / NGRAMS, side) for side in _ROLES}
        self._network = _network(folder, config, self._device)
        precision = "int8" if self._device == "cpu" else "float16"
        self._name = f"transformer {config['version']} {precision} {self._device}"

    @property
    def name(self) -> str:
        """Model, version, precision and device."""
        return self._name

    def customer(self, said: CustomerText) -> CustomerReading:
        """What the customer's words tell; everything `None` when they are too thin to judge."""
        return self.customers([said])[0]

    def agent(self, said: AgentText) -> AgentReading:
        """What the agent did, in spoken order."""
        return self.agents([said])[0]

    def customers(self, turns: Sequence[CustomerText]) -> list[CustomerReading]:
        """Many customers' turns at once, for archives; the same readings as one by one."""
        lines = [(t.text, customer_context(t), t.confidence) for t in turns]
        scored = self._read(lines, "customer")
        return [CustomerReading() if one is None else _customer_reading(one) for one in scored]

    def agents(self, turns: Sequence[AgentText]) -> list[AgentReading]:
        """Many agents' turns at once, for archives."""
        lines = [(t.text, agent_context(t), t.confidence) for t in turns]
        scored = self._read(lines, "agent")
        return [AgentReading() if one is None else _agent_reading(one) for one in scored]

    def logits(self, turns: Sequence[CustomerText] | Sequence[AgentText]) -> list[list[float]]:
        """The outputs of turns of one side before any decision; empty where nothing can be read."""
        lines, side = [], "agent"
        for turn in turns:
            if isinstance(turn, CustomerText):
                lines.append((turn.text, customer_context(turn), turn.confidence))
                side = "customer"
            else:
                lines.append((turn.text, agent_context(turn), turn.confidence))
        return [[] if one is None else one.logits for one in self._read(lines, side)]

    def deciding_by(self, levels: "Levels") -> "TransformerUnderstanding":
        """The same model with other temperatures and thresholds."""
        other = copy.copy(self)
        other._levels = levels
        return other

    def _read(
        self, lines: Sequence[tuple[str, str, float | None]], side: str
    ) -> list["_Scored | None"]:
        """Scores of (text, context, confidence); `None` where there is too little to judge."""
        usable = [n for n, (text, _, sure) in enumerate(lines) if _usable(text, sure)]
        texts = [_bounded(lines[n][0]) for n in usable]
        prompts = [
            prompt(self._tokenizer, _ROLES[side], lines[n][1], text)
            for n, text in zip(usable, texts, strict=True)
        ]
        found: list[_Scored | None] = [None] * len(lines)
        partner, levels = self._partners[side], self._levels
        pairs = zip(texts, prompts, self._score(prompts, side), strict=True)
        for n, (text, asked, (logits, shares)) in zip(usable, pairs, strict=True):
            second = partner.read(text)
            part = np.where(partner.scales > 0, levels.second_opinion, 0.0).astype(np.float32)
            gains = word_gains(text, asked.spans, shares)
            found[n] = _Scored(
                text=text,
                levels=levels,
                logits=((1 - part) * logits + part * second.logits).tolist(),
                gains=(1 - part) * gains + part * second.gains,
            )
        return found

    def abuse(self, said: CustomerText) -> float:
        """The chance, 0..1, that the words abuse people: for the test on HateCheck."""
        from models.understanding.encoder import HEADS
        from models.understanding.levels import sigmoid

        asked = prompt(self._tokenizer, "klant", customer_context(said), _bounded(said.text))
        ((logits, _),) = self._score([asked], "customer")
        return sigmoid(float(logits[sum(HEADS.values()) - 1]))

    def _score(self, prompts: list[Prompt], side: str) -> list[tuple[Gains, Gains]]:
        """Logits (outputs,) and shares (tokens of the turn, outputs) of each prompt, in order."""
        import torch

        order = sorted(range(len(prompts)), key=lambda n: len(prompts[n].ids))
        found: dict[int, tuple[Gains, Gains]] = {}
        for start in range(0, len(order), _BATCH):
            part = order[start : start + _BATCH]
            ids, mask, own = _padded([prompts[n] for n in part], self._device)
            with torch.inference_mode():
                scores = self._network(ids, mask, own, side=side, why=True)
            assert scores.shares is not None  # noqa: S101  (asked for with `why`)
            for row, n in enumerate(part):
                shares = scores.shares[row][own[row].bool()]
                found[n] = (scores.logits[row].float().cpu().numpy(), shares.float().cpu().numpy())
        return [found[n] for n in range(len(prompts))]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Scored:
    """A turn with its logits, the levels by which to decide, and (words, outputs) what each of its
    words added.
    """

    text: str
    levels: "Levels"
    logits: list[float]
    gains: Gains

    def stretch(self, output: int) -> Stretch:
        """The words that carried an output."""
        return best_words(self.text, self.gains[:, output])


def verified(folder: Path) -> dict[str, Any]:
    """The configuration, once every file has the SHA-256 that it names."""
    path = folder / CONFIG
    try:
        config: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        wanted: dict[str, str] = config["sha256"]
        for name in SHIPPED:
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != wanted[name]:
                raise ProductError("understanding.wrong_sha256", file=str(folder / name))
    except FileNotFoundError as missing:
        raise ProductError("understanding.missing", file=str(missing.filename)) from missing
    except (json.JSONDecodeError, KeyError, UnicodeDecodeError) as broken:
        raise ProductError("understanding.broken", file=str(path)) from broken
    return config


def _usable(text: str, confidence: float | None) -> bool:
    """At least one letter, and a recogniser that was not guessing."""
    return bool(_LETTER.search(text)) and (confidence is None or confidence >= UNSURE)


def _bounded(text: str) -> str:
    """The start of an endless text; the prompt itself keeps its first and last tokens."""
    return text[:_MOST_CHARACTERS]


def _device(device: str) -> str:
    import torch

    if device != "auto":
        return device
    return "cuda" if torch.cuda.is_available() else "cpu"


def _levels(config: dict[str, Any]) -> "Levels":
    from models.understanding.levels import Levels

    return Levels.from_json(config["levels"])


def _tokenizer(folder: Path) -> Any:
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(folder / TOKENIZER))


def _network(folder: Path, config: dict[str, Any], device: str) -> "Network | EightBitNetwork":
    import torch
    from safetensors.torch import load_file

    from models.understanding.eightbit import EightBitNetwork
    from models.understanding.encoder import Network

    state = load_file(folder / WEIGHTS)
    for name in [name for name in state if name.endswith(_SCALE)]:
        matrix = name.removesuffix(_SCALE) + ".weight"
        state[matrix] = state[matrix].float() * state.pop(name).float()
    ease = {name: state.pop(name).float() for name in list(state) if name.endswith(_EASE)}
    network = Network(config["sizes"], dropout=0.0)
    network.load_state_dict({name: _widened(value) for name, value in state.items()})
    network.eval()
    if device == "cpu":
        return EightBitNetwork(network, ease)
    return network.to(device=device, dtype=torch.float16)


def _widened(value: "torch.Tensor") -> "torch.Tensor":
    return value.float() if value.is_floating_point() else value


def _padded(
    prompts: list[Prompt], device: str
) -> tuple["torch.Tensor", "torch.Tensor", "torch.Tensor"]:
    import torch

    width = max(len(p.ids) for p in prompts)
    ids = [[*p.ids, *[_PAD] * (width - len(p.ids))] for p in prompts]
    mask = [[1] * len(p.ids) + [0] * (width - len(p.ids)) for p in prompts]
    own = [[*p.own, *[0] * (width - len(p.own))] for p in prompts]
    as_tensor = [torch.tensor(rows, device=device) for rows in (ids, mask, own)]
    return as_tensor[0], as_tensor[1], as_tensor[2]


def _customer_reading(scored: _Scored) -> CustomerReading:
    from models.understanding.levels import felt

    found = felt(scored.logits, scored.levels)
    return CustomerReading(
        emotions=tuple(Emotion(one.label) for one in found.emotions),
        intensity=found.intensity,
        valence=found.valence,
        escalations=tuple(
            Escalation(
                kind=EscalationKind(one.label),
                modality=modality,
                because=scored.stretch(one.output).words,
                chance=round(one.chance, 3),
            )
            for one, modality in found.signs
        ),
        because=tuple(_because(one, scored.stretch(one.output)) for one in found.emotions),
    )


def _agent_reading(scored: _Scored) -> AgentReading:
    from models.understanding.levels import done

    found = [(scored.stretch(one.output), one) for one in done(scored.logits, scored.levels)]
    found.sort(key=lambda pair: pair[0].start)
    return AgentReading(
        acts=tuple(Act(one.label) for _, one in found),
        because=tuple(_because(one, where) for where, one in found),
    )


def _because(found: "Found", where: Stretch) -> Because:
    return Because(label=found.label, words=where.words, chance=round(found.chance, 3))
