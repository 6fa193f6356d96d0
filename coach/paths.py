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


def manners_file() -> Path:
    """What the organisation set about nudges: beside the settings. `COACH_NUDGES` moves it."""
    return Path(os.environ.get("COACH_NUDGES") or settings_file().with_name("nudges.toml"))


def screen_file() -> Path:
    """Where windows stood, and whether the first steps were taken. `COACH_SCREEN` moves it."""
    return Path(os.environ.get("COACH_SCREEN") or _DIRS.user_state_path / "screen.ini")


def protocol_file() -> Path:
    """The organisation's own protocol: beside the settings. `COACH_PROTOCOL` moves it."""
    return Path(os.environ.get("COACH_PROTOCOL") or settings_file().with_name("protocol.toml"))


def tuning_file() -> Path:
    """How fast this machine was measured to be. `COACH_TUNING` moves it."""
    return Path(os.environ.get("COACH_TUNING") or _DIRS.user_state_path / "tuning.json")


def checked_file() -> Path:
    """The day on which the sound was last checked. `COACH_CHECKED` moves it."""
    return Path(os.environ.get("COACH_CHECKED") or _DIRS.user_state_path / "sound-checked")


def logs_folder() -> Path:
    """Call logs that the product keeps by itself. `COACH_LOGS` moves it."""
    return Path(os.environ.get("COACH_LOGS") or _DIRS.user_data_path / "calls")


def record_folder() -> Path:
    """The record of calls: its database, its keys, what waits for it. `COACH_RECORD` moves it."""
    return Path(os.environ.get("COACH_RECORD") or _DIRS.user_data_path / "record")


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
