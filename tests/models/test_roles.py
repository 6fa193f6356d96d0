"""Who is the agent: told from the first words, and left open where they do not tell."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.roles import judge, load
from models.understanding.roles import Channel, agent_channel, first_clue

CALLS = {
    "a help desk": (
        ["Goedemiddag, klantenservice van Waterkant, met Joris. Waarmee kan ik u helpen?"],
        ["Dag, met De Bruin. Ik bel over mijn rekening, die klopt niet."],
    ),
    "a short answer and a story": (
        ["Garage Van Loon, goedemorgen, met Petra."],
        ["Ja, goedemorgen. Ik sta met mijn auto op de parkeerplaats en hij start niet."],
    ),
    "Flemish": (
        ["Stadsbibliotheek, goeiemiddag, met Lien, zeg het eens."],
        ["Dag Lien, 't is voor een boek dat ik kwijt ben."],
    ),
    "the question for the postcode": (
        ["Goedenavond.", "Mag ik uw postcode en huisnummer?"],
        ["Goedenavond, ik krijg geen internet meer.", "Moet dat nu?"],
    ),
    "a patient agent": (
        ["Met wie spreek ik?", "Ik zoek het even voor u op."],
        ["Ik had jullie vorige week ook al gebeld over mijn moeder."],
    ),
    "calling back": (
        ["Goedemorgen mevrouw, ik bel u even terug over uw klacht van dinsdag."],
        ["O, fijn. Ja, ik wacht al de hele week op jullie."],
    ),
    "badly heard": (
        [
            "goede middag waterkant med joris waar mee kan die kuur helpen",
            "waarmee kan hier helpen",
        ],
        ["ja dag met de bruin ik bel over me rekening die klop niet jullie"],
    ),
}

UNCLEAR: dict[str, tuple[list[str], list[str]]] = {
    "nothing": ([], []),
    "silence on one side": (["Goedemorgen."], []),
    "two greetings": (["Goedemorgen."], ["Goedemorgen, met De Bruin."]),
    "two colleagues": (
        ["Klantenservice, met Joris. Waarmee kan ik u helpen?"],
        ["Helpdesk, met Anouk. Waarmee kan ik jou helpen?"],
    ),
    "two callers": (
        ["Ik bel over mijn abonnement."],
        ["Ik heb een vraag over mijn rekening."],
    ),
    "the middle of a call": (["Ja, precies.", "Hm."], ["En toen kwam er iemand.", "Ja."]),
}


@pytest.mark.parametrize(("agent", "customer"), CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("channel", ["left", "right"])
def test_the_agent_is_found_on_either_side_with_the_words_that_say_so(
    agent: list[str], customer: list[str], channel: Channel
) -> None:
    left, right = (agent, customer) if channel == "left" else (customer, agent)
    clue = agent_channel(left=left, right=right)
    assert clue is not None
    assert clue.channel == channel
    assert clue.words
    assert clue.words in " . ".join(agent)


@pytest.mark.parametrize(("left", "right"), UNCLEAR.values(), ids=UNCLEAR)
def test_where_the_words_do_not_tell_nothing_is_said(left: list[str], right: list[str]) -> None:
    assert agent_channel(left=left, right=right) is None
    assert agent_channel(left=right, right=left) is None


CALLED = {
    "at home": ["Hallo, met De Bruin.", "Ja, daar spreekt u mee."],
    "at work": ["Bakkerij De Bruin, goedemorgen, met Piet.", "Ja, dat klopt."],
    "with a wish": ["Met De Bruin.", "Mooi, ik wacht al een week op jullie."],
}
CALLING = {
    "on behalf of": ["Goedemiddag, u spreekt met Joris, ik bel namens Waterkant."],
    "about something": ["Goedemiddag, met Joris van Waterkant. Ik bel over uw aanvraag."],
    "back": ["Dag mevrouw, ik bel u even terug. Ik heb uw klacht hier voor me."],
}


@pytest.mark.parametrize("customer", CALLED.values(), ids=CALLED)
@pytest.mark.parametrize("agent", CALLING.values(), ids=CALLING)
def test_a_customer_who_is_called_is_not_taken_for_the_agent(
    customer: list[str], agent: list[str]
) -> None:
    clue = agent_channel(left=customer, right=agent)
    assert clue is None or clue.channel == "right"


def test_no_more_is_listened_to_than_the_first_clue_needs() -> None:
    taken: list[str] = []

    def said() -> Iterator[tuple[Channel, str]]:
        words: list[tuple[Channel, str]] = [
            ("right", "Klantenservice, waarmee kan ik u helpen?"),
            ("left", ""),
            ("left", "Ik bel over mijn factuur."),
            ("left", "Die is te hoog."),
        ]
        for channel, text in words:
            taken.append(text)
            yield channel, text

    clue = first_clue(said())
    assert clue is not None
    assert clue.channel == "right"
    assert taken[-1] == "Ik bel over mijn factuur."


@pytest.mark.parametrize("agent", ["left", "right"])
def test_in_the_labelled_calls_the_agent_is_mostly_found_and_never_mistaken(
    shared: Path, agent: Channel
) -> None:
    calls = load([shared / "calls" / name for name in ("dev.jsonl", "train.jsonl")])
    found = judge(calls, agent=agent)
    assert found.wrong == ()
    assert found.right >= 0.9 * len(calls)
