"""The nudge rules: one table. What raises a nudge, what makes it needless, how it is judged.

A rule of the customer's side is raised by what the customer said and waits for the agent's
reply; a rule of the agent's side is raised by what the agent did. Every rule gives the words
that caused it. Timing and priority are the policy's (`coach.core.policy`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from coach.core.events import AgentScored, CustomerScored
from coach.core.feelings import CLEAR, TAKES_UP, because_of, is_strong, is_sure
from coach.core.risk import asserted
from coach.core.state import CallState
from coach.core.turns import Turn, is_listening_sound
from coach.core.vocabulary import (
    Act,
    Emotion,
    EscalationKind,
    NudgeKind,
    RiskLevel,
    Speaker,
)


class Judged(Enum):
    """When a reply counts as a failure to do it."""

    FIRST_WORDS = auto()
    """As soon as the reply begins with something else: here the order matters."""
    REPLY = auto()
    """When the whole reply is over without it."""


CustomerTest = Callable[[CallState, CustomerScored, Turn], str | None]
AgentTest = Callable[[CallState, AgentScored, Turn], str | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerRule:
    """Raised by the customer's words; any act in `done_by` in the reply makes it needless."""

    kind: NudgeKind
    raised: CustomerTest
    done_by: frozenset[Act]
    judged: Judged = Judged.REPLY
    waits_for_customer: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentRule:
    """Raised by what the agent did; shown at once, or at the end of the customer's sentence."""

    kind: NudgeKind
    raised: AgentTest
    done_by: frozenset[Act]
    waits_for_customer: bool = True


def _words(scored: CustomerScored | AgentScored, turn: Turn, *labels: str) -> str:
    """The words behind the first of `labels` that has any, else the whole turn."""
    reasons = [(e.kind.value, e.because) for e in scored.escalations]
    reasons += [(b.label, b.words) for b in scored.because]
    return next((words for label, words in reasons if label in labels and words), turn.said)


def _did(scored: AgentScored, *acts: Act) -> bool:
    return not set(acts).isdisjoint(scored.acts)


def _is_sure(scored: AgentScored, act: Act) -> bool:
    """Whether the act was found, and not just guessed."""
    return act in scored.acts and all(b.sure for b in scored.because if b.label == act)


def _signs(scored: CustomerScored, turn: Turn, *kinds: EscalationKind) -> str | None:
    """The words that assert one of `kinds`, or nothing."""
    found = [kind for kind in asserted(scored) if kind in kinds]
    return _words(scored, turn, *found) if found else None


_CONFLICT = frozenset(
    {EscalationKind.THREAT, EscalationKind.VERBAL_ABUSE, EscalationKind.SELF_HARM}
)


def _feeling_is_open(state: CallState, scored: CustomerScored, turn: Turn) -> str | None:
    feelings = state.feelings
    if not is_strong(scored) or not _CONFLICT.isdisjoint(asserted(scored)):
        return None
    if feelings.taken_up_in_turn is not None:
        return None  # this agent listens; no reminders at every new wave
    if state.facts.press is not None:
        return None  # a journalist's tone is no feeling to take up
    if state.facts.asked is not None:
        return None  # too late to be first: that is what the repair is for
    return because_of(scored) or turn.said


_PAST_DANGER = frozenset({Emotion.ANGER, Emotion.FRUSTRATION, Emotion.RELIEF})


def _danger(state: CallState, scored: CustomerScored, turn: Turn) -> str | None:
    """Self-harm, or danger that lasts: who is in danger is afraid, who was in danger is angry."""
    words = _signs(scored, turn, EscalationKind.SELF_HARM)
    if words is not None:
        return words
    if state.feelings.taken_up_in_turn is not None:
        return None  # this agent has heard that something is wrong
    afraid = is_sure(scored, Emotion.FEAR) and _PAST_DANGER.isdisjoint(scored.emotions)
    clear = (scored.intensity or 0) >= CLEAR
    return _signs(scored, turn, EscalationKind.HEALTH_SAFETY) if afraid and clear else None


def _threat(state: CallState, scored: CustomerScored, turn: Turn) -> str | None:
    if state.facts.ended_by_agent is not None:
        return None
    words = _signs(scored, turn, EscalationKind.THREAT)
    if words is None and state.facts.warned is not None:
        words = _signs(scored, turn, EscalationKind.VERBAL_ABUSE)
    return words


def _first_abuse(state: CallState, scored: CustomerScored, turn: Turn) -> str | None:
    if state.facts.warned is not None:
        return None
    return _signs(scored, turn, EscalationKind.VERBAL_ABUSE)


def _journalist(_: CallState, scored: CustomerScored, turn: Turn) -> str | None:
    return _signs(scored, turn, EscalationKind.PRESS_CALLER)


def _outside_help(state: CallState, scored: CustomerScored, turn: Turn) -> str | None:
    if state.facts.press is not None:
        return None  # that a journalist will publish is no news: `refer_press` has said it
    return _signs(
        scored,
        turn,
        EscalationKind.MEDIA,
        EscalationKind.LEGAL,
        EscalationKind.REGULATOR,
        EscalationKind.DISCRIMINATION,
    )


def _asked_before_feeling(state: CallState, scored: AgentScored, turn: Turn) -> str | None:
    if Act.ASK_IDENTIFICATION not in scored.acts or state.feelings.open is None:
        return None
    if state.feelings.taken_up_in_turn is not None:
        return None
    if _did(scored, *TAKES_UP):
        return None  # before the ask: done right; after it: repaired in the same breath
    if Act.EXPLAIN_ASK in scored.acts or not _is_sure(scored, Act.ASK_IDENTIFICATION):
        return None  # who explains the ask has the customer in mind
    return _words(scored, turn, Act.ASK_IDENTIFICATION)


def _bare_ask(state: CallState, scored: AgentScored, turn: Turn) -> str | None:
    first = state.facts.asked is None or state.facts.asked == turn.number
    if Act.ASK_IDENTIFICATION not in scored.acts or not first:
        return None
    if Act.EXPLAIN_ASK in scored.acts or state.facts.explained is not None:
        return None
    if state.feelings.shadow or not _is_sure(scored, Act.ASK_IDENTIFICATION):
        return None  # with a feeling about, a reason is not what is missing first
    return _words(scored, turn, Act.ASK_IDENTIFICATION)


_BRUSHES_OFF = (Act.MINIMISE, Act.BLAME_CUSTOMER, Act.HIDE_BEHIND_RULES)


def _brushed_off(state: CallState, scored: AgentScored, turn: Turn) -> str | None:
    last = state.feelings.valence_end
    if state.feelings.negative is None or (last is not None and last > 0):
        return None  # nobody is hurt by "that will be all right"
    found = [act for act in _BRUSHES_OFF if act in scored.acts]
    if state.feelings.strongest < CLEAR:
        found = [act for act in found if _is_sure(scored, act)]  # a guess would be a nuisance
    if not found:
        return None
    if _did(scored, Act.ASK_IDENTIFICATION, *TAKES_UP):
        return (
            None  # "without the number I cannot look": a clumsy ask, that is what the repair is for
        )
    return _words(scored, turn, *_BRUSHES_OFF)


def _story_without_echo(state: CallState, scored: AgentScored, turn: Turn) -> str | None:
    stories = state.floor.before(turn.number, Speaker.CUSTOMER)
    feeling = state.feelings.open
    if not stories or feeling is None or feeling.turn != stories[-1].number:
        return None
    if len(stories[-1].text.split()) < state.policy.long_story_words:
        return None
    listened = {Act.PARAPHRASE, Act.SUMMARISE, Act.OPEN_QUESTION, Act.APOLOGISE, *TAKES_UP}
    return None if _did(scored, *listened) else feeling.because


def _cold_transfer(scored: AgentScored) -> bool:
    return Act.ANNOUNCE_TRANSFER in scored.acts and not _did(
        scored, Act.WARM_TRANSFER, Act.ASK_CONTACT_DETAILS
    )


def _contact_is_safe(state: CallState, turn: Turn) -> bool:
    """Little is lost when the line drops, or the advice to note the number was due before."""
    before = state.facts.transferred
    return (
        state.risk.highest is not RiskLevel.HIGH
        or state.facts.contact_known is not None
        or (before is not None and before < turn.number)
    )


def _transfer_without_contact(state: CallState, scored: AgentScored, turn: Turn) -> str | None:
    if not _cold_transfer(scored) or _contact_is_safe(state, turn):
        return None
    return _words(scored, turn, Act.ANNOUNCE_TRANSFER)


def _transfer_without_company(state: CallState, scored: AgentScored, turn: Turn) -> str | None:
    if not _cold_transfer(scored) or not _contact_is_safe(state, turn):
        return None
    return _words(scored, turn, Act.ANNOUNCE_TRANSFER)


_TAKES_REPORT = TAKES_UP | {Act.THANK_FOR_REPORT, Act.SUMMARISE, Act.PROMISE_CALLBACK}


def _report_not_taken(state: CallState, scored: AgentScored, turn: Turn) -> str | None:
    """A second reply to a safety complaint that neither thanks for it nor writes it down."""
    unsafe = state.facts.unsafe
    if unsafe is None or state.facts.in_danger is not None or state.facts.thanked is not None:
        return None
    if _did(scored, *_TAKES_REPORT):
        return None
    taken_up = state.feelings.taken_up_in_turn
    if taken_up is not None and taken_up > unsafe:
        return None
    replies = [t for t in state.floor.before(turn.number, Speaker.AGENT) if t.number > unsafe]
    complaint = state.floor.number(unsafe)
    return complaint.said if replies and complaint is not None else None


def _spoke_through(state: CallState, _: AgentScored, turn: Turn) -> str | None:
    if state.facts.interrupted is None or is_listening_sound(turn.said):
        return None
    return turn.said


def _gave_away(_: CallState, scored: AgentScored, turn: Turn) -> str | None:
    if not _is_sure(scored, Act.DISCLOSE_PRIVATE_DATA):
        return None
    return _words(scored, turn, Act.DISCLOSE_PRIVATE_DATA)


def _statement(state: CallState, scored: AgentScored, turn: Turn) -> str | None:
    if Act.PRESS_STATEMENT not in scored.acts or state.facts.press is None:
        return None
    return _words(scored, turn, Act.PRESS_STATEMENT)


_HANDS_OVER = frozenset(
    {
        Act.PROMISE_CALLBACK,
        Act.ASK_CONTACT_DETAILS,
        Act.ANNOUNCE_TRANSFER,
        Act.WARM_TRANSFER,
        Act.EXPLAIN_ASK,
    }
)
_PUTS_OFF_PRESS = _HANDS_OVER | {Act.PARAPHRASE, Act.OFFER_SOLUTION}
"""Replies to a journalist that are no answer: only who answers needs to be told to refer."""
_ACTS_ON_IT = (
    (_HANDS_OVER - {Act.ANNOUNCE_TRANSFER})
    | {Act.OFFER_SOLUTION, Act.SUMMARISE, Act.THANK_FOR_REPORT}
    | {Act.BOUNDARY_WARNING, Act.ANNOUNCE_END_OF_CALL}
    | TAKES_UP
)

CUSTOMER_RULES: tuple[CustomerRule, ...] = (
    CustomerRule(
        kind=NudgeKind.SAFETY_FIRST,
        raised=_danger,
        done_by=TAKES_UP,
    ),
    CustomerRule(
        kind=NudgeKind.END_CALL, raised=_threat, done_by=frozenset({Act.ANNOUNCE_END_OF_CALL})
    ),
    CustomerRule(
        kind=NudgeKind.BOUNDARY_WARNING,
        raised=_first_abuse,
        done_by=frozenset({Act.BOUNDARY_WARNING, Act.ANNOUNCE_END_OF_CALL}),
    ),
    CustomerRule(kind=NudgeKind.REFER_PRESS, raised=_journalist, done_by=_PUTS_OFF_PRESS),
    CustomerRule(
        kind=NudgeKind.ACKNOWLEDGE_FIRST,
        raised=_feeling_is_open,
        done_by=TAKES_UP | {Act.BOUNDARY_WARNING},
        judged=Judged.FIRST_WORDS,
    ),
    CustomerRule(kind=NudgeKind.FOLLOW_PROTOCOL, raised=_outside_help, done_by=_ACTS_ON_IT),
)

AGENT_RULES: tuple[AgentRule, ...] = (
    AgentRule(
        kind=NudgeKind.THANK_FOR_REPORT,
        raised=_report_not_taken,
        done_by=_TAKES_REPORT,
    ),
    AgentRule(kind=NudgeKind.PRIVACY_GUARD, raised=_gave_away, done_by=frozenset()),
    AgentRule(kind=NudgeKind.REFER_PRESS, raised=_statement, done_by=_PUTS_OFF_PRESS),
    AgentRule(
        kind=NudgeKind.REPAIR_ACKNOWLEDGEMENT,
        raised=_asked_before_feeling,
        done_by=TAKES_UP,
        waits_for_customer=False,
    ),
    AgentRule(kind=NudgeKind.TAKE_SERIOUSLY, raised=_brushed_off, done_by=TAKES_UP),
    AgentRule(
        kind=NudgeKind.NOTE_CONTACT_BEFORE_TRANSFER,
        raised=_transfer_without_contact,
        done_by=frozenset({Act.ASK_CONTACT_DETAILS}),
        waits_for_customer=False,
    ),
    AgentRule(
        kind=NudgeKind.WARM_TRANSFER,
        raised=_transfer_without_company,
        done_by=frozenset({Act.WARM_TRANSFER}),
        waits_for_customer=False,
    ),
    AgentRule(  # whom it is about speaks again: at the end of the sentence it would be too late
        kind=NudgeKind.LET_FINISH,
        raised=_spoke_through,
        done_by=frozenset(),
        waits_for_customer=False,
    ),
    AgentRule(
        kind=NudgeKind.PARAPHRASE,
        raised=_story_without_echo,
        done_by=TAKES_UP | {Act.PARAPHRASE, Act.SUMMARISE},
    ),
    AgentRule(
        kind=NudgeKind.EXPLAIN_ASK,
        raised=_bare_ask,
        done_by=frozenset({Act.EXPLAIN_ASK}),
        waits_for_customer=False,
    ),
)

_RULES: tuple[AgentRule | CustomerRule, ...] = (*AGENT_RULES, *CUSTOMER_RULES)

DONE_BY: dict[NudgeKind, frozenset[Act]] = {rule.kind: rule.done_by for rule in _RULES}
FIRST_WORDS = frozenset(r.kind for r in CUSTOMER_RULES if r.judged is Judged.FIRST_WORDS)
WAITS_FOR_CUSTOMER = frozenset(rule.kind for rule in _RULES if rule.waits_for_customer)
OVERTAKES = {NudgeKind.REPAIR_ACKNOWLEDGEMENT: frozenset({NudgeKind.ACKNOWLEDGE_FIRST})}
"""What a nudge makes pointless: who has asked can no longer acknowledge first."""
SHOWS_FAILURE = frozenset({Act.ASK_IDENTIFICATION, *_BRUSHES_OFF})
"""Acts that show, even in half a sentence, that the reply does not begin with the feeling."""


def is_asserted(scored: CustomerScored, kind: EscalationKind) -> bool:
    """Whether the words assert `kind`."""
    return kind in asserted(scored)
