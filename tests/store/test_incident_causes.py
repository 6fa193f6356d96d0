"""The cause of an incident is kept by its id, and shown in the language of whoever reads it."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from coach.causes import load_tree
from coach.commands import escalation
from coach.core.vocabulary import EscalationKind
from coach.phrases import choose_language
from coach.settings import Settings
from coach.store import people
from coach.store.calllog import CallLog, log_path
from coach.store.home import open_record
from tests.store.calls import MONDAY, call

SETTINGS = Settings(key_store="file")
BILLING = load_tree().by_id["billing"]


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    monkeypatch.setenv("COACH_RECORD", str(tmp_path / "record"))
    monkeypatch.setenv("COACH_LOGS", str(tmp_path / "logs"))
    yield tmp_path / "record"
    choose_language("auto")


def report(folder: Path, *causes: str | None) -> None:
    with closing(open_record(folder, file_keys=True)) as record:
        for cause in causes:
            about = {"severity": "threat", "kind": "threat", "text": "“x”", "cause": cause}
            people.submit_incident(record.store(), submitted_by="a1", at=MONDAY, **about)  # type: ignore[arg-type]


def test_what_is_reported_is_kept_by_its_id_and_read_by_its_name(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = log_path(tmp_path, "one")
    with CallLog(path) as log:
        for event in call("one", sign=EscalationKind.THREAT):
            log.write(event)
    choose_language("nl")
    escalation.submit_incident(SETTINGS, path, "a1", "Hij dreigde.", kind=None, severity=None)
    report(folder, BILLING.nl)  # as an earlier version kept it
    with closing(open_record(folder, file_keys=True)) as record:
        assert [one.cause for one in people.incidents(record.store())] == ["billing", BILLING.nl]
    capsys.readouterr()
    for language, name in (("nl", BILLING.nl), ("en", BILLING.en)):
        choose_language(language)
        escalation.list_incidents(SETTINGS, as_json=True)
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [line["cause"] for line in lines] == [name, name]


def test_incidents_of_before_and_of_now_are_counted_together(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report(folder, *["billing", BILLING.nl, BILLING.en] * 2)
    escalation.incident_trends(SETTINGS, as_json=True)
    (cell,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (cell["cause"], cell["count"]) == ("billing", 6)
    choose_language("en")
    escalation.incident_trends(SETTINGS, as_json=False)
    assert f"{BILLING.en}: 6" in capsys.readouterr().out
    report(folder, *[None] * 6)
    escalation.incident_trends(SETTINGS, as_json=False)
    assert "unknown: 6" in capsys.readouterr().out
