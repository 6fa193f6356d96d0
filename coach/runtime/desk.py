"""Answers the core's requests with the models: what was said, what it tells.

The only place where a request meets a model. What a model cannot answer becomes a `WorkLost`
event, so that a loss is on record and the call goes on.
"""

import math
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import partial
from typing import Any, Protocol

from coach.core.events import (
    AgentScored,
    CustomerScored,
    Heard,
    RecogniserChanged,
    Utterance,
    Word,
    WorkLost,
)
from coach.core.readings import AgentSpeechRefused
from coach.core.requests import Question, ScoreAgent, ScoreCustomer, Transcribe
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import Pace, Speaker
from coach.runtime.ports import Audio, Ear, Recogniser, Transcript, Understanding
from coach.runtime.stages import Stages

Answer = Utterance | Heard | CustomerScored | AgentScored | WorkLost

_UNSTAMPED = Samples(0)
LEAD = from_seconds(0.5)
"""Quiet before a stretch that the recogniser hears too. A window that begins on the voice itself
makes Whisper leave out the first sentence: with half a second before it, 7 instead of 15 % of the
words were missing in two calls, and the word error rate was 3 points lower."""
FAILURES = (RuntimeError, ValueError, OSError, MemoryError)
"""What a model may raise when it cannot answer; anything else is a bug."""


LATE = "too late"
"""The reason of a loss: the answer did not come within three minutes."""


class Hearing(Protocol):
    """Says what was said in a stretch of the call."""

    def take(self, request: Transcribe) -> Callable[[], Transcript]:
        """Take what is needed for the answer now; the work itself may be done later, elsewhere."""
        ...

    def at_pace(self, pace: Pace) -> None:
        """Hear with as much care as there is time for: from the next answer on, on any thread."""
        ...


class AudioHearing:
    """Hears through a recogniser, from the audio that the ears keep.

    A draft is kept, one a side: when the voice stays silent, the final words are there already.
    What is read with care is heard from `LEAD` earlier on, as far as nothing was said there. A
    machine that falls behind hears final words as it hears looks, at the last with the recogniser
    that `smaller` gives, if there is one.
    """

    def __init__(
        self,
        ears: Mapping[Speaker, Ear],
        recogniser: Recogniser,
        smaller: Callable[[], Recogniser | None] = lambda: None,
    ) -> None:
        self._ears = ears
        self._recogniser = recogniser
        self._smaller = smaller
        self._pace = Pace.FULL
        self._drafts: dict[Speaker, tuple[Transcribe, Transcript]] = {}
        self._ended: dict[Speaker, Samples] = dict.fromkeys(Speaker, Samples(0))

    def take(self, request: Transcribe) -> Callable[[], Transcript]:
        """Copy the audio of the request, before the ear forgets it."""
        ear, careful = self._ears[request.speaker], request.final or request.draft
        if not careful:
            audio = ear.audio(request.start, request.end)
            return partial(self._recogniser.transcribe, audio, final=False)
        before = self._ended[request.speaker]
        start = min(request.start, Samples(max(before, request.start - LEAD)))
        audio = ear.audio(start, request.end)
        if request.final:
            self._ended[request.speaker] = request.end
        lead = Samples(request.start - start)
        return partial(self._with_care, request, audio, lead)

    def _with_care(self, request: Transcribe, audio: Audio, lead: Samples) -> Transcript:
        drafted, words = self._drafts.pop(request.speaker, (None, None))
        if drafted is not None and words is not None and _same(drafted, request):
            return words
        pace = self._pace
        recogniser = (self._smaller() if pace is Pace.SMALL_MODEL else None) or self._recogniser
        heard = _without(lead, recogniser.transcribe(audio, final=pace.careful))
        if request.draft:
            kept = replace(heard, changed=None, took=())
            self._drafts[request.speaker] = (request, kept)
        return heard

    def at_pace(self, pace: Pace) -> None:
        """Hear with as much care as there is time for."""
        self._pace = pace


class Desk:
    """Answers requests. Events come back unstamped; the sequencer gives them their moment."""

    def __init__(
        self, hearing: Hearing, understanding: Understanding, stages: Stages | None = None
    ) -> None:
        self._hearing = hearing
        self._understanding = understanding
        self._stages = stages or Stages()
        self._news: deque[RecogniserChanged] = deque()

    def at_pace(self, pace: Pace) -> None:
        """Answer with as much care as there is time for."""
        self._hearing.at_pace(pace)

    def news(self) -> list[RecogniserChanged]:
        """What has changed behind the desk since the last time: which recogniser answers."""
        return [self._news.popleft() for _ in range(len(self._news))]

    def prepare(self, request: Question) -> Callable[[], Answer]:
        """The work that answers `request`, to be done now or on another thread."""
        if not isinstance(request, Transcribe):
            return partial(self._score, request)
        try:
            hear = self._hearing.take(request)
        except LookupError as why:  # the ear does not keep that audio any more
            return partial(_lost, request, request.speaker, "recogniser", why)
        return partial(self._transcribe, request, hear)

    def _transcribe(self, request: Transcribe, hear: Callable[[], Transcript]) -> Answer:
        try:
            heard = hear()
        except FAILURES as why:
            return _lost(request, request.speaker, "recogniser", why)
        for stage, seconds in heard.took:
            self._stages.add(stage, seconds)
        if heard.changed is not None:
            name, reason = heard.changed
            self._news.append(RecogniserChanged(at=_UNSTAMPED, recogniser=name, reason=reason))
        heard = _known(heard)
        return _utterance(request, heard) if request.final else _heard(request, heard)

    def _score(self, request: ScoreCustomer | ScoreAgent) -> Answer:
        speaker = Speaker.AGENT if isinstance(request, ScoreAgent) else Speaker.CUSTOMER
        try:
            with self._stages.time("understanding"):
                if isinstance(request, ScoreAgent):
                    return self._score_agent(request)
                return self._score_customer(request)
        except FAILURES as why:
            return _lost(request, speaker, "understanding", why)

    def _score_customer(self, request: ScoreCustomer) -> CustomerScored:
        if request.said.channel is not Speaker.CUSTOMER:  # made behind its constructor's back
            raise AgentSpeechRefused("these are not the customer's words")
        reading = _known(self._understanding.customer(request.said))
        return CustomerScored(
            at=_UNSTAMPED,
            turn=request.turn,
            start=request.start,
            end=request.end,
            partial=request.said.partial,
            emotions=reading.emotions,
            intensity=reading.intensity,
            valence=reading.valence,
            escalations=reading.escalations,
            because=reading.because,
        )

    def _score_agent(self, request: ScoreAgent) -> AgentScored:
        reading = _known(self._understanding.agent(request.said))
        return AgentScored(
            at=_UNSTAMPED,
            turn=request.turn,
            start=request.start,
            end=request.end,
            partial=request.said.partial,
            acts=reading.acts,
            escalations=reading.escalations,
            because=reading.because,
        )


def _without(lead: Samples, heard: Transcript) -> Transcript:
    """The same words, timed from behind the lead."""
    words = tuple(
        replace(
            word,
            start=Samples(max(0, word.start - lead)),
            end=Samples(max(0, word.end - lead)),
        )
        for word in heard.words
    )
    return replace(heard, words=words)


def _same(one: Transcribe, other: Transcribe) -> bool:
    return (one.segment, one.start, one.end) == (other.segment, other.start, other.end)


def _utterance(request: Transcribe, heard: Transcript) -> Utterance:
    return Utterance(
        at=_UNSTAMPED,
        speaker=request.speaker,
        segment=request.segment,
        start=request.start,
        end=request.end,
        text=heard.text,
        words=tuple(_on_call_clock(word, request.start) for word in heard.words),
        confidence=heard.confidence,
        rejected=heard.rejected,
    )


def _heard(request: Transcribe, heard: Transcript) -> Heard:
    return Heard(
        at=_UNSTAMPED,
        speaker=request.speaker,
        segment=request.segment,
        start=request.start,
        end=request.end,
        text=heard.text,
        words=tuple(_on_call_clock(word, request.start) for word in heard.words),
        confidence=heard.confidence,
        draft=request.draft,
    )


def _on_call_clock(word: Word, start: Samples) -> Word:
    return Word(
        start=Samples(start + word.start),
        end=Samples(start + word.end),
        text=word.text,
        probability=word.probability,
    )


def _known(value: Any) -> Any:
    """`value`, with `None` for what is not a number: a model that divides by nothing knows less."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, tuple):
        return tuple(_known(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        known = {field.name: _known(getattr(value, field.name)) for field in fields(value)}
        return replace(value, **known)
    return value


def given_up(request: Question) -> WorkLost:
    """The loss of an answer that did not come in time."""
    if isinstance(request, Transcribe):
        return _lost(request, request.speaker, "recogniser", TimeoutError(LATE))
    speaker = Speaker.AGENT if isinstance(request, ScoreAgent) else Speaker.CUSTOMER
    return _lost(request, speaker, "understanding", TimeoutError(LATE))


def _lost(request: Question, speaker: Speaker, part: str, why: BaseException) -> WorkLost:
    return WorkLost(
        at=_UNSTAMPED,
        speaker=speaker,
        part=part,
        start=request.start,
        end=request.end,
        reason=str(why) or type(why).__name__,
    )
