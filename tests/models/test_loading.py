"""Which model, on what, with how many threads; and what is tried when a device has no room."""

from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest

from coach.errors import ProductError
from models import hardware, loading
from models.catalogue import Check, Entry, ModelStore, entries, entry
from models.hardware import ON_CPU, ON_GPU, Choice, choose, smaller, ways
from models.loading import load_steady
from models.tuning import FITS, Tuning


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> set[str]:
    """The names of the models that are verified on a machine of four processors without a card."""
    present = {ON_CPU}

    def check(_: ModelStore, model: Entry, **__: bool) -> Check:
        state = "verified" if model.name in present else "missing"
        return Check(name=model.name, state=state, path=tmp_path)

    monkeypatch.setattr(ModelStore, "check", check)
    monkeypatch.setattr(hardware, "gpus", lambda: 0)
    monkeypatch.setattr(hardware, "cpus", lambda: 4)
    return present


STORE = ModelStore(Path("nowhere"))


def tuned(threads: int = 3, **seconds: float) -> Tuning:
    return Tuning(machine={}, threads=threads, seconds=seconds)


@pytest.mark.usefixtures("here")
def test_a_processor_gets_the_default_model() -> None:
    choice = choose("auto", STORE)
    assert (choice.model.name, choice.device, choice.compute_type) == (ON_CPU, "cpu", "int8")
    assert choice.threads == 3


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("processors", "threads"), [(1, 1), (2, 1), (3, 2), (4, 3), (16, 4)])
def test_where_nothing_was_measured_understanding_keeps_a_processor(
    monkeypatch: pytest.MonkeyPatch, processors: int, threads: int
) -> None:
    monkeypatch.setattr(hardware, "cpus", lambda: processors)
    assert choose("auto", STORE).threads == threads


def test_a_larger_model_is_taken_when_it_is_here_and_was_measured_to_keep_up(
    here: set[str],
) -> None:
    fits = tuned(base=0.05, small=FITS)
    assert choose("auto", STORE, tuning=fits).model.name == ON_CPU, "it is not here"
    here.add("small")
    assert choose("auto", STORE, tuning=fits).model.name == "small"
    assert choose("auto", STORE, tuning=fits).reason == "measured"
    assert choose("auto", STORE, tuning=tuned(base=0.1, small=FITS + 0.1)).model.name == ON_CPU
    assert choose("auto", STORE).model.name == ON_CPU, "nothing was measured"
    assert choose("base", STORE, tuning=fits).model.name == "base", "set is set"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("set_", "tuning", "share", "threads"),
    [
        (0, None, 1.0, 3),
        (0, tuned(3), 1.0, 3),
        (0, tuned(3), 0.5, 2),
        (0, tuned(1), 0.5, 1),
        (0, None, 0.1, 1),
        (7, tuned(3), 0.5, 7),
    ],
)
def test_threads_follow_what_was_set_measured_and_allowed(
    set_: int, tuning: Tuning | None, share: float, threads: int
) -> None:
    assert choose("auto", STORE, set_, tuning=tuning, share=share).threads == threads


def test_a_smaller_model_is_the_largest_of_the_smaller_ones_here(here: set[str]) -> None:
    names = [one.name for one in sorted(entries(), key=lambda one: one.parameters)]
    assert smaller(entry(names[0]), STORE) is None
    here.update(names)
    for less, more in pairwise(names):
        found = smaller(entry(more), STORE)
        assert found is not None
        assert found.parameters < entry(more).parameters
        assert found.parameters >= entry(less).parameters or less == found.name


# ---- a graphics card: none was tried; only the order of things is held here ----------------------


@pytest.fixture
def card(here: set[str], monkeypatch: pytest.MonkeyPatch) -> set[str]:
    monkeypatch.setattr(hardware, "gpus", lambda: 1)
    return here


def test_a_card_gets_the_larger_model_when_it_is_here(card: set[str]) -> None:
    assert choose("auto", STORE).model.name == ON_CPU
    card.add(ON_GPU)
    choice = choose("auto", STORE)
    assert (choice.model.name, choice.device, choice.compute_type) == (ON_GPU, "cuda", "float16")
    assert [(way.device, way.compute_type, way.model.name) for way in ways(choice)] == [
        ("cuda", "float16", ON_GPU),
        ("cuda", "int8_float16", ON_GPU),
        ("cpu", "int8", ON_CPU),
    ]


@pytest.mark.usefixtures("here")
def test_a_processor_has_one_way() -> None:
    choice = choose("auto", STORE)
    assert ways(choice) == (choice,)


@pytest.mark.parametrize("full", [0, 1, 2])
def test_what_does_not_fit_on_the_card_takes_less_room_or_the_processor(
    card: set[str], monkeypatch: pytest.MonkeyPatch, full: int
) -> None:
    card.add(ON_GPU)
    tried: list[str] = []

    def load(_: ModelStore, choice: Choice, prompt: str) -> object:
        assert prompt == "zin"
        tried.append(choice.compute_type)
        if len(tried) <= full:
            raise ProductError("models.cannot_load", name="x", why="CUDA: out of memory")
        return SimpleNamespace(name=choice.compute_type)

    monkeypatch.setattr(loading, "_load", load)
    steady = load_steady(STORE, choose("auto", STORE), "zin")
    assert tried == ["float16", "int8_float16", "int8"][: full + 1]
    assert steady.name == tried[-1]


@pytest.mark.usefixtures("here")
def test_what_cannot_be_loaded_anywhere_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> object:
        raise ProductError("models.cannot_load", name="base", why="broken")

    monkeypatch.setattr(loading, "_load", fail)
    with pytest.raises(ProductError, match="broken"):
        load_steady(STORE, choose("auto", STORE), "")
