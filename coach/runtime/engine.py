"""Runs one call: audio in, requests to the models, answers back, until the end.

Two ways: as fast as possible on one thread, where every answer stands at the moment at which the
deciding audio had been heard; or beside the clock, where models work on threads of their own and
every delay counts.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from coach.core.events import (
    CallEnded,
    SpeechEnded,
    SpeechStarted,
    WorldEvent,
)
from coach.core.units import Samples, from_seconds, to_seconds
from coach.core.vocabulary import Speaker
from coach.runtime.desk import Desk
from coach.runtime.lanes import Lanes
from coach.runtime.ports import Block, Ear, Source
from coach.runtime.sequencer import Sequencer

Progress = Callable[[Samples], None]
"""Told how much of the call has been heard."""

Now = Callable[[], Samples]
"""The call clock."""


def run_fast(
    source: Source,
    ears: Mapping[Speaker, Ear],
    desk: Desk,
    sequencer: Sequencer,
    *,
    progress: Progress = lambda _: None,
) -> Samples:
    """Run a recorded call as fast as the machine can; returns its length."""
    heard = Samples(0)
    for block in source.blocks():
        heard = Samples(block.start + len(block.agent))
        for event in _listen(ears, block):
            _apply_and_answer(event, desk, sequencer)
        _let_clock_run(heard, desk, sequencer)
        progress(heard)
    for event in _finish(ears):
        _apply_and_answer(event, desk, sequencer)
    sequencer.apply(CallEnded(at=heard))
    return heard


def run_events(
    events: Iterable[SpeechStarted | SpeechEnded], desk: Desk, sequencer: Sequencer, end: Samples
) -> None:
    """Run a call whose speech is already known, in the order of time: a script, an old log."""
    for event in events:
        _apply_and_answer(event, desk, sequencer)
    _let_clock_run(end, desk, sequencer)
    sequencer.apply(CallEnded(at=end))


def run_beside_clock(
    source: Source,
    ears: Mapping[Speaker, Ear],
    desk: Desk,
    sequencer: Sequencer,
    *,
    progress: Progress = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Samples:
    """Run a call at the speed of the clock: recorded audio is played, live audio just comes.

    `stop` is asked at every block; when it says yes, the call ends there.
    """
    began = time.monotonic()

    def now() -> Samples:
        return from_seconds(time.monotonic() - began)

    heard = Samples(0)
    with Lanes() as lanes:
        for block in source.blocks():
            heard = Samples(block.start + len(block.agent))
            _work_until(heard, now, lanes, desk, sequencer)
            for event in _listen(ears, block):
                sequencer.apply(replace(event, at=max(event.at, now())))
                _hand_out(lanes, desk, sequencer)
            progress(heard)
            if stop():
                break
        for event in _finish(ears):
            sequencer.apply(replace(event, at=now()))
            _hand_out(lanes, desk, sequencer)
        while lanes.busy:
            _take_answer(0.05, now, lanes, desk, sequencer)
    sequencer.apply(CallEnded(at=max(heard, now())))
    return heard


def _listen(ears: Mapping[Speaker, Ear], block: Block) -> list[SpeechStarted | SpeechEnded]:
    """What began and ended on both sides in this block, in the order of time."""
    events = ears[Speaker.AGENT].hear(block.agent) + ears[Speaker.CUSTOMER].hear(block.customer)
    return sorted(events, key=lambda event: event.at)


def _finish(ears: Mapping[Speaker, Ear]) -> list[SpeechStarted | SpeechEnded]:
    events = [event for side in Speaker for event in ears[side].finish()]
    return sorted(events, key=lambda event: event.at)


def _apply_and_answer(event: WorldEvent, desk: Desk, sequencer: Sequencer) -> None:
    _let_clock_run(event.at, desk, sequencer)
    sequencer.apply(event)
    _answer_all(desk, sequencer)


def _let_clock_run(until: Samples, desk: Desk, sequencer: Sequencer) -> None:
    while sequencer.tick_before(until):
        _answer_all(desk, sequencer)


def _answer_all(desk: Desk, sequencer: Sequencer) -> None:
    """Answer until the core asks for nothing more; all at the same moment of the call."""
    while requests := sequencer.take_requests():
        for request in requests:
            sequencer.apply(replace(desk.prepare(request)(), at=sequencer.now))


def _work_until(moment: Samples, now: Now, lanes: Lanes, desk: Desk, sequencer: Sequencer) -> None:
    """Take answers and let the clock run until `moment`."""
    while (present := now()) < moment:
        wake = sequencer.wake_at()
        next_stop = moment if wake is None else min(moment, wake + 1)
        _take_answer(to_seconds(Samples(next_stop - present)), now, lanes, desk, sequencer)
        while sequencer.tick_before(now()):
            _hand_out(lanes, desk, sequencer)


def _take_answer(
    timeout_s: float, now: Now, lanes: Lanes, desk: Desk, sequencer: Sequencer
) -> None:
    answer = lanes.take(timeout_s)
    if answer is not None:
        sequencer.apply(replace(answer, at=now()))
        _hand_out(lanes, desk, sequencer)


def _hand_out(lanes: Lanes, desk: Desk, sequencer: Sequencer) -> None:
    for request in sequencer.take_requests():
        lanes.submit(request, desk.prepare(request))
