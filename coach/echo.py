"""Words that are not a speaker's own: the other side, heard in the wrong channel.

The guard in `audio.leak` silences an echo that it knows. What was recognised before it knew is
caught here: such words never become anybody's, and are never scored.
"""

from collections import deque
from collections.abc import Callable, Mapping
from functools import partial

from audio.leak import find_echo, is_echo, repeats
from coach.core.events import Transcribe, Word
from coach.core.units import Samples
from coach.core.vocabulary import Speaker
from coach.runtime.desk import Hearing
from coach.runtime.ports import Ear, Transcript

REJECTED = "echo"
_REMEMBERED = 12


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
        return partial(self._own, request, hear, self._is_echo(request))

    def _is_echo(self, request: Transcribe) -> bool:
        mine = self._ears[request.speaker].audio(request.start, request.end)
        try:
            other = self._ears[_other(request.speaker)].audio(request.start, request.end)
        except LookupError:  # not as far yet: the words may still tell
            return False
        length = min(len(mine), len(other))
        echo = find_echo(other[:length], mine[:length])
        return echo is not None and is_echo(echo)

    def _own(
        self, request: Transcribe, hear: Callable[[], Transcript], is_echo: bool
    ) -> Transcript:
        if is_echo:
            return Transcript(words=(), rejected=REJECTED)
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
