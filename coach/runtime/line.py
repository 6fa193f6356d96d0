"""What waits for one model, and in which order it is taken. Belongs to nobody: no threads here.

| waiting | goes | how many wait | when there are too many |
|---|---|---|---|
| final words, customer | first | those of the last `TOO_LATE` | older ones are given up, and told |
| final words, agent | second | the same | the same |
| drafts | third | one a side | a newer one, a look or the whole replaces it |
| looks | last | one a side, none while final work waits | the same |
| readings of whole turns | in order | those of the last `TOO_LATE` | given up, and told |
| readings of parts | in order | one a side | a newer reading of that side replaces it |
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from coach.core.requests import Question, ScoreAgent, Transcribe
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import Speaker
from coach.runtime.desk import Answer

TOO_LATE: Final = from_seconds(180)
"""Words that nobody could give within three minutes are given up. A stall of two minutes is
caught up; the audio of the work that waits stays within some 25 MB."""


@dataclass(eq=False, slots=True)
class Job:
    """Work that answers `request`, asked for at `asked` on the call clock."""

    request: Question
    work: Callable[[], Answer]
    asked: Samples = Samples(0)
    number: int = 0

    @property
    def speaker(self) -> Speaker:
        """Whose speech it is about."""
        if isinstance(self.request, Transcribe):
            return self.request.speaker
        return Speaker.AGENT if isinstance(self.request, ScoreAgent) else Speaker.CUSTOMER

    @property
    def final(self) -> bool:
        """Whether the record needs the answer: such work is never dropped for newer work."""
        if isinstance(self.request, Transcribe):
            return self.request.final
        return not self.request.said.partial

    @property
    def is_whole(self) -> bool:
        """Whether it gives the words of finished speech."""
        return isinstance(self.request, Transcribe) and self.request.final

    @property
    def is_look(self) -> bool:
        """Whether it only looks at speech that goes on."""
        request = self.request
        return isinstance(request, Transcribe) and not (request.final or request.draft)

    @property
    def place(self) -> tuple[int, int]:
        """The lower one is taken first."""
        if not isinstance(self.request, Transcribe):
            return 0, self.number
        rank = 0 if self.request.final else (2 if self.request.draft else 4)
        return rank + (self.request.speaker is Speaker.AGENT), self.number


@dataclass(slots=True)
class Line:
    """The work that waits for one model."""

    _jobs: list[Job] = field(default_factory=list)

    def put(self, job: Job) -> list[Job]:
        """Let `job` wait; the work that it makes needless is taken out and returned."""
        replaced = [one for one in self._jobs if one.speaker is job.speaker and not one.final]
        for one in replaced:
            self._jobs.remove(one)
        self._jobs.append(job)
        return replaced

    def take(self) -> Job | None:
        """The work that is to be done next."""
        if not self._jobs:
            return None
        first = min(self._jobs, key=lambda job: job.place)
        self._jobs.remove(first)
        return first

    def give_up(self, before: Samples) -> list[Job]:
        """Take out what was asked for before that moment."""
        late = [job for job in self._jobs if job.asked < before]
        self._jobs = [job for job in self._jobs if job.asked >= before]
        return late
