"""Where the key of keys is kept: the system's key store, or a file where there is none."""

import base64
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from coach.errors import ProductError

_SERVICE = "eerst-begrip"
_OWNER_ONLY = 0o600
_SUFFIX = ".key"


class Safe(Protocol):
    """Keeps keys by name."""

    @property
    def strong(self) -> bool:
        """Whether only the signed-in user can get at them."""

    def get(self, name: str) -> bytes | None:
        """The key of that name; `None`: there is none."""

    def put(self, name: str, key: bytes) -> None:
        """Keep a key."""

    def drop(self, name: str) -> None:
        """Forget a key; it may be gone already."""


class SystemSafe:
    """The operating system's: Windows credentials, the macOS keychain, Secret Service on Linux."""

    strong = True

    def get(self, name: str) -> bytes | None:
        """The key of that name. Raises `ProductError` when the key store does not open."""
        import keyring
        from keyring.errors import KeyringError

        try:
            found = keyring.get_password(_SERVICE, name)
        except KeyringError as why:
            raise ProductError("record.safe_closed", why=why) from why
        return None if found is None else base64.b64decode(found)

    def put(self, name: str, key: bytes) -> None:
        """Keep a key. Raises `ProductError` when the key store does not take it."""
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(_SERVICE, name, base64.b64encode(key).decode("ascii"))
        except KeyringError as why:
            raise ProductError("record.safe_closed", why=why) from why

    def drop(self, name: str) -> None:
        """Forget a key."""
        import keyring
        from keyring.errors import KeyringError, PasswordDeleteError

        try:
            keyring.delete_password(_SERVICE, name)
        except PasswordDeleteError:
            return
        except KeyringError as why:
            raise ProductError("record.safe_closed", why=why) from why


@dataclass(frozen=True, slots=True)
class FileSafe:
    """Files that only their owner may read: whoever copies the whole disk has the key too."""

    folder: Path
    strong: bool = field(default=False, init=False)

    def get(self, name: str) -> bytes | None:
        """The key of that name."""
        try:
            return base64.b64decode(self._file(name).read_bytes())
        except FileNotFoundError:
            return None
        except OSError as why:
            raise ProductError("record.safe_closed", why=why) from why

    def put(self, name: str, key: bytes) -> None:
        """Keep a key."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
            with os.fdopen(os.open(self._file(name), flags, _OWNER_ONLY), "wb") as file:
                file.write(base64.b64encode(key))
                file.flush()
                os.fsync(file.fileno())
        except OSError as why:
            raise ProductError("record.safe_closed", why=why) from why

    def drop(self, name: str) -> None:
        """Forget a key."""
        self._file(name).unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}{_SUFFIX}"


@dataclass(slots=True)
class MemorySafe:
    """Keeps keys as long as the process lives: for tests, and for a demonstration."""

    kept: dict[str, bytes] = field(default_factory=dict)
    strong: bool = field(default=True, init=False)

    def get(self, name: str) -> bytes | None:
        """The key of that name."""
        return self.kept.get(name)

    def put(self, name: str, key: bytes) -> None:
        """Keep a key."""
        self.kept[name] = key

    def drop(self, name: str) -> None:
        """Forget a key."""
        self.kept.pop(name, None)


def best_safe(folder: Path, *, file_only: bool = False) -> Safe:
    """The system's key store where there is one, else files in `folder`.

    Keys that lie in files already stay there: a later start may find a key store that knows
    nothing of them.
    """
    in_files = any(folder.glob(f"*{_SUFFIX}"))
    return FileSafe(folder) if file_only or in_files or not _system_has_one() else SystemSafe()


def _system_has_one() -> bool:
    chosen = "PYTHON_KEYRING_BACKEND" in os.environ
    session = "DBUS_SESSION_BUS_ADDRESS" in os.environ or not sys.platform.startswith("linux")
    if not (chosen or session):
        return False
    import keyring
    from keyring.backends import fail, null

    return not isinstance(keyring.get_keyring(), fail.Keyring | null.Keyring)
