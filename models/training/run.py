"""One whole training: vocabulary, starting weights, epochs, calibration, export."""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from models.training.examples import Split

OWN = Path(__file__).parent / "data"
POSITIONS = 256
_WORDS = "embeddings.word_embeddings.weight"
_PLACES = "embeddings.position_embeddings.weight"
_TYPES = "embeddings.token_type_embeddings.weight"


def train(chosen: argparse.Namespace, tell: Callable[[str], None]) -> None:
    """Train as the command line says; `tell` gets a line of progress at a time."""
    import torch
    from tokenizers import Tokenizer

    from models.training import calibrate, e5, examples, export, loop, teacher, trim
    from models.understanding.encoder import Network
    from models.understanding.transformer import FOLDER

    torch.set_num_threads(chosen.threads)
    recipe = loop.Recipe()
    if chosen.epochs:
        recipe = replace(recipe, epochs=chosen.epochs)
    data = examples.load(chosen.shared, OWN, recipe.seed)
    small = trim.trim(chosen.tokenizer, _texts(chosen.shared, data))
    tell(f"vocabulary: {len(small.kept)} pieces; {len(data.fit)} to fit, {len(data.held)} held out")
    sizes, state = e5.read(chosen.encoder)
    state[_WORDS] = trim.trim_rows(state[_WORDS], small.kept)
    state[_PLACES] = state[_PLACES][:POSITIONS].clone()
    state[_TYPES][1] = state[_TYPES][0]
    sizes |= {"vocab_size": len(small.kept), "max_position_embeddings": POSITIONS}
    fit, held = teacher.name_acts(data.fit, data.fit), teacher.name_acts(data.held, data.fit)
    torch.manual_seed(recipe.seed)
    network = Network(sizes, recipe.dropout)
    network.bert.load_state_dict(state)
    loop.start_from_priors(network, fit)
    tokenizer = Tokenizer.from_str(small.tokenizer)
    loop.train(network, tokenizer, fit, recipe, checkpoint=chosen.work, tell=tell)
    customers, agents = calibrate.sides([e for e in held if e.abuse is None])
    levels = calibrate.calibrate(
        (customers, calibrate.logits_of(network, tokenizer, customers)),
        (agents, calibrate.logits_of(network, tokenizer, agents)),
    )
    folder = chosen.out or FOLDER
    shipped = export.Shipment(
        sizes=sizes, tokenizer=small.tokenizer, levels=levels, version=chosen.version
    )
    export.export(network, shipped, folder)
    tell(f"written: {folder}")


def _texts(shared: Path, data: Split) -> Iterator[str]:
    """All the Dutch that the vocabulary must cover; never the calls that measure."""
    for path in sorted((shared / "data").glob("*/*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from line.split("\t")
    for example in (*data.fit, *data.held):
        yield from (example.text, example.agent_words, *example.earlier)
