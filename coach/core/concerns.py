"""From readings to concerns: raise them, let the agent's reply settle them, or find that it fails.

A concern is not yet a nudge; `coach.core.pacer` decides whether and when it is shown.
"""

from dataclasses import replace

from coach.core.events import AgentScored, CustomerScored, NudgeSpared
from coach.core.rules import (
    AGENT_RULES,
    CUSTOMER_RULES,
    DONE_BY,
    FIRST_WORDS,
    OVERTAKES,
    SHOWS_FAILURE,
    AgentRule,
    CustomerRule,
)
from coach.core.state import CallState, Concern
from coach.core.turns import Turn, is_listening_sound
from coach.core.units import Samples
from coach.core.vocabulary import NudgeKind

_Raised = tuple[CustomerRule | AgentRule, str]


def raise_by_customer(
    state: CallState, scored: CustomerScored, turn: Turn
) -> tuple[CallState, tuple[NudgeSpared, ...]]:
    """Raise what the customer's turn calls for; take back what a second reading does not support.

    Per turn one concern: the most important one. Lesser ones are spared and say so.
    """
    raised: list[_Raised] = [
        (rule, words)
        for rule in CUSTOMER_RULES
        if (words := rule.raised(state, scored, turn)) is not None
    ]
    return _raise(state, raised, turn, scored.at)


def raise_by_agent(
    state: CallState, scored: AgentScored, turn: Turn
) -> tuple[CallState, tuple[NudgeSpared, ...]]:
    """Raise what the agent's turn calls for: nothing that the turn itself already put right."""
    raised: list[_Raised] = [
        (rule, words)
        for rule in AGENT_RULES
        if (words := rule.raised(state, scored, turn)) is not None
    ]
    return _raise(state, raised, turn, scored.at)


def settle_by_reply(
    state: CallState, scored: AgentScored, turn: Turn
) -> tuple[CallState, tuple[NudgeSpared, ...]]:
    """Hold what is open against the agent's reply: done, failed, or not to be said yet."""
    kept: list[Concern] = []
    spared: list[NudgeSpared] = []
    for concern in state.concerns:
        if concern.turn >= turn.number:
            kept.append(concern)
        elif DONE_BY[concern.kind].intersection(scored.acts):
            spared.append(spare(concern, scored.at, "done"))
        else:
            kept.append(_judge(state, concern, scored, turn))
    return replace(state, concerns=tuple(kept)), tuple(spared)


def spare(concern: Concern, at: Samples, reason: str) -> NudgeSpared:
    """The record of a nudge that is not shown."""
    return NudgeSpared(
        at=at,
        kind=concern.kind,
        decided=concern.decided,
        reason=reason,
        because=concern.because,
    )


def _judge(state: CallState, concern: Concern, scored: AgentScored, turn: Turn) -> Concern:
    if concern.failed or is_listening_sound(turn.said):
        return concern
    if concern.kind in FIRST_WORDS:
        if _begins_elsewhere(state, scored, turn):
            return replace(concern, failed=True, due=scored.at)
        return concern
    if scored.partial:
        return concern
    if SHOWS_FAILURE.intersection(scored.acts):
        return replace(concern, failed=True, due=scored.at)
    settles = Samples(scored.end + state.policy.reply_settles)
    return replace(concern, failed=True, due=max(scored.at, settles))


def _begins_elsewhere(state: CallState, scored: AgentScored, turn: Turn) -> bool:
    """Whether a reply that does not take the feeling up has come far enough to say so.

    Only words that will stay are counted: a single look at noise can make up a dozen. While the
    voice has just fallen silent, it is not said yet: the whole is a moment away, and may call for
    better advice.
    """
    speech = state.agent
    if scored.partial and speech is not None and speech.hushed:
        return False
    goes_on = speech is not None and speech.start <= scored.end  # cut, and spoken on
    over = not scored.partial and not goes_on
    settled = len(turn.text.split()) + (len(speech.words.committed) if speech is not None else 0)
    enough = settled >= state.policy.first_words
    return over or enough or not SHOWS_FAILURE.isdisjoint(scored.acts)


def _raise(
    state: CallState, raised: list[_Raised], turn: Turn, at: Samples
) -> tuple[CallState, tuple[NudgeSpared, ...]]:
    state, reread = _take_back(state, {rule.kind for rule, _ in raised}, turn, at)
    known = {c.kind for c in state.concerns if c.turn == turn.number}
    if state.screen is not None and state.screen.turn == turn.number:
        known.add(state.screen.kind)
    concerns = [
        _concern(state, rule, words, turn, at)
        for rule, words in raised
        if rule.kind not in known and state.policy.of(rule.kind).enabled
    ]
    resting = tuple(spare(concern, at, "resting") for concern in concerns if state.rests(concern))
    awake = [concern for concern in concerns if not state.rests(concern)]
    if not awake:
        return state, (*reread, *resting)
    kinds = {concern.kind for concern in awake}
    kinds |= {kind for raised_now in kinds for kind in OVERTAKES.get(raised_now, ())}
    others = tuple(c for c in state.concerns if c.kind not in kinds)
    older = tuple(spare(c, at, "again") for c in state.concerns if c.kind in kinds)
    return replace(state, concerns=(*others, *awake)), (*reread, *resting, *older)


def _take_back(
    state: CallState, standing: set[NudgeKind], turn: Turn, at: Samples
) -> tuple[CallState, tuple[NudgeSpared, ...]]:
    """A turn that went on was read again: what its whole no longer supports is dropped."""
    gone = [c for c in state.concerns if c.turn == turn.number and c.kind not in standing]
    kept = tuple(c for c in state.concerns if c not in gone)
    return replace(state, concerns=kept), tuple(spare(c, at, "reread") for c in gone)


def _concern(
    state: CallState, rule: CustomerRule | AgentRule, words: str, turn: Turn, at: Samples
) -> Concern:
    by_agent = isinstance(rule, AgentRule)
    patience = state.policy.of(rule.kind).patience
    return Concern(
        kind=rule.kind,
        turn=turn.number,
        decided=at,
        because=words,
        due=at if by_agent else Samples(max(at, turn.end + patience)),
        failed=by_agent,
    )
