"""When a recorded call began, by the clock on the wall."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from audio.callfile import inspect
from coach import app
from coach.app import demo_call


def test_a_recording_began_as_long_before_its_last_change_as_it_lasts(tmp_path: Path) -> None:
    copy = tmp_path / "call.flac"
    copy.write_bytes(demo_call().read_bytes())
    ended = datetime(2026, 9, 3, 14, 15, tzinfo=UTC)
    os.utime(copy, (ended.timestamp(), ended.timestamp()))
    file = inspect(copy)
    began = app._recorded(file)
    assert began is not None
    moment = datetime.fromisoformat(began)
    assert moment.tzinfo is not None
    assert abs((ended - moment).total_seconds() - file.duration_s) <= 1
    assert app._recorded(replace(file, path=tmp_path / "gone.flac")) is None
