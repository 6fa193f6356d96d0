"""The escalation protocol as a file: read, checked, saved with a way back. Also for the editor."""

import os
import tempfile
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from coach.core.deadlines import Deadline
from coach.core.protocol import Fault, Protocol, ProtocolRefused, read_protocol, to_toml
from coach.errors import ProductError, UserError
from coach.paths import protocol_file
from coach.phrases import say

KEPT = 5
"""Earlier versions that can be brought back."""


def protocol_text(path: Path | None = None) -> str:
    """The protocol in force as it is written: the organisation's own, else the product's."""
    place = path or protocol_file()
    if path is None and not place.exists():
        return files(__name__).joinpath("protocol.toml").read_text(encoding="utf-8")
    try:
        return place.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as why:
        raise UserError("insight.cannot_read", path=place) from why


def load_protocol(path: Path | None = None) -> Protocol:
    """The protocol in force. Raises `UserError` that names every line that is wrong."""
    try:
        return read_protocol(protocol_text(path))
    except ProtocolRefused as why:
        place, told = path or protocol_file(), tell_faults(why.faults)
        raise UserError("protocol.refused", path=place, faults=told) from why


def faults_in(text: str) -> tuple[Fault, ...]:
    """What is wrong with a text; empty: nothing."""
    try:
        read_protocol(text)
    except ProtocolRefused as why:
        return why.faults
    return ()


def tell_faults(faults: Iterable[Fault]) -> str:
    """The faults, one a line, in the user's language."""
    return "\n".join(tell_fault(fault) for fault in faults)


def tell_fault(fault: Fault) -> str:
    """One fault with its place, in the user's language."""
    what = say(f"protocol.{fault.key}", **dict(fault.values))
    if not fault.field:
        return say("protocol.at_line", line=fault.line, what=what)
    return say("protocol.at_field", line=fault.line, field=fault.field, what=what)


def within_words(deadline: Deadline) -> str:
    """A deadline in the user's language: "binnen 2 uur"."""
    if not deadline.amount:
        return say("protocol.at_once")
    name = deadline.span.replace(" ", "_")
    one = name.removesuffix("s") if deadline.amount == 1 else name
    return say(f"protocol.within_{one}", amount=deadline.amount)


def save_protocol(changed: Protocol | str, path: Path | None = None) -> None:
    """Make a protocol the one in force; the earlier one is kept for `undo`.

    Nothing is written when it is wrong: raises `UserError`. A text keeps its comments.
    """
    text = changed if isinstance(changed, str) else to_toml(changed)
    place = path or protocol_file()
    faults = faults_in(text)
    if faults:
        raise UserError("protocol.refused", path=place, faults=tell_faults(faults))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _push(place, protocol_text(place if place.exists() else None))
        _write(place, text)
    except OSError as why:
        raise ProductError("cli.cannot_write", path=place, why=why.strerror) from why


def undo(path: Path | None = None) -> bool:
    """Bring back the protocol before the last `save_protocol`; `False`: there is none."""
    place = path or protocol_file()
    earlier = _earlier(place, 1)
    try:
        if not earlier.exists():
            return False
        earlier.replace(place)
        for number in range(2, KEPT + 1):
            older = _earlier(place, number)
            if older.exists():
                older.replace(_earlier(place, number - 1))
    except OSError as why:
        raise ProductError("cli.cannot_write", path=place, why=why.strerror) from why
    return True


def _push(place: Path, present: str) -> None:
    """Move the earlier versions one place down and put the present one on top of them."""
    for number in range(KEPT - 1, 0, -1):
        version = _earlier(place, number)
        if version.exists():
            version.replace(_earlier(place, number + 1))
    _write(_earlier(place, 1), present)


def _earlier(place: Path, number: int) -> Path:
    return place.with_name(f"{place.stem}.{number}{place.suffix}")


def _write(place: Path, text: str) -> None:
    """Whole or not at all: a process that is killed leaves the file as it was."""
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(place)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
