"""What the next person gets of a call: the protocol's text with its gaps filled, redacted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coach.core.events import LogEvent
from coach.core.metrics.call import CallMetrics, measure
from coach.core.metrics.signs import Sign, signs
from coach.core.protocol import Entry, Protocol
from coach.core.redaction import redact
from coach.core.vocabulary import EscalationKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One entry of the protocol that a call calls for: since when, by when, and the words."""

    entry: Entry
    sign: Sign
    since: datetime | None
    due: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """The words that a language has for what fills the gaps."""

    language: str
    unknown: str
    somebody: str
    """Who took a call that has no agent number."""
    nothing: str
    moment: str
    """How a moment is written, for `strftime`."""
    mood: Mapping[str, str]
    """The names of emotions, and "from_to": a sentence with {start}, {lowest} and {end}."""


def tasks(events: Iterable[LogEvent], protocol: Protocol) -> tuple[Task, ...]:
    """What the protocol asks for after a call, the most pressing first as the file has it."""
    kept = list(events)
    call, heard = measure(kept), signs(kept)
    first: dict[EscalationKind, Sign] = {}
    for sign in heard:
        first.setdefault(sign.kind, sign)
    return tuple(
        _task(entry, first[entry.kind], call, protocol) for entry in protocol.for_signs(first)
    )


def hand_over(task: Task, call: CallMetrics, wording: Wording, cause: str | None = None) -> str:
    """The text for the owner. What would tell who the customer is, is taken out of the words."""
    owner = task.entry.owner[wording.language]
    promised = [redact(one.words).text for one in call.handling.promises]
    filled = {
        "when": _moment(task.since, wording),
        "reference": call.reference or call.call_id,
        "agent": call.agent or wording.somebody,
        "words": redact(task.sign.sentence).text,
        "cause": cause or wording.unknown,
        "mood": _mood(call, wording),
        "promise": "; ".join(promised) or wording.nothing,
        "owner": owner,
        "deadline": _moment(task.due, wording),
    }
    return task.entry.hand_over[wording.language].format(**filled)


def _task(entry: Entry, sign: Sign, call: CallMetrics, protocol: Protocol) -> Task:
    since = call.when(sign.start)
    due = None if since is None else entry.deadline.due(since, protocol.calendar)
    return Task(entry=entry, sign=sign, since=since, due=due)


def _moment(moment: datetime | None, wording: Wording) -> str:
    return wording.unknown if moment is None else moment.strftime(wording.moment)


def _mood(call: CallMetrics, wording: Wording) -> str:
    """The customer's feeling at the start, at its lowest and at the end, as words."""
    points = (call.mood.start, call.mood.lowest, call.mood.end)
    names = [_names(point.emotions if point else (), wording) for point in points]
    if all(point is None for point in points):
        return wording.unknown
    start, lowest, end = names
    return wording.mood["from_to"].format(start=start, lowest=lowest, end=end)


def _names(emotions: Sequence[str], wording: Wording) -> str:
    return ", ".join(wording.mood[one] for one in emotions) or wording.mood["neutral"]
