"""Why a customer was upset: cues, signs and likeness, from the customer's own words only."""

import pytest

from coach.core.cause_tree import Tree, TreeFault, read_tree
from coach.core.causes import ENOUGH, complaint, find_causes
from coach.core.events import LogEvent
from coach.core.vocabulary import Act, Emotion, EscalationKind, OrderValue
from tests.core.metrics.written import agent, begun, customer, ended, felt

ANGRY = Emotion.ANGER


def tree(**causes: dict[str, object]) -> Tree:
    named = {name: {"nl": name, "en": name} | fields for name, fields in causes.items()}
    return read_tree(named)


TREE = tree(
    billing={"cues": ["factuur*", "te veel betaald"]},
    double={"under": "billing", "cues": ["twee keer ... afgeschreven"]},
    outage={"cues": ["storing*", "internet"]},
    safety={"signs": ["health_safety"], "cues": ["brand"]},
    again={"circumstance": True, "cues": ["derde keer"], "signs": ["repeat_contact"]},
)


def found(*events: LogEvent, like: dict[str, float] | None = None) -> list[tuple[str, str]]:
    told = complaint([begun(), *events, *ended(99, OrderValue.NO_ASK)])
    return [(one.cause, one.by) for one in find_causes(told, TREE, like)]


def upset(turn: int, text: str, valence: float = -2.0) -> list[LogEvent]:
    return customer(turn, turn * 10, turn * 10 + 5, text, valence, ANGRY)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Deze factuur klopt niet.", "billing"),
        ("Deze FACTUREN kloppen niet.", None),
        ("Het factuurbedrag is raar.", "billing"),
        ("Er is twee keer hetzelfde bedrag afgeschreven.", "double"),
        ("Twee keer gebeld en dan een heel lang verhaal en dan nog afgeschreven.", None),
        ("Ik heb te veel betaald!", "billing"),
        ("Het internet doet het niet.", "outage"),
        ("Die internetter van jullie.", None),
        ("Ik ben boos.", None),
    ],
)
def test_cues_are_words_word_beginnings_and_phrases(text: str, cause: str | None) -> None:
    assert [one for one, _ in found(*upset(0, text))] == ([cause] if cause else [])


def test_a_customer_who_was_not_upset_has_no_cause() -> None:
    assert found(*customer(0, 0, 5, "Een vraag over mijn factuur.", 0.0)) == []
    assert complaint([begun(), *ended(1, OrderValue.NO_ASK)]).turns == ()


def test_the_agents_words_are_never_the_cause() -> None:
    said = agent(1, 6, 9, "Een storing, een factuur, brand.", Act.OFFER_SOLUTION)
    assert found(*upset(0, "Ik ben boos."), *said) == []


def test_the_words_around_the_lowest_point_count_most() -> None:
    """The bill was only an aside at the start; the outage stands where it hurts."""
    calls = [
        *customer(0, 0, 5, "Dag, over die factuur bel ik niet.", 0.0),
        *customer(2, 10, 15, "Ik heb een vraagje.", 0.0),
        *customer(4, 20, 25, "Luister.", -1.0, ANGRY),
        *upset(6, "Alweer storing!"),
    ]
    assert found(*calls)[0] == ("outage", "cues")


def test_a_sign_speaks_for_a_cause_and_its_sentence_is_quoted() -> None:
    events = [
        *upset(0, "Er kwam rook uit. Het was levensgevaarlijk voor ons. Echt."),
        felt(0, 0, 5, -2.0, ANGRY, signs=[EscalationKind.HEALTH_SAFETY]),
    ]
    told = complaint([begun(), *events, *ended(99, OrderValue.NO_ASK)])
    (one,) = find_causes(told, TREE)
    assert (one.cause, one.by) == ("safety", "signs")


def test_circumstances_come_beside_the_cause() -> None:
    assert found(*upset(0, "De derde keer dat deze factuur niet klopt.")) == [
        ("billing", "cues"),
        ("again", "cues"),
    ]


def test_a_likeness_decides_where_no_cue_is_heard() -> None:
    assert found(*upset(0, "Alles is donker hier."), like={"outage": 0.4}) == [("outage", "model")]
    faint = ENOUGH / 2 - 0.01
    assert found(*upset(0, "Alles is donker hier."), like={"outage": faint}) == []


def test_a_model_alone_brings_no_circumstance() -> None:
    assert found(*upset(0, "Hoe vaak nog."), like={"again": 0.9}) == []


def test_the_clause_that_carried_it_is_quoted() -> None:
    events = upset(0, "Goedemorgen. Deze factuur klopt echt niet! Nou ja.")
    told = complaint([begun(), *events, *ended(99, OrderValue.NO_ASK)])
    (one,) = find_causes(told, TREE)
    assert one.words == "Deze factuur klopt echt niet!"


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"nl": "x"}, "one.en"),
        ({"nl": "x", "en": "x", "colour": "red"}, "one.colour"),
        ({"nl": "x", "en": "x", "cues": "factuur"}, "one.cues"),
        ({"nl": "x", "en": "x", "cues": [3]}, "one.cues"),
        ({"nl": "x", "en": "x", "signs": ["anger"]}, "one.signs"),
        ({"nl": "x", "en": "x", "under": "two"}, "one.under"),
        ({"nl": "x", "en": "x", "under": "one"}, "one.under"),
        ({"nl": "", "en": "x"}, "one.nl"),
        ("text", "one"),
    ],
)
def test_a_wrong_tree_is_refused_with_the_place(fields: object, place: str) -> None:
    with pytest.raises(TreeFault) as refused:
        read_tree({"one": fields})
    assert f"{refused.value.cause}.{refused.value.field}".rstrip(".") == place


def test_the_widest_cause() -> None:
    assert (TREE.root("double"), TREE.root("outage")) == ("billing", "outage")
