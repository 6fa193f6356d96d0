"""One call to look back at: who said what, how the customer felt, what the coach did. No Qt.

Everything is made from the call's log and what people added to it; nothing here needs the sound.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coach.core.events import (
    AudioGap,
    CallStarted,
    LogEvent,
    OrderJudged,
    SpeechEnded,
    Utterance,
    Word,
    WorkLost,
)
from coach.core.metrics import CallMetrics, measure
from coach.core.metrics.advice import Nudge, RiskSpan
from coach.core.metrics.mood import Moment
from coach.core.metrics.talk import Span
from coach.core.policy import Policy
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import OrderValue, Speaker
from ui.archive import CallEntry, Note, OpenedCall

SKIPPED_FROM = from_seconds(1.0)
"""Silence of both sides from which on playing may leave it out."""
_KEPT_BESIDE = from_seconds(0.25)
"""How much of a silence is kept on either side of speech, so that nothing is cut into."""
_REPLY_WITHIN = from_seconds(15)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """What one side said in one stretch. `marks`: words in it that caused something.

    `lost`: somebody spoke, and the words are not known.
    """

    speaker: Speaker
    start: Samples
    end: Samples
    text: str
    words: tuple[Word, ...] = ()
    marks: tuple[str, ...] = ()
    lost: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Loss:
    """A stretch that nobody heard or read, and why."""

    start: Samples
    end: Samples
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Coached:
    """A nudge of the call with what the agent said next."""

    nudge: Nudge
    reply: tuple[Line, ...]


Row = Line | Coached | Note | Span | Loss
"""What stands in the transcript: something said, a nudge, a note, a long silence, a loss."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReplayCall:
    """A call as it is shown. `spoken` are all stretches of speech, both sides, in order."""

    entry: CallEntry
    events: tuple[LogEvent, ...]
    length: Samples
    lines: tuple[Line, ...]
    coached: tuple[Coached, ...]
    moods: tuple[Moment, ...]
    risks: tuple[RiskSpan, ...]
    silences: tuple[Span, ...]
    overlaps: tuple[Span, ...]
    losses: tuple[Loss, ...]
    skippable: tuple[Span, ...]
    order: OrderValue
    order_because: str
    order_at: Samples | None
    policy: Policy
    metrics: CallMetrics

    def rows(self, notes: Sequence[Note] = ()) -> list[Row]:
        """The transcript with all that belongs between its lines, in the order of time."""
        long_silence = [one for one in self.silences if one.length >= from_seconds(3)]
        rows: list[Row] = [*self.lines, *self.coached, *notes, *long_silence, *self.losses]
        return sorted(rows, key=lambda row: (moment_of(row), not isinstance(row, Line)))

    def mood_at(self, at: Samples) -> Moment | None:
        """What was known of the customer's feeling at `at`."""
        place = bisect_right([one.end for one in self.moods], at) - 1
        return self.moods[place] if place >= 0 else None

    def risk_at(self, at: Samples) -> RiskSpan | None:
        """The risk at `at`."""
        return next((one for one in self.risks if one.start <= at < one.end), None)

    def after_silence(self, at: Samples) -> Samples:
        """Where playing goes on that leaves silence out: `at` itself while somebody speaks."""
        place = bisect_right([one.start for one in self.skippable], at) - 1
        if place >= 0 and at < self.skippable[place].end:
            return self.skippable[place].end
        return at

    def next_moment(self, at: Samples, moments: Iterable[Samples]) -> Samples | None:
        """The first of `moments` after `at`."""
        return min((one for one in moments if one > at), default=None)


def read(opened: OpenedCall) -> ReplayCall:
    """The call that was opened. Raises `ValueError` for a log without a beginning."""
    events = opened.events
    metrics = measure(events)
    started = events[0]
    assert isinstance(started, CallStarted)  # noqa: S101 - `measure` has looked
    lines = _lines(events, _causes(metrics))
    order = next((e for e in events if isinstance(e, OrderJudged)), None)
    because = order.because or "" if order else ""
    return ReplayCall(
        entry=opened.entry,
        events=events,
        length=metrics.duration,
        lines=lines,
        coached=tuple(Coached(nudge=n, reply=_reply(n, lines)) for n in metrics.advice.nudges),
        moods=metrics.mood.curve,
        risks=metrics.advice.risk,
        silences=(*metrics.talk.silences, *metrics.talk.holds),
        overlaps=_overlaps(lines),
        losses=_losses(events),
        skippable=_skippable(lines, metrics.duration),
        order=order.value if order else OrderValue.NO_ASK,
        order_because=because,
        order_at=_said_at(lines, Speaker.AGENT, because),
        policy=started.policy,
        metrics=metrics,
    )


def moment_of(row: Row) -> Samples:
    """When it was."""
    if isinstance(row, Coached):
        return row.nudge.at
    return row.at if isinstance(row, Note) else row.start


def word_at(line: Line, at: Samples) -> Word | None:
    """The word that is being said at `at`."""
    return next((word for word in line.words if word.start <= at < word.end), None)


# ---- from the log ----


def _causes(metrics: CallMetrics) -> tuple[str, ...]:
    """Words that caused something: a nudge or a change of the risk."""
    found = [nudge.because for nudge in metrics.advice.nudges]
    found += [span.because for span in metrics.advice.risk]
    return tuple(dict.fromkeys(part for words in found for part in words.split(" … ") if part))


def _lines(events: Iterable[LogEvent], causes: Sequence[str]) -> tuple[Line, ...]:
    """Everything that was said; what was spoken and never understood stands as lost."""
    found: dict[tuple[Speaker, int], Line] = {}
    for event in events:
        match event:
            case SpeechEnded():
                found[(event.speaker, event.segment)] = Line(
                    speaker=event.speaker, start=event.start, end=event.end, text="", lost=True
                )
            case Utterance(text=""):
                found.pop((event.speaker, event.segment), None)
            case Utterance():
                found[(event.speaker, event.segment)] = _line(event, causes)
            case _:
                pass
    return tuple(sorted(found.values(), key=lambda line: (line.start, line.end)))


def _line(event: Utterance, causes: Sequence[str]) -> Line:
    return Line(
        speaker=event.speaker,
        start=event.start,
        end=event.end,
        text=event.text,
        words=event.words,
        marks=tuple(words for words in causes if words in event.text),
    )


def _reply(nudge: Nudge, lines: Iterable[Line]) -> tuple[Line, ...]:
    """What the agent said after the nudge, until the customer takes over."""
    reply: list[Line] = []
    for line in lines:
        if line.end <= nudge.at or line.start > nudge.at + _REPLY_WITHIN + _length(reply):
            continue
        if line.speaker is Speaker.AGENT and line.start >= nudge.at:
            reply.append(line)
        elif reply and line.start > nudge.at:
            break
    return tuple(reply)


def _length(lines: Sequence[Line]) -> int:
    return lines[-1].end - lines[0].start if lines else 0


def _overlaps(lines: Sequence[Line]) -> tuple[Span, ...]:
    """Where both spoke at once."""
    agent = [line for line in lines if line.speaker is Speaker.AGENT]
    starts = [line.start for line in agent]
    found = []
    for line in lines:
        if line.speaker is Speaker.AGENT:
            continue
        for other in agent[max(0, bisect_right(starts, line.start) - 1) :]:
            if other.start >= line.end:
                break
            start, end = max(line.start, other.start), min(line.end, other.end)
            if end > start:
                found.append(Span(start=start, end=end))
    return tuple(sorted(found, key=lambda span: span.start))


def _losses(events: Iterable[LogEvent]) -> tuple[Loss, ...]:
    return tuple(
        Loss(start=event.start, end=event.end, reason=event.reason)
        for event in events
        if isinstance(event, WorkLost) or (isinstance(event, AudioGap) and event.reason != "hold")
    )


def _skippable(lines: Iterable[Line], length: Samples) -> tuple[Span, ...]:
    """Silence of both that is long enough to leave out, a little of it kept on either side."""
    found, silent_from = [], Samples(0)
    for line in lines:
        if line.start - silent_from >= SKIPPED_FROM:
            found.append(_within(silent_from, line.start))
        silent_from = max(silent_from, line.end)
    if length - silent_from >= SKIPPED_FROM:
        found.append(Span(start=Samples(silent_from + _KEPT_BESIDE), end=length))
    return tuple(found)


def _within(start: Samples, end: Samples) -> Span:
    return Span(start=Samples(start + _KEPT_BESIDE), end=Samples(end - _KEPT_BESIDE))


def _said_at(lines: Iterable[Line], speaker: Speaker, words: str) -> Samples | None:
    """When `words` were said."""
    said = (line for line in lines if words and line.speaker is speaker and words in line.text)
    return next((line.start for line in said), None)
