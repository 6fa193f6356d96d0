"""Tell a call as a story, run it through the real core, and look at what the coach did.

call = Story()
call.customer("Mijn man is overleden.", feels(Emotion.SADNESS, 2, -2))
call.agent("Wat is uw postcode?", Act.ASK_IDENTIFICATION)
assert call.nudges() == [NudgeKind.REPAIR_ACKNOWLEDGEMENT]
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from coach.core.events import (
    CallStarted,
    CustomerScored,
    LogEvent,
    NudgeShown,
    NudgeSpared,
    NudgeWithdrawn,
    OrderJudged,
    RiskChanged,
    SpeechEnded,
    SpeechStarted,
)
from coach.core.policy import DEFAULT_POLICY, Policy
from coach.core.readings import (
    AgentReading,
    AgentText,
    Because,
    CustomerReading,
    CustomerText,
    Escalation,
)
from coach.core.units import Samples, from_seconds, to_seconds
from coach.core.vocabulary import (
    Act,
    Emotion,
    EscalationKind,
    Modality,
    NudgeKind,
    OrderValue,
    RiskLevel,
    Speaker,
)
from coach.runtime.desk import Answer, Desk
from coach.runtime.engine import CallClock, run_events
from coach.runtime.lanes import Lanes
from coach.runtime.ports import Audio, Block, Understanding
from coach.runtime.script import Script, ScriptHearing, SpokenTurn, _spread
from coach.runtime.sequencer import Sequencer

WORDS_A_SECOND = 2.5


def feels(
    emotion: Emotion, intensity: int, valence: float, *signs: EscalationKind
) -> CustomerReading:
    """A feeling with its asserted signs."""
    return CustomerReading(
        emotions=(emotion,),
        intensity=intensity,
        valence=valence,
        escalations=tuple(sign(kind) for kind in signs),
    )


def calm(*escalations: Escalation) -> CustomerReading:
    """Nothing negative in the words."""
    return CustomerReading(intensity=0, valence=0, escalations=escalations)


def sign(kind: EscalationKind, modality: Modality = Modality.ASSERTED) -> Escalation:
    return Escalation(kind=kind, modality=modality, because=kind.value)


@dataclass
class Story:
    """A call under construction; times follow from the number of words and the gaps."""

    policy: Policy = DEFAULT_POLICY
    turns: list[SpokenTurn] = field(default_factory=list)
    readings: dict[str, CustomerReading] = field(default_factory=dict)
    acts: dict[str, tuple[Act, ...]] = field(default_factory=dict)
    log: list[LogEvent] = field(default_factory=list)
    name: str = "story"

    def customer(self, text: str, reading: CustomerReading, *, gap: float = 0.4) -> "Story":
        self.readings[text] = reading
        return self._say(Speaker.CUSTOMER, text, gap)

    def agent(self, text: str, *acts: Act, gap: float = 0.4) -> "Story":
        """`text` may have parts divided by "|": the first act is in the first part, and so on."""
        parts = [part.strip() for part in text.split("|")]
        for number, act in enumerate(acts):
            part = parts[min(number, len(parts) - 1)]
            self.acts[part] = (*self.acts.get(part, ()), act)
        return self._say(Speaker.AGENT, " ".join(parts), gap)

    def _say(self, speaker: Speaker, text: str, gap: float) -> "Story":
        before = max((turn.end for turn in self.turns), default=0)
        start = Samples(before + from_seconds(gap))
        words = text.split()
        end = Samples(start + from_seconds(len(words) / WORDS_A_SECOND))
        spoken = _spread(words, start, end)
        self.turns.append(SpokenTurn(speaker=speaker, start=start, end=end, words=spoken))
        self.log.clear()
        return self

    # ---- the understanding that the story dictates ----

    def customer_reading(self, said: CustomerText) -> CustomerReading:
        for text, reading in self.readings.items():
            if " ".join(text.split()) in said.text:
                return reading
        return CustomerReading()

    def agent_reading(self, said: AgentText) -> AgentReading:
        found = [
            (said.text.index(" ".join(part.split())), act, part)
            for part, acts in self.acts.items()
            for act in acts
            if " ".join(part.split()) in said.text
        ]
        found.sort(key=lambda one: one[0])
        return AgentReading(
            acts=tuple(act for _, act, _ in found),
            because=tuple(Because(label=act.value, words=part) for _, act, part in found),
        )

    # ---- what the coach did ----

    def run(self, understanding: Understanding | None = None) -> list[LogEvent]:
        """The log of the call, as the story dictates, or as another `understanding` reads it."""
        if not self.log or understanding is not None:
            self.log.clear()
            script = Script(call_id=self.name, turns=tuple(self.turns))
            start = CallStarted(
                at=Samples(0),
                call_id=self.name,
                mode="script",
                recogniser="script",
                understanding="story",
                policy=self.policy,
            )
            desk = Desk(ScriptHearing(script), understanding or _Dictated(self))
            sequencer = Sequencer(start, [self.log.append])
            run_events(script.speech(), desk, sequencer, Samples(script.end + from_seconds(20)))
        return self.log

    def shown(self) -> list[NudgeShown]:
        return [event for event in self.run() if isinstance(event, NudgeShown)]

    def nudges(self) -> list[NudgeKind]:
        return [event.kind for event in self.shown()]

    def spared(self, kind: NudgeKind) -> list[str]:
        return [e.reason for e in self.run() if isinstance(e, NudgeSpared) and e.kind is kind]

    def withdrawn(self, kind: NudgeKind) -> list[str]:
        return [e.reason for e in self.run() if isinstance(e, NudgeWithdrawn) and e.kind is kind]

    def risks(self) -> list[RiskLevel]:
        return [event.level for event in self.run() if isinstance(event, RiskChanged)]

    def order(self) -> OrderValue:
        (judged,) = [event for event in self.run() if isinstance(event, OrderJudged)]
        return judged.value

    def start_s(self, turn: int) -> float:
        return to_seconds(self.turns[turn].start)

    def end_s(self, turn: int) -> float:
        return to_seconds(self.turns[turn].end)

    def shown_s(self, kind: NudgeKind) -> float:
        (nudge,) = [event for event in self.shown() if event.kind is kind]
        return to_seconds(nudge.at)


@dataclass
class _Dictated:
    story: Story
    name: str = "story"

    def customer(self, said: CustomerText) -> CustomerReading:
        return self.story.customer_reading(said)

    def agent(self, said: AgentText) -> AgentReading:
        return self.story.agent_reading(said)


# ---- calls with sound: the whole chain without models --------------------------------------------


def tone(length: int) -> Audio:
    """Something to hear: float32, (length,), a quiet square wave."""
    return np.resize(np.float32([0.1, -0.1]), length)


@dataclass(frozen=True)
class Cut:
    """Both channels as blocks that end at `cuts` (sample numbers, any order) and at the end."""

    agent: Audio
    customer: Audio
    cuts: Iterable[int] = ()

    def blocks(self) -> Iterator[Block]:
        length = len(self.agent)
        ends = sorted({cut for cut in self.cuts if 0 < cut < length} | {length})
        for start, end in pairwise([0, *ends]):
            yield Block(
                start=Samples(start),
                agent=self.agent[start:end],
                customer=self.customer[start:end],
            )


class VirtualClock(CallClock):
    """A clock that stands still while models work and jumps when nothing is left to wait for.

    So a call beside the clock runs in no time, and the same way every time.
    """

    def __init__(self) -> None:
        self.time = Samples(0)

    def now(self) -> Samples:
        return self.time

    def wait(self, lanes: Lanes, until: Samples) -> Answer | None:
        if lanes.busy:
            return lanes.take(20.0)
        self.time = max(self.time, until)
        return None


__all__ = [
    "Act",
    "CustomerScored",
    "Cut",
    "Emotion",
    "EscalationKind",
    "Modality",
    "NudgeKind",
    "OrderValue",
    "RiskLevel",
    "SpeechEnded",
    "SpeechStarted",
    "Story",
    "VirtualClock",
    "calm",
    "feels",
    "sign",
    "tone",
]
