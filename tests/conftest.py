"""What every test may use."""

import os
import signal
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with labelled calls and open data, from COACH_SHARED or beside the checkout."""
    folder = Path(os.environ.get("COACH_SHARED", ROOT.parent / "shared"))
    if not (folder / "calls" / "SCHEMA.md").is_file():
        pytest.skip(f"the labelled calls are not here: set COACH_SHARED (looked in {folder})")
    return folder


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c_is_heard() -> None:
    """A shell that starts the tests in the background has them ignore Ctrl-C; they test it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _nobodys_record(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test writes into the record, the key store or the windows' memory of whoever runs it."""
    os.environ["COACH_SCREEN"] = str(tmp_path_factory.mktemp("screen") / "screen.ini")
    os.environ["COACH_RECORD"] = str(tmp_path_factory.mktemp("record"))
    os.environ["COACH_KEY_STORE"] = "file"
