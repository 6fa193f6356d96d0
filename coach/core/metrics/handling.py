"""What the agent did with the call: order, acknowledgement, asks, questions, promises."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coach.core.events import AgentScored, LogEvent, OrderJudged, Utterance
from coach.core.feelings import TAKES_UP
from coach.core.metrics.mood import Moment
from coach.core.quotes import sentence_around
from coach.core.turns import is_listening_sound
from coach.core.units import Samples
from coach.core.vocabulary import Act, OrderValue, Speaker


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentTurn:
    """What the agent did in one turn, as it was finally read, and the words."""

    turn: int
    start: Samples
    end: Samples
    acts: tuple[Act, ...]
    text: str
    because: tuple[tuple[Act, str], ...]

    def words(self, *acts: Act) -> str:
        """The words behind the first of `acts` that is there, else the whole turn."""
        return next((words for act, words in self.because if act in acts and words), self.text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Acknowledgement:
    """How soon the first feeling was taken up.

    `wait`: from the end of the turn that told it to the start of the agent's turn that takes it
    up, 0 if that began earlier. `replies`: the agent's turns until then, that one included,
    listening sounds left out: 1 is "in the first reply".
    """

    at: Samples
    wait: Samples
    replies: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """A call-back that was promised, in the agent's own sentence."""

    at: Samples
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Handling:
    """What the agent did. Counts are turns of the agent; `None`: no turn could be read.

    `acknowledgement` is `None` while nothing had to be acknowledged or nothing was.
    """

    order: OrderValue | None
    turns: tuple[AgentTurn, ...]
    acknowledgement: Acknowledgement | None
    asks: int | None
    asks_explained: int | None
    promises: tuple[Promise, ...]

    def count(self, act: Act) -> int | None:
        """In how many turns the agent did `act`; `None` when no turn could be read."""
        return sum(act in turn.acts for turn in self.turns) if self.turns else None

    def did(self, *acts: Act) -> AgentTurn | None:
        """The first turn with any of `acts`."""
        return next((turn for turn in self.turns if not set(acts).isdisjoint(turn.acts)), None)

    @property
    def acknowledged_before_data(self) -> bool | None:
        """Whether the feeling came first; `None` where there was none, or nothing was asked."""
        if self.order is OrderValue.ACKNOWLEDGED_FIRST:
            return True
        return False if self.order is OrderValue.ASKED_FIRST else None


def handled(events: Iterable[LogEvent], first_negative: Moment | None) -> Handling:
    """What a log tells of the agent's handling; `first_negative` is the customer's."""
    kept = list(events)
    turns = agent_turns(kept)
    asking = [turn for turn in turns if Act.ASK_IDENTIFICATION in turn.acts]
    order = next((event.value for event in kept if isinstance(event, OrderJudged)), None)
    promised = [turn for turn in turns if Act.PROMISE_CALLBACK in turn.acts]
    return Handling(
        order=order,
        turns=turns,
        acknowledgement=_acknowledgement(turns, first_negative),
        asks=len(asking) if turns else None,
        asks_explained=_explained(turns) if turns else None,
        promises=tuple(
            Promise(
                at=turn.start,
                words=sentence_around(turn.text, turn.words(Act.PROMISE_CALLBACK)),
            )
            for turn in promised
        ),
    )


def agent_turns(events: Iterable[LogEvent]) -> tuple[AgentTurn, ...]:
    """The agent's turns as they were finally read, in order."""
    last: dict[int, AgentScored] = {}
    said: list[Utterance] = []
    for event in events:
        if isinstance(event, AgentScored) and not event.partial:
            last[event.turn] = event
        elif isinstance(event, Utterance) and event.speaker is Speaker.AGENT and event.text:
            said.append(event)
    return tuple(_turn(last[turn], said) for turn in sorted(last))


def _turn(scored: AgentScored, said: Sequence[Utterance]) -> AgentTurn:
    inside = (one.text for one in said if scored.start <= one.start < scored.end)
    acts = {act.value: act for act in scored.acts}
    return AgentTurn(
        turn=scored.turn,
        start=scored.start,
        end=scored.end,
        acts=scored.acts,
        text=" ".join(inside),
        because=tuple((acts[b.label], b.words) for b in scored.because if b.label in acts),
    )


def _acknowledgement(turns: Sequence[AgentTurn], feeling: Moment | None) -> Acknowledgement | None:
    if feeling is None:
        return None
    replies = 0
    for turn in turns:
        if turn.turn < feeling.turn or is_listening_sound(turn.text):
            continue
        replies += 1
        if not TAKES_UP.isdisjoint(turn.acts):
            wait = Samples(max(0, turn.start - feeling.end))
            return Acknowledgement(at=turn.start, wait=wait, replies=replies)
    return None


def _explained(turns: Sequence[AgentTurn]) -> int:
    """Asks with a reason in the same turn or in an earlier one: once said, it is known."""
    reason_given, count = False, 0
    for turn in turns:
        reason_given = reason_given or Act.EXPLAIN_ASK in turn.acts
        count += reason_given and Act.ASK_IDENTIFICATION in turn.acts
    return count
