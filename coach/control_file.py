"""Where a coach that listens is controlled: a file that only its owner can read.

One coach listens at a time: the file of one that runs is respected, that of one that is gone is
taken over.
"""

import http.client
import json
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from coach.errors import UserError

LOOPBACK = "127.0.0.1"

_OWNER_ONLY = 0o600
_PATIENCE_S = 2.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """Where the control is, and the secret that opens it; which process serves it, since when."""

    port: int
    token: str
    process: int = 0
    since: str = ""


def read_address(file: Path) -> Address:
    """Where a running coach is controlled. Raises `UserError` if none runs."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return Address(
            port=int(found["port"]),
            token=str(found["token"]),
            process=int(found.get("process", 0)),
            since=str(found.get("since", "")),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as why:
        raise UserError("listen.not_running") from why


def check_free(file: Path) -> None:
    """Raises `UserError` when another coach of this user listens already, and says which."""
    try:
        other = read_address(file)
    except UserError:
        return
    if _runs(other):
        since = other.since or "?"
        raise UserError("listen.already_running", process=other.process, since=since)


@contextmanager
def announced(file: Path, address: Address) -> Iterator[None]:
    """Keep `address` in `file` meanwhile. Raises `UserError` when another coach listens.

    Only the owner may ever read the file, also while it is being written.
    """
    check_free(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with open(os.open(file, flags, _OWNER_ONLY), "w", encoding="utf-8") as out:  # noqa: PTH123 - a descriptor
        json.dump(asdict(address), out)
    try:
        yield
    finally:
        if _token(file) == address.token:  # somebody may have removed it and started another
            file.unlink(missing_ok=True)


def _token(file: Path) -> str | None:
    try:
        return read_address(file).token
    except UserError:
        return None


def _runs(address: Address) -> bool:
    """Whether a coach answers there: its port may belong to another program by now.

    One that takes the call and does not answer is busy, not gone.
    """
    connection = http.client.HTTPConnection(LOOPBACK, address.port, timeout=_PATIENCE_S)
    with closing(connection):
        try:
            asks = {"Authorization": f"Bearer {address.token}"}
            connection.request("GET", "/call", None, asks)
            return connection.getresponse().status == http.client.OK
        except TimeoutError:
            return True
        except (OSError, http.client.HTTPException):
            return False
