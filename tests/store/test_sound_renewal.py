"""A new key for what is kept of the sound; wherever that is cut off, everything stays readable."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from coach.errors import UserError
from coach.store import renewal
from coach.store.crypto import Unreadable
from coach.store.home import Record
from coach.store.keys import Keys, open_keys, read_recovery, write_recovery
from coach.store.recordings import (
    DRAFTS,
    Draft,
    drafts,
    keep_recording,
    opened_draft,
    read_recording,
    read_sealed,
    recording_of,
)
from coach.store.safe import MemorySafe
from coach.store.spoolfile import read_records
from tests.store.calls import call

PIECES = [b"one", b"two" * 50_000, b"three"]
NAMES = ("first", "second")


@pytest.fixture
def safe() -> MemorySafe:
    return MemorySafe()


@pytest.fixture
def keys(tmp_path: Path, safe: MemorySafe) -> Keys:
    """A record with two recordings, and a draft that a killed process left."""
    with closing(Record(tmp_path, safe)) as record:
        for name in NAMES:
            record.store().append(name, 0, call(name))
            keep_recording(record.store(), record.keys.audio, name, PIECES)
        draft = Draft(tmp_path / DRAFTS, record.keys.audio, "third")
        draft.add(PIECES)
        draft.close()
        return record.keys


def everything(folder: Path, safe: MemorySafe) -> dict[str, list[bytes]]:
    """The sound of every call, as the next start of the program reads it."""
    found = {}
    with closing(Record(folder, safe)) as record:
        store, key = record.store(), record.keys.audio
        for name in NAMES:
            found[name] = list(read_recording(store, key, name))
        for path in drafts(folder / DRAFTS):
            with opened_draft(path, key) as (name, pieces):
                found[name] = list(pieces)
    return found


WHOLE = dict.fromkeys((*NAMES, "third"), PIECES)


def sealed(folder: Path) -> list[Path]:
    return sorted([*folder.glob("*.sound"), *drafts(folder / DRAFTS)])


def lying(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.name.endswith(".new")]


def test_sound_is_sealed_anew_and_the_old_key_opens_nothing(
    tmp_path: Path, safe: MemorySafe, keys: Keys
) -> None:
    renewed = renewal.renew_sound_key(tmp_path, safe, keys)
    assert open_keys(tmp_path, safe) == renewed
    assert renewed.audio != keys.audio
    assert (renewed.log, renewed.spool) == (keys.log, keys.spool)
    for path in sealed(tmp_path):
        with pytest.raises(Unreadable):
            next(read_records(path, keys.audio))
    assert everything(tmp_path, safe) == WHOLE
    assert lying(tmp_path) == []
    write_recovery(tmp_path / "recovery.json", renewed, "een lange zin")
    assert read_recovery(tmp_path / "recovery.json", "een lange zin") == renewed
    assert renewal.renew_sound_key(tmp_path, safe, renewed).audio != renewed.audio
    assert everything(tmp_path, safe) == WHOLE


@pytest.mark.parametrize("at", [(n, done) for n in range(6) for done in (False, True)])
def test_a_renewal_that_is_killed_at_any_file_leaves_everything_readable(
    tmp_path: Path,
    safe: MemorySafe,
    keys: Keys,
    monkeypatch: pytest.MonkeyPatch,
    at: tuple[int, bool],
) -> None:
    """Keys, three files and keys again take the place of others: killed before or after each, and
    not at all.
    """
    (after, done), replace, count = at, Path.replace, iter(range(100))

    def cut(self: Path, target: Path) -> Path:
        killed = next(count) == after
        if killed and not done:
            raise KeyboardInterrupt
        replace(self, target)
        if killed:
            raise KeyboardInterrupt
        return target

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", cut)
        if after < 5:
            with pytest.raises(KeyboardInterrupt):
                renewal.renew_sound_key(tmp_path, safe, keys)
        else:
            renewal.renew_sound_key(tmp_path, safe, keys)
    assert everything(tmp_path, safe) == WHOLE
    assert [name for name in lying(tmp_path) if ".sound" in name or ".draft" in name] == []
    settled = open_keys(tmp_path, safe)
    assert settled.sound_coming is None
    assert (settled.audio == keys.audio) is (after == 0 and not done)


def test_what_a_killed_process_had_half_written_goes(
    tmp_path: Path, safe: MemorySafe, keys: Keys
) -> None:
    for folder in (tmp_path, tmp_path / DRAFTS):
        (folder / "0.sound.1234.new").write_bytes(b"EBSPOOL1 half")
    renewal.renew_sound_key(tmp_path, safe, keys)
    assert lying(tmp_path) == []


@pytest.fixture
def held(tmp_path: Path, keys: Keys) -> Iterator[Path]:
    """One recording that somebody listens to."""
    path = sealed(tmp_path)[0]
    with closing(read_records(path, keys.audio)) as records:
        next(records)
        yield path


def test_a_renewal_does_not_begin_while_sound_is_in_use(
    tmp_path: Path, safe: MemorySafe, keys: Keys, held: Path
) -> None:
    before = {path: path.read_bytes() for path in sealed(tmp_path)}
    with pytest.raises(UserError) as told:
        renewal.renew_sound_key(tmp_path, safe, keys)
    assert (told.value.key, told.value.values["path"]) == ("record.sound_in_use", held)
    assert {path: path.read_bytes() for path in sealed(tmp_path)} == before
    assert open_keys(tmp_path, safe) == keys


def test_a_start_that_cannot_finish_a_renewal_goes_on_and_the_next_one_finishes_it(
    tmp_path: Path, safe: MemorySafe, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as patched:
        patched.setattr(renewal, "reseal", full)
        with pytest.raises(UserError) as told:
            renewal.renew_sound_key(tmp_path, safe, keys)
        assert told.value.key == "record.sound_unfinished"
        with closing(Record(tmp_path, safe)) as record:
            record.store().append("later", 0, call("later"))
            keep_recording(record.store(), record.keys.audio, "later", PIECES)
    assert everything(tmp_path, safe) == WHOLE
    with closing(Record(tmp_path, safe)) as record:
        assert list(read_recording(record.store(), record.keys.audio, "later")) == PIECES


def test_a_damaged_recording_is_read_as_far_as_before(
    tmp_path: Path, safe: MemorySafe, keys: Keys
) -> None:
    with closing(Record(tmp_path, safe)) as record:
        path = recording_of(record.store(), "first")
    assert path is not None
    content = path.read_bytes()
    path.write_bytes(content[:-100] + bytes(100))
    before = read_so_far(path, keys.audio)
    renewed = renewal.renew_sound_key(tmp_path, safe, keys)
    assert read_so_far(path, renewed.audio) == before != []
    with pytest.raises(Unreadable), closing(Record(tmp_path, safe)) as record:
        list(read_recording(record.store(), record.keys.audio, "first"))


def read_so_far(path: Path, key: bytes) -> list[bytes]:
    found: list[bytes] = []
    with pytest.raises(Unreadable):
        found.extend(read_sealed(path, key))
    return found


def test_what_neither_key_opens_is_left_alone(tmp_path: Path, safe: MemorySafe, keys: Keys) -> None:
    strange = {tmp_path / "7.sound": b"no sound at all" * 9, tmp_path / "8.sound": b""}
    for path, content in strange.items():
        path.write_bytes(content)
    assert renewal.renew_sound_key(tmp_path, safe, keys).sound_coming is None
    assert {path: path.read_bytes() for path in strange} == strange
