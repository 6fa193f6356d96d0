"""The one place where events are put in order, logged and applied."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from coach.core.events import (
    CallStarted,
    ClockTicked,
    LogEvent,
    NudgeShown,
    WorldEvent,
)
from coach.core.requests import Transcribe
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import Act, Emotion, Speaker
from coach.runtime.sequencer import Sequencer
from tests.harness import Story, feels
from tests.strategies import logged, policies, start, streams

MOMENTS = st.lists(st.integers(-(10**6), 10**8), max_size=40)


@given(streams, MOMENTS)
def test_events_are_stamped_in_order_whatever_the_world_says(
    events: list[WorldEvent], moments: list[int]
) -> None:
    jumbled = [
        replace(event, at=Samples(moments[n % len(moments)] if moments else event.at))
        for n, event in enumerate(events)
    ]
    stamps = [event.at for event in logged(jumbled)]
    assert stamps == sorted(stamps)


@given(streams, policies)
def test_the_clock_comes_before_the_event_and_only_when_it_was_asked_for(
    events: list[WorldEvent], policy: object
) -> None:
    log: list[LogEvent] = []
    sequencer = Sequencer(start(policy), [log.append])  # type: ignore[arg-type]
    for event in events:
        wanted = sequencer.wake_at()
        before = len(log)
        sequencer.apply(event)
        added = log[before:]
        if wanted is not None and wanted < event.at:
            assert added[0] == ClockTicked(at=wanted)
        else:
            assert not isinstance(added[0], ClockTicked)
        waiting = sequencer.wake_at()
        assert waiting is None or waiting > sequencer.now


def test_a_tick_is_given_only_before_its_moment() -> None:
    call = Story().customer("Mijn man is overleden.", feels(Emotion.SADNESS, 2, -2))
    log: list[LogEvent] = []
    sequencer = Sequencer(start(), [log.append])
    nudge = next(event for event in call.run() if isinstance(event, NudgeShown))
    for event in call.run():
        if event.at >= nudge.at:
            break
        if isinstance(event, WorldEvent) and not isinstance(event, CallStarted):
            sequencer.apply(event)
    assert sequencer.wake_at() == nudge.at
    assert not sequencer.tick_before(nudge.at)
    assert sequencer.tick_before(Samples(nudge.at + 1))
    assert log[-2:] == [ClockTicked(at=nudge.at), nudge]


def test_every_sink_gets_everything_in_order() -> None:
    call = Story().customer("Mijn man is overleden.", feels(Emotion.SADNESS, 2, -2))
    world = [e for e in call.agent("Ja.", Act.SMALL_TALK).run() if isinstance(e, WorldEvent)]
    first: list[LogEvent] = []
    second: list[LogEvent] = []
    sequencer = Sequencer(start(), [first.append, second.append])
    assert first == [start()]
    for event in world[1:]:
        sequencer.apply(event)
    assert first == second
    assert len(first) > len(world)


def test_requests_are_handed_out_once() -> None:
    log: list[LogEvent] = []
    sequencer = Sequencer(start(), [log.append])
    assert sequencer.take_requests() == []
    for event in logged([])[1:-3]:
        sequencer.apply(event)  # type: ignore[arg-type]
    for event in Story().agent("Hallo.").run()[1:3]:
        sequencer.apply(event)  # type: ignore[arg-type]
    (request,) = sequencer.take_requests()
    assert isinstance(request, Transcribe)
    assert request.speaker is Speaker.AGENT
    assert sequencer.take_requests() == []


def test_a_call_may_begin_late_on_its_clock() -> None:
    log: list[LogEvent] = []
    late = replace(start(), at=from_seconds(3))
    sequencer = Sequencer(late, [log.append])
    sequencer.apply(ClockTicked(at=Samples(0)))
    assert log == [late, ClockTicked(at=from_seconds(3))]
