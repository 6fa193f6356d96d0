"""Looks at speech that still goes on: when to ask for one, and what comes of it.

At the agent's reply when a nudge hangs on how it begins; at the customer's words for the screen;
and at both, with care, when the voice falls silent: such a draft is what the final words will be
if it stays silent, so that at the end of a turn only a confirmation is left.

A machine that is slow is asked less often: the time between looks is at least twice the time
that the last answer took. One that falls behind is asked for fewer looks, or for none (`Pace`).
"""

from dataclasses import replace

from coach.core import pacer
from coach.core.events import Heard, SpeechPaused
from coach.core.requests import Transcribe
from coach.core.stabiliser import Stabiliser, hear
from coach.core.state import CallState, Speech
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import Speaker

_SHORTEST = from_seconds(0.4)
"""Less speech than this gives no words worth reading."""


def next_moment(state: CallState) -> Samples | None:
    """When the next look is due; always after `now`. `None`: nothing is to be looked at."""
    moments = [moment for side in Speaker if (moment := _due(state, side)) is not None]
    return Samples(max(min(moments), state.now + 1)) if moments else None


def ask(state: CallState) -> tuple[CallState, tuple[Transcribe, ...]]:
    """Ask for the looks that are due now."""
    looks: list[Transcribe] = []
    for side in Speaker:
        due, speech = _due(state, side), state.speaking(side)
        if due is None or speech is None or state.now < due:
            continue
        start = speech.words.resume_at(speech.start)
        if state.now - start >= _SHORTEST:
            looks.append(_transcribe(side, speech, start, state.now))
        state = _put(state, side, replace(speech, looked=state.now, hushed=False))
    return state, tuple(looks)


def draft(state: CallState, event: SpeechPaused) -> tuple[CallState, tuple[Transcribe, ...]]:
    """The voice fell silent: read the whole stretch with care."""
    speech = state.speaking(event.speaker)
    if speech is None or speech.segment != event.segment or not state.pace.looks:
        return state, ()
    state = _put(state, event.speaker, replace(speech, looked=state.now, hushed=True))
    whole = replace(_transcribe(event.speaker, speech, event.start, event.end), draft=True)
    return state, (whole,)


def take_in(state: CallState, event: Heard) -> tuple[CallState, str, Samples]:
    """The words of the open speech so far, and where it began, with this look in them."""
    speech = state.speaking(event.speaker)
    if speech is None or speech.segment != event.segment or not event.words:
        return state, event.text, event.start
    if event.draft:
        speech = replace(speech, words=Stabiliser(committed=event.words))
    else:
        words, _ = hear(speech.words, event.words)
        speech = replace(speech, words=words, lag=Samples(event.at - event.end))
    return _put(state, event.speaker, speech), speech.words.text, speech.start


def _due(state: CallState, side: Speaker) -> Samples | None:
    speech = state.speaking(side)
    if speech is None:
        return None
    every = state.policy.follow_every
    if side is Speaker.AGENT:
        every = state.policy.look_every if pacer.awaits_first_words(state) else None
    if every is None or not state.pace.looks:
        return None
    since = speech.looked if speech.looked is not None else speech.start
    return Samples(since + max(every * state.pace.looks, 2 * speech.lag))


def _transcribe(side: Speaker, speech: Speech, start: Samples, end: Samples) -> Transcribe:
    return Transcribe(speaker=side, segment=speech.segment, start=start, end=end, final=False)


def _put(state: CallState, side: Speaker, speech: Speech) -> CallState:
    if side is Speaker.AGENT:
        return replace(state, agent=speech)
    return replace(state, customer=speech)
