"""What is measured at the first start, where it is kept, and when it counts no longer."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.units import RATE
from coach.runtime.ports import Audio, Transcript
from models import tuning
from models.tuning import FITS, Tuning, describe, measure, read, write

CLIPS = [np.full(3 * RATE, 0.1, np.float32), np.full(RATE, 0.1, np.float32)]


class Bench:
    """Recognisers that take as long as the test says, on a clock of its own."""

    def __init__(self, takes: dict[tuple[str, int], float]) -> None:
        self.takes, self.time = takes, 0.0
        self.loaded: list[tuple[str, int]] = []

    def now(self) -> float:
        return self.time

    def load(self, name: str, threads: int) -> "Model":
        self.loaded.append((name, threads))
        return Model(self, self.takes[name, threads])


class Model:
    name = "bench"

    def __init__(self, bench: Bench, takes: float) -> None:
        self.bench, self.takes = bench, takes

    def transcribe(self, audio: Audio, *, final: bool) -> Transcript:
        assert final
        self.bench.time += self.takes * len(audio) / RATE
        return Transcript(words=())


@pytest.mark.parametrize(
    ("times", "threads"),
    [
        ({1: 0.30, 2: 0.18, 4: 0.12}, 4),
        ({1: 0.30, 2: 0.18, 4: 0.175}, 2),
        ({1: 0.30, 2: 0.18, 4: 0.25}, 2),
        ({1: 0.10, 2: 0.10, 4: 0.10}, 1),
    ],
    ids=["more is faster", "hardly faster", "too many", "no faster at all"],
)
def test_the_fewest_threads_that_are_as_fast_as_any(times: dict[int, float], threads: int) -> None:
    bench = Bench({("base", number): took for number, took in times.items()})
    found = measure(bench.load, CLIPS, ["base"], 4, now=bench.now)
    assert found.threads == threads
    assert found.seconds == {"base": pytest.approx(times[threads])}
    assert found.machine == describe(4)


def test_other_models_are_measured_with_those_threads() -> None:
    bench = Bench({("base", 1): 0.2, ("base", 2): 0.1, ("small", 2): 0.3})
    found = measure(bench.load, CLIPS, ["base", "small"], 2, now=bench.now)
    assert bench.loaded == [("base", 1), ("base", 2), ("small", 2)]
    assert found.fits("base")
    assert not found.fits("small")
    assert not found.fits("large-v3"), "what was not measured does not fit"


@pytest.mark.parametrize("cpus", [1, 2, 3, 6, 8, 96])
def test_no_more_threads_than_processors_are_tried(cpus: int) -> None:
    bench = Bench({("base", number): 1 / number for number in range(1, 200)})
    measure(bench.load, CLIPS, ["base"], cpus, now=bench.now)
    assert all(1 <= threads <= min(cpus, 8) for _, threads in bench.loaded)
    assert bench.loaded[0] == ("base", 1)


TUNINGS = st.builds(
    Tuning,
    machine=st.just(describe(2)),
    threads=st.integers(1, 64),
    seconds=st.dictionaries(st.text(max_size=5), st.floats(0, 9)),
)


@given(found=TUNINGS)
def test_what_is_kept_is_found_again(
    tmp_path_factory: pytest.TempPathFactory, found: Tuning
) -> None:
    path = tmp_path_factory.mktemp("tuning") / "deep" / "tuning.json"
    write(path, found)
    assert read(path, 2) == found


def test_another_machine_is_measured_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "tuning.json"
    write(path, Tuning(machine=describe(2), threads=2, seconds={}))
    assert read(path, 2) is not None
    assert read(path, 4) is None
    monkeypatch.setattr(tuning, "version", lambda _: "9.9")
    assert read(path, 2) is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", "3", '{"machine": 1, "threads": 0, "seconds": {}}', "\x00"]
)
def test_a_file_that_nobody_can_read_is_no_tuning(tmp_path: Path, text: str) -> None:
    path = tmp_path / "tuning.json"
    path.write_text(text, encoding="utf-8")
    assert read(path, 2) is None
    assert read(tmp_path / "nowhere.json", 2) is None


def test_nothing_of_a_person_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "tuning.json"
    write(path, Tuning(machine=describe(2), threads=2, seconds={"base": FITS}))
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert set(kept) == {"machine", "threads", "seconds"}
    assert set(kept["machine"]) == {
        "machine",
        "processor",
        "cpus",
        "system",
        "ctranslate2",
        "faster_whisper",
    }
