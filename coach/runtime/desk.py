"""Answers the core's requests with the models: what was said, what it tells.

The only place where a request meets a model. What a model cannot answer becomes a `WorkLost`
event, so that a loss is on record and the call goes on.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

from coach.core.events import (
    AgentScored,
    CustomerScored,
    Heard,
    Request,
    ScoreAgent,
    ScoreCustomer,
    Transcribe,
    Utterance,
    Word,
    WorkLost,
)
from coach.core.units import Samples
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Ear, Recogniser, Transcript, Understanding

Answer = Utterance | Heard | CustomerScored | AgentScored | WorkLost

_UNSTAMPED = Samples(0)
_FAILURES = (RuntimeError, ValueError, OSError, MemoryError)


class Hearing(Protocol):
    """Says what was said in a stretch of the call."""

    def take(self, request: Transcribe) -> Callable[[], Transcript]:
        """Take what is needed for the answer now; the work itself may be done later, elsewhere."""
        ...


class AudioHearing:
    """Hears through a recogniser, from the audio that the ears keep."""

    def __init__(self, ears: Mapping[Speaker, Ear], recogniser: Recogniser) -> None:
        self._ears = ears
        self._recogniser = recogniser

    def take(self, request: Transcribe) -> Callable[[], Transcript]:
        """Copy the audio of the request, before the ear forgets it."""
        audio = self._ears[request.speaker].audio(request.start, request.end)
        return partial(self._recogniser.transcribe, audio, final=request.final)


class Desk:
    """Answers requests. Events come back unstamped; the sequencer gives them their moment."""

    def __init__(self, hearing: Hearing, understanding: Understanding) -> None:
        self._hearing = hearing
        self._understanding = understanding

    def prepare(self, request: Request) -> Callable[[], Answer]:
        """The work that answers `request`, to be done now or on another thread."""
        if isinstance(request, Transcribe):
            return partial(self._transcribe, request, self._hearing.take(request))
        return partial(self._score, request)

    def _transcribe(self, request: Transcribe, hear: Callable[[], Transcript]) -> Answer:
        try:
            heard = hear()
        except _FAILURES as why:
            return _lost(request, request.speaker, "recogniser", why)
        return _utterance(request, heard) if request.final else _heard(request, heard)

    def _score(self, request: ScoreCustomer | ScoreAgent) -> Answer:
        speaker = Speaker.AGENT if isinstance(request, ScoreAgent) else Speaker.CUSTOMER
        try:
            if isinstance(request, ScoreAgent):
                return self._score_agent(request)
            return self._score_customer(request)
        except _FAILURES as why:
            return _lost(request, speaker, "understanding", why)

    def _score_customer(self, request: ScoreCustomer) -> CustomerScored:
        reading = self._understanding.customer(request.said)
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
        reading = self._understanding.agent(request.said)
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
        confidence=heard.confidence,
    )


def _on_call_clock(word: Word, start: Samples) -> Word:
    return Word(
        start=Samples(start + word.start),
        end=Samples(start + word.end),
        text=word.text,
        probability=word.probability,
    )


def _lost(request: Request, speaker: Speaker, part: str, why: BaseException) -> WorkLost:
    return WorkLost(
        at=_UNSTAMPED,
        speaker=speaker,
        part=part,
        start=request.start,
        end=request.end,
        reason=str(why) or type(why).__name__,
    )
