"""What is taken out of a text, and what stays in it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.redaction.lines import labelled, neutral
from benchmarks.redaction.score import Tally, score_neutral, score_text
from benchmarks.redaction.values import RENDER, Chance
from coach.core.redaction import Kind, asked_for, find, readable, redact

TAKEN_OUT = [
    ("Mijn postcode is zes vijf twee vier ka el.", "Mijn postcode is ‹postcode›."),
    ("6524KL 12", "‹postcode› ‹huisnummer›"),
    ("6524 kl, nummer 12a", "‹postcode›, nummer ‹huisnummer›"),
    ("vijfenzestig vierentwintig, de K van Karel, L van Lodewijk", "‹postcode›"),
    ("nul zes twaalf vierendertig zesenvijftig achtenzeventig", "‹telefoonnummer›"),
    ("nul zes dubbel acht twee keer de vijf een twee drie vier", "‹telefoonnummer›"),
    ("Bel +31 6 12345678 of 0470 12 34 56.", "Bel ‹telefoonnummer› of ‹telefoonnummer›."),
    ("en el 91 a bee en a nul vier 17 16 43 00", "‹iban›"),
    ("be zesentachtig nul een 23 45 67 89 06", "‹iban›"),
    ("NL91 ABNA 0417 1643 00", "‹iban›"),
    ("Het rekeningnummer eindigt op 4300.", "Het rekeningnummer eindigt op ‹iban›."),
    ("creditcard 4111 1111 1111 1111", "creditcard ‹kaartnummer›"),
    ("mijn b s n is een een een twee twee twee drie drie drie", "mijn b s n is ‹bsn›"),
    ("111222333", "‹bsn›"),
    ("85.07.30-033.28", "‹rijksregisternummer›"),
    ("jan punt de vries apenstaartje voorbeeld punt nl", "‹e-mail›"),
    ("mijn mail is piet streepje smit at gmail punt com", "mijn mail is ‹e-mail›"),
    ("Stuur het naar j.smit@voorbeeld.nl.", "Stuur het naar ‹e-mail›."),
    ("u spreekt met mevrouw van dorp ik bel u", "u spreekt met mevrouw ‹naam› ik bel u"),
    ("Goedemorgen, met Ayse Kaya.", "Goedemorgen, met ‹naam›."),
    ("Dag meneer De Wit, dank u.", "Dag meneer ‹naam›, dank u."),
    ("Mijn naam is Vos. Vos met een V.", "Mijn naam is ‹naam›. ‹naam› met een V."),
    ("mijn achternaam spel je jee aa en es", "mijn achternaam spel je ‹naam›"),
    ("Ik woon op de Prins Hendrikkade 12, Zaandam.", "Ik woon op de ‹adres›."),
    ("Geboren op acht maart negentienzesenveertig.", "Geboren op ‹geboortedatum›."),
    ("03-12-1971", "‹geboortedatum›"),
    ("Het klantnummer is drie nul vier, eh, negen vijf.", "Het klantnummer is ‹nummer›."),
]


@pytest.mark.parametrize(("said", "kept"), TAKEN_OUT)
def test_what_tells_who_somebody_is_goes(said: str, kept: str) -> None:
    assert readable(redact(said).text) == kept


STAYS = [
    "Ik heb al drie keer gebeld en vier weken gewacht.",
    "Dat kost honderdvijfentwintig euro, en 12,50 per maand.",
    "De afspraak is op 12 maart 2026 om 14:30 uur.",
    "Tussen acht en twaalf, op de veertiende.",
    "In 2022, 2023 en 2024 was het raak.",
    "Er zijn 100.000 klanten en 1.250,50 euro schade.",
    "Bel 0800 1234, 0900-8844 of 112.",
    "Foutcode 50021 op kanaal 7.",
    "De meterstand is veertienduizend driehonderd.",
    "Mevrouw, ik begrijp het. Meneer, dat kan.",
    "U spreekt met de klantenservice.",
    "goedemiddag u spreekt met de storingsdienst",
    "Dat zei een meneer van de bank.",
    "Ik zat op de snelweg en ging naar de supermarkt.",
    "Ik ben Nederlander en ik ben boos.",
    "één twee drie vier vijf zes zeven",
    "Wat is uw postcode en huisnummer?",
    "Wij wachten een twee weken.",
    "Op 6 juni 2024 te laat, en in 2023 is het ook zo.",
]


@pytest.mark.parametrize("said", STAYS)
def test_what_the_call_is_about_stays(said: str) -> None:
    assert redact(said).text == said


ANSWERS = [
    ("Wat is uw postcode?", "vierenveertig elf", "‹postcode›"),
    ("Wat is uw postcode en huisnummer?", "6524 kaal, 12.", "‹postcode›, ‹huisnummer›."),
    ("Welk huisnummer?", "Eenendertig. Dat weet u toch?", "‹huisnummer›. Dat weet u toch?"),
    ("Mag ik uw klantnummer?", "Vijf vijf, nul acht.", "‹nummer›."),
    ("Hoe heet u?", "Bennie Groot.", "‹naam›."),
    ("Mag ik uw naam?", "Koster-Wiegers, J.", "‹naam›."),
    ("Wat is uw geboortedatum?", "twaalf drie vijfenzestig", "‹geboortedatum›"),
    ("Op welk adres is dat?", "Kadehof achtenveertig, drie hoog.", "‹adres›."),
    ("Wat is uw rekeningnummer?", "nul zes vier drie een", "‹iban›"),
    ("Hoe lang wacht u al?", "Vijf weken.", "Vijf weken."),
    ("Mag ik uw voor- en achternaam?", "Mieke Tolboom.", "‹naam›."),
    ("Wat is uw adres?", "Prinsenlaan.", "‹adres›."),
    ("Wat is uw geboortedatum?", "De negende van de tiende.", "De ‹geboortedatum›."),
]


@pytest.mark.parametrize(("ask", "said", "kept"), ANSWERS)
def test_a_question_tells_what_the_answer_is(ask: str, said: str, kept: str) -> None:
    assert readable(redact(said, asked=asked_for(ask)).text) == kept


def test_a_digit_that_is_said_twice_is_not_counted_into_the_hundred_before_it() -> None:
    said = "negentig zesentwintig vijfhonderd twee keer acht, negenhonderdzesentwintig zes"
    kept = redact(f"Dat is {said}.", asked=frozenset({Kind.CARD})).text
    assert readable(kept) == "Dat is ‹kaartnummer›."


def test_one_and_then_a_digit_twice_is_a_row() -> None:
    kept = redact("Een, dubbel negen nul W van Willem.", asked=frozenset({Kind.POSTCODE})).text
    assert readable(kept) == "‹postcode› van Willem."


def test_one_before_a_digit_that_is_said_twice_belongs_to_the_row() -> None:
    kept = redact("Dat is een dubbel vijf twee haa pee.", asked=frozenset({Kind.POSTCODE})).text
    assert readable(kept) == "Dat is ‹postcode›."


NUMBERS = sorted(set(RENDER) - {"huisnummer", "naam", "adres", "nummer"})


@pytest.mark.parametrize("kind", NUMBERS)
@given(chance=st.integers(0, 2**32).map(Chance), aloud=st.booleans())
def test_a_detail_is_found_by_itself(kind: str, chance: Chance, aloud: bool) -> None:
    said = RENDER[kind](chance, aloud=aloud)
    spans = find(f"Dat is {said}.", asked=frozenset({Kind(kind)}))
    left = "".join(
        sign
        for n, sign in enumerate(f"Dat is {said}.")
        if not any(span.start <= n < span.end for span in spans)
    )
    assert not any(sign.isdecimal() for sign in left)
    assert len(left.removeprefix("Dat is ").strip(" .,")) <= len("een en dan ")


def test_on_the_patterns_of_development_next_to_nothing_is_missed() -> None:
    tally = Tally()
    score_text(labelled("dev", 2, seed=1), tally)
    score_neutral(neutral("dev"), tally)
    assert tally.recall >= 0.99
    assert tally.precision >= 0.98


texts = st.text(max_size=60) | st.lists(
    st.sampled_from(
        "nul zes twaalf 6524 KL ka el NL91 ABNA eh , . een mevrouw Vos en dan dubbel nummer euro "
        "maart 1971 mijn naam is @ apenstaartje gmail punt com straat Kerkstraat 12 honderd".split()
    ),
    max_size=14,
).map(" ".join)


@given(text=texts, asked=st.frozensets(st.sampled_from(Kind)))
@example(text="\u2028mevrouw \xa0Vos 6524\x1fKL", asked=frozenset())
def test_a_text_keeps_its_words_and_their_number(text: str, asked: frozenset[Kind]) -> None:
    kept = redact(text, asked=asked)
    assert len(kept.text.split()) == len(text.split())
    ends = [0, *(edge for span in kept.spans for edge in (span.start, span.end)), len(text)]
    assert ends == sorted(ends)
    outside = [text[a:b] for a, b in zip(ends[::2], ends[1::2], strict=True)]
    assert all(part in kept.text for part in outside)
