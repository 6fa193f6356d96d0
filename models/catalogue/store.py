"""The models on this machine: fetched, verified, and found again.

`record.json` beside the files says what was verified: SHA-256, size and time of each file. As long
as size and time are the same the hash is not computed again at every start; `check` does.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.errors import ProductError, UserError
from models.catalogue.entries import Entry

RECORD = "record.json"
_CHUNK = 1 << 20

Progress = Callable[[str, float], None]
"""Told what is being done, and the share of it that is done, 0..1."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """The state of one model here: "verified", "missing" or "broken" (with the file)."""

    name: str
    state: str
    path: Path
    file: str | None = None


class ModelStore:
    """A folder with one subfolder a model."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, model: Entry) -> Path:
        """Where the model is, or will be."""
        return self.folder / model.name

    def locate(self, model: Entry) -> Path:
        """The folder of a verified model. Raises `UserError` if it is not here, or is broken."""
        found = self.check(model, thorough=False)
        if found.state == "missing":
            raise UserError("models.missing", name=model.name)
        if found.state == "broken":
            raise UserError("models.broken", name=model.name, file=found.file)
        return found.path

    def check(
        self, model: Entry, *, thorough: bool = True, progress: Progress = lambda _, __: None
    ) -> Check:
        """Whether the copy here is the real one; `thorough` reads every byte again."""
        path = self.path(model)
        record = _read_record(path)
        if record is None:
            return Check(name=model.name, state="missing", path=path)
        broken = next((f for f, want in record.items() if not _is(path / f, want, thorough)), None)
        progress(model.name, 1.0)
        if broken is None and not _is_pinned(model, record):
            broken = RECORD
        state = "verified" if broken is None else "broken"
        return Check(name=model.name, state=state, path=path, file=broken)

    def accept(self, model: Entry, files: dict[str, str]) -> Path:
        """Write the record of files that were just verified (name: SHA-256); returns the folder."""
        path = self.path(model)
        record = {}
        for name, sha256 in files.items():
            stat = (path / name).stat()
            record[name] = {"sha256": sha256, "size": stat.st_size, "time": stat.st_mtime_ns}
        text = json.dumps(record, indent=1) + "\n"
        (path / RECORD).write_text(text, encoding="utf-8")
        return path


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def require_sha256(path: Path, sha256: str, name: str) -> None:
    """Raise `ProductError` and remove the file if it is not what the catalogue says."""
    if sha256_of(path) != sha256:
        path.unlink(missing_ok=True)
        raise ProductError("models.wrong_sha256", name=name, file=path.name)


def _read_record(path: Path) -> dict[str, dict[str, Any]] | None:
    try:
        record = json.loads((path / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) and record else None


def _is(path: Path, want: dict[str, Any], thorough: bool) -> bool:
    try:
        stat = path.stat()
    except OSError:
        return False
    untouched = (stat.st_size, stat.st_mtime_ns) == (want.get("size"), want.get("time"))
    return untouched if untouched and not thorough else sha256_of(path) == want.get("sha256")


def _is_pinned(model: Entry, record: dict[str, dict[str, Any]]) -> bool:
    """The record must agree with one source of the catalogue; hub models have the record only."""
    if not model.wheels:
        return True
    have = {name: want.get("sha256") for name, want in record.items()}
    return any(have == {f.name: f.sha256 for f in source.files} for source in model.wheels)
