"""From speech probabilities to stretches of speech. Pure: frames in, openings and endings out.

Frames have a fixed length, so the answer cannot depend on how the audio was cut into blocks.
"""

from dataclasses import dataclass, replace
from typing import Final

from coach.core.units import Samples, from_seconds

FRAME: Final = 512
"""Samples in one frame (32 ms): what the speech detector judges at a time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ears:
    """How speech is told from its surroundings.

    Two thresholds, so that a voice that drops for a moment is not cut off. `lead_in` and `tail`
    are kept around the speech, because a detector wakes up late and first consonants are quiet.
    A stretch that grows past `long_from` is cut at the first pause of `breath` that the voice comes
    back from; the longer it grows, the shorter a pause will do, down to half of that at `long`. So
    the words of long speech are waited for no longer than those of other speech. One that grows
    past `long` all the same is cut in the middle of its longest pause after `long_from`, or at its
    quietest moment where there was none, unless it is about to end by itself; so none is longer
    than `long` and `pause` together.

    After `hush` of silence the words so far are worth reading: often it is the end. `pause` is
    the silence that ends a stretch when its words say nothing else (see `expect`).
    """

    opens_at: float = 0.5
    closes_at: float = 0.35
    opens_after: int = 3
    hush: Samples = from_seconds(0.256)
    pause: Samples = from_seconds(0.704)
    lead_in: Samples = from_seconds(0.256)
    tail: Samples = from_seconds(0.128)
    breath: Samples = from_seconds(0.352)
    long_from: Samples = from_seconds(7.5)
    long: Samples = from_seconds(14)

    def __post_init__(self) -> None:
        if 2 * self.long_from < self.long + self.pause:
            raise ValueError("after a cut, frames would have passed in which the next may lie")


PATIENT_EARS: Final = Ears(hush=from_seconds(0.416))
"""For a call that nobody waits for: words are read only when they can still say how long to wait
(`endpoint.SHORT` is a frame longer), not for every breath in between. Cuts the same stretches."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """Speech began at `start`."""

    start: Samples


@dataclass(frozen=True, kw_only=True, slots=True)
class Hushed:
    """The voice fell silent; speech since `start` would end at `end` if it does not go on."""

    start: Samples
    end: Samples


@dataclass(frozen=True, kw_only=True, slots=True)
class Closed:
    """Speech lasted from `start` to `end`; `reason` is "pause", "cut" or "end".

    `rested`: the longest silence within it, after which the voice came back.
    """

    start: Samples
    end: Samples
    reason: str
    rested: Samples = Samples(0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Segmenter:
    """Where one channel stands. `now` is the end of the last frame that was judged.

    `run` counts the loud frames in a row. `floor` is the end of the last stretch:
    no audio is given out twice. `voiced` is the end of the last loud frame. `quietest` is the
    best place so far to cut, with its probability and with the length of the pause around it.
    `breath`: a good place to cut, once the voice is really back from the pause there.
    `rested`: the longest silence of this stretch that the voice came back from. `hushed`: the
    present silence was told. `pause`: the silence that ends this stretch, where its words called
    for another than usual.
    """

    now: Samples = Samples(0)
    run: int = 0
    floor: Samples = Samples(0)
    start: Samples | None = None
    voiced: Samples = Samples(0)
    quietest: Samples = Samples(0)
    quietest_probability: float = 1.0
    quiet: Samples = Samples(0)
    breath: Samples | None = None
    rested: Samples = Samples(0)
    hushed: bool = False
    pause: Samples | None = None


Heard = Opened | Hushed | Closed
"""What a frame can bring about."""


def hear(state: Segmenter, probability: float, ears: Ears) -> tuple[Segmenter, tuple[Heard, ...]]:
    """Judge one more frame, with the speech probability 0..1 that the detector gave it."""
    state = replace(state, now=Samples(state.now + FRAME))
    if state.start is None:
        return _listen(state, probability, ears)
    return _follow(state, state.start, probability, ears)


def expect(state: Segmenter, pause: Samples | None) -> Segmenter:
    """Let this much silence end the open stretch: what was said is complete, or hesitates.

    Holds until the voice comes back. Without open speech nothing changes.
    """
    return state if state.start is None else replace(state, pause=pause)


def finish(state: Segmenter) -> tuple[Segmenter, tuple[Closed, ...]]:
    """The audio ends here: speech that is still open is complete. Nothing of the tail is lost."""
    if state.start is None:
        return state, ()
    closed = Closed(start=state.start, end=state.now, reason="end", rested=state.rested)
    return replace(state, start=None, run=0, floor=state.now, pause=None), (closed,)


def _listen(
    state: Segmenter, probability: float, ears: Ears
) -> tuple[Segmenter, tuple[Heard, ...]]:
    run = state.run + 1 if probability >= ears.opens_at else 0
    if run < ears.opens_after:
        return replace(state, run=run), ()
    start = Samples(max(state.floor, state.now - run * FRAME - ears.lead_in))
    return _open(replace(state, hushed=False, pause=None, voiced=state.now), start)


def _open(state: Segmenter, start: Samples) -> tuple[Segmenter, tuple[Heard, ...]]:
    """A stretch begins at `start`; what was remembered of the one before it goes."""
    opened = replace(
        state,
        run=0,
        start=start,
        floor=max(state.floor, start),
        quietest=state.now,
        quietest_probability=1.0,
        quiet=Samples(0),
        breath=None,
        rested=Samples(0),
    )
    return opened, (Opened(start=start),)


def _follow(
    state: Segmenter, start: Samples, probability: float, ears: Ears
) -> tuple[Segmenter, tuple[Heard, ...]]:
    run = state.run + 1 if probability >= ears.opens_at else 0
    state = replace(state, run=run)
    if probability >= ears.closes_at:
        state = _back(state, start, ears)
    silence = state.now - state.voiced
    end = Samples(min(state.now, state.voiced + ears.tail))
    if silence >= (ears.pause if state.pause is None else state.pause):
        closed = Closed(start=start, end=end, reason="pause", rested=state.rested)
        return replace(state, start=None, run=0, floor=end, pause=None), (closed,)
    hushed: tuple[Heard, ...] = ()
    if silence >= ears.hush and not state.hushed:
        state, hushed = replace(state, hushed=True), (Hushed(start=start, end=end),)
    if state.now - start > ears.long_from:
        state = _look_for_a_cut(state, Samples(start + ears.long_from), probability)
    cut = _cut(state, start, ears)
    if cut is None:
        return state, hushed
    closed = Closed(start=start, end=cut, reason="cut", rested=state.rested)
    state, opened = _open(state, cut)
    return state, (*hushed, closed, *opened)


def _back(state: Segmenter, start: Samples, ears: Ears) -> Segmenter:
    """The voice is heard: remember the pause that it came back from, and whether to cut there."""
    pause = Samples(state.now - FRAME - state.voiced)
    breath, grown = state.breath, state.now - start
    if grown > ears.long_from and pause >= _worth_a_cut(grown, ears):
        breath = Samples(state.voiced + min(ears.tail, pause // 2))
    rested = Samples(max(state.rested, pause))
    return replace(state, voiced=state.now, hushed=False, pause=None, rested=rested, breath=breath)


def _worth_a_cut(grown: int, ears: Ears) -> int:
    """The pause at which a stretch is cut that has lasted so long."""
    left = max(0, ears.long - grown)
    return ears.breath // 2 + ears.breath * left // (2 * (ears.long - ears.long_from))


def _cut(state: Segmenter, start: Samples, ears: Ears) -> Samples | None:
    """Where the stretch is to be cut now; `None`: not yet.

    A single loud frame is no voice that came back. Silent since the cut would lie: a pause, unless
    the voice comes back.
    """
    if state.breath is not None and state.run >= ears.opens_after:
        return state.breath
    long = state.now - start >= ears.long and state.voiced >= state.quietest
    return state.quietest if long else None


def _look_for_a_cut(state: Segmenter, since: Samples, probability: float) -> Segmenter:
    """Remember the middle of the longest pause after `since`, else the quietest moment."""
    begins = max(state.voiced, since)
    quiet = Samples(state.now - begins)
    if quiet > max(state.quiet, FRAME):
        middle = Samples(begins + quiet // 2)
        return replace(state, quietest=middle, quietest_probability=probability, quiet=quiet)
    if not state.quiet and probability <= state.quietest_probability:
        middle = Samples(state.now - FRAME // 2)
        return replace(state, quietest=middle, quietest_probability=probability)
    return state
