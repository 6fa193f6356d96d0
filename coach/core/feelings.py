"""What the customer feels over the call, and whether the agent has taken it up."""

import math
from dataclasses import dataclass, replace

from coach.core.events import CustomerScored
from coach.core.units import Samples
from coach.core.vocabulary import Act, Emotion, EscalationKind, Modality, Speaker

CLEAR = 2
"""The intensity from which a negative emotion deserves a word."""

_PLAIN = 0.6
"""The chance from which an emotion is plain enough to be taken up."""

_MORE_LIKELY = 0.5
"""The chance from which it is more likely than not that something hurts, whatever it is called."""

_LIKELY = 0.35
"""The chance from which an emotion colours dark words."""

_DARK = -0.3
"""The valence from which on words with an emotion that hurts are negative."""

_VERY_DARK = -0.6
"""The valence from which on words are negative whatever the emotion (confusion alone is not), and
a feeling other than sadness deserves a word."""

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

WARM = frozenset({Emotion.GRATITUDE, Emotion.RELIEF, Emotion.JOY})

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
    feeling of any strength, for the order check. `shadow`: something may have hurt. Valences are
    -2..2, `None` while unknown.
    """

    open: Feeling | None = None
    strongest: int = 0
    negative: Feeling | None = None
    shadow: bool = False
    taken_up_in_turn: int | None = None
    valence_start: float | None = None
    valence_lowest: float | None = None
    valence_end: float | None = None


def is_negative(scored: CustomerScored) -> bool:
    """Words that are clearly dark, with at least a light intensity, or a loss that is told."""
    hurt = any(is_sure(scored, emotion, _LIKELY) for emotion in _HARD)
    limit = _DARK if hurt else _VERY_DARK
    dark = (scored.valence or 0) <= limit and (scored.intensity or 0) >= 1
    return dark or _is_bereaved(scored)


def is_strong(scored: CustomerScored) -> bool:
    """A clear negative emotion (intensity 2 or more), sadness of any strength, or a loss.

    Emotions that are only guessed at are not enough: three outputs of the model must agree. But it
    need not be clear which one it is: where words were misheard, the chances are divided over
    anger, frustration and stress, and each alone is a guess. Who tells of a death in the family
    deserves a word however calmly it is told.
    """
    if _is_bereaved(scored):
        return True
    if not is_negative(scored):
        return False
    if is_sure(scored, Emotion.SADNESS):
        return True
    felt = _chance_of_hurt(scored) >= _MORE_LIKELY
    return felt and (scored.intensity or 0) >= CLEAR and (scored.valence or 0) <= _VERY_DARK


def is_glad(scored: CustomerScored) -> bool:
    """Gratitude, relief or joy in words that are not dark: whatever hurt before is behind them."""
    return (scored.valence or 0) > 0 and not WARM.isdisjoint(scored.emotions)


def has_hard_emotion(scored: CustomerScored) -> bool:
    """Whether any emotion that hurts was found, however faint."""
    return not _HARD.isdisjoint(scored.emotions)


def may_be_negative(scored: CustomerScored) -> bool:
    """Whether anything in the reading, however faint, points to a negative feeling."""
    return is_negative(scored) or has_hard_emotion(scored)


def _is_bereaved(scored: CustomerScored) -> bool:
    sad = Emotion.SADNESS in scored.emotions
    return sad and any(
        e.kind is EscalationKind.BEREAVEMENT and e.modality is Modality.ASSERTED and e.sure
        for e in scored.escalations
    )


def is_sure(scored: CustomerScored, emotion: Emotion, least: float = _PLAIN) -> bool:
    """Whether the emotion was found, and clearly so. A model that gives no chances is sure."""
    return emotion in scored.emotions and _chance(scored, emotion) >= least


def _chance(scored: CustomerScored, emotion: Emotion) -> float:
    """The chance of an emotion that was found, 0..1."""
    chances = (b.chance for b in scored.because if b.label == emotion and b.chance is not None)
    return min(chances, default=1.0)


def _chance_of_hurt(scored: CustomerScored) -> float:
    """The chance, 0..1, that one or another of the emotions found hurts: as if independent."""
    hurting = _HARD.intersection(scored.emotions)
    return 1.0 - math.prod(1.0 - _chance(scored, emotion) for emotion in hurting)


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
    feelings = replace(feelings, shadow=feelings.shadow or may_be_negative(scored))
    if is_glad(scored):
        return replace(feelings, open=None)
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
