"""The words for a picture of the call, in the language of the user."""

from collections.abc import Iterable, Sequence

from coach.core.events import LeakMeasured
from coach.core.metrics.mood import Moment
from coach.core.summary import AfterCall, Point
from coach.core.units import Samples, from_seconds, to_seconds
from coach.core.vocabulary import EscalationKind, OrderValue, Pace, RiskLevel
from coach.phrases import counted, say
from coach.phrases.forms import lasting, number, percent
from coach.runtime.desk import LATE
from ui.viewmodel import ANSWERS, Light, LiveView, Mood, Nudge, SpokenLine

_SHOWN_EMOTIONS = 2
_SAME_DB = -1.0
"""Above this level it is no echo: both sides are one sound."""
_GAPS = frozenset(
    {"no_data", "device_gone", "device_missing", "device_moved", "device_busy", "several_devices"}
    | {"lost", "no_sound_server", "no_wasapi", "no_microphone", "no_portaudio", "stood_still"}
)
"""Reasons of gaps that have a sentence of their own."""
_LIGHTS = {
    Light.LOADING: "screen.loading_models",
    Light.READY: "screen.ready",
    Light.ON_HOLD: "screen.on_hold",
    Light.PAUSED: "screen.paused",
    Light.OBJECTED: "screen.objected",
    Light.LISTENING: "screen.listening",
    Light.ENDED: "screen.ended",
    Light.FAILED: "screen.stopped",
}
_WAITING = {
    Light.LOADING: "screen.loading_long",
    Light.READY: "screen.ready_long",
    Light.OBJECTED: "screen.until_next",
}
_SAID = {
    Light.ON_HOLD: "screen.on_hold_long",
    Light.PAUSED: "screen.paused_long",
    Light.OBJECTED: "screen.objected_long",
}
_CARE = frozenset({EscalationKind.BEREAVEMENT, EscalationKind.VULNERABLE, EscalationKind.SELF_HARM})
_AFTER_STANDS = from_seconds(6)
_VALENCE_WORDS = ((-1.5, "very_low"), (-0.5, "low"), (0.5, "even"), (1.5, "high"))


def clock(at: Samples) -> str:
    """Minutes and seconds of the call: "1:07"."""
    return lasting(to_seconds(at))


def quoted(words: str) -> str:
    """Words that were said, in quotation marks; nothing when there are none."""
    return f"“{words}”" if words else ""


def state(view: LiveView) -> str:
    """What the state light says."""
    said = say(_LIGHTS[view.light])
    recorded = view.sound is not None and view.sound.why_not is None
    return say("sound.recording", said=said) if recorded and view.light is Light.LISTENING else said


def trouble(view: LiveView) -> str:
    """What is missing or late; empty when all is well."""
    if view.missing:
        side = say(f"screen.{view.missing[0].speaker}")
        return say("screen.side_missing", side=side, why=view.missing[0].missing)
    if view.behind:
        return say("screen.behind", seconds=to_seconds(view.behind))
    if view.loss is not None:
        start, end = to_seconds(view.loss.start), to_seconds(view.loss.end)
        return say("screen.loss", start=start, end=end, reason=_why(view.loss.reason))
    if told := _of_sound(view):
        return told
    return _unkept(view) if view.pace is Pace.FULL else say(f"pace.{view.pace}")


def _of_sound(view: LiveView) -> str:
    """What is to be mended about the sound of a side: an echo, or samples that nobody took."""
    if view.leak is not None:
        return leak(view.leak)
    if view.overrun is None:
        return ""
    side = say(f"screen.{view.overrun.speaker}")
    return say("listen.overruns", side=side, count=view.overrun.overruns)


def _unkept(view: LiveView) -> str:
    """What is wrong with keeping calls and their sound. The call does not depend on it: it waits
    for a calm moment.
    """
    if view.sound is not None and view.sound.why_not is not None and view.card is None:
        return say("sound.not_kept", why=view.sound.why_not)
    calm = view.card is None and view.risk is RiskLevel.NONE
    return view.unkept if calm else ""


def _why(reason: str) -> str:
    """The reason of a loss in the user's words; what a library said of itself stays as it is."""
    if reason == LATE:
        return say("pace.late")
    return say(f"listen.why_{reason}") if reason in _GAPS else reason


def leak(event: LeakMeasured) -> str:
    """One side in the channel of the other, how loud, and what to do: "echo −12 dB: …"."""
    if event.db > _SAME_DB:
        return say("listen.leak_same")
    return say(f"listen.leak_{event.speaker}", db=number(event.db))


def waiting(view: LiveView) -> str:
    """What stands where the words will come, while there are none."""
    if view.measured is not None:
        return say("tune.first_time", done=percent(view.measured))
    return say(_WAITING.get(view.light, "screen.nothing_to_say"))


def message(view: LiveView) -> str:
    """What the coach has to say besides nudges; empty most of the time."""
    if view.light is Light.FAILED:
        return say("screen.failed", why=view.failure)
    if view.erased:
        return say("screen.erased")
    if view.light in _SAID:
        return say(_SAID[view.light])
    stands = view.now - view.after_at <= _AFTER_STANDS
    return _aftermath(view.after) if stands else ""


def _aftermath(after: str | None) -> str:
    """How the last nudge went."""
    if after == "done":
        return say("screen.nudge_done")
    if after in ANSWERS:
        return say("screen.answered", answer=say(f"screen.{after}").lower())
    return ""


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


def asks_for_care(view: LiveView) -> bool:
    """Whether the sign is of a person who needs care, not of a call that may grow."""
    return (
        view.risk is not RiskLevel.NONE
        and bool(view.risk_kinds[:1])
        and (view.risk_kinds[0] in _CARE)
    )


def risk_now(view: LiveView) -> str:
    """The level and the kind of sign in a few words: "let op · opzeggen", "met zorg · verlies"."""
    if view.risk is RiskLevel.NONE:
        return risk(view.risk)
    level = say("screen.risk_care") if asks_for_care(view) else risk(view.risk)
    kinds = view.risk_kinds[:1]
    return " · ".join((level, *(say(f"screen.kind_{kind}") for kind in kinds)))


def risk_spoken(view: LiveView) -> str:
    """The risk level, its kind and the words behind it, for a screen reader."""
    words = say("screen.risk_now", level=risk_now(view))
    if not view.risk_because:
        return words
    return f"{words}, {say('screen.because', words=quoted(view.risk_because))}"


def order(value: OrderValue) -> str:
    """The order check while the call goes on."""
    name = "none" if value is OrderValue.NO_ASK else value.value
    return say(f"screen.order_live_{name}")


def figures(view: LiveView) -> list[str]:
    """Talk share, pace and silences, each in words; the unknown is a dash."""
    known = view.figures
    longest = number(to_seconds(known.longest_silence))
    silences = counted("screen.silences", known.silences, longest=longest)
    share = "–" if known.talk_share is None else percent(known.talk_share)
    return [
        say("screen.talk_share", share=share),
        say("screen.wpm", words="–" if known.pace is None else known.pace),
        silences if known.silences else say("screen.no_silence"),
    ]


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


def point(one: Point) -> str:
    """A remark after the call, with its moment."""
    when = f" ({clock(one.at)})" if one.at is not None else ""
    return say(one.key) + when


def spoken_example(one: Point) -> str:
    """A sentence that could be said; empty where the remark has none."""
    return say(one.example) if one.example else ""


def course_of(review: AfterCall) -> str:
    """The customer's mood at the start, at the lowest point and at the end."""
    moments = (review.start, review.lowest, review.end)
    start, lowest, end = (_mood_of(one) for one in moments)
    return say("screen.mood_course", start=start, lowest=lowest, end=end)


def _mood_of(moment: Moment | None) -> str:
    return valence(moment.valence if moment else None)


def rows(review: AfterCall, nudges: Iterable[Nudge]) -> list[tuple[str, str]]:
    """The facts of the call as pairs of name and words."""
    order = review.order or OrderValue.NO_ASK
    mood = [(say("screen.mood"), course_of(review))] if review.start is not None else []
    return [
        *mood,
        (say("screen.order"), say(f"screen.order_{order}")),
        (say("screen.nudges"), "\n".join(map(_row, nudges)) or say("screen.silent")),
    ]


def _row(nudge: Nudge) -> str:
    answer = f" ({say(f'screen.{nudge.answer}').lower()})" if nudge.answer else ""
    return f"{clock(nudge.at)}  {title(nudge)}{answer}"


def keys(three: Sequence[str]) -> str:
    """Keys in one word, where only their last letter differs: "Ctrl+Shift+1–3", "Alt+a·b·c"."""
    held, last = {one[:-1] for one in three}, [one[-1:] for one in three]
    if len(held) != 1 or "" in last:
        return ""
    in_a_row = "".join(last) in "123456789"
    return held.pop() + (f"{last[0]}–{last[-1]}" if in_a_row else "·".join(last))
