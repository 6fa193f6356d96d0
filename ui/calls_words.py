"""The words for a call in a list, in the language of the user. No Qt."""

from collections.abc import Mapping
from functools import cache

from coach.causes import load_tree
from coach.core.cause_tree import Cause
from coach.core.vocabulary import EscalationKind, OrderValue
from coach.phrases import area, counted, forms, language, say
from ui import wording
from ui.archive import CallEntry, Course

_SAME = 0.5
"""A change of mood smaller than this is none."""

_ORDER_SIGNS = {
    OrderValue.ACKNOWLEDGED_FIRST: "✓",
    OrderValue.ASKED_FIRST: "↺",
    OrderValue.EXPLAINED_ASK: "✓",
}

CHANNELS = ("phone", "chat", "video")
"""The channels that have a name in both languages; others are called what they are called."""


def channel(name: str) -> str:
    """What a channel is called."""
    return say(f"calls.channel_{name}") if name in CHANNELS else name


def when(entry: CallEntry) -> str:
    """When the call began."""
    return forms.moment(entry.began) if entry.began else say("screen.unknown")


def lasted(entry: CallEntry) -> str:
    """How long it was."""
    return forms.lasting(entry.duration_s)


def mood(entry: CallEntry) -> str:
    """Whether the customer's mood became better or worse."""
    if entry.valence_start is None or entry.valence_end is None:
        return say("screen.unknown")
    change = entry.valence_end - entry.valence_start
    if abs(change) < _SAME:
        return say("calls.mood_same")
    return say("calls.mood_better") if change > 0 else say("calls.mood_worse")


def mood_whole(entry: CallEntry) -> str:
    """The customer's mood at the start, at its lowest, at the end."""
    return say(
        "screen.mood_course",
        start=wording.valence(entry.valence_start),
        lowest=wording.valence(entry.valence_lowest),
        end=wording.valence(entry.valence_end),
    )


def risk(entry: CallEntry) -> str:
    """The highest risk, and the signs behind it."""
    if not entry.risk_kinds:
        return wording.risk(entry.risk)
    kinds = ", ".join(risk_kind(kind) for kind in entry.risk_kinds)
    return f"{wording.risk(entry.risk)}: {kinds}"


def risk_kind(kind: EscalationKind) -> str:
    """A sign of risk by its name."""
    return say(f"calls.risk_{kind}")


def order(entry: CallEntry) -> str:
    """The order check, short; a sign where there is something to say."""
    sign = _ORDER_SIGNS.get(entry.order)
    words = say(f"calls.order_{entry.order}")
    return f"{sign} {words}" if sign else words


def nudges(entry: CallEntry) -> str:
    """How many nudges were shown, and how many of them nothing came of."""
    if not entry.nudges_shown:
        return say("calls.no_nudges")
    if not entry.nudges_missed:
        return str(entry.nudges_shown)
    return say("calls.nudges_missed_of", shown=entry.nudges_shown, missed=entry.nudges_missed)


def causes(entry: CallEntry) -> str:
    """Why the customer called."""
    return ", ".join(cause(name) for name in entry.causes)


def cause(name: str) -> str:
    """A cause by its name on the screen; one that nobody has named stands as it is."""
    if (found := _causes().get(name)) is not None:
        return found.name(language())
    known = area("calls").get(f"cause_{name}")
    return known[language()] if known else name.replace("_", " ")


@cache
def _causes() -> Mapping[str, Cause]:
    """The causes that the product brings, by name."""
    return dict(load_tree().by_id)


def about(entry: CallEntry) -> str:
    """The words that a search found, else the causes."""
    return wording.quoted(entry.snippet) if entry.snippet else causes(entry)


def who(entry: CallEntry) -> str:
    """The team and the agent's number."""
    return " · ".join(part for part in (entry.team, entry.agent) if part)


def course(value: Course) -> str:
    """A course of the mood."""
    return say(f"calls.course_{value}")


def found(total: int | None) -> str:
    """How many calls there are."""
    return "" if total is None else counted("calls.found", total, number=forms.number(total))


def spoken(entry: CallEntry) -> str:
    """The call in a sentence, for a screen reader."""
    parts = (when(entry), lasted(entry), mood_whole(entry), risk(entry), order(entry), about(entry))
    return ", ".join(part for part in parts if part)
