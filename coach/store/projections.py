"""From a call's events to its rows in the read tables. Pure: the same events, the same rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from coach.core.events import (
    AgentScored,
    AudioGap,
    CallEnded,
    CallStarted,
    CallSummarised,
    CustomerScored,
    LogEvent,
    NudgeAnswered,
    NudgeShown,
    NudgeWithdrawn,
    OrderJudged,
    RiskChanged,
    RunFinished,
    Utterance,
    WorkLost,
)
from coach.core.risk import asserted
from coach.core.units import Samples, to_seconds
from coach.core.vocabulary import Modality, RiskLevel, Speaker
from coach.store.tables import PHONE

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Registered:
    """What is known of a call beyond its events."""

    number: int
    call_id: str
    stored: datetime
    agent: str | None = None
    team: str | None = None
    shared: bool = False
    audio: str | None = None
    causes: str | None = None


@dataclass(kw_only=True)
class Rows:
    """A call's rows, by table; `text` is everything that was said, for the search."""

    call: Row
    utterances: list[Row] = field(default_factory=list)
    turns: dict[tuple[str, int], Row] = field(default_factory=dict)
    nudges: dict[int, Row] = field(default_factory=dict)
    risks: list[Row] = field(default_factory=list)
    signs: dict[str, Row] = field(default_factory=dict)
    causes: list[Row] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that was said, a line an utterance."""
        return storable("\n".join(row["text"] for row in self.utterances))

    def tables(self) -> dict[str, list[Row]]:
        """The rows of each read table by its name."""
        return {
            "calls": [_storable(self.call)],
            "utterances": [_storable(row) for row in self.utterances],
            "turns": list(self.turns.values()),
            "nudges": [_storable(row) for row in self.nudges.values()],
            "risks": [_storable(row) for row in self.risks],
            "signs": [_storable(row) for row in self.signs.values()],
            "causes": self.causes,
        }


def project(call: Registered, events: Sequence[LogEvent]) -> Rows:
    """The rows of a call, finished or not. Raises `ValueError` if it has no beginning."""
    if not events or not isinstance(events[0], CallStarted):
        raise ValueError("a call log begins with its start")
    rows = Rows(call=_begun(call, events[0]))
    for seq, event in enumerate(events):
        _take(rows, call.call_id, seq, event)
    found = dict.fromkeys((call.causes or "").split())
    rows.causes = [{"call_id": call.call_id, "cause": cause} for cause in found]
    _count_nudges(rows)
    _fill_in(rows)
    return rows


def monday(moment: datetime) -> date:
    """The Monday of the week of a moment, on the wall clock that it came with."""
    day = moment.date()
    return day - timedelta(days=day.weekday())


def storable(text: str) -> str:
    """Text that every database takes: a file name may hold what is no text."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")


def _storable(row: Row) -> Row:
    return {name: storable(value) if type(value) is str else value for name, value in row.items()}


def _begun(call: Registered, start: CallStarted) -> Row:
    began = moment_of(start.began)
    return {
        "call_id": call.call_id,
        "number": call.number,
        "began": began,
        "placed": began or call.stored,
        "week": None if began is None else monday(began),
        "agent": call.agent or start.agent,
        "team": call.team,
        "shared": call.shared,
        "reference": start.reference,
        "channel": start.channel or PHONE,
        "mode": start.mode,
        "finished": False,
        "duration_s": 0.0,
        "valence_start": None,
        "valence_lowest": None,
        "valence_end": None,
        "risk_highest": RiskLevel.NONE.value,
        "order": None,
        "nudges_shown": 0,
        "nudges_useful": 0,
        "nudges_wrong": 0,
        "nudges_not_now": 0,
        "nudges_missed": 0,
        "customer_speech_s": 0.0,
        "agent_speech_s": 0.0,
        "losses": 0,
        "has_audio": call.audio is not None,
    }


def moment_of(text: str | None) -> datetime | None:
    """A moment of a log; `None` if it is unknown or no moment. Without a zone it is UTC."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _take(rows: Rows, call_id: str, seq: int, event: LogEvent) -> None:
    rows.call["duration_s"] = max(rows.call["duration_s"], to_seconds(event.at))
    match event:
        case Utterance():
            _utterance(rows, call_id, seq, event)
        case CustomerScored() if not event.partial:
            _customer(rows, call_id, event)
        case AgentScored() if not event.partial:
            acts = " ".join(event.acts)
            _turn(rows, call_id, event, valence=None, intensity=None, emotions="", acts=acts)
        case NudgeShown() | NudgeWithdrawn() | NudgeAnswered():
            _nudge(rows, call_id, event)
        case RiskChanged():
            _risk(rows, call_id, seq, event)
        case OrderJudged():
            rows.call["order"] = event.value.value
        case AudioGap() | WorkLost():
            rows.call["losses"] += 1
        case CallSummarised():
            _summary(rows, event)
        case CallEnded():
            rows.call["finished"] = True
        case RunFinished():
            rows.call.update(finished=True, duration_s=to_seconds(event.audio))
        case _:
            pass


def _utterance(rows: Rows, call_id: str, seq: int, event: Utterance) -> None:
    rows.call[f"{event.speaker}_speech_s"] += to_seconds(Samples(event.end - event.start))
    if event.text.strip() and event.rejected is None:
        span = {"start_s": to_seconds(event.start), "end_s": to_seconds(event.end)}
        row = {"call_id": call_id, "seq": seq, "speaker": event.speaker.value, "text": event.text}
        rows.utterances.append(row | span)


def _customer(rows: Rows, call_id: str, event: CustomerScored) -> None:
    emotions = " ".join(event.emotions)
    valence, intensity = event.valence, event.intensity
    _turn(rows, call_id, event, valence=valence, intensity=intensity, emotions=emotions, acts="")
    kinds = asserted(event)
    for sign in event.escalations:
        if (
            sign.kind in kinds
            and sign.modality is Modality.ASSERTED
            and sign.kind not in rows.signs
        ):
            rows.signs[sign.kind.value] = {
                "call_id": call_id,
                "kind": sign.kind.value,
                "at_s": to_seconds(event.at),
                "because": sign.because,
            }


def _turn(rows: Rows, call_id: str, event: CustomerScored | AgentScored, **read: Any) -> None:
    speaker = event.speaker.value
    rows.turns[speaker, event.turn] = {
        "call_id": call_id,
        "speaker": speaker,
        "turn": event.turn,
        "start_s": to_seconds(event.start),
        "end_s": to_seconds(event.end),
        **read,
    }


def _nudge(rows: Rows, call_id: str, event: NudgeShown | NudgeWithdrawn | NudgeAnswered) -> None:
    match event:
        case NudgeShown():
            rows.nudges[event.nudge] = {
                "call_id": call_id,
                "nudge": event.nudge,
                "kind": event.kind.value,
                "at_s": to_seconds(event.at),
                "decided_s": to_seconds(event.decided),
                "because": event.because,
                "gone_s": None,
                "gone": None,
                "answer": None,
            }
        case NudgeWithdrawn() if event.nudge in rows.nudges:
            rows.nudges[event.nudge].update(gone_s=to_seconds(event.at), gone=event.reason)
        case NudgeAnswered() if event.nudge in rows.nudges:
            rows.nudges[event.nudge]["answer"] = event.answer
        case _:
            pass


def _risk(rows: Rows, call_id: str, seq: int, event: RiskChanged) -> None:
    at = to_seconds(event.at)
    row = {"call_id": call_id, "seq": seq, "at_s": at, "level": event.level.value}
    rows.risks.append(row | {"because": event.because})
    highest = max(RiskLevel(rows.call["risk_highest"]), event.level, key=lambda one: one.rank)
    rows.call["risk_highest"] = highest.value


def _summary(rows: Rows, event: CallSummarised) -> None:
    rows.call.update(
        risk_highest=event.risk_highest.value,
        customer_speech_s=to_seconds(event.customer_speech),
        agent_speech_s=to_seconds(event.agent_speech),
    )


def _count_nudges(rows: Rows) -> None:
    shown = list(rows.nudges.values())
    answers = [row["answer"] for row in shown]
    rows.call.update(
        nudges_shown=len(shown),
        nudges_useful=answers.count("useful"),
        nudges_wrong=answers.count("wrong"),
        nudges_not_now=answers.count("not_now"),
        nudges_missed=sum(row["gone"] == "expired" and row["answer"] is None for row in shown),
    )


def _fill_in(rows: Rows) -> None:
    """How it went for the customer, from the turns as they were last judged: as the metrics have
    it, and also for a call that was cut off and has no summary.
    """
    felt = [
        row["valence"]
        for (speaker, _), row in sorted(rows.turns.items())
        if speaker == Speaker.CUSTOMER and row["valence"] is not None
    ]
    if felt:
        rows.call.update(valence_start=felt[0], valence_lowest=min(felt), valence_end=felt[-1])
