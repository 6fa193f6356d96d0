"""Calls whose decisions are kept: a change of the core that changes them has to say so.

`python -m tests.golden` writes the logs anew; the difference then shows in the commit.
"""

from pathlib import Path

from coach.store.codec import to_line
from tests.harness import Act, Emotion, EscalationKind, Modality, Story, calm, feels, sign

FOLDER = Path(__file__).parent
SUFFIX = ".events.jsonl"

ASK, ACK = Act.ASK_IDENTIFICATION, Act.ACKNOWLEDGE_EMOTION


def bereavement() -> Story:
    """A widow; the agent asks first, is reminded, and makes up for it."""
    call = Story(name="bereavement").agent("Goedemiddag, zegt u het maar.", Act.GREET)
    call.customer(
        "Ja, mijn man is drie weken geleden gestorven en zijn krant komt nog elke dag.",
        feels(Emotion.SADNESS, 2, -2, EscalationKind.BEREAVEMENT),
    )
    call.agent("Wat is uw postcode en uw huisnummer?", ASK, gap=0.6)
    call.customer("Eh, ja, even denken.", calm())
    call.agent("Neemt u de tijd. | Gecondoleerd met uw man.", ACK, Act.CONDOLE, gap=1.2)
    call.customer("Dank u, dat is lief.", feels(Emotion.GRATITUDE, 1, 1))
    return call.agent("Ik zet de krant stop per vandaag.", Act.OFFER_SOLUTION)


def escalation() -> Story:
    """A builder without water: the newspaper, a rule as an answer, abuse, a limit, calm."""
    call = Story(name="escalation").agent("Met de storingsdienst.", Act.GREET)
    call.customer(
        "Voor de derde keer sta ik hier zonder water met zes man op de bouw.",
        feels(Emotion.ANGER, 2, -2, EscalationKind.REPEAT_CONTACT),
    )
    call.agent("Zo werkt de planning nu eenmaal bij ons.", Act.HIDE_BEHIND_RULES, gap=2.4)
    call.customer(
        "Dan bel ik nu meteen de regionale krant.",
        feels(Emotion.ANGER, 3, -2, EscalationKind.MEDIA),
    )
    call.agent("Dat moet u zelf weten.", gap=0.5)
    call.customer(
        "Wat ben jij een ongelofelijke kwal.",
        feels(Emotion.ANGER, 3, -2, EscalationKind.VERBAL_ABUSE),
        gap=-0.2,
    )
    call.agent("Zo wil ik niet aangesproken worden.", Act.BOUNDARY_WARNING, gap=1)
    call.customer("Ja. Sorry. Ik ben het gewoon zat.", feels(Emotion.FRUSTRATION, 1, -1))
    call.agent("Dat begrijp ik. | Om vier uur staat er iemand.", ACK, Act.OFFER_SOLUTION)
    call.customer("Oké, daar kan ik mee leven.", feels(Emotion.RELIEF, 1, 1))
    return call.customer("Dank u wel hoor.", feels(Emotion.GRATITUDE, 1, 1), gap=9)


def quiet() -> Story:
    """A friendly question about a neighbour's lawyer; an agent who explains why she asks."""
    call = Story(name="quiet").agent("Welkom bij de bibliotheek.", Act.GREET)
    call.customer(
        "Dag, mijn buurman is advocaat en zei dat lenen gratis is tot achttien jaar.",
        calm(sign(EscalationKind.LEGAL, Modality.REPORTED)),
    )
    call.agent("Ja.", gap=-1)
    call.agent("Ik zoek het op, | wat is het pasnummer?", Act.EXPLAIN_ASK, ASK, gap=1.5)
    call.customer("Acht nul drie.", calm())
    return call.agent("Dat klopt, voor uw zoon is het gratis.", Act.OFFER_SOLUTION, gap=0.2)


CALLS = {call.__name__: call for call in (bereavement, escalation, quiet)}


def path(name: str) -> Path:
    return FOLDER / f"{name}{SUFFIX}"


def lines(name: str) -> str:
    """The log of a golden call as the core of today makes it."""
    return "".join(to_line(event) for event in CALLS[name]().run())
