"""Requests meet models here: answers come back whole, failures as losses."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest

from coach.core.events import (
    AgentScored,
    CustomerScored,
    Heard,
    LogEvent,
    Utterance,
    Word,
    WorkLost,
)
from coach.core.readings import AgentReading, AgentText, CustomerReading, CustomerText
from coach.core.requests import Request, ScoreAgent, ScoreCustomer, Transcribe
from coach.core.units import Samples
from coach.core.vocabulary import Act, Emotion, Speaker
from coach.runtime.desk import AudioHearing, Desk
from coach.runtime.ports import Audio, Transcript

START, END = Samples(1_000), Samples(5_000)


def transcribe(*, final: bool = True, speaker: Speaker = Speaker.CUSTOMER) -> Transcribe:
    return Transcribe(speaker=speaker, segment=3, start=START, end=END, final=final)


SCORE_CUSTOMER = ScoreCustomer(
    turn=2, start=START, end=END, said=CustomerText(channel=Speaker.CUSTOMER, text="boos")
)
SCORE_AGENT = ScoreAgent(turn=2, start=START, end=END, said=AgentText(text="ja", partial=True))


@dataclass
class Models:
    """Hears and understands what it was told to, or fails."""

    heard: Transcript = field(default_factory=lambda: Transcript(words=()))
    customer_reading: CustomerReading = field(default_factory=CustomerReading)
    agent_reading: AgentReading = field(default_factory=AgentReading)
    error: BaseException | None = None
    name: str = "told"

    def take(self, _: Transcribe) -> Callable[[], Transcript]:
        return self._hear

    def _hear(self) -> Transcript:
        if self.error is not None:
            raise self.error
        return self.heard

    def customer(self, _: CustomerText) -> CustomerReading:
        if self.error is not None:
            raise self.error
        return self.customer_reading

    def agent(self, _: AgentText) -> AgentReading:
        if self.error is not None:
            raise self.error
        return self.agent_reading


def answer(request: Request, models: Models) -> LogEvent:
    return Desk(models, models).prepare(request)()


def test_words_stand_on_the_call_clock() -> None:
    word = Word(start=Samples(10), end=Samples(90), text="boos", probability=0.5)
    said = answer(transcribe(), Models(heard=Transcript(words=(word,), confidence=0.5)))
    assert isinstance(said, Utterance)
    assert (said.text, said.confidence, said.segment) == ("boos", 0.5, 3)
    assert said.words == (
        Word(start=Samples(1_010), end=Samples(1_090), text="boos", probability=0.5),
    )


def test_a_look_gives_words_so_far() -> None:
    word = Word(start=Samples(10), end=Samples(90), text="boos")
    heard = answer(transcribe(final=False), Models(heard=Transcript(words=(word,))))
    assert isinstance(heard, Heard)
    assert (heard.text, heard.end) == ("boos", END)


def test_rejected_text_says_why() -> None:
    said = answer(transcribe(), Models(heard=Transcript(words=(), rejected="repetition")))
    assert isinstance(said, Utterance)
    assert (said.text, said.rejected) == ("", "repetition")


def test_readings_keep_what_was_asked() -> None:
    reading = CustomerReading(emotions=(Emotion.ANGER,), intensity=2, valence=-2)
    scored = answer(SCORE_CUSTOMER, Models(customer_reading=reading))
    assert isinstance(scored, CustomerScored)
    assert (scored.turn, scored.partial, scored.emotions) == (2, False, (Emotion.ANGER,))
    done = answer(SCORE_AGENT, Models(agent_reading=AgentReading(acts=(Act.GREET,))))
    assert isinstance(done, AgentScored)
    assert (done.turn, done.partial, done.acts) == (2, True, (Act.GREET,))


@pytest.mark.parametrize("nonsense", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_unknown(nonsense: float) -> None:
    scored = answer(SCORE_CUSTOMER, Models(customer_reading=CustomerReading(valence=nonsense)))
    assert isinstance(scored, CustomerScored)
    assert scored.valence is None
    word = Word(start=Samples(0), end=Samples(9), text="boos", probability=nonsense)
    transcript = Transcript(words=(word,), confidence=nonsense)
    said = answer(transcribe(), Models(heard=transcript))
    assert isinstance(said, Utterance)
    assert said.confidence is None
    assert said.words[0].probability is None
    heard = answer(transcribe(final=False), Models(heard=transcript))
    assert isinstance(heard, Heard)
    assert heard.confidence is None


FAILURES = [RuntimeError("out of order"), ValueError("x"), OSError("gone"), MemoryError()]


@pytest.mark.parametrize("error", FAILURES, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize(
    ("request_", "part", "speaker"),
    [
        (transcribe(), "recogniser", Speaker.CUSTOMER),
        (transcribe(final=False, speaker=Speaker.AGENT), "recogniser", Speaker.AGENT),
        (SCORE_CUSTOMER, "understanding", Speaker.CUSTOMER),
        (SCORE_AGENT, "understanding", Speaker.AGENT),
    ],
)
def test_what_a_model_cannot_answer_is_on_record_as_lost(
    request_: Request, part: str, speaker: Speaker, error: Exception
) -> None:
    lost = answer(request_, Models(error=error))
    assert isinstance(lost, WorkLost)
    assert (lost.part, lost.speaker, lost.start, lost.end) == (part, speaker, START, END)
    assert lost.reason in (str(error), type(error).__name__)
    assert lost.reason


@pytest.mark.parametrize("error", [TypeError("bug"), KeyError("bug"), KeyboardInterrupt()])
def test_a_bug_is_not_hidden_as_a_loss(error: BaseException) -> None:
    with pytest.raises(type(error)):
        answer(SCORE_AGENT, Models(error=error))


class Ear:
    """Remembers nothing any more, or gives a ramp."""

    def __init__(self, *, forgotten: bool = False) -> None:
        self.forgotten = forgotten

    def audio(self, start: Samples, end: Samples) -> Audio:
        if self.forgotten:
            raise LookupError("no longer kept")
        return np.arange(start, end, dtype=np.float32)


class Recogniser:
    name = "counts"

    def __init__(self) -> None:
        self.heard: list[tuple[Audio, bool]] = []

    def transcribe(self, audio: Audio, *, final: bool) -> Transcript:
        self.heard.append((audio, final))
        return Transcript(words=())


@pytest.mark.parametrize("final", [True, False])
def test_the_recogniser_gets_the_audio_of_the_request(*, final: bool) -> None:
    recogniser = Recogniser()
    ears = {Speaker.AGENT: Ear(forgotten=True), Speaker.CUSTOMER: Ear()}
    desk = Desk(AudioHearing(ears, recogniser), Models())  # type: ignore[arg-type]
    work = desk.prepare(transcribe(final=final))
    ears[Speaker.CUSTOMER].forgotten = True
    work()
    ((audio, asked),) = recogniser.heard
    assert asked is final
    begins = 0 if final else START  # what is read with care is heard from a little earlier on
    np.testing.assert_array_equal(audio, np.arange(begins, END, dtype=np.float32))


class Places(Recogniser):
    """Hears one word, from half a second into the audio to its end."""

    def transcribe(self, audio: Audio, *, final: bool) -> Transcript:
        super().transcribe(audio, final=final)
        word = Word(start=Samples(8_000), end=Samples(len(audio)), text="ja")
        return Transcript(words=(word,))


@pytest.mark.parametrize(
    ("before", "lead"), [(None, 8_000), (20_000, 8_000), (37_000, 3_000), (40_000, 0)]
)
def test_words_stand_where_they_were_said_whatever_was_heard_before(
    before: int | None, lead: int
) -> None:
    recogniser = Places()
    desk = Desk(AudioHearing({side: Ear() for side in Speaker}, recogniser), Models())  # type: ignore[arg-type]
    where = {"speaker": Speaker.CUSTOMER, "segment": 3, "final": True}
    if before is not None:
        desk.prepare(Transcribe(start=Samples(0), end=Samples(before), **where))()
    start, end = Samples(40_000), Samples(60_000)
    heard = desk.prepare(Transcribe(start=start, end=end, **where))()
    assert isinstance(heard, Utterance)
    assert recogniser.heard[-1][0][0] == start - lead
    (word,) = heard.words
    assert (word.start, word.end) == (start - lead + 8_000, end)
    assert (heard.start, heard.end) == (start, end)


def test_audio_that_is_forgotten_is_a_loss_and_the_call_goes_on() -> None:
    ears = {speaker: Ear(forgotten=True) for speaker in Speaker}
    desk = Desk(AudioHearing(ears, Recogniser()), Models())  # type: ignore[arg-type]
    lost = desk.prepare(transcribe())()
    assert isinstance(lost, WorkLost)
    assert (lost.part, lost.reason) == ("recogniser", "no longer kept")


def draft(end: int = END, segment: int = 3, speaker: Speaker = Speaker.CUSTOMER) -> Transcribe:
    return Transcribe(
        speaker=speaker, segment=segment, start=START, end=Samples(end), final=False, draft=True
    )


@pytest.mark.parametrize(
    ("drafts", "decodes"),
    [
        ([draft()], 1),  # what was read with care is not read again
        ([draft(4_000), draft()], 2),  # the voice went on: the last draft counts
        ([draft(4_000)], 2),
        ([draft(segment=2)], 2),
        ([draft(speaker=Speaker.AGENT)], 2),
        ([draft(), draft(speaker=Speaker.AGENT)], 2),
        ([draft(), transcribe(final=False)], 2),  # a look in between takes nothing away
    ],
)
def test_final_words_are_those_of_the_draft_of_the_same_stretch(
    drafts: list[Transcribe], decodes: int
) -> None:
    recogniser = Recogniser()
    desk = Desk(AudioHearing({side: Ear() for side in Speaker}, recogniser), Models())  # type: ignore[arg-type]
    for request in drafts:
        heard = desk.prepare(request)()
        assert isinstance(heard, Heard)
        assert heard.draft is request.draft
    assert isinstance(desk.prepare(transcribe())(), Utterance)
    assert len(recogniser.heard) == decodes
    assert [final for _, final in recogniser.heard] == [
        *(request.draft for request in drafts),
        *[True] * (decodes - len(drafts)),
    ]
