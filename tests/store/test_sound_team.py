"""Sound in the team's database: it goes only by policy, and PostgreSQL says who may hear it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import text

from coach.core.hush import audible
from coach.errors import UserError
from coach.hearing import kept_recordings
from coach.store import sounding
from coach.store.crypto import new_key
from coach.store.database import Store
from coach.store.people import access_log, open_call
from coach.store.queries import one_call
from coach.store.recordings import (
    ask_to_hear,
    drop_recording,
    keep_recording,
    read_recording,
    recording_of,
)
from coach.store.spoolfile import read_records
from coach.store.sync import SyncPolicy, sync
from tests.store.calls import call
from tests.store.logins import As, move_in
from tests.store.postgres import Server

KEY = new_key()
PIECES = [b"one", b"two" * 50_000]
WITH_SOUND = SyncPolicy(audio=True, shared=True)
LOGINS = {
    "ilse": {"role": "agent", "agent": "a1", "team": "blue"},
    "jef": {"role": "agent", "agent": "b1", "team": "blue"},
    "koen": {"role": "lead", "team": "blue"},
    "lotte": {"role": "lead", "team": "red"},
    "mia": {"role": "coach"},
    "noor": {"role": "auditor"},
}


@pytest.fixture(scope="module")
def house(server: Server, template: str) -> str:
    """A team's database."""
    name = server.new_database(template)
    move_in(server, name, LOGINS)
    return name


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Store]:
    """The record of agent a1, empty."""
    with closing(Store.open(tmp_path / "calls.db")) as store:
        yield store


def recorded_call(local: Store, name: str) -> str:
    """A call with sound on the agent's machine; its name at the team's."""
    local.append(name, 0, call(name))
    keep_recording(local, KEY, name, PIECES)
    return f"a1.{name}"


def heard(store: Store, call_id: str) -> list[bytes]:
    return list(read_recording(store, None, call_id))


def test_sound_goes_only_where_the_policy_lets_it_and_never_without_words(
    local: Store, log_in: As
) -> None:
    ilse = log_in("ilse")
    for name, policy in (
        ("silent", SyncPolicy(shared=True)),
        ("wordless", SyncPolicy(audio=True, transcript=False, shared=True)),
    ):
        there = recorded_call(local, name)
        assert sync(local, ilse, policy, KEY).sent == 1
        assert heard(ilse, there) == []
        assert recording_of(ilse, there) is None
    there = recorded_call(local, "loud")
    assert sync(local, ilse, WITH_SOUND, KEY).sent == 1
    assert heard(ilse, there) == PIECES
    assert sync(local, ilse, WITH_SOUND, KEY).sent == 0
    row = one_call(ilse, there)
    assert row is not None
    assert row.has_audio
    keep_recording(ilse, None, there, [b"sent again"])
    assert heard(ilse, there) == PIECES


def test_a_lead_hears_a_shared_call_once_that_is_written_down(local: Store, log_in: As) -> None:
    ilse, koen = log_in("ilse"), log_in("koen")
    shared, own = recorded_call(local, "shared"), recorded_call(local, "own")
    sync(local, ilse, WITH_SOUND, KEY)
    with ilse.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE register SET shared = false WHERE call_id = 'a1.own'",
        )
    assert ilse.rebuild("a1.own") == 1
    assert heard(koen, shared) == []
    ask_to_hear(koen, shared, "koen", "lead")
    assert heard(koen, shared) == PIECES
    assert [(o.who, o.what, o.call_id) for o in access_log(ilse)] == [("koen", "sound", shared)]
    assert [o.what for o in access_log(log_in("noor"))] == ["sound"]
    for login, call_id in (("koen", own), ("lotte", shared)):
        store = log_in(login)
        ask_to_hear(store, call_id, login, "lead")
        assert heard(store, call_id) == []
    path = recording_of(koen, shared)
    assert path is not None
    with pytest.raises(UserError):
        kept_recordings(log_in("lotte"), None, who="lotte", role="lead")(path, True)


def test_opening_the_log_of_a_call_does_not_open_its_sound(local: Store, log_in: As) -> None:
    there = recorded_call(local, "read")
    sync(local, log_in("ilse"), WITH_SOUND, KEY)
    koen = log_in("koen")
    assert audible(open_call(koen, there, "koen", "lead")).anything
    assert heard(koen, there) == []


def test_hearing_a_call_does_not_open_its_log(local: Store, log_in: As) -> None:
    there = recorded_call(local, "listened")
    sync(local, log_in("ilse"), WITH_SOUND, KEY)
    koen = log_in("koen")
    ask_to_hear(koen, there, "koen", "lead")
    assert heard(koen, there) == PIECES
    assert koen.events(there) == []


def test_a_recording_that_is_gone_holds_up_no_call(local: Store, log_in: As) -> None:
    ilse = log_in("ilse")
    gone, there = recorded_call(local, "gone"), recorded_call(local, "there")
    path = recording_of(local, "gone")
    assert path is not None
    path.unlink()
    done = sync(local, ilse, WITH_SOUND, KEY)
    assert (done.sent, [call_id for call_id, _ in done.refused]) == (2, ["gone"])
    assert one_call(ilse, gone) is not None
    assert heard(ilse, there) == PIECES


def test_sound_that_is_made_after_its_call_went_goes_once(local: Store, log_in: As) -> None:
    ilse = log_in("ilse")
    local.append("slow", 0, call("slow"))
    assert sync(local, ilse, WITH_SOUND, KEY).sent == 1
    assert recording_of(ilse, "a1.slow") is None
    keep_recording(local, KEY, "slow", PIECES)
    assert sync(local, ilse, SyncPolicy(shared=True), KEY).sounds == 0
    assert heard(ilse, "a1.slow") == []
    assert sync(local, ilse, WITH_SOUND, None).sounds == 0  # nobody has the key: it waits
    done = sync(local, ilse, WITH_SOUND, KEY)
    assert (done.sent, done.sounds, done.refused) == (0, 1, ())
    assert heard(ilse, "a1.slow") == PIECES
    assert sync(local, ilse, WITH_SOUND, KEY).sounds == 0


def test_sound_of_a_call_that_went_under_a_stricter_policy_stays_here(
    local: Store, log_in: As
) -> None:
    ilse = log_in("ilse")
    for name, policy in (
        ("unheard", SyncPolicy(shared=True)),
        ("unread", SyncPolicy(audio=True, transcript=False, shared=True)),
    ):
        local.append(name, 0, call(name))
        assert sync(local, ilse, policy, KEY).sent == 1
        keep_recording(local, KEY, name, PIECES)
    assert sync(local, ilse, WITH_SOUND, KEY).sounds == 0
    assert heard(ilse, "a1.unheard") == heard(ilse, "a1.unread") == []


def test_sound_that_the_team_removed_does_not_return(
    local: Store, log_in: As, server: Server, house: str
) -> None:
    ilse = log_in("ilse")
    there = recorded_call(local, "removed")
    assert sync(local, ilse, WITH_SOUND, KEY).sounds == 1
    with closing(Store.open(server.url(house))) as owner:
        drop_recording(owner, there)
    assert sync(local, ilse, WITH_SOUND, KEY).sounds == 0
    assert heard(ilse, there) == []


def test_sound_of_a_call_that_the_team_removed_stays_here(
    local: Store, log_in: As, server: Server, house: str
) -> None:
    ilse = log_in("ilse")
    local.append("erased", 0, call("erased"))
    sync(local, ilse, WITH_SOUND, KEY)
    with closing(Store.open(server.url(house))) as owner:
        assert owner.remove(["a1.erased"]) == 1
    keep_recording(local, KEY, "erased", PIECES)
    done = sync(local, ilse, WITH_SOUND, KEY)
    assert (done.sounds, done.refused) == (0, ())


def test_sound_that_was_cut_off_on_its_way_is_sent_again(
    local: Store, log_in: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    ilse = log_in("ilse")
    there = recorded_call(local, "cut")
    known = sounding._remember

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sounding, "_remember", cut)
    with pytest.raises(KeyboardInterrupt):
        sync(local, ilse, WITH_SOUND, KEY)
    monkeypatch.setattr(sounding, "_remember", known)
    assert sync(local, ilse, WITH_SOUND, KEY).sounds == 1
    assert heard(ilse, there) == PIECES


def test_a_damaged_recording_is_told_once_and_one_in_use_is_tried_again(
    local: Store, log_in: As
) -> None:
    ilse = log_in("ilse")
    for name in ("damaged", "busy"):
        recorded_call(local, name)
    damaged, busy = recording_of(local, "damaged"), recording_of(local, "busy")
    assert damaged is not None
    assert busy is not None
    damaged.write_bytes(damaged.read_bytes()[:-1])
    with closing(read_records(busy, KEY)) as records:
        next(records)
        done = sync(local, ilse, WITH_SOUND, KEY)
    assert [call_id for call_id, _ in done.refused] == ["damaged", "busy"]
    done = sync(local, ilse, WITH_SOUND, KEY)
    assert (done.sounds, done.refused) == (1, ())


FORBIDDEN = {
    "ilse": [
        "DELETE FROM sounds",
        "UPDATE sounds SET content = ''",
        "INSERT INTO sounds VALUES ('b1.x', 0, '')",
    ],
    "koen": ["TABLE sounds", "INSERT INTO sounds VALUES ('a1.x', 0, '')"],
    "mia": ["TABLE sounds"],
    "noor": ["TABLE sounds"],
}


@pytest.mark.parametrize("login", FORBIDDEN)
def test_what_is_not_given_is_refused(server: Server, house: str, login: str) -> None:
    url = server.url(house, login) + "&sslmode=verify-full"
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in FORBIDDEN[login]:
            with pytest.raises((errors.InsufficientPrivilege, errors.ForeignKeyViolation)):
                connection.execute(statement)  # type: ignore[call-overload]


def test_nobody_else_sees_or_hears_anything(local: Store, log_in: As) -> None:
    there = recorded_call(local, "mine")
    sync(local, log_in("ilse"), WITH_SOUND, KEY)
    assert heard(log_in("jef"), there) == []
    for login in ("jef", "mia", "noor", "lotte"):
        store = log_in(login)
        with store.writing() as connection:
            assert not connection.scalar(text("SELECT coach_ask_sound(:call)"), {"call": there})
        with store.reading() as connection:
            asked = text("SELECT * FROM coach_hear(:call)")
            assert connection.execute(asked, {"call": there}).all() == []
