"""What the live window shows, without a window: events in, a picture of the call out.

The picture is plain data plus the words for it, so that the same call can be told in another
language or looked at by a test. Nothing here decides anything: the call is folded through the
core's own `step` to know what the core knows, such as the order check before the call has ended.
"""

from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import get_args

from coach.core.events import (
    AudioGap,
    CallEnded,
    CallStarted,
    CustomerScored,
    Heard,
    LeakMeasured,
    LogEvent,
    NudgeAnswered,
    NudgeShown,
    NudgeWithdrawn,
    PaceChanged,
    RiskChanged,
    SpeechStarted,
    Utterance,
    WorkLost,
    WorldEvent,
)
from coach.core.feelings import because_of
from coach.core.risk import asserted
from coach.core.state import CallState
from coach.core.step import begin, step
from coach.core.summary import AfterCall
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import (
    Emotion,
    EscalationKind,
    NudgeKind,
    OrderValue,
    Pace,
    RiskLevel,
    Speaker,
)
from coach.protocol.asked import Asked
from ui.controls import (
    CallIs,
    CallNews,
    Erased,
    MeasuringIs,
    RecordIs,
    SideIs,
    SoundCheckIs,
    SoundIs,
)
from ui.live_figures import LiveFigures
from ui.messages import Message, Played, Stopped

LINES_KEPT = 80
"""Lines of transcript beside a running call; the whole call is for the replay."""

BEHIND_FROM = from_seconds(2.0)
"""From which delay between speech and its words on the agent is told that the coach is behind."""

ANSWERS = ("useful", "not_now", "wrong")
"""How a nudge may be answered; keys 1, 2 and 3, the same in every language."""

_WORLD_EVENTS = get_args(WorldEvent)


class Light(Enum):
    """The state light."""

    LOADING = auto()
    READY = auto()
    LISTENING = auto()
    ON_HOLD = auto()
    PAUSED = auto()
    OBJECTED = auto()
    ENDED = auto()
    FAILED = auto()


_STANDS = {
    "idle": Light.READY,
    "in_call": Light.LISTENING,
    "on_hold": Light.ON_HOLD,
    "paused": Light.PAUSED,
    "objected": Light.OBJECTED,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class SpokenLine:
    """One stretch of speech. While it is `open`, `text` will stay and `tail` may still change.

    `lost`: its words are not known and never will be.
    """

    speaker: Speaker
    segment: int
    start: Samples
    text: str = ""
    tail: str = ""
    open: bool = True
    lost: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Mood:
    """What the customer's words told in one turn; `None` is unknown. `because` are the words."""

    turn: int
    start: Samples
    end: Samples
    emotions: tuple[Emotion, ...]
    intensity: int | None
    valence: float | None
    because: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Nudge:
    """A nudge that was shown at `at`, and how the agent answered it, if so."""

    number: int
    kind: NudgeKind
    at: Samples
    because: str
    answer: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LiveView:
    """The picture of the call at one moment. `length` is `None` while nobody knows it.

    `over`: nothing more will come. `card` is the one nudge on the screen; `after` says how the
    last one went ("done", or the agent's answer) until the next one comes, `after_at` since when.
    `unkept`: what is wrong with keeping calls. `behind` is 0 while the coach keeps up. `missing`
    are the sides that cannot be heard, and why. `check` is what the sound check says until a call
    begins. `overrun` is the side of which sound was lost because nobody took it in time.
    `risk_kinds` are the asserted signs of the call so far, the latest first. `erased`: what was
    gathered has been removed. `measured`: how far the measurement of the machine is.
    """

    light: Light = Light.LOADING
    failure: str = ""
    over: bool = False
    now: Samples = Samples(0)
    length: Samples | None = None
    behind: Samples = Samples(0)
    pace: Pace = Pace.FULL
    loss: WorkLost | AudioGap | None = None
    leak: LeakMeasured | None = None
    missing: tuple[SideIs, ...] = ()
    check: tuple[str, ...] = ()
    overrun: SideIs | None = None
    erased: bool = False
    sound: SoundIs | None = None
    unkept: str = ""
    measured: float | None = None
    lines: tuple[SpokenLine, ...] = ()
    moods: tuple[Mood, ...] = ()
    risk: RiskLevel = RiskLevel.NONE
    risk_because: str = ""
    risk_kinds: tuple[EscalationKind, ...] = ()
    order: OrderValue = OrderValue.NO_ASK
    nudges: tuple[Nudge, ...] = ()
    card: Nudge | None = None
    after: str | None = None
    after_at: Samples = Samples(0)
    figures: LiveFigures = LiveFigures()
    call_id: str = ""
    review: AfterCall | None = None
    asked: Asked | None = None

    @property
    def mood(self) -> Mood | None:
        """The customer's latest turn that was read."""
        return self.moods[-1] if self.moods else None


@dataclass
class LiveViewModel:
    """Takes the messages of one call in their order; `view` is the picture after the last one."""

    view: LiveView = field(default_factory=LiveView)
    _state: CallState | None = None
    _unkept: str = ""

    def take(self, message: Message) -> None:
        """Bring the picture up to date with `message`."""
        if isinstance(message, Played):
            self.view = replace(self.view, now=max(self.view.now, message.at))
        elif isinstance(message, Stopped):
            self._stopped(message)
        elif isinstance(message, AfterCall):
            if self.view.light is not Light.OBJECTED:
                self.view = replace(self.view, review=message)
        elif isinstance(message, Asked):
            if self.view.light is not Light.OBJECTED:
                self.view = replace(self.view, asked=message)
        elif isinstance(message, RecordIs):
            self._unkept = message.trouble or ""
        elif isinstance(message, CallNews):
            self._stands(message)
        elif self.view.light is not Light.OBJECTED or isinstance(message, CallStarted):
            self._follow(message)
            self.view = replace(self.view, now=max(self.view.now, message.at))
            self._show(message)
        if self.view.unkept != self._unkept:  # it outlasts the calls
            self.view = replace(self.view, unkept=self._unkept)

    def _stands(self, news: CallNews) -> None:
        """How the call stands: who can be heard, and whether anybody listens."""
        match news:
            case Erased():
                self.view = LiveView(light=Light.OBJECTED, erased=True, missing=self.view.missing)
            case CallIs(standing="objected"):
                self._state = None
                self.view = LiveView(light=Light.OBJECTED, missing=self.view.missing)
            case CallIs(standing="idle") if self.view.light in (Light.ENDED, Light.OBJECTED):
                pass  # the summary of the last call stands until the next one begins
            case CallIs():
                light = _STANDS[news.standing]
                card = self.view.card if light is Light.LISTENING else None
                self.view = replace(self.view, light=light, card=card)
            case SoundIs():
                self.view = replace(self.view, sound=news)
            case MeasuringIs():
                self.view = replace(self.view, measured=news.done)
            case SoundCheckIs():
                self.view = replace(self.view, check=news.words)
            case SideIs():
                others = tuple(one for one in self.view.missing if one.speaker != news.speaker)
                gone = (news,) if news.missing is not None else ()
                overrun = news if news.overruns else self.view.overrun
                self.view = replace(self.view, missing=(*others, *gone), overrun=overrun)

    def _follow(self, event: LogEvent) -> None:
        """Know what the core knows: a decision replay, one event at a time."""
        if isinstance(event, CallStarted):
            self._state = begin(event)
        elif self._state is not None and isinstance(event, _WORLD_EVENTS):
            self._state = step(self._state, event).state
            self.view = replace(self.view, order=self._state.order.value)

    def _show(self, event: LogEvent) -> None:
        figures = self.view.figures.after(event)
        if figures != self.view.figures:
            self.view = replace(self.view, figures=figures)
        match event:
            case CallStarted():
                missing = self.view.missing
                self.view = LiveView(
                    light=Light.LISTENING,
                    length=self.view.length,
                    missing=missing,
                    sound=self.view.sound,
                    call_id=event.call_id,
                )
            case SpeechStarted():
                self._began(event)
            case Heard():
                self._heard(event)
            case Utterance():
                self._said(event)
            case WorkLost() | AudioGap() | LeakMeasured():
                self._lost(event)
            case CustomerScored() if event.emotions or not event.partial:
                self._mood(event)  # half a sentence may show a feeling, but not that there is none
            case RiskChanged() | PaceChanged():
                self._level(event)
            case NudgeShown() | NudgeWithdrawn() | NudgeAnswered():
                self._nudge(event)
            case CallEnded():
                self._over(Light.ENDED)
            case _:
                pass

    def _stopped(self, message: Stopped) -> None:
        self.view = replace(self.view, over=True, failure=message.why or "")
        if message.why is not None:
            self._over(Light.FAILED)
        elif self.view.light is not Light.ENDED:
            self._over(Light.ENDED)

    def _over(self, light: Light) -> None:
        """Nothing more will come: no nudge stands, nobody is late, nobody goes on speaking."""
        said = tuple(line for line in self.view.lines if not line.open)
        self.view = replace(self.view, light=light, card=None, behind=Samples(0), lines=said)

    def _level(self, event: RiskChanged | PaceChanged) -> None:
        if isinstance(event, PaceChanged):
            self.view = replace(self.view, pace=event.pace)
        else:
            self.view = replace(self.view, risk=event.level, risk_because=event.because)

    # ---- what is said ----

    def _began(self, event: SpeechStarted) -> None:
        self._put(SpokenLine(speaker=event.speaker, segment=event.segment, start=event.start))

    def _heard(self, event: Heard) -> None:
        """The words of open speech as the core has them: settled from the left, the rest loose."""
        speech = self._state.speaking(event.speaker) if self._state else None
        line = SpokenLine(
            speaker=event.speaker, segment=event.segment, start=event.start, tail=event.text
        )
        if speech is not None and speech.segment == event.segment and speech.words.text:
            tail = " ".join(word.text for word in speech.words.pending)
            text = speech.words.settled
            line = replace(line, start=speech.start, text=text, tail=tail)
        if line.text or line.tail:  # a look that hears nothing takes no words away
            self._put(line)

    def _said(self, event: Utterance) -> None:
        line = SpokenLine(
            speaker=event.speaker,
            segment=event.segment,
            start=event.start,
            text=event.text,
            open=False,
        )
        self._put(line, keep=bool(event.text))
        delay = Samples(event.at - event.end)
        self.view = replace(self.view, behind=delay if delay >= BEHIND_FROM else Samples(0))

    def _put(self, line: SpokenLine, *, keep: bool = True) -> None:
        """Put `line` in its place in time, instead of what stood there for the same speech."""
        same = (line.speaker, line.segment)
        if line.open and any(
            (one.speaker, one.segment) == same and not one.open for one in self.view.lines
        ):
            return  # a look that comes after the final words
        lines = [one for one in self.view.lines if (one.speaker, one.segment) != same]
        if keep:
            lines.append(line)
            lines.sort(key=lambda one: one.start)
        self.view = replace(self.view, lines=tuple(lines[-LINES_KEPT:]))

    def _lost(self, event: WorkLost | AudioGap | LeakMeasured) -> None:
        if isinstance(event, LeakMeasured):
            self.view = replace(self.view, leak=event)
            return
        if isinstance(event, AudioGap) and not event.is_loss:
            return
        self.view = replace(self.view, loss=event)
        for line in self.view.lines:
            if line.open and line.speaker is event.speaker and line.start == event.start:
                self._put(replace(line, text="", tail="", open=False, lost=True))

    # ---- what it tells ----

    def _mood(self, event: CustomerScored) -> None:
        if kinds := asserted(event):
            known = (kind for kind in self.view.risk_kinds if kind not in kinds)
            self.view = replace(self.view, risk_kinds=(*kinds, *known))
        mood = Mood(
            turn=event.turn,
            start=event.start,
            end=event.end,
            emotions=event.emotions,
            intensity=event.intensity,
            valence=event.valence,
            because=because_of(event),
        )
        others = tuple(one for one in self.view.moods if one.turn != mood.turn)
        moods = sorted((*others, mood), key=lambda one: one.turn)
        self.view = replace(self.view, moods=tuple(moods))

    # ---- what the coach says ----

    def _nudge(self, event: NudgeShown | NudgeWithdrawn | NudgeAnswered) -> None:
        if isinstance(event, NudgeShown):
            shown = Nudge(number=event.nudge, kind=event.kind, at=event.at, because=event.because)
            nudges = (*self.view.nudges, shown)
            self.view = replace(self.view, nudges=nudges, card=shown, after=None)
            return
        after = event.reason if isinstance(event, NudgeWithdrawn) else event.answer
        if isinstance(event, NudgeAnswered):
            nudges = tuple(
                replace(one, answer=event.answer) if one.number == event.nudge else one
                for one in self.view.nudges
            )
            self.view = replace(self.view, nudges=nudges)
        if self.view.card is not None and self.view.card.number == event.nudge:
            self.view = replace(self.view, card=None, after=after, after_at=event.at)
