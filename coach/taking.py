"""Analysed recordings into the record of this machine, where somebody asks for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from coach import paths
from coach.causes.named import cause_ids
from coach.core.redaction import redact_events
from coach.phrases import say
from coach.privacy import audio_lacks, keeps_audio, why_no_audio
from coach.runtime.ports import Block
from coach.settings import Settings
from coach.store.calllog import call_of, read_log
from coach.store.database import Origin
from coach.store.home import Record, open_record
from coach.store.projections import storable
from coach.store.recordings import DRAFTS, recording_of
from coach.store.sync import without_words

if TYPE_CHECKING:
    from coach.recorder import Tape


class Taking:
    """Takes one call after another: `tap` before it is analysed, then `take` or `drop`.

    `told`: why there is no sound although it is to be kept. Without a record it does nothing.
    """

    def __init__(
        self, record: Record | None, settings: Settings, told: Callable[[str], None]
    ) -> None:
        self._record, self._settings, self._told = record, settings, told
        self._tape: Tape | None = None

    def tap(self, name: str) -> Callable[[Block], None]:
        """Where the blocks of the call go, to be recorded. Raises nothing."""
        if self._record is None or not keeps_audio(self._settings):
            return _not_recorded
        from coach.recorder import Tape

        try:
            folder, key = self._record.folder / DRAFTS, self._record.keys.audio
            self._tape = Tape(folder, key, storable(name))
        except OSError as why:
            self._give_up(why)
        return self._hear

    def take(self, log: Path) -> str:
        """Put the call into the record; what to say of it. Raises `CoachError`."""
        if self._record is None:
            return ""
        store, events = self._record.store(), redact_events(read_log(log))
        call_id = storable(call_of(log))
        origin = Origin(agent=self._settings.agent or None, causes=cause_ids(events))
        words = self._settings.keep_transcript
        store.append_whole(call_id, events if words else list(without_words(events)), origin)
        if self._tape is not None:
            from coach.recorder import settle

            tape, self._tape = self._tape, None
            try:
                tape.close()
                settle(store, self._record.folder / DRAFTS, self._record.keys.audio)
            except OSError as why:
                self._give_up(why)
        there = recording_of(store, call_id) is not None
        return say("sound.taken" if there else "sound.taken_silent", call=call_id)

    def drop(self) -> None:
        """The call is not to be taken; what was recorded of it goes."""
        tape, self._tape = self._tape, None
        if tape is not None:
            tape.discard()

    def _hear(self, block: Block) -> None:
        if self._tape is not None:
            try:
                self._tape.hear(block)
            except OSError as why:
                self._give_up(why)

    def _give_up(self, why: OSError) -> None:
        """The analysis goes on without the sound."""
        self.drop()
        self._told(say("sound.not_kept", why=say("sound.disk", why=why.strerror or why)))


@contextmanager
def taking(settings: Settings, *, wanted: bool, told: Callable[[str], None]) -> Iterator[Taking]:
    """The record of this machine, open for analysed calls. Raises `CoachError`."""
    if not wanted:
        yield Taking(None, settings, told)
        return
    if settings.keep_audio and (lacks := audio_lacks(settings)):
        told(say("sound.not_kept", why=why_no_audio(lacks)))
    record = open_record(
        paths.record_folder(),
        file_keys=settings.key_store == "file",
        words=settings.keep_transcript,
        causes=cause_ids,
    )
    taken = Taking(record, settings, told)
    try:
        yield taken
    finally:
        taken.drop()
        record.close()


def _not_recorded(_: Block) -> None:
    """No sound is kept."""
