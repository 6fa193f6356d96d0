from pathlib import Path

import pytest

from benchmarks.machine import RESULTS
from benchmarks.plots import DRAWN, PLOTS, draw


@pytest.mark.parametrize("name", DRAWN)
def test_what_was_measured_can_be_drawn(name: str, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="plots need the bench extra")
    if not (RESULTS / f"{name}.json").is_file():
        pytest.skip(f"{name} was not measured yet")
    path = draw(name, tmp_path)
    assert path is not None
    assert path.read_text(encoding="utf-8").count("<path") > 0


def test_every_plot_in_the_documentation_can_be_drawn() -> None:
    assert {path.stem for path in PLOTS.glob("*.svg")} <= set(DRAWN)
