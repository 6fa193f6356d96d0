"""A whole shift that is recorded: what is kept of its calls, and when nothing is."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from coach.core.units import RATE, Samples
from coach.keeping import Keeping, keeping
from coach.runtime.ports import Audio, Transcript
from coach.settings import Settings
from coach.store.home import open_record
from coach.store.queries import list_calls
from coach.store.recordings import DRAFTS
from models.asr import spread
from tests.test_recorder import kept, no_thread_is_left
from tests.test_shift_story import Day, does, voice

__all__ = ["no_thread_is_left"]

KEEPS = Settings(
    key_store="file",
    keep_audio=True,
    announcement="Dit gesprek wordt opgenomen.",
    audio_purpose="Leren van gesprekken",
    audio_agreed="Ondernemingsraad, 1 september",
)


@contextmanager
def shift(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    day: Day,
    settings: Settings = KEEPS,
) -> Iterator[list[str | None]]:
    """The day with its calls kept; what was told about its sound."""
    monkeypatch.setenv("COACH_RECORD", str(tmp_path / "record"))
    monkeypatch.setenv("COACH_LOGS", str(tmp_path / "logs"))
    monkeypatch.setenv("COACH_DIARY", str(tmp_path / "diary.jsonl"))
    told: list[str | None] = []
    with keeping(settings, clear_logs=False) as keep:
        _kept_by(keep, day, told.append)
        yield told


def _kept_by(keep: Keeping, day: Day, told: Callable[[str | None], None]) -> None:
    day.shift.told = keep.heeding(replace(day.shift.told, sound=told))
    day.shift.tap, day.shift.log_key = keep.tap, keep.log_key
    day.shift.sinks = lambda: [day.events.append, keep.sink()]


def loud(tmp_path: Path) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """The calls of the record whose sound was kept: in which tenths of a second each side is."""
    record = open_record(tmp_path / "record", file_keys=True)
    with closing(record):
        store = record.store()
        found = {}
        for row in list_calls(store).rows:
            sound = kept(store, record.keys.audio, row.call_id)
            if len(sound):
                tenths = np.abs(sound[: len(sound) // 1600 * 1600]).reshape(-1, 1600, 2).max(axis=1)
                found[row.call_id] = (tenths[:, 0] > 0, tenths[:, 1] > 0)
    return found


@dataclass
class Tells:
    """A recogniser that hears a postcode in what lasts long."""

    name: str = "tells"

    def transcribe(self, audio: Audio, *, final: bool) -> Transcript:  # noqa: ARG002 - any will do
        text = "woord"
        if len(audio) > 8 * RATE:
            text = "mijn postcode is 6524 KL zoals u weet"
        words = spread(text.split(), Samples(len(audio)))
        words = tuple(replace(word, probability=0.9) for word in words)
        return Transcript(words=words, confidence=0.9)


def test_a_live_call_is_kept_in_the_record_without_its_postcode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = voice(1, (5, 7), (24, 26), length=40)
    customer = voice(2, (9, 21), length=40)
    day = Day(tmp_path / "logs", agent, customer, length=40, by_voice=False)
    day.shift.models = replace(day.shift.models, recogniser=Tells())
    day.at = {3.0: does("start"), 35.0: does("stop")}
    with shift(tmp_path, monkeypatch, day) as told:
        day.run()
    assert told == [None]
    ((_, (agents, customers)),) = loud(tmp_path).items()
    assert 30 < agents.sum() < 50
    assert 30 < customers.sum() < 110
    (hidden,) = [n for n in range(1, 200) if customers[n - 1] and not customers[n : n + 20].any()][
        :1
    ]
    assert customers[hidden + 20 :].any()
    assert list((tmp_path / "record" / DRAFTS).iterdir()) == []


def test_on_hold_and_in_a_pause_nothing_is_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent, customer = voice(1, length=40), voice(2, (5, 38), length=40)
    day = Day(tmp_path / "logs", agent, customer, length=40, by_voice=False)
    day.at = {
        4.0: does("start"),
        10.0: does("hold"),
        20.0: does("resume"),
        25.0: does("pause"),
        30.0: does("resume"),
        39.0: does("stop"),
    }
    with shift(tmp_path, monkeypatch, day):
        day.run()
    ((_, (_, customer_heard)),) = loud(tmp_path).items()
    assert customer_heard[15:55].all()
    assert not customer_heard[65:155].any()
    assert customer_heard[165:205].all()
    assert not customer_heard[215:255].any()
    assert customer_heard[265:330].all()


def test_after_an_objection_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent, customer = voice(1, (5, 20), length=30), voice(2, (5, 20), length=30)
    day = Day(tmp_path / "logs", agent, customer, length=30, by_voice=False)
    day.at = {4.0: does("start"), 15.0: does("object")}
    with shift(tmp_path, monkeypatch, day):
        day.run()
    assert loud(tmp_path) == {}
    assert list((tmp_path / "record").rglob("*.draft")) == []
    assert list((tmp_path / "record").rglob("*.sound")) == []


LACKS = {
    "announcement": {"announcement": " "},
    "audio_purpose": {"audio_purpose": ""},
    "audio_agreed": {"audio_agreed": ""},
    "keep_transcript": {"keep_transcript": False},
    "keep_calls": {"keep_calls": False},
}


@pytest.mark.parametrize("what", LACKS)
def test_nothing_is_recorded_as_long_as_a_condition_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    agent, customer = voice(1, (2, 4), length=10), voice(2, (5, 7), length=10)
    day = Day(tmp_path / "logs", agent, customer, length=10, by_voice=False)
    day.at = {1.0: does("start"), 9.0: does("stop")}
    settings = KEEPS.model_copy(update=LACKS[what])
    with shift(tmp_path, monkeypatch, day, settings) as told:
        day.run()
    assert len(told) == 1
    assert told[0] is not None
    assert f"'{what}'" in told[0]
    assert list((tmp_path / "record").rglob("*.sound")) == []
    assert not (tmp_path / "record" / DRAFTS).exists()


def test_by_default_no_sound_is_kept_and_nothing_is_said_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent, customer = voice(1, (2, 4), length=10), voice(2, (5, 7), length=10)
    day = Day(tmp_path / "logs", agent, customer, length=10, by_voice=False)
    day.at = {1.0: does("start"), 9.0: does("stop")}
    with shift(tmp_path, monkeypatch, day, KEEPS.model_copy(update={"keep_audio": False})) as told:
        day.run()
    assert told == []
    assert loud(tmp_path) == {}
