"""Invented weeks of calls: to look around in the replay and the dashboard without real ones.

Every call is a story from `week.toml`, told by an agent who takes up feelings first or one who is
in a hurry, and run through the real core: the nudges, the order and the risk are what the coach
would really have decided. The same number gives the same weeks.
"""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from coach.core.events import CallStarted, LogEvent, NudgeAnswered, NudgeShown, Word, WorldEvent
from coach.core.policy import DEFAULT_POLICY
from coach.core.readings import (
    AgentReading,
    AgentText,
    Because,
    CustomerReading,
    CustomerText,
    Escalation,
)
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import Act, Emotion, EscalationKind, Modality, Speaker
from coach.runtime.desk import Desk
from coach.runtime.engine import run_events
from coach.runtime.script import Script, ScriptHearing, SpokenTurn
from coach.runtime.sequencer import Sequencer

TEAMS = ("Amersfoort", "Hasselt", "Groningen")
ZONE = ZoneInfo("Europe/Amsterdam")

_WORDS_A_SECOND = 2.6
_GAP_S = 0.5
_ANSWERED = 0.55
"""The share of nudges that somebody answers."""
_ANSWERS = ("useful",) * 8 + ("not_now",) * 2 + ("wrong",)
_TELLINGS = 5
"""How many different calls are made of one story told one way; others repeat one of them."""
_OPENS, _CLOSES = 8, 20
_SLOTS = {
    "dag": ("vorige week", "dinsdag", "eergisteren", "in het weekend", "vorige maand"),
    "keer": ("derde", "vierde", "tweede", "vijfde"),
    "weken": ("drie", "vier", "zes", "vijf"),
    "bedrag": ("negentig", "honderdtwintig", "vierenzestig", "tweehonderd"),
    "nummer": ("twaalf", "veertig", "zeven", "honderddrie"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekCall:
    """One invented call: its log, and what the log does not say."""

    events: tuple[LogEvent, ...]
    story: str
    team: str
    channel: str
    cause: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Line:
    """A turn as it is written in the story, its gaps filled in."""

    speaker: Speaker
    text: str
    tells: str
    gap_s: float


def weeks(first: date, days: int = 7, calls: int = 200, seed: int = 7) -> Iterator[WeekCall]:
    """`calls` invented calls over `days` days from `first`, in the order of time."""
    chance = random.Random(seed)  # noqa: S311 - invented calls are no secret
    stories = _stories()
    moments = sorted(_moment(chance, first, days) for _ in range(calls))
    shares = [story["share"] for story in stories]
    for number, began in enumerate(moments):
        story = chance.choices(stories, shares)[0]
        team = chance.choice(TEAMS)
        hasty = chance.random() < 0.4 - 0.2 * (began.date() - first).days / max(days, 1)
        told = _tell(story["name"], hasty, chance.randrange(_TELLINGS))
        yield WeekCall(
            events=_at(told, began, number, f"{team[:2].upper()}-{chance.randrange(1, 9):02d}"),
            story=story["name"],
            team=team,
            channel=story["channel"],
            cause=story["cause"],
        )


def _moment(chance: random.Random, first: date, days: int) -> datetime:
    """Some moment in opening hours, fewer at weekends."""
    day = first + timedelta(days=chance.randrange(days))
    if day.weekday() >= 5 and chance.random() < 0.7:  # noqa: PLR2004 - Saturday and Sunday
        day -= timedelta(days=2) if day - timedelta(days=2) >= first else timedelta(0)
    seconds = chance.randrange((_CLOSES - _OPENS) * 3600)
    return datetime.combine(day, time(_OPENS), ZONE) + timedelta(seconds=seconds)


def _at(
    told: tuple[LogEvent, ...], began: datetime, number: int, agent: str
) -> tuple[LogEvent, ...]:
    """The same call at another moment, by another agent."""
    start = told[0]
    assert isinstance(start, CallStarted)  # noqa: S101 - a log begins with its start
    call_id = f"{began:%Y%m%d-%H%M%S}-{number:04d}"
    reference = f"T{26_000_000 + number * 137}"
    started = replace(
        start, call_id=call_id, began=began.isoformat(), agent=agent, reference=reference
    )
    return (started, *told[1:])


@cache
def _stories() -> tuple[dict[str, Any], ...]:
    text = files(__package__).joinpath("week.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["story"])


@cache
def _tell(name: str, hasty: bool, telling: int) -> tuple[LogEvent, ...]:
    """The log of a story; each `telling` fills its gaps and answers its nudges otherwise."""
    story = next(one for one in _stories() if one["name"] == name)
    chance = random.Random(f"{name} {hasty} {telling}")  # noqa: S311 - the same
    return _Call(_lines(story, chance, hasty=hasty), chance).run()


def _lines(story: dict[str, Any], chance: random.Random, *, hasty: bool) -> list[_Line]:
    filled = {slot: chance.choice(words) for slot, words in _SLOTS.items()}
    left_out = "good" if hasty else "hasty"
    return [
        _Line(
            speaker=Speaker.CUSTOMER if who == "customer" else Speaker.AGENT,
            text=text.format(**filled),
            tells=tells,
            gap_s=gap[0] if gap else _GAP_S + chance.random() * 0.6,
        )
        for who, text, tells, *gap in story["turns"]
        if who != left_out
    ]


@dataclass
class _Call:
    """A call that follows a script; also the understanding, which knows it by heart."""

    lines: list[_Line]
    chance: random.Random
    name: str = "story"
    log: list[LogEvent] = field(default_factory=list)

    def run(self) -> tuple[LogEvent, ...]:
        """Run it through the core; its log."""
        script = Script(call_id="story", turns=tuple(self._spoken()))
        start = CallStarted(
            at=Samples(0),
            call_id="story",
            mode="script",
            recogniser="script",
            understanding="script",
            policy=DEFAULT_POLICY,
        )
        sequencer = Sequencer(start, [self.log.append])
        desk = Desk(ScriptHearing(script), self)
        run_events(self._with_answers(script), desk, sequencer, script.end)
        return tuple(self.log)

    def customer(self, said: CustomerText) -> CustomerReading:
        """What the story says that the customer's words tell."""
        line = self._said(Speaker.CUSTOMER, said.text)
        if line is None:
            return CustomerReading()
        emotion, intensity, valence, *signs = line.tells.split()
        emotion = emotion.strip("-")
        return CustomerReading(
            emotions=(Emotion(emotion),) if emotion else (),
            intensity=int(intensity),
            valence=float(valence),
            escalations=tuple(_sign(sign, line.text) for sign in signs),
            because=(Because(label=emotion or "valence", words=_sentence(line.text)),),
        )

    def agent(self, said: AgentText) -> AgentReading:
        """What the story says that the agent did; of half a turn, what was said of it."""
        found: list[tuple[Act, str]] = []
        for line in self.lines:
            if line.speaker is not Speaker.AGENT:
                continue
            parts, acts = line.text.split("|"), line.tells.split()
            for number, act in enumerate(acts):
                words = parts[min(number, len(parts) - 1)].strip()
                if words in said.text:
                    found.append((Act(act), words))
        because = tuple(Because(label=act.value, words=_sentence(words)) for act, words in found)
        return AgentReading(acts=tuple(act for act, _ in found), because=because)

    def _said(self, speaker: Speaker, text: str) -> _Line | None:
        """The last line that stands whole in `text`."""
        lines = [one for one in self.lines if one.speaker is speaker and one.text in text]
        return lines[-1] if lines else None

    def _spoken(self) -> Iterator[SpokenTurn]:
        end = 0
        for line in self.lines:
            texts = line.text.replace("|", " ").split()
            start = max(0, end + from_seconds(line.gap_s))
            each = from_seconds(1 / _WORDS_A_SECOND)
            words = tuple(
                Word(
                    start=Samples(start + number * each),
                    end=Samples(start + (number + 1) * each),
                    text=text,
                )
                for number, text in enumerate(texts)
            )
            end = start + len(texts) * each
            yield SpokenTurn(
                speaker=line.speaker, start=Samples(start), end=Samples(end), words=words
            )

    def _with_answers(self, script: Script) -> Iterator[WorldEvent]:
        """What the speech detector says, and the agent's answers to nudges in between."""
        answered: set[int] = set()
        for event in script.speech():
            yield from self._answers(answered, event.at)
            yield event

    def _answers(self, answered: set[int], until: Samples) -> Iterator[NudgeAnswered]:
        for shown in [one for one in self.log if isinstance(one, NudgeShown)]:
            at = Samples(shown.at + from_seconds(1.5))
            if shown.nudge in answered or at >= until:
                continue
            answered.add(shown.nudge)
            if self.chance.random() < _ANSWERED:
                answer = self.chance.choice(_ANSWERS)
                yield NudgeAnswered(at=at, nudge=shown.nudge, answer=answer)


def _sign(name: str, text: str) -> Escalation:
    kind = EscalationKind(name)
    return Escalation(kind=kind, modality=Modality.ASSERTED, because=_sentence(text, last=True))


def _sentence(text: str, *, last: bool = False) -> str:
    """The first or last sentence of a turn: the words that stand behind what it tells."""
    sentences = [one.strip() for one in text.replace("|", " ").replace("? ", "?. ").split(". ")]
    found = sentences[-1 if last else 0]
    return found.rstrip(".?! ")
