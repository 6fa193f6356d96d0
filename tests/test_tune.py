"""`coach doctor --tune`, `--max-cpu` and `--profile`: what people type, and what they see."""

import json
from pathlib import Path

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


def test_a_machine_that_was_not_measured_is_told_how() -> None:
    finding = doctor._speed(load_settings())
    assert not finding.works
    assert not finding.needed
    assert "coach doctor --tune" in finding.detail


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
