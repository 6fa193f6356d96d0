"""Where the labelled calls are: a setting, since they are no part of the project."""

import os
import sys
from pathlib import Path

from benchmarks.machine import ROOT


def shared_folder() -> Path:
    """The folder from COACH_SHARED, or beside the checkout; exits with the reason if absent."""
    folder = Path(os.environ.get("COACH_SHARED") or ROOT.parent / "shared")
    if not folder.is_absolute():
        folder = (ROOT / folder).resolve()
    if not (folder / "calls" / "SCHEMA.md").is_file():
        sys.exit(f"skipped: no labelled calls in {folder}; set COACH_SHARED")
    return folder
