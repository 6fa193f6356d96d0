"""How far a download is, told by the bytes that have arrived in a folder."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from models.catalogue.entries import Entry

Progress = Callable[[str, float], None]
"""Told what is being done, and the share of it that is done, 0..1. Called from any thread."""

_EVERY_S = 0.25
_UNTIL_VERIFIED = 0.99


@contextmanager
def watched(folder: Path, model: Entry, progress: Progress) -> Iterator[None]:
    """Tell the progress of what arrives in `folder`, from a thread of its own, until the end.

    pip and the hub's library write files and say nothing useful about it: their bytes are
    counted. Wheels are about as large as the model in them.
    """
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(folder, model, progress, done), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _watch(folder: Path, model: Entry, progress: Progress, done: threading.Event) -> None:
    most = 0.0
    while not done.wait(_EVERY_S):
        most = max(most, min(_UNTIL_VERIFIED, _bytes_in(folder) / model.size))
        progress(model.name, most)


def _bytes_in(folder: Path) -> int:
    """Files and folders come and go while they are counted: those that went count nothing."""
    total = 0
    for path, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += (Path(path) / name).stat().st_size
    return total
