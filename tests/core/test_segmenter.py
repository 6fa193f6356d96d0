"""From speech probabilities to stretches of speech."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coach.core.segmenter import (
    FRAME,
    PATIENT_EARS,
    Closed,
    Ears,
    Heard,
    Hushed,
    Opened,
    Segmenter,
    expect,
    finish,
    hear,
)
from coach.core.units import Samples, from_seconds

EARS = Ears()
QUICK = Ears(
    pause=Samples(4 * FRAME),
    lead_in=Samples(2 * FRAME),
    tail=Samples(FRAME),
    long_from=Samples(10 * FRAME),
    long=Samples(16 * FRAME),
)
"""The same manners, sooner: a test need not last as long as a sentence."""

EAGER = replace(QUICK, lead_in=Samples(8 * FRAME), tail=Samples(3 * FRAME))
"""Ears that would take the same audio twice if nobody minded."""

BREATHING = replace(QUICK, breath=Samples(2 * FRAME))
"""Ears that cut long speech at every breath."""

PAUSE = EARS.pause // FRAME
BREATH = EARS.breath // FRAME
LONG_FROM = -(-EARS.long_from // FRAME)
NEVER = from_seconds(60)


def listen(probabilities: Sequence[float], ears: Ears = EARS) -> list[Heard]:
    state, heard = Segmenter(), []
    for probability in probabilities:
        state, events = hear(state, probability, ears)
        heard += events
    _, events = finish(state)
    return [*heard, *events]


def stretches(probabilities: Sequence[float], ears: Ears = EARS) -> list[Closed]:
    return [event for event in listen(probabilities, ears) if isinstance(event, Closed)]


def frames(*parts: tuple[int, float]) -> list[float]:
    """So many frames of that probability, one part after another."""
    return [probability for count, probability in parts for _ in range(count)]


@pytest.mark.parametrize(
    ("name", "probabilities"),
    [
        ("nothing at all", []),
        ("silence", frames((200, 0.0))),
        ("a click", frames((50, 0.0), (2, 1.0), (50, 0.0))),
        ("clicks", frames(*[(1, 1.0), (1, 0.0)] * 60)),
        ("a murmur under the threshold", frames((200, 0.49))),
    ],
)
def test_what_is_no_speech_opens_nothing(name: str, probabilities: list[float]) -> None:
    assert listen(probabilities) == [], name


def test_speech_is_given_with_what_came_just_before_and_after() -> None:
    (said,) = stretches(frames((20, 0.0), (40, 1.0), (40, 0.0)))
    assert said.start == 20 * FRAME - EARS.lead_in
    assert said.end == 60 * FRAME + EARS.tail
    assert said.reason == "pause"


def test_the_lead_in_does_not_reach_before_the_call() -> None:
    (said,) = stretches(frames((2, 0.0), (40, 1.0)))
    assert said.start == 0


def test_speech_opens_before_it_is_complete() -> None:
    opened, _ = listen(frames((20, 0.0), (3, 1.0)))
    assert opened == Opened(start=Samples(20 * FRAME - EARS.lead_in))


@pytest.mark.parametrize(("quiet", "expected"), [(PAUSE - 1, 1), (PAUSE, 2)])
def test_a_pause_divides_and_a_breath_does_not(quiet: int, expected: int) -> None:
    assert len(stretches(frames((10, 1.0), (quiet, 0.0), (10, 1.0)))) == expected


def test_a_voice_that_drops_for_a_moment_is_not_cut_off() -> None:
    (said,) = stretches(frames((10, 1.0), (100, 0.4), (40, 0.0)))
    assert said.end == 110 * FRAME + EARS.tail


def test_the_last_word_at_the_very_end_is_not_lost() -> None:
    (said,) = stretches(frames((20, 0.0), (10, 1.0)))
    assert (said.end, said.reason) == (30 * FRAME, "end")


def test_a_long_sentence_is_cut_at_its_quietest_moment() -> None:
    breath = frames((250, 0.9), (1, 0.36), (300, 0.9))
    first, second = stretches(breath)
    assert first.reason == "cut"
    assert first.end == second.start == 250 * FRAME + FRAME // 2


def told(probabilities: Sequence[float], ears: Ears = EARS) -> list[tuple[Closed, Samples]]:
    """The stretches, and when each was told."""
    state, found = Segmenter(), []
    for probability in probabilities:
        state, events = hear(state, probability, ears)
        found += [(event, state.now) for event in events if isinstance(event, Closed)]
    return found


def test_long_speech_is_cut_at_a_breath_as_soon_as_the_voice_is_back() -> None:
    """The words of long speech used to be waited for until it had grown to fourteen seconds."""
    spoken = frames((LONG_FROM, 0.9), (BREATH, 0.0), (EARS.opens_after, 0.9))
    ((said, at),) = told(spoken)
    assert (said.reason, said.end) == ("cut", LONG_FROM * FRAME + EARS.tail)
    assert said.rested == BREATH * FRAME
    assert at == len(spoken) * FRAME


def test_a_breath_at_which_it_is_cut_ends_it_where_it_was_drafted() -> None:
    heard = listen(frames((LONG_FROM, 0.9), (BREATH, 0.0), (EARS.opens_after, 0.9)))
    _, hushed, closed, *_ = heard
    assert isinstance(hushed, Hushed)
    assert isinstance(closed, Closed)
    assert (hushed.start, hushed.end) == (closed.start, closed.end)


@pytest.mark.parametrize(
    ("name", "probabilities"),
    [
        ("too early", frames((LONG_FROM - BREATH - 9, 0.9), (BREATH, 0.0), (20, 0.9))),
        ("a click after it", frames((LONG_FROM, 0.9), (BREATH, 0.0), (2, 0.9), (5, 0.0))),
        ("too short", frames((LONG_FROM, 0.9), (BREATH - 3, 0.0), (20, 0.9))),
    ],
)
def test_what_is_no_breath_in_long_speech_cuts_nothing(
    name: str, probabilities: list[float]
) -> None:
    assert told(probabilities) == [], name


def test_the_longer_speech_grows_the_shorter_a_breath_will_do() -> None:
    later = EARS.long // FRAME - 30
    assert told(frames((later, 0.9), (BREATH - 3, 0.0), (EARS.opens_after, 0.9)))
    assert not told(frames((later, 0.9), (BREATH // 3, 0.0), (EARS.opens_after, 0.9)))


BREATHS = st.lists(st.tuples(st.integers(20, 60), st.integers(8, 21)), min_size=8, max_size=20)


@given(BREATHS)
def test_the_words_of_somebody_who_breathes_are_never_waited_for_long(
    breaths: list[tuple[int, int]],
) -> None:
    spoken = frames(*[part for loud, quiet in breaths for part in ((loud, 0.9), (quiet, 0.0))])
    for said, at in told(spoken):
        assert at - said.end <= EARS.pause + EARS.opens_after * FRAME


def test_a_sentence_that_ends_as_it_grows_too_long_is_not_cut_behind_its_end() -> None:
    spoken = EARS.long // FRAME - PAUSE // 2
    (said,) = stretches(frames((spoken, 1.0), (100, 0.0)))
    assert said.end == spoken * FRAME + EARS.tail
    assert said.reason == "pause"


# ---- whatever is heard ---------------------------------------------------------------------------

LEVELS = st.sampled_from([0.0, 0.1, 0.34, 0.35, 0.4, 0.5, 0.9, 1.0])
SOUNDS = st.lists(st.tuples(st.integers(1, 24), LEVELS), max_size=14).map(lambda p: frames(*p))
anything = given(sound=SOUNDS, ears=st.sampled_from([QUICK, EAGER, BREATHING, EARS]))
breathless = given(
    sound=SOUNDS,
    ears=st.sampled_from([replace(ears, breath=NEVER) for ears in (QUICK, EAGER, EARS)]),
)


@anything
@example(sound=frames((14, 1.0), (9, 0.0)), ears=QUICK)
@example(sound=frames((9, 1.0), (5, 0.0), (9, 1.0)), ears=EAGER)
def test_stretches_have_a_length_and_never_overlap(sound: list[float], ears: Ears) -> None:
    before = 0
    for said in stretches(sound, ears):
        assert before <= said.start < said.end <= len(sound) * FRAME
        before = said.end


@anything
def test_openings_and_endings_take_turns_and_agree(sound: list[float], ears: Ears) -> None:
    heard = [event for event in listen(sound, ears) if not isinstance(event, Hushed)]
    assert len(heard) % 2 == 0
    for opened, closed in zip(heard[::2], heard[1::2], strict=True):
        assert isinstance(opened, Opened)
        assert isinstance(closed, Closed)
        assert opened.start == closed.start


def test_a_voice_that_falls_silent_is_told_once_and_with_the_end_that_follows() -> None:
    heard = listen(frames((20, 1.0), (PAUSE + 5, 0.0)))
    opened, hushed, closed = heard
    assert isinstance(opened, Opened)
    assert isinstance(hushed, Hushed)
    assert isinstance(closed, Closed)
    assert (hushed.start, hushed.end) == (closed.start, closed.end)


def test_a_voice_that_comes_back_may_fall_silent_again() -> None:
    short = EARS.hush // FRAME + 1
    heard = listen(frames((20, 1.0), (short, 0.0), (20, 1.0), (short, 0.0), (20, 1.0)))
    assert [type(event) for event in heard] == [Opened, Hushed, Hushed, Closed]


@pytest.mark.parametrize("frames_of_silence", [10, 14, 34])
def test_the_words_may_call_for_another_pause_than_usual(frames_of_silence: int) -> None:
    state = Segmenter()
    for probability in frames((20, 1.0), (9, 0.0)):
        state, _ = hear(state, probability, EARS)
    state = expect(state, Samples(frames_of_silence * FRAME))
    silent = 9
    closed: tuple[Heard, ...] = ()
    while not closed:
        state, closed = hear(state, 0.0, EARS)
        silent += 1
    assert isinstance(closed[0], Closed)
    assert silent == frames_of_silence
    assert state.pause is None


def test_another_pause_is_forgotten_when_the_voice_comes_back() -> None:
    state = Segmenter()
    for probability in frames((20, 1.0), (9, 0.0)):
        state, _ = hear(state, probability, EARS)
    state, _ = hear(expect(state, Samples(99 * FRAME)), 1.0, EARS)
    assert state.pause is None
    assert expect(Segmenter(), Samples(FRAME)) == Segmenter()


@anything
def test_every_run_of_loud_frames_lies_within_what_was_heard(
    sound: list[float], ears: Ears
) -> None:
    said = [range(s.start, s.end + 1) for s in stretches(sound, ears)]
    run = 0
    for number, probability in enumerate([*sound, 0.0]):
        if probability >= ears.opens_at:
            run += 1
            continue
        if run >= ears.opens_after:
            for n in range(number - run, number):
                begins, ends = n * FRAME, (n + 1) * FRAME
                assert any(begins in s for s in said)
                assert any(ends in s for s in said)
        run = 0


@anything
def test_no_audio_is_lost_at_a_cut(sound: list[float], ears: Ears) -> None:
    heard = listen(sound, ears)
    for before, after in pairwise(heard):
        if isinstance(before, Closed) and before.reason == "cut":
            assert after == Opened(start=before.end)


def quiet_runs(judged: list[float], ears: Ears) -> list[int]:
    """The lengths of the pauses in frames; single frames belong to a word."""
    runs, run = [0], 0
    for probability in [*judged, 1.0]:
        if probability < ears.closes_at:
            run += 1
            continue
        runs.append(run if run > 1 else 0)
        run = 0
    return runs


@breathless
@example(sound=frames((11, 0.9), (2, 0.3), (1, 0.9), (1, 0.0), (9, 0.9)), ears=QUICK)
@example(sound=frames((11, 0.9), (1, 0.3), (1, 0.9), (1, 0.1), (9, 0.9)), ears=QUICK)
def test_without_a_breath_a_cut_lies_in_the_longest_pause_or_where_it_was_quietest(
    sound: list[float], ears: Ears
) -> None:
    for said in stretches(sound, ears):
        if said.reason == "cut":
            cut = said.end // FRAME
            first = (said.start + ears.long_from) // FRAME + 1
            judged = sound[first : (said.start + ears.long) // FRAME]
            longest = max(quiet_runs(judged, ears))
            if longest:
                assert sound[cut] < ears.closes_at, "never inside a word when there was a pause"
                around = sound[max(first, cut - longest) : cut + longest + 1]
                assert longest in quiet_runs(around, ears)
            else:
                assert sound[cut] <= min(judged)


@anything
def test_a_cut_at_a_breath_lies_in_silence(sound: list[float], ears: Ears) -> None:
    for said, at in told(sound, ears):
        if said.reason == "cut" and at - said.start < ears.long:
            assert sound[said.end // FRAME] < ears.closes_at
            assert all(loud >= ears.opens_at for loud in sound[at // FRAME - 3 : at // FRAME])


def test_the_pauses_that_a_voice_came_back_from_are_told() -> None:
    first, second = stretches(
        frames((20, 1.0), (3, 0.0), (9, 1.0), (8, 0.0), (9, 1.0), (40, 0.0), (20, 1.0))
    )
    assert first.rested == 8 * FRAME
    assert second.rested == 0


@given(sound=SOUNDS)
def test_ears_that_nobody_waits_for_hear_the_same_stretches(sound: list[float]) -> None:
    assert stretches(sound, PATIENT_EARS) == stretches(sound, EARS)


@anything
def test_no_stretch_is_longer_than_a_recogniser_takes(sound: list[float], ears: Ears) -> None:
    for said in stretches(sound, ears):
        assert said.end - said.start < ears.long + ears.pause + FRAME


def test_the_longest_stretch_fits_into_a_recogniser() -> None:
    assert EARS.long + EARS.pause < from_seconds(30)


@anything
def test_a_pause_is_quiet(sound: list[float], ears: Ears) -> None:
    for said in stretches(sound, ears):
        if said.reason == "pause":
            after = sound[-(-said.end // FRAME) : (said.end - ears.tail + ears.pause) // FRAME]
            assert all(probability < ears.closes_at for probability in after)
