"""`coach privacy …` as people and programs meet it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coach import cli
from coach.phrases import choose_language
from coach.store.calllog import CallLog, log_path
from tests.store.calls import call

MARK = "zilverlepelaar"


@pytest.fixture(autouse=True)
def own_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COACH_LANGUAGE", "en")
    monkeypatch.setenv("COACH_RECORD", str(tmp_path / "record"))
    monkeypatch.setenv("COACH_LOGS", str(tmp_path / "logs"))
    monkeypatch.setenv("COACH_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("COACH_KEY_STORE", "file")
    choose_language("auto")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.cli, ["privacy", *arguments])


def guarded(*arguments: str) -> int:
    return cli._guarded(lambda: cli.cli(["privacy", *arguments], standalone_mode=True))


@pytest.fixture
def database(tmp_path: Path) -> str:
    """A record in clear with two calls, and one log in the folder of logs."""
    from coach.store.database import Store
    from coach.store.people import log_access

    path = tmp_path / "calls.db"
    store = Store.open(path)
    store.append("one", 0, call("one", said=(f"Mijn {MARK} is kapot.",)))
    store.append("two", 0, call("two", agent="a2"))
    log_access(store, "one", "lead", "lead", agent="a1")
    store.close()
    with CallLog(log_path(tmp_path / "logs", "one")) as log:
        for event in call("one", said=(f"Mijn {MARK}.",)):
            log.write(event)
    return str(path)


def test_what_is_processed_is_told_to_people_and_programs() -> None:
    assert "no mood, stress or energy" in " ".join(run("show").output.split())
    told = json.loads(run("show", "--json").output)
    assert told["days"]["audio"] == 0
    assert set(told["statements"]) >= {"emotion", "redaction", "network"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("erase",),
        ("erase", "--call", "x", "--agent", "y"),
        ("export", "--call", "nobody"),
        ("erase", "--call", "nobody", "--yes"),
        ("access",),
        ("purge", "--database", "http://nowhere"),
    ],
)
def test_what_the_user_can_mend_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    assert guarded(*arguments) == 2


def test_nothing_is_erased_without_a_yes(database: str) -> None:
    assert guarded("erase", "--call", "one", "--database", database) == 2
    out = run(
        "export", "--call", "one", "--database", database, "--out", database + "-out", "--json"
    )
    assert json.loads(out.output)["calls"] == 1


def test_a_call_is_exported_and_erased_with_its_log(database: str, tmp_path: Path) -> None:
    logs = str(tmp_path / "logs")
    where = ("--database", database, "--logs", logs)
    out = tmp_path / "out"
    assert run("export", "--customer", MARK, "--out", str(out), *where).exit_code == 0
    assert MARK in (out / "export.txt").read_text("utf-8")
    done = run("erase", "--customer", MARK, "--yes", "--json", *where)
    assert done.exit_code == 0, done.output
    assert not log_path(tmp_path / "logs", "one").exists()
    assert MARK.encode() not in Path(database).read_bytes()
    assert run("export", "--customer", MARK, "--out", str(out), *where).exit_code == 2


def test_an_agent_reads_who_looked(database: str) -> None:
    shown = run("access", "--agent", "a1", "--database", database)
    assert "lead" in shown.output
    assert "Nobody else" in run("access", "--agent", "a2", "--database", database).output


def test_a_purge_says_what_went(database: str, tmp_path: Path) -> None:
    done = run("purge", "--database", database, "--logs", str(tmp_path / "logs"), "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert told["purged"]["transcript"] == 3  # both calls of the record, and the log
    assert run("purge", "--database", database, "--json").exit_code == 0


def test_the_papers_are_written(tmp_path: Path) -> None:
    done = run("pack", "--out", str(tmp_path / "pack"), "--organisation", "Voorbeeld", "--json")
    written = [Path(path) for path in json.loads(done.output)["written"]]
    assert len(written) == 28
    assert all(path.stat().st_size > 500 for path in written)


def test_a_folder_that_takes_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert guarded("pack", "--out", str(tmp_path / "file" / "pack")) == 2
