"""Why a customer was upset: a cause from a tree that an organisation can edit, with its words.

Only calls in which the customer was clearly negative have a cause. The customer's own words around
the lowest point count most, then the turn in which the trouble was first told. Three things speak
for a cause: its cues in those words, a sign of escalation that goes with it, and how much the
words are like its example sentences, if a model says so. Circumstances ("for the third time") come
beside the cause.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coach.core.cause_tree import Cause, Tree
from coach.core.events import LogEvent, Utterance
from coach.core.metrics.mood import Mood, felt
from coach.core.metrics.signs import Sign, signs
from coach.core.quotes import clause
from coach.core.units import Samples
from coach.core.vocabulary import Speaker

_LOWEST, _FIRST, _NEXT, _REST = 1.0, 0.9, 0.6, 0.3
"""How much the words of a turn count: the lowest one, the first negative one, their neighbours."""

ENOUGH = 0.3
"""The score from which on there is a cause at all: one cue somewhere, or a faint likeness."""

_MOST_CUES, _SIGN, _LIKE = 3.0, 1.0, 2.0
"""How much the cues can bring, an asserted sign brings, and a likeness of 1 would bring."""

_PHRASE = 1.5
_LONGEST_QUOTE = 30

Likeness = Mapping[str, float]
"""How like the examples of each cause the customer's words are, -1..1, by the cause's id."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What an upset customer told, and where: the words of one turn and how much they count."""

    turn: int
    start: Samples
    text: str
    weight: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Complaint:
    """What an upset customer told in a call, and the signs in it; no `turns`: was not upset."""

    turns: tuple[Told, ...]
    signs: tuple[Sign, ...]

    @property
    def text(self) -> str:
        """The words that count most, in spoken order."""
        return " ".join(one.text for one in self.turns if one.weight >= _FIRST)


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundCause:
    """A cause of an upset call.

    `words` carried it; `by` says what spoke loudest: "cues", "signs" or "model".
    """

    cause: str
    score: float
    words: str
    at: Samples
    by: str


def complaint(events: Iterable[LogEvent]) -> Complaint:
    """What the customer complained of, in the customer's own words; the agent's are not in it."""
    kept = list(events)
    mood = felt(kept)
    if not mood.upset or mood.lowest is None:
        return Complaint(turns=(), signs=())
    said = [e for e in kept if isinstance(e, Utterance) and e.speaker is Speaker.CUSTOMER]
    weights = _weights(mood)
    turns = []
    for moment in mood.curve:
        text = " ".join(e.text for e in said if moment.start <= e.start < moment.end and e.text)
        if text:
            weight = weights[moment.turn]
            turns.append(Told(turn=moment.turn, start=moment.start, text=text, weight=weight))
    return Complaint(turns=tuple(turns), signs=signs(kept))


def find_causes(
    told: Complaint, tree: Tree, likeness: Likeness | None = None
) -> tuple[FoundCause, ...]:
    """The cause that most speaks for, then the circumstances; empty: nothing says enough."""
    if not told.turns:
        return ()
    like = likeness or {}
    main: FoundCause | None = None
    beside = []
    for cause in tree.causes:
        found = _weigh(cause, told, like.get(cause.id, 0.0))
        if found.score < ENOUGH:
            continue
        if cause.circumstance:
            beside += [found] if found.by != "model" else []
        elif main is None or found.score > main.score:
            main = found
    beside.sort(key=lambda one: -one.score)
    return (main, *beside) if main is not None else tuple(beside)


def _weights(mood: Mood) -> dict[int, float]:
    """How much each of the customer's turns counts."""
    order = list(mood.curve)
    special = {moment.turn: _LOWEST for moment in (mood.lowest,) if moment is not None}
    if mood.first_negative is not None:
        special.setdefault(mood.first_negative.turn, _FIRST)
    near = {
        order[n + step].turn
        for n, moment in enumerate(order)
        if moment.turn in special
        for step in (-1, 1)
        if 0 <= n + step < len(order)
    }
    rest = {moment.turn: _NEXT if moment.turn in near else _REST for moment in order}
    return rest | special


def _weigh(cause: Cause, told: Complaint, like: float) -> FoundCause:
    cues, words, at = _cues(cause, told.turns)
    sign = next((sign for sign in told.signs if sign.kind in cause.signs), None)
    parts = {"cues": min(cues, _MOST_CUES), "signs": _SIGN if sign else 0.0, "model": _LIKE * like}
    by = max(parts, key=lambda name: parts[name])
    if not words:
        words, at = _around(sign, told)
    score = round(sum(parts.values()), 3)
    quote = " ".join(words.split()[:_LONGEST_QUOTE])
    return FoundCause(cause=cause.id, score=score, words=quote, at=at, by=by)


def _around(sign: Sign | None, told: Complaint) -> tuple[str, Samples]:
    """The sentence of a sign; without one, what was said at the lowest point."""
    if sign is not None:
        return sign.sentence, sign.start
    loudest = max(told.turns, key=lambda one: one.weight)
    return loudest.text, loudest.start


def _cues(cause: Cause, turns: Sequence[Told]) -> tuple[float, str, Samples]:
    """How much its cues bring, and the clause with the weightiest one.

    Each different cue counts once, where it weighs most; phrases count for more than words.
    """
    hits: dict[str, tuple[float, Told, int]] = {}
    for turn in turns:
        for match in cause.found_in(turn.text):
            cue = match.group().lower()
            worth = turn.weight * (_PHRASE if " " in cue else 1.0)
            if cue not in hits or worth > hits[cue][0]:
                hits[cue] = (worth, turn, match.start())
    if not hits:
        return 0.0, "", Samples(0)
    _, turn, at = max(hits.values(), key=lambda hit: hit[0])
    return sum(worth for worth, _, _ in hits.values()), clause(turn.text, at), turn.start
