"""The keys of the record: random data keys, wrapped by a key of keys that the system keeps.

`keys.json` beside the database holds the data keys wrapped, and nothing that opens them. Renewing
the key of keys wraps them anew; renewing the database's key writes every page anew.
"""

import base64
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from coach.errors import ProductError, UserError
from coach.store.crypto import Unreadable, derive, from_passphrase, new_key, seal, unseal
from coach.store.safe import Safe

KEY_FILE = "keys.json"
SHORTEST_PASSPHRASE = 12

_VERSION = 1
_OWNER_ONLY = 0o600
_WRAPPED, _RECOVERY = b"eerst-begrip keys 1", b"eerst-begrip recovery 1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Keys:
    """`database` opens the database file, `files` what lies beside it, `sound` the recordings once
    they have a key of their own.

    `coming`: the database's next key, while it is being renewed; after a crash either may open it.
    `sound_coming`: that of recordings; what is kept meanwhile is sealed with it already.
    """

    database: bytes
    files: bytes
    coming: bytes | None = None
    sound: bytes | None = None
    sound_coming: bytes | None = None

    @property
    def spool(self) -> bytes:
        """The key of what waits for the database."""
        return derive(self.files, "spool")

    @property
    def log(self) -> bytes:
        """The key of the logs of calls that go on."""
        return derive(self.files, "log")

    @property
    def audio(self) -> bytes:
        """The key of recordings that are made now, and of those there are when none is coming."""
        return self.sound_coming or self.audio_before

    @property
    def audio_before(self) -> bytes:
        """The key of recordings that a renewal has not reached yet."""
        return self.sound or derive(self.files, "audio")


def new_keys() -> Keys:
    """Keys that nobody has yet."""
    return Keys(database=new_key(), files=new_key())


def open_keys(folder: Path, safe: Safe) -> Keys:
    """The keys of the record in `folder`, made at its first use.

    Raises `UserError` when the key store does not know the key of keys (another user, another
    machine): the recovery key brings it back.
    """
    path = folder / KEY_FILE
    if not path.exists():
        _keep(path, safe, new_keys(), before=None)
    content = _read(path)  # somebody else may have been first, and then theirs are the keys
    wrapping = safe.get(content["id"])
    if wrapping is None:
        raise UserError("record.key_missing", path=path)
    try:
        return _from_json(unseal(wrapping, base64.b64decode(content["keys"]), _WRAPPED))
    except Unreadable as why:
        raise UserError("record.key_missing", path=path) from why


def keep_keys(folder: Path, safe: Safe, keys: Keys) -> None:
    """Wrap keys in a new key of keys. Whenever it is cut off, one of the two still opens them."""
    path = folder / KEY_FILE
    _keep(path, safe, keys, before=_read(path)["id"] if path.exists() else None)


def _keep(path: Path, safe: Safe, keys: Keys, *, before: str | None) -> None:
    """`before`: the key of keys that is replaced; of two without one, the first to write wins."""
    wrapping, name = new_key(), os.urandom(8).hex()
    safe.put(name, wrapping)
    wrapped = base64.b64encode(seal(wrapping, _to_json(keys), _WRAPPED)).decode("ascii")
    content = {"version": _VERSION, "id": name, "keys": wrapped}
    if not _write(path, content, first=before is None):
        safe.drop(name)
    elif before is not None:
        safe.drop(before)


# ---- the recovery key ----------------------------------------------------------------------------


def write_recovery(path: Path, keys: Keys, passphrase: str) -> None:
    """Write the recovery key: the data keys under a passphrase. Raises `UserError` if it is short.

    To be kept apart from the machine.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise UserError("record.passphrase_short", shortest=SHORTEST_PASSPHRASE)
    salt = os.urandom(16)
    sealed = seal(from_passphrase(passphrase, salt), _to_json(keys), _RECOVERY)
    content = {
        "what": "recovery key of Eerst Begrip",
        "version": _VERSION,
        "salt": base64.b64encode(salt).decode("ascii"),
        "keys": base64.b64encode(sealed).decode("ascii"),
    }
    _write(path, content)


def read_recovery(path: Path, passphrase: str) -> Keys:
    """The keys in a recovery key. Raises `UserError` for a wrong passphrase or another file."""
    content = _read(path)
    try:
        key = from_passphrase(passphrase, base64.b64decode(content["salt"]))
        return _from_json(unseal(key, base64.b64decode(content["keys"]), _RECOVERY))
    except KeyError as why:
        raise UserError("record.no_key_file", path=path) from why
    except Unreadable as why:
        raise UserError("record.passphrase_wrong", path=path) from why


# ---- files ---------------------------------------------------------------------------------------


def _to_json(keys: Keys) -> bytes:
    known = {name: key.hex() for name, key in asdict(keys).items() if key is not None}
    return json.dumps(known).encode()


def _from_json(content: bytes) -> Keys:
    found = {name: bytes.fromhex(key) for name, key in json.loads(content).items()}
    return Keys(**found)


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as why:
        raise UserError("cli.cannot_read", path=path) from why
    except ValueError as why:
        raise UserError("record.no_key_file", path=path) from why
    if not isinstance(content, dict) or "keys" not in content:
        raise UserError("record.no_key_file", path=path)
    if content.get("version") != _VERSION:
        raise UserError("record.no_key_file", path=path)
    return content


def _write(path: Path, content: dict[str, Any], *, first: bool = False) -> bool:
    """All of it or nothing: a file beside it that takes its place.

    `first`: only if there is none yet; returns whether it was written.
    """
    beside = path.with_name(f"{path.name}.{os.urandom(4).hex()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        with os.fdopen(os.open(beside, flags, _OWNER_ONLY), "w", encoding="utf-8") as file:
            json.dump(content, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        if first:
            return _put_in_place(beside, path)
        beside.replace(path)
    except OSError as why:
        raise ProductError("cli.cannot_write", path=path, why=why.strerror) from why
    return True


def _put_in_place(beside: Path, path: Path) -> bool:
    try:
        path.hardlink_to(beside)  # unlike a rename it never takes the place of another file
    except FileExistsError:
        return False
    except OSError:  # a file system without links: two first starts at once are rare enough
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return True
