"""What the protocol asks for after a call, as it is told: to whom, by when, and which words."""

from collections.abc import Sequence
from dataclasses import dataclass

from coach.core.events import LogEvent
from coach.core.hand_over import Task, Wording, hand_over, tasks
from coach.core.metrics import CallMetrics, measure
from coach.core.protocol import Entry, Protocol
from coach.core.vocabulary import Emotion
from coach.phrases import language, say
from coach.phrases.forms import moment
from coach.protocol import within_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The `tasks` of a call, the most pressing first; `cause`: the id of the customer's trouble.

    `why_not`: why nobody knows the tasks, in the user's words.
    """

    call: CallMetrics
    tasks: tuple[Task, ...] = ()
    cause: str | None = None
    why_not: str = ""


def asked_for(events: Sequence[LogEvent], protocol: Protocol, cause: str | None = None) -> Asked:
    """What `protocol` asks for after a call: often nothing."""
    return Asked(call=measure(events), tasks=tasks(events, protocol), cause=cause)


def hand_over_text(task: Task, call: CallMetrics, cause_name: str | None) -> str:
    """The text for the owner, in the user's language; redacted."""
    return hand_over(task, call, _wording(), cause_name)


def whom_and_when(entry: Entry, task: Task | None = None) -> str:
    """Who is told, how, and by when: the moment itself for a `task` that has one."""
    by = None
    if task is not None and task.due is not None:
        by = say("protocol.by_moment", moment=moment(task.due))
    owner, channel = entry.owner[language()], say(f"protocol.channel_{entry.channel}")
    within = by or within_words(entry.deadline)
    return say("protocol.who_what_when", owner=owner, channel=channel, deadline=within)


def _wording() -> Wording:
    names = {emotion.value: say(f"screen.{emotion}") for emotion in Emotion}
    gaps = {"start": "{start}", "lowest": "{lowest}", "end": "{end}"}
    from_to = say("protocol.mood_from_to", **gaps)
    return Wording(
        language=language(),
        unknown=say("protocol.unknown"),
        somebody=say("protocol.somebody"),
        nothing=say("protocol.nothing"),
        moment="%d-%m-%Y %H:%M",
        mood={**names, "neutral": say("screen.neutral"), "from_to": from_to},
    )
