"""`coach store …`, and what stands around it: sending to the team, mending, keeping live calls."""

import json
import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from coach import paths
from coach.causes.named import cause_ids
from coach.commands import record as commands
from coach.core.events import Heard, Utterance
from coach.core.replay import compare
from coach.errors import CoachError, UserError
from coach.keeping import keeping
from coach.settings import Settings, load_settings
from coach.shift import Told
from coach.store import mending, people
from coach.store import tables as t
from coach.store.calllog import CallLog, log_path, read_log
from coach.store.database import Store
from coach.store.home import Record
from coach.store.keys import new_keys
from coach.store.queries import count_calls, list_calls, one_call
from coach.store.roles import grant
from coach.store.sync import SyncPolicy, sync
from tests.harness import Act, Emotion, Story, feels
from tests.store.calls import SAID, call, many, without_end
from tests.store.postgres import Server

PHRASE = "een lange wachtzin"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("COACH_RECORD", str(tmp_path / "record"))
    monkeypatch.setenv("COACH_LANGUAGE", "en")
    return load_settings(key_store="file")


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    """A folder with three logs and something else."""
    for call_id, log in many(3).items():
        with CallLog(log_path(tmp_path / "logs", call_id)) as file:
            for event in log:
                file.write(event)
    return tmp_path / "logs"


def take_in(settings: Settings, *given: Path) -> int:
    return commands.take_in(settings, None, [*given], agent=None, team=None, as_json=True)


def said(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_taken_in_listed_and_found(
    settings: Settings, logs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = logs / "broken.events.jsonl"
    broken.write_text("{}\n", encoding="utf-8")
    assert take_in(settings, logs) == 2
    told = said(capsys)
    assert [one.get("call") for one in told] == [None, "call-0000", "call-0001", "call-0002"]
    assert commands.list_calls(settings, None, {"text": "klacht"}, limit=2, as_json=True) == 0
    assert [row["call_id"] for row in said(capsys)] == ["call-0002", "call-0001"]
    assert commands.state(settings, as_json=True) == 0
    assert said(capsys)[0]["calls"] == 3
    assert commands.rebuild(settings, None, None) == 0
    with pytest.raises(UserError):
        commands.rebuild(settings, None, "nothing")


def test_keys_are_recovered_on_another_machine(
    settings: Settings, logs: Path, tmp_path: Path
) -> None:
    take_in(settings, logs)
    commands.recovery(settings, tmp_path / "recovery.json", PHRASE)
    with pytest.raises(UserError):
        commands.recovery(settings, tmp_path / "recovery.json", PHRASE)
    for key in paths.record_folder().glob("*.key"):
        key.unlink()
    with pytest.raises(UserError, match="recovery"):
        commands.state(settings, as_json=True)
    assert commands.restore(settings, tmp_path / "recovery.json", PHRASE) == 0
    assert commands.rotate(settings, data=True) == 0
    assert commands.rotate(settings, data=False) == 0
    assert commands.state(settings, as_json=True) == 0


def test_without_a_team_database_it_asks_which(settings: Settings) -> None:
    attempts: list[Callable[[], int]] = [
        lambda: commands.migrate(settings, None),
        lambda: commands.send(settings, None, as_json=True),
        lambda: commands.grant(settings, None, "anna", "coach", agent=None, team=None),
    ]
    for attempt in attempts:
        with pytest.raises(UserError) as told:
            attempt()
        assert told.value.key == "record.which_database"


# ---- redaction before storing --------------------------------------------------------------------


def test_what_is_stored_is_redacted_and_decides_the_same(tmp_path: Path) -> None:
    story = Story(name="one")
    story.customer("Mijn nummer is 06 12 34 56 78 en ik ben woedend.", feels(Emotion.ANGER, 3, -2))
    story.agent("Wat is uw postcode?", Act.ASK_IDENTIFICATION)
    story.customer("1234 AB nummer 12.", feels(Emotion.ANGER, 1, -1))
    with CallLog(log_path(tmp_path, "one")) as file:
        for event in story.run():
            file.write(event)
    with closing(Store.open(tmp_path / "calls.db")) as store:
        store.import_log(log_path(tmp_path, "one"))
        kept = store.events("one")
    assert compare(kept) is None
    lying = (tmp_path / "calls.db").read_bytes() + (tmp_path / "calls.db").read_bytes()
    for word in (b"12 34 56 78", b"1234 AB"):
        assert word not in lying


# ---- sending to the team -------------------------------------------------------------------------


@pytest.mark.parametrize("transcript", [True, False])
def test_finished_calls_go_to_the_team_once(
    tmp_path: Path, server: Server, database: str, transcript: bool
) -> None:
    login = f"sender{transcript}".lower()
    server.new_login(login)
    grant(server.url(database), login, "agent", agent="a1", team="blue")
    logs = {**many(2), "going-on": without_end(call("going-on")), "b": call("b", agent="b1")}
    policy = SyncPolicy(transcript=transcript, shared=True)
    with (
        closing(Store.open(tmp_path / "calls.db", keys=new_keys())) as local,
        closing(Store.open(server.url(database, login))) as team,
    ):
        for call_id, log in logs.items():
            local.append(call_id, 0, log)
        assert [sync(local, team, policy).sent for _ in range(2)] == [2, 0]
        assert [row.call_id for row in list_calls(team).rows] == ["a1.call-0001", "a1.call-0000"]
        sent = team.events("a1.call-0000")
        row = one_call(team, "a1.call-0000")
        assert row is not None
        assert (row.agent, row.team, row.shared, row.valence_end) == ("a1", "blue", True, 1.0)
        words = " ".join(e.text for e in sent if isinstance(e, Utterance | Heard))
        assert words.strip() == (" ".join(SAID) if transcript else "")
        assert ("derde" in repr(sent)) == transcript
        local.append("late", 0, call("late"))
        assert sync(local, team, policy).sent == 1


def test_only_an_agent_sends(tmp_path: Path, server: Server, database: str) -> None:
    with (
        closing(Store.open(tmp_path / "calls.db")) as local,
        closing(Store.open(server.url(database))) as team,
        pytest.raises(UserError),
    ):
        sync(local, team, SyncPolicy())


# ---- mending -------------------------------------------------------------------------------------


def test_a_damaged_database_is_told_and_mended(tmp_path: Path) -> None:
    path, keys = tmp_path / "calls.db", new_keys()
    with closing(Store.open(path, keys=keys)) as store:
        for call_id, log in many(60).items():
            store.append(call_id, 0, log)
        people.add_disruption(store, "storing", store.clock())
        with store.writing() as connection:
            connection.execute(insert(t.travelled), {"uid": "gone", "came": False})
        with store.reading() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    assert mending.mend(path, keys).aside is None
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = os.urandom(4096)
    path.write_bytes(content)
    assert not mending.is_sound(path, keys)
    done = mending.mend(path, keys)
    assert done.aside is not None
    assert mending.is_sound(path, keys)
    with closing(Store.open(path, keys=keys)) as store:
        assert count_calls(store) == done.calls
        assert 0 < done.calls <= 60
        with store.reading() as connection:
            assert connection.execute(select(t.travelled)).all() == [("gone", False)]
        for row in list_calls(store).rows:
            assert store.events(row.call_id) == many(60)[row.call_id]


@pytest.mark.parametrize("how", ["first page", "empty", "another file", "folder"])
def test_a_database_that_cannot_be_used_is_told_without_a_trace(tmp_path: Path, how: str) -> None:
    path, keys = tmp_path / "calls.db", new_keys()
    with closing(Store.open(path, keys=keys)) as store:
        store.append("one", 0, call("one"))
    match how:
        case "first page":
            path.write_bytes(os.urandom(4096) + path.read_bytes()[4096:])
        case "another file":
            path.write_bytes(b"%PDF-1.7" * 1000)
        case "empty":
            path.write_bytes(b"")
            with closing(Store.open(path, keys=keys)) as store:  # a new one
                assert count_calls(store) == 0
            return
        case _:
            path.unlink()
            path.mkdir()
    with pytest.raises(CoachError):
        Store.open(path, keys=keys).append("two", 0, call("two"))


# ---- live calls ----------------------------------------------------------------------------------


def test_live_calls_land_in_the_record_and_their_clear_logs_go(
    settings: Settings, logs: Path
) -> None:
    ended: list[Path] = []
    with keeping(settings, clear_logs=False) as keep:
        told = keep.heeding(Told(ended=ended.append))
        for call_id, log in many(3).items():
            sink = keep.sink()
            for event in log:
                sink(event)
            told.ended(log_path(logs, call_id))
    with closing(open_again(settings)) as record:
        record.spooler.drain()
        assert count_calls(record.store()) == 3
    assert len(ended) == 3


def test_a_clear_log_stays_until_the_record_has_the_call(settings: Settings, logs: Path) -> None:
    with keeping(settings, clear_logs=False) as keep:
        told = keep.heeding(Told())
        path = log_path(logs, "call-0000")
        told.ended(path)
        assert path.exists()
        keep.logs.stored("call-0000")
        assert not path.exists()
    with keeping(settings, clear_logs=True) as keep:
        keep.logs.stored("call-0001")
        keep.heeding(Told()).ended(log_path(logs, "call-0001"))
        assert list(read_log(log_path(logs, "call-0001")))


def test_an_objection_leaves_nothing_in_the_record(settings: Settings) -> None:
    with keeping(settings, clear_logs=False) as keep:
        told = keep.heeding(Told())
        sink = keep.sink()
        for event in call("one")[:3]:
            sink(event)
        told.removed()
    with closing(open_again(settings)) as record:
        assert record.spooler.drain() == 0
        assert count_calls(record.store()) == 0


def test_a_record_that_does_not_open_does_not_stop_the_call(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COACH_DIARY", str(tmp_path / "diary.jsonl"))
    paths.record_folder().mkdir()
    (paths.record_folder() / "keys.json").write_text("broken", encoding="utf-8")
    with keeping(settings, clear_logs=False) as keep:
        sink = keep.sink()
        for event in call("one"):
            sink(event)
    assert (tmp_path / "diary.jsonl").exists()
    with keeping(settings.model_copy(update={"keep_calls": False}), clear_logs=False) as keep:
        assert keep.state.waiting == 0


def open_again(settings: Settings) -> Record:
    from coach.store.home import open_record

    return open_record(paths.record_folder(), file_keys=settings.key_store == "file")


def test_why_the_customer_was_upset_is_found_when_a_call_comes_in(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story = Story(name="one")
    story.customer(
        "Ik heb al drie weken niets gehoord over mijn rekening die veel te hoog is!",
        feels(Emotion.ANGER, 3, -2),
    )
    story.agent("Dat is vervelend.", Act.ACKNOWLEDGE_EMOTION)
    with CallLog(log_path(tmp_path, "one")) as file:
        for event in story.run():
            file.write(event)
    assert take_in(settings, log_path(tmp_path, "one")) == 0
    said(capsys)
    commands.list_calls(settings, None, {}, limit=1, as_json=True)
    assert said(capsys)[0]["causes"] == list(cause_ids(story.run())) != []
