"""What the customer asserted earlier goes along with the next question to the understanding."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from coach.core.readings import AgentReading, AgentText, CustomerReading, CustomerText, Escalation
from coach.core.state import Facts
from coach.core.vocabulary import EscalationKind, Modality
from tests.harness import Story, calm, sign

PRESS, MEDIA = EscalationKind.PRESS_CALLER, EscalationKind.MEDIA
FIRST, SECOND, THIRD = "Ik schrijf voor de courant.", "En hoeveel waren het er?", "Dank u."


@dataclass
class Noting:
    """Reads as the story dictates and keeps what it was told of earlier turns."""

    story: Story
    told: dict[str, tuple[EscalationKind, ...]] = field(default_factory=dict)
    name: str = "noting"

    def customer(self, said: CustomerText) -> CustomerReading:
        self.told[said.text] = said.signs
        return self.story.customer_reading(said)

    def agent(self, said: AgentText) -> AgentReading:
        return self.story.agent_reading(said)


def told(*signs: Escalation) -> dict[str, tuple[EscalationKind, ...]]:
    story = Story().customer(FIRST, calm(*signs)).agent("Dat weet ik niet.")
    story.customer(SECOND, calm()).agent("Ik geef het door.").customer(THIRD, calm())
    reader = Noting(story)
    story.run(reader)
    return reader.told


def test_a_sign_goes_along_with_the_turns_after_it_and_not_with_its_own() -> None:
    assert told(sign(PRESS)) == {FIRST: (), SECOND: (PRESS,), THIRD: (PRESS,)}


def test_what_is_not_asserted_or_only_guessed_is_not_passed_on() -> None:
    guess = Escalation(kind=PRESS, modality=Modality.ASSERTED, because="x", chance=0.3)
    assert set(told(sign(MEDIA, Modality.REPORTED), guess).values()) == {()}


def test_a_turn_that_is_read_again_takes_its_sign_back() -> None:
    facts = Facts().with_signs(3, (PRESS,)).with_signs(3, (MEDIA,))
    assert facts.signs_before(4) == (MEDIA,)
    assert facts.signs_before(3) == ()


@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.lists(st.sampled_from(EscalationKind), max_size=3)),
        max_size=8,
    )
)
def test_signs_never_pile_up(readings: list[tuple[int, list[EscalationKind]]]) -> None:
    facts = Facts()
    for turn, kinds in readings:
        facts = facts.with_signs(turn, tuple(dict.fromkeys(kinds)))
    latest = dict(readings)
    assert set(facts.signs) <= {(turn, kind) for turn, kinds in latest.items() for kind in kinds}
