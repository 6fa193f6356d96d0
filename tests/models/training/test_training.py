"""Training: data that is kept apart, noise that keeps its promises, losses that skip unknowns."""

import random
import struct
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from coach.core.readings import AgentReading, CustomerReading
from coach.core.vocabulary import Act, Emotion
from models.training import e5, examples, loop
from models.training.examples import AGENT, CUSTOMER, Example
from models.training.measure import Figures
from models.training.noise import Ear, as_heard, confusions, flemish, misheard, noisy, plain
from models.understanding.encoder import HEADS, Head

WORDS = ("fiets", "brood", "kast")
EAR = Ear(words=WORDS, confusions={"postcode": ("poskode", "")})


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  (reproducible, not secret)


def customer(**changes: object) -> Example:
    fields = {"side": CUSTOMER, "text": "Ik ben boos.", "origin": "x", "group": "g"}
    return Example(**{**fields, **changes})  # type: ignore[arg-type]


@given(st.text(min_size=1, max_size=60), st.integers(0, 1000))
def test_noise_never_raises_and_repeats_with_its_seed(text: str, seed: int) -> None:
    assert noisy(text, EAR, dice(seed)) == noisy(text, EAR, dice(seed))


def test_misheard_changes_about_its_rate() -> None:
    words = ["woord"] * 2000
    heard = misheard(" ".join(words), 0.25, WORDS, dice(3)).split()
    same = sum(word == "woord" for word in heard)
    assert 0.7 < same / len(words) < 0.8
    assert len(heard) < len(words)


def test_confusions_are_what_was_written_in_the_place_of_a_word() -> None:
    found = confusions(
        [
            ("Wat is uw postcode?", "wat is uw poskode"),
            ("En de postcode graag.", "en de graag"),
            ("Mijn huisnummer is tien.", "mijn huis nummer is tien"),
        ]
    )
    assert found == {"postcode": ("poskode", ""), "huisnummer": ("huis nummer",)}


def test_a_line_is_misheard_as_the_recogniser_once_did() -> None:
    said = "Postcode postcode postcode postcode"
    heard = {as_heard(said, 1.0, EAR, dice(seed)) for seed in range(20)}
    assert {word for line in heard for word in line.lower().split()} <= {"poskode", "postcode"}
    assert as_heard(said, 0.0, EAR, dice(1)) == said
    assert as_heard("postcode", 1.0, Ear(words=WORDS, confusions={"postcode": ("",)}), dice(1))


def test_a_fleming_says_it_otherwise() -> None:
    assert flemish("Heeft u dat? Dat is jammer, onze dochter.") == (
        "hebt ge dat? da's spijtig, ons dochter."
    )


def test_plain_keeps_words_and_drops_signs() -> None:
    assert plain("Wéér een week?! 't Is wat...") == "wéér een week 't is wat"


def test_unlabelled_outputs_have_no_loss() -> None:
    values, known = loop.targets(customer(abuse=True))
    assert len(values) == sum(HEADS.values())
    assert sum(known) == 1
    assert known[-1] == 1


def test_targets_follow_the_labels() -> None:
    labelled = customer(emotions=frozenset({"anger"}), intensity=2, valence=-2.0)
    values, known = loop.targets(labelled)
    assert values[0] == 1
    assert values[10:13] == [1, 1, 0]
    assert values[13] == -2
    assert known[:-1] == [1] * (len(known) - 1)


def test_calls_and_templates_stay_on_one_side(shared: Path) -> None:
    data = examples.load(shared, shared / "nothing", 20)
    assert not {e.group for e in data.fit} & {e.group for e in data.held}
    assert {e.side for e in data.held} == {CUSTOMER, AGENT}


def test_calls_that_measure_are_never_trained_on(shared: Path) -> None:
    data = examples.load(shared, shared / "nothing", 20)
    dev = {e.group for e in examples.calls(shared / "calls" / "dev.jsonl")}
    assert not dev & {e.group for e in (*data.fit, *data.held)}


def test_a_customers_example_carries_no_agent_words_into_its_prompt() -> None:
    named = examples.with_acts(customer(agent_words="Dat valt wel mee."), ("minimise",))
    assert named.agent_words == ""
    assert named.agent_acts == ("minimise",)


def test_shares_of_tokens_add_up_to_the_logits() -> None:
    torch.manual_seed(1)
    head = Head(8, 3)
    head.norm.running_mean = torch.randn(8)
    head.norm.running_var = torch.rand(8) + 0.5
    head.eval()
    hidden, own = torch.randn(2, 5, 8), torch.tensor([[0, 1, 1, 1, 0], [0, 1, 0, 0, 0]]).float()
    pooled = (hidden * own.unsqueeze(-1)).sum(1) / own.sum(1, keepdim=True)
    expected = head(pooled) - head.linear.bias
    torch.testing.assert_close(head.shares(hidden, own).sum(1), expected)


def test_figures_count_as_the_score_tool_does() -> None:
    figures = Figures()
    truth = customer(emotions=frozenset({"anger"}), intensity=2, valence=-2.0)
    figures.customer(truth, CustomerReading(emotions=(Emotion.ANGER,), intensity=2, valence=-1.0))
    figures.customer(truth, CustomerReading())
    line = Example(side=AGENT, text="", origin="", group="", acts=frozenset({"close"}))
    figures.agent(line, AgentReading(acts=(Act.CLOSE, Act.GREET)))
    summary = figures.summary()
    assert summary["emotion_macro_f1"] == pytest.approx(2 / 3)
    assert summary["strong_negative_f1"] == pytest.approx(2 / 3)
    assert summary["acts_macro_f1"] == 1


def tiny_file(path: Path) -> None:
    """A file of that kind with one 4-bit and one float tensor."""
    scale = np.float16(0.5).tobytes()
    packed = bytes(range(16)) * 4
    blocks = b"".join(scale + packed[n : n + 16] for n in range(0, 64, 16))
    floats = np.arange(32, dtype=np.float32).tobytes()
    head = e5.MAGIC + struct.pack("<I7ifi", 1, 32, 1, 2, 32, 4, 8, 2, 1e-12, e5.BLOCK)
    head += struct.pack("<5i", 1, 0, 2, 1, 3) + struct.pack("<Q", 1) + bytes(8 + 4) + b"a"
    head += struct.pack("<iI", 0, 2) + b"zz" + struct.pack("<i", 2)
    names = (b"emb.word", b"emb.ln.w")
    start = len(head) + sum(2 + len(n) + 21 for n in names)
    head += struct.pack("<H", 8) + names[0] + struct.pack("<BIQQ", 1, 128, start, len(blocks))
    offset = start + len(blocks)
    head += struct.pack("<H", 8) + names[1] + struct.pack("<BIQQ", 0, 32, offset, len(floats))
    path.write_bytes(head + blocks + floats)


def test_four_bit_weights_are_read(tmp_path: Path) -> None:
    path = tmp_path / "tiny.bin"
    tiny_file(path)
    sizes, state = e5.read(path)
    assert sizes["hidden_size"] == 32
    words = state["embeddings.word_embeddings.weight"]
    assert words.shape == (4, 32)
    assert words[0, :3].tolist() == [-4.0, -3.5, -3.0]
    assert words[0, 16:18].tolist() == [-4.0, -4.0]
    assert state["embeddings.LayerNorm.weight"].tolist() == list(range(32))


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(b"GGUF....")
    with pytest.raises(ValueError, match="does not start"):
        e5.read(path)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("emb.ln.b", "embeddings.LayerNorm.bias"),
        ("l3.fo.w", "encoder.layer.3.output.dense.weight"),
    ],
)
def test_names_are_those_of_bert(short: str, long: str) -> None:
    assert e5.bert_name(short) == long
