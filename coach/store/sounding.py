"""Recordings of this machine to the team's database, once the call they belong to is there.

A call's sound is often made after the call went: its draft waited, or the disk was full. Whether it
may go was decided with the call (`settled`): a policy that opens later opens nothing of before.
"""

from sqlalchemy import Connection, insert, select

from coach.store import tables as t
from coach.store.crypto import Unreadable
from coach.store.database import Store
from coach.store.recordings import keep_recording, read_recording


def settled(connection: Connection, call_id: str) -> None:
    """The sound of a call went, or never goes: within the transaction of `connection`."""
    uid = f"sound {call_id}"
    there = select(t.travelled.c.uid).where(t.travelled.c.uid == uid)
    if connection.execute(there).first() is None:
        connection.execute(insert(t.travelled), {"uid": uid, "came": False})


def send_sounds(
    local: Store, team: Store, agent: str, key: bytes
) -> tuple[int, list[tuple[str, str]]]:
    """Send recordings whose call the team has and that are not settled; may be cut off anywhere.

    `key` is `Keys.audio`. Returns how many went, and the calls whose recording did not, with why.
    One that is damaged or gone is told once; one that another process uses is tried again.
    """
    sent, refused = 0, []
    for call_id in _waiting(local):
        name = f"{agent}.{call_id}"
        if not team.next_seq(name):
            continue  # somebody else's, or taken away there
        try:
            keep_recording(team, None, name, read_recording(local, key, call_id))
            sent += 1
        except (Unreadable, FileNotFoundError) as why:
            refused.append((call_id, str(why)))
        except OSError as why:
            refused.append((call_id, str(why)))
            continue
        _remember(local, call_id)
    return sent, refused


def _waiting(local: Store) -> list[str]:
    """Calls that went, with a recording of which it is open whether it went."""
    r, gone = t.register.c, select(t.travelled.c.uid)
    asked = (
        select(r.call_id)
        .join(t.calls, t.calls.c.call_id == r.call_id)
        .where(t.calls.c.has_audio, r.synced > 0, ("sound " + r.call_id).not_in(gone))
        .order_by(r.number)
    )
    with local.reading() as connection:
        return list(connection.scalars(asked))


def _remember(local: Store, call_id: str) -> None:
    with local.writing() as connection:
        settled(connection, call_id)
