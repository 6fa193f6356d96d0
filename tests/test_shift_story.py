"""A whole shift on simulated devices: minutes of it pass at once, and every call has its log."""

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from audio.live import LineState, LiveSource
from coach.app import Models
from coach.boundaries import OVER_AFTER_S
from coach.call_audio import began_at
from coach.core.events import (
    AudioGap,
    CallStarted,
    LeakMeasured,
    LogEvent,
    NudgeAnswered,
    RunFinished,
    Utterance,
    WorldEvent,
)
from coach.core.policy import LIVE_POLICY
from coach.core.replay import compare
from coach.core.units import RATE, Samples
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Audio, Transcript
from coach.shift import Shift, Told
from coach.store.calllog import SUFFIX, read_log
from models.asr import spread
from models.scripted import ScriptedUnderstanding
from tests.audio.live.simulated import AtOnce, HandClock, SimulatedCapture, SimulatedDevice
from tests.e2e.command_line import LoudnessDetector

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER
DELAY = round(0.04 * RATE)


class PlayingDevice(SimulatedDevice):
    """Records `sound` from the start of the shift on, and silence after it."""

    def __init__(self, clock: HandClock, sound: Audio) -> None:
        super().__init__(clock)
        self.sound = sound

    def open(self) -> "PlayingCapture":
        super().open()
        return PlayingCapture(self)


class PlayingCapture(SimulatedCapture):
    """An open device that plays."""

    def __init__(self, device: PlayingDevice) -> None:
        super().__init__(device)
        self._sound = device.sound

    def read(self) -> Audio:
        start, until = self._taken, self._recorded()
        self._taken = until
        piece = self._sound[start:until]
        return np.pad(piece, (0, until - start - len(piece)))


@dataclass
class Listens:
    """A recogniser that says how long it heard somebody."""

    name: str = "listens"
    before: Callable[[], None] = lambda: None

    def transcribe(self, audio: Audio, *, final: bool) -> Transcript:  # noqa: ARG002 - any will do
        self.before()
        words = ["woord"] * max(1, len(audio) // RATE)
        return Transcript(words=spread(words, Samples(len(audio))), confidence=1.0)


def voice(seed: int, *spoken: tuple[float, float], length: float) -> Audio:
    """Noise where somebody speaks, silence elsewhere."""
    sound = np.zeros(round(length * RATE), np.float32)
    random = np.random.default_rng(seed)
    for start, end in spoken:
        piece = slice(round(start * RATE), round(end * RATE))
        sound[piece] = random.uniform(-0.3, 0.3, piece.stop - piece.start)
    return sound


@dataclass
class Day:
    """A shift on two devices, run until its clock stands at `length` seconds."""

    folder: Path
    agent: Audio
    customer: Audio
    length: float
    by_voice: bool = True
    at: dict[float, Callable[["Day"], None]] = field(default_factory=dict)
    said: Callable[[], Iterable[WorldEvent]] = tuple
    sides: list[list[LineState]] = field(default_factory=list)
    removed: int = 0
    ended: list[Path] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = HandClock()
        devices = (PlayingDevice(self.clock, sound) for sound in (self.agent, self.customer))
        self.source = LiveSource(*devices, clock=self.clock, background=AtOnce)
        self.recogniser = Listens()
        models = Models(recogniser=self.recogniser, understanding=ScriptedUnderstanding())
        self.events: list[LogEvent] = []
        self.shift = Shift(
            source=self.source,
            models=models,
            logs=self.folder,
            detector=LoudnessDetector,
            by_voice=self.by_voice,
            agent="1204",
            sinks=lambda: [self.events.append],
            said=self.said,
            told=Told(ended=self.ended.append, removed=self._removed, sides=self.sides.append),
        )

    def run(self) -> list[list[LogEvent]]:
        """The logs of the calls of the day."""
        due = sorted(self.at.items())
        wait = self.clock.wait

        def pass_time(seconds: float) -> None:
            wait(seconds)
            while due and self.clock.at_s >= due[0][0]:
                due.pop(0)[1](self)
            if self.clock.at_s >= self.length:
                self.shift.stop()

        self.clock.wait = pass_time  # type: ignore[method-assign]
        self.shift.run()
        logs = [list(read_log(log)) for log in sorted(self.folder.glob(f"*{SUFFIX}"))]
        for events in logs:
            assert compare(events) is None
            assert isinstance(events[-1], RunFinished)
        return logs

    def command(self, what: str, **passed: str) -> None:
        self.shift.state.command(what, **passed)  # type: ignore[arg-type]

    def _removed(self) -> None:
        self.removed += 1


def does(what: str, **passed: str) -> Callable[[Day], None]:
    return lambda day: day.command(what, **passed)


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= before


def texts(events: list[LogEvent], speaker: Speaker) -> list[Utterance]:
    return [e for e in events if isinstance(e, Utterance) and e.speaker is speaker and e.text]


def test_calls_that_begin_by_voice_end_after_45_s_of_silence_and_each_is_whole(
    tmp_path: Path,
) -> None:
    agent = voice(1, (5, 7), (12, 14), (80, 82), (86, 88), length=100)
    customer = voice(2, (8, 11), (83, 85), (89.5, 91), length=100)
    day = Day(tmp_path, agent, customer, length=150)
    first, second = day.run()
    for events, spoken in ((first, (2, 1)), (second, (2, 2))):
        assert isinstance(events[0], CallStarted)
        assert events[0].policy == LIVE_POLICY
        assert events[0].agent == "1204"
        assert (len(texts(events, AGENT)), len(texts(events, CUSTOMER))) == spoken
        assert [e for e in events if isinstance(e, AudioGap)] == []
    finished = first[-1]
    assert isinstance(finished, RunFinished)
    spoken_until = 14 - 5 + 0.5  # from the run-up on
    assert finished.audio / RATE == pytest.approx(spoken_until + OVER_AFTER_S, abs=1)
    assert day.shift.state.now == "idle"
    assert len(day.ended) == 2


def test_a_call_that_was_begun_by_hand_outlasts_any_silence_and_knows_its_names(
    tmp_path: Path,
) -> None:
    agent = voice(1, (5, 7), (80, 82), length=100)
    customer = voice(2, (8, 10), length=100)
    day = Day(tmp_path, agent, customer, length=100, by_voice=False)
    day.at = {3.0: does("start", agent="77", reference="K-1"), 90.0: does("stop")}
    (events,) = day.run()
    assert isinstance(events[0], CallStarted)
    assert (events[0].agent, events[0].reference) == ("77", "K-1")
    assert len(texts(events, AGENT)) == 2


def test_the_beginning_of_a_call_is_on_record_by_the_clock_on_the_wall(tmp_path: Path) -> None:
    day = Day(tmp_path, voice(1, (5, 7), length=20), voice(2, (8, 10), length=20), length=20)
    day.at = {15.0: does("stop")}
    (events,) = day.run()
    assert isinstance(events[0], CallStarted)
    assert events[0].began is not None
    began = datetime.fromisoformat(events[0].began)
    assert began.tzinfo is not None
    assert abs(datetime.now().astimezone() - began) < timedelta(minutes=2)
    ago = datetime.now().astimezone() - datetime.fromisoformat(began_at(90))
    assert timedelta(seconds=89) < ago < timedelta(seconds=120)


def test_an_objection_removes_what_was_gathered_and_nothing_is_captured_until_the_next_call(
    tmp_path: Path,
) -> None:
    agent = voice(1, (5, 7), (12, 14), (20, 22), (50, 52), length=100)
    customer = voice(2, (8, 11), (16, 18), (24, 30), (53, 56), length=100)
    day = Day(tmp_path, agent, customer, length=70)
    captured: list[bool] = []
    day.at = {
        19.0: does("object"),
        29.0: lambda day: captured.append(day.source.held),
        40.0: does("start", reference="next"),
        60.0: does("stop"),
    }
    (events,) = day.run()
    assert isinstance(events[0], CallStarted)
    assert events[0].reference == "next"
    assert captured == [True]
    assert day.removed == 1
    assert (len(texts(events, AGENT)), len(texts(events, CUSTOMER))) == (1, 1)
    assert all(event.start > 5 * RATE for event in events if isinstance(event, Utterance))
    assert sorted(path.name for path in tmp_path.iterdir()) == [day.ended[0].name]


def test_an_objection_while_the_last_words_are_still_being_written_removes_them_too(
    tmp_path: Path,
) -> None:
    day = Day(tmp_path, voice(1, (5, 7), length=20), voice(2, (8, 10), length=20), length=30)
    objects = iter([lambda: day.command("object")])

    def last_words() -> None:
        if day.clock.at_s > 9:
            next(objects, lambda: None)()

    day.recogniser.before = last_words
    assert day.run() == []
    assert day.removed == 1


def test_a_pause_between_calls_hears_no_call_and_forgets_what_was_heard_before(
    tmp_path: Path,
) -> None:
    agent = voice(1, (5, 6), (20, 22), length=60)
    customer = voice(2, (14, 15), (23, 25), length=60)
    day = Day(tmp_path, agent, customer, length=60)
    day.at = {7.0: does("pause"), 12.0: does("resume"), 18.0: does("pause"), 40.0: does("resume")}
    assert day.run() == []


def test_a_leak_is_measured_in_the_log_of_each_call_and_nobody_is_scored_for_it(
    tmp_path: Path,
) -> None:
    customer = voice(2, (8, 12), (14, 16), (90, 93), length=110)
    agent = voice(1, (5, 7), (87, 89), length=110)
    agent[DELAY:] += 0.25 * customer[:-DELAY]
    logs = Day(tmp_path, agent, customer, length=150).run()
    assert len(logs) == 2
    for events in logs:
        leaks = [event for event in events if isinstance(event, LeakMeasured)]
        assert [leak.speaker for leak in leaks] == [AGENT]
        assert leaks[0].db == pytest.approx(-12, abs=0.5)
        assert [event.rejected for event in texts(events, AGENT)] == [None]
        said = [e for e in events if isinstance(e, Utterance) and e.speaker is AGENT]
        assert {event.rejected for event in said[1:]} <= {"echo"}


def test_one_sound_on_both_sides_is_nobodys_and_nobody_is_scored(tmp_path: Path) -> None:
    both = voice(1, (5, 8), (10, 12), length=20)
    events = Day(tmp_path, both, both.copy(), length=30).run()[0]
    said = [event for event in events if isinstance(event, Utterance)]
    assert {event.rejected for event in said} == {"same_sound"}
    assert {event.type for event in events}.isdisjoint({"scored", "nudge"})
    assert {e.speaker for e in events if isinstance(e, LeakMeasured)} == {AGENT, CUSTOMER}


def test_what_the_window_says_reaches_the_call_that_is_on(tmp_path: Path) -> None:
    answers = iter([[NudgeAnswered(at=Samples(0), nudge=3, answer="useful")]])
    day = Day(
        tmp_path,
        voice(1, (5, 7), length=20),
        voice(2, (8, 10), length=20),
        length=20,
        said=lambda: next(answers, []),
    )
    (events,) = day.run()
    (answered,) = [event for event in events if isinstance(event, NudgeAnswered)]
    assert answered.nudge == 3


def test_it_is_told_when_a_side_goes_and_comes(tmp_path: Path) -> None:
    day = Day(tmp_path, voice(1, length=5), voice(2, length=5), length=40)
    gone = day.source._lines[CUSTOMER].device
    assert isinstance(gone, PlayingDevice)
    gone.plugged = lambda now_s: not 10 <= now_s < 20
    day.run()
    told = [state.missing for states in day.sides for state in states if state.speaker is CUSTOMER]
    assert told[0] == "starting"
    assert None in told[: told.index("device_missing")]
    assert told[-1] is None


def test_a_call_goes_on_without_a_device_and_its_log_says_what_was_missing(tmp_path: Path) -> None:
    agent = voice(1, (5, 7), (14, 17), length=40)
    customer = voice(2, (8, 10), (22, 24), length=40)
    day = Day(tmp_path, agent, customer, length=40)
    device = day.source._lines[CUSTOMER].device
    assert isinstance(device, PlayingDevice)
    device.plugged, device.why = lambda now_s: not 12 <= now_s < 20, "device_busy"
    day.at = {30.0: does("stop")}
    (events,) = day.run()
    gaps = [event for event in events if isinstance(event, AudioGap)]
    assert {(gap.speaker, gap.reason) for gap in gaps} == {(CUSTOMER, "device_busy")}
    assert all(gap.is_loss for gap in gaps)
    assert sum(gap.end - gap.start for gap in gaps) / RATE == pytest.approx(8, abs=1)
    assert (len(texts(events, AGENT)), len(texts(events, CUSTOMER))) == (2, 2)


def test_two_calls_within_a_second_have_logs_of_their_own(tmp_path: Path) -> None:
    day = Day(tmp_path, voice(1, length=5), voice(2, length=5), length=20, by_voice=False)
    day.at = {
        5.0: does("start"),
        6.0: does("stop"),
        7.0: does("start"),
        8.0: does("stop"),
    }
    assert len(day.run()) == 2
