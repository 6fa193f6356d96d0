"""Sound at rest: drafts that a killed process leaves readable, recordings that really go."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.commands import privacy
from coach.settings import Settings
from coach.store.crypto import Unreadable, new_key
from coach.store.database import Origin, Store
from coach.store.erasure import Subject, erase, export, find
from coach.store.people import access_log
from coach.store.queries import one_call
from coach.store.recordings import (
    DRAFTS,
    SUFFIX,
    Draft,
    ask_to_hear,
    call_of,
    drafts,
    drop_drafts,
    drop_recording,
    keep_recording,
    opened_draft,
    purge_drafts,
    read_recording,
    read_sealed,
    recorded,
    recording_of,
    sweep,
)
from coach.store.retention import Data, keeping, purge
from coach.store.spoolfile import InUse
from tests.store.calls import MONDAY, call

KEY = new_key()
PIECES = [b"zilverlepelaar " * 100, b"b" * 70_000, b"c"]
NL = keeping("nl", audio=True, transcript=True)


@pytest.fixture
def files(tmp_path: Path) -> Iterator[Store]:
    """A record in clear, so that its bytes can be searched; sound is sealed even so."""
    with closing(Store.open(tmp_path / "record" / "calls.db")) as store:
        store.clock = lambda: MONDAY
        yield store


def filled(store: Store, *names: str) -> None:
    for name in names:
        store.append(name, 0, call(name), Origin(agent="a1", team="blue"))


def heard(store: Store, call_id: str = "one", key: bytes = KEY) -> list[bytes]:
    return list(read_recording(store, key, call_id))


# ---- what every record keeps to ------------------------------------------------------------------


def test_a_recording_comes_back_as_it_was_kept(store: Store) -> None:
    filled(store, "one", "two/with ~ signs")
    assert heard(store) == []
    assert recording_of(store, "one") is None
    for name in ("one", "two/with ~ signs"):
        keep_recording(store, KEY, name, iter(PIECES))
        path = recording_of(store, name)
        assert path is not None
        assert call_of(store, path) == name
        assert heard(store, name) == PIECES
    row = one_call(store, "one")
    assert row is not None
    assert row.has_audio
    assert recorded(store, ["one", "two/with ~ signs", "none"]) == ["one", "two/with ~ signs"]


def test_half_a_recording_is_never_kept(store: Store) -> None:
    filled(store, "one")

    def breaks() -> Iterator[bytes]:
        yield PIECES[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        keep_recording(store, KEY, "one", breaks())
    assert heard(store) == []
    assert recording_of(store, "one") is None


def test_a_recording_goes_by_itself_and_with_its_call(store: Store) -> None:
    filled(store, "one", "two", "three")
    for name in ("one", "two", "three"):
        keep_recording(store, KEY, name, PIECES)
    drop_recording(store, "one")
    assert heard(store) == []
    assert one_call(store, "one") is not None
    found = find(store, Subject(by="call", value="two"))
    assert found.counts()["sounds"] == 1
    erase(store, found)
    assert heard(store, "two") == []
    assert heard(store, "three") == PIECES


def test_a_recording_goes_with_its_days_before_its_call_does(store: Store) -> None:
    filled(store, "one")
    keep_recording(store, KEY, "one", PIECES)
    assert Data.AUDIO not in purge(store, NL, now=MONDAY + timedelta(days=27)).counts
    assert heard(store) == PIECES
    assert purge(store, NL, now=MONDAY + timedelta(days=29)).counts[Data.AUDIO] == 1
    assert heard(store) == []
    assert one_call(store, "one") is not None


def test_who_listens_to_somebody_elses_call_is_noted_first(store: Store) -> None:
    filled(store, "one")
    keep_recording(store, KEY, "one", PIECES)
    ask_to_hear(store, "one", "a1", "agent")
    assert access_log(store) == []
    ask_to_hear(store, "one", "karin", "lead")
    ask_to_hear(store, "one", "a2", "agent")
    assert [(o.who, o.what, o.agent) for o in access_log(store)] == [
        ("a2", "sound", "a1"),
        ("karin", "sound", "a1"),
    ]


# ---- in files ------------------------------------------------------------------------------------


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_recording_is_sealed_and_a_changed_bit_is_noticed(files: Store, tmp_path: Path) -> None:
    filled(files, "one")
    keep_recording(files, KEY, "one", PIECES)
    assert b"zilverlepelaar" not in everything(tmp_path)
    path = recording_of(files, "one")
    assert path is not None
    for key, place in ((new_key(), 0), (KEY, 100), (KEY, 40_000)):
        content = bytearray(path.read_bytes())
        content[place] ^= place > 0
        other = tmp_path / "other.sound"
        other.write_bytes(content)
        with pytest.raises(Unreadable):
            list(read_sealed(other, key))
    other.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(Unreadable):
        list(read_sealed(other, KEY))


def test_after_a_purge_and_an_erasure_the_file_is_gone(files: Store, tmp_path: Path) -> None:
    filled(files, "one", "two", "three")
    marks = {}
    for name in ("one", "two", "three"):
        keep_recording(files, KEY, name, PIECES)
        path = recording_of(files, name)
        assert path is not None
        marks[name] = path.read_bytes()[-200:]
    purge(files, NL, now=MONDAY + timedelta(days=29))
    left = everything(tmp_path)
    assert [name for name, mark in marks.items() if mark in left] == []
    filled(files, "four")
    keep_recording(files, KEY, "four", PIECES)
    found = find(files, Subject(by="agent", value="a1"))
    out = tmp_path / "out"
    written = export(files, found, out, lambda name, path: path.write_bytes(name.encode()) > 0)
    assert [path.name for path in written] == ["export.json", "export.txt", "four.flac"]
    erase(files, found)
    assert list((tmp_path / "record").glob(f"*{SUFFIX}")) == []


@pytest.mark.parametrize("fault", ["damaged", "gone"])
def test_a_recording_that_nobody_can_open_holds_up_no_export(
    files: Store, tmp_path: Path, fault: str
) -> None:
    filled(files, "one")
    keep_recording(files, KEY, "one", PIECES)
    path = recording_of(files, "one")
    assert path is not None
    if fault == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-30])
    found = find(files, Subject(by="agent", value="a1"))
    told = privacy._sound(Settings(agent="a1"), files, KEY)
    written = export(files, found, tmp_path / "out", told)
    assert [one.name for one in written] == ["export.json", "export.txt"]


def test_a_call_that_is_too_old_takes_its_sound_along(files: Store, tmp_path: Path) -> None:
    filled(files, "one")
    keep_recording(files, KEY, "one", PIECES)
    purge(files, NL | {Data.AUDIO: 999}, now=MONDAY + timedelta(days=400))
    assert list((tmp_path / "record").glob(f"*{SUFFIX}")) == []


def test_what_no_call_owns_is_swept_away(files: Store, tmp_path: Path) -> None:
    filled(files, "one")
    keep_recording(files, KEY, "one", PIECES)
    keep_recording(files, KEY, "one", PIECES)  # a program that was killed between the two
    orphan = tmp_path / "record" / f"9{SUFFIX}"
    orphan.write_bytes(b"")
    assert sweep(files) == 2
    assert heard(files) == PIECES


# ---- drafts --------------------------------------------------------------------------------------


def pieces_of(path: Path, key: bytes = KEY) -> tuple[str, list[bytes]]:
    with opened_draft(path, key) as (call_id, pieces):
        return call_id, list(pieces)


def test_a_draft_knows_its_call_and_is_nobody_elses_while_it_grows(tmp_path: Path) -> None:
    folder = tmp_path / DRAFTS
    assert drafts(folder) == []
    first, second = Draft(folder, KEY, "één/ ~x"), Draft(folder, KEY, "één/ ~x")
    first.add(PIECES)
    for path in drafts(folder):
        with pytest.raises(InUse):
            pieces_of(path)
    first.close()
    second.discard()
    (path,) = drafts(folder)
    assert pieces_of(path) == ("één/ ~x", PIECES)
    assert b"zilverlepelaar" not in everything(tmp_path)
    with pytest.raises(Unreadable):
        pieces_of(path, new_key())


MANY = [bytes([n]) * 200 for n in range(6)]


@cache
def written() -> tuple[bytes, tuple[int, ...]]:
    """A draft, and how long it was when each of its pieces had been added; before them, too."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Draft(Path(folder), KEY, "one")
        (path,) = drafts(Path(folder))
        ends = [path.stat().st_size]
        for piece in MANY:
            draft.add([piece])
            ends.append(path.stat().st_size)
        draft.close()
        return path.read_bytes(), tuple(ends)


@settings(deadline=None)  # a disk takes its time
@given(cut=st.integers(0, 1_800), garbage=st.binary(max_size=40))
def test_a_draft_that_is_cut_off_anywhere_has_all_whole_pieces(cut: int, garbage: bytes) -> None:
    content, ends = written()
    whole = sum(end <= cut for end in ends) - 1
    if whole < 0:
        return  # killed before it was known whose sound it is
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.draft"
        path.write_bytes(content[:cut] + garbage)
        call_id, found = pieces_of(path)
    assert call_id == "one"
    assert found[:whole] == MANY[:whole]
    assert all(one == other for one, other in zip(found, MANY, strict=False))


def test_drafts_that_nobody_finishes_go(files: Store, tmp_path: Path) -> None:
    folder = tmp_path / "record" / DRAFTS
    for name in ("one", "two"):
        draft = Draft(folder, KEY, name)
        draft.add(PIECES)
        draft.close()
    going_on = Draft(folder, KEY, "on")
    filled(files, "one")
    erase(files, find(files, Subject(by="call", value="one")))
    assert [path.stem for path in drafts(folder)] == ["on", "two"]
    for path in drafts(folder):
        os.utime(path, (MONDAY.timestamp(), MONDAY.timestamp()))
    assert not purge(files, NL, now=MONDAY + timedelta(hours=20)).anything
    assert purge(files, NL, now=MONDAY + timedelta(hours=30)).copies == 1
    going_on.discard()
    assert drop_drafts(folder, ["one"]) == purge_drafts(folder, MONDAY) == 0
    assert drafts(folder) == []
