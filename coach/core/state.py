"""Everything the coach knows about a call at one moment. A value: nothing in it can change."""

from dataclasses import dataclass, replace

from coach.core.endpoint import Rhythm
from coach.core.events import AgentScored
from coach.core.feelings import Feelings
from coach.core.order import Order
from coach.core.policy import Policy
from coach.core.risk import Risk
from coach.core.stabiliser import Stabiliser
from coach.core.turns import Floor
from coach.core.units import Samples
from coach.core.vocabulary import Act, EscalationKind, NudgeKind, Pace, Speaker


@dataclass(frozen=True, kw_only=True, slots=True)
class Speech:
    """Speech of one side that is still open.

    `began` is when this side began to speak: `start`, unless long speech was cut since. `looked`:
    when it was last looked at; `lag`: how long the answer to a look took. `hushed`: the voice has
    fallen silent, and has not been looked at since. `words`: what looks made of it.
    """

    segment: int
    start: Samples
    began: Samples
    looked: Samples | None = None
    lag: Samples = Samples(0)
    hushed: bool = False
    words: Stabiliser = Stabiliser()


@dataclass(frozen=True, kw_only=True, slots=True)
class Concern:
    """Something that may become a nudge.

    Raised in turn `turn`, at `decided`, with the words that caused it. It waits for the agent to
    do it unasked until `due`; then it is shown, unless the agent did it in the meantime.
    `failed` says that a reply has shown that the agent does not do it.
    """

    kind: NudgeKind
    turn: int
    decided: Samples
    because: str
    due: Samples
    failed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class OnScreen:
    """The one nudge that the agent sees now."""

    nudge: int
    kind: NudgeKind
    turn: int
    shown: Samples


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What has happened in the call, as far as rules ask for it later.

    Turn numbers; `None`: not yet. `interrupted` is the customer's speech that the agent began to
    speak through, until the agent's turn is read. `agent_acts`: what the agent did last. `signs`:
    the kinds that the customer asserted, each with the turn that first did so.
    """

    asked: int | None = None
    explained: int | None = None
    contact_known: int | None = None
    thanked: int | None = None
    warned: int | None = None
    ended_by_agent: int | None = None
    transferred: int | None = None
    abused: int | None = None
    press: int | None = None
    unsafe: int | None = None
    in_danger: int | None = None
    interrupted: Samples | None = None
    agent_acts: tuple[Act, ...] = ()
    signs: tuple[tuple[int, EscalationKind], ...] = ()

    def signs_before(self, turn: int) -> tuple[EscalationKind, ...]:
        """The kinds that were asserted before turn `turn`."""
        return tuple(kind for first, kind in self.signs if first < turn)

    def with_signs(self, turn: int, kinds: tuple[EscalationKind, ...]) -> "Facts":
        """What the newest reading of `turn` asserts; an older reading of it is forgotten."""
        kept = tuple(sign for sign in self.signs if sign[0] != turn)
        known = {kind for first, kind in kept if first < turn}
        fresh = tuple((turn, kind) for kind in kinds if kind not in known)
        return replace(self, signs=(*kept, *fresh))


@dataclass(frozen=True, kw_only=True, slots=True)
class Totals:
    """Counts for the summary; lengths in samples."""

    customer_turns: int = 0
    agent_turns: int = 0
    customer_speech: Samples = Samples(0)
    agent_speech: Samples = Samples(0)
    nudges: int = 0
    losses: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class CallState:
    """The call so far.

    `unread` is the end of the agent's speech that has not been read yet: until it is, nobody
    knows what was done in it. `rested` holds, per kind, when it was last shown. `pace`: how much
    the machine can do beside the call. `replied`: the latest reading of a whole turn of the agent;
    a customer's turn that was spoken before it may become known after it.
    """

    policy: Policy
    now: Samples = Samples(0)
    agent: Speech | None = None
    customer: Speech | None = None
    agent_rhythm: Rhythm = Rhythm()
    customer_rhythm: Rhythm = Rhythm()
    unread: Samples | None = None
    replied: AgentScored | None = None
    floor: Floor = Floor()
    feelings: Feelings = Feelings()
    order: Order = Order()
    risk: Risk = Risk()
    facts: Facts = Facts()
    concerns: tuple[Concern, ...] = ()
    screen: OnScreen | None = None
    rested: tuple[tuple[NudgeKind, Samples], ...] = ()
    totals: Totals = Totals()
    pace: Pace = Pace.FULL
    ended: bool = False

    def speaking(self, speaker: Speaker) -> Speech | None:
        """The open speech of `speaker`, if any."""
        return self.agent if speaker is Speaker.AGENT else self.customer

    def rhythm(self, speaker: Speaker) -> Rhythm:
        """How `speaker` pauses."""
        return self.agent_rhythm if speaker is Speaker.AGENT else self.customer_rhythm

    def rests(self, concern: Concern) -> bool:
        """Whether its kind was shown too short a while ago to be shown again."""
        shown = dict(self.rested).get(concern.kind)
        return shown is not None and concern.decided - shown < self.policy.of(concern.kind).rest
