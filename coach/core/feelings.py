"""What the customer feels over the call, and whether the agent has taken it up."""

from dataclasses import dataclass, replace

from coach.core.events import CustomerScored
from coach.core.units import Samples
from coach.core.vocabulary import Act, Emotion, Speaker

CLEAR = 2
"""The intensity from which a negative emotion deserves a word."""

_DARK = -0.7
"""The valence from which on words are clearly negative; labels are whole numbers."""

_HARD = frozenset(
    {
        Emotion.ANGER,
        Emotion.FRUSTRATION,
        Emotion.DISAPPOINTMENT,
        Emotion.SADNESS,
        Emotion.FEAR,
        Emotion.STRESS,
    }
)

TAKES_UP = frozenset({Act.ACKNOWLEDGE_EMOTION, Act.CONDOLE})
"""Acts that take up a feeling. An apology alone is about the organisation, not the customer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Feeling:
    """A feeling that deserves a word: in which turn it was heard, how strong, by which words."""

    turn: int
    end: Samples
    emotions: tuple[Emotion, ...]
    intensity: int
    because: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Feelings:
    """The customer's feelings so far.

    `open` is the latest strong feeling that nobody has taken up. `negative` is the first negative
    feeling of any strength, for the order check. Valences are -2..2, `None` while unknown.
    """

    open: Feeling | None = None
    strongest: int = 0
    negative: Feeling | None = None
    taken_up_in_turn: int | None = None
    valence_start: float | None = None
    valence_lowest: float | None = None
    valence_end: float | None = None


def is_negative(scored: CustomerScored) -> bool:
    """Words that are clearly dark, with at least a light intensity."""
    return (scored.valence or 0) <= _DARK and (scored.intensity or 0) >= 1


def is_strong(scored: CustomerScored) -> bool:
    """A clear negative emotion (intensity 2 or more), or sadness of any strength.

    Emotions that are only guessed at are not enough: three outputs of the model must agree.
    """
    sad = is_sure(scored, Emotion.SADNESS)
    felt = sad or any(is_sure(scored, emotion) for emotion in _HARD)
    return felt and is_negative(scored) and (sad or (scored.intensity or 0) >= CLEAR)


def is_sure(scored: CustomerScored, emotion: Emotion) -> bool:
    """Whether the emotion was found, and not just guessed."""
    if emotion not in scored.emotions:
        return False
    return all(reason.sure for reason in scored.because if reason.label == emotion)


def because_of(scored: CustomerScored) -> str:
    """The words that carry the feeling, for people to read."""
    wanted = {emotion.value for emotion in scored.emotions} | {"valence", "intensity"}
    words = [reason.words for reason in scored.because if reason.label in wanted]
    return " … ".join(dict.fromkeys(words))


def feel(feelings: Feelings, scored: CustomerScored, words: str) -> Feelings:
    """Take in a final reading of a customer's turn; `words` are what was said in it."""
    if scored.speaker is not Speaker.CUSTOMER:
        raise TypeError("feelings are the customer's")
    feelings = _measure(feelings, scored.valence)
    if not is_negative(scored):
        return _let_go(feelings, scored.turn)
    feeling = Feeling(
        turn=scored.turn,
        end=scored.end,
        emotions=scored.emotions,
        intensity=scored.intensity or 0,
        because=because_of(scored) or words,
    )
    feelings = replace(feelings, negative=feelings.negative or feeling)
    if not is_strong(scored):
        return _let_go(feelings, scored.turn)
    return replace(feelings, open=feeling, strongest=max(feelings.strongest, feeling.intensity))


def take_up(feelings: Feelings, turn: int) -> Feelings:
    """The agent's turn `turn` took the feeling up."""
    return replace(feelings, open=None, taken_up_in_turn=turn)


def _let_go(feelings: Feelings, turn: int) -> Feelings:
    """A later judgement of the very turn that gave the open feeling took it back."""
    if feelings.open is not None and feelings.open.turn == turn:
        return replace(feelings, open=None)
    return feelings


def _measure(feelings: Feelings, valence: float | None) -> Feelings:
    if valence is None:
        return feelings
    lowest = feelings.valence_lowest
    return replace(
        feelings,
        valence_start=valence if feelings.valence_start is None else feelings.valence_start,
        valence_lowest=valence if lowest is None else min(lowest, valence),
        valence_end=valence,
    )
