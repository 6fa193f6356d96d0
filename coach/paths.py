"""Where things live on this machine, by the system's own conventions."""

import os
import sys
from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("eerst-begrip", appauthor=False)


def models_folder() -> Path:
    """Fetched models. `COACH_MODELS` moves it."""
    return Path(os.environ.get("COACH_MODELS") or _DIRS.user_cache_path / "models")


def settings_file() -> Path:
    """The user's settings, a TOML file that people may edit."""
    return Path(os.environ.get("COACH_SETTINGS") or _DIRS.user_config_path / "settings.toml")


def logs_folder() -> Path:
    """Call logs that the product keeps by itself. `COACH_LOGS` moves it."""
    return Path(os.environ.get("COACH_LOGS") or _DIRS.user_data_path / "calls")


def diary_file() -> Path:
    """Where faults are noted. `COACH_DIARY` moves it."""
    return Path(os.environ.get("COACH_DIARY") or _DIRS.user_log_path / "faults.jsonl")


def control_file() -> Path:
    """Where a coach that listens says how it is controlled. `COACH_CONTROL` moves it.

    In the session's own folder where the system gives one; else in the user's, never in a folder
    that others may write to: the file holds a token.
    """
    own = "XDG_RUNTIME_DIR" in os.environ or sys.platform in {"win32", "darwin"}
    folder = _DIRS.user_runtime_path if own else _DIRS.user_state_path
    return Path(os.environ.get("COACH_CONTROL") or folder / "control.json")
