"""How the work of a call goes: what is waited for, since when, and what follows from it."""

from dataclasses import dataclass, field

from coach.core.events import PaceChanged, Utterance, WorkLost
from coach.core.requests import Question, Transcribe
from coach.core.units import RATE, Samples, from_seconds
from coach.core.vocabulary import Pace, Speaker
from coach.runtime.desk import Answer
from coach.runtime.load import Load, Observed, watch

_LATELY = from_seconds(5)
"""The stretch of the call over which the recogniser's share of work is taken."""

_ITS_TIME = 4
"""A machine that keeps up reads speech in a quarter of its length (docs/measurements.md). What long
speech takes beyond a short one is no lag."""

_Whole = tuple[Speaker, Samples, Samples]
"""A finished stretch of speech: whose, from, to."""


@dataclass(slots=True)
class Health:
    """Watches the final words that are waited for. Belongs to the thread that runs the call.

    `paces` are the levels that this machine has: the smaller model only where there is one.
    """

    paces: tuple[Pace, ...] = tuple(Pace)
    _load: Load = field(default_factory=Load)
    _asked: dict[_Whole, Samples] = field(default_factory=dict)
    _lag: Samples = Samples(0)
    _since: tuple[Samples, float] = (Samples(0), 0.0)
    _busy: float = 0.0

    def asked(self, question: Question, at: Samples) -> None:
        """Somebody is going to wait for this answer."""
        if isinstance(question, Transcribe) and question.final:
            self._asked[question.speaker, question.start, question.end] = at

    def answered(self, answer: Answer, at: Samples) -> None:
        """The wait for an answer is over."""
        if isinstance(answer, Utterance | WorkLost):
            whole = (answer.speaker, answer.start, answer.end)
            since = self._asked.pop(whole, at)
            self._lag = max(self._lag, _lag(whole, Samples(at - since)))

    def look(self, at: Samples, worked_s: float) -> PaceChanged | None:
        """What follows for the pace. `worked_s`: how long the recogniser was at work so far."""
        since, before = self._since
        if at - since >= _LATELY:
            self._busy = min(1.0, (worked_s - before) * RATE / (at - since))
            self._since = (at, worked_s)
        waits = (_lag(whole, Samples(at - since)) for whole, since in self._asked.items())
        lag, self._lag = max(self._lag, *waits, Samples(0)), Samples(0)
        seen = Observed(at=at, lag=lag, busy=self._busy)
        self._load, change = watch(self._load, seen, self.paces)
        if change is None:
            return None
        return PaceChanged(at=at, pace=change.pace, reason=change.reason, lag=lag)


def _lag(whole: _Whole, waited: Samples) -> Samples:
    """How much longer these words are waited for than on a machine that keeps up."""
    _, start, end = whole
    return Samples(max(0, waited - (end - start) // _ITS_TIME))
