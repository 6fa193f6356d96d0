"""Sound of a call at rest: sealed like the spool, a piece at a time, with a mark at its end."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import select

from coach.store import tables as t
from coach.store.crypto import Unreadable
from coach.store.database import Store
from coach.store.spoolfile import SpoolFile, read_records

SUFFIX = ".sound"


def keep_recording(store: Store, key: bytes, call_id: str, pieces: Iterable[bytes]) -> Path:
    """Seal the sound of a call beside the database; half of it is never kept.

    `key` is `Keys.audio`. Whether sound may be kept at all is the organisation's choice: the
    product keeps none by itself.
    """
    folder = Path(store.place).parent
    number = 0
    while (path := folder / f"{number}{SUFFIX}").exists():
        number += 1
    file = SpoolFile(path, key)
    try:
        for piece in pieces:
            if piece:
                file.add(piece)
        file.add(b"")  # an end that was written is not one where a process was killed
        file.settle()
        store.change(call_id, audio=path.name)
    except BaseException:
        file.discard()
        raise
    file.close()
    return path


def read_recording(path: Path, key: bytes) -> Iterator[bytes]:
    """The sound as it was kept. Raises `Unreadable` if a bit of it, or its end, is missing."""
    ended = False
    for piece in read_records(path, key):
        ended = not piece
        if piece:
            yield piece
    if not ended:
        raise Unreadable("cut off")


def recording_of(store: Store, call_id: str) -> Path | None:
    """Where the sealed sound of a call is; `None`: none was kept."""
    asked = select(t.register.c.audio).where(t.register.c.call_id == call_id)
    with store.reading() as connection:
        name = connection.execute(asked).scalar_one_or_none()
    return None if name is None else Path(store.place).parent / Path(name).name
