"""Who spoke when: talk time, pace, interruptions and silence, from the stretches of speech."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from coach.core.events import AudioGap, LogEvent, SpeechEnded, Utterance
from coach.core.turns import is_listening_sound
from coach.core.units import RATE, Samples, from_seconds
from coach.core.vocabulary import Speaker

LEAD = from_seconds(1.0)
"""Who has spoken for less than this is not interrupted: both began at once."""

LONG_SILENCE = from_seconds(3.0)
"""Longer silence of both is non-talk time (Amazon Connect Contact Lens)."""

HOLD = "hold"
"""The reason of a gap in the audio that is no loss: on hold nothing is captured."""

_SEAM = from_seconds(0.1)
_MINUTE = 60 * RATE


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """Speech of one side. `text` is `None` where the words were lost.

    `words_end`: the end of the last word. The speech detector waits a little (some 0.25 s) before
    it calls a voice silent; over two voices that would make an interruption of a quick change.
    """

    speaker: Speaker
    start: Samples
    end: Samples
    text: str | None
    words_end: Samples


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A piece of the call."""

    start: Samples
    end: Samples

    @property
    def length(self) -> Samples:
        """Its length in samples."""
        return Samples(self.end - self.start)


@dataclass(frozen=True, kw_only=True, slots=True)
class Interruption(Span):
    """Both spoke; `by` began while the other had been speaking for `LEAD` and went on."""

    by: Speaker


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """How much one side spoke. `words` and `pace` (words a minute) are `None` when unknown."""

    time: Samples
    words: int | None
    pace: float | None
    longest: Samples


@dataclass(frozen=True, kw_only=True, slots=True)
class Talk:
    """How the talking was divided. `agent_share` is of both sides' talk time.

    `loudness` would be decibels a second and a side; the call log does not hold it today.
    """

    agent: Side
    customer: Side
    agent_share: float | None
    overlap: Samples
    interruptions: tuple[Interruption, ...]
    silences: tuple[Span, ...]
    holds: tuple[Span, ...]
    loudness: None = None

    def interrupted_by(self, speaker: Speaker) -> int:
        """How often `speaker` interrupted the other."""
        return sum(one.by is speaker for one in self.interruptions)

    @property
    def interrupted(self) -> Samples:
        """How long both spoke in the interruptions."""
        return Samples(sum(one.length for one in self.interruptions))

    @property
    def held(self) -> Samples:
        """How long the call was on hold."""
        return _covered(self.holds)

    @property
    def non_talk(self) -> Samples:
        """Hold and long silence together."""
        return _covered([*self.silences, *self.holds])


def talked(events: Iterable[LogEvent], threshold: Samples) -> Talk:
    """What the log tells about the talking.

    `threshold`: the overlap from which speaking through the other is an interruption.
    """
    kept = list(events)
    stretches = heard(kept)
    sides = {who: joined(one for one in stretches if one.speaker is who) for who in Speaker}
    agent, customer = sides[Speaker.AGENT], sides[Speaker.CUSTOMER]
    times = _time(agent), _time(customer)
    gaps = [event for event in kept if isinstance(event, AudioGap)]
    return Talk(
        agent=_side(stretches, agent, Speaker.AGENT),
        customer=_side(stretches, customer, Speaker.CUSTOMER),
        agent_share=times[0] / sum(times) if sum(times) else None,
        overlap=_overlap(agent, customer),
        interruptions=_interruptions(agent, customer, threshold),
        silences=_silences([*agent, *customer], gaps),
        holds=_union(Span(start=g.start, end=g.end) for g in gaps if g.reason == HOLD),
    )


def heard(events: Iterable[LogEvent]) -> list[Stretch]:
    """The stretches of speech in the order of their start. Sounds without words are none."""
    found: dict[tuple[Speaker, int], Stretch] = {}
    for event in events:
        match event:
            case SpeechEnded():
                key = (event.speaker, event.segment)
                found.setdefault(key, _stretch(event, None))
            case Utterance(text=""):
                found.pop((event.speaker, event.segment), None)
            case Utterance():
                found[(event.speaker, event.segment)] = _stretch(event, event.text)
            case _:
                pass
    return sorted(found.values(), key=lambda one: (one.start, one.end))


def count_words(text: str) -> int:
    """Words with at least one letter or digit."""
    return sum(any(sign.isalnum() for sign in word) for word in text.split())


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The stretches of one side with cuts in long speech mended, in order."""
    whole: list[Stretch] = []
    for one in stretches:
        last = whole[-1] if whole else None
        if last is None or one.start - last.end > _SEAM:
            whole.append(one)
            continue
        known = last.text is not None and one.text is not None
        text = f"{last.text} {one.text}" if known else None
        end, words_end = max(last.end, one.end), max(last.words_end, one.words_end)
        whole[-1] = replace(last, end=Samples(end), words_end=Samples(words_end), text=text)
    return whole


def _stretch(event: SpeechEnded | Utterance, text: str | None) -> Stretch:
    words = event.words if isinstance(event, Utterance) else ()
    last = min(event.end, words[-1].end) if words else event.end
    return Stretch(
        speaker=event.speaker,
        start=event.start,
        end=event.end,
        text=text,
        words_end=Samples(max(event.start, last)),
    )


def _side(stretches: Iterable[Stretch], whole: Sequence[Stretch], who: Speaker) -> Side:
    """Talk time of all speech; words and pace of what was understood."""
    known = [one for one in stretches if one.speaker is who and one.text is not None]
    spoken = _time(joined(known))
    words = sum(count_words(one.text or "") for one in known) if known or not whole else None
    return Side(
        time=_time(whole),
        words=words,
        pace=words * _MINUTE / spoken if words and spoken else None,
        longest=Samples(max((one.end - one.start for one in whole), default=0)),
    )


def _time(whole: Iterable[Stretch]) -> Samples:
    return Samples(sum(one.end - one.start for one in whole))


def _overlap(one: Sequence[Stretch], other: Sequence[Stretch]) -> Samples:
    starts = [stretch.start for stretch in other]
    total = 0
    for mine in one:
        first = max(0, bisect_right(starts, mine.start) - 1)
        for theirs in other[first:]:
            if theirs.start >= mine.words_end:
                break
            total += max(0, min(mine.words_end, theirs.words_end) - max(mine.start, theirs.start))
    return Samples(total)


def _interruptions(
    agent: Sequence[Stretch], customer: Sequence[Stretch], threshold: Samples
) -> tuple[Interruption, ...]:
    """A listening sound interrupts nobody, however long it takes."""
    found = [*_through(customer, agent, threshold), *_through(agent, customer, threshold)]
    return tuple(sorted(found, key=lambda one: one.start))


def _through(
    over: Sequence[Stretch], by: Sequence[Stretch], threshold: Samples
) -> Iterable[Interruption]:
    """Where `by` began to speak in the middle of `over` and went on beside it."""
    starts = [one.start for one in over]
    for mine in by:
        place = bisect_right(starts, mine.start - LEAD) - 1
        if place < 0 or over[place].words_end <= mine.start:
            continue
        if mine.text is not None and is_listening_sound(mine.text):
            continue
        both = Samples(min(mine.words_end, over[place].words_end))
        if both - mine.start >= threshold:
            yield Interruption(start=mine.start, end=both, by=mine.speaker)


def _silences(stretches: Iterable[Stretch], gaps: Iterable[AudioGap]) -> tuple[Span, ...]:
    """Silence of both between the first and the last word, unless nobody listened then."""
    spoken = _union(Span(start=one.start, end=one.end) for one in stretches)
    deaf = [Span(start=gap.start, end=gap.end) for gap in gaps]
    if not spoken:
        return ()
    first, last = spoken[0].start, spoken[-1].end
    known = _union([*spoken, *(one for one in deaf if one.start < last and one.end > first)])
    pauses = (Span(start=before.end, end=after.start) for before, after in pairwise(known))
    return tuple(pause for pause in pauses if pause.length > LONG_SILENCE)


def _union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same time without overlaps, in order."""
    whole: list[Span] = []
    for one in sorted(spans, key=lambda span: (span.start, span.end)):
        if whole and one.start <= whole[-1].end:
            whole[-1] = Span(start=whole[-1].start, end=Samples(max(whole[-1].end, one.end)))
        else:
            whole.append(one)
    return tuple(whole)


def _covered(spans: Iterable[Span]) -> Samples:
    return Samples(sum(one.length for one in _union(spans)))
