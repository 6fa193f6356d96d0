"""Calls and events that nobody thought of: hypothesis strategies for the core and the store.

Events are built from the type hints of their dataclasses, so that a new event type, or a new
field, is tested without a line here.
"""

import types
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import settings
from hypothesis import strategies as st

from coach.core.events import (
    AgentScored,
    AudioGap,
    CallEnded,
    CallStarted,
    CustomerScored,
    Heard,
    LeakMeasured,
    LogEvent,
    NudgeAnswered,
    PaceChanged,
    SpeechEnded,
    SpeechPaused,
    SpeechStarted,
    Utterance,
    WorkLost,
    WorldEvent,
)
from coach.core.policy import DEFAULT_POLICY, Policy
from coach.core.readings import Because, CustomerReading, Escalation
from coach.core.step import begin, step
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import Act, Emotion, EscalationKind, Modality, NudgeKind, Pace, Speaker
from coach.runtime.sequencer import Sequencer
from models.asr import spread

settings.register_profile("any_machine", deadline=None)  # a busy machine is no failure
settings.load_profile("any_machine")

LONGEST_CALL = Samples(2**40)
"""Two years at 16 kHz: whoever calls for longer has other worries."""

_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    Samples: st.integers(0, LONGEST_CALL),
    str: st.text(max_size=12),
    int: st.integers(-(2**60), 2**60),
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of the type `hint`, as far as events use types."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    if get_origin(hint) in (Union, types.UnionType):
        return st.one_of(*(st.none() if a is types.NoneType else values(a) for a in get_args(hint)))
    if get_origin(hint) is tuple:
        return st.lists(values(get_args(hint)[0]), max_size=3).map(tuple)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    if is_dataclass(hint):
        return instances(hint)  # type: ignore[arg-type]
    raise TypeError(f"no strategy for {hint!r}")


def instances(kind: type) -> st.SearchStrategy[Any]:
    """Any instance of a dataclass. A speaker that has a default can only be that one."""
    hints = get_type_hints(kind)
    given = {}
    for field in fields(kind):
        fixed = hints[field.name] is Speaker and field.default is not MISSING
        given[field.name] = st.just(field.default) if fixed else values(hints[field.name])
    return st.builds(kind, **given)


# ---- calls: streams of world events that make some sense ----------------------------------------

_TEXTS = (
    "",
    "ja",
    "hm hm",
    "mijn man is overleden",
    "wat is uw postcode",
    "dit is een lang antwoord van de medewerker dat nergens over gaat en nog even doorgaat",
    " ".join(["en toen belde ik weer"] * 11),
)
_STEPS = tuple(Samples(n) for n in (0, 0, 1, 512, 4_000, 9_600, 16_000, 33_000, 90_000, 400_000))

escalations = st.lists(
    st.builds(
        Escalation,
        kind=st.sampled_from(EscalationKind),
        modality=st.sampled_from([Modality.ASSERTED, Modality.ASSERTED, Modality.NEGATED]),
        because=st.just("die woorden"),
    ),
    max_size=2,
).map(tuple)
_OFTEN = (Act.ASK_IDENTIFICATION, Act.ACKNOWLEDGE_EMOTION, Act.MINIMISE, Act.ANNOUNCE_TRANSFER)
acts = st.lists(st.sampled_from([*Act, *_OFTEN * 4]), max_size=3).map(tuple)
emotions = st.lists(st.sampled_from(Emotion), max_size=2, unique=True).map(tuple)
readings = st.builds(
    CustomerReading,
    emotions=emotions,
    intensity=st.sampled_from([None, 0, 1, 2, 3, 3]),
    valence=st.sampled_from([None, -2.0, -2.0, -2.0, -1.0, 0.0, 1.0]),
    escalations=escalations,
)
policies = st.builds(
    lambda kind, enabled, patience, on_screen, looks: replace(
        DEFAULT_POLICY.with_nudge(kind, enabled=enabled, patience=patience),
        on_screen=on_screen,
        look_every=looks,
    ),
    st.sampled_from(NudgeKind),
    st.booleans(),
    st.sampled_from([Samples(0), from_seconds(1), from_seconds(9)]),
    st.sampled_from([Samples(1), from_seconds(3), from_seconds(12)]),
    st.sampled_from([Samples(1_000), from_seconds(0.6)]),
)


def start(policy: Policy = DEFAULT_POLICY) -> CallStarted:
    return CallStarted(
        at=Samples(0),
        call_id="random",
        mode="script",
        recogniser="none",
        understanding="none",
        policy=policy,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Idea:
    """What may happen next; `_Telling` makes an event of it that fits the call so far."""

    step: Samples
    speaker: Speaker
    kind: str
    text: str
    turn: int
    partial: bool
    acts: tuple[Act, ...]
    reading: CustomerReading


_KINDS = (
    *("says",) * 9,
    *("speech", "speech", "cut", "paused", "utterance", "heard", "scored", "scored"),
    *("answered", "lost", "gap", "leak", "paced", "stray"),
)
_LASTS = Samples(12_000)

_ideas = st.builds(
    _Idea,
    step=st.sampled_from(_STEPS),
    speaker=st.sampled_from(Speaker),
    kind=st.sampled_from(_KINDS),
    text=st.sampled_from(_TEXTS),
    turn=st.integers(0, 3),
    partial=st.sampled_from([False, False, False, True]),
    acts=acts,
    reading=readings,
)


class _Telling:
    """Makes events of ideas: moments go up, speech ends after it began, turns mostly exist."""

    def __init__(self) -> None:
        self.at = Samples(0)
        self.state = begin(start())
        self.segments = dict.fromkeys(Speaker, -1)
        self.open: dict[Speaker, Samples | None] = dict.fromkeys(Speaker)
        self.last: dict[Speaker, tuple[Samples, Samples]] = {}

    def tell(self, idea: _Idea) -> Iterator[WorldEvent]:
        self.at = Samples(self.at + idea.step)
        for event in self._events(idea):
            self.state = step(self.state, event).state
            yield event

    def _events(self, idea: _Idea) -> Iterator[WorldEvent]:
        speaks = self.open[idea.speaker] is not None
        match idea.kind:
            case "says":
                yield from self._say(idea)
            case "speech" | "cut":
                if speaks:
                    yield self._end(idea.speaker, "cut" if idea.kind == "cut" else "pause")
                if not speaks or idea.kind == "cut":
                    yield self._begin(idea.speaker)
            case "paused" if speaks:
                yield self._pause(idea.speaker)
            case "heard" | "utterance" | "stray":
                yield self._words(idea)
            case "scored":
                yield from self._scored(idea)
            case "answered":
                yield NudgeAnswered(at=self.at, nudge=idea.turn, answer="not_now")
            case "paced":
                pace = list(Pace)[idea.turn]
                yield PaceChanged(at=self.at, pace=pace, reason="behind", lag=idea.step)
            case "leak":
                yield LeakMeasured(at=self.at, speaker=idea.speaker, db=-12.0)
            case _:
                yield self._lost(idea)

    def _say(self, idea: _Idea) -> Iterator[WorldEvent]:
        """The usual course of things, all at once."""
        if self.open[idea.speaker] is None:
            yield self._begin(idea.speaker)
        self.at = Samples(self.at + _LASTS)
        yield self._end(idea.speaker, "pause")
        yield self._words(replace(idea, kind="utterance"))
        yield from self._scored(replace(idea, turn=0))

    def _begin(self, speaker: Speaker) -> SpeechStarted:
        self.open[speaker] = self.at
        self.segments[speaker] += 1
        segment = self.segments[speaker]
        return SpeechStarted(at=self.at, speaker=speaker, segment=segment, start=self.at)

    def _pause(self, speaker: Speaker) -> SpeechPaused:
        start = self.open[speaker]
        assert start is not None
        segment = self.segments[speaker]
        return SpeechPaused(at=self.at, speaker=speaker, segment=segment, start=start, end=self.at)

    def _end(self, speaker: Speaker, reason: str) -> SpeechEnded:
        start = self.open[speaker]
        assert start is not None
        self.open[speaker] = None
        self.last[speaker] = start, self.at
        return SpeechEnded(
            at=self.at,
            speaker=speaker,
            segment=self.segments[speaker],
            start=start,
            end=self.at,
            reason=reason,
        )

    def _words(self, idea: _Idea) -> Heard | Utterance:
        start = self.open[idea.speaker]
        where: dict[str, Any] = {
            "at": self.at,
            "speaker": idea.speaker,
            "segment": max(0, self.segments[idea.speaker]),
            "text": idea.text,
        }
        if start is not None and idea.kind == "heard":
            words = spread(idea.text.split(), Samples(self.at - start))
            placed = tuple(
                replace(w, start=Samples(start + w.start), end=Samples(start + w.end))
                for w in words
            )
            return Heard(**where, start=start, end=self.at, words=placed, draft=idea.partial)
        start, end = self.last.get(idea.speaker, (self.at, self.at))
        kind = Heard if idea.kind == "stray" else Utterance
        return kind(**where, start=start, end=end)

    def _scored(self, idea: _Idea) -> Iterator[CustomerScored | AgentScored]:
        turns = [turn for turn in self.state.floor.turns if turn.speaker is idea.speaker]
        if not turns:
            return
        turn = turns[-1 - idea.turn % len(turns)]
        where: dict[str, Any] = {"at": self.at, "start": turn.start, "end": turn.end}
        where |= {"turn": turn.number, "partial": idea.partial}
        if idea.speaker is Speaker.AGENT:
            because = (Because(label=Act.ASK_IDENTIFICATION, words="uw postcode"),)
            yield AgentScored(**where, acts=idea.acts, because=because)
            return
        read = idea.reading
        yield CustomerScored(
            **where,
            emotions=read.emotions,
            intensity=read.intensity,
            valence=read.valence,
            escalations=read.escalations,
        )

    def _lost(self, idea: _Idea) -> WorkLost | AudioGap:
        start, end = self.last.get(idea.speaker, (self.at, self.at))
        where: dict[str, Any] = {"at": self.at, "speaker": idea.speaker, "start": start, "end": end}
        if idea.kind == "gap":
            return AudioGap(**where, reason="unplugged")
        part = "recogniser" if idea.partial else "understanding"
        return WorkLost(**where, part=part, reason="broken")


def _told(ideas: list[_Idea]) -> list[WorldEvent]:
    telling = _Telling()
    return [event for idea in ideas for event in telling.tell(idea)]


streams = st.lists(_ideas, max_size=24).map(_told)
"""World events of a call in an order that could happen, without its start and its end."""


def logged(
    events: list[WorldEvent], policy: Policy = DEFAULT_POLICY, *, ended: bool = True
) -> list[LogEvent]:
    """The log of a call in which the world said `events`, made by the real sequencer."""
    log: list[LogEvent] = []
    sequencer = Sequencer(start(policy), [log.append])
    for event in events:
        sequencer.apply(event)
    if ended:
        sequencer.apply(CallEnded(at=Samples(sequencer.now + from_seconds(30))))
    return log


logs = st.builds(logged, streams, st.just(DEFAULT_POLICY) | policies)
"""Logs of whole calls."""
