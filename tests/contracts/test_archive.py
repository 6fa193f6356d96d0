"""Every record of calls keeps these promises to the screens, whatever it is made of."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from audio.pieces import pack
from coach.archive import (
    StoreArchive,
    archive_of_logs,
    invented_archive,
)
from coach.core.events import CallStarted
from coach.core.redaction import redact_events
from coach.core.replay import compare
from coach.core.units import RATE, from_seconds
from coach.core.vocabulary import EscalationKind, OrderValue
from coach.desktop.record import calls_of_team
from coach.errors import UserError
from coach.hearing import kept_recordings
from coach.phrases import say
from coach.store.calllog import CallLog, log_path
from coach.store.crypto import new_key
from coach.store.database import Origin, Store
from coach.store.people import access_log
from coach.store.recordings import drop_recording, keep_recording
from tests.store.calls import MONDAY, call
from tests.ui.archives import DAYS, FIRST, archive, invented
from ui.archive import (
    EVERY_CALL,
    METRICS,
    WITHHELD,
    Archive,
    CallQuery,
    Course,
    Disruption,
    FigureQuery,
)
from ui.archive_figures import OTHER
from ui.dashboard_model import panels

CALLS = invented()[::3]
"""Enough for every filter; a database takes its time to take them in."""

PERIOD = FigureQuery(since=FIRST, until=FIRST + timedelta(days=DAYS))
QUERIES = {
    "text": CallQuery(text="monteur"),
    "since": CallQuery(since=date(2026, 11, 9)),
    "until": CallQuery(until=date(2026, 11, 9)),
    "team": CallQuery(team="Hasselt"),
    "channel": CallQuery(channel="Mobiel"),
    "course": CallQuery(course=Course.BETTER),
    "risk": CallQuery(risks=(EscalationKind.VERBAL_ABUSE, EscalationKind.THREAT)),
    "missed": CallQuery(missed=True),
    "order": CallQuery(order=OrderValue.ASKED_FIRST),
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the invented calls, made once."""
    path = tmp_path_factory.mktemp("record") / "calls.db"
    store = Store.open(path)
    for one in CALLS:
        started = one.events[0]
        assert isinstance(started, CallStarted)
        origin = Origin(agent=started.agent, team=one.team, shared=True, causes=(one.cause,))
        log = [replace(started, channel=one.channel), *one.events[1:]]
        store.append(started.call_id, 0, redact_events(log), origin)
    store.close()
    return path


@pytest.fixture(params=["memory", "store"])
def record(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Archive]:
    if request.param == "memory":
        yield archive(calls=CALLS)
        return
    copy = tmp_path / "calls.db"
    shutil.copy(request.getfixturevalue("filled"), copy)
    store = Store.open(copy)
    yield StoreArchive(store, who="teamleider", role="lead")
    store.close()


def test_calls_come_newest_first_and_page_by_page(record: Archive) -> None:
    total = record.count(EVERY_CALL)
    assert total == len(CALLS)
    paged = [one for first in range(0, total, 50) for one in record.page(EVERY_CALL, first, 50)]
    assert len({one.call_id for one in paged}) == total
    began = [one.began for one in paged]
    assert began == sorted(began, reverse=True)  # type: ignore[type-var]


def test_a_page_beyond_the_end_is_empty(record: Archive) -> None:
    assert list(record.page(EVERY_CALL, 10_000, 50)) == []


@pytest.mark.parametrize("name", QUERIES)
def test_the_count_is_the_length_of_the_list(record: Archive, name: str) -> None:
    query = QUERIES[name]
    found = record.page(query, 0, 1_000)
    assert 0 < len(found) == record.count(query) < record.count(EVERY_CALL)


def test_a_search_finds_the_words_and_shows_them(record: Archive) -> None:
    for entry in record.page(QUERIES["text"], 0, 1_000):
        assert "monteur" in entry.snippet.lower()


def test_filters_give_what_they_say(record: Archive) -> None:
    for entry in record.page(QUERIES["course"], 0, 1_000):
        assert (entry.valence_start or 0) < 0 < (entry.valence_end or 0)
    for entry in record.page(QUERIES["missed"], 0, 1_000):
        assert entry.nudges_missed > 0
    for entry in record.page(QUERIES["risk"], 0, 1_000):
        assert {"verbal_abuse", "threat"} & set(entry.risk_kinds)
    for entry in record.page(QUERIES["team"], 0, 1_000):
        assert entry.team == "Hasselt"
    for entry in record.page(QUERIES["channel"], 0, 1_000):
        assert entry.channel == "Mobiel"


def test_an_opened_call_has_its_whole_log(record: Archive) -> None:
    entry = record.page(EVERY_CALL, 0, 1)[0]
    opened = record.open_call(entry.call_id)
    assert isinstance(opened.events[0], CallStarted)
    assert opened.events[0].call_id == entry.call_id
    assert compare(opened.events) is None


def test_opening_a_call_is_noted_where_its_agent_can_read_it(record: Archive) -> None:
    entry = record.page(EVERY_CALL, 0, 1)[0]
    record.open_call(entry.call_id)
    opened = record.open_call(entry.call_id)
    assert len(opened.accesses) >= 1
    assert opened.accesses[-1].who


def test_a_note_stays_at_its_moment(record: Archive) -> None:
    entry = record.page(EVERY_CALL, 0, 1)[0]
    later = record.add_note(entry.call_id, from_seconds(20), "daarna", went_well=False)
    first = record.add_note(entry.call_id, from_seconds(5), "eerst", went_well=True)
    assert record.open_call(entry.call_id).notes == (first, later)
    assert (first.at, first.text, first.went_well) == (from_seconds(5), "eerst", True)


def test_a_good_example_is_marked_and_unmarked(record: Archive) -> None:
    entry = record.page(EVERY_CALL, 3, 1)[0]
    record.mark_good_example(entry.call_id, True)
    (found,) = record.page(CallQuery(good_example=True), 0, 10)
    assert found.call_id == entry.call_id
    assert found.good_example
    record.mark_good_example(entry.call_id, False)
    assert record.count(CallQuery(good_example=True)) == 0


def test_figures_are_there_for_every_metric(record: Archive) -> None:
    figures = record.figures(PERIOD)
    assert figures.calls.calls == len(CALLS)
    assert set(figures.metrics) == set(figures.trends) == set(METRICS)
    share = figures.metrics["acknowledged_before_data"]
    assert share.value is not None
    assert 0 < share.value < 1


def test_small_groups_are_withheld_everywhere(record: Archive) -> None:
    day = FigureQuery(since=FIRST, until=FIRST + timedelta(days=1))
    figures = record.figures(day)
    shown = [
        figures.calls,
        *figures.metrics.values(),
        *(point.figure for points in figures.trends.values() for point in points),
        *(cause.calls for cause in figures.causes),
        *(figure for _, figure in figures.risks),
        *(nudge.precision for nudge in figures.nudges),
    ]
    assert any(one.withheld for one in shown)
    for one in shown:
        assert one.calls is None or one.calls == 0 or one.calls >= figures.minimum
        assert not one.withheld or (one.value is None and one.calls is None)


def test_no_call_means_nothing_to_measure_and_not_zero(record: Archive) -> None:
    empty = FigureQuery(since=date(2020, 1, 6), until=date(2020, 1, 13))
    figures = record.figures(empty)
    assert figures.calls.calls == 0
    assert all(one.value is None and not one.withheld for one in figures.metrics.values())


def test_a_disruption_is_marked_and_measured(record: Archive) -> None:
    marked = Disruption(name="storing", since=FIRST, until=FIRST + timedelta(days=7))
    record.mark_disruption(marked)
    assert list(record.disruptions()) == [marked]
    (effect,) = record.figures(PERIOD).effects
    assert effect.disruption == marked
    assert (effect.meanwhile.value or 0) > 0
    assert (effect.otherwise.value or 0) > 0


def test_what_can_be_chosen_is_what_occurs(record: Archive) -> None:
    assert set(record.choices().teams) == {one.team for one in CALLS}
    assert set(record.choices().channels) == {one.channel for one in CALLS}


def test_figures_are_of_the_channel_that_was_asked_for(record: Archive) -> None:
    of = {
        channel: record.figures(replace(PERIOD, channel=channel)).calls.calls
        for channel in record.choices().channels
    }
    assert of == Counter(one.channel for one in CALLS)


def test_who_opens_their_own_call_looks_in_on_nobody(filled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "calls.db"
    shutil.copy(filled, copy)
    store = Store.open(copy)
    entry = StoreArchive(store, who="x", role="lead").page(EVERY_CALL, 0, 1)[0]
    own = StoreArchive(store, who=entry.agent or "", role="agent")
    assert own.open_call(entry.call_id).accesses == ()
    store.close()


def test_what_the_protocol_asks_for_comes_with_an_opened_call(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_PROTOCOL", str(tmp_path / "protocol.toml"))
    copy = tmp_path / "calls.db"
    shutil.copy(filled, copy)
    with closing(Store.open(copy)) as store:
        record = StoreArchive(store, who="teamleider", role="lead")
        entry = record.page(QUERIES["risk"], 0, 1)[0]
        asked = record.open_call(entry.call_id).asked
        assert asked is not None
        assert {task.entry.kind for task in asked.tasks} <= set(entry.risk_kinds)
        (tmp_path / "protocol.toml").write_text("[media\n", encoding="utf-8")
        opened = record.open_call(entry.call_id)  # a broken protocol keeps no call shut
        assert opened.asked is not None
        assert opened.asked.tasks == ()
        assert "protocol.toml" in opened.asked.why_not


def test_a_login_of_a_shared_database_sees_only_what_it_publishes(
    filled: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "calls.db"
    shutil.copy(filled, copy)
    store = Store.open(copy)
    store.member = replace(store.member, role="coach")
    figures = StoreArchive(store, who="coach", role="coach").figures(PERIOD)
    assert set(figures.metrics) == set(figures.trends) >= {"published_acknowledged"}
    points = [point.figure for trend in figures.trends.values() for point in trend]
    assert any(not point.withheld for point in points)
    assert all(point.withheld or (point.calls or 0) >= figures.minimum for point in points)
    record = StoreArchive(store, who="coach", role="coach")
    assert not record.choices().sees_calls
    refused = {
        str(_refusal(ask))
        for ask in (
            lambda: record.count(EVERY_CALL),
            lambda: record.page(EVERY_CALL, 0, 10),
            lambda: record.open_call("x"),
        )
    }
    assert refused == {say("calls.closed_hint")}
    made = panels(figures, PERIOD)
    assert made[0].title
    assert all(panel.means for panel in made)
    store.close()


def _refusal(ask: Callable[[], object]) -> UserError:
    with pytest.raises(UserError) as why:
        ask()
    return why.value


def test_a_coach_sees_aggression_answers_and_what_a_disruption_did(tmp_path: Path) -> None:
    """Five agents in two weeks: what stands behind each figure is known."""
    monday = MONDAY.date()
    with closing(Store.open(tmp_path / "calls.db")) as store:
        for n in range(20):
            began, agent = MONDAY + timedelta(days=7 * (n // 10)), f"a{n % 5}"
            sign, answer = (EscalationKind.THREAT, "useful") if n % 2 else (None, "wrong")
            log = call(f"c{n}", began=began, agent=agent, sign=sign, answer=answer)
            causes = ("bill",) if n < 10 else ()
            store.append(f"c{n}", 0, log, Origin(team="blue", causes=causes))
        store.member = replace(store.member, role="coach")
        record = StoreArchive(store, who="coach", role="coach")
        marked = Disruption(name="mailing", since=monday, until=monday + timedelta(days=2))
        record.mark_disruption(marked)
        query = FigureQuery(since=monday, until=monday + timedelta(days=14), channel="phone")
        figures = record.figures(query)
        nothing = record.figures(replace(query, channel="chat"))
        choices = record.choices()
    (nudge,) = figures.nudges
    assert (nudge.shown.value, nudge.useful, nudge.wrong, nudge.precision.value) == (
        20,
        10,
        10,
        0.5,
    )
    told = {name: [p.figure.value for p in points] for name, points in figures.incidents.items()}
    assert told == {"bill": [5, None], OTHER: [None, 5]}
    (effect,) = figures.effects
    assert (effect.meanwhile.value, effect.otherwise.value) == (10 / 7, 10 / 7)
    (panel,) = (one for one in panels(figures, query) if one.name == "effects")
    assert panel.note == say("dashboard.effects_weeks")
    assert (nothing.calls, nothing.nudges) == (WITHHELD, ())
    assert (choices.teams, choices.channels) == (("blue",), ("phone",))


def test_a_sealed_recording_is_heard_by_who_has_the_key(filled: Path, tmp_path: Path) -> None:
    copy, key = tmp_path / "calls.db", new_key()
    shutil.copy(filled, copy)
    store = Store.open(copy)
    record = StoreArchive(store, who="lead", role="lead")
    call_id = record.page(EVERY_CALL, 0, 1)[0].call_id
    assert record.open_call(call_id).sound is None
    sound = np.full((6 * RATE, 2), 3_000, np.int16)
    sound[:, 1] = 0
    keep_recording(store, key, call_id, [pack(sound[: 4 * RATE]), pack(sound[4 * RATE :])])
    kept = record.open_call(call_id).sound
    assert kept is not None
    assert b"fLaC" not in kept.read_bytes()
    heard = kept_recordings(store, key, who="lead", role="lead")(kept, False)
    peaks = heard.peaks()
    assert len(peaks.agent) == 6 * 50
    assert (peaks.agent > 0).all()
    assert not peaks.customer.any()
    assert access_log(store)[0].what == "sound"
    with pytest.raises(UserError):
        kept_recordings(store, new_key(), who="lead", role="lead")(kept, True)
    drop_recording(store, call_id)
    assert record.open_call(call_id).sound is None
    with pytest.raises(UserError):
        kept_recordings(store, key, who="lead", role="lead")(kept, True)
    store.close()


def test_the_team_s_database_is_opened_as_the_login_may(filled: Path, tmp_path: Path) -> None:
    copy = shutil.copy(filled, tmp_path / "calls.db")
    with calls_of_team(str(copy), "karin") as team:
        record = team.archive
        assert record.count(EVERY_CALL) == len(CALLS)
        assert "Mobiel" in record.choices().channels


# ---- records made of something else ----


def test_a_folder_of_logs_is_a_record_too(tmp_path: Path) -> None:
    for one in invented()[:5]:
        started = one.events[0]
        assert isinstance(started, CallStarted)
        with CallLog(log_path(tmp_path, started.call_id)) as log:
            for event in one.events:
                log.write(event)
    made = archive_of_logs(tmp_path, who="ik")
    assert made.count(EVERY_CALL) == 5
    entry = made.page(EVERY_CALL, 0, 1)[0]
    opened = made.open_call(entry.call_id)
    assert compare(opened.events) is None
    assert opened.accesses[-1].who == "ik"


def test_a_folder_without_logs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        archive_of_logs(tmp_path)


@pytest.mark.parametrize("text", ["", "geen logboek\n", '{"type": "ended", "at_s": 1.0}\n'])
def test_a_log_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    log_path(tmp_path, "kapot").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=r"kapot"):
        archive_of_logs(tmp_path)


def test_the_invented_record_ends_this_week() -> None:
    made = invented_archive(weeks=2, calls=40)
    assert made.count(EVERY_CALL) == 40
    assert made.choices().channels
