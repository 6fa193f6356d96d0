"""Calls that are recorded: what is kept of them, what is silent, and what a fault costs."""

import errno
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from audio.pieces import Stereo, both, unpack
from coach.core.events import LogEvent, Utterance, Word
from coach.core.redaction import redact_events
from coach.core.units import RATE, Samples, from_seconds
from coach.core.vocabulary import Speaker
from coach.recorder import Recorder, Tape, settle
from coach.runtime.ports import Audio, Block
from coach.store.crypto import new_key
from coach.store.database import Store
from coach.store.recordings import DRAFTS, drafts, read_recording, recording_of
from coach.store.spoolfile import SpoolFile
from models.asr import spread
from tests.conftest import ROOT
from tests.store.calls import call

KEY = new_key()


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= before


def noise(seconds: float) -> Audio:
    return np.random.default_rng(1).uniform(0.1, 0.5, round(seconds * RATE)).astype(np.float32)


def blocks(sound: Audio, block_s: float = 0.05, start: int = 0) -> Iterator[Block]:
    size = round(block_s * RATE)
    for at in range(0, len(sound), size):
        piece = sound[at : at + size]
        yield Block(start=Samples(start + at), agent=piece, customer=-piece)


def utterance(start_s: float, end_s: float, speaker: Speaker, text: str) -> Utterance:
    """Words of one length, each at its measured moment."""
    start, end = from_seconds(start_s), from_seconds(end_s)
    words = [replace(word, probability=0.9) for word in spread(text.split(), Samples(end - start))]
    placed = [
        Word(
            start=Samples(start + word.start),
            end=Samples(start + word.end),
            text=word.text,
            probability=0.9,
        )
        for word in words
    ]
    return Utterance(
        at=end,
        speaker=speaker,
        segment=0,
        start=start,
        end=end,
        text=text,
        words=tuple(placed),
    )


def log_with(*said: Utterance) -> list[LogEvent]:
    """A call in which this was said, redacted."""
    return redact_events([call("one")[0], *said])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path / "record" / "calls.db")) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "record" / DRAFTS


def kept(store: Store, key: bytes = KEY, call_id: str = "one") -> Stereo:
    pieces = [unpack(piece) for piece in read_recording(store, key, call_id)]
    return np.concatenate([np.zeros((0, 2), np.int16), *pieces])


# ---- from a draft to a recording -----------------------------------------------------------------


def test_what_was_said_is_kept_and_what_is_personal_is_silence(store: Store, folder: Path) -> None:
    sound = noise(40)
    tape = Tape(folder, KEY, "one")
    for block in blocks(sound):
        tape.hear(block)
    tape.close()
    assert settle(store, folder, KEY) == 0  # its words are not in the record yet
    asks = utterance(2, 5, Speaker.AGENT, "Wat is uw burgerservicenummer alstublieft?")
    tells = utterance(10, 30, Speaker.CUSTOMER, "Ja dat is 111222333 en verder is alles goed")
    store.append("one", 0, log_with(asks, tells))
    assert settle(store, folder, KEY) == 1
    assert drafts(folder) == []
    whole, found = np.concatenate([both(block) for block in blocks(sound)]), kept(store)
    number = next(word for word in tells.words if "111" in word.text)
    margin = from_seconds(0.4)
    for n in range(2):
        said = (asks, tells)[n]
        heard = np.zeros(len(found), bool)
        heard[said.start : said.end] = True
        heard[number.start - margin : number.end + margin] = False
        assert np.array_equal(found[:, n] != 0, heard)
        assert np.array_equal(found[heard, n], whole[heard, n])
    assert settle(store, folder, KEY) == 0


def test_blocks_that_are_missing_are_silence_and_none_counts_twice(
    store: Store, folder: Path
) -> None:
    sound = noise(1.5)
    tape = Tape(folder, KEY, "one")
    for block in (*blocks(sound), *blocks(sound, start=from_seconds(4.5))):
        tape.hear(block)
        tape.hear(block)
    tape.close()
    store.append("one", 0, log_with(utterance(0, 60, Speaker.AGENT, "Alles.")))
    settle(store, folder, KEY)
    heard = kept(store)[:, 0] != 0
    expected = np.zeros(6 * RATE, bool)
    expected[: round(1.5 * RATE)] = expected[round(4.5 * RATE) :] = True
    assert np.array_equal(heard, expected)


def test_a_call_without_words_has_no_recording(store: Store, folder: Path) -> None:
    tape = Tape(folder, KEY, "one")
    for block in blocks(noise(2)):
        tape.hear(block)
    tape.close()
    store.append("one", 0, log_with())
    assert settle(store, folder, KEY) == 0
    assert recording_of(store, "one") is None
    assert drafts(folder) == []


def test_a_full_disk_leaves_the_draft_for_later(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tape = Tape(folder, KEY, "one")
    for block in blocks(noise(3)):
        tape.hear(block)
    tape.close()
    store.append("one", 0, log_with(utterance(0, 3, Speaker.AGENT, "Goedemiddag.")))
    with monkeypatch.context() as full:
        full.setattr(SpoolFile, "add", _full)
        with pytest.raises(OSError, match="full"):
            settle(store, folder, KEY)
    assert recording_of(store, "one") is None
    assert settle(store, folder, KEY) == 1


def _full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "full")


_RECORDS = """
import itertools, sys
from pathlib import Path
import numpy as np
from coach.core.units import Samples
from coach.recorder import Tape
from coach.runtime.ports import Block
tape = Tape(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), "one")
loud = np.full(800, 0.25, np.float32)
for n in itertools.count():
    tape.hear(Block(start=Samples(800 * n), agent=loud, customer=loud))
    print(800 * (n + 1), flush=True)
"""


def test_a_killed_process_loses_the_last_second_at_most(store: Store, folder: Path) -> None:
    line = [sys.executable, "-c", _RECORDS, str(folder), KEY.hex()]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for heard in process.stdout:
            if int(heard) > 3.5 * RATE:
                process.send_signal(signal.SIGKILL)
                break
        heard = [heard, *process.stdout][-1]
    store.append("one", 0, log_with(utterance(0, 3600, Speaker.AGENT, "Alles.")))
    assert settle(store, folder, KEY) == 1
    length = len(kept(store))
    assert int(heard) - RATE <= length <= int(heard) + 800
    assert (kept(store)[:, 0] > 0).all()


# ---- beside a call -------------------------------------------------------------------------------


@dataclass
class Listening:
    """A recorder whose disk is the test's, and what it said."""

    recorder: Recorder
    said: list[str]


@contextmanager
def recording(store: Store, folder: Path) -> Iterator[Listening]:
    said: list[str] = []
    recorder = Recorder(lambda: store, folder, KEY, said.append)
    yield Listening(recorder, said)
    recorder.close()


def test_a_full_disk_ends_the_recording_and_says_so(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add, count = SpoolFile.add, iter(range(4))

    def fills(file: SpoolFile, content: bytes) -> None:
        if next(count, None) is None:
            _full()
        add(file, content)

    store.append("one", 0, log_with(utterance(0, 60, Speaker.AGENT, "Alles.")))
    with recording(store, folder) as running:
        with monkeypatch.context() as full:
            full.setattr(SpoolFile, "add", fills)
            hear = running.recorder.begin("one")
            for block in blocks(noise(10)):
                hear(block)
            running.recorder.over()
            _all_done(running.recorder)
        assert len(running.said) == 1
        assert "full" in running.said[0]
        running.recorder.settle()
    assert len(kept(store)) == 3 * RATE


def test_a_disk_that_is_too_slow_ends_the_recording_and_says_so(store: Store, folder: Path) -> None:
    with recording(store, folder) as running:
        stands = threading.Event()
        running.recorder._work.put(lambda: _stand(stands))
        hear = running.recorder.begin("one")
        for block in blocks(noise(70)):
            hear(block)
        stands.set()
    assert len(running.said) == 1
    (left,) = drafts(folder)
    assert left.stat().st_size > 0


def test_who_objects_after_the_recording_ended_leaves_nothing_either(
    store: Store, folder: Path
) -> None:
    with recording(store, folder) as running:
        stands = threading.Event()
        running.recorder._work.put(lambda: _stand(stands))
        hear = running.recorder.begin("one")
        for block in blocks(noise(70)):
            hear(block)
        stands.set()
        _all_done(running.recorder)
        assert len(drafts(folder)) == 1
        running.recorder.discard()
    assert drafts(folder) == []


def test_a_recorder_that_cannot_begin_says_so(store: Store, folder: Path) -> None:
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("in the way", encoding="utf-8")
    with recording(store, folder) as running:
        hear = running.recorder.begin("one")
        for block in blocks(noise(1)):
            hear(block)
    assert len(running.said) == 1


def _stand(until: threading.Event) -> None:
    assert until.wait(20)


def _all_done(recorder: Recorder) -> None:
    done = threading.Event()
    recorder._work.put(done.set)
    assert done.wait(20)
