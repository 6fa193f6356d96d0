"""A call in the form of Amazon Connect Contact Lens, for tools that read that.

The form is that of "Example Contact Lens output files" in Amazon's documentation, version 1.1.0.
Left out: loudness (not in the log) and everything that would state a sentiment of the agent. Names
and numbers are taken out first, as in Contact Lens' redacted files. What Contact Lens does not
know stands under `EerstBegrip`.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from coach.core.events import LogEvent, Utterance
from coach.core.metrics import CallMetrics, figures, measure
from coach.core.metrics.mood import Moment, Quarter
from coach.core.metrics.signs import Sign, signs
from coach.core.metrics.talk import Side, Span
from coach.core.redaction import redact_events
from coach.core.units import RATE, Samples
from coach.core.vocabulary import Speaker

VERSION = "1.1.0"

Json = dict[str, Any]

_IDS = {Speaker.AGENT: "AGENT", Speaker.CUSTOMER: "CUSTOMER"}


def contact_lens(events: Iterable[LogEvent]) -> Json:
    """The call as Contact Lens would write it, with the customer's sentiment only."""
    whole = list(events)
    call, kept = measure(whole), list(redact_events(whole))
    return {
        "Version": VERSION,
        "Channel": "VOICE",
        "ContentMetadata": {"Output": "Redacted", "RedactionTypes": ["PII"]},
        "JobStatus": "COMPLETED",
        "LanguageCode": "nl-NL",
        "Participants": [
            {"ParticipantId": _IDS[who], "ParticipantRole": _IDS[who]}
            for who in (Speaker.CUSTOMER, Speaker.AGENT)
        ],
        "Categories": _categories(signs(kept)),
        "ConversationCharacteristics": _characteristics(call),
        "CustomModels": [],
        "Transcript": _transcript(kept, call),
        "EerstBegrip": {
            "CallId": call.call_id,
            "Began": call.began,
            "Figures": {name: one for name, one in figures(call).items() if one is not None},
        },
    }


def _characteristics(call: CallMetrics) -> Json:
    talk = call.talk
    sides = {"AGENT": talk.agent, "CUSTOMER": talk.customer}
    both = Samples(talk.agent.time + talk.customer.time)
    non_talk = sorted([*talk.silences, *talk.holds], key=lambda span: span.start)
    return {
        "TotalConversationDurationMillis": millis(call.duration),
        "Sentiment": _sentiment(call),
        "Interruptions": _interruptions(call),
        "NonTalkTime": {
            "TotalTimeMillis": millis(talk.non_talk),
            "Instances": [_instance(span) for span in non_talk],
        },
        "TalkSpeed": {
            "DetailsByParticipant": {
                who: {"AverageWordsPerMinute": round(side.pace)}
                for who, side in sides.items()
                if side.pace is not None
            }
        },
        "TalkTime": {
            "TotalTimeMillis": millis(both),
            "DetailsByParticipant": {who: _talk_time(side) for who, side in sides.items()},
        },
    }


def _sentiment(call: CallMetrics) -> Json:
    """The customer's; where nothing is known, the keys are left out."""
    mood = call.mood
    overall = {} if mood.overall is None else {"CUSTOMER": round(mood.overall, 1)}
    quarters = [_quarter(one) for one in mood.quarters if one.score is not None]
    by_period = {"CUSTOMER": quarters} if quarters else {}
    return {"OverallSentiment": overall, "SentimentByPeriod": {"QUARTER": by_period}}


def _quarter(quarter: Quarter) -> Json:
    return {**_offsets(quarter.start, quarter.end), "Score": round(quarter.score or 0.0, 1)}


def _interruptions(call: CallMetrics) -> Json:
    by: dict[str, list[Json]] = {}
    for one in call.talk.interruptions:
        by.setdefault(_IDS[one.by], []).append(_instance(one))
    return {
        "InterruptionsByInterrupter": by,
        "TotalCount": len(call.talk.interruptions),
        "TotalTimeMillis": millis(call.talk.interrupted),
    }


def _categories(heard: Sequence[Sign]) -> Json:
    """The asserted signs of escalation stand where Contact Lens has its categories."""
    found: dict[str, list[Json]] = {}
    for sign in heard:
        found.setdefault(sign.kind.value, []).append(_offsets(sign.start, sign.end))
    details = {kind: {"PointsOfInterest": places} for kind, places in found.items()}
    return {"MatchedCategories": list(found), "MatchedDetails": details}


def _transcript(events: Iterable[LogEvent], call: CallMetrics) -> list[Json]:
    said = [e for e in events if isinstance(e, Utterance) and e.text]
    said.sort(key=lambda one: (one.start, one.end))
    return [_said(number, one, call) for number, one in enumerate(said)]


def _said(number: int, said: Utterance, call: CallMetrics) -> Json:
    line = {
        "Id": f"{call.call_id}-{number}",
        "ParticipantId": _IDS[said.speaker],
        "Content": said.text,
        **_offsets(said.start, said.end),
    }
    if said.speaker is Speaker.CUSTOMER:
        moment = _moment_at(said.start, call.mood.curve)
        if moment is not None and moment.label is not None:
            line["Sentiment"] = moment.label
    return line


def _moment_at(at: Samples, curve: Sequence[Moment]) -> Moment | None:
    return next((moment for moment in curve if moment.start <= at < moment.end), None)


def _talk_time(side: Side) -> Json:
    return {"TotalTimeMillis": millis(side.time)}


def _instance(span: Span) -> Json:
    return {**_offsets(span.start, span.end), "DurationMillis": millis(span.length)}


def _offsets(start: Samples, end: Samples) -> Json:
    return {"BeginOffsetMillis": millis(start), "EndOffsetMillis": millis(end)}


def millis(samples: Samples) -> int:
    """Milliseconds, rounded: only for files of others."""
    return round(samples * 1000 / RATE)
