"""The demo call through the whole chain, with the real models, as `make run` plays it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from coach.app import demo_call
from coach.core.replay import compare
from coach.core.vocabulary import NudgeKind
from coach.store.calllog import read_log
from tests.real_models import whisper

GRIEF, ASKED, SORRY, RULES, LAWYER, TURNED = 1, 2, 4, 10, 11, 12
"""Turns of the demo call: what happens in them stands in `coach/demo/demo.json`."""


WATCHED = """
import sys
def watch(name, arguments):
    if name in {"socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.bind"}:
        with open(sys.argv[1], "a") as file:
            print(name, arguments[1:], file=file)
sys.addaudithook(watch)
from coach.cli import main
sys.argv = ["coach", *sys.argv[2:]]
main()
"""


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What the terminal showed, and the log. Calls to the network go into `network` beside it."""
    whisper()  # skips where the model is not here
    logs = tmp_path_factory.mktemp("logs")
    environment = {**os.environ, "COACH_LOGS": str(logs), "COACH_LANGUAGE": "nl", "COLUMNS": "100"}
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(logs / "network"), "demo", "--text", "--fast"],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, logs / "demo" / "demo.events.jsonl"


@pytest.fixture(scope="module")
def events(played: tuple[str, Path]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in played[1].read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def turns() -> list[dict[str, Any]]:
    path = demo_call().with_name("demo.turns.json")
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def nudges(events: list[dict[str, Any]]) -> list[tuple[str, float]]:
    return [(e["kind"], e["at_s"]) for e in events if e["type"] == "nudge"]


def test_the_bereavement_is_acknowledged_before_or_after_the_postcode(
    events: list[dict[str, Any]], turns: list[dict[str, Any]]
) -> None:
    start, end = turns[GRIEF]["end_s"], turns[SORRY]["start_s"]
    early = {kind for kind, at in nudges(events) if start <= at <= end}
    assert early & {NudgeKind.ACKNOWLEDGE_FIRST, NudgeKind.REPAIR_ACKNOWLEDGEMENT}


def test_no_nudge_where_the_agent_does_it_right(
    events: list[dict[str, Any]], turns: list[dict[str, Any]]
) -> None:
    fine = (
        (0.0, turns[GRIEF]["end_s"]),
        (turns[SORRY]["end_s"], turns[RULES]["start_s"] + 1),
        (turns[TURNED]["end_s"], turns[-1]["end_s"] + 2),
    )
    shown = nudges(events)
    wrong = [(kind, at) for kind, at in shown for begin, end in fine if begin <= at < end]
    assert wrong == []
    assert len(shown) <= 4


def test_the_risk_reaches_high_and_comes_down_again(
    events: list[dict[str, Any]], turns: list[dict[str, Any]]
) -> None:
    levels = [(e["level"], e["at_s"]) for e in events if e["type"] == "risk"]
    high = [at for level, at in levels if level == "high"]
    assert len(high) == 1
    assert turns[LAWYER]["start_s"] <= high[0] <= turns[TURNED]["start_s"] + 2
    assert levels[-1][0] in {"watch", "none"}


def test_the_terminal_shows_words_feelings_nudges_reasons_risk_and_a_summary(
    played: tuple[str, Path],
) -> None:
    shown, _ = played
    for sign in ("Agent", "Klant", "verdrietig", "om: “", "Risico: hoog", "Na het gesprek"):
        assert sign in shown


def test_the_log_names_its_models_and_replays_identically(
    played: tuple[str, Path], events: list[dict[str, Any]]
) -> None:
    assert events[0]["recogniser"].startswith("base ")
    assert events[0]["understanding"].startswith("transformer")
    assert events[0]["emotion_from"] == "customer"
    assert events[-1]["type"] == "finished"
    assert compare(read_log(played[1])) is None


def test_nothing_is_sent_or_asked_over_a_network(played: tuple[str, Path]) -> None:
    assert not (played[1].parent.parent / "network").exists()
