"""A call in the terminal: what is said, what the customer feels, and what the coach says."""

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from coach.core.events import (
    CallSummarised,
    CustomerScored,
    LeakMeasured,
    LogEvent,
    NudgeShown,
    OrderJudged,
    PaceChanged,
    RecogniserChanged,
    RiskChanged,
    Utterance,
    WorkLost,
)
from coach.core.units import Samples, to_seconds
from coach.core.vocabulary import Emotion, RiskLevel, Speaker
from coach.phrases import say
from coach.runtime.desk import LATE

SAME_DB = -1.0
"""Above this level it is no echo: both sides are one sound."""

_WARM = {Emotion.GRATITUDE, Emotion.RELIEF, Emotion.JOY}
_RISK_STYLE = {
    RiskLevel.NONE: "green",
    RiskLevel.WATCH: "yellow",
    RiskLevel.HIGH: "bold red",
}


class TerminalView:
    """Prints the events of a call as they come; give its `show` to the sequencer."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._nudges: list[NudgeShown] = []
        self._order: OrderJudged | None = None

    def show(self, event: LogEvent) -> None:
        """Print what a person wants to know of `event`, if anything."""
        match event:
            case Utterance() if event.text:
                self._utterance(event)
            case CustomerScored(partial=False):
                self._feeling(event)
            case NudgeShown():
                self._nudge(event)
            case RiskChanged():
                self._risk(event)
            case WorkLost():
                start, end = to_seconds(event.start), to_seconds(event.end)
                why = say("pace.late") if event.reason == LATE else event.reason
                words = say("screen.loss", start=start, end=end, reason=why)
                self._console.print(Text(f"        {words}", "red"))
            case LeakMeasured():
                self._console.print(Text(f"        {leak(event)}", "bold yellow"))
            case PaceChanged():
                self._console.print(Text(f"        {say(f'pace.{event.pace}')}", "yellow"))
            case RecogniserChanged():
                words = say("pace.recogniser", name=event.recogniser, why=event.reason)
                self._console.print(Text(f"        {words}", "yellow"))
            case OrderJudged():
                self._order = event
            case CallSummarised():
                self._summary(event)
            case _:
                pass

    def _utterance(self, event: Utterance) -> None:
        line = Text(f"{clock(event.start)}  ", style="dim")
        agent = event.speaker is Speaker.AGENT
        line.append(f"{say(f'screen.{event.speaker}'):<9}", "cyan" if agent else "bold magenta")
        line.append(event.text, "default")
        self._console.print(line)

    def _feeling(self, event: CustomerScored) -> None:
        if not event.emotions:
            return
        words = ", ".join(say(f"screen.{emotion}") for emotion in event.emotions)
        warm = not _WARM.isdisjoint(event.emotions)
        line = Text(
            "                " + "●" * max(1, event.intensity or 1), "green" if warm else "yellow"
        )
        line.append(f" {words}", "green" if warm else "yellow")
        self._console.print(line)

    def _nudge(self, event: NudgeShown) -> None:
        self._nudges.append(event)
        body = Text(say(f"nudges.{event.kind}_example"), "italic")
        body.append("\n" + say("screen.because", words=f"“{event.because}”"), "dim not italic")
        title = Text(f"{clock(event.at)}  {say(f'nudges.{event.kind}')}", "bold")
        panel = Panel(body, title=title, title_align="left", border_style="bright_blue", width=88)
        self._console.print(panel)

    def _risk(self, event: RiskChanged) -> None:
        line = Text(f"{clock(event.at)}  ", "dim")
        level = say(f"screen.risk_{event.level}")
        line.append(f"{say('screen.risk')}: {level}", _RISK_STYLE[event.level])
        if event.because:
            line.append("  " + say("screen.because", words=f"“{event.because}”"), "dim")
        self._console.print(line)

    def _summary(self, event: CallSummarised) -> None:
        course = say(
            "screen.mood_course",
            start=mood(event.valence_start),
            lowest=mood(event.valence_lowest),
            end=mood(event.valence_end),
        )
        kinds = [f"{clock(n.at)} {say(f'nudges.{n.kind}')}" for n in self._nudges]
        value = self._order.value if self._order else "no_ask"
        rows = [
            (say("screen.mood"), course),
            (say("screen.order"), say(f"screen.order_{value}")),
            (say("screen.risk"), say(f"screen.risk_{event.risk_highest}")),
            (say("screen.nudges"), "\n".join(kinds) or say("screen.silent")),
        ]
        if event.losses:
            rows.append((say("screen.losses"), str(event.losses)))
        text = Text()
        for name, words in rows:
            text.append(f"{name:<24}", "bold")
            text.append(words.replace("\n", "\n" + " " * 24) + "\n")
        text.rstrip()
        self._console.print(Panel(text, title=say("screen.summary"), title_align="left", width=88))


def leak(event: LeakMeasured) -> str:
    """What is wrong, and what to do about it."""
    if event.db > SAME_DB:
        return say("listen.leak_same")
    return say(f"listen.echo_{event.speaker}", db=event.db)


def clock(at: Samples) -> str:
    """Minutes and seconds: "01:07"."""
    seconds = int(to_seconds(at))
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


def mood(valence: float | None) -> str:
    """A valence -2..2 for people: "-2", "0", "+1"; unknown stays unknown."""
    if valence is None:
        return say("screen.unknown")
    rounded = round(valence)
    return f"{rounded:+d}" if rounded else "0"
