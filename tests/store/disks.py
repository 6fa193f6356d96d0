"""Disks that are nearly full: a small tmpfs where one may be made, else files that may not grow."""

import resource
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

_MOUNT = "/bin/mount"


def mounted(folder: Path, size_kb: int) -> bool:
    """Whether a tmpfs of that size could be made in `folder`: that takes an administrator."""
    mount = [_MOUNT, "-t", "tmpfs", "-o", f"size={size_kb}k", "none", str(folder)]
    return subprocess.run(mount, check=False, capture_output=True).returncode == 0


def fill(folder: Path) -> Callable[[], None]:
    """Leave no byte on it; what is returned makes room again."""
    filler = folder / "filler"
    with suppress(OSError), FileIO(filler, "w") as file:
        while file.write(bytes(4096)):
            pass
    return filler.unlink


def unmount(folder: Path) -> None:
    """Take it away."""
    subprocess.run(["/bin/umount", "-l", str(folder)], check=True)


@contextmanager
def small_disk(folder: Path, size_kb: int = 1_500) -> Iterator[None]:
    """A disk that is soon full, in `folder`."""
    if mounted(folder, size_kb):
        try:
            yield
        finally:
            unmount(folder)
        return
    with file_limit(size_kb * 7 // 10):
        yield


@contextmanager
def file_limit(size_kb: int) -> Iterator[Callable[[], None]]:
    """No file of this process may grow beyond; what is given lifts that."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_kb * 1_000, before[1]))
    try:
        yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
