"""The sound of the demo call: kept on request, drawn and played by the replay, and erased."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import soundfile
from pytestqt.qtbot import QtBot

from audio.callfile import inspect
from audio.pieces import both, unpack
from coach import app, paths
from coach.archive import StoreArchive
from coach.core.events import CallStarted, Utterance, Word
from coach.core.hush import audible
from coach.core.redaction import redact_events
from coach.core.units import RATE, Samples
from coach.core.vocabulary import Speaker
from coach.hearing import kept_recordings
from coach.phrases import say
from coach.runtime.ports import Audio, Transcript
from coach.store.calllog import log_path, read_log
from coach.store.home import Record, open_record
from coach.store.recordings import DRAFT, SUFFIX, read_recording
from tests.e2e.by_ear import Beginning, demo, understanding
from tests.e2e.command_line import CommandLine, LoudnessDetector, coach
from tests.e2e.test_listen import Shift, server, shift, sound
from tests.pulse import SoundServer
from tests.ui.archives import done, errand_boy
from ui.archive import EVERY_CALL
from ui.replay_page import ReplayPage

__all__ = ["coach", "server", "shift", "sound"]

CALL = app.demo_call()
_PIECE = 64
"""Samples by which a place is known."""


class Recalls:
    """A recogniser that finds the very samples in the demo call, and gives the words said there."""

    name = "recalls"

    def __init__(self, knows: Beginning) -> None:
        self._sounds = {who: sound.tobytes() for who, sound in knows.sound().items()}
        self._words = knows.words()

    def transcribe(self, audio: Audio, *, final: bool) -> Transcript:  # noqa: ARG002 - by heart
        """The words whose middle lies in the audio."""
        at = int(np.abs(audio[: max(1, len(audio) - _PIECE)]).argmax())
        piece = np.ascontiguousarray(audio[at : at + _PIECE]).tobytes()
        for who, samples in self._sounds.items():
            if (found := samples.find(piece)) >= 0:
                start = found // audio.itemsize - at
                return Transcript(words=self._said(who, start, len(audio)), confidence=0.9)
        return Transcript(words=())

    def _said(self, who: Speaker, start: int, length: int) -> tuple[Word, ...]:
        return tuple(
            Word(
                start=Samples(max(0, word.start - start)),
                end=Samples(min(length, word.end - start)),
                text=word.text,
                probability=0.9,
            )
            for word in self._words[who]
            if start <= (word.start + word.end) // 2 < start + length
        )


@pytest.fixture
def keeps(coach: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CommandLine:
    """The command line of an organisation that keeps sound."""
    set_to = {
        "RECORD": tmp_path / "record",
        "LOGS": tmp_path / "logs",
        "KEY_STORE": "file",
        "KEEP_AUDIO": "true",
        "ANNOUNCEMENT": "Dit gesprek wordt opgenomen.",
        "AUDIO_PURPOSE": "Samen leren van gesprekken",
        "AUDIO_AGREED": "OR, 1 september",
        "AGENT": "a7",
    }
    for name, value in set_to.items():
        monkeypatch.setenv(f"COACH_{name}", str(value))
    monkeypatch.setattr("coach.app.SileroDetector", LoudnessDetector)
    monkeypatch.setattr("coach.app.load_recogniser", lambda _: Recalls(demo(104.0)))
    monkeypatch.setattr("coach.app.load_understanding", understanding)
    return coach


@pytest.fixture
def opened() -> Iterator[Record]:
    """The record of this machine."""
    with closing(open_record(paths.record_folder(), file_keys=True)) as record:
        yield record


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_the_demo_call_is_kept_replayed_exported_and_erased(
    keeps: CommandLine, tmp_path: Path, qtbot: QtBot
) -> None:
    out = tmp_path / "events"
    ran = keeps("analyse", CALL, "--out", out, "--keep")
    assert ran.code == 0
    assert "with its sound" in ran.out
    record = tmp_path / "record"
    assert list(record.rglob(f"*{DRAFT}")) == []
    (sealed,) = record.glob(f"*{SUFFIX}")
    assert b"fLaC" not in bytes_of(record)

    _is_replayed(qtbot)
    opened = keeps("privacy", "access", "--json").lines
    assert {(one["who"], one["what"]) for one in opened} == {("lead", "call"), ("lead", "sound")}

    ran = keeps("privacy", "export", "--call", CALL.stem, "--out", tmp_path / "handed", "--json")
    assert ran.code == 0
    heard, rate = soundfile.read(tmp_path / "handed" / "demo.flac", dtype="int16")
    assert rate == RATE
    _is_silent_where_it_has_to_be(heard, log_path(out, CALL.stem))

    mark = sealed.read_bytes()[-500:]
    ran = keeps("privacy", "erase", "--call", CALL.stem, "--logs", out, "--yes", "--json")
    assert json.loads(ran.out)["sounds"] == 1
    assert mark not in bytes_of(record)
    assert list(record.glob(f"*{SUFFIX}")) == []


def _is_replayed(qtbot: QtBot) -> None:
    with closing(open_record(paths.record_folder(), file_keys=True)) as made, errand_boy() as boy:
        store = made.store()
        calls = StoreArchive(store, who="lead", role="lead")
        (entry,) = calls.page(EVERY_CALL, 0, 9)
        assert entry.has_audio
        sound = kept_recordings(store, made.keys.audio, who="lead", role="lead")
        page = ReplayPage(calls, boy, boy, open_sound=sound)
        qtbot.addWidget(page)
        page.show()
        page.open_call(entry.call_id)
        done(boy)
        peaks = page.parts.wave._peaks
        assert peaks is not None
        assert peaks.agent.max() > 0.1
        assert peaks.customer.max() > 0.1
        assert page.parts.transport.sides.isEnabled()
        openings = [one.who for one in calls.open_call(entry.call_id).accesses]
        assert say("sound.listened", who="lead (lead)") in openings
        page.close_call()


def _is_silent_where_it_has_to_be(heard: np.ndarray, log: Path) -> None:
    """Every sample: as it was where words were read, nothing where something personal was said."""
    raw = list(read_log(log))
    may = audible(redact_events(raw))
    whole = np.concatenate([both(block) for block in inspect(CALL).blocks("left")])
    assert may.hushed
    for side, stretches in ((0, may.agent), (1, may.customer)):
        expected = np.zeros(len(heard), bool)
        for one in stretches:
            expected[one.start : one.end] = True
        for one in may.hushed:
            expected[one.start : one.end] = False
        assert not heard[~expected, side].any()
        assert np.array_equal(heard[expected, side], whole[: len(heard)][expected, side])
    told = [e for e in redact_events(raw) if isinstance(e, Utterance) and "‹" in e.text]
    assert told
    for one in told:
        for word in one.words:
            if "‹" in word.text or "·" in word.text:
                assert not heard[word.start : word.end].any()


def test_a_file_is_kept_only_on_request_and_only_with_every_condition(
    keeps: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.e2e.command_line import record

    call = record(tmp_path / "one.wav")
    monkeypatch.setattr("coach.app.load_recogniser", lambda _: keeps.listener)
    assert keeps("analyse", call, "--out", tmp_path / "events").code == 0
    assert not (tmp_path / "record").exists()
    monkeypatch.setenv("COACH_AUDIO_AGREED", "")
    ran = keeps("analyse", call, "--out", tmp_path / "events", "--keep")
    assert ran.code == 0
    assert "'audio_agreed'" in ran.err
    assert "without sound" in ran.out
    assert list((tmp_path / "record").rglob(f"*{SUFFIX}")) == []
    monkeypatch.undo()


def test_what_is_kept_is_said_by_the_privacy_command(
    keeps: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = json.loads(keeps("privacy", "show", "--json").out)
    assert told["days"]["audio"] == 28
    assert "Samen leren van gesprekken" in told["statements"]["audio"]
    monkeypatch.setenv("COACH_AUDIO_PURPOSE", "")
    told = json.loads(keeps("privacy", "show", "--json").out)
    assert told["days"]["audio"] == 0
    assert "'audio_purpose'" in told["statements"]["audio"]


# ---- live ----


def test_a_call_is_recorded_into_the_record_where_sound_is_kept(
    shift: Shift, server: SoundServer, sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "RECORD": str(tmp_path / "record"),
        "KEY_STORE": "file",
        "KEEP_AUDIO": "true",
        "ANNOUNCEMENT": "Dit gesprek wordt opgenomen.",
        "AUDIO_PURPOSE": "Leren",
        "AUDIO_AGREED": "OR, 1 september",
    }.items():
        monkeypatch.setenv(f"COACH_{name}", value)
    (events,) = shift.run(lambda: server.play("line", sound))
    assert "sound of this call is kept" in shift.told
    assert isinstance(events[0], CallStarted)
    with closing(open_record(tmp_path / "record", file_keys=True)) as record:
        kept = read_recording(record.store(), record.keys.audio, events[0].call_id)
        heard = np.concatenate([unpack(piece) for piece in kept])
    for side, speaker in enumerate((Speaker.AGENT, Speaker.CUSTOMER)):
        (said,) = (e for e in events if isinstance(e, Utterance) and e.speaker is speaker)
        loud = np.abs(heard[:, side].astype(np.int32)) > 0
        assert loud[said.start : said.end].mean() > 0.5
        loud[said.start : said.end] = False
        assert not loud.any()
