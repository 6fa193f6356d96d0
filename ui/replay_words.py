"""The words for a call that is looked back at, in the language of the user. No Qt."""

from collections.abc import Sequence

from coach.core.metrics.advice import Nudge
from coach.core.metrics.mood import Moment
from coach.core.units import Samples, to_seconds
from coach.core.vocabulary import NudgeKind
from coach.phrases import counted, forms, say
from ui import wording
from ui.archive import Access, Note
from ui.replay_model import Coached, Line, Loss, ReplayCall, Row
from ui.replay_practice import Exercise
from ui.replay_whatif import Fate, Pair

_SHOWN_EMOTIONS = 2


def clock(at: Samples) -> str:
    """A moment of the call: "1:07"."""
    return forms.lasting(to_seconds(at))


def band(name: str) -> str:
    """What a lane or band of the drawing is called."""
    return say(f"replay.band_{name}")


def feeling(mood: Moment | None) -> str:
    """The customer's feeling in a word or two."""
    if mood is None or (mood.valence is None and not mood.emotions):
        return say("screen.unknown")
    if mood.emotions:
        return ", ".join(say(f"screen.{one}") for one in mood.emotions[:_SHOWN_EMOTIONS])
    return say("screen.neutral")


def moment(call: ReplayCall, at: Samples) -> str:
    """What is there at a moment: the time, the feeling, the risk, the words."""
    parts = [clock(at), f"{band('mood')}: {feeling(call.mood_at(at))}"]
    if (risk := call.risk_at(at)) is not None:
        parts.append(f"{band('risk')}: {wording.risk(risk.level)}")
    said = [line for line in call.lines if line.start <= at < line.end]
    parts += [
        f"{say(f'screen.{line.speaker}')}: {line.text or say('screen.not_understood')}"
        for line in said
    ]
    return "\n".join(parts)


def wave(call: ReplayCall) -> str:
    """The drawing in a few sentences."""
    mood = call.metrics.mood
    return say(
        "replay.wave_told",
        length=clock(call.length),
        start=wording.valence(mood.start.valence if mood.start else None),
        lowest=wording.valence(mood.lowest.valence if mood.lowest else None),
        end=wording.valence(mood.end.valence if mood.end else None),
        risk=wording.risk(call.metrics.advice.highest),
        nudges=counted("replay.nudges", len(call.coached)),
        silences=counted("replay.silences", len(call.silences)),
        overlaps=counted("replay.overlaps", len(call.overlaps)),
    )


def title(kind: NudgeKind) -> str:
    """What a nudge asks."""
    return say(f"nudges.{kind}")


def example(kind: NudgeKind) -> str:
    """How one might say it."""
    return say(f"nudges.{kind}_example")


def outcome(nudge: Nudge) -> str:
    """What the agent did with a nudge."""
    parts = [say("replay.done")] if nudge.acted_on else []
    if nudge.answer is not None:
        parts.append(say("replay.answered", answer=say(f"screen.{nudge.answer}").lower()))
    return ", ".join(parts) or say("replay.unanswered")


def because(words: str) -> str:
    """The words that caused something."""
    return say("screen.because", words=wording.quoted(words))


def reply(coached: Coached) -> str:
    """What the agent said next."""
    said = " ".join(line.text for line in coached.reply if line.text)
    return say("replay.reply", words=wording.quoted(said)) if said else say("replay.no_reply")


def silence(row: Row) -> str:
    """A long silence, or what was not heard."""
    length = forms.number(to_seconds(Samples(row.end - row.start)))  # type: ignore[union-attr]
    if isinstance(row, Loss):
        return say("replay.lost", seconds=length, reason=row.reason)
    return say("replay.silent", seconds=length)


def note(one: Note) -> str:
    """Who wrote a note and when."""
    return f"{one.author} · {forms.moment(one.written)}"


def access(one: Access) -> str:
    """Who opened the call and when."""
    return f"{forms.moment(one.when)}  {one.who}"


def line(one: Line) -> str:
    """What was said."""
    return say("screen.not_understood") if one.lost else one.text


def spoken(row: Row) -> str:
    """A row of the transcript for a screen reader."""
    match row:
        case Line():
            return f"{clock(row.start)} {say(f'screen.{row.speaker}')}: {line(row)}"
        case Coached():
            nudge = row.nudge
            told = (title(nudge.kind), because(nudge.because), outcome(nudge))
            return f"{clock(nudge.at)} {say('replay.nudge')}: {'. '.join(told)}"
        case Note():
            return f"{clock(row.at)} {say('replay.note')}: {row.text}. {note(row)}"
        case _:
            return f"{clock(row.start)} {silence(row)}"


def facts(call: ReplayCall) -> list[tuple[str, str]]:
    """The call in a few facts: a name and words."""
    mood, talk = call.metrics.mood, call.metrics.talk
    course = say(
        "screen.mood_course",
        start=wording.valence(mood.start.valence if mood.start else None),
        lowest=wording.valence(mood.lowest.valence if mood.lowest else None),
        end=wording.valence(mood.end.valence if mood.end else None),
    )
    order = say(f"screen.order_{call.order}")
    if call.order_because:
        order = f"{order}, {because(call.order_because)}"
    rows = [(say("screen.mood"), course), (say("screen.order"), order)]
    risky = [span for span in call.risks if span.because]
    risk = wording.risk(call.metrics.advice.highest)
    if risky:
        highest = max(risky, key=lambda span: span.level.rank)
        risk = f"{risk}, {because(highest.because)}"
    rows.append((say("screen.risk"), risk))
    share = talk.agent_share
    rows.append(
        (
            say("metrics.talk_agent_share"),
            say("screen.unknown") if share is None else forms.percent(share),
        )
    )
    rows.append((say("replay.interrupted"), interrupted(call)))
    return rows


def interrupted(call: ReplayCall) -> str:
    """How often either side spoke through the other."""
    from coach.core.vocabulary import Speaker

    talk = call.metrics.talk
    return say(
        "replay.interruptions",
        agent=talk.interrupted_by(Speaker.AGENT),
        customer=talk.interrupted_by(Speaker.CUSTOMER),
    )


def fate(pair: Pair) -> str:
    """What becomes of a nudge under other rules."""
    if pair.fate is Fate.MOVED and pair.before is not None and pair.after is not None:
        seconds = to_seconds(Samples(pair.after.at - pair.before.at))
        key = "replay.fate_later" if seconds > 0 else "replay.fate_sooner"
        return say(key, seconds=forms.number(abs(seconds), 1))
    return say(f"replay.fate_{pair.fate}")


def changed(pairs: Sequence[Pair]) -> str:
    """The difference in a sentence."""
    before = sum(pair.before is not None for pair in pairs)
    after = sum(pair.after is not None for pair in pairs)
    if all(pair.fate is Fate.SAME for pair in pairs):
        return say("replay.whatif_same")
    return say("replay.whatif_counts", before=before, after=after)


def exercise(one: Exercise, number: int, count: int) -> str:
    """Where in the exercises one is."""
    return say("replay.exercise", number=number, count=count, at=clock(one.at))
