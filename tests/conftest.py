"""What every test may use."""

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

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
    os.environ["COACH_CHECKED"] = str(tmp_path_factory.mktemp("checked") / "sound-checked")
    os.environ["COACH_SOUND_CHECK"] = "never"
    os.environ["COACH_TUNING"] = str(tmp_path_factory.mktemp("tuning") / "tuning.json")
    _measured(Path(os.environ["COACH_TUNING"]))


def _measured(path: Path) -> None:
    """No test waits for the measurement of its machine."""
    from models.hardware import cpus
    from models.tuning import Tuning, describe, write

    write(path, Tuning(machine=describe(cpus()), threads=max(1, min(4, cpus() - 1)), seconds={}))


@pytest.fixture(scope="session")
def qapp() -> "QApplication":
    """The product's own application, without a screen."""
    from ui.application import application

    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("QT_QPA_PLATFORM", "offscreen")
        return application()
