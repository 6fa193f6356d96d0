"""Understanding by a small Dutch transformer: one utterance in, what was felt or done out.

Weights are verified by SHA-256 before they are loaded; on a CPU the linear layers run in 8 bits.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.core.readings import (
    AgentReading,
    AgentText,
    Because,
    CustomerReading,
    CustomerText,
    Escalation,
)
from coach.errors import ProductError
from models.understanding.prompt import Prompt, agent_context, customer_context, prompt
from models.understanding.reasons import best_words

if TYPE_CHECKING:
    import torch

    from models.understanding.levels import Levels

FOLDER = Path(__file__).parent.parent / "weights" / "understanding"
CONFIG, WEIGHTS, TOKENIZER = "config.json", "model.safetensors", "tokenizer.json"
UNSURE = 0.25
"""Below this mean word probability the recogniser was guessing: the reading is unknown."""

_LETTER = re.compile(r"[^\W\d_]")
_PAD = 1
_WORDS = "bert.embeddings.word_embeddings.weight"
_SCALES = "bert.embeddings.word_embeddings.scale"
_MOST_CHARACTERS = 20_000
_BATCH = 16


class TransformerUnderstanding:
    """Implements `coach.runtime.ports.Understanding`.

    Loading takes about a second. Raises `ProductError` when a file is missing, damaged or not
    the one that was shipped. `threads` is set for the whole process (a setting of torch).
    """

    def __init__(self, folder: Path = FOLDER, *, threads: int = 1, device: str = "auto") -> None:
        import torch

        config = verified(folder)
        if threads:
            torch.set_num_threads(threads)
        self._device = _device(device)
        self._levels = _levels(config)
        self._tokenizer = _tokenizer(folder)
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
        usable = [n for n, t in enumerate(turns) if _usable(t.text, t.confidence)]
        prompts = [
            prompt(self._tokenizer, "klant", customer_context(turns[n]), _bounded(turns[n].text))
            for n in usable
        ]
        readings = [CustomerReading()] * len(turns)
        for n, (logits, shares) in zip(usable, self._score(prompts, "customer"), strict=True):
            spans = prompts[usable.index(n)].spans
            readings[n] = _customer_reading(
                _bounded(turns[n].text), logits, shares, spans, self._levels
            )
        return readings

    def agents(self, turns: Sequence[AgentText]) -> list[AgentReading]:
        """Many agents' turns at once, for archives."""
        usable = [n for n, t in enumerate(turns) if _usable(t.text, t.confidence)]
        prompts = [
            prompt(self._tokenizer, "agent", agent_context(turns[n]), _bounded(turns[n].text))
            for n in usable
        ]
        readings = [AgentReading()] * len(turns)
        for n, (logits, shares) in zip(usable, self._score(prompts, "agent"), strict=True):
            spans = prompts[usable.index(n)].spans
            readings[n] = _agent_reading(
                _bounded(turns[n].text), logits, shares, spans, self._levels
            )
        return readings

    def abuse(self, said: CustomerText) -> float:
        """The chance, 0..1, that the words abuse people: for the test on HateCheck."""
        from models.understanding.encoder import HEADS
        from models.understanding.levels import sigmoid

        asked = prompt(self._tokenizer, "klant", customer_context(said), _bounded(said.text))
        ((logits, _),) = self._score([asked], "customer")
        return sigmoid(logits[sum(HEADS.values()) - 1])

    def _score(self, prompts: list[Prompt], side: str) -> list[tuple[list[float], "torch.Tensor"]]:
        """Logits (outputs,) and shares (tokens of the turn, outputs) of each prompt, in order."""
        import torch

        order = sorted(range(len(prompts)), key=lambda n: len(prompts[n].ids))
        found: dict[int, tuple[list[float], torch.Tensor]] = {}
        for start in range(0, len(order), _BATCH):
            part = order[start : start + _BATCH]
            ids, mask, own = _padded([prompts[n] for n in part], self._device)
            with torch.inference_mode():
                scores = self._network(ids, mask, own, side=side, why=True)
            for row, n in enumerate(part):
                shares = scores.shares[row][own[row].bool()]
                found[n] = (scores.logits[row].float().tolist(), shares.float().cpu())
        return [found[n] for n in range(len(prompts))]


def verified(folder: Path) -> dict[str, Any]:
    """The configuration, once every file has the SHA-256 that it names."""
    path = folder / CONFIG
    try:
        config: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        wanted: dict[str, str] = config["sha256"]
        for name in (WEIGHTS, TOKENIZER):
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


def _network(folder: Path, config: dict[str, Any], device: str) -> "torch.nn.Module":
    import torch
    from safetensors.torch import load_file

    from models.understanding.eightbit import quantised
    from models.understanding.encoder import Network

    state = load_file(folder / WEIGHTS)
    state[_WORDS] = state[_WORDS].float() * state.pop(_SCALES).float()
    network = Network(config["sizes"], dropout=0.0)
    network.load_state_dict({name: _widened(value) for name, value in state.items()})
    network.eval()
    if device == "cpu":
        return quantised(network)
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


def _customer_reading(
    text: str,
    logits: list[float],
    shares: "torch.Tensor",
    spans: tuple[tuple[int, int], ...],
    levels: "Levels",
) -> CustomerReading:
    from models.understanding.levels import felt

    found = felt(logits, levels)

    def words(output: int) -> str:
        return best_words(text, spans, shares[:, output].tolist()).words

    return CustomerReading(
        emotions=tuple(emotion for emotion, _ in found.emotions),
        intensity=found.intensity,
        valence=found.valence,
        escalations=tuple(
            Escalation(kind=kind, modality=modality, because=words(n))
            for kind, modality, n in found.signs
        ),
        because=tuple(Because(label=e.value, words=words(n)) for e, n in found.emotions),
    )


def _agent_reading(
    text: str,
    logits: list[float],
    shares: "torch.Tensor",
    spans: tuple[tuple[int, int], ...],
    levels: "Levels",
) -> AgentReading:
    from models.understanding.levels import done

    found = [
        (best_words(text, spans, shares[:, n].tolist()), act) for act, n in done(logits, levels)
    ]
    found.sort(key=lambda pair: pair[0].start)
    return AgentReading(
        acts=tuple(act for _, act in found),
        because=tuple(Because(label=act.value, words=where.words) for where, act in found),
    )
