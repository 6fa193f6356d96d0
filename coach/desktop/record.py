"""What the desktop program has of the record: its calls, what was promised, what is reported."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from coach.archive import StoreArchive
from coach.hearing import kept_recordings
from coach.own_record import OwnRecord
from coach.store.database import Store
from ui.archive import Archive
from ui.replay_sound import OpenSound


@dataclass(frozen=True, kw_only=True, slots=True)
class Calls:
    """Calls for the list, the replay and the dashboard; `open_sound` `None`: they are silent."""

    archive: Archive
    open_sound: OpenSound | None = None


@contextmanager
def calls_of_team(place: str, who: str) -> Iterator[Calls]:
    """The team's database, as far as this login may see and hear it. Raises `CoachError`.

    Who looks, in which role, is what the database says; `who` is for a database that knows nobody.
    """
    with closing(Store.open(place)) as store:
        me = store.member
        name, role = me.agent or me.login or who, me.role or "lead"
        yield Calls(
            archive=StoreArchive(store, who=name, role=role),
            open_sound=kept_recordings(store, None, who=name, role=role),
        )


class Kept(OwnRecord):
    """The record of this machine with its calls and their sound. Raises `CoachError`."""

    def calls(self) -> Calls:
        """The calls with their sound."""
        return Calls(archive=self.archive(), open_sound=self.open_sound)

    def archive(self) -> StoreArchive:
        """The calls, for the list, the replay and the dashboard."""
        return StoreArchive(self._record.store(), who=self.agent, role=self.settings.role)

    @property
    def open_sound(self) -> OpenSound:
        """Opens the recordings that were kept, if the organisation keeps any."""
        return kept_recordings(
            self._record.store(),
            self._record.keys.audio,
            who=self.agent,
            role=self.settings.role,
        )
