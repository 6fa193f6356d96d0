"""Trouble with keeping calls is told by `coach doctor`, `coach store state` and the live window."""

import json
from contextlib import closing
from dataclasses import replace
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
from coach.store import engine as ways
from coach.store import schema
from coach.store.crypto import new_key
from coach.store.failures import StoreUnavailable
from coach.store.home import Record, open_record
from coach.store.keys import keep_keys
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
        before = contents(folder)
        assert finding().detail == say("record.doctor_none")  # keys, and nothing kept yet
        assert contents(folder) == before
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
    assert look(folder, file_keys=True).calls is None  # no database was made to look into it


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of the record, byte for byte."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_doctor_changes_no_byte_of_an_older_record(folder: Path) -> None:
    with closing(open_record(folder, file_keys=True)) as record:
        engine = ways.connect(ways.address(record.database), record.keys.database)
        schema.migrate(engine, "2")
        engine.dispose()
    before = contents(folder)
    older = say("record.doctor_older", found="2", known=schema.RELEASED[-1])
    assert finding().works
    assert finding().detail == say("record.doctor", folder=folder, calls=0) + older
    assert contents(folder) == before


def test_the_doctor_refuses_a_newer_record_and_leaves_it(folder: Path) -> None:
    with (
        closing(open_record(folder, file_keys=True)) as record,
        record.store().writing() as connection,
    ):
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '99'")
    before = contents(folder)
    found = finding()
    assert not found.works
    newer = say("record.newer", place=folder / "calls.db", found="99", known=schema.RELEASED[-1])
    assert newer in found.detail
    assert contents(folder) == before


@pytest.mark.parametrize("written", [True, False])
def test_the_doctor_looks_through_a_renewal_that_was_cut_off(folder: Path, written: bool) -> None:
    with closing(open_record(folder, file_keys=True)) as record:
        record.store().append("one", 0, call("one"))
        keys, other = record.keys, new_key()
        pending = {"database": other, "coming": keys.database} if written else {"coming": other}
        keep_keys(folder, record.safe, replace(keys, **pending))
    before = contents(folder)
    assert finding().detail == say("record.doctor", folder=folder, calls=1)
    assert contents(folder) == before


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
