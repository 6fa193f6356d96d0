"""Keeps both speakers' rhythms from what the ears say, and lets the ears wait accordingly."""

from dataclasses import replace

from coach.core.endpoint import Rhythm, rested
from coach.core.events import SpeechEnded, SpeechPaused, SpeechStarted
from coach.core.requests import Expect
from coach.core.state import CallState
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import Speaker

_EDGES = from_seconds(0.352)
"""What the ears keep of a silence between two stretches, before the one and behind the other."""


def began(state: CallState, event: SpeechStarted) -> CallState:
    """Whoever comes back after a silence in which nobody else spoke has only paused."""
    own, other = state.rhythm(event.speaker), state.rhythm(event.speaker.other)
    if own.ended is not None and state.speaking(event.speaker.other) is None:
        own = rested(own, Samples(event.start - own.ended + _EDGES))
    state = _put(state, event.speaker, replace(own, ended=None))
    return _put(state, event.speaker.other, replace(other, ended=None))


def ended(state: CallState, event: SpeechEnded) -> CallState:
    """A stretch is complete, with the pauses that were in it."""
    own = rested(state.rhythm(event.speaker), event.rested)
    return _put(state, event.speaker, replace(own, ended=_silent_from(event)))


def expected(state: CallState, event: SpeechPaused) -> tuple[Expect, ...]:
    """The voice fell silent: let the speaker's own pause end the stretch, if it is known."""
    usual = state.rhythm(event.speaker).usual
    if usual is None:
        return ()
    return (Expect(speaker=event.speaker, segment=event.segment, pause=usual),)


def _silent_from(event: SpeechEnded) -> Samples | None:
    return event.end if event.reason == "pause" else None


def _put(state: CallState, speaker: Speaker, rhythm: Rhythm) -> CallState:
    if speaker is Speaker.AGENT:
        return replace(state, agent_rhythm=rhythm)
    return replace(state, customer_rhythm=rhythm)
