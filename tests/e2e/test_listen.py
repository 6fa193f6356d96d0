"""`coach listen` beside a sound server: calls come and go, each with a whole log."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audio.callfile import inspect
from coach import listen
from coach.app import demo_call
from coach.control import read_address
from coach.core.events import AudioGap, CallStarted, LogEvent, NudgeShown, RunFinished, Utterance
from coach.core.replay import compare
from coach.core.units import RATE
from coach.core.vocabulary import Speaker
from coach.store.calllog import SUFFIX, read_log
from tests.e2e.command_line import CALLS, GREETS, CommandLine, LoudnessDetector, call, coach
from tests.pulse import SoundServer, sound_server, stereo, until
from tests.real_models import whisper

__all__ = ["coach"]

LINE = ("--microphone", "line_left", "--customer", "line_right")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    monkeypatch.setenv("COACH_CONTROL", str(tmp_path / "control.json"))
    monkeypatch.setattr("coach.listen.SileroDetector", LoudnessDetector)
    with sound_server(tmp_path) as running, running.kept_awake("line_left", "line_right"):
        until(lambda: running.recordings() >= 5, 5, "the line is awake")
        yield running


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    left, right = call(RATE)
    return stereo(tmp_path / "call.wav", left, right)


class Shift:
    """Runs `coach listen` on this thread, with somebody who does something meanwhile."""

    def __init__(self, line: CommandLine, server: SoundServer, out: Path) -> None:
        self.line = line
        self.server = server
        self.out = out
        self.failed: list[BaseException] = []

    def run(self, happens: Callable[[], None], *options: str) -> list[list[LogEvent]]:
        """The logs of the calls of the shift, which ends with Ctrl-C after `happens`."""
        idle = self.server.recordings()

        def meanwhile() -> None:
            try:
                until(lambda: self.server.recordings() >= idle + 2, 20, "both devices are open")
                until(lambda: read_address(self.control) is not None, 5, "the control")
                happens()
            except BaseException as why:  # noqa: BLE001 - the test's thread raises it
                self.failed.append(why)
            finally:
                os.kill(os.getpid(), signal.SIGINT)

        other = threading.Thread(target=meanwhile)
        other.start()
        ran = self.line("listen", "--out", self.out, *LINE, *options)
        other.join()
        for why in self.failed:
            raise why
        assert ran.code == 0, ran.err
        calls = [list(read_log(log)) for log in sorted(self.out.glob(f"*{SUFFIX}"))]
        for events in calls:
            assert compare(events) is None
            assert isinstance(events[0], CallStarted)
            assert isinstance(events[-1], RunFinished)
        return calls

    @property
    def control(self) -> Path:
        return Path(os.environ["COACH_CONTROL"])


@pytest.fixture
def shift(coach: Any, server: SoundServer, tmp_path: Path) -> Shift:
    return Shift(coach, server, tmp_path / "calls")


def texts(events: list[LogEvent], speaker: Speaker) -> list[str]:
    return [e.text for e in events if isinstance(e, Utterance) and e.speaker is speaker and e.text]


def test_a_call_is_heard_to_begin_with_its_greeting_and_ends_with_its_last_word(
    shift: Shift, server: SoundServer, sound: Path
) -> None:
    (events,) = shift.run(lambda: server.play("line", sound))
    assert texts(events, Speaker.AGENT) == [GREETS]
    assert texts(events, Speaker.CUSTOMER) == [CALLS]
    assert [e for e in events if isinstance(e, AudioGap)] == []


def test_a_call_follows_the_softphone_and_is_named_by_its_reference(
    shift: Shift, server: SoundServer, sound: Path
) -> None:
    def softphone() -> None:
        listen.call("start", agent="12", reference="K/9", as_json=True)
        server.play("line", sound)
        listen.call("hold", agent=None, reference=None, as_json=True)
        server.play("line", sound)  # nobody hears that
        listen.call("resume", agent=None, reference=None, as_json=True)
        listen.call("stop", agent=None, reference=None, as_json=True)

    (events,) = shift.run(softphone, "--manual")
    assert isinstance(events[0], CallStarted)
    assert events[0].call_id.endswith("-K-9")
    assert events[0].mode == "live"
    assert len(texts(events, Speaker.AGENT)) == len(texts(events, Speaker.CUSTOMER)) == 1
    gaps = [e for e in events if isinstance(e, AudioGap)]
    assert {gap.reason for gap in gaps} - {"starting"} == {"hold"}
    held = sum(gap.end - gap.start for gap in gaps if gap.speaker is Speaker.CUSTOMER) / RATE
    assert 4 <= held < 9  # the sound server takes its time to finish playing


def test_every_call_of_a_shift_has_a_log_of_its_own(
    shift: Shift, server: SoundServer, sound: Path
) -> None:
    def two_calls() -> None:
        for reference in ("A", "B"):
            listen.call("start", agent=None, reference=reference, as_json=True)
            server.play("line", sound)
            listen.call("stop", agent=None, reference=None, as_json=True)
        # the second began while the first was still being written
        assert state() == "idle"

    def state() -> str:
        done = subprocess.run(
            [sys.executable, "-m", "coach", "call", "state", "--json"],
            capture_output=True,
            check=True,
        )
        return str(json.loads(done.stdout)["state"])

    calls = shift.run(two_calls, "--manual")
    assert [started(events).call_id[-2:] for events in calls] == ["-A", "-B"]
    for events in calls:
        assert texts(events, Speaker.AGENT) == [GREETS]
        assert texts(events, Speaker.CUSTOMER) == [CALLS]


def started(events: list[LogEvent]) -> CallStarted:
    assert isinstance(events[0], CallStarted)
    return events[0]


def test_speech_makes_no_call_when_calls_are_begun_by_hand(
    shift: Shift, server: SoundServer, sound: Path
) -> None:
    assert shift.run(lambda: server.play("line", sound), "--manual") == []


def test_without_a_coach_that_listens_there_is_nothing_to_control(
    coach: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_CONTROL", str(tmp_path / "none.json"))
    ran = coach("call", "start")
    assert ran.code == 2
    assert "coach listen" in ran.err


def test_without_a_sound_server_the_user_is_told_what_to_do(
    coach: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nowhere'}")
    ran = coach("listen")
    assert ran.code == 2
    assert "--customer" in ran.err


def test_a_live_call_gets_the_nudges_of_the_same_call_as_a_file(
    tmp_path: Path, server: SoundServer
) -> None:
    """The start of the demo call, with the real models, in processes of their own."""
    whisper()  # skips where the model is not here
    blocks = list(inspect(demo_call()).blocks("left"))
    left, right = (
        np.concatenate([getattr(b, s.value) for b in blocks])[: 16 * RATE] for s in Speaker
    )
    file = stereo(tmp_path / "demo.wav", left, right)
    run = [sys.executable, "-m", "coach"]
    subprocess.run([*run, "analyse", file, "--out", tmp_path / "file"], check=True)
    idle = server.recordings()
    live = subprocess.Popen([*run, "listen", "--out", tmp_path / "live", "--manual", *LINE])
    try:
        until(Path(os.environ["COACH_CONTROL"]).exists, 60, "the coach listens")
        until(lambda: server.recordings() == idle + 2, 10, "the devices are open")
        listen.call("start", agent=None, reference=None, as_json=True)
        server.play("line", file)
        listen.call("stop", agent=None, reference=None, as_json=True)
        live.send_signal(signal.SIGINT)
        assert live.wait(60) == 0
    finally:
        live.kill()
        live.wait()
    of_file, of_live = (nudges(tmp_path / name) for name in ("file", "live"))
    assert of_live == of_file != []


def nudges(folder: Path) -> list[str]:
    (log,) = folder.glob(f"*{SUFFIX}")
    return [event.kind for event in read_log(log) if isinstance(event, NudgeShown)]
