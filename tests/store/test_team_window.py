"""A team's database in the window: what a lead, an agent and a coach can do with it there."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from audio.pieces import pack
from coach.core.redaction import redact_events
from coach.core.units import RATE, from_seconds
from coach.desktop.record import calls_of_team
from coach.errors import UserError
from coach.store.crypto import new_key
from coach.store.database import Store
from coach.store.people import access_log
from coach.store.recordings import keep_recording
from coach.store.sync import SyncPolicy, sync
from tests.store.calls import call
from tests.store.logins import move_in
from tests.store.postgres import Server
from ui.archive import EVERY_CALL, CallQuery

KEY = new_key()
LOGINS = {
    "wilma": {"role": "agent", "agent": "a1", "team": "blue"},
    "xander": {"role": "lead", "team": "blue"},
    "yara": {"role": "coach"},
}
THERE = "a1.shared"
"""The call at the team's, named after its agent."""


@pytest.fixture(scope="module")
def team(server: Server, template: str) -> Callable[..., str]:
    """The address of a team's database, for a login or for its owner."""
    name = server.new_database(template)
    move_in(server, name, LOGINS)
    return lambda *login: server.url(name, *login)


def send_a_call(there: str, tmp_path: Path) -> None:
    """An agent's shared call with its sound goes to the team."""
    with closing(Store.open(tmp_path / "calls.db")) as own, closing(Store.open(there)) as sent:
        own.append("shared", 0, redact_events(call("shared")))
        keep_recording(own, KEY, "shared", [pack(np.full((RATE, 2), 3_000, np.int16))])
        assert sync(own, sent, SyncPolicy(audio=True, shared=True), KEY).sent == 1


def test_a_lead_finds_replays_hears_and_annotates_a_shared_call(
    team: Callable[..., str], tmp_path: Path
) -> None:
    send_a_call(team("wilma"), tmp_path)
    with calls_of_team(team("xander"), "?") as calls:
        record = calls.archive
        assert record.choices().sees_calls
        assert record.count(EVERY_CALL) == 1
        (entry,) = record.page(EVERY_CALL, 0, 10)
        opened = record.open_call(entry.call_id)
        assert (entry.call_id, bool(opened.events)) == (THERE, True)
        assert [one.who for one in opened.accesses] == ["xander (lead)"]
        assert opened.sound is not None
        assert calls.open_sound is not None
        assert calls.open_sound(opened.sound, True).peaks().agent.all()
        note = record.add_note(THERE, from_seconds(2), "rustig gebleven", went_well=True)
        record.mark_good_example(THERE, True)
        assert record.open_call(THERE).notes == (note,)
        assert record.count(CallQuery(good_example=True)) == 1
    with calls_of_team(team("wilma"), "?") as calls:
        own = calls.archive.open_call(THERE)
        assert own.notes == (note,)
        assert [one.who for one in own.accesses].count("xander (lead)") == 2
    with closing(Store.open(team())) as whole:  # the agent looked in on nobody
        looked = sorted((one.who, one.role, one.what) for one in access_log(whole))
    assert looked == [("xander", "lead", "call")] * 2 + [("xander", "lead", "sound")]


def test_a_coach_is_told_why_there_are_no_calls(team: Callable[..., str]) -> None:
    with calls_of_team(team("yara"), "?") as calls:
        assert not calls.archive.choices().sees_calls
        with pytest.raises(UserError):
            calls.archive.open_call(THERE)
