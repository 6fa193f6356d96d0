"""A whole call: its log with marks in place of what tells who somebody is.

A redacted log is the log of a call in which the redacted words were heard: the decisions in it
follow again from its world events, bit for bit. Texts keep their number of words, so that they are
the decisions that were taken.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar, get_args

from coach.core.events import (
    AgentScored,
    CallStarted,
    CallSummarised,
    CustomerScored,
    Decision,
    Heard,
    LogEvent,
    NudgeShown,
    NudgeSpared,
    NudgeWithdrawn,
    OrderJudged,
    RiskChanged,
    Utterance,
    Word,
    WorldEvent,
)
from coach.core.readings import Because, Escalation
from coach.core.redaction.cues import asked as asked_for
from coach.core.redaction.known import NOTHING_KNOWN, Known
from coach.core.redaction.marks import Kind, Span, masked, settled
from coach.core.redaction.text import NOTHING, UNSURE, find
from coach.core.state import CallState
from coach.core.step import begin, step
from coach.core.vocabulary import Act, Speaker

_DECISIONS = get_args(Decision)
_WORLD = get_args(WorldEvent)
_ANSWERS = 3
"""For how many of the next utterances a question stands: "moment", "ik zoek het op", "zes vijf"."""
_KEPT = 6
"""Utterances of a side in which the words behind a judgement are looked up."""
_TAIL = 160
"""Characters of one's last utterance before which the next one is read: numbers come in pieces."""

Said = TypeVar("Said", Heard, Utterance)
Scored = TypeVar("Scored", CustomerScored, AgentScored)


@dataclass(slots=True)
class _Side:
    """What is remembered of a speaker."""

    asked: frozenset[Kind] = NOTHING
    answers: int = 0
    said: deque[tuple[str, tuple[Span, ...]]] = field(default_factory=lambda: deque(maxlen=_KEPT))
    pending: tuple[str, tuple[Span, ...]] = ("", ())

    def tail(self) -> str:
        """The end of what was said before, from the beginning of a word on."""
        text = self.said[-1][0] if self.said else ""
        return text if len(text) <= _TAIL else text[-_TAIL:].partition(" ")[2]


class Redactor:
    """Redacts a call event by event, as it goes on. Looks back, never ahead."""

    def __init__(self, known: Known = NOTHING_KNOWN) -> None:
        self.known = known
        self._sides = {speaker: _Side() for speaker in Speaker}
        self._state: CallState | None = None
        self._decisions: deque[Decision] = deque()

    def redact(self, event: LogEvent) -> LogEvent:
        """The event as it may be kept. Events come in the order of the log."""
        if isinstance(event, _WORLD):
            kept = self._world(event)
            self._decide(kept)
            return kept
        if isinstance(event, _DECISIONS):
            return self._decision(event)
        return event

    def __call__(self, event: LogEvent) -> LogEvent:
        """The same, for those who want a function."""
        return self.redact(event)

    # ---- what the world said ----

    def _world(self, event: WorldEvent) -> WorldEvent:
        match event:
            case Heard():
                return self._heard(event)
            case Utterance():
                return self._utterance(event)
            case CustomerScored():
                return self._scored(event)
            case AgentScored():
                if Act.ASK_IDENTIFICATION in event.acts:
                    self._asks(Speaker.CUSTOMER, frozenset({Kind.NUMBER}))
                return self._scored(event)
            case _:
                return event

    def _heard(self, event: Heard) -> Heard:
        spans = self._find(event, open_end=not event.draft)
        self._sides[event.speaker].pending = event.text, spans
        return _with_marks(event, spans)

    def _utterance(self, event: Utterance) -> Utterance:
        side = self._sides[event.speaker]
        spans = self._find(event, open_end=False)
        side.pending = "", ()
        if event.text.strip():
            side.said.append((event.text, spans))
            self.known = self.known.learn(event.text, spans)
            side.answers -= 1
            if side.answers <= 0:
                side.asked = NOTHING
            self._asks(event.speaker.other, asked_for(event.text))
        return _with_marks(event, spans)

    def _asks(self, of: Speaker, kinds: frozenset[Kind]) -> None:
        if kinds:
            side = self._sides[of]
            side.asked, side.answers = side.asked | kinds, _ANSWERS

    def _find(self, event: Heard | Utterance, *, open_end: bool) -> tuple[Span, ...]:
        """The spans of a text, read behind the speaker's last words; an answer also by itself."""
        side = self._sides[event.speaker]
        tail = side.tail()
        before = len(tail) + 1 if tail else 0
        whole = f"{tail} {event.text}" if tail else event.text
        unsure = event.confidence is not None and event.confidence < UNSURE
        read = partial(find, asked=side.asked, known=self.known, open_end=open_end, unsure=unsure)
        found = _part(read(whole), before, len(whole), event.text)
        alone = read(event.text) if tail and side.asked else ()
        return settled([*found, *alone], event.text)

    def _scored(self, event: Scored) -> Scored:
        speaker = event.speaker
        because = tuple(self._because(speaker, one) for one in event.because)
        signs = tuple(self._escalation(speaker, one) for one in event.escalations)
        return replace(event, because=because, escalations=signs)

    def _because(self, speaker: Speaker, one: Because) -> Because:
        return replace(one, words=self.words(speaker, one.words))

    def _escalation(self, speaker: Speaker, one: Escalation) -> Escalation:
        return replace(one, because=self.words(speaker, one.because))

    def words(self, speaker: Speaker, words: str) -> str:
        """Words of `speaker`, as they may be kept: looked up where they were said."""
        side = self._sides[speaker]
        text, spans = _joined((*side.said, side.pending))
        at = text.rfind(words) if words else -1
        if at < 0:
            return masked(words, find(words, asked=side.asked, known=self.known, open_end=True))
        return masked(words, _part(spans, at, at + len(words), words))

    # ---- what was decided ----

    def _decide(self, event: WorldEvent) -> None:
        if self._state is None:
            if not isinstance(event, CallStarted):
                return
            self._state = begin(event)
        stepped = step(self._state, event)
        self._state = stepped.state
        self._decisions = deque(stepped.decisions)

    def _decision(self, event: Decision) -> Decision:
        again = self._decisions.popleft() if self._decisions else None
        if again is not None and _bare(again) == _bare(event):
            return again
        if isinstance(event, CallSummarised | NudgeWithdrawn) or event.because is None:
            return event
        return replace(event, because=self._either(event.because))

    def _either(self, words: str) -> str:
        """Words of whom we do not know."""
        for speaker in Speaker:
            text, _ = _joined(self._sides[speaker].said)
            if words in text:
                return self.words(speaker, words)
        return masked(words, find(words, known=self.known, open_end=True))


def redact_events(events: Iterable[LogEvent]) -> list[LogEvent]:
    """The log of a call as it may be kept: read once to learn, then redacted.

    A name or number that is told late in the call is taken out of its beginning too.
    """
    log = list(events)
    learning = Redactor()
    for event in log:
        if isinstance(event, Utterance):
            learning.redact(event)
    redactor = Redactor(learning.known)
    return [redactor.redact(event) for event in log]


def _bare(event: Decision) -> Decision:
    """A decision without its words."""
    if isinstance(event, NudgeShown | NudgeSpared | RiskChanged | OrderJudged):
        return replace(event, because="")
    return event


def _part(spans: Iterable[Span], start: int, end: int, text: str) -> tuple[Span, ...]:
    """The spans between `start` and `end`, counted from `start`."""
    clipped = [
        Span(start=max(span.start, start) - start, end=min(span.end, end) - start, kind=span.kind)
        for span in spans
        if span.start < end and span.end > start
    ]
    return settled(clipped, text)


def _joined(said: Iterable[tuple[str, tuple[Span, ...]]]) -> tuple[str, tuple[Span, ...]]:
    """Texts one after another, with single spaces, and their spans."""
    texts: list[str] = []
    spans: list[Span] = []
    at = 0
    for whole, found in said:
        text = whole.strip()
        if not text:
            continue
        shift = len(whole) - len(whole.lstrip())
        spans += [
            Span(start=at + s.start - shift, end=at + s.end - shift, kind=s.kind) for s in found
        ]
        texts.append(text)
        at += len(text) + 1
    return " ".join(texts), tuple(spans)


def _with_marks(event: Said, spans: tuple[Span, ...]) -> Said:
    """The event with marks in its text and, word for word, in its words."""
    if not spans:
        return event
    text = masked(event.text, spans)
    texts = text.split()
    if [word.text for word in event.words] != event.text.split():
        said = " ".join(word.text for word in event.words)
        texts = masked(said, find(said, open_end=True)).split()
    return replace(event, text=text, words=tuple(_worded(event.words, texts)))


def _worded(words: Iterable[Word], texts: list[str]) -> Iterator[Word]:
    """Words at their moments with other texts; a word too many has nothing to say."""
    for n, word in enumerate(words):
        yield replace(word, text=texts[n] if n < len(texts) else "")
