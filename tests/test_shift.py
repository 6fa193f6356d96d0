"""One call out of the stream of a shift: where it is cut, and on which clock."""

import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from audio.ear import StreamingEar
from coach.boundaries import OVER_AFTER_S
from coach.call_audio import CallAudio, LiveClock, Silence, Speaking, name_of
from coach.control import CallState
from coach.core.events import SpeechEnded, SpeechStarted
from coach.core.units import RATE, Samples, from_seconds
from coach.core.vocabulary import Speaker
from coach.runtime.desk import Answer, AudioHearing, Desk
from coach.runtime.engine import run_beside_clock
from coach.runtime.lanes import Lanes
from coach.runtime.ports import Block
from coach.runtime.sequencer import Sequencer
from models.scripted import ScriptedDetector, ScriptedRecogniser, ScriptedUnderstanding
from tests.audio.live.simulated import HandClock
from tests.strategies import start

LENGTH = 800


def stream(first: int = 0) -> Iterator[Block]:
    """Blocks without end that carry their own number."""
    number = first
    while True:
        sound = np.full(LENGTH, number, np.float32)
        yield Block(start=Samples(number * LENGTH), agent=sound, customer=-sound)
        number += 1


def call(
    live: Iterator[Block],
    run_up: list[Block],
    over: Callable[[Samples], bool] = lambda _: False,
    stop_at: int | None = None,
) -> list[Block]:
    audio = CallAudio(
        origin=run_up[0].start,
        run_up=run_up,
        live=live,
        over=over,
        stop_at=lambda: None if stop_at is None else Samples(stop_at),
    )
    return list(audio.blocks())


def test_a_call_includes_its_run_up_and_begins_at_zero() -> None:
    live = stream()
    run_up = [next(live) for _ in range(10)][7:]
    blocks = call(live, run_up, stop_at=12 * LENGTH)
    assert [block.start for block in blocks] == [n * LENGTH for n in range(5)]
    assert [float(block.agent[0]) for block in blocks] == [7, 8, 9, 10, 11]


def test_a_call_is_heard_up_to_the_moment_at_which_it_was_stopped() -> None:
    live = stream()
    blocks = call(live, [next(live)], stop_at=5 * LENGTH + 1)
    assert blocks[-1].start + LENGTH >= 5 * LENGTH + 1
    assert blocks[-1].start < 5 * LENGTH + 1


def test_the_stream_goes_on_for_the_next_call() -> None:
    live = stream()
    call(live, [next(live)], stop_at=3 * LENGTH)
    after = call(live, [next(live)], stop_at=5 * LENGTH)
    assert [float(block.agent[0]) for block in after] == [3, 4]


@pytest.mark.parametrize(
    ("state", "by_voice", "open_speech", "over"),
    [
        ("in_call", True, False, True),
        ("in_call", False, False, False),
        ("on_hold", True, False, False),
        ("in_call", True, True, False),
    ],
    ids=["silence", "begun by hand", "on hold", "somebody still speaks"],
)
def test_only_a_call_that_began_by_itself_ends_by_silence(
    state: str, by_voice: bool, open_speech: bool, over: bool
) -> None:
    calls = CallState()
    calls.command("start")
    if state == "on_hold":
        calls.command("hold")
    silence = Silence(state=calls, by_voice=by_voice)
    speech = {"speaker": Speaker.AGENT, "segment": 0, "start": Samples(0)}
    silence.hear(SpeechStarted(at=Samples(1), **speech))  # type: ignore[arg-type]
    if not open_speech:
        ended = SpeechEnded(at=Samples(RATE), end=Samples(RATE), reason="pause", **speech)  # type: ignore[arg-type]
        silence.hear(ended)
    ends = [silence.over(Samples(second * RATE)) for second in range(1, int(OVER_AFTER_S) + 5)]
    assert ends[-1] is over
    assert not any(ends[: int(OVER_AFTER_S) - 1])


def test_the_clock_of_a_call_that_began_a_while_ago_is_ahead() -> None:
    shift = HandClock()
    shift.at_s = 100.0
    clock = LiveClock(shift, from_seconds(90))
    assert clock.now() == from_seconds(10)
    shift.wait(1.0)
    assert clock.now() == from_seconds(11)


def test_a_side_speaks_while_its_frames_are_speech_however_they_are_cut() -> None:
    speaking = Speaking(ScriptedDetector(speech=[(Samples(512), Samples(1_536))]))
    heard = [speaking.hear(np.zeros(256, np.float32)) for _ in range(8)]
    assert heard == [False, False, False, True, True, True, True, False]


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        (None, "20260903-141500"),
        ("C-77", "20260903-141500-C-77"),
        ("../../etc", "20260903-141500-------etc"),
        ("a b/c", "20260903-141500-a-b-c"),
    ],
)
def test_a_call_is_named_by_its_moment_and_its_reference(reference: str | None, name: str) -> None:
    moment = time.strptime("2026-09-03 14:15:00", "%Y-%m-%d %H:%M:%S")
    assert name_of(moment, reference) == name


def test_an_empty_block_is_the_occasion_to_take_answers_that_have_come() -> None:
    """Live audio comes every 50 ms; an answer does not wait for it."""

    class Blocks:
        def blocks(self) -> Iterator[Block]:
            sound, nothing = np.zeros(LENGTH, np.float32), np.empty(0, np.float32)
            yield Block(start=Samples(0), agent=sound, customer=sound)
            for _ in range(4):
                yield Block(start=Samples(LENGTH), agent=nothing, customer=nothing)

    class Asked(LiveClock):
        times = 0

        def wait(self, lanes: Lanes, until: Samples) -> Answer | None:
            self.times += 1
            return super().wait(lanes, until)

    shift = HandClock()
    shift.at_s = 1.0
    clock, heard = Asked(shift, Samples(0)), list[Samples]()
    ears = {speaker: StreamingEar(speaker, ScriptedDetector(speech=[])) for speaker in Speaker}
    desk = Desk(AudioHearing(ears, ScriptedRecogniser(lines=[])), ScriptedUnderstanding())
    run_beside_clock(
        Blocks(), ears, desk, Sequencer(start(), []), progress=heard.append, clock=clock
    )
    assert clock.times == 5
    assert heard == [LENGTH] * 5
