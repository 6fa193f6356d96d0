"""What is too old goes: from tables, search, pages, logs, spool and copies, to the last byte."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coach.core.events import LogEvent, Utterance
from coach.store.calllog import CallLog, log_path, read_log
from coach.store.database import Origin, Store
from coach.store.people import (
    add_callback,
    add_note,
    log_access,
    notes_of,
    submit_incident,
)
from coach.store.queries import CallFilter, count_calls, list_calls, one_call
from coach.store.retention import PRESETS, Data, keeping, purge, rewrite_log
from coach.store.schema import backups
from coach.store.upkeep import compact
from tests.store.calls import MONDAY, call, many

MARK = "zilverlepelaar"
"""A word that stands nowhere else."""
LATER = MONDAY + timedelta(days=45)
NL, BE = keeping("nl", audio=False, transcript=True), keeping("be", audio=False, transcript=True)


def fill(store: Store, call_id: str, began: datetime = MONDAY, word: str = MARK) -> None:
    """A call in which `word` is said, and written about."""
    log = call(call_id, began=began, said=(f"Mijn {word} is kapot.", f"Uw {word}, wat vervelend."))
    store.append(call_id, 0, log, Origin(agent="a1", team="noord"))
    add_note(store, call_id, "lead", f"Over de {word}.")
    add_callback(store, "a1", began + timedelta(hours=2), f"{word} nabellen", call_id=call_id)


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Store]:
    """A record in clear, so that its bytes can be searched."""
    store = Store.open(tmp_path / "record" / "calls.db")
    store.clock = lambda: MONDAY
    yield store
    store.close()


def files_with(folder: Path, word: str) -> list[str]:
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and word.encode() in path.read_bytes()
    ]


# ---- by the bytes --------------------------------------------------------------------------------


def test_after_a_purge_no_file_has_a_byte_of_it(plain: Store, tmp_path: Path) -> None:
    folder = tmp_path / "record"
    for n in range(40):  # enough that pages split and the index has several pieces
        fill(plain, f"old-{n}")
        fill(plain, f"new-{n}", began=MONDAY + timedelta(days=800), word="waterhoen")
    submit_incident(
        plain,
        submitted_by="a1",
        at=MONDAY,
        severity="warning",
        kind="verbal_abuse",
        text=f"{MARK} geroepen",
        call_id="old-1",
    )
    shutil.copy(folder / "calls.db", folder / "calls.db.before-schema-0")
    logs, spool = tmp_path / "logs", tmp_path / "record" / "spool"
    with CallLog(log_path(logs, "old")) as log:
        for event in call("old", said=(f"De {MARK} weer.",)):
            log.write(event)
    spool.mkdir()
    (spool / "x.spool").write_bytes(MARK.encode())
    assert len(files_with(tmp_path, MARK)) >= 4

    now = MONDAY + timedelta(days=820)
    plain.clock = lambda: now
    done = purge(plain, NL, now=now, logs=logs, spool=spool)
    assert done.counts[Data.LOG] == 41
    assert done.copies == 2
    assert backups(folder / "calls.db") == []
    assert files_with(tmp_path, MARK) == []
    assert files_with(tmp_path, MARK[:10]) == []  # stems of the search index
    assert files_with(tmp_path, "waterhoen") != []
    assert count_calls(plain) == 40


def test_the_words_go_before_the_log_does(plain: Store, tmp_path: Path) -> None:
    fill(plain, "one")
    before = one_call(plain, "one")
    assert list_calls(plain, CallFilter(text=MARK)).rows
    purge(plain, BE | {Data.NOTES: 28, Data.CALLBACKS: 28}, now=LATER)
    assert files_with(tmp_path, MARK) == []
    assert not list_calls(plain, CallFilter(text=MARK)).rows
    assert one_call(plain, "one") == before
    assert [e.text for e in plain.events("one") if isinstance(e, Utterance)] == ["", ""]
    assert not purge(plain, BE, now=LATER).anything


def test_without_compacting_the_bytes_would_stay(plain: Store, tmp_path: Path) -> None:
    """The search through the bytes can find something: it is no empty promise."""
    for n in range(40):
        plain.append(f"old-{n}", 0, call(f"old-{n}", said=(f"Mijn {MARK} is kapot.",)))
    plain.remove([f"old-{n}" for n in range(40)])
    assert files_with(tmp_path, MARK[:8]) != []
    compact(plain)
    assert files_with(tmp_path, MARK[:8]) == []


# ---- what goes when ------------------------------------------------------------------------------


def test_no_preset_keeps_a_recording_for_more_than_a_month() -> None:
    assert {preset[Data.AUDIO] <= 28 for preset in PRESETS.values()} == {True}
    assert PRESETS["be"][Data.TRANSCRIPT] <= 28
    assert keeping("nl", audio=False, transcript=False)[Data.TRANSCRIPT] == 0
    assert all(PRESETS["short"][kind] <= days for kind, days in PRESETS["nl"].items())


def test_a_purge_takes_calls_by_age_on_either_database(store: Store) -> None:
    for call_id, log in many(6).items():
        store.append(call_id, 0, log)
    add_note(store, "call-0005", "lead", "blijft")
    now = MONDAY + timedelta(days=365, hours=3)
    store.clock = lambda: now
    done = purge(store, NL, now=now)
    assert done.counts[Data.LOG] == 3
    assert count_calls(store) == 3
    assert len(notes_of(store, "call-0005")) == 1


def test_a_recording_goes_with_its_days(plain: Store, tmp_path: Path) -> None:
    fill(plain, "one")
    sound = tmp_path / "record" / "one.sealed"
    sound.write_bytes(b"sound")
    plain.change("one", audio="one.sealed")
    days = keeping("nl", audio=True, transcript=True)
    purge(plain, days, now=MONDAY + timedelta(days=27))
    assert sound.exists()
    done = purge(plain, days, now=MONDAY + timedelta(days=29))
    assert done.counts[Data.AUDIO] == 1
    assert not sound.exists()
    assert one_call(plain, "one") is not None


def test_the_access_log_stays_when_a_call_goes(plain: Store) -> None:
    from coach.store.people import access_log

    fill(plain, "one")
    plain.clock = lambda: MONDAY + timedelta(days=1)
    log_access(plain, "one", "lead", "lead", agent="a1")
    purge(plain, NL, now=MONDAY + timedelta(days=400))
    assert [opening.call_id for opening in access_log(plain, agent="a1")] == ["one"]
    purge(plain, NL, now=MONDAY + timedelta(days=800))
    assert access_log(plain, agent="a1") == []


# ---- call logs in a folder -----------------------------------------------------------------------


def write(folder: Path, name: str, events: list[LogEvent]) -> Path:
    with CallLog(log_path(folder, name)) as log:
        for event in events:
            log.write(event)
    return log.path


def test_logs_in_a_folder_lose_their_words_and_then_themselves(tmp_path: Path) -> None:
    path = write(tmp_path, "one", call("one"))
    purge(None, BE, now=LATER, logs=tmp_path)
    assert {e.text for e in read_log(path) if isinstance(e, Utterance)} == {""}
    purge(None, BE, now=MONDAY + timedelta(days=400), logs=tmp_path)
    assert not path.exists()


def test_a_broken_log_is_told_and_left(tmp_path: Path) -> None:
    broken = log_path(tmp_path, "broken")
    broken.write_text("no log\n", encoding="utf-8")
    done = purge(None, NL, now=LATER, logs=tmp_path)
    assert done.unreadable == [broken]
    assert broken.exists()


def test_a_log_that_is_written_anew_is_redacted(tmp_path: Path) -> None:
    path = write(tmp_path, "one", call("one"))
    events = [
        replace(event, text="mijn postcode is 6524 KL") if isinstance(event, Utterance) else event
        for event in read_log(path)
    ]
    rewrite_log(path, events)
    assert "6524" not in path.read_text(encoding="utf-8")
    assert sorted(tmp_path.iterdir()) == [path]
