"""The words for a picture of the call, in the language of the user."""

from collections.abc import Iterable

from coach.core.units import Samples, to_seconds
from coach.core.vocabulary import OrderValue, RiskLevel
from coach.phrases import say
from ui.viewmodel import ANSWERS, Light, LiveView, Mood, Nudge, SpokenLine, Summary

_SHOWN_EMOTIONS = 2
_LIGHTS = {
    Light.LOADING: "screen.loading_models",
    Light.LISTENING: "screen.listening",
    Light.ENDED: "screen.ended",
    Light.FAILED: "screen.stopped",
}
_VALENCE_WORDS = ((-1.5, "very_low"), (-0.5, "low"), (0.5, "even"), (1.5, "high"))


def clock(at: Samples) -> str:
    """Minutes and seconds of the call: "1:07"."""
    minutes, seconds = divmod(int(to_seconds(at)), 60)
    return f"{minutes}:{seconds:02d}"


def quoted(words: str) -> str:
    """Words that were said, in quotation marks; nothing when there are none."""
    return f"“{words}”" if words else ""


def state(view: LiveView) -> str:
    """What the state light says."""
    return say(_LIGHTS[view.light])


def trouble(view: LiveView) -> str:
    """What is missing or late; empty when all is well."""
    if view.behind:
        return say("screen.behind", seconds=to_seconds(view.behind))
    if view.loss is not None:
        start, end = to_seconds(view.loss.start), to_seconds(view.loss.end)
        return say("screen.loss", start=start, end=end, reason=view.loss.reason)
    return ""


def quiet(view: LiveView) -> str:
    """What stands in the coach's place when there is no nudge."""
    if view.light is Light.FAILED:
        return say("screen.failed", why=view.failure)
    if view.light is Light.LOADING:
        return say("screen.loading_long")
    if view.after == "done":
        return say("screen.nudge_done")
    if view.after in ANSWERS:
        return say("screen.answered", answer=say(f"screen.{view.after}").lower())
    return say("screen.nothing_to_say")


def feeling(mood: Mood | None) -> str:
    """The customer's feeling in a word or two; the calm is a word too, the unknown is said so."""
    if mood is None:
        return say("screen.feeling_unknown")
    if mood.emotions:
        return ", ".join(say(f"screen.{one}") for one in mood.emotions[:_SHOWN_EMOTIONS])
    if mood.intensity is None and mood.valence is None:
        return say("screen.unknown")
    return say("screen.neutral")


def feeling_spoken(mood: Mood | None) -> str:
    """The feeling and its strength, for a screen reader."""
    words = say("screen.feeling_now", feeling=feeling(mood))
    if mood is None or not mood.emotions or not mood.intensity:
        return words
    return f"{words}, {say('screen.strength', intensity=mood.intensity)}"


def valence(value: float | None) -> str:
    """A valence -2..2 in words; the unknown stays unknown."""
    if value is None:
        return say("screen.unknown")
    word = next((word for upto, word in _VALENCE_WORDS if value <= upto), "very_high")
    return say(f"screen.mood_{word}")


def course(moods: Iterable[Mood], nudges: int) -> str:
    """The strip in a sentence."""
    known = [one.valence for one in moods if one.valence is not None]
    return say(
        "screen.strip_summary",
        start=valence(known[0] if known else None),
        lowest=valence(min(known) if known else None),
        end=valence(known[-1] if known else None),
        nudges=nudges,
    )


def risk(level: RiskLevel) -> str:
    """The risk level in a word."""
    return say(f"screen.risk_{level}")


def risk_spoken(view: LiveView) -> str:
    """The risk level and the words behind it, for a screen reader."""
    words = say("screen.risk_now", level=risk(view.risk))
    if not view.risk_because:
        return words
    return f"{words}, {say('screen.because', words=quoted(view.risk_because))}"


def order(value: OrderValue) -> str:
    """The order check while the call goes on."""
    name = "none" if value is OrderValue.NO_ASK else value.value
    return say(f"screen.order_live_{name}")


def settled(line: SpokenLine) -> str:
    """What stands in the transcript for good."""
    return say("screen.not_understood") if line.lost else line.text


def loose(line: SpokenLine) -> str:
    """What stands there for the moment: words that may change, or that somebody speaks."""
    return say("screen.speaking") if line.open and not (line.text or line.tail) else line.tail


def title(nudge: Nudge) -> str:
    """What a nudge asks of the agent."""
    return say(f"nudges.{nudge.kind}")


def example(nudge: Nudge) -> str:
    """How one might say it."""
    return say(f"nudges.{nudge.kind}_example")


def praise(summary: Summary) -> str:
    """What went well; it comes first."""
    start, end = summary.valence_start, summary.valence_end
    if start is not None and end is not None and end > start:
        return say("screen.ended_better")
    if summary.order is OrderValue.ACKNOWLEDGED_FIRST:
        return say("screen.ended_acknowledged")
    return say("screen.ended_calm")


def rows(summary: Summary) -> list[tuple[str, str]]:
    """The facts of the call as pairs of name and words."""
    course = say(
        "screen.mood_course",
        start=valence(summary.valence_start),
        lowest=valence(summary.valence_lowest),
        end=valence(summary.valence_end),
    )
    found = [
        (say("screen.mood"), course),
        (say("screen.order"), say(f"screen.order_{summary.order}")),
        (say("screen.risk"), risk(summary.risk)),
        (say("screen.nudges"), "\n".join(map(_row, summary.nudges)) or say("screen.silent")),
    ]
    if summary.losses:
        found.append((say("screen.losses"), str(summary.losses)))
    return found


def _row(nudge: Nudge) -> str:
    answer = f" ({say(f'screen.{nudge.answer}').lower()})" if nudge.answer else ""
    return f"{clock(nudge.at)}  {title(nudge)}{answer}"
