"""Who has the floor: turns that go on, listening sounds, words that are not final yet."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.turns import (
    GOES_ON_WITHIN,
    KEPT,
    Floor,
    Turn,
    begin,
    is_listening_sound,
    known,
    say,
    withdraw,
)
from coach.core.units import RATE, Samples, from_seconds
from coach.core.vocabulary import Speaker

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER

Said = tuple[Speaker, float, float, str]


def talk(*said: Said) -> Floor:
    """Finished speech, one stretch after another; seconds."""
    floor = Floor()
    for speaker, start, end, text in said:
        floor, _ = say(floor, speaker, from_seconds(start), from_seconds(end), text, final=True)
    return floor


def look(floor: Floor, speaker: Speaker, start: float, end: float, text: str) -> tuple[Floor, Turn]:
    return say(floor, speaker, from_seconds(start), from_seconds(end), text, final=False)


def texts(floor: Floor) -> list[tuple[Speaker, str]]:
    return [(turn.speaker, turn.said) for turn in floor.turns]


@pytest.mark.parametrize(
    ("text", "listening"),
    [
        ("ja", True),
        ("Ja, ja.", True),
        ("Hm-hm… oké!", False),
        ("Hm, oké…", True),
        ("Ja ja ja ja", False),
        ("Ja maar", False),
        ("Nee, wacht even", False),
        ("", False),
        ("Voilà.", True),
    ],
)
def test_a_listening_sound_says_only_that_somebody_listens(text: str, *, listening: bool) -> None:
    assert is_listening_sound(text) is listening


def test_a_turn_goes_on_after_a_short_silence() -> None:
    floor = talk((CUSTOMER, 0, 2, "mijn man"), (CUSTOMER, 4, 6, "is overleden"))
    assert texts(floor) == [(CUSTOMER, "mijn man is overleden")]
    assert floor.turns[0].start == 0
    assert floor.turns[0].end == 6 * RATE


@pytest.mark.parametrize(("extra", "turns"), [(0, 1), (1, 2)])
def test_a_long_silence_begins_a_new_turn(extra: int, turns: int) -> None:
    floor = talk((CUSTOMER, 0, 2, "mijn man"))
    start = Samples(2 * RATE + GOES_ON_WITHIN + extra)
    floor, _ = say(floor, CUSTOMER, start, Samples(start + RATE), "is overleden", final=True)
    assert len(floor.turns) == turns


def test_who_answers_takes_the_turn() -> None:
    floor = talk(
        (CUSTOMER, 0, 2, "mijn man"), (AGENT, 2.1, 3, "wat is er"), (CUSTOMER, 3.1, 4, "is dood")
    )
    assert [turn.number for turn in floor.turns] == [0, 1, 2]


def test_a_listening_sound_within_the_speech_of_the_other_takes_no_turn() -> None:
    floor = talk(
        (CUSTOMER, 0, 2, "mijn man"), (AGENT, 1.5, 1.9, "ja"), (CUSTOMER, 3.1, 4, "is dood")
    )
    assert texts(floor) == [(CUSTOMER, "mijn man is dood"), (AGENT, "ja")]


def test_a_look_is_replaced_by_the_next_and_then_by_the_whole() -> None:
    floor, turn = look(Floor(), AGENT, 0, 1, "wat is")
    assert (turn.text, turn.pending, turn.said) == ("", "wat is", "wat is")
    floor, turn = look(floor, AGENT, 0, 2, "wat is uw")
    assert turn.said == "wat is uw"
    floor, turn = say(floor, AGENT, Samples(0), Samples(3 * RATE), "wat is uw naam", final=True)
    assert (turn.text, turn.pending) == ("wat is uw naam", "")
    assert len(floor.turns) == 1


def test_a_look_at_the_second_part_of_a_turn_stands_behind_the_first() -> None:
    floor = talk((AGENT, 0, 2, "goedemorgen"))
    floor, turn = look(floor, AGENT, 3, 4, "wat is")
    assert turn.said == "goedemorgen wat is"
    _, turn = say(floor, AGENT, from_seconds(3), from_seconds(5), "wat is er", final=True)
    assert turn.said == "goedemorgen wat is er"


def test_a_look_that_comes_after_the_whole_changes_nothing() -> None:
    floor = talk((AGENT, 0, 3, "wat is uw postcode"))
    late, turn = look(floor, AGENT, 0, 2, "wat is")
    assert late == floor
    assert turn == floor.turns[0]


def test_a_look_whose_whole_was_nothing_is_withdrawn() -> None:
    floor = talk((CUSTOMER, 0, 2, "mijn man"))
    looked, _ = look(floor, AGENT, 3, 4, "ja")
    gone = withdraw(looked, AGENT, from_seconds(5))
    assert texts(gone) == [(CUSTOMER, "mijn man")]
    assert gone.following == 2, "the number of a turn is never given again"


def test_withdrawing_a_look_keeps_what_was_said_before_it() -> None:
    looked, _ = look(talk((AGENT, 0, 2, "goedemorgen")), AGENT, 3, 4, "ja")
    assert texts(withdraw(looked, AGENT, from_seconds(5))) == [(AGENT, "goedemorgen")]


@pytest.mark.parametrize("speaker", Speaker)
def test_there_is_nothing_to_withdraw_without_a_look(speaker: Speaker) -> None:
    floor = talk((AGENT, 0, 2, "goedemorgen"))
    assert withdraw(floor, speaker, from_seconds(5)) == floor
    assert withdraw(Floor(), speaker, from_seconds(5)) == Floor()


def test_a_look_at_later_speech_is_not_withdrawn_with_an_earlier_one() -> None:
    looked, _ = look(Floor(), AGENT, 6, 7, "ja maar")
    assert withdraw(looked, AGENT, from_seconds(5)) == looked


def test_turns_are_found_by_number_and_by_speaker() -> None:
    floor = talk((CUSTOMER, 0, 1, "a"), (AGENT, 2, 3, "b"), (CUSTOMER, 4, 5, "c"))
    last = floor.last(CUSTOMER)
    assert last is not None
    assert last.text == "c"
    assert floor.number(1) == floor.turns[1]
    assert floor.number(9) is None
    assert [turn.text for turn in floor.before(2, CUSTOMER)] == ["a"]
    assert Floor().last(AGENT) is None


def test_the_oldest_turns_are_forgotten() -> None:
    floor = talk(*((CUSTOMER, 10 * n, 10 * n + 1, f"zin {n}") for n in range(2 * KEPT)))
    assert len(floor.turns) == KEPT
    assert floor.turns[-1].text == f"zin {2 * KEPT - 1}"
    assert floor.following == 2 * KEPT


# ---- words that come late ------------------------------------------------------------------------


def spoken(*stretches: Said) -> Floor:
    """Voices that have begun, one after another; nothing of them is known yet."""
    floor, counts = Floor(), dict.fromkeys(Speaker, 0)
    for speaker, start, *_ in stretches:
        floor = begin(floor, speaker, counts[speaker], from_seconds(start))
        counts[speaker] += 1
    return floor


def learn(floor: Floor, speaker: Speaker, segment: int, said: Said) -> Floor:
    """The final words of a stretch become known."""
    _, start, end, text = said
    place = floor.number_of(speaker, segment)
    moments = from_seconds(start), from_seconds(end)
    floor, _ = say(floor, speaker, *moments, text, final=True, number=place)
    return known(floor, speaker, segment)


def test_turns_stand_in_the_order_in_which_they_were_spoken() -> None:
    asks, answers = (AGENT, 0, 3, "wat is uw postcode"), (CUSTOMER, 3.2, 5, "twaalf vier a b")
    floor = learn(spoken(asks, answers), CUSTOMER, 0, answers)
    floor = learn(floor, AGENT, 0, asks)
    assert texts(floor) == [(AGENT, asks[3]), (CUSTOMER, answers[3])]
    assert [turn.number for turn in floor.turns] == [0, 1]
    assert floor.before(1, AGENT) == floor.turns[:1]
    assert floor.awaited == ()


def test_late_words_of_a_turn_that_went_on_join_it() -> None:
    stretches = (
        (CUSTOMER, 0, 2, "mijn man"),
        (CUSTOMER, 3, 4, "is overleden"),
        (AGENT, 4.5, 6, "wat is uw postcode"),
    )
    floor = learn(spoken(*stretches), CUSTOMER, 0, stretches[0])
    floor = learn(floor, AGENT, 0, stretches[2])
    floor = learn(floor, CUSTOMER, 1, stretches[1])
    assert texts(floor) == [(CUSTOMER, "mijn man is overleden"), (AGENT, "wat is uw postcode")]


def test_who_said_yes_while_the_other_spoke_on_begins_a_turn_after_that() -> None:
    stretches = ((CUSTOMER, 0, 5, "mijn man"), (AGENT, 4, 4.4, "ja"), (AGENT, 6, 7, "ik zoek"))
    for order in ((0, 1, 2), (1, 0, 2)):
        floor = spoken(*stretches)
        for number in order:
            speaker = stretches[number][0]
            floor = learn(floor, speaker, 1 if number == 2 else 0, stretches[number])
        assert texts(floor) == [(CUSTOMER, "mijn man"), (AGENT, "ja"), (AGENT, "ik zoek")]


def test_the_stretches_whose_words_may_still_come_are_bounded() -> None:
    floor = Floor()
    for segment in range(1_000):
        floor = begin(floor, AGENT, segment, Samples(segment))
    assert len(floor.awaited) <= 256
    assert floor.number_of(AGENT, 999) == 999
    assert floor.number_of(AGENT, 0) is None


def test_a_short_reply_whose_words_come_last_still_parts_two_turns() -> None:
    """On a machine that catches up, the customer's words are read first."""
    stretches = (
        (CUSTOMER, 0, 3, "twaalf vierendertig"),
        (AGENT, 3.3, 4, "sorry, gecondoleerd"),
        (CUSTOMER, 4.3, 8, "en toen belde ik"),
    )
    for order in permutations(range(3)):
        floor = spoken(*stretches)
        for number in order:
            speaker = stretches[number][0]
            floor = learn(floor, speaker, 1 if number == 2 else 0, stretches[number])
        assert texts(floor) == [(speaker, text) for speaker, *_, text in stretches]


def test_speech_that_had_no_words_after_all_parts_no_turn() -> None:
    floor = spoken((CUSTOMER, 0, 3, "en toen"), (AGENT, 3.3, 4, ""), (CUSTOMER, 4.3, 6, "belde ik"))
    floor = learn(floor, CUSTOMER, 0, (CUSTOMER, 0, 3, "en toen"))
    floor = known(floor, AGENT, 0)
    floor = learn(floor, CUSTOMER, 1, (CUSTOMER, 4.3, 6, "belde ik"))
    assert texts(floor) == [(CUSTOMER, "en toen belde ik")]


@given(st.permutations(range(8)))
def test_in_whatever_order_the_words_come_the_turns_are_the_same(order: list[int]) -> None:
    """Two people who take turns, none of them so short that the other only listens."""
    stretches = [
        ((CUSTOMER, AGENT)[n % 2], 4.0 * n, 4.0 * n + 3, f"dit is zin {n}") for n in range(8)
    ]
    floor = spoken(*stretches)  # type: ignore[arg-type]
    for n in order:
        floor = learn(floor, stretches[n][0], n // 2, stretches[n])  # type: ignore[arg-type]
    assert texts(floor) == [(speaker, text) for speaker, _, _, text in stretches]
    assert [turn.number for turn in floor.turns] == list(range(8))


_STRETCHES = st.lists(
    st.tuples(
        st.sampled_from(Speaker),
        st.sampled_from([0, 100, 8_000, 30_000, 50_000]),
        st.sampled_from(["ja", "een zin", "nog een zin"]),
        st.booleans(),
    ),
    max_size=60,
)


@given(_STRETCHES)
def test_the_floor_keeps_its_order_and_stays_small(
    stretches: list[tuple[Speaker, int, str, bool]],
) -> None:
    floor, at = Floor(), 0
    for speaker, gap, text, final in stretches:
        start, at = at + gap, at + gap + 8_000
        floor, turn = say(floor, speaker, Samples(start), Samples(at), text, final=final)
        numbers = [one.number for one in floor.turns]
        assert numbers == sorted(set(numbers))
        assert all(number < floor.following for number in numbers)
        assert len(floor.turns) <= KEPT
        assert turn in floor.turns
        assert turn.start <= start < at <= turn.end


@given(_STRETCHES)
def test_no_final_word_is_lost(stretches: list[tuple[Speaker, int, str, bool]]) -> None:
    floor, at = Floor(), 0
    said: dict[Speaker, list[str]] = {speaker: [] for speaker in Speaker}
    for number, (speaker, gap, _, final) in enumerate(stretches[:KEPT]):
        start, at = at + gap, at + gap + 8_000
        word = f"woord{number}"
        floor, _ = say(floor, speaker, Samples(start), Samples(at), word, final=final)
        if final:
            said[speaker].append(word)
    for speaker, words in said.items():
        kept = " ".join(turn.text for turn in floor.turns if turn.speaker is speaker)
        assert kept.split() == words
