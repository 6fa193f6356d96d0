"""Recording a call, if the organisation keeps sound: a sealed draft while it goes on, and out of
that, once its words are in the record, what may be kept.

The call hands its blocks over and goes on. One thread does the rest: a full disk, or one that does
not keep up, ends the recording and says so.
"""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from queue import SimpleQueue

import numpy as np

from audio.pieces import NoPiece, Stereo, both, pack, quieted_pieces
from coach.core.hush import audible
from coach.core.units import RATE
from coach.errors import CoachError
from coach.logs import note_fault
from coach.phrases import say
from coach.runtime.ports import Block
from coach.store.crypto import Unreadable
from coach.store.database import Store
from coach.store.recordings import (
    Draft,
    drafts,
    drop_drafts,
    keep_recording,
    opened_draft,
    recording_of,
)
from coach.store.spoolfile import InUse

_MOST_WAITING = 1_200
"""Blocks that may wait for the disk: a minute of a live call, some 8 MB. More ends it."""
_PIECE = RATE
"""Samples in a piece of a draft: what a killed process loses at most."""


class Tape:
    """Writes the blocks of one call into a draft, a second at a time. May raise `OSError`."""

    def __init__(self, folder: Path, key: bytes, call_id: str) -> None:
        self._draft = Draft(folder, key, call_id)
        self._rest: list[Stereo] = []
        self._have = 0
        self._at = 0

    def hear(self, block: Block) -> None:
        """Take the next block; what is missing before it is silence."""
        sound = both(block)[max(0, self._at - block.start) :]
        pieces = [*self._silence(block.start - self._at), *self._filled(sound)]
        if pieces:
            self._draft.add(pieces)

    def close(self) -> None:
        """The call is over."""
        try:
            if self._have:
                self._draft.add([pack(np.concatenate(self._rest))])
        finally:
            self._draft.close()

    def discard(self) -> None:
        """Nothing of the call is to be kept."""
        self._draft.discard()

    def _silence(self, length: int) -> Iterator[bytes]:
        for start, end in pairwise([*range(0, length, _PIECE), max(0, length)]):
            yield from self._filled(np.zeros((end - start, 2), np.int16))

    def _filled(self, sound: Stereo) -> Iterator[bytes]:
        """The pieces that `sound` completes."""
        self._rest.append(sound)
        self._have += len(sound)
        self._at += len(sound)
        if self._have >= _PIECE:
            whole = np.concatenate(self._rest)
            count = len(whole) // _PIECE
            yield from (pack(whole[n * _PIECE : (n + 1) * _PIECE]) for n in range(count))
            self._rest = [whole[count * _PIECE :]]
            self._have = len(self._rest[0])


def settle(store: Store, folder: Path, key: bytes) -> int:
    """Make recordings out of the drafts whose calls are in the record; returns how many.

    May be cut off anywhere and done again. Raises `CoachError` for the database, `OSError` for the
    disk; the draft then waits.
    """
    return sum(_settle(store, path, key) for path in drafts(folder))


def _settle(store: Store, path: Path, key: bytes) -> bool:
    try:
        with opened_draft(path, key) as (call_id, pieces):
            events = store.events(call_id)
            if not events:
                return False  # it waits for its call
            may = audible(events)
            if may.anything and recording_of(store, call_id) is None:
                keep_recording(store, key, call_id, quieted_pieces(pieces, may))
        path.unlink(missing_ok=True)  # closed first: Windows takes no open file away
    except (InUse, FileNotFoundError, Unreadable):
        return False  # the call goes on, somebody else was first, or it is of another key
    except NoPiece as why:
        note_fault(why)
        return False  # it may not hold up the others; it goes when drafts are purged
    return may.anything


class Recorder:
    """The sound of live calls, one after another. Nothing here waits for the disk.

    `ended` is told, on another thread, why the recording of a call ends before the call does.
    """

    def __init__(
        self, store: Callable[[], Store], folder: Path, key: bytes, ended: Callable[[str], None]
    ) -> None:
        self._store, self._folder, self._key, self._ended = store, folder, key, ended
        self._work: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._tape: Tape | None = None
        self._call_id = ""
        self._lagging = False
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def begin(self, call_id: str) -> Callable[[Block], None]:
        """Where the blocks of the next call go."""
        self._lagging = False
        self._work.put(partial(self._begin, call_id))
        return self._hear

    def over(self) -> None:
        """There will be no more blocks of the call."""
        self._work.put(self._close)

    def discard(self) -> None:
        """The customer objects: nothing of the call is to be kept."""
        self._work.put(self._discard)

    def settle(self) -> None:
        """A call is in the record: make its recording."""
        self._work.put(self._settle)

    def close(self) -> None:
        """Finish what is to be done, and stop."""
        self._work.put(self._close)
        self._work.put(None)
        self._thread.join()

    def _hear(self, block: Block) -> None:
        if self._work.qsize() < _MOST_WAITING:
            if not self._lagging:
                self._work.put(partial(self._take, block))
        elif not self._lagging:
            self._lagging = True
            self._work.put(partial(self._give_up, say("sound.slow")))

    # ---- on the thread ----

    def _run(self) -> None:
        while (job := self._work.get()) is not None:
            try:
                job()
            except OSError as why:
                self._give_up(say("sound.disk", why=why.strerror or why))
            except CoachError as why:
                note_fault(why)

    def _begin(self, call_id: str) -> None:
        self._close()
        self._call_id = call_id
        self._tape = Tape(self._folder, self._key, call_id)

    def _take(self, block: Block) -> None:
        if self._tape is not None:
            self._tape.hear(block)

    def _give_up(self, why: str) -> None:
        """Keep what was written, and say that there is no more."""
        tape, self._tape = self._tape, None
        try:
            if tape is not None:
                tape.close()
        except OSError as fault:
            note_fault(fault)
        self._ended(why)

    def _close(self) -> None:
        tape, self._tape = self._tape, None
        if tape is not None:
            tape.close()
            self._settle()

    def _discard(self) -> None:
        tape, self._tape = self._tape, None
        if tape is not None:
            tape.discard()
        drop_drafts(self._folder, [self._call_id])  # its recording may have ended before it did

    def _settle(self) -> None:
        try:
            settle(self._store(), self._folder, self._key)
        except OSError as why:  # no recording for now: the draft waits, the call is not concerned
            note_fault(why)
