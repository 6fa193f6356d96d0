"""A real screen for whole stories: an X server of our own, and the tools of whoever sits at it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

PATIENCE_S = 60
XVFB, XDOTOOL, IMPORT = (shutil.which(tool) or "" for tool in ("Xvfb", "xdotool", "import"))
needs_a_screen = pytest.mark.skipif(
    not (XVFB and XDOTOOL and IMPORT), reason="real windows need Xvfb, xdotool and imagemagick"
)


@contextmanager
def x_server() -> Iterator[str]:
    """An X server on the first free display."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [XVFB, "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait(PATIENCE_S)


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A screen for the stories of a module."""
    with x_server() as name:
        yield name
