"""What a call comes to in a list and in figures, made from its event log. No Qt."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coach.core.events import CustomerScored, LogEvent, Utterance
from coach.core.metrics import figures, measure
from coach.core.metrics.advice import Nudge
from coach.core.risk import asserted
from coach.core.units import to_seconds
from coach.core.vocabulary import EscalationKind, NudgeKind, OrderValue
from ui.archive import METRICS, CallEntry


@dataclass(frozen=True, kw_only=True, slots=True)
class CallFacts:
    """A call as a line of a list, with what searching and counting need besides.

    `figures`: the metrics of the dashboard, `None` where they do not apply; yes is 1. `nudges`:
    every nudge that was shown, and the agent's answer to it. `lines`: what was said.
    """

    entry: CallEntry
    figures: Mapping[str, float | None]
    nudges: tuple[tuple[NudgeKind, str | None], ...]
    lines: tuple[str, ...]

    @property
    def upset(self) -> bool:
        """Whether the customer was clearly negative at any moment."""
        return bool(self.figures.get("upset"))


def facts_of(
    events: Sequence[LogEvent],
    *,
    team: str | None = None,
    channel: str | None = None,
    causes: tuple[str, ...] = (),
    has_audio: bool = False,
) -> CallFacts:
    """The facts of a call. A log that was cut off gives what it has."""
    call = measure(events)
    found, mood = figures(call), call.mood
    nudges = call.advice.nudges
    entry = CallEntry(
        call_id=call.call_id,
        began=None if call.began is None else datetime.fromisoformat(call.began),
        agent=call.agent,
        team=team,
        channel=channel,
        reference=call.reference,
        duration_s=to_seconds(call.duration),
        valence_start=mood.start.valence if mood.start else None,
        valence_lowest=mood.lowest.valence if mood.lowest else None,
        valence_end=mood.end.valence if mood.end else None,
        risk=call.advice.highest,
        risk_kinds=risk_kinds(events),
        order=call.handling.order or OrderValue.NO_ASK,
        nudges_shown=len(nudges),
        nudges_missed=sum(map(is_missed, nudges)),
        causes=causes,
        has_audio=has_audio,
    )
    return CallFacts(
        entry=entry,
        figures={name: _number(found[name]) for name in METRICS},
        nudges=tuple((nudge.kind, nudge.answer) for nudge in nudges),
        lines=tuple(e.text for e in events if isinstance(e, Utterance) and e.text),
    )


def is_missed(nudge: Nudge) -> bool:
    """Whether nothing came of a nudge: neither answered nor done."""
    return nudge.answer is None and not nudge.acted_on


def risk_kinds(events: Iterable[LogEvent]) -> tuple[EscalationKind, ...]:
    """The signs that the customer's words asserted, in the order in which they came."""
    scored = (e for e in events if isinstance(e, CustomerScored) and not e.partial)
    return tuple(dict.fromkeys(kind for event in scored for kind in asserted(event)))


def _number(figure: float | int | bool | str | None) -> float | None:
    return None if figure is None or isinstance(figure, str) else float(figure)
