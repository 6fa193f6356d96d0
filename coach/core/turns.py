"""Turns: what one speaker says until the other really takes over.

An utterance is one stretch of speech between pauses; a turn is one or more of them. A listening
sound ("ja", "hm") in the middle of the other's speech takes no turn.

Turns stand in the order in which they were spoken, not in the order in which their words became
known: a stretch of speech gets its number when its voice begins. A turn has the number of its
first stretch, so numbers go up and leave gaps.
"""

from dataclasses import dataclass, replace

from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import Speaker

GOES_ON_WITHIN = from_seconds(2.5)
"""Longer silence within one speaker's speech starts a new turn."""

KEPT = 24
"""Turns that are remembered; decisions look back a few turns, memory stays flat."""

_AWAITED = 256
"""Stretches of speech whose words may still come; those of three minutes are fewer."""

_LISTENING_WORDS = 3
_LISTENING = frozenset(
    "ja jaja jawel nee oké oke okee hm hmm mhm hum aha juist precies inderdaad klopt goed ok zeker "
    "tuurlijk ah oh o jeetje tja nou amai allez voilà".split()
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """Everything `speaker` said in one go. `pending` are words of speech that is still open.

    `read` is the end of the speech that stands in `text`; `start` while nothing does.
    """

    number: int
    speaker: Speaker
    start: Samples
    end: Samples
    read: Samples
    text: str
    pending: str = ""
    confidence: float | None = None

    @property
    def said(self) -> str:
        """All words so far, the pending ones included."""
        return f"{self.text} {self.pending}".strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Floor:
    """The latest turns, oldest first, and the number of the next one.

    `awaited`: the stretches of speech that have begun and whose words are not final yet.
    """

    turns: tuple[Turn, ...] = ()
    following: int = 0
    awaited: tuple["Stretch", ...] = ()

    def last(self, speaker: Speaker) -> Turn | None:
        """The latest turn of `speaker`."""
        return next((turn for turn in reversed(self.turns) if turn.speaker is speaker), None)

    def number_of(self, speaker: Speaker, segment: int) -> int | None:
        """The number that a stretch of speech got when it began; `None`: nobody knows it."""
        found = (s for s in self.awaited if s.speaker is speaker and s.segment == segment)
        return next((stretch.number for stretch in found), None)

    def number(self, number: int) -> Turn | None:
        """The turn with that number, while it is remembered."""
        return next((turn for turn in reversed(self.turns) if turn.number == number), None)

    def before(self, number: int, speaker: Speaker) -> tuple[Turn, ...]:
        """The remembered turns of `speaker` before turn `number`, oldest first."""
        return tuple(t for t in self.turns if t.number < number and t.speaker is speaker)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """A stretch of speech that began at `start`, and the number of the turn that it may begin."""

    speaker: Speaker
    segment: int
    number: int
    start: Samples


def begin(floor: Floor, speaker: Speaker, segment: int, start: Samples) -> Floor:
    """A voice begins: whatever it will say has its place in the order from now on."""
    number = floor.following
    stretch = Stretch(speaker=speaker, segment=segment, number=number, start=start)
    awaited = (*floor.awaited[-_AWAITED + 1 :], stretch)
    return replace(floor, following=floor.following + 1, awaited=awaited)


def known(floor: Floor, speaker: Speaker, segment: int) -> Floor:
    """The words of a stretch of speech are final: none will come any more."""
    awaited = tuple(s for s in floor.awaited if s.speaker is not speaker or s.segment != segment)
    return replace(floor, awaited=awaited)


def is_listening_sound(text: str) -> bool:
    """Whether `text` only says "I am listening": at most three words, all of them such sounds."""
    words = [word.strip(".,!?…-'\"").lower() for word in text.split()]
    return 0 < len(words) <= _LISTENING_WORDS and all(word in _LISTENING for word in words)


def say(
    floor: Floor,
    speaker: Speaker,
    start: Samples,
    end: Samples,
    text: str,
    *,
    final: bool,
    confidence: float | None = None,
    number: int | None = None,
) -> tuple[Floor, Turn]:
    """Add words to the floor: to the speaker's turn if it goes on, else as a new turn.

    Words that are not `final` stand as pending and are replaced by the next ones; when they come
    after the whole of their speech, nothing changes. `number`: that of their stretch of speech;
    `None`: they are the latest.
    """
    place = floor.following if number is None else number
    going = _before(floor, speaker, place)
    if not final and going is not None and start < going.read:
        return floor, going
    if going is None or not _goes_on(floor, going, start, place):
        going = Turn(number=place, speaker=speaker, start=start, end=end, read=start, text="")
        turns = sorted((*floor.turns, going), key=lambda turn: turn.number)
        following = max(floor.following, place + 1)
        floor = replace(floor, turns=_kept(turns, going), following=following)
    turn = replace(going, end=Samples(max(going.end, end)), confidence=confidence)
    if final:
        joined = f"{going.text} {text}".strip()
        turn = replace(turn, text=joined, pending="", read=Samples(max(going.read, end)))
    else:
        turn = replace(turn, pending=text)
    return _put(floor, turn), turn


def withdraw(floor: Floor, speaker: Speaker, end: Samples, number: int | None = None) -> Floor:
    """Speech up to `end` had no words after all, or they are lost: no look at it stands."""
    turn = _before(floor, speaker, floor.following if number is None else number)
    if turn is None or not turn.pending or turn.read >= end:
        return floor
    if turn.text:
        return _put(floor, replace(turn, pending="", end=turn.read))
    return replace(floor, turns=tuple(t for t in floor.turns if t is not turn))


def _before(floor: Floor, speaker: Speaker, place: int) -> Turn | None:
    """The latest turn of `speaker` that began no later than the stretch with that number."""
    earlier = (t for t in reversed(floor.turns) if t.speaker is speaker and t.number <= place)
    return next(earlier, None)


def _kept(turns: list[Turn], new: Turn) -> tuple[Turn, ...]:
    """The latest turns; one that has just come is among them, however old it is."""
    if len(turns) <= KEPT:
        return tuple(turns)
    oldest = next(turn for turn in turns if turn is not new)
    return tuple(turn for turn in turns if turn is not oldest)


def _put(floor: Floor, turn: Turn) -> Floor:
    turns = tuple(turn if t.number == turn.number else t for t in floor.turns)
    return replace(floor, turns=turns)


def _goes_on(floor: Floor, turn: Turn, start: Samples, place: int) -> bool:
    if turn.pending:
        return True
    if start - turn.end > GOES_ON_WITHIN:
        return False
    if any(  # the other spoke in between; the words of that are still to come
        other.speaker is not turn.speaker
        and turn.number < other.number < place
        and other.start >= turn.end
        for other in floor.awaited
    ):
        return False
    return not any(
        other.speaker is not turn.speaker
        and other.number < place
        and other.end > turn.end
        and not (is_listening_sound(other.said) and other.start < turn.end)
        for other in floor.turns
    )
