"""`coach listen` beside a sound server: calls come and go, each with a whole log."""

import json
import math
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach import listen
from coach.control_file import read_address
from coach.core.events import (
    AudioGap,
    CallStarted,
    LogEvent,
    NudgeShown,
    RunFinished,
    SpeechStarted,
    Utterance,
)
from coach.core.replay import compare
from coach.core.units import RATE
from coach.core.vocabulary import Speaker
from coach.runtime.ports import FRAME
from coach.soundcheck import ShiftCheck
from coach.store.calllog import SUFFIX, read_log
from tests.conftest import ROOT
from tests.e2e.by_ear import Beginning, demo
from tests.e2e.command_line import CALLS, GREETS, CommandLine, LoudnessDetector, call, coach
from tests.pulse import SoundServer, sound_server, stereo, until
from tests.real_models import whisper

__all__ = ["coach"]

LINE = ("--microphone", "line_left", "--customer", "line_right")
AWAKE = 5
"""Recordings of the line while no coach records it: two that keep it awake, and its own three."""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    monkeypatch.setenv("COACH_CONTROL", str(tmp_path / "control.json"))
    monkeypatch.setattr("coach.coaching.SileroDetector", LoudnessDetector)
    with sound_server(tmp_path) as running, running.kept_awake("line_left", "line_right"):
        until(lambda: running.recordings() >= AWAKE, 5, "the line is awake")
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
        self.told = ""

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
        ran = self.line("listen", "--text", "--out", self.out, *LINE, *options)
        other.join()
        self.told = ran.out
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
        listen.call("start", {"agent": "12", "reference": "K/9"}, as_json=True)
        server.play("line", sound)
        listen.call("hold", as_json=True)
        server.play("line", sound)  # nobody hears that
        listen.call("resume", as_json=True)
        listen.call("stop", as_json=True)

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
            listen.call("start", {"reference": reference}, as_json=True)
            server.play("line", sound)
            listen.call("stop", as_json=True)
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


def test_the_first_shift_of_a_day_begins_with_a_sound_check_unless_it_is_skipped(
    shift: Shift, server: SoundServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_SOUND_CHECK", "daily")
    monkeypatch.setenv("COACH_CHECKED", str(tmp_path / "checked"))
    monkeypatch.setattr("coach.coaching.ShiftCheck", partial(ShiftCheck, seconds=1.0))
    voice = np.tile(0.1 * call(RATE)[0], 40)  # the agent speaks until the check has ended
    sound = stereo(tmp_path / "voice.wav", voice, 0 * voice)
    assert shift.run(lambda: None, "--manual", "--no-check") == []
    assert "Sound check" not in shift.told
    with server.playing("line", sound):
        assert shift.run(lambda: is_there(tmp_path / "checked"), "--manual") == []
    assert "Sound check: say something" in shift.told
    assert "✓ The microphone is heard well" in shift.told
    assert shift.run(lambda: None, "--manual") == []
    assert "Sound check" not in shift.told


def is_there(file: Path) -> None:
    until(file.exists, 60, file.name)


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


ALIGNED_S, AT_THE_SAME_MOMENT_S = 0.05, 0.5


LABELLED = ("dev-036", 19.65)
"""A labelled call with a nudge, and how much of it is played: up to a silence after that."""


@pytest.fixture(params=["the demo call", "a labelled call"])
def played(request: pytest.FixtureRequest) -> Beginning:
    """The beginning of a call in which the coach has something to say."""
    if request.param == "the demo call":
        return demo()
    folder = request.getfixturevalue("shared") / "calls"
    name, seconds = LABELLED
    call = folder / "audio" / f"{name}.flac"
    if not call.is_file():
        pytest.skip(f"no spoken calls in {folder}")
    return Beginning(call=call, turns=folder / "turns" / f"{name}.turns.json", seconds=seconds)


def test_a_live_call_gets_the_nudges_of_the_same_call_as_a_file_at_the_same_moments(
    tmp_path: Path, server: SoundServer, played: Beginning
) -> None:
    """The start of a call, played by the clock and through devices at the same time.

    With a recogniser that knows the call, so that the moments do not hang on how fast one is. A
    machine on which neither of them gets its time is given two more chances.
    """
    file = recorded(tmp_path / "call.wav", played)
    apart = []
    for attempt in ("first", "second", "third"):
        of_file, of_live = file_and_live(file, played, server, tmp_path / attempt)
        assert compare(of_live) is None
        nudges, sides = farthest_apart_s(of_file, of_live)
        same_words = said(of_live) == said(of_file)
        ends = [words[-1].text for words in played.words().values()]
        whole = [words.split()[-1] for words in said(of_live).values()] == ends
        apart.append((nudges, sides, same_words, whole))
        in_time = nudges <= AT_THE_SAME_MOMENT_S and sides <= ALIGNED_S + FRAME / RATE
        if same_words and whole and in_time:
            return
    pytest.fail(f"nudges and sides apart in seconds, the same words, the last ones: {apart}")


def recorded(path: Path, played: Beginning) -> Path:
    """What is played, as a file."""
    sound = played.sound()
    return stereo(path, sound[Speaker.AGENT], sound[Speaker.CUSTOMER])


def file_and_live(
    file: Path, played: Beginning, server: SoundServer, out: Path
) -> tuple[list[LogEvent], list[LogEvent]]:
    """The log of `coach analyse --realtime` on `file`, and of `coach listen` as it is played."""
    run = played.script()
    options = ["--realtime", "--agent-channel", "left", "--out", out / "file"]
    by_the_clock = subprocess.Popen([*run, "analyse", file, *options], cwd=ROOT)
    try:
        live_call([*run, "listen", "--text"], server, file, out / "live")
        assert by_the_clock.wait(60) == 0
    finally:
        by_the_clock.kill()
        by_the_clock.wait()
    return only_log(out / "file"), only_log(out / "live")


def farthest_apart_s(of_file: list[LogEvent], of_live: list[LogEvent]) -> tuple[float, float]:
    """How far apart the same nudges are, counted from the first word, and the customer's start.

    Infinitely where the nudges are not the same.
    """
    began = [first_word(events) for events in (of_file, of_live)]
    shown = [
        [(e.kind, (e.at - first) / RATE) for e in events if isinstance(e, NudgeShown)]
        for events, first in zip((of_file, of_live), began, strict=True)
    ]
    if [kind for kind, _ in shown[0]] != [kind for kind, _ in shown[1]] or not shown[0]:
        return math.inf, math.inf
    nudges = max(abs(one - other) for (_, one), (_, other) in zip(*shown, strict=True))
    customers = [
        (first_word(events, Speaker.CUSTOMER) - first) / RATE
        for events, first in zip((of_file, of_live), began, strict=True)
    ]
    return nudges, abs(customers[0] - customers[1])  # a frame begins anywhere in a side


def test_a_live_call_is_coached_with_the_real_models_to_its_last_word(
    tmp_path: Path, server: SoundServer
) -> None:
    whisper()  # skips where the model is not here
    played = demo()
    file = recorded(tmp_path / "demo.wav", played)
    live_call([sys.executable, "-m", "coach", "listen", "--text"], server, file, tmp_path / "live")
    events = only_log(tmp_path / "live")
    assert compare(events) is None
    assert [event for event in events if isinstance(event, NudgeShown)] != []
    last = max(e.end for e in events if isinstance(e, Utterance) and e.text)
    assert last / RATE > played.seconds - 2.5  # the agent asks for the data, the customer hesitates
    assert isinstance(events[0], CallStarted)
    assert events[0].began is not None


def live_call(command: list[str], server: SoundServer, file: Path, out: Path) -> None:
    """Run `command` in a process of its own, and play `file` to it as one call."""
    idle = server.recordings()
    live = subprocess.Popen([*command, "--out", out, "--manual", *LINE], cwd=ROOT)
    try:
        until(Path(os.environ["COACH_CONTROL"]).exists, 200, "the coach listens")
        until(lambda: server.recordings() == idle + 2, 10, "the devices are open")
        listen.call("start", as_json=True)
        server.play("line", file)
        listen.call("stop", as_json=True)
        live.send_signal(signal.SIGINT)
        assert live.wait(200) == 0  # a machine that is busy reads the last words late
    finally:
        live.kill()
        live.wait()


def only_log(folder: Path) -> list[LogEvent]:
    (log,) = folder.glob(f"*{SUFFIX}")
    return list(read_log(log))


def said(events: list[LogEvent]) -> dict[Speaker, str]:
    """The words of each side, in the order of time; where a pause divides them may differ."""
    spoken = [event for event in events if isinstance(event, Utterance) and event.text]
    spoken.sort(key=lambda event: event.start)
    return {who: " ".join(e.text for e in spoken if e.speaker is who) for who in Speaker}


def first_word(events: list[LogEvent], speaker: Speaker = Speaker.AGENT) -> int:
    """Where a side begins to speak; the agent does so first."""
    started = [event for event in events if isinstance(event, SpeechStarted)]
    return min(event.start for event in started if event.speaker is speaker)


def test_a_second_coach_is_refused_and_says_who_listens(shift: Shift, server: SoundServer) -> None:
    def starts_another() -> None:
        done = subprocess.run(
            [sys.executable, "-m", "coach", "--language", "en", "listen", "--text"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, str(os.getpid()) in done.stderr) == (2, True), done.stderr
        assert read_address(shift.control).process == os.getpid()

    assert shift.run(starts_another, "--manual") == []
    assert server.pactl("info")
    assert not shift.control.exists()


def test_an_objection_leaves_nothing_of_the_call(
    shift: Shift, server: SoundServer, sound: Path
) -> None:
    def objects() -> None:
        listen.call("start", as_json=True)
        server.play("line", sound)
        until(lambda: list(shift.out.glob(f"*{SUFFIX}")) != [], 5, "a log")
        listen.call("object", as_json=True)
        until(lambda: list(shift.out.glob("*")) == [], 5, "the log is gone")
        until(lambda: server.recordings() == AWAKE, 5, "nothing is captured")

    assert shift.run(objects, "--manual") == []
