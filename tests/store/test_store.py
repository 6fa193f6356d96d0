"""What the record promises, on both databases."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from coach.core.events import CustomerScored, LogEvent
from coach.core.metrics import measure
from coach.core.vocabulary import EscalationKind, OrderValue, RiskLevel
from coach.errors import ProductError, UserError
from coach.store import people, queries
from coach.store import tables as t
from coach.store.calllog import CallLog, log_path
from coach.store.database import Origin, Store
from coach.store.queries import CallFilter, count_calls, list_calls, one_call, search
from tests.store.calls import MONDAY, SAID, call, many, without_end

ONCE = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def content(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Every row of every read table, and what can be found."""
    tables = (*t.READ_TABLES, *t.SUMS)
    with store.reading() as connection:
        found = {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in tables
        }
    for rows in found.values():
        rows.sort(key=repr)
    found["words"] = [{"call": row.call_id} for row in search(store, "klacht").rows]
    return found


def ids(store: Store, **asked: Any) -> list[str]:
    return [row.call_id for row in list_calls(store, CallFilter(**asked)).rows]


# ---- the log of a call ---------------------------------------------------------------------------


def test_a_call_is_read_as_it_was_written(store: Store) -> None:
    log = call("one")
    store.append("one", 0, log[:3])
    store.append("one", 3, log[3:])
    assert store.events("one") == log
    assert store.events("another") == []


@ONCE
@given(cuts=st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), max_size=5))
def test_what_is_sent_twice_is_kept_once(store: Store, cuts: list[tuple[int, int]]) -> None:
    log = call("one")
    store.remove(["one"])
    known = 0
    for first, length in cuts:
        start = min(first, known)
        store.append("one", start, log[start : start + length])
        known = max(known, min(start + length, len(log)))
        assert store.events("one") == log[:known]


def test_a_hole_in_a_log_is_refused(store: Store) -> None:
    log = call("one")
    store.append("one", 0, log[:2])
    with pytest.raises(ProductError) as told:
        store.append("one", 3, log[3:])
    assert told.value.key == "record.hole"
    assert store.events("one") == log[:2]


def test_nothing_changes_an_event(store: Store) -> None:
    store.append("one", 0, call("one"))
    with pytest.raises(ProductError, match="changed"), store.writing() as connection:
        connection.execute(update(t.events).values(lines="{}"))
    assert store.events("one") == call("one")


def test_a_jsonl_log_is_taken_in_once(store: Store, tmp_path: Path) -> None:
    path = log_path(tmp_path, "one")
    with CallLog(path) as log:
        for event in call("one"):
            log.write(event)
    assert [store.import_log(path) for _ in range(2)] == ["one", "one"]
    assert store.events("one") == call("one")
    assert count_calls(store) == 1


@pytest.mark.parametrize(
    ("lines", "key"), [(b"", "record.no_start"), (b"{}\n", "cli.no_log"), (None, "cli.cannot_read")]
)
def test_what_is_no_log_is_told(
    store: Store, tmp_path: Path, lines: bytes | None, key: str
) -> None:
    path = tmp_path / "log.jsonl"
    if lines is not None:
        path.write_bytes(lines)
    with pytest.raises(UserError) as told:
        store.import_log(path)
    assert told.value.key == key


def test_text_that_no_database_takes_is_kept_in_the_log_and_shown_without_it(store: Store) -> None:
    log = call("one", said=("Klacht\0 met \ud800 rommel", "Ja."))
    store.append("one", 0, log)
    assert store.events("one") == log
    assert search(store, "klacht rommel").rows[0].call_id == "one"


# ---- read tables ---------------------------------------------------------------------------------


def test_the_read_tables_are_the_same_when_they_are_made_anew(store: Store) -> None:
    for call_id, log in many(5, sign=EscalationKind.MEDIA).items():
        store.append(call_id, 0, log, Origin(team="blue", shared=True))
    store.append("cut-off", 0, without_end(call("cut-off")))
    before = content(store)
    assert before["words"]
    with store.writing() as connection:
        for table in (*t.READ_TABLES, *t.SUMS):
            connection.execute(table.delete())
    assert store.rebuild() == 6
    assert content(store) == before


def test_a_call_that_goes_on_is_counted_when_it_is_over(store: Store) -> None:
    log = call("one")
    for seq, event in enumerate(log):
        store.append("one", seq, [event])
        row = one_call(store, "one")
        assert row is not None
        assert row.finished == (seq >= len(log) - 4)
    whole = content(store)
    store.rebuild()
    assert content(store) == whole


def test_a_call_that_was_cut_off_is_shown_as_far_as_it_came(store: Store) -> None:
    log = without_end(call("one", valence=(-1.5, None)))
    store.append("one", 0, log[:1])
    store.append("one", 1, log[1:])
    assert store.catch_up() == 1
    row = one_call(store, "one")
    assert row is not None
    assert (row.finished, row.valence_start, row.nudges_shown) == (False, -1.5, 1)


def test_a_row_tells_the_call(store: Store) -> None:
    log = call("one", sign=EscalationKind.MEDIA, gone="expired")
    store.append("one", 0, log, Origin(team="blue", shared=True))
    row = one_call(store, "one")
    assert row is not None
    assert (row.began, row.agent, row.team, row.shared) == (MONDAY, "a1", "blue", True)
    assert (row.valence_start, row.valence_lowest, row.valence_end) == (-1.0, -1.0, 1.0)
    assert (row.risk_highest, row.risk_kinds) == (RiskLevel.NONE, ("media",))
    assert (row.order, row.duration_s) == (OrderValue.ACKNOWLEDGED_FIRST, 60.0)
    assert (row.nudges_shown, row.nudges_missed, row.has_audio) == (1, 1, False)


# ---- lists ---------------------------------------------------------------------------------------


def test_a_row_has_the_moods_of_the_metrics(store: Store) -> None:
    """A turn that was judged twice counts as it was judged last, everywhere."""
    log = call("one", valence=(-1.0, 0.5))
    first = next(event for event in log if isinstance(event, CustomerScored))
    log.insert(log.index(first), replace(first, valence=-2.0))
    store.append("one", 0, log)
    row, mood = one_call(store, "one"), measure(log).mood
    assert row is not None
    assert (row.valence_start, row.valence_lowest, row.valence_end) == (-1.0, -1.0, 0.5)
    known = [one.valence for one in (mood.start, mood.lowest, mood.end) if one is not None]
    assert known == [-1.0, -1.0, 0.5]


def test_pages_give_every_call_once_the_newest_first(store: Store) -> None:
    logs = many(7)
    logs["twin"] = call("twin", began=MONDAY)
    for call_id, log in logs.items():
        store.append(call_id, 0, log)
    for asked in (CallFilter(), CallFilter(text="klacht")):
        seen, after = [], None
        while True:
            page = list_calls(store, asked, after=after, limit=3)
            seen += [row.call_id for row in page.rows]
            after = page.after
            if after is None:
                break
        assert seen == [*sorted(many(7), reverse=True)[:6], "twin", "call-0000"]


def test_each_question_of_a_filter(store: Store) -> None:
    store.append("sour", 0, call("sour", valence=(1.0, -1.0), agent="a2", gone="expired"))
    good = call("good", began=MONDAY + timedelta(days=1), sign=EscalationKind.MEDIA)
    store.append("good", 0, good, Origin(team="blue"))
    store.append("mute", 0, call("mute", began=None, agent=None, valence=(None, None)))
    people.mark_good_example(store, "good", "a1")
    asked: dict[str, dict[Any, list[str]]] = {
        "since": {MONDAY + timedelta(hours=1): ["mute", "good"]},
        "until": {MONDAY + timedelta(hours=1): ["sour"]},
        "agent": {"a1": ["good"], "nobody": []},
        "team": {"blue": ["good"]},
        "started_negative_ended_positive": {True: ["good"], False: ["mute", "sour"]},
        "started_positive_ended_negative": {True: ["sour"], False: ["mute", "good"]},
        "risk": {RiskLevel.NONE: ["mute", "good", "sour"], RiskLevel.HIGH: []},
        "risk_kind": {"media": ["good"], "legal": []},
        "nudges_missed": {True: ["sour"], False: ["mute", "good"]},
        "good_example": {True: ["good"], False: ["mute", "sour"]},
    }
    for name, answers in asked.items():
        for value, expected in answers.items():
            assert ids(store, **{name: value}) == expected, (name, value)
            assert count_calls(store, CallFilter(**{name: value})) == len(expected)


QUESTIONS = {
    "klacht": True,
    "Klachten factuur": True,
    "klacht hypotheek": False,
    '"derde keer"': True,
    '"keer derde"': False,
    "vervelénd": True,
    "": True,
    "?!": True,
    '"; DROP TABLE calls; --': False,
    "NEAR(klacht": False,
}


def test_words_are_found_in_every_form(store: Store) -> None:
    store.append("one", 0, call("one"))
    for question, found in QUESTIONS.items():
        assert ids(store, text=question) == (["one"] if found else []), question


def test_a_search_quotes_the_place(store: Store) -> None:
    store.append("one", 0, call("one"))
    assert search(store, "factuur").rows[0].snippet == SAID[0]
    assert one_call(store, "one") == list_calls(store).rows[0]


def test_a_place_that_is_none_is_told(store: Store) -> None:
    with pytest.raises(UserError):
        list_calls(store, after="here")


# ---- taking away ---------------------------------------------------------------------------------


def test_a_call_goes_with_everything_that_belongs_to_it(store: Store) -> None:
    for call_id, log in many(2, sign=EscalationKind.LEGAL).items():
        store.append(call_id, 0, log)
    kept = content(store)
    store.append("gone", 0, call("gone", sign=EscalationKind.MEDIA))
    people.add_note(store, "gone", "a1", "Teruggebeld.")
    people.mark_good_example(store, "gone", "a1")
    people.submit_incident(
        store, submitted_by="a1", severity="warning", kind="threat", text="…", call_id="gone"
    )
    people.log_access(store, "gone", "lead", "lead", agent="a1")
    assert store.remove(["gone", "never there"]) == 1
    assert content(store) == kept
    assert people.notes_of(store, "gone") == []
    assert [one.call_id for one in people.incidents(store)] == [None]
    assert [one.call_id for one in people.access_log(store)] == ["gone"]


def test_a_log_is_rewritten_whole(store: Store) -> None:
    log: list[LogEvent] = call("one")
    store.append("one", 0, log)
    less = call("one", said=("Verwijderd.",))
    store.rewrite("one", less)
    assert store.events("one") == less
    assert ids(store, text="klacht") == []
    store.rebuild()
    assert ids(store, text="verwijderd") == ["one"]


# ---- what people add -----------------------------------------------------------------------------


def test_notes_callbacks_incidents_and_disruptions(store: Store) -> None:
    store.append("one", 0, call("one"))
    people.add_note(store, "one", "a1", "Belt vrijdag.")
    assert [(n.author, n.text) for n in people.notes_of(store, "one")] == [("a1", "Belt vrijdag.")]
    people.add_callback(store, "a1", MONDAY + timedelta(days=2), "Later", call_id="one")
    people.add_callback(store, "a1", MONDAY + timedelta(days=1), "Eerst")
    first, second = people.open_callbacks(store, "a1")
    assert (first.text, second.text) == ("Eerst", "Later")
    people.callback_done(store, first.id)
    assert [one.text for one in people.open_callbacks(store)] == ["Later"]
    assert people.open_callbacks(store, before=MONDAY) == []
    people.add_disruption(store, "storing", MONDAY, ended=MONDAY + timedelta(hours=3))
    assert people.disruptions(store, since=MONDAY + timedelta(days=1)) == []
    assert [one.name for one in people.disruptions(store, since=MONDAY)] == ["storing"]


def test_an_incident_is_an_agents(store: Store) -> None:
    with pytest.raises(UserError):
        people.submit_incident(store, submitted_by=" ", severity="warning", kind="x", text="y")
    assert people.incidents(store) == []


def test_whoever_opens_a_call_stands_in_the_log_that_the_agent_reads(store: Store) -> None:
    store.append("one", 0, call("one"))
    assert people.open_call(store, "one", "karin", "lead") == call("one")
    assert people.open_call(store, "none", "karin", "lead") == []
    (seen,) = people.access_log(store, agent="a1")
    assert (seen.who, seen.role, seen.call_id) == ("karin", "lead", "one")
    assert people.access_log(store, agent="a2") == []


def test_a_mark_goes_on_and_off(store: Store) -> None:
    store.append("one", 0, call("one"))
    for marked in (True, True, False, False):
        people.mark_good_example(store, "one", "a1", marked=marked)
        assert ids(store, good_example=True) == (["one"] if marked else [])
    assert queries.one_call(store, "one") is not None


def test_a_note_at_no_call_is_refused(store: Store) -> None:
    with pytest.raises(ProductError) as told:
        people.add_note(store, "none", "a1", "?")
    assert isinstance(told.value.__cause__, DBAPIError)


def test_causes_come_with_a_call_and_outlive_its_words(store: Store) -> None:
    store.append("one", 0, call("one"), Origin(causes=("bill", "delay", "bill")))
    for change in (store.rebuild, lambda: store.rewrite("one", call("one", said=("", "")))):
        change()
        row = one_call(store, "one")
        assert row is not None
        assert row.causes == ("bill", "delay")
    assert ids(store, cause="bill") == ["one"]
