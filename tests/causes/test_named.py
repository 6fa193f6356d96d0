"""Causes by id, as they are kept, and by name, as they are read."""

from collections.abc import Iterator

import pytest

from coach.causes import load_tree
from coach.causes.named import cause_id, cause_ids, cause_name, main_cause
from coach.phrases import LANGUAGES, choose_language
from tests.store.calls import call

BILLING = load_tree().by_id["billing"]


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    yield
    choose_language("auto")


def test_the_main_cause_of_a_call_is_an_id_in_every_language() -> None:
    log = call("one")
    for chosen in LANGUAGES:
        choose_language(chosen)
        assert main_cause(log) == cause_ids(log)[0] == "billing"


@pytest.mark.parametrize("kept", ["billing", BILLING.nl, BILLING.en])
def test_a_cause_is_named_in_the_readers_language_however_it_was_kept(kept: str) -> None:
    for chosen, name in (("nl", BILLING.nl), ("en", BILLING.en)):
        choose_language(chosen)
        assert cause_name(kept) == name
    assert cause_id(kept) == "billing"


def test_a_cause_that_the_tree_does_not_have_is_shown_as_it_was_kept() -> None:
    assert cause_id("van vroeger") == cause_name("van vroeger") == "van vroeger"
    assert cause_id(None) is cause_name(None) is None


def test_no_two_causes_have_the_same_name() -> None:
    names = [name for one in load_tree().causes for name in {one.nl, one.en, one.id}]
    assert len(set(names)) == len(names)
