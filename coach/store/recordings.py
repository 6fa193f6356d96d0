"""Sound of calls at rest. A draft while the call goes on; what may be kept of it beside the record.

A *draft* is a sealed file that grows a piece at a time, with everything that was heard: it is never
the recording, and goes as soon as that is made. A *recording* is sealed too, with a mark at its
end; on a server it is rows of a table, under the same rules as the call they belong to.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, unquote

from sqlalchemy import delete, insert, select, text

from coach.store import tables as t
from coach.store.crypto import Unreadable
from coach.store.database import Store
from coach.store.people import log_access
from coach.store.queries import one_call
from coach.store.spoolfile import UNFINISHED, SpoolFile, in_use, read_records

SUFFIX, DRAFT = ".sound", ".draft"
DRAFTS = "sound"
"""The folder of drafts, beside the database."""
TABLE = "sounds"
"""Stands in the register where the sound is in the table of that name."""
_LONGEST_NAME = 120


# ---- while a call goes on ------------------------------------------------------------------------


class Draft:
    """Takes pieces of a call's sound. Everything may raise `OSError`."""

    def __init__(self, folder: Path, key: bytes, call_id: str) -> None:
        name = _name(call_id)
        path, number = folder / f"{name}{DRAFT}", 1
        while path.exists():
            number += 1
            path = folder / f"{name}~{number}{DRAFT}"
        self._file = SpoolFile(path, key)
        try:
            self._file.add(call_id.encode("utf-8", "surrogatepass"))
        except OSError:
            self._file.discard()
            raise

    def add(self, pieces: Iterable[bytes]) -> None:
        """Seal these, and have the disk take them."""
        for piece in pieces:
            self._file.add(piece)
        self._file.settle()

    def close(self) -> None:
        """There is no more."""
        self._file.close()

    def discard(self) -> None:
        """Nothing of it is to be kept."""
        self._file.discard()


def drafts(folder: Path) -> list[Path]:
    """The drafts that are there."""
    return sorted(folder.glob(f"*{DRAFT}")) if folder.is_dir() else []


@contextmanager
def opened_draft(path: Path, key: bytes) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The call of a draft and its pieces, up to the last whole one; nobody else has it meanwhile.

    Raises `InUse` while the call goes on, `OSError` if it is gone, `Unreadable` under another key.
    """
    with closing(read_records(path, key)) as records:
        call_id = next(records, b"").decode("utf-8", "surrogatepass")
        yield call_id, _readable(records)


def _readable(records: Iterator[bytes]) -> Iterator[bytes]:
    with suppress(Unreadable):  # what a power cut left behind the last whole piece
        yield from records


def purge_drafts(folder: Path, before: datetime) -> int:
    """Remove drafts that nothing was added to since `before`; returns how many."""
    gone = 0
    for path in drafts(folder):
        with suppress(OSError):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before and not in_use(path):
                path.unlink()
                gone += 1
    return gone


def drop_drafts(folder: Path, call_ids: Iterable[str]) -> int:
    """Remove the drafts of calls; returns how many there were."""
    names, gone = {_name(call_id) for call_id in call_ids}, 0
    for path in drafts(folder):
        if path.name.removesuffix(DRAFT).partition("~")[0] in names and not in_use(path):
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _name(call_id: str) -> str:
    return quote(call_id, safe=" ", errors="replace").replace("~", "%7E")[:_LONGEST_NAME]


# ---- kept ----------------------------------------------------------------------------------------


def keep_recording(store: Store, key: bytes | None, call_id: str, pieces: Iterable[bytes]) -> None:
    """Keep the sound of a call that is in the record; half of it is never kept.

    `key` is `Keys.audio`; a server needs none. Whether sound may be kept, and which of it, has been
    settled before (`coach.privacy.keeps_audio`, `coach.core.hush`).
    """
    if _on_server(store):
        _keep_rows(store, call_id, pieces)
    elif key is not None:
        _keep_file(store, key, call_id, pieces)


def read_recording(store: Store, key: bytes | None, call_id: str) -> Iterator[bytes]:
    """The pieces as they were kept; none if none were, or this login may not hear them.

    Raises `Unreadable` if a bit of a file, or its end, is missing.
    """
    if _on_server(store):
        yield from _rows(store, call_id)
    elif key is not None and (path := recording_of(store, call_id)) is not None:
        yield from read_sealed(path, key)


def recording_of(store: Store, call_id: str) -> Path | None:
    """Where the sound of a call is; `None`: none was kept. On a server the path is only a name."""
    asked = select(t.calls.c.has_audio, t.register.c.audio).join_from(t.register, t.calls)
    if _on_server(store):  # a lead does not see the register
        asked = select(t.calls.c.has_audio, t.calls.c.call_id)
    with store.reading() as connection:
        found = connection.execute(asked.where(t.calls.c.call_id == call_id)).first()
    if found is None or not found[0]:
        return None
    if _on_server(store):
        return Path(TABLE) / quote(call_id, safe="")
    return Path(store.place).parent / Path(found[1]).name


def call_of(store: Store, path: Path) -> str:
    """The call to which a path of `recording_of` belongs; empty: to none."""
    if _on_server(store):
        return unquote(path.name)
    asked = select(t.register.c.call_id).where(t.register.c.audio == path.name)
    with store.reading() as connection:
        return connection.execute(asked).scalar() or ""


def recorded(store: Store, call_ids: Iterable[str]) -> list[str]:
    """Those of the calls whose sound was kept."""
    c = t.calls.c
    asked = select(c.call_id).where(c.has_audio, c.call_id.in_(list(call_ids))).order_by(c.number)
    with store.reading() as connection:
        return list(connection.scalars(asked))


def ask_to_hear(store: Store, call_id: str, who: str, role: str) -> None:
    """Write down that somebody other than its agent listens to a call, before it is heard.

    On a server the database writes it down, and gives a lead no sound before it stands there.
    """
    if store.member.role == "lead":
        with store.writing() as connection:
            connection.execute(text("SELECT coach_ask_sound(:call)"), {"call": call_id})
        return
    row = one_call(store, call_id) if store.member.role is None else None
    if row is not None and (role != "agent" or row.agent != who):
        log_access(store, call_id, who, role, agent=row.agent, what="sound")


def sealed_sound(folder: Path) -> list[Path]:
    """Every recording and every draft of the record in `folder`."""
    return [*sorted(folder.glob(f"*{SUFFIX}")), *drafts(folder / DRAFTS)]


def drop_unfinished(folder: Path) -> None:
    """Remove what a killed process had not put in its place yet (`spoolfile.reseal`)."""
    for place in (folder, folder / DRAFTS):
        for kind in (SUFFIX, DRAFT):
            for path in place.glob(f"*{kind}.*{UNFINISHED}"):
                with suppress(OSError):
                    if not in_use(path):
                        path.unlink()


def drop_recording(store: Store, call_id: str) -> None:
    """Remove the sound of a call, for good, and say so in the record."""
    if _on_server(store):
        with store.writing() as connection:
            connection.execute(delete(t.sounds).where(t.sounds.c.call_id == call_id))
    elif (path := recording_of(store, call_id)) is not None:
        path.unlink(missing_ok=True)
    store.change(call_id, audio=None)


def sweep(store: Store) -> int:
    """Remove recordings that no call owns: their making was cut off; returns how many."""
    if _on_server(store):
        return 0
    asked = select(t.register.c.audio).where(t.register.c.audio.is_not(None))
    folder, gone = Path(store.place).parent, 0
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        with suppress(OSError):
            if in_use(path):
                continue
            with store.reading() as connection:
                owned = set(connection.scalars(asked))
            if path.name not in owned:
                path.unlink()
                gone += 1
    return gone


# ---- in files ------------------------------------------------------------------------------------


def _keep_file(store: Store, key: bytes, call_id: str, pieces: Iterable[bytes]) -> None:
    file = _fresh(Path(store.place).parent, key)
    try:
        for piece in pieces:
            file.add(piece)
        file.add(b"")  # an end that was written is not one where a process was killed
        file.settle()
        store.change(call_id, audio=file.path.name)
    except BaseException:
        file.discard()
        raise
    file.close()


def _fresh(folder: Path, key: bytes) -> SpoolFile:
    number = 0
    while True:
        with suppress(FileExistsError):
            return SpoolFile(folder / f"{number}{SUFFIX}", key)
        number += 1


def read_sealed(path: Path, key: bytes) -> Iterator[bytes]:
    """The pieces of a file. Raises `Unreadable` if a bit of it, or its end, is missing."""
    ended = False
    for piece in read_records(path, key):
        ended = not piece
        if piece:
            yield piece
    if not ended:
        raise Unreadable("cut off")


# ---- on a server ---------------------------------------------------------------------------------


def _on_server(store: Store) -> bool:
    return store.dialect != "sqlite"


def _keep_rows(store: Store, call_id: str, pieces: Iterable[bytes]) -> None:
    there = select(t.sounds.c.number).where(t.sounds.c.call_id == call_id).limit(1)
    with store.writing() as connection:
        if connection.execute(there).first() is None:  # else it was sent before, and cut off here
            for number, piece in enumerate(pieces):
                row = {"call_id": call_id, "number": number, "content": piece}
                connection.execute(insert(t.sounds), row)
    store.change(call_id, audio=TABLE)


def _rows(store: Store, call_id: str) -> Sequence[bytes]:
    asked = select(t.sounds.c.content).where(t.sounds.c.call_id == call_id)
    with store.reading() as connection:
        if store.member.role == "lead":
            heard = text("SELECT content FROM coach_hear(:call)")
            return [bytes(one) for one in connection.scalars(heard, {"call": call_id})]
        return [bytes(one) for one in connection.scalars(asked.order_by(t.sounds.c.number))]
