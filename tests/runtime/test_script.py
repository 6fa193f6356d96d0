"""Calls as text."""

import json
from pathlib import Path
from typing import Any

import pytest

from coach.core.events import SpeechStarted
from coach.core.requests import Transcribe
from coach.core.units import RATE, Samples, from_seconds
from coach.core.vocabulary import Speaker
from coach.errors import UserError
from coach.runtime.script import ScriptHearing, load_script, load_scripts

TURNS = [
    {"n": 0, "speaker": "agent", "start_s": 0.5, "end_s": 2.5, "text": "Goedemorgen, met Sanne."},
    {"n": 1, "speaker": "customer", "start_s": 2.25, "end_s": 4, "text": "Ja  hallo"},
]


def write(folder: Path, turns: Any = TURNS, calls: str = '{"id": "een"}\n\n') -> Path:
    text = turns if isinstance(turns, str) else json.dumps(turns)
    (folder / "een.turns.json").write_text(text, encoding="utf-8")
    (folder / "calls.jsonl").write_text(calls, encoding="utf-8")
    return folder / "calls.jsonl"


def test_a_call_is_read_with_the_times_of_its_words(tmp_path: Path) -> None:
    (script,) = load_scripts(write(tmp_path), tmp_path)
    agent, customer = script.turns
    assert script.call_id == "een"
    assert script.end == 5 * RATE
    assert [word.text for word in customer.words] == ["Ja", "hallo"]
    for turn in (agent, customer):
        assert turn.words[0].start == turn.start
        assert turn.words[-1].end == turn.end
        for one, following in zip(turn.words, turn.words[1:], strict=False):
            assert one.start < one.end == following.start


def test_speech_comes_in_the_order_of_time(tmp_path: Path) -> None:
    (script,) = load_scripts(write(tmp_path), tmp_path)
    told = [(event.speaker, isinstance(event, SpeechStarted)) for event in script.speech()]
    agent, customer = Speaker.AGENT, Speaker.CUSTOMER
    assert told == [(agent, True), (customer, True), (agent, False), (customer, False)]


@pytest.mark.parametrize(
    ("until", "heard"), [(0.5, ""), (1.8, "Goedemorgen,"), (2.5, "Goedemorgen, met Sanne.")]
)
def test_a_look_hears_the_words_that_are_out(tmp_path: Path, until: float, heard: str) -> None:
    (script,) = load_scripts(write(tmp_path), tmp_path)
    request = Transcribe(
        speaker=Speaker.AGENT,
        segment=0,
        start=from_seconds(0.5),
        end=from_seconds(until),
        final=False,
    )
    transcript = ScriptHearing(script).take(request)()
    assert transcript.text == heard
    assert all(Samples(0) <= word.start for word in transcript.words)


def test_a_turn_without_words_is_a_silence(tmp_path: Path) -> None:
    write(tmp_path, [{**TURNS[0], "text": " "}])
    script = load_script("een", tmp_path / "een.turns.json")
    assert script.turns[0].words == ()


BROKEN: dict[str, Any] = {
    "no JSON": "{",
    "no turns": [],
    "an object": {},
    "a number": 7,
    "a turn that is text": ["hallo"],
    "no start": [{"speaker": "agent", "end_s": 1, "text": "x"}],
    "an unknown speaker": [{**TURNS[0], "speaker": "lead"}],
    "a start that is text": [{**TURNS[0], "start_s": "nul"}],
    "a start without end": [{**TURNS[0], "start_s": 1e999}],
    "a start before the call": [{**TURNS[0], "start_s": -1}],
    "an end before its start": [{**TURNS[0], "end_s": 0.4}],
    "nested without end": "[" * 100_000,
}


@pytest.mark.parametrize("turns", BROKEN.values(), ids=BROKEN.keys())
def test_turns_that_are_none_are_told_with_the_file(tmp_path: Path, turns: Any) -> None:
    calls = write(tmp_path, turns)
    with pytest.raises(UserError) as told:
        list(load_scripts(calls, tmp_path))
    assert "een.turns.json" in str(told.value)


@pytest.mark.parametrize(
    "line",
    [
        "hallo",
        "[]",
        "7",
        "null",
        '{"name": "een"}',
        '{"id": 7}',
        '{"id": null}',
        '{"id": ""}',
        '{"id": "../een"}',
        '{"id": "/een"}',
        '{"id": ".."}',
        '{"id": "a\\u0000b"}',
        "[" * 100_000,
    ],
)
def test_a_line_that_is_no_call_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    calls = write(tmp_path, calls=f'{{"id": "een"}}\n{line}\n')
    with pytest.raises(UserError) as told:
        list(load_scripts(calls, tmp_path))
    assert told.value.key == "cli.no_script"
    assert told.value.values["line"] == 2


@pytest.mark.parametrize("missing", ["calls.jsonl", "een.turns.json"])
def test_a_missing_file_is_told(tmp_path: Path, missing: str) -> None:
    calls = write(tmp_path)
    (tmp_path / missing).unlink()
    with pytest.raises(UserError) as told:
        list(load_scripts(calls, tmp_path))
    assert missing in str(told.value)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    calls = write(tmp_path)
    calls.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match="calls"):
        list(load_scripts(calls, tmp_path))
