"""Events of a small invented call, for tests that need only a few of them."""

from coach.core.events import (
    AgentScored,
    CallStarted,
    CustomerScored,
    Heard,
    NudgeAnswered,
    NudgeShown,
    NudgeWithdrawn,
    RiskChanged,
    SpeechStarted,
    Utterance,
    Word,
    WorkLost,
)
from coach.core.policy import DEFAULT_POLICY
from coach.core.readings import Because
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import Act, Emotion, NudgeKind, RiskLevel, Speaker

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER
SAD_WORDS = "mijn zus is overleden"


def s(seconds: float) -> Samples:
    return from_seconds(seconds)


STARTED = CallStarted(
    at=s(0),
    call_id="klein",
    mode="script",
    recogniser="script",
    understanding="script",
    policy=DEFAULT_POLICY,
)


def begins(speaker: Speaker, segment: int, start: float) -> SpeechStarted:
    return SpeechStarted(at=s(start), speaker=speaker, segment=segment, start=s(start))


def looks(speaker: Speaker, segment: int, start: float, text: str) -> Heard:
    """A look at a second of speech, its words 0.25 s each."""
    words = tuple(
        Word(start=s(start + n * 0.25), end=s(start + n * 0.25 + 0.25), text=word)
        for n, word in enumerate(text.split())
    )
    end = s(start + 1)
    return Heard(
        at=end,
        speaker=speaker,
        segment=segment,
        start=s(start),
        end=end,
        text=text,
        words=words,
    )


def says(
    speaker: Speaker, segment: int, start: float, text: str, *, delay: float = 0.5
) -> Utterance:
    end = s(start + 2)
    return Utterance(
        at=Samples(end + s(delay)),
        speaker=speaker,
        segment=segment,
        start=s(start),
        end=end,
        text=text,
    )


def feels(
    turn: int,
    *emotions: Emotion,
    intensity: int | None = 2,
    valence: float | None = -2,
    because: str = SAD_WORDS,
) -> CustomerScored:
    return CustomerScored(
        at=s(4 + turn),
        turn=turn,
        start=s(2 + turn),
        end=s(4 + turn),
        partial=False,
        emotions=emotions,
        intensity=intensity,
        valence=valence,
        escalations=(),
        because=tuple(Because(label=one.value, words=because) for one in emotions),
    )


def does(turn: int, *acts: Act) -> AgentScored:
    at = s(4 + turn)
    return AgentScored(at=at, turn=turn, start=s(2 + turn), end=at, partial=False, acts=acts)


def nudge(
    number: int = 0,
    kind: NudgeKind = NudgeKind.ACKNOWLEDGE_FIRST,
    *,
    at: float = 6,
    because: str = SAD_WORDS,
) -> NudgeShown:
    return NudgeShown(at=s(at), nudge=number, kind=kind, decided=s(at - 1), because=because)


def withdrawn(number: int = 0, reason: str = "done") -> NudgeWithdrawn:
    return NudgeWithdrawn(at=s(8), nudge=number, kind=NudgeKind.ACKNOWLEDGE_FIRST, reason=reason)


def answered(number: int = 0, answer: str = "useful") -> NudgeAnswered:
    return NudgeAnswered(at=s(7), nudge=number, answer=answer)


def risk(level: RiskLevel, because: str = "advocaat") -> RiskChanged:
    return RiskChanged(at=s(6), level=level, because=because)


def loses(speaker: Speaker, start: float) -> WorkLost:
    return WorkLost(
        at=s(start + 3),
        speaker=speaker,
        part="recogniser",
        start=s(start),
        end=s(start + 2),
        reason="te weinig geheugen",
    )
