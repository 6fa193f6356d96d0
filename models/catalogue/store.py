"""The models on this machine: found, and verified before anything is loaded.

What a file must be stands in the catalogue. `record.json` beside the files only spares work: it
says at which size and time of change a file was last seen to be right, so that the hash of a
large file is not computed again at every start. `check` reads every byte when it is asked to.
"""

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.errors import UserError
from models.catalogue.entries import Entry, PinnedFile

RECORD = "record.json"
_CHUNK = 1 << 20


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

    def check(self, model: Entry, *, thorough: bool = True) -> Check:
        """Whether the copy here is the real one, whoever brought it; `thorough` reads every byte.

        A file too many makes it broken as well: the libraries would load it unseen.
        """
        path = self.path(model)
        present = _files_in(path)
        if not present:
            return Check(name=model.name, state="missing", path=path)
        known = {} if thorough else read_record(path)
        broken = ""
        for files in _sources_like(model, present):
            broken = _first_broken(path, files, present, known)
            if not broken:
                _remember(path, files, known)
                return Check(name=model.name, state="verified", path=path)
        return Check(name=model.name, state="broken", path=path, file=broken)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def read_record(folder: Path) -> dict[str, Any]:
    """What was seen to be right when; empty when there is no record, or none that can be read."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def write_record(folder: Path, seen: dict[str, Any]) -> None:
    """Write down what was just verified."""
    (folder / RECORD).write_text(json.dumps(seen, indent=1) + "\n", encoding="utf-8")


def _files_in(folder: Path) -> set[str]:
    try:
        return {path.name for path in folder.iterdir()} - {RECORD}
    except OSError:
        return set()


def _sources_like(model: Entry, present: set[str]) -> list[tuple[PinnedFile, ...]]:
    """The files of the sources that these most look like: fewest missing, fewest too many."""
    differ = [len({file.name for file in source.files} ^ present) for source in model.sources]
    both = zip(model.sources, differ, strict=True)
    return [source.files for source, files in both if files == min(differ)]


def _first_broken(
    folder: Path, files: tuple[PinnedFile, ...], present: set[str], known: dict[str, Any]
) -> str:
    """The name of a file that is missing, too many or not what it must be; "" if there is none."""
    amiss = {file.name for file in files} ^ present
    if amiss:
        return min(amiss)
    return next((file.name for file in files if not _is(folder, file, known)), "")


def _is(folder: Path, file: PinnedFile, known: dict[str, Any]) -> bool:
    path = folder / file.name
    try:
        if path.stat().st_size != file.size:
            return False
        return known.get(file.name) == _stamp(path, file) or sha256_of(path) == file.sha256
    except OSError:
        return False


def _remember(folder: Path, files: tuple[PinnedFile, ...], known: dict[str, Any]) -> None:
    seen = {file.name: _stamp(folder / file.name, file) for file in files}
    if seen != known:
        with suppress(OSError):  # a folder that may only be read: hashed again next time
            write_record(folder, seen)


def _stamp(path: Path, file: PinnedFile) -> dict[str, Any]:
    return {"sha256": file.sha256, "size": file.size, "time": path.stat().st_mtime_ns}
