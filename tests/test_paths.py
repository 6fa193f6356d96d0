"""Where things live: in folders of the user's own."""

import tempfile
from pathlib import Path

import pytest

from coach import paths


def test_the_control_file_is_in_nobody_elses_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COACH_CONTROL", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", "/home/somebody/.local/state")
    found = paths.control_file()
    assert not found.is_relative_to(tempfile.gettempdir())
    assert found.is_relative_to("/home/somebody")


def test_the_control_file_is_in_the_sessions_folder_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("COACH_CONTROL", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert paths.control_file().is_relative_to(tmp_path)
    monkeypatch.setenv("COACH_CONTROL", str(tmp_path / "elsewhere"))
    assert paths.control_file() == tmp_path / "elsewhere"
