"""The vocabulary of the call: everything the world can say, and everything the core can decide.

World events are facts (the models' answers, the clock, clicks, losses); decisions follow from
them through `coach.core.step` and from nothing else. Both stand in the call log in the order in
which they happened. Every event carries `at`, the moment on the call clock at which the sequencer
applied it; `start` and `end` are moments on the same clock.
"""

from dataclasses import dataclass
from typing import ClassVar

from coach.core.policy import Policy
from coach.core.readings import (
    AgentSpeechRefused,
    Because,
    Escalation,
)
from coach.core.units import Samples
from coach.core.vocabulary import Act, Emotion, NudgeKind, OrderValue, Pace, RiskLevel, Speaker


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A recognised word. `probability` 0..1, `None` where the source does not know."""

    start: Samples
    end: Samples
    text: str
    probability: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """`type` names the event in the log."""

    type: ClassVar[str]
    at: Samples


# ---- what the world says -----------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class CallStarted(Event):
    """The first event of a call: everything that the decisions depend on besides the events.

    `mode` is "fast", "realtime", "live" or "script"; `emotion_from` states the channel that
    emotion is computed from, and is always "customer". `began` is the wall-clock start (ISO 8601
    with offset), `agent` the agent's number, `reference` the call's in other systems, `channel` how
    the customer came in ("phone"): for the record, no decision depends on them.
    """

    type: ClassVar[str] = "started"
    call_id: str
    mode: str
    recogniser: str
    understanding: str
    policy: Policy
    agent_channel: str | None = None
    began: str | None = None
    agent: str | None = None
    reference: str | None = None
    channel: str | None = None
    emotion_from: Speaker = Speaker.CUSTOMER

    def __post_init__(self) -> None:
        if self.emotion_from is not Speaker.CUSTOMER:
            raise AgentSpeechRefused("emotion is only ever computed from the customer's words")


@dataclass(frozen=True, kw_only=True, slots=True)
class SpeechStarted(Event):
    """Somebody began to speak at `start`; `segment` counts per speaker from 0."""

    type: ClassVar[str] = "speech_started"
    speaker: Speaker
    segment: int
    start: Samples


@dataclass(frozen=True, kw_only=True, slots=True)
class SpeechPaused(Event):
    """The voice fell silent. Speech since `start` would end at `end`, unless it goes on."""

    type: ClassVar[str] = "speech_paused"
    speaker: Speaker
    segment: int
    start: Samples
    end: Samples


@dataclass(frozen=True, kw_only=True, slots=True)
class SpeechEnded(Event):
    """A stretch of speech is complete. `reason`: "pause", "cut" (a long one went on) or "end".

    `rested`: the longest silence within it, after which the voice came back.
    """

    type: ClassVar[str] = "speech_ended"
    speaker: Speaker
    segment: int
    start: Samples
    end: Samples
    reason: str
    rested: Samples | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard(Event):
    """A first look at speech that still goes on, from `start` to `end`.

    `draft`: the voice had fallen silent, and the words were decoded with care: if it stays
    silent, they are the final ones.
    """

    type: ClassVar[str] = "heard"
    speaker: Speaker
    segment: int
    start: Samples
    end: Samples
    text: str
    words: tuple[Word, ...] = ()
    confidence: float | None = None
    draft: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Utterance(Event):
    """The words of a finished stretch of speech, for the record. Empty `text`: nothing was said."""

    type: ClassVar[str] = "utterance"
    speaker: Speaker
    segment: int
    start: Samples
    end: Samples
    text: str
    words: tuple[Word, ...] = ()
    confidence: float | None = None
    rejected: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerScored(Event):
    """What a customer's turn tells, up to `end`; replaces an earlier judgement of the same turn."""

    type: ClassVar[str] = "scored"
    speaker: Speaker = Speaker.CUSTOMER
    turn: int
    start: Samples
    end: Samples
    partial: bool
    emotions: tuple[Emotion, ...]
    intensity: int | None
    valence: float | None
    escalations: tuple[Escalation, ...]
    because: tuple[Because, ...] = ()

    def __post_init__(self) -> None:
        if self.speaker is not Speaker.CUSTOMER:
            raise AgentSpeechRefused("a reading with emotions is the customer's")


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentScored(Event):
    """What the agent did in a turn, up to `end`, in spoken order. Has no place for an emotion."""

    type: ClassVar[str] = "scored"
    speaker: Speaker = Speaker.AGENT
    turn: int
    start: Samples
    end: Samples
    partial: bool
    acts: tuple[Act, ...]
    escalations: tuple[Escalation, ...] = ()
    because: tuple[Because, ...] = ()

    def __post_init__(self) -> None:
        if self.speaker is not Speaker.AGENT:
            raise ValueError("a customer has no dialogue acts of an agent")


@dataclass(frozen=True, kw_only=True, slots=True)
class ClockTicked(Event):
    """The call clock reached a moment that the core had asked to be woken at."""

    type: ClassVar[str] = "tick"


@dataclass(frozen=True, kw_only=True, slots=True)
class AudioGap(Event):
    """Audio of `speaker` from `start` to `end` never arrived, and why."""

    type: ClassVar[str] = "audio_gap"
    speaker: Speaker
    start: Samples
    end: Samples
    reason: str

    @property
    def is_loss(self) -> bool:
        """Whether anything was missed: not on hold, nor where there was nothing to hear."""
        return self.reason not in {"hold", "starting", "nothing_played"}


@dataclass(frozen=True, kw_only=True, slots=True)
class LeakMeasured(Event):
    """The other side is heard in the channel of `speaker`, at `db` of its level there."""

    type: ClassVar[str] = "leak"
    speaker: Speaker
    db: float


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkLost(Event):
    """A part gave no answer ("recogniser", "understanding") for a stretch of speech, and why."""

    type: ClassVar[str] = "work_lost"
    speaker: Speaker
    part: str
    start: Samples
    end: Samples
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PaceChanged(Event):
    """The machine does more or less beside the call from here on: "behind", "caught_up".

    `lag` is how far the final words were behind when it was decided.
    """

    type: ClassVar[str] = "pace"
    pace: Pace
    reason: str
    lag: Samples


@dataclass(frozen=True, kw_only=True, slots=True)
class RecogniserChanged(Event):
    """Another recogniser answers from here on, and why: a device failed, and nothing was lost."""

    type: ClassVar[str] = "recogniser"
    recogniser: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NudgeAnswered(Event):
    """The agent answered nudge number `nudge`: "useful", "not_now" or "wrong"."""

    type: ClassVar[str] = "nudge_answered"
    nudge: int
    answer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CallEnded(Event):
    """The last thing the world says of a call."""

    type: ClassVar[str] = "ended"


# ---- what the core decides -----------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class NudgeShown(Event):
    """A nudge appears. `decided` is when it was found to be needed: `at - decided` is its hold."""

    type: ClassVar[str] = "nudge"
    nudge: int
    kind: NudgeKind
    decided: Samples
    because: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NudgeWithdrawn(Event):
    """A nudge that was shown is no longer needed or too old: "done", "expired" or "replaced"."""

    type: ClassVar[str] = "nudge_withdrawn"
    nudge: int
    kind: NudgeKind
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NudgeSpared(Event):
    """A nudge that was considered and never shown, and why: the coach's restraint, on record.

    "done" (the agent did it), "late", "resting", "lower_priority", "again" (a later turn calls for
    the same), "reread" (the whole turn says otherwise), "ended".
    """

    type: ClassVar[str] = "nudge_spared"
    kind: NudgeKind
    decided: Samples
    reason: str
    because: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RiskChanged(Event):
    """The risk level changed, and the words (or the handling) that changed it."""

    type: ClassVar[str] = "risk"
    level: RiskLevel
    because: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderJudged(Event):
    """The order check of the call, once, at its end."""

    type: ClassVar[str] = "order"
    value: OrderValue
    because: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CallSummarised(Event):
    """The call in a few facts. Emotions are the customer's; valence -2..2, `None` if unknown."""

    type: ClassVar[str] = "summary"
    customer_turns: int
    agent_turns: int
    customer_speech: Samples
    agent_speech: Samples
    valence_start: float | None
    valence_lowest: float | None
    valence_end: float | None
    risk_highest: RiskLevel
    nudges_shown: int
    losses: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """Where time of the machine went: how often, how long together, and for one, p50 and p95."""

    name: str
    count: int
    total_s: float
    p50_ms: float
    p95_ms: float


@dataclass(frozen=True, kw_only=True, slots=True)
class RunFinished(Event):
    """How the run went: written by the shell after the core is done; no decision depends on it.

    `audio` is the length of the call; `wall_s` and `cpu_s` are seconds of the machine.
    """

    type: ClassVar[str] = "finished"
    audio: Samples
    wall_s: float
    cpu_s: float
    model: str
    stages: tuple[Stage, ...] = ()


SpeechEvent = SpeechStarted | SpeechPaused | SpeechEnded
"""What an ear says."""

WorldEvent = (
    CallStarted
    | SpeechStarted
    | SpeechPaused
    | SpeechEnded
    | Heard
    | Utterance
    | CustomerScored
    | AgentScored
    | ClockTicked
    | AudioGap
    | LeakMeasured
    | WorkLost
    | PaceChanged
    | RecogniserChanged
    | NudgeAnswered
    | CallEnded
)
Decision = NudgeShown | NudgeWithdrawn | NudgeSpared | RiskChanged | OrderJudged | CallSummarised
LogEvent = WorldEvent | Decision | RunFinished
