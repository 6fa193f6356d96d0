"""Keys: kept by the system, wrapped in a file, recovered with a passphrase, renewed."""

import json
import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from coach.errors import ProductError, UserError
from coach.store import crypto, renewal
from coach.store.database import Store
from coach.store.failures import StoreDamaged
from coach.store.home import Record
from coach.store.keys import (
    KEY_FILE,
    Keys,
    keep_keys,
    new_keys,
    open_keys,
    read_recovery,
    write_recovery,
)
from coach.store.queries import count_calls, one_call
from coach.store.recordings import keep_recording, read_recording, recording_of
from coach.store.safe import FileSafe, MemorySafe, Safe, SystemSafe, best_safe
from tests.store.calls import SAID, call

PHRASE = "een lange zin van niemand"


class InMemory(KeyringBackend):
    """A key store of the operating system."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        try:
            del self.kept[service, username]
        except KeyError as why:
            raise PasswordDeleteError from why


class Locked(InMemory):
    """A key store whose owner does not unlock it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(f"{service} {username} {len(password)}")


@pytest.fixture
def system() -> Iterator[InMemory]:
    before, backend = keyring.get_keyring(), InMemory()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


@pytest.fixture(params=["system", "file", "memory"])
def safe(request: pytest.FixtureRequest, tmp_path: Path, system: InMemory) -> Safe:
    del system
    safes: dict[str, Safe] = {
        "system": SystemSafe(),
        "file": FileSafe(tmp_path / "safe"),
        "memory": MemorySafe(),
    }
    return safes[request.param]


# ---- every safe ----------------------------------------------------------------------------------


def test_a_safe_keeps_and_forgets(safe: Safe) -> None:
    assert safe.get("one") is None
    safe.drop("one")
    for key in (b"\0" * 32, b"\xff" * 32):
        safe.put("one", key)
        assert safe.get("one") == key
    safe.drop("one")
    assert safe.get("one") is None


def test_keys_are_the_same_next_time_and_lie_nowhere_open(tmp_path: Path, safe: Safe) -> None:
    keys = open_keys(tmp_path, safe)
    assert open_keys(tmp_path, safe) == keys
    lying = (tmp_path / KEY_FILE).read_text(encoding="utf-8")
    for key in (keys.database, keys.files):
        assert key.hex() not in lying
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


def test_the_wrapping_is_renewed_and_the_old_one_is_gone(tmp_path: Path, safe: Safe) -> None:
    keys = open_keys(tmp_path, safe)
    before = json.loads((tmp_path / KEY_FILE).read_text(encoding="utf-8"))
    renewal.renew_wrapping(tmp_path, safe, keys)
    after = json.loads((tmp_path / KEY_FILE).read_text(encoding="utf-8"))
    assert open_keys(tmp_path, safe) == keys
    assert before["keys"] != after["keys"]
    assert safe.get(before["id"]) is None


def test_a_wrapping_that_is_cut_off_leaves_the_old_one_in_force(
    tmp_path: Path, safe: Safe, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = open_keys(tmp_path, safe)
    with monkeypatch.context() as cut:
        cut.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
        with pytest.raises(ProductError):
            keep_keys(tmp_path, safe, new_keys())
    assert open_keys(tmp_path, safe) == keys


def test_without_the_key_store_the_recovery_key_opens(tmp_path: Path) -> None:
    safe = MemorySafe()
    keys = open_keys(tmp_path, safe)
    recovery = tmp_path / "recovery.json"
    write_recovery(recovery, keys, PHRASE)
    with pytest.raises(UserError) as told:
        open_keys(tmp_path, MemorySafe())
    assert told.value.key == "record.key_missing"
    assert read_recovery(recovery, PHRASE) == keys
    with pytest.raises(UserError) as told:
        read_recovery(recovery, PHRASE + "!")
    assert told.value.key == "record.passphrase_wrong"
    assert keys.database.hex() not in recovery.read_text(encoding="utf-8")


# ---- what can be wrong ---------------------------------------------------------------------------


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        write_recovery(tmp_path / "r", new_keys(), "kort")
    assert not (tmp_path / "r").exists()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"version": 9, "keys": ""}', "\xff"])
def test_what_is_no_key_file_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / KEY_FILE).write_text(content, encoding="latin-1")
    with pytest.raises(UserError):
        open_keys(tmp_path, MemorySafe())


def test_a_key_store_that_stays_closed_is_told(tmp_path: Path, system: InMemory) -> None:
    del system
    keyring.set_keyring(Locked())
    with pytest.raises(ProductError) as told:
        open_keys(tmp_path, SystemSafe())
    assert told.value.key == "record.safe_closed"


def test_without_a_key_store_there_is_a_file_and_it_is_weak(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    try:
        assert isinstance(best_safe(tmp_path), FileSafe)
    finally:
        keyring.set_keyring(before)
    assert not best_safe(tmp_path, file_only=True).strong


# ---- the database --------------------------------------------------------------------------------


def test_nothing_of_a_call_lies_open(tmp_path: Path) -> None:
    safe = MemorySafe()
    record = Record(tmp_path, safe)
    record.store().append("one", 0, call("one"))
    sink = record.spooler.call("two")
    for event in call("two"):
        sink(event)
    record.spooler.flush()
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for word in (*SAID[0].split(), "frustration", "acknowledge_first", "SQLite format 3"):
                if len(word) > 4:
                    assert word.encode() not in content, (path.name, word)
    record.close()


def test_another_key_opens_no_database(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path / "calls.db", keys=new_keys())) as store:
        store.append("one", 0, call("one"))
    before = (tmp_path / "calls.db").read_bytes()
    for keys in (new_keys(), None):
        with pytest.raises(StoreDamaged) as told:
            Store.open(tmp_path / "calls.db", keys=keys)
        assert told.value.key == "record.wrong_key"
    assert (tmp_path / "calls.db").read_bytes() == before


def test_the_databases_key_is_renewed(tmp_path: Path) -> None:
    safe = MemorySafe()
    record = Record(tmp_path, safe)
    record.store().append("one", 0, call("one"))
    record.close()
    old = record.keys
    keys = renewal.renew_database_key(record.database, safe, old)
    assert keys.database != old.database
    with pytest.raises(StoreDamaged):
        Store.open(record.database, keys=old)
    again = Record(tmp_path, safe)
    assert count_calls(again.store()) == 1
    again.close()


@pytest.mark.parametrize("written", [True, False])
def test_a_renewal_that_is_cut_off_is_finished_at_the_next_start(
    tmp_path: Path, written: bool
) -> None:
    safe = MemorySafe()
    record = Record(tmp_path, safe)
    record.store().append("one", 0, call("one"))
    record.close()
    other = crypto.new_key()
    keys = record.keys
    pending = (
        Keys(database=other, files=keys.files, coming=keys.database)
        if written
        else Keys(database=keys.database, files=keys.files, coming=other)
    )
    keep_keys(tmp_path, safe, pending)
    again = Record(tmp_path, safe)
    assert count_calls(again.store()) == 1
    assert again.keys == keys
    again.close()


# ---- sound ---------------------------------------------------------------------------------------


def test_a_recording_is_sealed_whole_or_not_there(tmp_path: Path) -> None:
    keys = new_keys()
    pieces = [b"RIFF" + bytes(70_000), b"more"]
    with closing(Store.open(tmp_path / "calls.db", keys=keys)) as store:
        for call_id in ("one", "two"):
            store.append(call_id, 0, call(call_id))
        keep_recording(store, keys.audio, "one", pieces)
        assert list(read_recording(store, keys.audio, "one")) == pieces
        path = recording_of(store, "one")
        assert path is not None
        row = one_call(store, "one")
        assert row is not None
        assert row.has_audio
        content = path.read_bytes()
        assert b"RIFF" not in content
        path.write_bytes(content[:-20])
        with pytest.raises(crypto.Unreadable):
            list(read_recording(store, keys.audio, "one"))
        with pytest.raises(OSError, match="full"):
            keep_recording(store, keys.audio, "two", _cut_off())
        assert len(list(tmp_path.glob("*.sound"))) == 1


def _cut_off() -> Iterator[bytes]:
    yield b"RIFF"
    raise OSError("full")


def test_two_that_start_at_the_same_time_have_the_same_keys(tmp_path: Path) -> None:
    safe = MemorySafe()
    start, found = threading.Barrier(8), []

    def first_start() -> None:
        start.wait()
        found.append(open_keys(tmp_path, safe))

    starts = [threading.Thread(target=first_start) for _ in range(8)]
    for one in starts:
        one.start()
    for one in starts:
        one.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert len(safe.kept) == 1
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_who_comes_second_has_the_keys_of_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other starts between our look at the folder and our first write."""
    safe, others = MemorySafe(), []

    def another_was_first() -> Keys:
        monkeypatch.undo()
        others.append(open_keys(tmp_path, safe))
        return new_keys()

    monkeypatch.setattr("coach.store.keys.new_keys", another_was_first)
    assert [open_keys(tmp_path, safe)] == others
    assert len(safe.kept) == 1
