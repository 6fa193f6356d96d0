"""What people wrote goes to the team as the agent allows, and a lead's words come back."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from coach.store import people
from coach.store import tables as t
from coach.store.database import Store
from coach.store.keys import new_keys
from coach.store.queries import list_calls, one_call
from coach.store.roles import grant
from coach.store.sync import Synced, SyncPolicy, sync
from tests.store.calls import MONDAY, call, many, without_end
from tests.store.postgres import Server

ALL = SyncPolicy(shared=True, notes=True, callbacks=True)
LEAST = SyncPolicy(shared=True)
LOGINS = {
    "els": {"role": "agent", "agent": "a1", "team": "blue"},
    "finn": {"role": "agent", "agent": "b1", "team": "blue"},
    "greet": {"role": "lead", "team": "blue"},
    "hugo": {"role": "lead", "team": "red"},
}


@dataclass
class House:
    """The record of agent a1, and the team's database as each sees it."""

    local: Store
    els: Store
    finn: Store
    greet: Store
    hugo: Store

    def sync(self, policy: SyncPolicy = ALL) -> Synced:
        return sync(self.local, self.els, policy)


@pytest.fixture(scope="module")
def logins(server: Server) -> None:
    for login in LOGINS:
        server.new_login(login)


@pytest.fixture
def house(server: Server, database: str, logins: None, tmp_path: Path) -> Iterator[House]:  # noqa: ARG001
    for login, member in LOGINS.items():
        grant(server.url(database), login, **member)
    with ExitStack() as stack:
        there = {
            login: stack.enter_context(closing(Store.open(server.url(database, login))))
            for login in LOGINS
        }
        local = Store.open(tmp_path / "calls.db", keys=new_keys())
        stack.enter_context(closing(local))
        for call_id, log in many(2).items():
            local.append(call_id, 0, log)
        yield House(local=local, **there)


def told(store: Store, call_id: str) -> list[tuple[str, str]]:
    return [(one.author, one.text) for one in people.notes_of(store, call_id)]


# ---- what stays with the agent -------------------------------------------------------------------


def test_notes_marks_and_call_backs_stay_unless_the_agent_lets_them_go(house: House) -> None:
    people.add_note(house.local, "call-0000", "me", "[2.0 s] + Goed gedaan.")
    people.mark_good_example(house.local, "call-0000", "me")
    people.add_callback(house.local, "a1", MONDAY, "Bellen over 06 12345678", call_id="call-0000")
    assert house.sync(LEAST).wrote == {}
    assert told(house.els, "a1.call-0000") == []
    assert people.open_callbacks(house.els) == []
    assert not any(row.good_example for row in list_calls(house.els).rows)


def test_they_go_once_under_the_agents_number(house: House) -> None:
    people.add_note(house.local, "call-0000", "me", "[2.0 s] + Mevrouw Jansen woont op 6524 KL.")
    people.mark_good_example(house.local, "call-0000", "me")
    people.add_callback(house.local, "a1", MONDAY, "Bellen over 06 12345678", call_id="call-0000")
    assert house.sync().wrote == {"notes": 1, "marks": 1, "callbacks": 1}
    assert house.sync().wrote == house.sync().came == {}
    ((author, text),) = told(house.greet, "a1.call-0000")
    assert author == "a1"
    assert text.startswith("[2.0 s] + Mevrouw")
    assert "Jansen" not in text
    assert "6524" not in text
    assert [row.good_example for row in list_calls(house.greet).rows] == [False, True]
    (promise,) = people.open_callbacks(house.els)
    assert (promise.agent, promise.text) == ("a1", "Bellen over 06 12345678")
    for other in (house.finn, house.hugo):
        assert told(other, "a1.call-0000") == []
    assert people.open_callbacks(house.finn) == []


def test_a_note_at_a_call_that_goes_on_waits_for_it(house: House) -> None:
    log = call("late")
    house.local.append("late", 0, without_end(log))
    people.add_note(house.local, "late", "me", "Nog bezig.")
    assert house.sync().wrote == {}
    house.local.append("late", 0, log)
    assert house.sync().wrote == {"notes": 1}


def test_what_the_team_removed_is_not_sent_again(house: House) -> None:
    people.add_note(house.local, "call-0000", "me", "Weg ermee.")
    house.sync()
    with house.els.writing() as connection:
        connection.execute(delete(t.notes))
    assert house.sync().wrote == {}


# ---- what a lead wrote ---------------------------------------------------------------------------


@pytest.mark.parametrize("policy", [LEAST, ALL])
def test_a_leads_note_and_mark_come_back_and_are_read_with_the_call(
    house: House, policy: SyncPolicy
) -> None:
    house.sync(policy)
    people.add_note(house.greet, "a1.call-0001", "greet", "[4.0 s] + Mooi dat u dit benoemt.")
    people.mark_good_example(house.greet, "a1.call-0001", "greet")
    assert house.sync(policy).came == {"notes": 1, "marks": 1}
    assert house.sync(policy).came == house.sync(policy).wrote == {}
    assert told(house.local, "call-0001") == [("greet", "[4.0 s] + Mooi dat u dit benoemt.")]
    row = one_call(house.local, "call-0001")
    assert row is not None
    assert row.good_example


def test_what_the_agent_removed_here_does_not_return(house: House) -> None:
    house.sync()
    people.add_note(house.greet, "a1.call-0001", "greet", "Hallo.")
    house.sync()
    with house.local.writing() as connection:
        connection.execute(delete(t.notes))
    assert house.sync().came == {}
    house.local.remove(["call-0001"])
    people.add_note(house.greet, "a1.call-0001", "greet", "Nog eens.")
    assert house.sync().came == {}


def test_a_mark_goes_when_its_maker_takes_it_away(house: House) -> None:
    people.mark_good_example(house.local, "call-0000", "me")
    house.sync()
    people.mark_good_example(house.greet, "a1.call-0001", "greet")
    house.sync()
    people.mark_good_example(house.local, "call-0000", "me", marked=False)
    people.mark_good_example(house.greet, "a1.call-0001", "greet", marked=False)
    house.sync()
    for store in (house.local, house.els):
        assert [row.good_example for row in list_calls(store).rows] == [False, False]


# ---- incidents -----------------------------------------------------------------------------------


def submit(house: House, agent: str, call_id: str | None = None) -> None:
    text = "“Ik weet je te vinden, Jansen”, zei meneer Jansen van 6524 KL 12."
    about = {"severity": "threat", "kind": "threat", "text": text, "cause": "billing"}
    people.submit_incident(house.local, submitted_by=agent, call_id=call_id, at=MONDAY, **about)


def test_what_the_agent_submitted_goes_to_the_lead_of_the_team(house: House) -> None:
    submit(house, "a1", "call-0000")
    submit(house, "somebody else")
    assert house.sync(LEAST).wrote == {"incidents": 1}
    assert house.sync(LEAST).wrote == {}
    (seen,) = people.incidents(house.greet)
    assert (seen.submitted_by, seen.team, seen.call_id) == ("a1", "blue", "a1.call-0000")
    assert (seen.at, seen.severity, seen.cause) == (MONDAY, "threat", "billing")
    assert "6524" not in seen.text
    assert people.incidents(house.hugo) == people.incidents(house.finn) == []


def test_an_incident_of_a_call_that_is_not_sent_stands_by_itself(house: House) -> None:
    house.sync(LEAST)
    submit(house, "a1", "call-0000")
    with house.els.writing() as connection:
        connection.execute(delete(t.calls))
    house.local.remove(["call-0000"])  # the call went; the report stays
    assert house.sync(LEAST).wrote == {"incidents": 1}
    (seen,) = people.incidents(house.greet)
    assert seen.call_id is None


def test_an_incident_waits_a_day_for_a_call_that_goes_on_and_no_longer(house: House) -> None:
    house.local.append("killed", 0, without_end(call("killed", began=MONDAY)))
    submit(house, "a1", "killed")
    house.local.clock = lambda: MONDAY + timedelta(hours=1)
    assert house.sync(LEAST).wrote == {}
    house.local.clock = lambda: MONDAY + timedelta(hours=25)
    assert house.sync(LEAST).wrote == {"incidents": 1}
    (seen,) = people.incidents(house.greet)
    assert seen.call_id is None


# ---- call-backs ----------------------------------------------------------------------------------


def test_a_promise_kept_on_one_machine_is_kept_on_the_other(house: House, tmp_path: Path) -> None:
    people.add_callback(house.local, "a1", MONDAY, "Bellen")
    people.add_callback(house.local, "a1", MONDAY + timedelta(days=1), "Mailen")
    house.sync()
    with closing(Store.open(tmp_path / "other.db", keys=new_keys())) as other:
        assert sync(other, house.els, ALL).came == {"callbacks": 2}
        people.callback_done(other, people.open_callbacks(other)[0].id)
        sync(other, house.els, ALL)
        house.sync()
        assert [one.text for one in people.open_callbacks(house.local)] == ["Mailen"]
        people.callback_done(house.local, people.open_callbacks(house.local)[0].id)
        house.sync()
        sync(other, house.els, ALL)
        assert people.open_callbacks(other) == []


# ---- cut off -------------------------------------------------------------------------------------


def test_what_was_cut_off_is_done_again_and_nothing_is_there_twice(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coach.store import exchange

    for _ in range(2):
        people.add_note(house.local, "call-0000", "me", "Twee keer.")
    people.mark_good_example(house.local, "call-0000", "me")
    submit(house, "a1")
    known = exchange._note

    def cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    for _ in range(4):  # killed after the row went, before that was remembered
        monkeypatch.setattr(exchange, "_note", cut)
        with pytest.raises(KeyboardInterrupt):
            house.sync()
        monkeypatch.setattr(exchange, "_note", known)
    house.sync()
    people.mark_good_example(house.local, "call-0000", "me", marked=False)
    house.sync()
    assert [row.good_example for row in list_calls(house.els).rows] == [False, False]
    assert len(told(house.els, "a1.call-0000")) == 2
    assert len(people.incidents(house.els)) == 1
