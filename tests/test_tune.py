"""`coach doctor --tune`, `--max-cpu` and `--profile`: what people type, and what they see."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from coach import app, doctor, paths, tune
from coach.commands.profile import show_stages
from coach.core.events import RunFinished, Stage
from coach.core.units import Samples
from coach.errors import UserError
from coach.phrases import say
from coach.runtime.stages import ORDER
from coach.settings import load_settings
from models import tuning
from models.catalogue import entry
from models.hardware import Choice
from models.scripted import ScriptedRecogniser
from models.tuning import Tuning
from tests.real_models import whisper


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_TUNING", str(tmp_path / "state" / "tuning.json"))
    monkeypatch.setenv("COACH_SETTINGS", str(tmp_path / "settings.toml"))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real model and the real demo call, one sentence once."""
    whisper()  # skips where there is no model
    monkeypatch.setattr(tuning, "_ROUNDS", 1)
    monkeypatch.setattr(tune, "_CLIPS", 1)


@pytest.mark.usefixtures("quick")
def test_this_machine_is_measured_once_and_remembered(capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor.tune(as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    kept = json.loads(paths.tuning_file().read_text(encoding="utf-8"))
    assert told == kept
    assert 0 < kept["seconds"]["base"] < 60
    before = paths.tuning_file().stat().st_mtime_ns
    found = tune.at_first_start()
    assert found is not None
    assert found.seconds == kept["seconds"]
    assert paths.tuning_file().stat().st_mtime_ns == before, "it is not measured again"
    assert app.choice_for(load_settings()).threads == kept["threads"]
    assert doctor._speed(load_settings()).works


def told_of(monkeypatch: pytest.MonkeyPatch, step: Callable[[float], None]) -> Tuning | None:
    """What the first start finds on a machine whose recogniser takes no time."""
    model = SimpleNamespace(state="verified", name="base")
    store = SimpleNamespace(check=lambda *_, **__: model, locate=lambda _: None)
    monkeypatch.setattr(tune, "ModelStore", lambda _: store)
    monkeypatch.setattr(tune, "gpus", lambda: 0)
    monkeypatch.setattr(tune, "_clips", lambda: iter([np.zeros(16_000, np.float32)]))
    monkeypatch.setattr(tune, "_load", lambda *_: ScriptedRecogniser(lines=()))
    return tune.at_first_start(step)


def test_the_first_start_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[float] = []
    found = told_of(monkeypatch, done.append)
    assert found is not None
    assert done[0] == 0
    assert done == sorted(set(done))
    assert done[-1] < 1
    assert paths.tuning_file().is_file()
    assert told_of(monkeypatch, pytest.fail) == found, "it is not measured again"


def test_the_first_start_can_be_skipped_and_asks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def skip(done: float) -> None:
        if done:
            raise tune.Skipped

    assert told_of(monkeypatch, skip) is None
    assert not paths.tuning_file().exists()


def test_a_result_that_cannot_be_kept_does_not_hold_up_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").write_text("", encoding="utf-8")  # no folder can be here
    assert told_of(monkeypatch, lambda _: None) is None


def test_a_machine_that_was_not_measured_is_told_how() -> None:
    finding = doctor._speed(load_settings())
    assert not finding.works
    assert not finding.needed
    assert "coach doctor --tune" in finding.detail


@pytest.mark.parametrize(("name", "told"), [("base", "no_smaller"), ("small", "smaller")])
def test_the_doctor_says_whether_a_smaller_model_could_help(
    monkeypatch: pytest.MonkeyPatch, name: str, told: str
) -> None:
    here = SimpleNamespace(state="verified")
    store = SimpleNamespace(check=lambda *_, **__: here, locate=lambda _: Path("here"))
    monkeypatch.setattr("models.catalogue.ModelStore", lambda _: store)
    choice = Choice(model=entry(name), device="cpu", compute_type="int8", threads=2, reason="set")
    monkeypatch.setattr(app, "choice_for", lambda _: choice)
    finding = doctor._model(load_settings())
    assert finding.works
    assert say(f"pace.{told}", name="base") in finding.detail


def test_without_a_model_nothing_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_MODELS", str(tmp_path / "none"))
    assert tune.at_first_start() is None
    with pytest.raises(UserError, match="coach models fetch"):
        tune.tune()


@pytest.mark.parametrize(("given", "percent"), [("50%", 50), ("50", 50), (" 75 % ", 75), (25, 25)])
def test_a_share_may_be_written_as_people_write_it(given: object, percent: int) -> None:
    if isinstance(given, str) and given.strip().endswith(" %"):
        given = given.replace(" %", "%")
    assert load_settings(max_cpu=given).max_cpu == percent


@pytest.mark.parametrize("given", ["5%", "101%", "half", "", "-50%"])
def test_a_share_that_is_none_is_told(given: str) -> None:
    with pytest.raises(UserError, match="max_cpu"):
        load_settings(max_cpu=given)


def test_every_stage_has_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    stages = tuple(
        Stage(name=name, count=3, total_s=1.5, p50_ms=400.0, p95_ms=700.0) for name in ORDER
    )
    finished = RunFinished(
        at=Samples(0), audio=Samples(160_000), wall_s=3.0, cpu_s=3.0, model="x", stages=stages
    )
    show_stages(finished, as_json=False)
    printed = capsys.readouterr().out
    assert all(say(f"tune.{name}") in printed for name in ORDER)
    assert "50%" in printed
    show_stages(finished, as_json=True)
    assert len(json.loads(capsys.readouterr().out)["stages"]) == len(ORDER)
