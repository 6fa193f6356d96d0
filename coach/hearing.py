"""Listening back: the kept sound of a call as the replay asks for it, out of the record.

Nothing of it is written to a disk in clear. Somebody other than the call's own agent is written
into the access log before a sound is heard.
"""

from collections.abc import Sequence
from pathlib import Path

from coach.errors import UserError
from coach.store.crypto import Unreadable
from coach.store.database import Store
from coach.store.recordings import ask_to_hear, call_of, read_recording
from ui.replay_sound import OpenSound, Peaks, Player


class KeptRecording:
    """A recording as the replay asks for it; the sound libraries are loaded with it."""

    def __init__(
        self, path: Path, agent_left: bool = True, pieces: Sequence[bytes] | None = None
    ) -> None:
        from audio.player import KeptSound

        self._sound = KeptSound(path, agent_left, pieces)

    def peaks(self) -> Peaks:
        """How loud each side was over time. Raises `UserError` for what is no recording."""
        loud = self._sound.peaks()
        return Peaks(per_s=loud.per_s, agent=loud.agent, customer=loud.customer)

    def player(self) -> Player:
        """A player for it. Raises `UserError` for what is no recording."""
        return self._sound.player()


def kept_recordings(store: Store, key: bytes | None, *, who: str, role: str) -> OpenSound:
    """Opens the recordings of a record, sealed under `key` (`Keys.audio`) where they are files."""

    def open_sound(path: Path, _: bool) -> KeptRecording:  # in the record the agent is always left
        call_id = call_of(store, path)
        ask_to_hear(store, call_id, who, role)
        try:
            pieces = tuple(read_recording(store, key, call_id))
        except (OSError, Unreadable) as why:
            raise UserError("replay.sealed", path=path) from why
        if not pieces:
            raise UserError("sound.gone", call=call_id)
        return KeptRecording(path, pieces=pieces)

    return open_sound
