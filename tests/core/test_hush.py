"""What may be kept of a call's sound follows from its redacted words, and where they were said."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.core.events import LogEvent, Utterance, Word
from coach.core.hush import MARGIN, Stretch, audible
from coach.core.redaction import redact_events
from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import Speaker
from coach.store.sync import without_words

WORD = from_seconds(0.3)


def said(
    text: str, start_s: float = 10.0, speaker: Speaker = Speaker.CUSTOMER, **other: object
) -> Utterance:
    """An utterance whose words follow each other, each 0.3 s long."""
    start = from_seconds(start_s)
    words = tuple(
        Word(
            start=Samples(start + n * WORD),
            end=Samples(start + (n + 1) * WORD),
            text=word,
            probability=0.9,
        )
        for n, word in enumerate(text.split())
    )
    end = Samples(start + len(words) * WORD)
    one = Utterance(
        at=end, speaker=speaker, segment=0, start=start, end=end, text=text, words=words
    )
    return replace(one, **other)  # type: ignore[arg-type]


def around(one: Utterance, first: int, last: int) -> Stretch:
    """From the first to the last of these words, with the margin."""
    start, end = one.words[first].start, one.words[last].end
    return Stretch(start=Samples(start - MARGIN), end=Samples(end + MARGIN))


def whole(one: Utterance) -> Stretch:
    return Stretch(start=Samples(one.start - MARGIN), end=Samples(one.end + MARGIN))


def test_speech_that_was_read_may_be_kept_and_nothing_else() -> None:
    customer, agent = said("Mijn internet is kapot."), said("Wat vervelend.", 20, Speaker.AGENT)
    unread = [said("", 1), said("   ", 2), said("Ondertiteld door", 3, rejected="repetition")]
    may = audible([customer, *unread, agent])
    assert may.customer == (Stretch(start=customer.start, end=customer.end),)
    assert may.agent == (Stretch(start=agent.start, end=agent.end),)
    assert may.hushed == ()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Mijn postcode is 6524 KL graag.", 3, 4),
        ("Mijn burgerservicenummer is 111222333 zei ik.", 3, 3),
        ("Het kaartnummer is 4111 1111 1111 1111 en meer niet.", 3, 6),
    ],
)
def test_both_sides_are_silent_where_a_personal_detail_is_said(
    text: str, first: int, last: int
) -> None:
    (redacted,) = redact_events([said(text)])
    may = audible([redacted])
    assert may.hushed == (around(said(text), first, last),)


WITHOUT_TIMES: dict[str, dict[str, object]] = {
    "no words": {"words": ()},
    "guessed times": {
        "words": tuple(replace(w, probability=None) for w in said("Ik woon op 6524 KL.").words)
    },
    "other words": {"words": said("Ik woon op 65 24 KL.").words},
}


@pytest.mark.parametrize("why", WITHOUT_TIMES)
def test_without_moments_of_its_words_the_whole_utterance_is_silent(why: str) -> None:
    one = said("Ik woon op 6524 KL.", **WITHOUT_TIMES[why])
    (redacted,) = redact_events([one])
    assert audible([redacted]).hushed == (whole(one),)
    calm = said("Ik woon op kamers.", words=())
    assert audible([calm]).hushed == ()


def test_a_number_that_comes_back_is_silent_again() -> None:
    log: list[LogEvent] = [
        said("Die zes vijf twee vier ka el klopt.", 1),
        said("Wat is uw postcode?", 8, Speaker.AGENT),
        said("Zes vijf twee vier ka el.", 15),
    ]
    may = audible(redact_events(log))
    assert len(may.hushed) == 2


def test_a_call_without_its_words_has_nothing_to_hear() -> None:
    assert not audible(list(without_words([said("Goedemiddag."), said("Dag.", 20)]))).anything


@settings(deadline=None)  # a disk, or a busy machine, takes its time
@given(
    texts=st.lists(
        st.sampled_from(
            ["Goedemiddag.", "Nul zes twaalf vierendertig zesenvijftig achtenzeventig.", "", "Ja."]
        ),
        max_size=6,
    ),
    timed=st.booleans(),
)
def test_every_marked_word_lies_within_silence(texts: list[str], timed: bool) -> None:
    other: dict[str, object] = {} if timed else {"words": ()}
    log = redact_events([said(text, n * 20.0, **other) for n, text in enumerate(texts)])
    may = audible(log)
    for one in log:
        assert isinstance(one, Utterance)
        for word in one.words or ((one,) if "‹" in one.text else ()):
            if "‹" in word.text or "·" in word.text:
                assert any(h.start <= word.start and word.end <= h.end for h in may.hushed)
