"""One customer, one agent, one call: all of it is found, handed over, and goes without a trace."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from coach.store.calllog import CallLog, log_path
from coach.store.database import Origin, Store
from coach.store.erasure import By, Found, Subject, erase, export, find, seen_by
from coach.store.people import (
    access_log,
    add_callback,
    add_note,
    log_access,
    notes_of,
    submit_incident,
)
from coach.store.queries import count_calls
from tests.store.calls import MONDAY, call
from tests.store.test_retention import files_with

MARK = "zilverlepelaar"


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Store]:
    """Two agents, three calls; one says a word that stands nowhere else. In clear."""
    store = Store.open(tmp_path / "record" / "calls.db")
    store.clock = lambda: MONDAY
    said = {"one": (f"Mijn {MARK} is kapot.", "Wat vervelend."), "two": ("Goedemorgen.",)}
    for name, texts in said.items():
        store.append(name, 0, call(name, agent="a1", said=texts), Origin(team="noord"))
    store.append("three", 0, call("three", agent="a2"), Origin(team="noord"))
    add_note(store, "one", "lead", f"Over die {MARK}.")
    add_note(store, "three", "a1", "Een aantekening van a1.")
    due = MONDAY + timedelta(hours=3)
    add_callback(store, "a1", due, f"{MARK} nabellen", call_id="one")
    log_access(store, "one", "lead", "lead", agent="a1")
    submit_incident(
        store, submitted_by="a1", at=MONDAY, severity="warning", kind="verbal_abuse", text="Riep."
    )
    yield store
    store.close()


def found_by(store: Store, by: By, value: str, logs: Path | None = None) -> Found:
    return find(store, Subject(by=by, value=value), logs)


@pytest.mark.parametrize(
    ("by", "value", "counts"),
    [
        ("call", "one", {"calls": 1, "logs": 0, "notes": 1, "callbacks": 1}),
        (
            "agent",
            "a1",
            {"calls": 2, "logs": 0, "notes": 2, "callbacks": 1, "incidents": 1, "access": 1},
        ),
        ("customer", MARK.upper(), {"calls": 1, "logs": 0, "notes": 1, "callbacks": 1}),
        ("customer", "niemand", {"calls": 0, "logs": 0}),
        ("customer", "%", {"calls": 0, "logs": 0}),
    ],
)
def test_everything_about_a_subject_is_found(
    plain: Store, by: By, value: str, counts: dict[str, int]
) -> None:
    assert found_by(plain, by, value).counts() == counts


def test_after_an_erasure_no_byte_is_left(plain: Store, tmp_path: Path) -> None:
    assert files_with(tmp_path, MARK) != []
    assert erase(plain, found_by(plain, "customer", MARK)) >= 3
    assert files_with(tmp_path, MARK) == []
    assert files_with(tmp_path, MARK[:8]) == []
    assert count_calls(plain) == 2
    assert len(notes_of(plain, "three")) == 1


def test_an_agent_is_erased_and_the_others_stay(plain: Store) -> None:
    erase(plain, found_by(plain, "agent", "a1"))
    assert not found_by(plain, "agent", "a1").anything
    assert count_calls(plain) == 1
    assert access_log(plain, agent="a1") == []


def test_an_export_is_read_by_people_and_programs(plain: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export(plain, found_by(plain, "agent", "a1"), out)
    told = json.loads((out / "export.json").read_text("utf-8"))
    assert set(told["calls"]) == {"one", "two"}
    assert told["access"][0]["who"] == "lead"
    text = (out / "export.txt").read_text("utf-8")
    assert f"Mijn {MARK} is kapot." in text
    assert "Over die" in text


def test_call_logs_in_a_folder_are_found_and_erased(tmp_path: Path) -> None:
    with CallLog(log_path(tmp_path, "one")) as log:
        for event in call("one", said=(f"Mijn {MARK}.",)):
            log.write(event)
    log_path(tmp_path, "broken").write_text("no log\n", encoding="utf-8")
    found = find(None, Subject(by="customer", value=MARK), tmp_path)
    assert found.logs == [log.path]
    export(None, found, tmp_path / "out")
    assert erase(None, found) == 1
    assert not log.path.exists()


def test_an_agent_reads_who_looked(plain: Store) -> None:
    (opened,) = seen_by(plain, "a1")
    assert (opened.at, opened.who, opened.role, opened.call_id) == (MONDAY, "lead", "lead", "one")
    assert seen_by(plain, "a2") == []


def test_erasing_works_on_either_database(store: Store) -> None:
    store.append("one", 0, call("one"))
    store.append("two", 0, call("two", agent="a2"))
    add_note(store, "one", "lead", "weg")
    erase(store, find(store, Subject(by="call", value="one")))
    assert count_calls(store) == 1
    assert notes_of(store, "one") == []
