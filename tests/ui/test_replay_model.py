"""Looking back without a window: what a call shows, practice, other rules, silent playing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.events import NudgeShown, SpeechEnded, Utterance
from coach.core.metrics.talk import Span
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import NudgeKind, Speaker
from coach.demo.week import weeks
from tests.ui.archives import FIRST, WRITTEN, archive, entry_with, invented
from tests.ui.events import AGENT, CUSTOMER, STARTED, loses, s, says
from ui.archive import CallEntry, Note, OpenedCall
from ui.replay_model import Coached, Line, Loss, ReplayCall, moment_of, read, word_at
from ui.replay_notes import MOST_POINTS, refusal
from ui.replay_practice import exercises
from ui.replay_sound import SilentPlayer
from ui.replay_whatif import Fate, compare, set_otherwise


def call_with(cause: str, nudges: int = 0) -> ReplayCall:
    return read(archive().open_call(entry_with(cause, nudges=nudges).call_id))


COACHED = call_with("outage", nudges=1)


def small(*events: object) -> ReplayCall:
    log = (STARTED, *events)
    return read(OpenedCall(entry=CallEntry(call_id="klein"), events=log))  # type: ignore[arg-type]


def spoke(speaker: Speaker, segment: int, start: float, end: float) -> SpeechEnded:
    return SpeechEnded(
        at=s(end), speaker=speaker, segment=segment, start=s(start), end=s(end), reason="pause"
    )


# ---- the call ----


def test_everything_that_was_said_stands_in_the_order_of_time() -> None:
    said = [e.text for e in COACHED.events if isinstance(e, Utterance) and e.text]
    assert [line.text for line in COACHED.lines] == said
    starts = [line.start for line in COACHED.lines]
    assert starts == sorted(starts)


def test_nudges_and_notes_stand_between_the_lines_they_belong_to() -> None:
    note = Note(at=s(3), author="x", text="goed", written=WRITTEN, went_well=True)
    rows = COACHED.rows([note])
    moments = [moment_of(row) for row in rows]
    assert moments == sorted(moments)
    assert note in rows
    assert sum(isinstance(row, Coached) for row in rows) == len(COACHED.coached) >= 1


def test_the_words_that_caused_a_nudge_are_marked_in_what_was_said() -> None:
    because = COACHED.coached[0].nudge.because
    assert any(because in line.marks for line in COACHED.lines)


def test_a_nudge_is_followed_by_what_the_agent_said_next() -> None:
    for one in COACHED.coached:
        assert all(line.speaker is Speaker.AGENT for line in one.reply)
        assert all(line.start >= one.nudge.at for line in one.reply)


def test_speech_whose_words_are_lost_stands_as_lost() -> None:
    call = small(spoke(CUSTOMER, 0, 1, 3))
    (line,) = call.lines
    assert line.lost
    assert line.text == ""


def test_speech_in_which_nothing_was_said_does_not_stand_there() -> None:
    nothing = replace(says(CUSTOMER, 0, 1, ""), text="")
    assert small(spoke(CUSTOMER, 0, 1, 3), nothing).lines == ()


def test_where_both_speak_is_an_overlap() -> None:
    call = small(says(CUSTOMER, 0, 1, "een twee"), says(AGENT, 1, 2, "drie"))
    assert call.overlaps == (Span(start=s(2), end=s(3)),)


def test_the_word_of_the_moment_is_found() -> None:
    line = COACHED.lines[1]
    for word in line.words:
        assert word_at(line, word.start) is word
    assert word_at(line, line.end) is None


def test_a_log_without_a_beginning_is_refused() -> None:
    with pytest.raises(ValueError, match="begins"):
        read(OpenedCall(entry=CallEntry(call_id="x"), events=()))


def test_what_was_not_heard_is_told() -> None:
    call = small(loses(CUSTOMER, 4), says(AGENT, 0, 1, "hallo"))
    (loss,) = call.losses
    assert loss == Loss(start=s(4), end=s(6), reason="te weinig geheugen")
    assert loss in call.rows()


# ---- leaving silence out ----


@given(at=st.floats(0, 60))
def test_leaving_silence_out_never_skips_a_word(at: float) -> None:
    moment = from_seconds(at)
    beyond = COACHED.after_silence(moment)
    assert beyond >= moment
    assert not any(
        line.start < beyond and line.end > moment for line in COACHED.lines if beyond > moment
    )


@given(at=st.floats(0, 60))
def test_after_leaving_silence_out_somebody_speaks_soon(at: float) -> None:
    beyond = COACHED.after_silence(from_seconds(at))
    assert COACHED.after_silence(beyond) == beyond


# ---- practice ----


def test_practice_stops_before_the_reply_and_hides_what_gives_it_away() -> None:
    found = [(call, one) for call in _calls() for one in exercises(call)]
    assert len(found) > 20
    for call, one in found:
        shown = [row for row in call.rows() if not one.hides(row)]
        assert not any(isinstance(row, Coached) and row.nudge.at >= one.at for row in shown)
        assert not any(line in shown for line in one.reply)
        assert all(line.end > one.at for line in one.reply)
        assert any(isinstance(row, Line) and row.text == one.customer for row in shown)


def test_where_the_agent_did_it_unasked_one_can_practise_too() -> None:
    assert any(one.did_it for call in _calls() for one in exercises(call))


def _calls() -> list[ReplayCall]:
    return [
        read(OpenedCall(entry=CallEntry(call_id=str(n)), events=one.events))
        for n, one in enumerate(invented()[:60])
    ]


# ---- other rules ----


def test_the_rules_as_they_were_give_the_same_nudges() -> None:
    for call in _calls():
        pairs = compare(call.events, call.policy)
        assert all(pair.fate is Fate.SAME for pair in pairs)
        assert len(pairs) == sum(isinstance(e, NudgeShown) for e in call.events)


def test_a_rule_that_is_switched_off_gives_no_nudge_of_its_kind() -> None:
    kind = COACHED.coached[0].nudge.kind
    other = set_otherwise(COACHED.policy, kind, enabled=False, patience_s=0, rest_s=600)
    pairs = compare(COACHED.events, other)
    assert not any(pair.after is not None and pair.after.kind is kind for pair in pairs)
    assert any(pair.fate is Fate.GONE and pair.kind is kind for pair in pairs)


def test_a_shorter_wait_brings_nudges_that_were_spared() -> None:
    threatened = next(one for one in weeks(FIRST, calls=600) if one.story == "bedreiging")
    before = read(OpenedCall(entry=CallEntry(call_id="x"), events=threatened.events))
    other = set_otherwise(
        before.policy, NudgeKind.END_CALL, enabled=True, patience_s=0.5, rest_s=600
    )
    (new,) = [p for p in compare(before.events, other) if p.fate is Fate.NEW]
    assert new.kind is NudgeKind.END_CALL
    assert new.because


# ---- notes ----


def note(*, well: bool) -> Note:
    return Note(at=s(1), author="a", text="t", written=WRITTEN, went_well=well)


def test_what_went_well_comes_first_and_points_to_grow_are_few() -> None:
    assert refusal([], went_well=True) == ""
    assert refusal([], went_well=False) == "note_well_first"
    praised = [note(well=True)]
    assert refusal(praised, went_well=False) == ""
    full = [*praised, *(note(well=False) for _ in range(MOST_POINTS))]
    assert refusal(full, went_well=False) == "note_enough"
    assert refusal(full, went_well=True) == ""


# ---- playing without sound ----


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_call_without_sound_moves_with_the_clock() -> None:
    clock = Clock()
    player = SilentPlayer(s(10), clock)
    player.play()
    clock.now += 2
    assert (player.position, player.playing) == (s(2), True)
    player.set_pace(2.0)
    clock.now += 1
    assert player.position == s(4)
    player.pause()
    clock.now += 5
    assert (player.position, player.playing) == (s(4), False)


def test_it_stops_at_the_end_and_begins_again() -> None:
    clock = Clock()
    player = SilentPlayer(s(3), clock)
    player.play()
    clock.now += 60
    assert (player.position, player.playing) == (s(3), False)
    player.play()
    assert (player.position, player.playing) == (s(0), True)


def test_it_goes_where_it_is_told_and_not_beyond() -> None:
    player = SilentPlayer(s(3), Clock())
    player.seek(s(2))
    assert player.position == s(2)
    player.seek(s(99))
    assert player.position == s(3)
    player.seek(Samples(-5))
    assert player.position == s(0)
