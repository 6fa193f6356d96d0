"""Answers the core's requests with the models: what was said, what it tells.

The only place where a request meets a model. What a model cannot answer becomes a `WorkLost`
event, so that a loss is on record and the call goes on.
"""

from collections.abc import Mapping

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
from coach.runtime.ports import Audio, Ear, Recogniser, Transcript, Understanding

Answer = Utterance | Heard | CustomerScored | AgentScored | WorkLost

_UNSTAMPED = Samples(0)
_FAILURES = (RuntimeError, ValueError, OSError, MemoryError)


class Desk:
    """Answers requests. Events come back unstamped; the sequencer gives them their moment."""

    def __init__(
        self, ears: Mapping[Speaker, Ear], recogniser: Recogniser, understanding: Understanding
    ) -> None:
        self._ears = ears
        self._recogniser = recogniser
        self._understanding = understanding

    def audio_for(self, request: Transcribe) -> Audio:
        """The audio that a request is about; to be taken while the ear still keeps it."""
        return self._ears[request.speaker].audio(request.start, request.end)

    def answer(self, request: Request) -> Answer:
        """Answer any request on the spot."""
        if isinstance(request, Transcribe):
            return self.transcribe(request, self.audio_for(request))
        return self.score(request)

    def transcribe(self, request: Transcribe, audio: Audio) -> Answer:
        """The words of a stretch of speech."""
        try:
            heard = self._recogniser.transcribe(audio, final=request.final)
        except _FAILURES as why:
            return _lost(request, request.speaker, "recogniser", why)
        return _utterance(request, heard) if request.final else _heard(request, heard)

    def score(self, request: ScoreCustomer | ScoreAgent) -> Answer:
        """What a turn tells. The agent's words only ever go through the agent's door."""
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
