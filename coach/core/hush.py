"""Which parts of a call's sound may be kept, by what its redacted log says.

Sound is kept where its words were read: a stretch of speech without words, or with words that were
thrown away, may hold anything. Where redaction left a mark, both sides are silent, a margin around
it too: a voice is often heard a little in the other channel.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from coach.core.events import LogEvent, Utterance, Word
from coach.core.redaction.marks import REST
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import Speaker

MARGIN: Final = from_seconds(0.4)
"""How far a word may begin before, or end behind, the moment that the recogniser gives it."""
_MARKS = frozenset(f"‹›{REST}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """From `start` up to `end` on the call clock."""

    start: Samples
    end: Samples


@dataclass(frozen=True, kw_only=True, slots=True)
class Audible:
    """What may be heard of either side, less what is `hushed` on both."""

    agent: tuple[Stretch, ...] = ()
    customer: tuple[Stretch, ...] = ()
    hushed: tuple[Stretch, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether there is something to keep."""
        return bool(self.agent or self.customer)


def audible(log: Iterable[LogEvent]) -> Audible:
    """What may be kept of the sound of a call. `log` is redacted (`redact_events`)."""
    said = [
        event
        for event in log
        if isinstance(event, Utterance) and event.text.strip() and event.rejected is None
    ]
    sides = {
        speaker: tuple(
            Stretch(start=one.start, end=one.end) for one in said if one.speaker is speaker
        )
        for speaker in Speaker
    }
    return Audible(
        agent=sides[Speaker.AGENT],
        customer=sides[Speaker.CUSTOMER],
        hushed=tuple(stretch for one in said for stretch in _hushed(one)),
    )


def _hushed(said: Utterance) -> Iterator[Stretch]:
    """Where the marks of an utterance are heard; all of it if nobody knows where."""
    marked = _is_marked(said.text) or any(_is_marked(word.text) for word in said.words)
    if not marked:
        return
    if not _is_timed(said):
        yield _around(said.start, said.end)
        return
    for hidden, words in groupby(said.words, lambda word: _is_marked(word.text)):
        run = list(words)
        if hidden:
            yield _around(run[0].start, run[-1].end)


def _is_timed(said: Utterance) -> bool:
    """Whether every word of the text stands at a moment of its own, and not at a guessed one."""
    return [word.text for word in said.words] == said.text.split() and _measured(said.words)


def _measured(words: Sequence[Word]) -> bool:
    return all(word.probability is not None for word in words)


def _is_marked(text: str) -> bool:
    return not _MARKS.isdisjoint(text)


def _around(start: Samples, end: Samples) -> Stretch:
    return Stretch(start=Samples(max(0, start - MARGIN)), end=Samples(end + MARGIN))
