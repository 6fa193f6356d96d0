"""Words that are not a speaker's own: the other side, heard in the wrong channel.

The guard in `audio.leak` silences an echo that it knows. What was recognised before it knew is
caught here: such words never become anybody's, and are never scored.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

import numpy as np

from audio.leak import LONGEST_S, LeakGuard, find_echo, is_echo, is_same, repeats
from coach.core.events import LeakMeasured, Word
from coach.core.requests import Transcribe
from coach.core.units import RATE, Samples
from coach.core.vocabulary import Pace, Speaker
from coach.runtime.desk import Hearing
from coach.runtime.ports import Block, Ear, Transcript

REJECTED = "echo"
UNCLEAR = "same_sound"
"""Both channels hold the same sound: it cannot be said who speaks, so nobody is scored for it."""
_REMEMBERED = 12
_NEWS_DB = 3.0
"""A level that moves less is no news."""


class Leaks:
    """Guards the blocks of a shift, and has news of its leaks for the log of each call."""

    def __init__(self) -> None:
        self._guard = LeakGuard()
        self._told: dict[Speaker, float] = {}
        self._seen = dict(self._guard.measured)

    def guarded(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks without the voice of one side in the channel of the other."""
        for block in blocks:
            if not len(block.agent):
                yield block
                continue
            agent, customer = self._guard.hear(block.agent, block.customer)
            yield Block(start=block.start, agent=agent, customer=customer)

    def call_begins(self) -> None:
        """From now on everything is news again: a log of a call stands for itself."""
        self._told = {}
        self._seen = dict(self._guard.measured)

    def forget(self) -> None:
        """Keep no sound of what was heard, nor anything that was found out."""
        self._guard = LeakGuard()
        self.call_begins()

    def news(self) -> list[LeakMeasured]:
        """The leaks that were measured since the last time and that nobody was told of yet."""
        found = []
        for speaker in Speaker:
            echo, seen = self._guard.echo(speaker), self._seen[speaker]
            self._seen[speaker] = self._guard.measured[speaker]
            if echo is None or self._seen[speaker] == seen:
                continue
            told = self._told.get(speaker)
            if told is None or abs(told - echo.db) >= _NEWS_DB:
                self._told[speaker] = echo.db
                found.append(LeakMeasured(at=Samples(0), speaker=speaker, db=round(echo.db, 1)))
        return found


class HearingWithoutEcho:
    """Hears what another `Hearing` hears, without the other side's words."""

    def __init__(self, hearing: Hearing, ears: Mapping[Speaker, Ear]) -> None:
        self._hearing = hearing
        self._ears = ears
        self._said: dict[Speaker, deque[tuple[Word, ...]]] = {
            speaker: deque(maxlen=_REMEMBERED) for speaker in Speaker
        }

    def take(self, request: Transcribe) -> Callable[[], Transcript]:
        """Take what is needed for the answer now; raises `LookupError` as the other one does."""
        hear = self._hearing.take(request)
        return partial(self._own, request, hear, self._not_theirs(request))

    def at_pace(self, pace: Pace) -> None:
        """Hear with as much care as there is time for."""
        self._hearing.at_pace(pace)

    def _not_theirs(self, request: Transcribe) -> str | None:
        """Why this is not the speaker's own voice, by the sound alone; `None`: it may well be."""
        mine = self._ears[request.speaker].audio(request.start, request.end)
        try:
            other = self._ears[_other(request.speaker)].audio(request.start, request.end)
        except LookupError:  # not as far yet: the words may still tell
            return None
        heard = np.flatnonzero(mine[: len(other)])  # the rest was taken out as echo already
        if not len(heard):
            return None
        first = max(0, int(heard[0]) - round(LONGEST_S * RATE))
        last = int(heard[-1]) + 1
        echo = find_echo(other[first:last], mine[first:last])
        if echo is None:
            return None
        if is_echo(echo):
            return REJECTED
        return UNCLEAR if is_same(echo) else None

    def _own(
        self, request: Transcribe, hear: Callable[[], Transcript], rejected: str | None
    ) -> Transcript:
        if rejected is not None:
            return Transcript(words=(), rejected=rejected)
        heard = hear()
        words = tuple(_moved(word, request) for word in heard.words)
        others = self._said[_other(request.speaker)]
        # Who of the two is the echo, only the sound can tell; without it, the customer's own
        # voice in the agent's microphone is by far the commoner leak.
        if request.speaker is Speaker.AGENT and any(repeats(words, other) for other in others):
            return Transcript(words=(), rejected=REJECTED)
        if words:
            self._said[request.speaker].append(words)
        return heard


def _other(speaker: Speaker) -> Speaker:
    return Speaker.CUSTOMER if speaker is Speaker.AGENT else Speaker.AGENT


def _moved(word: Word, request: Transcribe) -> Word:
    """A word on the clock of the call."""
    return Word(
        start=Samples(request.start + word.start),
        end=Samples(request.start + word.end),
        text=word.text,
    )
