"""The table of metrics: name, unit, where the definition comes from, and how it is read.

What each one means stands in `coach/phrases/metrics.toml`: `NAME` is its name on a screen,
`NAME_is` its definition. `docs/metrics.md` is drawn from both.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from coach.core.metrics.call import CallMetrics
from coach.core.metrics.mood import Quarter
from coach.core.units import Samples, to_seconds
from coach.core.vocabulary import Act, RiskLevel, Speaker

Figure = float | int | bool | str | None
"""What a metric can be. `None`: unknown, or it does not apply to this call."""

Read = Callable[[CallMetrics], Figure]


class Unit(StrEnum):
    """What a figure counts."""

    SECONDS = "s"
    COUNT = "count"
    SHARE = "share"
    VALENCE = "valence"
    SCORE = "score"
    PACE = "words_per_minute"
    YES_NO = "yes_no"
    WORD = "word"


@dataclass(frozen=True, kw_only=True, slots=True)
class Definition:
    """One metric: `read` gives its figure. `source` names who else defines it so."""

    name: str
    unit: Unit
    source: str
    read: Read


CONTACT_LENS = "Amazon Connect Contact Lens"
VERINT = "Verint"
OWN = "Eerst Begrip"
LAW = "EU AI Act, Art. 5(1)(f)"


def _s(samples: Samples | None) -> float | None:
    return None if samples is None else to_seconds(samples)


def _score(quarters: tuple[Quarter, ...], number: int) -> float | None:
    return quarters[number].score if quarters else None


def _wait(call: CallMetrics) -> float | None:
    done = call.handling.acknowledgement
    return None if done is None else _s(done.wait)


def _replies(call: CallMetrics) -> int | None:
    done = call.handling.acknowledgement
    return None if done is None else done.replies


def _acknowledged(call: CallMetrics) -> bool | None:
    """Of a customer who was upset: whether the agent took it up at all."""
    if not call.mood.upset or not call.handling.turns:
        return None
    return call.handling.acknowledgement is not None


def _non_talk_share(call: CallMetrics) -> float | None:
    return call.talk.non_talk / call.duration if call.duration else None


def _valence(which: str) -> Read:
    def read(call: CallMetrics) -> float | None:
        moment = getattr(call.mood, which)
        return None if moment is None else moment.valence

    return read


def _quarter(number: int) -> Read:
    return lambda call: _score(call.mood.quarters, number)


def _graded(number: int) -> Read:
    return lambda call: _score(call.mood.graded_quarters, number)


def _did(act: Act) -> Read:
    return lambda call: call.handling.count(act)


def _answered(answer: str) -> Read:
    return lambda call: call.advice.answered(answer)


_N, _S, _P = Unit.COUNT, Unit.SECONDS, Unit.SHARE

_ROWS: tuple[tuple[str, Unit, str, Read], ...] = (
    ("duration_s", _S, OWN, lambda c: _s(c.duration)),
    # understanding first
    ("order", Unit.WORD, OWN, lambda c: c.handling.order),
    ("acknowledged_before_data", Unit.YES_NO, OWN, lambda c: c.handling.acknowledged_before_data),
    ("acknowledged", Unit.YES_NO, OWN, _acknowledged),
    ("acknowledgement_wait_s", _S, OWN, _wait),
    ("acknowledgement_replies", _N, OWN, _replies),
    ("asks", _N, OWN, lambda c: c.handling.asks),
    ("asks_explained", _N, OWN, lambda c: c.handling.asks_explained),
    ("paraphrases", _N, OWN, _did(Act.PARAPHRASE)),
    ("open_questions", _N, OWN, _did(Act.OPEN_QUESTION)),
    ("closed_questions", _N, OWN, _did(Act.CLOSED_QUESTION)),
    # the customer's feelings
    ("upset", Unit.YES_NO, OWN, lambda c: c.mood.upset),
    ("emotion_start", Unit.VALENCE, OWN, _valence("start")),
    ("emotion_lowest", Unit.VALENCE, OWN, _valence("lowest")),
    ("emotion_end", Unit.VALENCE, OWN, _valence("end")),
    ("emotion_recovery", Unit.VALENCE, OWN, lambda c: c.mood.recovery),
    ("ended_better", Unit.YES_NO, OWN, lambda c: c.mood.ended_better),
    ("sentiment", Unit.SCORE, CONTACT_LENS, lambda c: c.mood.overall),
    *((f"sentiment_q{n + 1}", Unit.SCORE, CONTACT_LENS, _quarter(n)) for n in range(4)),
    ("sentiment_graded", Unit.SCORE, OWN, lambda c: c.mood.graded),
    *((f"sentiment_graded_q{n + 1}", Unit.SCORE, OWN, _graded(n)) for n in range(4)),
    ("sentiment_agent", Unit.SCORE, LAW, lambda _: None),
    # the talking
    ("talk_agent_s", _S, CONTACT_LENS, lambda c: _s(c.talk.agent.time)),
    ("talk_customer_s", _S, CONTACT_LENS, lambda c: _s(c.talk.customer.time)),
    ("talk_agent_share", _P, OWN, lambda c: c.talk.agent_share),
    ("pace_agent", Unit.PACE, CONTACT_LENS, lambda c: c.talk.agent.pace),
    ("pace_customer", Unit.PACE, CONTACT_LENS, lambda c: c.talk.customer.pace),
    ("longest_agent_s", _S, OWN, lambda c: _s(c.talk.agent.longest)),
    ("interruptions_agent", _N, VERINT, lambda c: c.talk.interrupted_by(Speaker.AGENT)),
    ("interruptions_customer", _N, VERINT, lambda c: c.talk.interrupted_by(Speaker.CUSTOMER)),
    ("interruptions_s", _S, CONTACT_LENS, lambda c: _s(c.talk.interrupted)),
    ("overlap_s", _S, OWN, lambda c: _s(c.talk.overlap)),
    ("non_talk_s", _S, CONTACT_LENS, lambda c: _s(c.talk.non_talk)),
    ("non_talk_share", _P, CONTACT_LENS, _non_talk_share),
    ("hold_s", _S, OWN, lambda c: _s(c.talk.held)),
    ("loudness", Unit.WORD, CONTACT_LENS, lambda c: c.talk.loudness),
    # promises
    ("promises", _N, OWN, lambda c: len(c.handling.promises) if c.handling.turns else None),
    ("promises_noted", _N, OWN, lambda c: c.promises_noted),
    ("promises_kept", _N, OWN, lambda c: c.promises_kept),
    # the coach and the risk
    ("nudges", _N, OWN, lambda c: len(c.advice.nudges)),
    ("nudges_acted_on", _N, OWN, lambda c: sum(n.acted_on for n in c.advice.nudges)),
    ("nudges_useful", _N, OWN, _answered("useful")),
    ("nudges_not_now", _N, OWN, _answered("not_now")),
    ("nudges_wrong", _N, OWN, _answered("wrong")),
    ("nudge_precision", _P, OWN, lambda c: c.advice.precision),
    ("risk_highest", Unit.WORD, OWN, lambda c: c.advice.highest),
    ("risk_watch_s", _S, OWN, lambda c: _s(c.advice.at_level(RiskLevel.WATCH))),
    ("risk_high_s", _S, OWN, lambda c: _s(c.advice.at_level(RiskLevel.HIGH))),
    ("losses", _N, OWN, lambda c: c.losses),
)

DEFINITIONS: dict[str, Definition] = {
    name: Definition(name=name, unit=unit, source=source, read=read)
    for name, unit, source, read in _ROWS
}
"""Every metric by name, in the order in which they are shown."""


def figures(call: CallMetrics) -> dict[str, Figure]:
    """The figure of every metric, in the order of the table."""
    return {name: one.read(call) for name, one in DEFINITIONS.items()}
