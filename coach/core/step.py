"""The one pure function: the call so far and one more event in, the call and what to do out.

Every decision of the product is made here or in a room that this one calls, and depends on
nothing but the events. Folding a log through `step` again gives the same decisions.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from coach.core import concerns, feelings, looks, order, pacer, rhythms, risk, turns
from coach.core.endpoint import pause_after
from coach.core.events import (
    AgentScored,
    AudioGap,
    CallEnded,
    CallStarted,
    CallSummarised,
    ClockTicked,
    CustomerScored,
    Decision,
    Heard,
    LeakMeasured,
    NudgeAnswered,
    OrderJudged,
    PaceChanged,
    RecogniserChanged,
    RiskChanged,
    SpeechEnded,
    SpeechPaused,
    SpeechStarted,
    Utterance,
    WorkLost,
    WorldEvent,
)
from coach.core.readings import AgentText, CustomerText
from coach.core.requests import Expect, Request, ScoreAgent, ScoreCustomer, Transcribe
from coach.core.risk import asserted
from coach.core.rules import is_asserted
from coach.core.state import CallState, Facts, Speech, Totals
from coach.core.turns import Turn
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import Act, EscalationKind, NudgeKind, Speaker

_EARLIER_TURNS = 3
_INTERRUPTS_AFTER = from_seconds(1.0)


@dataclass(frozen=True, slots=True)
class Stepped:
    """The state after an event, the decisions that it led to, and what the shell is asked to do."""

    state: CallState
    decisions: tuple[Decision, ...] = ()
    requests: tuple[Request, ...] = ()


def begin(event: CallStarted) -> CallState:
    """The state of a call that has just begun."""
    return CallState(policy=event.policy, now=event.at)


def step(state: CallState, event: WorldEvent) -> Stepped:
    """Apply `event`. Its `at` must not lie before `state.now`: the sequencer sees to that."""
    if event.at < state.now:
        raise ValueError(f"{event.type} at {event.at} lies before {state.now}")
    state = replace(state, now=event.at)
    if state.ended:
        return Stepped(state)
    done = _HANDLERS[type(event)](state, event)
    if done.state.ended:
        return done
    paced = pacer.pace(done.state)
    state, due = looks.ask(paced.state)
    return Stepped(state, (*done.decisions, *paced.decisions), (*done.requests, *due))


def wake_at(state: CallState) -> Samples | None:
    """When the core wants a `ClockTicked` although nothing else happens; `None`: no need."""
    if state.ended:
        return None
    moments = [m for m in (pacer.next_moment(state), looks.next_moment(state)) if m is not None]
    return min(moments) if moments else None


def _started(state: CallState, _: CallStarted) -> Stepped:
    return Stepped(state)


def _noted(state: CallState, _: ClockTicked | RecogniserChanged) -> Stepped:
    return Stepped(state)


def _paced(state: CallState, event: PaceChanged) -> Stepped:
    return Stepped(replace(state, pace=event.pace))


def _leaks(state: CallState, _: LeakMeasured) -> Stepped:
    """For the record and the screen: the shell keeps what it cannot attribute from being read."""
    return Stepped(state)


def _speech_started(state: CallState, event: SpeechStarted) -> Stepped:
    going = state.speaking(event.speaker)  # long speech that was cut goes on
    began = event.start if going is None else going.began
    speech = Speech(segment=event.segment, start=event.start, began=began)
    state = replace(
        state, floor=turns.begin(state.floor, event.speaker, event.segment, event.start)
    )
    state = rhythms.began(state, event)
    if event.speaker is Speaker.CUSTOMER:
        return Stepped(replace(state, customer=speech))
    over = state.customer
    if going is None and over is not None and event.start - over.began >= _INTERRUPTS_AFTER:
        facts = replace(state.facts, interrupted=event.start)
        state = replace(state, facts=facts)
    return Stepped(replace(state, agent=speech))


def _speech_ended(state: CallState, event: SpeechEnded) -> Stepped:
    ask = Transcribe(
        speaker=event.speaker, segment=event.segment, start=event.start, end=event.end, final=True
    )
    state = rhythms.ended(state, event)
    length = event.end - event.start
    totals = state.totals
    goes_on = event.reason == "cut"
    if event.speaker is Speaker.CUSTOMER:
        totals = replace(totals, customer_speech=Samples(totals.customer_speech + length))
        if not goes_on:
            state = replace(state, customer=None, facts=_overlap(state, event))
        return Stepped(replace(state, totals=totals), requests=(ask,))
    totals = replace(totals, agent_speech=Samples(totals.agent_speech + length))
    state = replace(state, unread=event.end, totals=totals)
    return Stepped(state if goes_on else replace(state, agent=None), requests=(ask,))


def _overlap(state: CallState, ended: SpeechEnded) -> Facts:
    """The customer stopped: was the agent's start a real interruption or just a quick start?"""
    since = state.facts.interrupted
    if since is None or ended.end - since >= state.policy.interruption:
        return state.facts
    return replace(state.facts, interrupted=None)


def _speech_paused(state: CallState, event: SpeechPaused) -> Stepped:
    state, drafts = looks.draft(state, event)
    return Stepped(state, requests=(*rhythms.expected(state, event), *drafts))


def _heard(state: CallState, event: Heard) -> Stepped:
    before = state.floor
    if not event.text:
        return Stepped(state)
    state, text, start = looks.take_in(state, event)
    state, turn = _say(state, replace(event, text=text, start=start), final=False)
    if state.floor is before:  # a look that comes after the whole
        return Stepped(state)
    score = _score(state, turn, partial=True)
    if not event.draft:
        return Stepped(state, requests=(score,))
    pause = pause_after(text, state.rhythm(event.speaker).usual)
    expect = Expect(speaker=event.speaker, segment=event.segment, pause=pause)
    return Stepped(state, requests=(expect, score))


def _utterance(state: CallState, event: Utterance) -> Stepped:
    if not event.text:
        return Stepped(_silent(state, event))
    state, turn = _say(state, event, final=True)
    floor = turns.known(state.floor, event.speaker, event.segment)
    state = replace(state, floor=floor)
    if turn.text == event.text.strip():  # its first words: a new turn, not one that goes on
        state = replace(state, totals=_count_turn(state, event.speaker))
    return Stepped(state, requests=(_score(state, turn, partial=False),))


def _count_turn(state: CallState, speaker: Speaker) -> Totals:
    totals = state.totals
    if speaker is Speaker.CUSTOMER:
        return replace(totals, customer_turns=totals.customer_turns + 1)
    return replace(totals, agent_turns=totals.agent_turns + 1)


def _say(state: CallState, event: Heard | Utterance, *, final: bool) -> tuple[CallState, Turn]:
    floor, turn = turns.say(
        state.floor,
        event.speaker,
        event.start,
        event.end,
        event.text,
        final=final,
        confidence=event.confidence,
        number=state.floor.number_of(event.speaker, event.segment),
    )
    return replace(state, floor=floor), turn


def _score(state: CallState, turn: Turn, *, partial: bool) -> ScoreCustomer | ScoreAgent:
    """The question to the understanding model; the agent's words never meet an emotion model."""
    earlier = state.floor.before(turn.number, Speaker.CUSTOMER)
    if turn.speaker is Speaker.AGENT:
        before = earlier[-1].said if earlier else ""
        agent = AgentText(
            text=turn.said, previous=before, partial=partial, confidence=turn.confidence
        )
        return ScoreAgent(turn=turn.number, start=turn.start, end=turn.end, said=agent)
    customer = CustomerText(
        channel=turn.speaker,
        text=turn.said,
        earlier=tuple(t.text for t in earlier[-_EARLIER_TURNS:]),
        agent_acts=state.facts.agent_acts,
        signs=state.facts.signs_before(turn.number),
        partial=partial,
        confidence=turn.confidence,
    )
    return ScoreCustomer(turn=turn.number, start=turn.start, end=turn.end, said=customer)


def _customer_scored(state: CallState, event: CustomerScored) -> Stepped:
    turn = state.floor.number(event.turn)
    if event.partial or turn is None:
        return Stepped(state)
    before = state.risk
    after = risk.weigh(before, event, state.policy, warned=state.facts.warned is not None)
    state = replace(
        state,
        feelings=feelings.feel(state.feelings, event, turn.text),
        risk=after,
        facts=_customer_facts(state.facts, event),
    )
    changed: tuple[RiskChanged, ...] = ()
    if after.level is not before.level:
        changed = (RiskChanged(at=state.now, level=after.level, because=after.because),)
    state, spared = concerns.raise_by_customer(state, event, turn)
    if any(c.kind is NudgeKind.SAFETY_FIRST for c in state.concerns):
        state = replace(state, facts=replace(state.facts, in_danger=event.turn))
    done = Stepped(state, (*changed, *spared))
    if state.replied is None or state.replied.turn < event.turn:
        return done
    again = _agent_scored(state, replace(state.replied, at=state.now))  # it was read before this
    return Stepped(again.state, (*done.decisions, *again.decisions), again.requests)


def _customer_facts(facts: Facts, event: CustomerScored) -> Facts:
    facts = facts.with_signs(event.turn, asserted(event))
    if is_asserted(event, EscalationKind.VERBAL_ABUSE) and facts.abused is None:
        facts = replace(facts, abused=event.turn)
    if is_asserted(event, EscalationKind.PRESS_CALLER) and facts.press is None:
        facts = replace(facts, press=event.turn)
    if is_asserted(event, EscalationKind.HEALTH_SAFETY) and facts.unsafe is None:
        facts = replace(facts, unsafe=event.turn)
    return facts


def _agent_scored(state: CallState, event: AgentScored) -> Stepped:
    turn = state.floor.number(event.turn)
    if turn is None:
        return Stepped(state)
    down = pacer.done(state, event.acts)
    state, settled = concerns.settle_by_reply(down.state, event, turn)
    if event.partial:
        return Stepped(state, (*down.decisions, *settled))
    state = replace(state, order=order.judge(state.order, state.feelings, event))
    state, spared = concerns.raise_by_agent(state, event, turn)
    taken_up = not feelings.TAKES_UP.isdisjoint(event.acts)
    if taken_up:
        state = replace(state, feelings=feelings.take_up(state.feelings, turn.number))
    state = replace(state, facts=_agent_facts(state.facts, event), replied=event)
    state = _read(state, Speaker.AGENT, event.end)
    return Stepped(state, (*down.decisions, *settled, *spared))


_REMEMBERED = {
    Act.ASK_IDENTIFICATION: "asked",
    Act.EXPLAIN_ASK: "explained",
    Act.ASK_CONTACT_DETAILS: "contact_known",
    Act.THANK_FOR_REPORT: "thanked",
    Act.BOUNDARY_WARNING: "warned",
    Act.ANNOUNCE_END_OF_CALL: "ended_by_agent",
    Act.ANNOUNCE_TRANSFER: "transferred",
}


def _agent_facts(facts: Facts, event: AgentScored) -> Facts:
    """Remember the first turn of each act that later rules ask for."""
    names = [_REMEMBERED[act] for act in event.acts if act in _REMEMBERED]
    fresh: dict[str, Any] = {n: event.turn for n in names if getattr(facts, n) is None}
    return replace(facts, interrupted=None, agent_acts=event.acts, **fresh)


def _read(state: CallState, speaker: Speaker, end: Samples) -> CallState:
    """The agent's speech up to `end` is known, or lost for good."""
    if speaker is Speaker.AGENT and state.unread is not None and end >= state.unread:
        return replace(state, unread=None)
    return state


def _silent(state: CallState, event: Utterance | WorkLost) -> CallState:
    """No words came of this stretch of speech: a first look at it was wrong.

    What no words came of did not interrupt the customer either: a cough, or their own voice in the
    agent's microphone.
    """
    number, since = None, state.facts.interrupted
    if isinstance(event, Utterance):
        number = state.floor.number_of(event.speaker, event.segment)
        state = replace(state, floor=turns.known(state.floor, event.speaker, event.segment))
    floor = turns.withdraw(state.floor, event.speaker, event.end, number)
    state = replace(state, floor=floor)
    if event.speaker is Speaker.AGENT and since is not None and event.start <= since <= event.end:
        state = replace(state, facts=replace(state.facts, interrupted=None))
    return _read(state, event.speaker, event.end)


def _lost(state: CallState, event: AudioGap | WorkLost) -> Stepped:
    if isinstance(event, WorkLost) and event.part == "recogniser":
        state = _silent(state, event)
    state = _read(state, event.speaker, event.end)
    if isinstance(event, AudioGap) and not event.is_loss:
        return Stepped(state)
    return Stepped(replace(state, totals=replace(state.totals, losses=state.totals.losses + 1)))


def _answered(state: CallState, event: NudgeAnswered) -> Stepped:
    if state.screen is None or state.screen.nudge != event.nudge:
        return Stepped(state)
    return Stepped(replace(state, screen=None))


def _ended(state: CallState, _: CallEnded) -> Stepped:
    spared = tuple(concerns.spare(c, state.now, "ended") for c in state.concerns)
    judged = OrderJudged(at=state.now, value=state.order.value, because=state.order.because)
    felt, totals = state.feelings, state.totals
    summary = CallSummarised(
        at=state.now,
        customer_turns=totals.customer_turns,
        agent_turns=totals.agent_turns,
        customer_speech=totals.customer_speech,
        agent_speech=totals.agent_speech,
        valence_start=felt.valence_start,
        valence_lowest=felt.valence_lowest,
        valence_end=felt.valence_end,
        risk_highest=state.risk.highest,
        nudges_shown=totals.nudges,
        losses=totals.losses,
    )
    ended = replace(state, ended=True, concerns=(), screen=None)
    return Stepped(ended, (*spared, judged, summary))


_HANDLERS: dict[type, Callable[[CallState, Any], Stepped]] = {
    CallStarted: _started,
    SpeechStarted: _speech_started,
    SpeechPaused: _speech_paused,
    SpeechEnded: _speech_ended,
    Heard: _heard,
    Utterance: _utterance,
    CustomerScored: _customer_scored,
    AgentScored: _agent_scored,
    ClockTicked: _noted,
    AudioGap: _lost,
    LeakMeasured: _leaks,
    WorkLost: _lost,
    PaceChanged: _paced,
    RecogniserChanged: _noted,
    NudgeAnswered: _answered,
    CallEnded: _ended,
}
