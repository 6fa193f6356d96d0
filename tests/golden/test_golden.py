"""The decisions of the golden calls, bit for bit. A wanted change: `python -m tests.golden`."""

import pytest

from coach.core.events import CallSummarised, NudgeShown, OrderJudged
from coach.core.replay import compare
from coach.store.calllog import read_log
from tests.golden import CALLS, FOLDER, SUFFIX, lines, path


def test_every_golden_log_has_its_call() -> None:
    kept = {file.name.removesuffix(SUFFIX) for file in FOLDER.glob(f"*{SUFFIX}")}
    assert kept == set(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_the_kept_log_gives_the_same_decisions_again(name: str) -> None:
    assert compare(read_log(path(name))) is None


@pytest.mark.parametrize("name", CALLS)
def test_the_call_gives_the_kept_log_again(name: str) -> None:
    """The whole chain: script, looks, turns, requests, decisions and how they are written."""
    assert lines(name) == path(name).read_text(encoding="utf-8")


def test_the_golden_calls_cover_something() -> None:
    events = [event for name in CALLS for event in read_log(path(name))]
    assert len({event.kind for event in events if isinstance(event, NudgeShown)}) >= 3
    assert len({event.value for event in events if isinstance(event, OrderJudged)}) >= 2
    assert len({e.risk_highest for e in events if isinstance(e, CallSummarised)}) >= 2
    types = {event.type for event in events}
    assert {"tick", "heard", "nudge_withdrawn", "nudge_spared", "risk"} <= types
