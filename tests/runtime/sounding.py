"""A story as a call with sound.

Ears, lanes, desk, sequencer and core are the real ones; what is heard and understood is dictated.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from audio.ear import StreamingEar
from coach.core.events import LogEvent, NudgeShown, Utterance
from coach.core.readings import AgentReading, AgentText, CustomerReading, CustomerText
from coach.core.requests import Transcribe
from coach.core.units import RATE, Samples, from_seconds
from coach.core.vocabulary import Act, Emotion, NudgeKind, Pace, Speaker
from coach.runtime.desk import AudioHearing, Desk
from coach.runtime.engine import run_beside_clock, run_fast
from coach.runtime.ports import Transcript
from coach.runtime.sequencer import Sequencer
from models.asr import spread
from models.scripted import ScriptedDetector
from tests.harness import Cut, Story, VirtualClock, calm, feels, tone
from tests.strategies import start

GRIEF = feels(Emotion.SADNESS, 2, -2)


def bereavement() -> Story:
    """A reminder, an ask that comes first, its repair; a long story that is cut on the way."""
    call = Story().agent("Goedemorgen, met Sanne.", Act.GREET)
    call.customer("Mijn man is vorige week overleden.", GRIEF)
    call.agent("Ik pak er even iets bij en dan zoek ik het voor u op hoor mevrouw.", gap=3)
    call.agent("Wat is uw postcode?", Act.ASK_IDENTIFICATION, gap=3)
    call.customer("Eh, twaalf vierendertig.", calm())
    call.agent("Sorry. | Gecondoleerd mevrouw.", Act.APOLOGISE, Act.CONDOLE)
    return call.customer(" ".join(["En toen belde ik en toen belde ik weer."] * 6), calm())


@dataclass
class Told:
    """A recogniser and an understanding that know a story; `breaks` may raise instead."""

    call: Story
    breaks: Callable[[str], None] = lambda _: None
    asked_of_customer: list[CustomerText] = field(default_factory=list)
    name: str = "told"
    recogniser: str = "told"

    def customer(self, said: CustomerText) -> CustomerReading:
        self.breaks("customer")
        self.asked_of_customer.append(said)
        return self.call.customer_reading(said)

    def agent(self, said: AgentText) -> AgentReading:
        self.breaks("agent")
        return self.call.agent_reading(said)


class Hears(AudioHearing):
    """Hears the words of the story whose middle lies in the request; checks that audio is there."""

    def __init__(self, ears: dict[Speaker, StreamingEar], told: Told) -> None:
        super().__init__(ears, None)  # type: ignore[arg-type]
        self._sides, self._told = ears, told

    @property
    def pace(self) -> Pace:
        return self._pace

    def take(self, request: Transcribe) -> Callable[[], Transcript]:
        audio = self._sides[request.speaker].audio(request.start, request.end).copy()

        def hear() -> Transcript:
            self._told.breaks("recogniser")
            words = [
                word.text
                for turn in self._told.call.turns
                if turn.speaker is request.speaker
                for word in turn.words
                if request.start <= (word.start + word.end) // 2 < request.end
            ]
            assert audio.any()
            return Transcript(words=spread(words, Samples(len(audio))), confidence=1.0)

        return hear


class Run:
    """A story as a call with sound, ready to run once."""

    def __init__(self, call: Story, breaks: Callable[[str], None] = lambda _: None) -> None:
        self.told = Told(call, breaks)
        self.log: list[LogEvent] = []
        spoken = {
            side: [(t.start, t.end) for t in call.turns if t.speaker is side] for side in Speaker
        }
        self.ears = {
            side: StreamingEar(side, ScriptedDetector(speech=spoken[side])) for side in Speaker
        }
        self.hearing = Hears(self.ears, self.told)
        self.desk = Desk(self.hearing, self.told)
        self.sequencer = Sequencer(start(call.policy), [self.log.append])
        length = max(turn.end for turn in call.turns) + from_seconds(4.01)
        self.sound = tone(length), tone(length)

    def source(self, cuts: Iterable[int]) -> Cut:
        return Cut(*self.sound, cuts)

    def fast(self, cuts: Iterable[int] = (), **options: object) -> list[LogEvent]:
        run_fast(self.source(cuts), self.ears, self.desk, self.sequencer, **options)  # type: ignore[arg-type]
        return self.log

    def beside_clock(
        self, cuts: Iterable[int] = (), clock: VirtualClock | None = None, **options: object
    ) -> list[LogEvent]:
        run_beside_clock(
            self.source(cuts),
            self.ears,
            self.desk,
            self.sequencer,
            clock=clock or VirtualClock(),
            **options,  # type: ignore[arg-type]
        )
        return self.log


def every(length: int) -> range:
    """Cuts at every `length` samples, for longer than any story."""
    return range(length, 200 * RATE, length)


def nudges(log: list[LogEvent]) -> list[NudgeKind]:
    return [event.kind for event in log if isinstance(event, NudgeShown)]


def said(log: list[LogEvent]) -> list[tuple[Speaker, str]]:
    return [(e.speaker, e.text) for e in log if isinstance(e, Utterance)]
