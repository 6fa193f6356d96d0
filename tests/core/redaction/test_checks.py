"""Check digits, held against numbers that were made another way."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.redaction import values
from coach.core.redaction.checks import is_bsn, is_card, is_iban, is_national

seeds = st.integers(0, 2**32).map(random.Random)
MADE = [
    (values.bsn, is_bsn),
    (values.national, is_national),
    (values.iban, is_iban),
    (values.card, is_card),
]


@pytest.mark.parametrize(("make", "is_one"), MADE, ids=lambda f: f.__name__)
@given(chance=seeds, place=st.integers(0, 30), step=st.integers(1, 9))
def test_a_made_number_passes_and_one_wrong_digit_does_not(make, is_one, chance, place, step):  # type: ignore[no-untyped-def]
    number = make(chance)
    assert is_one(number)
    at = place % len(number)
    if number[at].isdecimal() and not (make is values.national and at < 6):  # dates have bounds
        wrong = number[:at] + str((int(number[at]) + step) % 10) + number[at + 1 :]
        if make is values.national:  # the other century may have just these check digits
            other = (2_000_000_000 + int(wrong[:9])) % 97, int(wrong[:9]) % 97
            assert is_one(wrong) == (97 - int(wrong[9:]) in other)
        else:
            assert not is_one(wrong)


@pytest.mark.parametrize(
    ("digits", "is_one"),
    [("111222333", True), ("111222334", False), ("000000000", False), ("12345678", False)],
)
def test_the_eleven_test(digits: str, is_one: bool) -> None:
    assert is_bsn(digits) is is_one


@pytest.mark.parametrize(
    ("digits", "is_one"),
    [("85073003328", True), ("00012556777", True), ("17073003384", True), ("85993003328", False)],
)
def test_the_national_number_of_both_centuries(digits: str, is_one: bool) -> None:
    assert is_national(digits) is is_one


def test_an_account_has_the_length_of_its_country() -> None:
    assert is_iban("NL91ABNA0417164300")
    assert is_iban("BE68539007547034")
    assert not is_iban("NL91ABNA04171643")
    assert not is_iban("XX91ABNA0417164300")
    assert not is_card("0" * 16)
