"""Runs one call: audio in, requests to the models, answers back, until the end.

Two ways: as fast as possible on one thread, where every answer stands at the moment at which the
deciding audio had been heard; or beside the clock, where models work on threads of their own and
every delay counts.
"""

import heapq
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from coach.core.events import CallEnded, SpeechEvent, WorldEvent
from coach.core.requests import Expect, Question
from coach.core.units import Samples, from_seconds, to_seconds
from coach.core.vocabulary import Pace, Speaker
from coach.runtime.desk import Answer, Desk, given_up
from coach.runtime.health import Health
from coach.runtime.lanes import Lanes
from coach.runtime.line import TOO_LATE
from coach.runtime.ports import Block, Ear, Source
from coach.runtime.sequencer import Sequencer

Progress = Callable[[Samples], None]
"""Told how much of the call has been heard."""

Ears = Mapping[Speaker, Ear]
"""The ears of both sides; none in a call whose speech is already known."""

Said = Callable[[], Iterable[WorldEvent]]
"""What people have said to the coach since the last time: answers to nudges. Asked every block."""

_PATIENCE = from_seconds(0.05)
_HOPELESS = from_seconds(60)
"""At the end of a call, who has not answered for a minute is not waited for any more."""
_PIECE = from_seconds(1)


class CallClock:
    """The clock of a call at the speed of life; the call begins when the clock is made."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def now(self) -> Samples:
        """How long the call lasts by now."""
        return from_seconds(time.monotonic() - self._began)

    def wait(self, lanes: Lanes, until: Samples) -> Answer | None:
        """The next answer of the models; `None` when none comes before `until`."""
        return lanes.take(to_seconds(Samples(until - self.now())))


def run_fast(
    source: Source,
    ears: Ears,
    desk: Desk,
    sequencer: Sequencer,
    *,
    progress: Progress = lambda _: None,
    said: Said = tuple,
    stop: Callable[[], bool] = lambda: False,
) -> Samples:
    """Run a recorded call as fast as the machine can; returns how much of it was heard.

    `stop` is asked at every block; when it says yes, the call ends there.
    """
    call = _AtOnce(desk, sequencer, ears)
    heard = Samples(0)
    for block in _pieces(source):
        heard = Samples(block.start + len(block.agent))
        for event in _listen(ears, block):
            call.apply(event)
        call.let_clock_run(heard)
        for answer in said():
            call.apply(replace(answer, at=heard))
        progress(heard)
        if stop():
            break
    for event in _finish(ears):
        call.apply(event)
    sequencer.apply(CallEnded(at=heard))
    return heard


def run_events(
    events: Iterable[WorldEvent], desk: Desk, sequencer: Sequencer, end: Samples
) -> None:
    """Run a call whose speech is already known, in the order of time: a script, an old log."""
    call = _AtOnce(desk, sequencer, {})
    for event in events:
        call.apply(event)
    call.let_clock_run(end)
    sequencer.apply(CallEnded(at=end))


def run_beside_clock(
    source: Source,
    ears: Ears,
    desk: Desk,
    sequencer: Sequencer,
    *,
    progress: Progress = lambda _: None,
    said: Said = tuple,
    stop: Callable[[], bool] = lambda: False,
    clock: CallClock | None = None,
    lanes: Lanes | None = None,
    paces: tuple[Pace, ...] = tuple(Pace),
) -> Samples:
    """Run a call at the speed of the clock: recorded audio is played, live audio just comes.

    `stop` is asked at every block; when it says yes, the call ends there. `paces`: what can be done
    less of when the machine falls behind.
    """
    clock = clock or CallClock()
    heard = Samples(0)
    with lanes or Lanes() as working:
        call = _BesideClock(desk, sequencer, ears, working, clock, Health(paces))
        for block in _pieces(source):
            heard = Samples(block.start + len(block.agent))
            call.work_until(heard)
            for event in _listen(ears, block):
                call.apply(event)
            for answer in said():
                call.apply(answer)
            progress(heard)
            if stop():
                break
        for event in _finish(ears):
            call.apply(event)
        call.take_the_last()
    sequencer.apply(CallEnded(at=max(heard, clock.now())))
    return heard


@dataclass(frozen=True, slots=True)
class _AtOnce:
    """A call on one thread: every question is answered before the next event."""

    desk: Desk
    sequencer: Sequencer
    ears: Ears

    def apply(self, event: WorldEvent) -> None:
        self.let_clock_run(event.at)
        self.sequencer.apply(event)
        self._answer_all()

    def let_clock_run(self, until: Samples) -> None:
        while self.sequencer.tick_before(until):
            self._answer_all()

    def _answer_all(self) -> None:
        """Answer until the core asks for nothing more; all at the same moment of the call."""
        while questions := list(_questions(self.sequencer, self.ears)):
            for question in questions:
                answer = self.desk.prepare(question)()
                for event in (*self.desk.news(), answer):
                    self.sequencer.apply(replace(event, at=self.sequencer.now))


@dataclass(frozen=True, slots=True)
class _BesideClock:
    """A call with the models on threads of their own: what happens is stamped when it is known."""

    desk: Desk
    sequencer: Sequencer
    ears: Ears
    lanes: Lanes
    clock: CallClock
    health: Health

    def apply(self, event: WorldEvent) -> None:
        self.sequencer.apply(replace(event, at=max(event.at, self.clock.now())))
        self._hand_out()

    def take_the_last(self) -> None:
        """The call is over: take the answers that are still to come, as long as some do come."""
        since = self.clock.now()
        while self.lanes.busy:
            if self.take_answer(Samples(self.clock.now() + _PATIENCE)):
                since = self.clock.now()
            hopeless = self.clock.now() - since > _HOPELESS
            self._give_up(Samples(self.clock.now() - (0 if hopeless else TOO_LATE)))
            self._keep_pace()

    def work_until(self, moment: Samples) -> None:
        """Take answers and let the clock run until `moment`.

        When that has passed already (live audio is always late), what is there now is taken.
        """
        answered = True
        while answered or self.clock.now() < moment:
            wake = self.sequencer.wake_at()
            next_stop = moment if wake is None else Samples(min(moment, wake + 1))
            answered = self.take_answer(next_stop)
            while self.sequencer.tick_before(self.clock.now()):
                self._hand_out()
            self._give_up(Samples(self.clock.now() - TOO_LATE))
            self._keep_pace()

    def take_answer(self, until: Samples) -> bool:
        """Apply the next answer; whether there was one before `until`."""
        answer = self.clock.wait(self.lanes, until)
        for change in self.desk.news():
            self.apply(change)
        if answer is not None:
            self.health.answered(answer, self.clock.now())
            self.apply(replace(answer, at=self.clock.now()))
        return answer is not None

    def _give_up(self, before: Samples) -> None:
        """What was asked for before that moment is lost, and said to be."""
        for question in self.lanes.give_up(before):
            lost = given_up(question)
            self.health.answered(lost, self.clock.now())
            self.apply(lost)

    def _keep_pace(self) -> None:
        """Do less when the words come late, and more when there is room again."""
        change = self.health.look(self.clock.now(), self.lanes.worked_s)
        if change is not None:
            self.desk.at_pace(change.pace)
            self.apply(change)

    def _hand_out(self) -> None:
        for question in _questions(self.sequencer, self.ears):
            self.health.asked(question, self.clock.now())
            self.lanes.submit(question, self.desk.prepare(question), self.clock.now())


def _questions(sequencer: Sequencer, ears: Ears) -> Iterator[Question]:
    """What the models have to answer; what the ears are to heed is told to them."""
    for request in sequencer.take_requests():
        if not isinstance(request, Expect):
            yield request
        elif request.speaker in ears:
            ears[request.speaker].expect(request.segment, request.pause)


def _pieces(source: Source) -> Iterator[Block]:
    """The blocks, long ones in pieces: an ear keeps only the last minute for the recogniser.

    An empty one is the occasion to take answers that have come.
    """
    for block in source.blocks():
        for start in range(0, max(1, len(block.agent)), _PIECE):
            end = start + _PIECE
            yield Block(
                start=Samples(block.start + start),
                agent=block.agent[start:end],
                customer=block.customer[start:end],
            )


def _listen(ears: Ears, block: Block) -> Iterator[SpeechEvent]:
    """What began, paused and ended on both sides in this block, in the order of time.

    Lazily: an ear listens on when its last event has been applied, and heeds what came of that.
    """
    sides = ears[Speaker.AGENT].hear(block.agent), ears[Speaker.CUSTOMER].hear(block.customer)
    return heapq.merge(*sides, key=lambda event: event.at)


def _finish(ears: Ears) -> list[SpeechEvent]:
    events = [event for side in Speaker for event in ears[side].finish()]
    return sorted(events, key=lambda event: event.at)
