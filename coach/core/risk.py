"""The risk level of the call: up at once when words assert it, down by what follows.

Only asserted signs count; a neighbour who "was on Radar" is a story.
"""

from dataclasses import dataclass, replace

from coach.core.events import CustomerScored
from coach.core.feelings import WARM, has_hard_emotion
from coach.core.policy import Policy
from coach.core.readings import Escalation
from coach.core.units import Samples
from coach.core.vocabulary import EscalationKind, Modality, RiskLevel

HIGH = frozenset(
    {
        EscalationKind.MEDIA,
        EscalationKind.LEGAL,
        EscalationKind.REGULATOR,
        EscalationKind.HEALTH_SAFETY,
        EscalationKind.THREAT,
        EscalationKind.SELF_HARM,
        EscalationKind.PRESS_CALLER,
        EscalationKind.DISCRIMINATION,
    }
)
"""Kinds that make a call high risk by themselves; the others ask for watching."""

_OUTSIDE = frozenset(
    {
        EscalationKind.MEDIA,
        EscalationKind.SOCIAL_MEDIA,
        EscalationKind.LEGAL,
        EscalationKind.REGULATOR,
    }
)
"""Help from outside, which people call in when they are hurt."""

_WITHOUT_FEELING = 0.75
"""The chance that such a sign needs where no feeling is heard: lawyers and editors call too."""

_DOWN = {
    RiskLevel.HIGH: RiskLevel.WATCH,
    RiskLevel.WATCH: RiskLevel.NONE,
    RiskLevel.NONE: RiskLevel.NONE,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Risk:
    """The level now, since when, by which words, and how many calm turns followed.

    `calm_after` are the customer's turns since the last sign in which nothing negative was said;
    a turn that is judged again is counted once.
    """

    level: RiskLevel = RiskLevel.NONE
    highest: RiskLevel = RiskLevel.NONE
    since: Samples = Samples(0)
    because: str = ""
    sign_in_turn: int | None = None
    calm_after: tuple[int, ...] = ()


def asserted(scored: CustomerScored) -> tuple[EscalationKind, ...]:
    """The kinds that the customer's words really assert; a guess alarms nobody."""
    return tuple(sign.kind for sign in scored.escalations if _is_meant(sign, scored))


def _is_meant(sign: Escalation, scored: CustomerScored) -> bool:
    if sign.modality is not Modality.ASSERTED or not sign.sure:
        return False
    if sign.kind not in _OUTSIDE or sign.chance is None or has_hard_emotion(scored):
        return True
    return sign.chance >= _WITHOUT_FEELING


def level_of(kinds: tuple[EscalationKind, ...], *, warned: bool) -> RiskLevel:
    """The level that these asserted kinds justify; `warned`: a boundary warning came before."""
    if any(kind in HIGH for kind in kinds):
        return RiskLevel.HIGH
    if warned and EscalationKind.VERBAL_ABUSE in kinds:
        return RiskLevel.HIGH
    return RiskLevel.WATCH if kinds else RiskLevel.NONE


def weigh(risk: Risk, scored: CustomerScored, policy: Policy, *, warned: bool) -> Risk:
    """Take in a final reading of a customer's turn."""
    kinds = asserted(scored)
    level = level_of(kinds, warned=warned)
    if level is not RiskLevel.NONE:
        risk = replace(risk, sign_in_turn=scored.turn, calm_after=())
        if level.rank <= risk.level.rank:
            return risk
        words = [sign.because for sign in scored.escalations if _is_meant(sign, scored)]
        return replace(
            risk,
            level=level,
            highest=max(risk.highest, level, key=lambda one: one.rank),
            since=scored.at,
            because=" … ".join(dict.fromkeys(words)),
        )
    return _calm_down(risk, scored, policy)


def _calm_down(risk: Risk, scored: CustomerScored, policy: Policy) -> Risk:
    """One level down after enough calm turns, or at once when the customer is glad."""
    if scored.valence is None or scored.turn == risk.sign_in_turn:
        return risk
    if scored.valence < 0:
        return replace(risk, calm_after=())
    calm = tuple(dict.fromkeys((*risk.calm_after, scored.turn)))
    risk = replace(risk, calm_after=calm)
    glad = scored.valence > 0 and not WARM.isdisjoint(scored.emotions)
    held = scored.at - risk.since >= policy.risk_holds
    if risk.level is RiskLevel.NONE or not held or not (glad or len(calm) >= policy.calm_turns):
        return risk
    words = next((b.words for b in scored.because if b.label in WARM), "")
    return replace(risk, level=_DOWN[risk.level], since=scored.at, because=words, calm_after=())
