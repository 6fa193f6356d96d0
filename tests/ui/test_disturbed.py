"""Minimising, moving or closing a window changes nothing for anyone else and is not logged."""

import re
from contextlib import closing as closed_after
from pathlib import Path

import pytest

from coach import app
from coach.core.events import NudgeShown
from coach.core.replay import compare
from coach.store.calllog import log_path
from coach.store.database import Store
from coach.store.people import access_log
from tests.ui import disturbed

pytestmark = pytest.mark.usefixtures("qapp")

OF_WINDOWS = re.compile(r"window|venster|minimi|maximi|moved|focus|hidden", re.IGNORECASE)


@pytest.fixture(autouse=True)
def diary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("COACH_DIARY", str(tmp_path / "diary.jsonl"))
    return tmp_path / "diary.jsonl"


def raw(folder: Path) -> str:
    return log_path(folder, app.demo_call().stem).read_text(encoding="utf-8")


def test_a_window_that_is_fiddled_with_leaves_the_call_as_it_is(
    tmp_path: Path, diary: Path
) -> None:
    left_alone = disturbed.in_a_window(tmp_path / "a", disturbed.nothing)
    fiddled_with = disturbed.in_a_window(tmp_path / "b", disturbed.fiddling)
    assert fiddled_with == left_alone
    assert any(isinstance(event, NudgeShown) for event in left_alone)
    assert compare(fiddled_with) is None
    assert OF_WINDOWS.search(raw(tmp_path / "b")) is None
    assert not diary.exists()
    with closed_after(Store.open(tmp_path / "calls.db")) as store:
        for log in (left_alone, fiddled_with):
            store.append("demo", 0, log)  # sent twice, it is the same call
        assert store.events("demo") == left_alone
        assert access_log(store) == []


def test_closing_the_window_is_the_end_of_the_coaching_and_says_nothing_more(
    tmp_path: Path, diary: Path
) -> None:
    closed = disturbed.in_a_window(tmp_path / "a", disturbed.closing)
    stopped = disturbed.without_a_window(tmp_path / "b")
    assert closed == stopped
    assert OF_WINDOWS.search(raw(tmp_path / "a")) is None
    assert not diary.exists()
