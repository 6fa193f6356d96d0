"""Where a recogniser was unsure and something is announced, rather a mark too many."""

import pytest

from coach.core.redaction import UNSURE, Redactor, find, readable
from coach.core.redaction.marks import masked
from coach.core.units import from_seconds
from tests.core.redaction.test_redacted_log import CUSTOMER, utterance


def unsurely(text: str) -> str:
    return readable(masked(text, find(text, unsure=True)))


@pytest.mark.parametrize(
    ("heard", "kept"),
    [
        (
            "Mijn BSN is fik 20 tussen de 09, denk ik.",
            "Mijn BSN is fik ‹nummer› tussen de ‹nummer›, denk ik.",
        ),
        ("Mijn nam, dat is Zatima Kogalski.", "Mijn nam, dat is ‹naam›."),
        ("Dag met vrouw de wit, fijn dat u belt.", "Dag met vrouw ‹naam›, fijn dat u belt."),
        ("Ik zoek mevrabarte koster, is dat gelukt?", "Ik zoek ‹naam›, is dat gelukt?"),
        ("Dat kost 40 euro en duurt 3 weken.", "Dat kost 40 euro en duurt 3 weken."),
        ("Mijn moeder ligt in Leuven.", "Mijn moeder ligt in Leuven."),
        ("En dan belt Belvia over de Samsung.", "En dan belt Belvia over de Samsung."),
    ],
)
def test_where_something_is_announced_numbers_and_names_go(heard: str, kept: str) -> None:
    assert unsurely(heard) == kept


def test_the_confidence_of_the_recogniser_decides() -> None:
    from dataclasses import replace

    said = utterance(CUSTOMER, 0, "Mijn nam, dat is Zatima Kogalski.")
    for confidence, goes in ((UNSURE - 0.1, True), (UNSURE + 0.1, False), (None, False)):
        kept = Redactor().redact(replace(said, confidence=confidence))
        assert ("Kogalski" not in repr(kept)) is goes
    assert said.end == from_seconds(2)
