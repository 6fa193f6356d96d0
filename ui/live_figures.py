"""Facts of a running call, on demand: who talks how much, how fast, and how long nobody does.

Definitions as elsewhere in the product: a silence is more than three seconds in which nobody
speaks (Amazon Contact Lens counts "non-talk" alike); pace is words a minute of one's own speech.
"""

from dataclasses import dataclass, replace

from coach.core.events import LogEvent, SpeechEnded, SpeechStarted, Utterance
from coach.core.units import RATE, Samples, from_seconds
from coach.core.vocabulary import Speaker

SILENCE = from_seconds(3)
_MINUTE = 60 * RATE
_ENOUGH_TO_KNOW = from_seconds(10)


@dataclass(frozen=True, kw_only=True, slots=True)
class LiveFigures:
    """Lengths in samples. `talking` are those who speak now, `quiet_since` when all fell silent."""

    agent_speech: Samples = Samples(0)
    customer_speech: Samples = Samples(0)
    agent_words: int = 0
    agent_worded: Samples = Samples(0)
    silences: int = 0
    longest_silence: Samples = Samples(0)
    talking: frozenset[Speaker] = frozenset()
    quiet_since: Samples | None = None

    @property
    def talk_share(self) -> float | None:
        """The agent's share of all speech, 0..1; `None` while there is too little to know."""
        together = self.agent_speech + self.customer_speech
        return self.agent_speech / together if together >= _ENOUGH_TO_KNOW else None

    @property
    def pace(self) -> int | None:
        """The agent's words a minute; `None` while there is too little to know."""
        if self.agent_worded < _ENOUGH_TO_KNOW:
            return None
        return round(self.agent_words * _MINUTE / self.agent_worded)

    def after(self, event: LogEvent) -> "LiveFigures":
        """The figures when `event` has been taken in."""
        match event:
            case SpeechStarted():
                return self._started(event)
            case SpeechEnded():
                return self._ended(event)
            case Utterance(speaker=Speaker.AGENT) if event.text:
                return replace(
                    self,
                    agent_words=self.agent_words + len(event.text.split()),
                    agent_worded=Samples(self.agent_worded + event.end - event.start),
                )
            case _:
                return self

    def _started(self, event: SpeechStarted) -> "LiveFigures":
        talking = self.talking | {event.speaker}
        if self.talking or self.quiet_since is None:
            return replace(self, talking=talking)
        silent = Samples(event.start - self.quiet_since)
        if silent <= SILENCE:
            return replace(self, talking=talking)
        longest = max(self.longest_silence, silent)
        return replace(self, talking=talking, silences=self.silences + 1, longest_silence=longest)

    def _ended(self, event: SpeechEnded) -> "LiveFigures":
        length = event.end - event.start
        name = "agent_speech" if event.speaker is Speaker.AGENT else "customer_speech"
        spoken = Samples(getattr(self, name) + length)
        quiet_since = max(self.quiet_since or Samples(0), event.end)
        talking = self.talking - {event.speaker}
        changes = {name: spoken}
        return replace(self, talking=talking, quiet_since=quiet_since, **changes)
