"""Trouble with keeping calls is told by `coach doctor`, `coach store state` and the live window."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from coach import doctor
from coach.commands import record as commands
from coach.core.events import RiskChanged
from coach.core.units import Samples
from coach.core.vocabulary import RiskLevel
from coach.errors import CoachError
from coach.keeping import keeping
from coach.phrases import say
from coach.settings import Settings
from coach.shift import Told
from coach.store.failures import StoreUnavailable
from coach.store.home import Record, open_record
from coach.store.looking import look
from tests.store.calls import call
from ui import wording
from ui.controls import CallIs, RecordIs
from ui.viewmodel import LiveViewModel

SETTINGS = Settings(key_store="file")
FULL = StoreUnavailable("record.full", place="calls.db", why="disk full")


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("COACH_RECORD", str(tmp_path / "record"))
    monkeypatch.setenv("COACH_LOGS", str(tmp_path / "logs"))
    monkeypatch.setenv("COACH_DIARY", str(tmp_path / "diary.jsonl"))
    return tmp_path / "record"


def left_waiting(folder: Path, *names: str) -> None:
    with closing(open_record(folder, file_keys=True)) as record:
        for name in names:
            sink = record.spooler.call(name)
            for event in call(name):
                sink(event)
        record.spooler.flush()


def finding() -> doctor.Finding:
    return doctor._record(SETTINGS)


def test_the_doctor_makes_no_record_and_is_content_with_a_sound_one(folder: Path) -> None:
    assert (finding().works, finding().detail) == (True, say("record.doctor_none"))
    assert not folder.exists()
    with closing(open_record(folder, file_keys=True)) as record:
        record.store().append("one", 0, call("one"))
    assert finding().works
    assert finding().detail == say("record.doctor", folder=folder, calls=1)


def test_the_doctor_tells_what_waits_since_when_and_takes_nothing_in(folder: Path) -> None:
    left_waiting(folder, "one", "two")
    found = finding()
    assert not found.works
    assert not found.needed
    assert found.detail.startswith("2 ")
    assert found.detail.endswith(say("record.waits_soon"))
    assert look(folder, file_keys=True).calls == 0


@pytest.mark.parametrize("what", ["damaged", "folder", "locked"])
def test_the_doctor_tells_what_is_wrong_and_what_to_do(
    folder: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_waiting(folder, "one")
    with closing(open_record(folder, file_keys=True)) as record:
        path = record.database
        record.store()
        if what == "locked":
            monkeypatch.setattr("coach.store.engine._PATIENCE_MS", 1)
            with record.store().writing():
                why = "OperationalError: database is locked"
                assert say("record.locked", place=path, why=why) in finding().detail
            return
    for beside in folder.glob("calls.db-*"):
        beside.unlink()
    if what == "damaged":
        path.write_bytes(b"x" * 8192)
    else:
        path.unlink()
        path.mkdir()
    assert finding().detail.startswith("1 ")
    assert ("coach store keys restore" if what == "damaged" else str(path)) in finding().detail


def test_the_state_command_tells_what_waits(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    left_waiting(folder, "one")

    def refuse(*_: object) -> None:
        raise FULL

    monkeypatch.setattr(Record, "_deliver", refuse)
    assert commands.state(SETTINGS, as_json=True) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["waiting"], found["kind"], found["trouble"]) == (1, "full", str(FULL))
    assert found["since"]
    assert commands.state(SETTINGS, as_json=False) == 1
    assert str(FULL)[:40] in " ".join(capsys.readouterr().err.split())


def test_the_shift_tells_when_storing_fails_and_when_it_works_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str | None] = []

    def refuse(*_: object) -> None:
        raise FULL

    with keeping(SETTINGS, clear_logs=False) as keep:
        keep.heeding(Told(record=told.append))
        monkeypatch.setattr(keep.spooler, "_deliver", refuse)
        sink = keep.sink()
        for event in call("one"):
            sink(event)
        assert keep.spooler is not None
        keep.spooler.flush()
        keep.spooler.drain()
        assert told[-1] is not None
        assert str(FULL) in told[-1]
        monkeypatch.setattr(keep.spooler, "_deliver", lambda *_: None)
        keep.spooler.drain()
        assert told[-1] is None


def test_a_record_that_does_not_open_is_told_at_once(folder: Path) -> None:
    told: list[str | None] = []
    folder.mkdir()
    (folder / "keys.json").write_text("broken", encoding="utf-8")
    with keeping(SETTINGS, clear_logs=False) as keep:
        keep.heeding(Told(record=told.append))
    (words,) = told
    assert words is not None
    with pytest.raises(CoachError) as why:
        open_record(folder, file_keys=True)
    assert words == say("record.closed", why=why.value)


# ---- the window ----------------------------------------------------------------------------------


def test_the_window_says_it_in_a_calm_moment_and_beyond_the_call() -> None:
    model = LiveViewModel()
    model.take(CallIs(standing="idle"))
    model.take(RecordIs(trouble="Vol."))
    assert wording.trouble(model.view) == "Vol."
    start = call("one")[0]
    model.take(start)
    assert wording.trouble(model.view) == "Vol."
    model.take(RiskChanged(at=Samples(1), level=RiskLevel.HIGH, because="pas op"))
    assert wording.trouble(model.view) == ""  # the risk comes first; nothing is lost
    model.take(CallIs(standing="objected"))
    assert wording.trouble(model.view) == "Vol."
    model.take(RecordIs(trouble=None))
    assert wording.trouble(model.view) == ""
