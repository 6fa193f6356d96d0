"""What was heard badly where somebody was asked, or said, who they are and where they live."""

import pytest

from coach.core.events import Utterance
from coach.core.redaction import Kind, Redactor, find, readable
from coach.core.redaction.marks import masked
from coach.core.redaction.rare import is_ordinary
from coach.core.vocabulary import Speaker
from tests.core.redaction.test_redacted_log import utterance

NAME, ADDRESS, EMAIL = (frozenset({kind}) for kind in (Kind.NAME, Kind.ADDRESS, Kind.EMAIL))
NOTHING: frozenset[Kind] = frozenset()


def kept(heard: str, asked: frozenset[Kind] = NOTHING) -> str:
    return readable(masked(heard, find(heard, asked=asked, unsure=True)))


@pytest.mark.parametrize(
    ("asked", "heard", "left"),
    [
        (NAME, "Ja, Drokke de flomp.", "Ja, ‹naam›."),
        (ADDRESS, "Dat is daar soms grap nummer 29.", "Dat is ‹adres›."),
        (ADDRESS, "De veld straat.", "De ‹adres›."),
        (EMAIL, "In flommerstraak en starten liever, zonder punten.", "‹e-mail›, zonder punten."),
    ],
)
def test_of_an_answer_the_words_that_nobody_says_go(
    asked: frozenset[Kind], heard: str, left: str
) -> None:
    assert kept(heard) != left
    assert kept(heard, asked) == left


@pytest.mark.parametrize(
    ("heard", "left"),
    [
        ("Ik ben flomper, de dochter van de klant.", "Ik ben ‹naam›, de dochter van de klant."),
        ("Mijn woornam is wel te drelmipers.", "Mijn woornam is wel te ‹naam›."),
        ("Kan de kweerl us spreken, ik wacht.", "Kan de ‹naam› spreken, ik wacht."),
        ("Met deze van long, ik heb een vraag.", "Met ‹naam›, ik heb een vraag."),
        ("Stuur het naar grolstratrie, almerdam, graag.", "Stuur het naar ‹adres›, graag."),
        ("Mijn adres is vlarpendrom bront 13, dank u.", "Mijn adres is ‹adres›, dank u."),
        ("Wat is de juli-ananlan?", "Wat is de ‹adres›?"),
    ],
)
def test_where_somebody_says_who_they_are_it_goes_without_a_question(heard: str, left: str) -> None:
    assert kept(heard) == left


@pytest.mark.parametrize("asked", [NAME, ADDRESS, EMAIL])
@pytest.mark.parametrize(
    "heard",
    [
        "Dat heb ik net ook al aan uw collega gegeven.",
        "Eerst wil ik weten wanneer de stroom terugkomt.",
        "Moment, ik pak er een grommel bij.",
        "Ik wacht hier al 30 jaar.",
        "Daar begin ik niet aan.",
        "Kan ik een monteur spreken?",
    ],
)
def test_who_tells_nothing_when_asked_loses_nothing(asked: frozenset[Kind], heard: str) -> None:
    assert kept(heard, asked) == heard


def test_an_answer_is_also_read_without_what_its_speaker_said_before_the_question() -> None:
    redactor = Redactor()
    before = "Ik heb daar al drie keer voor gebeld en nooit heeft iemand geluisterd."
    redactor.redact(utterance(Speaker.CUSTOMER, 0, before))
    redactor.redact(utterance(Speaker.AGENT, 6, "Met wie spreek ik?"))
    answer = redactor.redact(utterance(Speaker.CUSTOMER, 9, "ja bakker"))
    assert isinstance(answer, Utterance)
    assert readable(answer.text) == "ja ‹naam›"


@pytest.mark.parametrize(
    ("word", "ordinary"),
    [
        ("kastje", True),  # an ending
        ("meterkast", True),  # two words
        ("storingsdienst", True),
        ("vierendertig", True),
        ("stationsstraat", False),  # two words, but perhaps where somebody lives
        ("drelmipers", False),
        ("koster", False),
    ],
)
def test_endings_and_words_in_two_pieces_are_seen_through(word: str, ordinary: bool) -> None:
    assert is_ordinary(word) is ordinary


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Geboren op de negende van de tiende, achtenvijftig.", "Geboren op de ‹geboortedatum›."),
        ("Ik spel het, Scholten, es, cee, haa, o, el, tee, ee, en.", "Ik spel het, ‹naam›."),
        ("U kunt vragen naar Mieke Tolboom.", "U kunt vragen naar ‹naam›."),
        ("Kan ik Joris spreken?", "Kan ik ‹naam› spreken?"),
        ("ik ben terpstra de dochter van de klant", "ik ben ‹naam› de dochter van de klant"),
        ("ik ben verhuisd naar de zonnedijk", "ik ben verhuisd naar de ‹adres›"),
    ],
)
def test_other_ways_in_which_callers_tell_it(said: str, left: str) -> None:
    assert readable(masked(said, find(said))) == left


@pytest.mark.parametrize(
    ("heard", "left"),
    [
        ("Met mevrouw Lammers.", "Met mevrouw ‹naam›."),  # the title stays
        ("Ja hoor, dat is stiefelbos.", "Ja hoor, dat is ‹naam›."),
        ("Egel prooi.", "‹naam›."),  # ordinary words, and nothing else: that is the name
    ],
)
def test_a_short_answer_is_the_name_however_it_was_heard(heard: str, left: str) -> None:
    assert kept(heard, NAME) == left


@pytest.mark.parametrize("asked", [NAME, ADDRESS])
@pytest.mark.parametrize(
    "heard",
    [
        "Jullie hebben mengereven stort.",
        "Eerst wil ik weten, lamer de stroom te luchkond.",
        "Dat staat toch gewoon in de sustemmer.",
        "Waar listeren dat van nodig?",
        "Sorry, ik kan u verstaan.",
    ],
)
def test_who_says_what_they_want_instead_loses_nothing(asked: frozenset[Kind], heard: str) -> None:
    assert kept(heard, asked) == heard
