"""Calls as text: labelled scripts without audio, through the same core.

The words of each turn are spread over the time in which the turn was spoken; a look at a turn
that goes on gives the words that were out by then.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from coach.core.events import SpeechEnded, SpeechStarted, Word
from coach.core.requests import Transcribe
from coach.core.units import RATE, Samples, from_seconds
from coach.core.vocabulary import Pace, Speaker
from coach.errors import UserError
from coach.runtime.ports import Transcript

_NO_SCRIPT = (ValueError, TypeError, KeyError, OverflowError, RecursionError)


@dataclass(frozen=True, kw_only=True, slots=True)
class SpokenTurn:
    """One turn of a script: when it was spoken, and its words with their times."""

    speaker: Speaker
    start: Samples
    end: Samples
    words: tuple[Word, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Script:
    """A whole call as text."""

    call_id: str
    turns: tuple[SpokenTurn, ...]

    @property
    def end(self) -> Samples:
        """A second after the last word: long enough for what is still to be said on screen."""
        return Samples(max(turn.end for turn in self.turns) + RATE)

    def speech(self) -> list[SpeechStarted | SpeechEnded]:
        """What a speech detector would have said, in the order of time."""
        events: list[SpeechStarted | SpeechEnded] = []
        for segment, turn in enumerate(self.turns):
            events += _speech(segment, turn)
        return sorted(events, key=lambda event: (event.at, isinstance(event, SpeechStarted)))


class ScriptHearing:
    """Hears exactly what the script says."""

    def __init__(self, script: Script) -> None:
        self._turns = script.turns

    def take(self, request: Transcribe) -> Callable[[], Transcript]:
        """The words of the turn that were out at the end of the request."""
        return partial(self._read, request)

    def at_pace(self, pace: Pace) -> None:
        """Text takes no time: there is nothing to do less of."""

    def _read(self, request: Transcribe) -> Transcript:
        turn = self._turns[request.segment]
        said = [
            Word(
                start=Samples(word.start - request.start),
                end=Samples(word.end - request.start),
                text=word.text,
            )
            for word in turn.words
            if request.start <= word.start and word.end <= request.end
        ]
        return Transcript(words=tuple(said))


def load_scripts(calls: Path, turns: Path) -> Iterator[Script]:
    """The calls of a `*.jsonl` file, with the spoken times from `turns/ID.turns.json`.

    Raises `UserError` for a file that is missing or is no script.
    """
    for number, line in enumerate(_text(calls).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            call_id = _file_name(json.loads(line)["id"])
        except _NO_SCRIPT as why:
            raise UserError("cli.no_script", path=calls, line=number) from why
        yield load_script(call_id, turns / f"{call_id}.turns.json")


def load_script(call_id: str, spoken: Path) -> Script:
    """One call from its spoken turns (`n`, `speaker`, `start_s`, `end_s`, `text`)."""
    try:
        turns = tuple(_turn(entry) for entry in json.loads(_text(spoken)))
    except _NO_SCRIPT as why:
        raise UserError("cli.no_script", path=spoken, line=1) from why
    if not turns:
        raise UserError("cli.no_script", path=spoken, line=1)
    return Script(call_id=call_id, turns=turns)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as why:
        raise UserError("cli.cannot_read", path=path) from why


def _file_name(call_id: str) -> str:
    """Files are named after a call: its id may not lead out of their folder."""
    if Path(call_id).name != call_id or not call_id.strip(".") or not call_id.isprintable():
        raise ValueError(f"{call_id!r} is no name of a call")
    return call_id


def _turn(entry: dict[str, Any]) -> SpokenTurn:
    start, end = from_seconds(entry["start_s"]), from_seconds(entry["end_s"])
    if not 0 <= start <= end:
        raise ValueError(f"from {start} to {end}")
    return SpokenTurn(
        speaker=Speaker(entry["speaker"]),
        start=start,
        end=end,
        words=_spread(str(entry["text"]).split(), start, end),
    )


def _spread(texts: list[str], start: Samples, end: Samples) -> tuple[Word, ...]:
    """Word times in proportion to the letters; the last word ends with the turn."""
    letters = [len(text) + 1 for text in texts]
    total = sum(letters)
    words, before = [], 0
    for text, length in zip(texts, letters, strict=True):
        begins = Samples(start + (end - start) * before // total)
        before += length
        ends = Samples(start + (end - start) * before // total)
        words.append(Word(start=begins, end=ends, text=text))
    return tuple(words)


def _speech(segment: int, turn: SpokenTurn) -> tuple[SpeechStarted, SpeechEnded]:
    started = SpeechStarted(at=turn.start, speaker=turn.speaker, segment=segment, start=turn.start)
    ended = SpeechEnded(
        at=turn.end,
        speaker=turn.speaker,
        segment=segment,
        start=turn.start,
        end=turn.end,
        reason="pause",
    )
    return started, ended
