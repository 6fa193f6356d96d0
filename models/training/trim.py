"""Cuts the vocabulary of XLM-R (250,002 pieces) down to what Dutch needs.

Kept: every piece that is one character (so nothing can become unknown that was not: a unigram
tokenizer falls back on smaller pieces), every piece that Dutch text uses in any spelling a caller
or a recogniser may give it, and the most frequent pieces in Latin letters.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
MASK = "<mask>"
LATIN_PIECES = 9_000
_LATIN = re.compile(r"▁?[a-zA-Zà-ÿ'’]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Trimmed:
    """`tokenizer`: the text of a smaller tokenizer.json; `kept`: old ids in the new order."""

    tokenizer: str
    kept: tuple[int, ...]


def trim(tokenizer_json: Path, texts: Iterable[str]) -> Trimmed:
    """A tokenizer for `texts` that knows every character that the whole one knew."""
    full = Tokenizer.from_file(str(tokenizer_json))
    content = json.loads(tokenizer_json.read_text(encoding="utf-8"))
    pieces: list[list[object]] = content["model"]["vocab"]
    names = [str(piece[0]) for piece in pieces]
    wanted = set(SPECIAL) | {MASK} | {name for name in names if len(name) == 1}
    wanted.update([name for name in names if _LATIN.fullmatch(name)][:LATIN_PIECES])
    spellings = {form for text in texts for form in (text, text.lower(), text.capitalize())}
    for encoding in full.encode_batch(sorted(spellings), add_special_tokens=False):
        wanted.update(encoding.tokens)
    kept = tuple(i for i, name in enumerate(names) if name in wanted)
    content["model"]["vocab"] = [pieces[i] for i in kept]
    mask_id = next(n for n, i in enumerate(kept) if names[i] == MASK)
    for added in content["added_tokens"]:
        if added["content"] == MASK:
            added["id"] = mask_id
    return Trimmed(tokenizer=json.dumps(content, ensure_ascii=False), kept=kept)


def trim_rows(word_embeddings: torch.Tensor, kept: tuple[int, ...]) -> torch.Tensor:
    """The rows of the kept pieces, (len(kept), width)."""
    return word_embeddings[torch.tensor(kept)].clone()
